package org.langevin4j.core.decomposition;

import java.util.Objects;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/**
 * A system given by its potential Φ, diffusion D and antisymmetric matrix Q. At every temperature β⁻¹ the Itô equation
 * with drift b = −(D+Q)∇Φ + β⁻¹∇·(D+Q) (Chaudhari and Soatto 2018, eq. 19) has the stationary density e^(−βΦ)/Z.
 *
 * @param potential Φ
 * @param diffusion D
 * @param q Q
 */
public record Decomposition(Potential potential, Diffusion diffusion, AntisymmetricField q) {

    /**
     * Checks that the parts fit.
     *
     * @throws IllegalArgumentException if D and Q have different dimensions, or D depends on time
     */
    public Decomposition {
        Objects.requireNonNull(potential, "potential");
        diffusion.requireAutonomous("Decomposition");
        if (q.dimension() != diffusion.dimension()) {
            throw new IllegalArgumentException(
                    "q must have the dimension of the diffusion, " + diffusion.dimension() + ", got " + q.dimension());
        }
    }

    /**
     * The equation in the A-type reading, dx = −(D+Q)∇Φ dt + √(2β⁻¹D) dW (eq. 18).
     *
     * @param temperature β⁻¹
     * @return the equation; its Itô form is {@link Sde#toIto()}
     */
    public Sde aType(Temperature temperature) {
        return new Sde(aTypeDrift(), diffusion, temperature, new Calculus.AType(q));
    }

    /**
     * The drift of the A-type equation.
     *
     * @return −(D+Q)∇Φ
     */
    public VectorField aTypeDrift() {
        int d = diffusion.dimension();
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    potential.gradient(x, scratch[0]);
                    diffusion.times(x, scratch[0], out);
                    rotate(x, scratch);
                    for (int i = 0; i < d; i++) {
                        out[i] = -(out[i] + scratch[1][i]);
                    }
                },
                d,
                d,
                d * d);
    }

    /**
     * The conservative force (eq. 8).
     *
     * @param temperature β⁻¹
     * @return j = −Q∇Φ + β⁻¹∇·Q
     */
    public VectorField conservativeForce(Temperature temperature) {
        temperature.requireConstant("Decomposition.conservativeForce");
        int d = diffusion.dimension();
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    potential.gradient(x, scratch[0]);
                    rotate(x, scratch);
                    q.divergence(x, out);
                    for (int i = 0; i < d; i++) {
                        out[i] = temperature.value() * out[i] - scratch[1][i];
                    }
                },
                d,
                d,
                d * d);
    }

    /**
     * The divergence of the conservative force, which Assumption 4 (eq. 9) takes to be zero. Since ∇·∇·Q = 0 and Q:∇²Φ = 0, it
     * is (∇·Q)·∇Φ at every temperature, and ∇·j = βj·∇Φ: Assumption 4 and eq. (A5) are one condition. It holds for a
     * constant Q and for a Q that is a function of Φ.
     *
     * @return ∇·j = (∇·Q)·∇Φ
     */
    public ScalarField forceDivergence() {
        int d = diffusion.dimension();
        return x -> {
            double[] divergence = new double[d];
            double[] gradient = new double[d];
            q.divergence(x, divergence);
            potential.gradient(x, gradient);
            double sum = 0.0;
            for (int i = 0; i < d; i++) {
                sum += divergence[i] * gradient[i];
            }
            return sum;
        };
    }

    /**
     * What eq. (19) leaves of a drift. If it is zero, e^(−βΦ) is stationary for that drift and D.
     *
     * @param drift b of an Itô equation with this D
     * @param temperature β⁻¹
     * @return b + (D+Q)∇Φ − β⁻¹∇·(D+Q)
     */
    public VectorField residual(VectorField drift, Temperature temperature) {
        drift.requireAutonomous("Decomposition.residual");
        temperature.requireConstant("Decomposition.residual");
        VectorField own = aType(temperature).toIto().drift();
        return VectorField.withScratch(
                (x, scratch, out) -> {
                    own.at(x, scratch[0]);
                    drift.at(x, out);
                    for (int i = 0; i < out.length; i++) {
                        out[i] -= scratch[0][i];
                    }
                },
                diffusion.dimension());
    }

    /** Puts Q(x)v into the second array, where v is the first and the third has room for Q. */
    private void rotate(double[] x, double[][] scratch) {
        double[] v = scratch[0];
        double[] entries = scratch[2];
        int d = v.length;
        q.at(x, entries);
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int j = 0; j < d; j++) {
                sum += entries[i * d + j] * v[j];
            }
            scratch[1][i] = sum;
        }
    }
}
