package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** The inner product ⟨u, v⟩ = uᵀD(x)⁻¹v in which the action measures lengths. Not safe for several threads. */
final class Metric {

    private final Hamiltonian hamiltonian;
    private final boolean constant;
    private final int d;
    private final double[] matrix;
    private final double[] inverse;
    private boolean known;

    Metric(Hamiltonian hamiltonian, boolean constant) {
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
        RealMatrix dense = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                dense.setEntry(i, j, matrix[i * d + j]);
            }
        }
        RealMatrix inverted;
        try {
            inverted = new CholeskyDecomposition(dense).getSolver().getInverse();
        } catch (MathRuntimeException e) {
            throw new IllegalArgumentException(
                    "diffusion must be positive definite along the path, got " + dense + " at " + Arrays.toString(x),
                    e);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                inverse[i * d + j] = inverted.getEntry(i, j);
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
