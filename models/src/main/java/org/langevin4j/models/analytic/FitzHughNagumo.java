package org.langevin4j.models.analytic;

import java.util.List;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * The FitzHugh–Nagumo equations of an excitable membrane with noise.
 *
 * <pre>
 * b(v, w) = (v − v³/3 − w + I, ε(v + a − cw)),   D = diag(1, ρ)
 * </pre>
 *
 * <p>The resting points are the roots of v³/3 + (1/c − 1)v + a/c − I = 0 with w = (v + a)/c, one for c ≤ 1. Its eigenvalues cross
 * the imaginary axis at v = ±√(1 − εc): between the two currents of these points there is a limit cycle.
 *
 * @param current I, finite
 * @param timescale ε > 0
 * @param offset a, finite
 * @param recovery c > 0
 * @param recoveryNoise ρ ≥ 0
 */
public record FitzHughNagumo(double current, double timescale, double offset, double recovery, double recoveryNoise)
        implements Model {

    private static final Parameter CURRENT = Parameter.of("current", 0.0, Range.FINITE, "1", "I, applied current");
    private static final Parameter TIMESCALE =
            Parameter.of("timescale", 0.08, Range.POSITIVE, "1", "ε, speed of recovery");
    private static final Parameter OFFSET = Parameter.of("offset", 0.7, Range.FINITE, "1", "a, where recovery rests");
    private static final Parameter RECOVERY =
            Parameter.of("recovery", 0.8, Range.POSITIVE, "1", "c, how recovery limits itself");
    private static final Parameter RECOVERY_NOISE =
            Parameter.of("recoveryNoise", 0.0, Range.NOT_NEGATIVE, "1", "ρ, noise of w over that of v");

    /**
     * Checks the parameters.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public FitzHughNagumo {
        CURRENT.at(current);
        TIMESCALE.at(timescale);
        OFFSET.at(offset);
        RECOVERY.at(recovery);
        RECOVERY_NOISE.at(recoveryNoise);
    }

    /** The default parameters. */
    public FitzHughNagumo() {
        this(
                CURRENT.defaultValue(),
                TIMESCALE.defaultValue(),
                OFFSET.defaultValue(),
                RECOVERY.defaultValue(),
                RECOVERY_NOISE.defaultValue());
    }

    @Override
    public String name() {
        return "fitzhugh-nagumo";
    }

    @Override
    public String description() {
        return "excitable membrane, v̇ = v − v³/3 − w + I, ẇ = ε(v + a − cw), D = diag(1, ρ)";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                CURRENT.at(current),
                TIMESCALE.at(timescale),
                OFFSET.at(offset),
                RECOVERY.at(recovery),
                RECOVERY_NOISE.at(recoveryNoise));
    }

    @Override
    public FitzHughNagumo withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new FitzHughNagumo(values[0], values[1], values[2], values[3], values[4]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("v", "w");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "FitzHugh (1961), Biophys. J. 1, 445", "Nagumo, Arimoto and Yoshizawa (1962), Proc. IRE 50, 2061");
    }

    /**
     * The equation in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.diagonal(1.0, recoveryNoise), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(current, timescale, offset, recovery);
    }

    private record Drift(double current, double timescale, double offset, double recovery)
            implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[0] - x[0] * x[0] * x[0] / 3.0 - x[1] + current;
            out[1] = timescale * (x[0] + offset - recovery * x[1]);
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                out0[p] = x0[p] - x0[p] * x0[p] * x0[p] / 3.0 - x1[p] + current;
                out1[p] = timescale * (x0[p] + offset - recovery * x1[p]);
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = 1.0 - x[0] * x[0];
            out[1] = -1.0;
            out[2] = timescale;
            out[3] = -timescale * recovery;
        }
    }

    @Override
    public List<double[]> restingPoints() {
        return Cubic.roots(1.0 / 3.0, 0.0, 1.0 / recovery - 1.0, offset / recovery - current).stream()
                .map(v -> new double[] {v, (v + offset) / recovery})
                .toList();
    }

    /**
     * The currents between which the resting point of c ≤ 1 is unstable.
     *
     * @return I at v = −√(1 − εc) and at v = √(1 − εc); empty if εc ≥ 1
     */
    public List<Double> hopfCurrents() {
        if (!(timescale * recovery < 1.0)) {
            return List.of();
        }
        double v = Math.sqrt(1.0 - timescale * recovery);
        return List.of(currentOf(-v), currentOf(v));
    }

    private double currentOf(double v) {
        return v * v * v / 3.0 - v + (v + offset) / recovery;
    }
}
