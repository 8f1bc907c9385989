package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.linear.Cholesky;

/** The inner product ⟨u, v⟩ = uᵀD(x)⁻¹v in which the action measures lengths. Not safe for several threads. */
final class ActionMetric {

    private final Hamiltonian hamiltonian;
    private final boolean constant;
    private final int d;
    private final double[] matrix;
    private final double[] inverse;
    private boolean known;

    ActionMetric(Hamiltonian hamiltonian, boolean constant) {
        this.hamiltonian = hamiltonian;
        this.constant = constant;
        this.d = hamiltonian.dimension();
        this.matrix = new double[d * d];
        this.inverse = new double[d * d];
    }

    /** Moves to a state; refuses a D that is not positive definite there. */
    void moveTo(double[] x) {
        if (constant && known) {
            return;
        }
        hamiltonian.diffusion(x, matrix);
        double[] factor = matrix.clone();
        if (Cholesky.definite(factor, d) >= 0) {
            throw new IllegalArgumentException("diffusion must be positive definite along the path, got "
                    + Arrays.toString(matrix) + " at " + Arrays.toString(x));
        }
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            Arrays.fill(column, 0.0);
            column[j] = 1.0;
            Cholesky.solve(factor, column);
            for (int i = 0; i < d; i++) {
                inverse[i * d + j] = column[i];
            }
        }
        known = true;
    }

    /** tr(D⁻¹JDJᵀ): the squared Frobenius norm of a matrix J, row-major, between orthonormal frames of the metric. */
    double squaredNorm(double[] jacobian) {
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double transported = 0.0;
                for (int k = 0; k < d; k++) {
                    transported += jacobian[i * d + k] * matrix[j * d + k];
                }
                // (JD)ᵢⱼ times (D⁻¹J)ᵢⱼ.
                double lowered = 0.0;
                for (int k = 0; k < d; k++) {
                    lowered += inverse[i * d + k] * jacobian[k * d + j];
                }
                sum += transported * lowered;
            }
        }
        return sum;
    }

    /** D⁻¹v. */
    void lower(double[] v, double[] out) {
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int j = 0; j < d; j++) {
                sum += inverse[i * d + j] * v[j];
            }
            out[i] = sum;
        }
    }

    /** D v. */
    void raise(double[] v, double[] out) {
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int j = 0; j < d; j++) {
                sum += matrix[i * d + j] * v[j];
            }
            out[i] = sum;
        }
    }

    /** uᵀD⁻¹v. */
    double product(double[] u, double[] v) {
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum += u[i] * inverse[i * d + j] * v[j];
            }
        }
        return sum;
    }
}
