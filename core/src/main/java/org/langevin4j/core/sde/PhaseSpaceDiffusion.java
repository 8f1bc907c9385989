package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;

/**
 * diag(0, Γ(t, q)) in the state (q, p), with the noises of Γ and no more. The noise drives p and its factor depends on q
 * alone, so that Σⱼ Bⱼₖ ∂ⱼB = 0: all readings of the noise are one, it commutes, and ∇·D = 0.
 */
final class PhaseSpaceDiffusion implements Diffusion {

    private final Diffusion momenta;

    /** The driven diffusion of which this is a moment. */
    private final @Nullable PhaseSpaceDiffusion origin;

    private final double time;

    private PhaseSpaceDiffusion(Diffusion momenta, @Nullable PhaseSpaceDiffusion origin, double time) {
        this.momenta = momenta;
        this.origin = origin;
        this.time = time;
    }

    static PhaseSpaceDiffusion of(Diffusion momenta) {
        return new PhaseSpaceDiffusion(momenta, null, Double.NaN);
    }

    /** Whether this is a driven diffusion at a time. */
    boolean isMoment(Diffusion driven, double t) {
        return origin == driven && time == t;
    }

    @Override
    public int dimension() {
        return 2 * momenta.dimension();
    }

    @Override
    public int noiseDimension() {
        return momenta.noiseDimension();
    }

    @Override
    public Structure structure() {
        return Structure.FULL;
    }

    @Override
    public boolean isConstant() {
        return momenta.isConstant();
    }

    @Override
    public boolean isAutonomous() {
        return momenta.isAutonomous();
    }

    @Override
    public Diffusion atTime(double t) {
        return isAutonomous() ? this : new PhaseSpaceDiffusion(momenta.atTime(t), this, t);
    }

    @Override
    public Noise noise() {
        return isConstant() ? Noise.ADDITIVE : noiseDimension() == 1 ? Noise.SCALAR : Noise.COMMUTATIVE;
    }

    @Override
    public void requireWritten(double t, double[] x) {
        momenta.requireWritten(t, Arrays.copyOf(x, momenta.dimension()));
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        int n = momenta.dimension();
        double[] value = new double[n];
        momenta.factorTimes(Arrays.copyOf(x, n), xi, value);
        write(value, out);
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        int n = momenta.dimension();
        momenta.factorTimesBlock(Arrays.copyOf(x, n), xi, paths, Arrays.copyOfRange(out, n, 2 * n));
        for (int i = 0; i < n; i++) {
            Arrays.fill(out[i], 0, paths, 0.0);
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        int n = momenta.dimension();
        double[] value = new double[n];
        momenta.times(Arrays.copyOf(x, n), Arrays.copyOfRange(v, n, 2 * n), value);
        write(value, out);
    }

    @Override
    public void matrix(double[] x, double[] out) {
        int n = momenta.dimension();
        double[] block = new double[n * n];
        momenta.matrix(Arrays.copyOf(x, n), block);
        Arrays.fill(out, 0, 4 * n * n, 0.0);
        for (int i = 0; i < n; i++) {
            System.arraycopy(block, i * n, out, (n + i) * 2 * n + n, n);
        }
    }

    private static void write(double[] value, double[] out) {
        Arrays.fill(out, 0, value.length, 0.0);
        System.arraycopy(value, 0, out, value.length, value.length);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        Arrays.fill(out, 0.0);
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> Arrays.fill(out, 0.0));
    }

    /** The directions a scheme asks for are those of the noise, along which B does not change. Others are not known. */
    @Override
    public Optional<FactorDerivative> factorDerivative() {
        int n = momenta.dimension();
        return Optional.of((x, v, xi, out) -> {
            if (!isConstant()) {
                for (int i = 0; i < n; i++) {
                    if (v[i] != 0.0) {
                        throw new IllegalArgumentException(
                                "direction must be one of the noise, which has no part along q, got "
                                        + Arrays.toString(v));
                    }
                }
            }
            Arrays.fill(out, 0.0);
        });
    }
}
