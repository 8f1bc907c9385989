package org.langevin4j.models.analytic;

import java.util.List;
import java.util.Optional;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.model.DriftCycle;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * Van der Pol's oscillator ẍ − μ(1 − x²)ẋ + x = 0 as a field of the plane, with D = I: a limit cycle of the drift at every
 * μ > 0, but no potential in closed form (van der Pol 1926).
 *
 * <pre>
 * b(x) = (x₂, μ(1 − x₁²)x₂ − x₁),   ∇·b = μ(1 − x₁²)
 * </pre>
 *
 * <p>The only fixed point is the origin, with eigenvalues (μ ± √(μ² − 4))/2. The cycle attracts for μ > 0 and repels for μ &lt; 0,
 * where time runs backwards.
 *
 * @param mu μ, finite
 */
public record VanDerPol(double mu) implements Model {

    private static final Parameter MU = Parameter.of("mu", 1.0, Range.FINITE, "1/time", "damping and driving");

    /**
     * Checks μ.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public VanDerPol {
        MU.at(mu);
    }

    /** μ = 1. */
    public VanDerPol() {
        this(MU.defaultValue());
    }

    @Override
    public String name() {
        return "van-der-pol";
    }

    @Override
    public String description() {
        return "van der Pol's oscillator, b = (x₂, μ(1 − x₁²)x₂ − x₁), D = I";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(MU.at(mu));
    }

    @Override
    public VanDerPol withValues(double... values) {
        Parameter.requireEach(parameters(), values);
        return new VanDerPol(values[0]);
    }

    @Override
    public List<String> coordinates() {
        return List.of("x1", "x2");
    }

    @Override
    public List<String> sources() {
        return List.of(
                "van der Pol (1926), Phil. Mag. 2, 978", "Andersen and Geer (1982), SIAM J. Appl. Math. 42, 678");
    }

    /**
     * The cycle for 0 &lt; μ ≤ ½: the period by {@link #seriesPeriod}, with an error of 1e-7 at the end, and the amplitude 2 +
     * μ²/96 − 1033μ⁴/552960 + 1019689μ⁶/55738368000, with one of 1e-6.
     *
     * @return period and amplitude; empty for other μ, where the series are not good enough
     */
    @Override
    public Optional<DriftCycle> cycle() {
        double m = mu * mu;
        double amplitude = 2.0 + m * (1.0 / 96.0 + m * (-1033.0 / 552960.0 + m * 1019689.0 / 55738368000.0));
        return mu > 0.0 && mu <= 0.5 ? Optional.of(new DriftCycle(seriesPeriod(), amplitude)) : Optional.empty();
    }

    @Override
    public List<double[]> restingPoints() {
        return List.of(new double[2]);
    }

    /**
     * The equation dx = b dt + √(2β⁻¹) dW in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    @Override
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(2, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return new Drift(mu);
    }

    private record Drift(double mu) implements DifferentiableField {

        @Override
        public void at(double[] x, double[] out) {
            out[0] = x[1];
            out[1] = mu * (1.0 - x[0] * x[0]) * x[1] - x[0];
        }

        @Override
        public void atBlock(double[][] x, int paths, double[][] out) {
            block(x[0], x[1], paths, out[0], out[1]);
        }

        private void block(double[] x0, double[] x1, int paths, double[] out0, double[] out1) {
            for (int p = 0; p < paths; p++) {
                out0[p] = x1[p];
                out1[p] = mu * (1.0 - x0[p] * x0[p]) * x1[p] - x0[p];
            }
        }

        @Override
        public void jacobian(double[] x, double[] out) {
            out[0] = 0.0;
            out[1] = 1.0;
            out[2] = -2.0 * mu * x[0] * x[1] - 1.0;
            out[3] = mu * (1.0 - x[0] * x[0]);
        }
    }

    /**
     * The period of the cycle for small μ, 2π/(1 − μ²/16 + 17μ⁴/3072 + 35μ⁶/884736 − 678899μ⁸/5096079360 + …) (Andersen and
     * Geer 1982, SIAM J. Appl. Math. 42, 678). The next term is of order μ¹⁰; the error is 1e-7 at μ = ½ and 1.1e-4 at μ = 1.
     *
     * @return T to order μ⁸
     */
    public double seriesPeriod() {
        double m = mu * mu;
        double frequency =
                1.0 + m * (-1.0 / 16.0 + m * (17.0 / 3072.0 + m * (35.0 / 884736.0 - m * 678899.0 / 5096079360.0)));
        return 2.0 * Math.PI / frequency;
    }
}
