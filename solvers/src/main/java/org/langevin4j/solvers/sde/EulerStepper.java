package org.langevin4j.solvers.sde;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/** x ← x + b(x)h + √(2β⁻¹h) B(x)ξ, the drift tamed if asked for; coefficients of the time at which the step begins. */
final class EulerStepper implements Stepper {

    private final SchemeCoefficients coefficients;
    private final double stepSize;
    private final boolean tamed;
    private double[][] drift = new double[0][0];
    private double[][] noise = new double[0][0];

    /** The coefficients for which {@link #amplitudes} holds. */
    private SchemeCoefficients.@Nullable At known;

    /** √(2β⁻¹h) Bᵢᵢ where B is diagonal and constant, else empty: then the noise needs no array of its own. */
    private double[] amplitudes = new double[0];

    EulerStepper(Sde sde, double stepSize, boolean tamed) {
        this.coefficients = new SchemeCoefficients(sde, stepSize);
        this.stepSize = stepSize;
        this.tamed = tamed;
    }

    private static double[] amplitudes(SchemeCoefficients.At at) {
        Diffusion diffusion = at.diffusion();
        if (!diffusion.isConstant() || diffusion.structure() == Diffusion.Structure.FULL) {
            return new double[0];
        }
        double[] ones = new double[diffusion.dimension()];
        Arrays.fill(ones, 1.0);
        double[] roots = new double[ones.length];
        diffusion.factorTimes(new double[ones.length], ones, roots);
        for (int i = 0; i < roots.length; i++) {
            roots[i] *= at.stepAmplitude();
        }
        return roots;
    }

    @Override
    public int noises() {
        return coefficients.sde().diffusion().noiseDimension();
    }

    @Override
    public boolean needs(int noise) {
        return !coefficients.sde().diffusion().isSilent(noise);
    }

    @Override
    public void step(double t, double[][] x, int paths, double[][] xi) {
        SchemeCoefficients.At at = coefficients.at(t);
        if (at != known) {
            known = at;
            amplitudes = tamed ? new double[0] : amplitudes(at);
        }
        if (drift.length != x.length || drift[0].length < paths) {
            drift = new double[x.length][paths];
            noise = new double[amplitudes.length == 0 ? x.length : 0][paths];
        }
        at.drift().atBlock(x, paths, drift);
        double h = stepSize;
        if (tamed) {
            tame(paths);
            h = 1.0;
        }
        if (amplitudes.length > 0) {
            for (int i = 0; i < x.length; i++) {
                advance(x[i], drift[i], xi[i], paths, h, amplitudes[i]);
            }
            return;
        }
        at.diffusion().factorTimesBlock(x, xi, paths, noise);
        for (int i = 0; i < x.length; i++) {
            advance(x[i], drift[i], noise[i], paths, h, at.stepAmplitude());
        }
    }

    /** b ← bh/(1 + h‖b‖). */
    private void tame(int paths) {
        for (int p = 0; p < paths; p++) {
            double square = 0.0;
            for (double[] component : drift) {
                square += component[p] * component[p];
            }
            double factor = stepSize / (1.0 + stepSize * Math.sqrt(square));
            for (double[] component : drift) {
                component[p] *= factor;
            }
        }
    }

    private static void advance(double[] x, double[] b, double[] noise, int paths, double h, double amplitude) {
        for (int p = 0; p < paths; p++) {
            x[p] = x[p] + (b[p] * h + amplitude * noise[p]);
        }
    }
}
