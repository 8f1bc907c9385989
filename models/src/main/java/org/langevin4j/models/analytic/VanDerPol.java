package org.langevin4j.models.analytic;

import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
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
public record VanDerPol(double mu) {

    /**
     * Checks μ.
     *
     * @throws IllegalArgumentException if it is not finite
     */
    public VanDerPol {
        if (!(Math.abs(mu) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("mu must be finite, got " + mu);
        }
    }

    /**
     * The equation dx = b dt + √(2β⁻¹) dW in the Itô calculus; the noise is additive, so that every calculus agrees.
     *
     * @param temperature β⁻¹
     * @return the equation
     */
    public Sde sde(Temperature temperature) {
        return Sde.ito(drift(), Diffusion.isotropic(2, 1.0), temperature);
    }

    /**
     * The drift.
     *
     * @return b with its Jacobian
     */
    public DifferentiableField drift() {
        return DifferentiableField.of(value(), (x, out) -> {
            out[0] = 0.0;
            out[1] = 1.0;
            out[2] = -2.0 * mu * x[0] * x[1] - 1.0;
            out[3] = mu * (1.0 - x[0] * x[0]);
        });
    }

    private VectorField value() {
        return new VectorField() {
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
        };
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
