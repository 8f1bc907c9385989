package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;

/**
 * Drift and D at a point, checked, and ω with Dω = b where D reaches, the force that the exponential fluxes need.
 * Mutable: one object a thread; the fields hold the last answer.
 */
final class Coefficients {

    /** Eigenvalues of D below this part of the largest count as zero. */
    private static final double RANK_TOLERANCE = 1e-10;

    private final VectorField driftField;
    private final Diffusion diffusion;
    private final Grid grid;
    private final boolean[] periodic;
    private final int d;

    /** Whether D is the same everywhere and known. */
    private boolean settled;

    private boolean diagonal;

    /** b. */
    final double[] drift;

    /** D, row-major. */
    final double[] matrix;

    /** ω = D⁺b. */
    final double[] force;

    /** Whether D has no inverse here. */
    boolean singular;

    Coefficients(VectorField driftField, Diffusion diffusion, Region region) {
        this.driftField = driftField;
        this.diffusion = diffusion;
        this.grid = region.grid();
        this.d = diffusion.dimension();
        this.periodic = new boolean[d];
        for (int a = 0; a < d; a++) {
            periodic[a] = region.isPeriodic(a);
        }
        this.drift = new double[d];
        this.matrix = new double[d * d];
        this.force = new double[d];
    }

    /** B(z) = z/(eᶻ − 1), positive, B(0) = 1; near 0 by its series, whose first term left out is below 1e-17. */
    static double bernoulli(double z) {
        if (!(Math.abs(z) < 0.5)) {
            return z / Math.expm1(z);
        }
        double q = z * z;
        double even = -3617.0 / 10670622842880000.0;
        even = even * q + 1.0 / 74724249600.0;
        even = even * q - 691.0 / 1307674368000.0;
        even = even * q + 1.0 / 47900160.0;
        even = even * q - 1.0 / 1209600.0;
        even = even * q + 1.0 / 30240.0;
        even = even * q - 1.0 / 720.0;
        even = even * q + 1.0 / 12.0;
        return 1.0 + (even * q - 0.5 * z);
    }

    /** Evaluates D alone, checked at a cell. */
    void diffusionAt(double[] x) {
        if (!settled) {
            diffusion.matrix(x, matrix);
            check(x);
            settled = diffusion.isConstant();
        }
    }

