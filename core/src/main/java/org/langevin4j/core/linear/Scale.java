package org.langevin4j.core.linear;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * Powers of two that bring the largest entry of a matrix to a chosen size, which costs no digit: so no intermediate result
 * overflows, and a matrix times a power of two has the same bits in its results.
 */
final class Scale {

    /** Squares of entries up to 2⁴⁰⁰ and sums of them are far from overflow, and entries far below it are kept. */
    static final int TOP = 400;

    private Scale() {}

    /** The exponent of the largest entry; 0 for a zero matrix. */
    static int exponent(double[][] rows) {
        double largest = 0.0;
        for (double[] row : rows) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        // Of a subnormal number getExponent gives one less than the least.
        return largest == 0.0 ? 0 : Math.getExponent(largest);
    }

    /** 2^exponent·M, not to be confused with a factor: the power itself need not be a number. */
    static RealMatrix by(double[][] rows, int exponent) {
        double[][] scaled = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            scaled[i] = exponent == 0 ? rows[i] : by(rows[i], exponent);
        }
        return new Array2DRowRealMatrix(scaled, false);
    }

    /** A copy, scaled. */
    static double[] by(double[] row, int exponent) {
        double[] scaled = new double[row.length];
        // A product is much faster than scalb, and is exact where the power is a normal number.
        boolean normal = exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT;
        double power = normal ? Math.scalb(1.0, exponent) : 0.0;
        for (int j = 0; j < row.length; j++) {
            scaled[j] = normal ? row[j] * power : Math.scalb(row[j], exponent);
        }
        return scaled;
    }

    /** The same for results, of which none may leave the numbers. */
    static double[] back(double[] values, int exponent) {
        double[] scaled = exponent == 0 ? values : by(values, exponent);
        for (double value : scaled) {
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                throw new ArithmeticException("a result is beyond the largest double, 1.8e308");
            }
        }
        return scaled;
    }

    static RealMatrix back(RealMatrix matrix, int exponent) {
        double[][] rows = Rows.of(matrix);
        double[][] scaled = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            scaled[i] = back(rows[i], exponent);
        }
        return new Array2DRowRealMatrix(scaled, false);
    }
}
