package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;

/**
 * A system given by its potential Φ, diffusion D and antisymmetric matrix Q. At every temperature β⁻¹ the Itô equation
 * with drift b = −(D+Q)∇Φ + β⁻¹∇·(D+Q) (Chaudhari and Soatto 2018, eq. 19) has the stationary density e^(−βΦ)/Z.
 *
 * @param potential Φ
 * @param diffusion D
 * @param q Q
 */
public record Decomposition(Potential potential, Diffusion diffusion, AntisymmetricField q) {

    private static final int PIECES = 16;

    /** Of Gauss's rule on [−1, 1]. */
    private static final double[] NODES = {
        -0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526
    };

    private static final double[] WEIGHTS = {
        0.3478548451374538, 0.6521451548625461, 0.6521451548625461, 0.3478548451374538
    };

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
     * The parts of a particle with inertia: Φ = H = U(q) + pᵀM⁻¹p/2, D = diag(0, Γ), Q = ((0, −1), (1, 0)). e^(−βH) is
     * stationary for every friction, also one that depends on q, as ∇·D = 0 (see {@link UnderdampedLangevin}).
     *
     * @param equation the equation
     * @return Φ, D and Q; empty if something depends on time, the temperatures of the coordinates differ, or only the gradient
     *     of U is known and there is more than one degree of freedom; of one it is integrated by Gauss's rule
     */
    public static Optional<Decomposition> of(UnderdampedLangevin equation) {
        int n = equation.degreesOfFreedom();
        boolean oneTemperature = true;
        for (int i = 1; i < n; i++) {
            oneTemperature &= equation.temperature(i).equals(equation.temperature(0));
        }
        if (!equation.isAutonomous()
                || !oneTemperature
                || (n > 1 && equation.potential().isEmpty())) {
            return Optional.empty();
        }
        Potential u = equation.potential()
                .orElseGet(() -> Potential.of(q -> integral(equation.gradient(), q[0]), equation.gradient()));
        Potential energy = Potential.of(
                x -> {
                    double sum = u.at(Arrays.copyOf(x, n));
                    for (int i = 0; i < n; i++) {
                        sum += 0.5 * x[n + i] * x[n + i] / equation.mass(i);
                    }
                    return sum;
                },
                (x, out) -> {
                    double[] slope = new double[n];
                    u.gradient(Arrays.copyOf(x, n), slope);
                    for (int i = 0; i < n; i++) {
                        out[i] = slope[i];
                        out[n + i] = x[n + i] / equation.mass(i);
                    }
                });
        RealMatrix q = MatrixUtils.createRealMatrix(2 * n, 2 * n);
        for (int i = 0; i < n; i++) {
            q.setEntry(i, n + i, -1.0);
            q.setEntry(n + i, i, 1.0);
        }
        return Optional.of(new Decomposition(energy, equation.sde().diffusion(), AntisymmetricField.constant(q)));
    }

    /** ∫₀^q of a slope by Gauss's rule with four points on each of 16 pieces. */
    private static double integral(VectorField slope, double q) {
        double[] x = new double[1];
        double[] value = new double[1];
        double half = q / (2 * PIECES);
        double sum = 0.0;
        for (int piece = 0; piece < PIECES; piece++) {
            for (int i = 0; i < 4; i++) {
                x[0] = (2 * piece + 1 + NODES[i]) * half;
                slope.at(x, value);
                sum += WEIGHTS[i] * half * value[0];
            }
        }
        return sum;
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
