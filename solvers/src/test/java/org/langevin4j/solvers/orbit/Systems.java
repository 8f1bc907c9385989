package org.langevin4j.solvers.orbit;

import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;

/** Fields of the tests. */
final class Systems {

    private Systems() {}

    /** r′ = μr − r³, θ′ = ω: cycle r = √μ, period 2π/ω, multiplier e^(−4πμ/ω). */
    static DifferentiableField hopf(double mu, double omega) {
        return DifferentiableField.automatic(x -> {
            Gradient growth = x[0].square().add(x[1].square()).negate().add(mu);
            return new Gradient[] {
                growth.multiply(x[0]).subtract(x[1].multiply(omega)),
                growth.multiply(x[1]).add(x[0].multiply(omega))
            };
        });
    }

    static VectorField vanDerPol(double mu) {
        return (x, out) -> {
            out[0] = x[1];
            out[1] = mu * (1.0 - x[0] * x[0]) * x[1] - x[0];
        };
    }

    /** The drift of Example 19 of Chaudhari and Soatto (2018), written from its definition. */
    static VectorField example19(double lambda) {
        return (x, out) -> {
            double phi = 0.25 * (x[0] * x[0] - 1.0) * (x[0] * x[0] - 1.0) + 0.5 * x[1] * x[1];
            double r2 = x[0] * x[0] + x[1] * x[1];
            double swirl = lambda * Math.exp(phi - 0.25 * r2 * r2);
            out[0] = -swirl * x[1] - x[0] * (x[0] * x[0] - 1.0);
            out[1] = swirl * x[0] - x[1];
        };
    }

    /** σ = 10, b = 8/3. */
    static DifferentiableField lorenz(double rho) {
        return DifferentiableField.of(
                (x, out) -> {
                    out[0] = 10.0 * (x[1] - x[0]);
                    out[1] = x[0] * (rho - x[2]) - x[1];
                    out[2] = x[0] * x[1] - 8.0 / 3.0 * x[2];
                },
                (x, out) -> {
                    double[] rows = {-10, 10, 0, rho - x[2], -1, -x[0], x[1], x[0], -8.0 / 3.0};
                    System.arraycopy(rows, 0, out, 0, 9);
                });
    }

    /** a = b = 0.2, c = 2.5. */
    static VectorField rossler() {
        return (x, out) -> {
            out[0] = -x[1] - x[2];
            out[1] = x[0] + 0.2 * x[1];
            out[2] = 0.2 + x[2] * (x[0] - 2.5);
        };
    }
}
