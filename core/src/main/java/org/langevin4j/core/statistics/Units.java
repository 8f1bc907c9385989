package org.langevin4j.core.statistics;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/** Records in units of a power of two, where their squares would overflow or vanish. Costs no digit. */
final class Units {

    /** Sizes in between need no other units: products of four numbers and sums of many of them are far from the ends. */
    private static final int UNSCALED = 200;

    private Units() {}

    /**
     * The power of two in units of which a record is to be looked at, 0 for all of usual size.
     *
     * @throws IllegalArgumentException if a number is not finite
     */
    static int exponent(String name, double... record) {
        double largest = 0.0;
        for (int t = 0; t < record.length; t++) {
            if (!(Math.abs(record[t]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(name + " must be finite, got " + record[t] + " at place " + t);
            }
            largest = Math.max(largest, Math.abs(record[t]));
        }
        int exponent = Math.getExponent(largest);
        return largest == 0.0 || Math.abs(exponent) <= UNSCALED ? 0 : exponent;
    }

    /** The record in these units; itself if they are 1. */
    static double[] in(int exponent, double... record) {
        return exponent == 0 ? record : times(-exponent, record);
    }

    /** A copy times a power of two. */
    static double[] times(int power, double... values) {
        double[] scaled = values.clone();
        for (int t = 0; t < scaled.length; t++) {
            scaled[t] = Math.scalb(scaled[t], power);
        }
        return scaled;
    }

    /** A copy times a power of two. */
    static double[][] times(int power, double[][] rows) {
        double[][] scaled = new double[rows.length][];
        Arrays.setAll(scaled, t -> times(power, rows[t]));
        return scaled;
    }

    /** A copy times a power of two. */
    static RealMatrix times(int power, RealMatrix matrix) {
        return new Array2DRowRealMatrix(times(power, matrix.getData()), false);
    }

    /** The largest size, NaN if one is. */
    static double largest(double... values) {
        double largest = 0.0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
