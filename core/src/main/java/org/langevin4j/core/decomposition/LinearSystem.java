package org.langevin4j.core.decomposition;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;

/**
 * F and D of a linear system, checked, brought to one size by powers of two and seen on the subspace that noise reaches. With
 * F = 2ᵃF′ and D = 2ᵇD′ it is Q = 2ᵇQ′, U = 2ᵃ⁻ᵇU′, Σ = 2ᵇ⁻ᵃΣ′, and rates have 2ᵃ: nothing that is computed from F′ and D′
 * overflows, whatever the units.
 */
final class LinearSystem {

    static final double EPSILON = 0x1p-52;

    /** Asymmetry of D up to this fraction of its largest entry is rounding. */
    private static final double ASYMMETRY = 1e-12;

    final LinearAlgebra algebra;
    final double tolerance;

    /** F and D as they were given. */
    final RealMatrix givenF;

    final RealMatrix givenD;

    /** a and b. */
    final int exponentOfF;

    final int exponentOfD;

    /** F′ and D′. */
    final RealMatrix f;

    final RealMatrix d;
    final Eigenpairs eigenOfD;
    final int rankOfD;

    /** Of the reachable subspace, d×r; none if that is the whole space. */
    final Optional<RealMatrix> basis;

    private LinearSystem(RealMatrix f, RealMatrix d, double tolerance, LinearAlgebra algebra) {
        this.givenF = f;
        this.givenD = d;
        this.tolerance = tolerance;
        this.algebra = algebra;
        exponentOfF = exponent(f);
        exponentOfD = exponent(d);
        this.f = scaled(f, -exponentOfF);
        this.d = scaled(d, -exponentOfD);
        int n = f.getRowDimension();
        eigenOfD = algebra.symmetricEigen(this.d);
        double largest = eigenOfD.value(0);
        double smallest = eigenOfD.value(n - 1);
        double cut = tolerance * largest;
        if (!(smallest >= -cut)) {
            throw new IllegalArgumentException("diffusion must be positive semi-definite, its eigenvalues run from "
                    + FastMath.scalb(smallest, exponentOfD) + " to " + FastMath.scalb(largest, exponentOfD));
        }
        rankOfD = (int)
                Arrays.stream(eigenOfD.values()).filter(value -> value > cut).count();
        basis = rankOfD == n
                ? Optional.empty()
                : Optional.of(ReachableSubspace.basis(this.f, eigenOfD.leadingVectors(rankOfD), tolerance, algebra))
                        .filter(p -> p.getColumnDimension() < n);
    }

    static LinearSystem of(RealMatrix f, RealMatrix d, double rankTolerance, LinearAlgebra algebra) {
        Objects.requireNonNull(algebra, "algebra");
        if (!(rankTolerance > 0.0 && rankTolerance < 1.0)) {
            throw new IllegalArgumentException("rankTolerance must be between 0 and 1, got " + rankTolerance);
        }
        requireSquare("drift matrix", f);
        requireSquare("diffusion", d);
        int n = f.getRowDimension();
        if (d.getRowDimension() != n) {
            throw new IllegalArgumentException("diffusion must be " + n + "×" + n + " as the drift matrix is, got "
                    + d.getRowDimension() + "×" + d.getColumnDimension());
        }
        if (largestEntry("drift matrix", "F", f) == 0.0) {
            throw new IllegalArgumentException("drift matrix must not be zero");
        }
        RealMatrix symmetric = symmetric(d);
        if (largestEntry("diffusion", "D", symmetric) == 0.0) {
            throw new IllegalArgumentException("diffusion must not be zero, its largest eigenvalue is 0.0");
        }
        return new LinearSystem(new Array2DRowRealMatrix(f.getData(), false), symmetric, rankTolerance, algebra);
    }

    private static void requireSquare(String name, RealMatrix matrix) {
        if (matrix.getRowDimension() != matrix.getColumnDimension()) {
            throw new IllegalArgumentException(
                    name + " must be square, got " + matrix.getRowDimension() + "×" + matrix.getColumnDimension());
        }
    }

