package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * The factors PA = LU of a square matrix by Gaussian elimination with row exchanges, in pure Java, for small matrices that
 * meet several right-hand sides or whose determinant is wanted; {@link LinearAlgebra#solve} is the way for large ones. The
 * matrix is brought to one scale first. Immutable.
 */
public final class LuFactors {

    /** U above, the multipliers of L below the diagonal. */
    private final double[][] factors;

    private final int[] rowOf;
    private final boolean odd;

    /** Factors are those of 2^exponent·A. */
    private final int exponent;

    private final boolean singular;

    private LuFactors(double[][] entries, int exponent) {
        this.factors = entries;
        this.exponent = exponent;
        int n = entries.length;
        this.rowOf = new int[n];
        for (int i = 0; i < n; i++) {
            rowOf[i] = i;
        }
        boolean exchanged = false;
        boolean zero = false;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(factors[i][k]) > Math.abs(factors[pivot][k])) {
                    pivot = i;
                }
            }
            if (pivot != k) {
                double[] row = factors[pivot];
                factors[pivot] = factors[k];
                factors[k] = row;
                int place = rowOf[pivot];
                rowOf[pivot] = rowOf[k];
                rowOf[k] = place;
                exchanged = !exchanged;
            }
            if (factors[k][k] == 0.0) {
                zero = true;
                continue;
            }
            for (int i = k + 1; i < n; i++) {
                if (factors[i][k] != 0.0) {
                    factors[i][k] /= factors[k][k];
                    subtract(factors[i][k], factors[k], factors[i], k + 1);
                }
            }
        }
        this.odd = exchanged;
        this.singular = zero;
    }

    private static void subtract(double factor, double[] from, double[] to, int start) {
        for (int j = start; j < to.length; j++) {
            to[j] -= factor * from[j];
        }
    }

    /**
     * The factors of a matrix.
     *
     * @param a A, n×n, finite
     * @return the factors, also of a singular matrix
     * @throws IllegalArgumentException if A is not square or not finite
     */
    public static LuFactors of(RealMatrix a) {
        double[][] rows = Rows.finiteSquare("matrix", a);
        int exponent = Scale.TOP - Scale.exponent(rows);
        return new LuFactors(Rows.copy(Rows.of(Scale.by(rows, exponent))), exponent);
    }

    /**
     * Whether a pivot is exactly zero, so that no equation can be solved.
     *
     * @return false also of matrices that are singular but for rounding
     */
    public boolean isSingular() {
        return singular;
    }

    /**
     * Whether a pivot is zero to rounding, as seen from the largest entry.
     *
     * @return whether one is not above n·2⁻⁵² of the largest entry of A
     */
    public boolean isSingularToRounding() {
        double threshold = factors.length * 0x1p-52 * Math.scalb(1.0, Scale.TOP);
        for (int k = 0; k < factors.length; k++) {
            if (!(Math.abs(factors[k][k]) > threshold)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The determinant.
     *
     * @return det A, which may leave the numbers for a large order
     */
    public double determinant() {
        double mantissa = odd ? -1.0 : 1.0;
        long power = 0;
        for (int k = 0; k < factors.length; k++) {
            mantissa *= factors[k][k];
            if (mantissa == 0.0) {
                return 0.0;
            }
            int size = Math.getExponent(mantissa);
            mantissa = Math.scalb(mantissa, -size);
            power += size - exponent;
        }
        return Math.scalb(mantissa, (int) Math.max(-5000, Math.min(5000, power)));
    }

    /**
     * Solves Ax = b.
     *
     * @param b length n
     * @return x, finite if b is
     * @throws ArithmeticException if a pivot is exactly zero, or x is beyond the doubles
     * @throws IllegalArgumentException if b has another length
     */
    public double[] solve(double[] b) {
        return solve(new Array2DRowRealMatrix(b)).getColumn(0);
    }

    /**
     * Solves AX = B.
     *
     * @param b n×m
     * @return X, n×m, finite if B is
     * @throws ArithmeticException if a pivot is exactly zero, or X is beyond the doubles
     * @throws IllegalArgumentException if B has another number of rows
     */
    public RealMatrix solve(RealMatrix b) {
        int n = factors.length;
        if (b.getRowDimension() != n) {
            throw new IllegalArgumentException("right-hand side must have " + n + " rows, got " + b.getRowDimension());
        }
        if (singular) {
            throw new ArithmeticException("the matrix of order " + n + " is singular");
        }
        double[][] right = Rows.of(b);
        // x = 2^(exponent + own) y, where y belongs to the scaled matrix and right-hand side.
        int own = Scale.exponent(right);
        double[][] scaled = Rows.of(Scale.by(right, -own));
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) {
            x[i] = scaled[rowOf[i]].clone();
            for (int k = 0; k < i; k++) {
                if (factors[i][k] != 0.0) {
                    subtract(factors[i][k], x[k], x[i], 0);
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                if (factors[i][k] != 0.0) {
                    subtract(factors[i][k], x[k], x[i], 0);
                }
            }
            for (int j = 0; j < x[i].length; j++) {
                x[i][j] /= factors[i][i];
            }
        }
        RealMatrix solution = Scale.by(x, exponent + own);
        if (!Rows.areFinite(Rows.of(solution)) && Rows.areFinite(right)) {
            throw new ArithmeticException("a solution is beyond the largest double, 1.8e308");
        }
        return solution;
    }

    /**
     * The inverse.
     *
     * @return A⁻¹
     * @throws ArithmeticException if a pivot is exactly zero, or A⁻¹ is beyond the doubles
     */
    public RealMatrix inverse() {
        double[][] unit = new double[factors.length][factors.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i][i] = 1.0;
        }
        return solve(new Array2DRowRealMatrix(unit, false));
    }

    @Override
    public String toString() {
        return "LU factors of order " + factors.length + (singular ? ", singular" : "");
    }
}