    /** Evaluates b, D and ω. Points beyond a periodic face are taken back into the box. */
    void at(double[] x) {
        for (int a = 0; a < d; a++) {
            if (periodic[a]) {
                double min = grid.axis(a).min();
                double period = grid.axis(a).max() - min;
                double turns = Math.floor((x[a] - min) / period);
                if (turns != 0.0) {
                    x[a] -= turns * period;
                }
            }
        }
        diffusionAt(x);
        driftField.at(x, drift);
        for (int i = 0; i < d; i++) {
            if (!(Math.abs(drift[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "drift must be finite, got b[" + i + "] = " + drift[i] + " at x = " + Arrays.toString(x));
            }
        }
        solve();
    }

    /** Whether the last D was. */
    boolean isDiagonal() {
        return diagonal;
    }

    private void check(double[] x) {
        diagonal = true;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double value = matrix[i * d + j];
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw refused("must be finite, got D[" + i + "][" + j + "] = " + value, x);
                }
                if (j < i && (value != 0.0 || matrix[j * d + i] != 0.0)) {
                    diagonal = false;
                    double other = matrix[j * d + i];
                    // Relative to the largest that a semi-definite D allows here: products may cancel.
                    double scale = Math.abs(value)
                            + Math.abs(other)
                            + Math.sqrt(Math.abs(matrix[i * d + i] * matrix[j * d + j]));
                    if (!(Math.abs(value - other) <= 1e-12 * scale)) {
                        throw refused(
                                "must be symmetric, got D[" + i + "][" + j + "] = " + value + " and D[" + j + "][" + i
                                        + "] = " + other,
                                x);
                    }
                }
            }
            if (!(matrix[i * d + i] >= 0.0)) {
                throw refused("must be positive semi-definite, got D[" + i + "][" + i + "] = " + matrix[i * d + i], x);
            }
        }
        if (!diagonal) {
            if (d > 3) {
                throw refused("must be diagonal in more than 3 dimensions, got off-diagonal entries", x);
            }
            requireSemiDefinite(x);
        }
    }

    /** All principal minors ≥ 0, up to rounding. */
    private void requireSemiDefinite(double[] x) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double product = matrix[i * d + i] * matrix[j * d + j];
                double minor = product - matrix[i * d + j] * matrix[j * d + i];
                if (!(minor >= -1e-12 * product) || (product == 0.0 && matrix[i * d + j] != 0.0)) {
                    throw refused(
                            "must be positive semi-definite, got a negative minor of rows " + j + " and " + i + " in "
                                    + Arrays.toString(matrix),
                            x);
                }
            }
        }
        if (d == 3) {
            double product = matrix[0] * matrix[4] * matrix[8];
            if (!(determinant() >= -1e-12 * product)) {
                throw refused(
                        "must be positive semi-definite, got determinant " + determinant() + " of "
                                + Arrays.toString(matrix),
                        x);
            }
        }
    }

    private static IllegalArgumentException refused(String what, double[] x) {
        return new IllegalArgumentException("diffusion " + what + " at x = " + Arrays.toString(x));
    }

    private double determinant() {
        double[] m = matrix;
        return d == 2
                ? m[0] * m[3] - m[1] * m[2]
                : m[0] * (m[4] * m[8] - m[5] * m[7])
                        - m[1] * (m[3] * m[8] - m[5] * m[6])
                        + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    private void solve() {
        singular = false;
        if (diagonal) {
            for (int i = 0; i < d; i++) {
                double entry = matrix[i * d + i];
                force[i] = entry > 0.0 ? drift[i] / entry : 0.0;
                singular |= !(entry > 0.0);
            }
            return;
        }
        double scale = 1.0;
        for (int i = 0; i < d; i++) {
            scale *= matrix[i * d + i];
        }
        double determinant = determinant();
        // The determinant over the product of the diagonal is the smallest eigenvalue up to a factor, after scaling.
        if (!(determinant > RANK_TOLERANCE * scale)) {
            pseudoSolve();
            return;
        }
        double[] m = matrix;
        double[] b = drift;
        if (d == 2) {
            force[0] = (m[3] * b[0] - m[1] * b[1]) / determinant;
            force[1] = (m[0] * b[1] - m[2] * b[0]) / determinant;
            return;
        }
        // Cramer's rule.
        force[0] = (b[0] * (m[4] * m[8] - m[5] * m[7])
                        + b[1] * (m[2] * m[7] - m[1] * m[8])
                        + b[2] * (m[1] * m[5] - m[2] * m[4]))
                / determinant;
        force[1] = (b[0] * (m[5] * m[6] - m[3] * m[8])
                        + b[1] * (m[0] * m[8] - m[2] * m[6])
                        + b[2] * (m[2] * m[3] - m[0] * m[5]))
                / determinant;
        force[2] = (b[0] * (m[3] * m[7] - m[4] * m[6])
                        + b[1] * (m[1] * m[6] - m[0] * m[7])
                        + b[2] * (m[0] * m[4] - m[1] * m[3]))
                / determinant;
    }

    private void pseudoSolve() {
        singular = true;
        RealMatrix symmetric = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                symmetric.setEntry(i, j, 0.5 * (matrix[i * d + j] + matrix[j * d + i]));
            }
        }
        Eigenpairs eigen = LinearAlgebra.pureJava().symmetricEigen(symmetric);
        double largest = eigen.value(0);
        Arrays.fill(force, 0.0);
        for (int k = 0; k < d; k++) {
            double value = eigen.value(k);
            if (value > RANK_TOLERANCE * largest) {
                double[] vector = eigen.vector(k);
                Vectors.addMultiple(Vectors.dot(vector, drift) / value, vector, force);
            }
        }
    }
}