    private static double largestEntry(String name, String symbol, RealMatrix matrix) {
        double largest = 0.0;
        for (int i = 0; i < matrix.getRowDimension(); i++) {
            for (int j = 0; j < matrix.getColumnDimension(); j++) {
                double entry = matrix.getEntry(i, j);
                if (!(FastMath.abs(entry) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            name + " must be finite, got " + symbol + "[" + i + "][" + j + "] = " + entry);
                }
                largest = FastMath.max(largest, FastMath.abs(entry));
            }
        }
        return largest;
    }

    private static RealMatrix symmetric(RealMatrix d) {
        double largest = largestEntry("diffusion", "D", d);
        double[][] rows = d.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < i; j++) {
                double difference = FastMath.abs(rows[i][j] - rows[j][i]);
                if (!(difference <= ASYMMETRY * largest)) {
                    throw new IllegalArgumentException("diffusion must be symmetric, got D[" + i + "][" + j + "] = "
                            + rows[i][j] + " and D[" + j + "][" + i + "] = " + rows[j][i]);
                }
                // Halves first: the sum of two entries may overflow.
                rows[i][j] = 0.5 * rows[i][j] + 0.5 * rows[j][i];
                rows[j][i] = rows[i][j];
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    private static int exponent(RealMatrix matrix) {
        double largest = 0.0;
        for (double[] row : matrix.getData()) {
            for (double entry : row) {
                largest = FastMath.max(largest, FastMath.abs(entry));
            }
        }
        // Exact for subnormal numbers too, of which getExponent says one less than the least.
        return largest < Double.MIN_NORMAL
                ? FastMath.getExponent(FastMath.scalb(largest, 100)) - 100
                : FastMath.getExponent(largest);
    }

    private static RealMatrix scaled(RealMatrix matrix, int exponent) {
        double[][] rows = matrix.getData();
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = FastMath.scalb(row[j], exponent);
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    /** 2^exponent·M in the units that were given; refused if an entry overflows or, where all digits matter, all underflow. */
    static RealMatrix inUnits(String name, RealMatrix matrix, int exponent, boolean digits) {
        RealMatrix result = scaled(matrix, exponent);
        double before = 0.0;
        double after = 0.0;
        double[][] rows = result.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                before = FastMath.max(before, FastMath.abs(matrix.getEntry(i, j)));
                after = FastMath.max(after, FastMath.abs(rows[i][j]));
            }
        }
        if (!(after <= Double.MAX_VALUE) || (digits && before > 0.0 && after < Double.MIN_NORMAL)) {
            throw new IllegalArgumentException("drift matrix and diffusion must be nearer to each other in size: "
                    + name + " has entries of " + before + "·2^" + exponent);
        }
        return result;
    }

    static double ratio(RealMatrix difference, RealMatrix whole) {
        double norm = Vectors.norm(difference);
        return norm == 0.0 ? 0.0 : norm / Vectors.norm(whole);
    }

    int dimension() {
        return f.getRowDimension();
    }

    RealMatrix reachableBasis() {
        return basis.orElseGet(() -> MatrixUtils.createRealIdentityMatrix(dimension()));
    }

    /** PᵀMP. */
    RealMatrix inside(RealMatrix matrix, boolean symmetric) {
        return basis.map(p -> {
                    RealMatrix product = algebra.multiply(p.transpose(), algebra.multiply(matrix, p));
                    return symmetric ? product.add(product.transpose()).scalarMultiply(0.5) : product;
                })
                .orElse(matrix);
    }

    /** PMPᵀ, symmetric if the sign is 1 and antisymmetric if it is −1. */
    RealMatrix outside(RealMatrix matrix, double sign) {
        return basis.map(p -> {
                    RealMatrix product = algebra.multiply(p, algebra.multiply(matrix, p.transpose()));
                    return product.add(product.transpose().scalarMultiply(sign)).scalarMultiply(0.5);
                })
                .orElse(matrix);
    }

    /** What |λᵢ + λⱼ| and a real part must exceed to count as positive, in units of F′. */
    double rounding() {
        return dimension() * EPSILON * Vectors.norm(f);
    }
}
