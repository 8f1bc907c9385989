package org.langevin4j.core.block;

import static org.langevin4j.core.block.Constants.*;

/** Plain Java. Every operation has its twin in the vector implementation, in the same order. */
final class ScalarKernels implements Kernels {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public boolean areWithin(double[] x, int n, double bound) {
        return areWithin(x, 0, n, bound);
    }

    static boolean areWithin(double[] x, int from, int n, double bound) {
        boolean within = true;
        for (int p = from; p < n; p++) {
            within &= Math.abs(x[p]) <= bound;
        }
        return within;
    }

    @Override
    public boolean haveSameSigns(double[] x, double[] y, int n) {
        return haveSameSigns(x, y, 0, n);
    }

    static boolean haveSameSigns(double[] x, double[] y, int from, int n) {
        boolean same = true;
        for (int p = from; p < n; p++) {
            same &= x[p] * y[p] > 0.0;
        }
        return same;
    }

    @Override
    public void exp(double[] x, int n, double[] out) {
        expFrom(x, 0, n, out);
    }

    static void expFrom(double[] x, int from, int n, double[] out) {
        for (int p = from; p < n; p++) {
            out[p] = exp(x[p]);
        }
    }

    static double exp(double x) {
        double bounded = Math.min(Math.max(x, -EXP_RANGE), EXP_RANGE);
        double rounded = Math.fma(bounded, LOG2_E, ROUND);
        double count = rounded - ROUND;
        double r = Math.fma(count, -LN_2_HIGH, bounded);
        r = Math.fma(count, -LN_2_LOW, r);
        double q = Math.fma(EXP_11, r, EXP_10);
        q = Math.fma(q, r, EXP_9);
        q = Math.fma(q, r, EXP_8);
        q = Math.fma(q, r, EXP_7);
        q = Math.fma(q, r, EXP_6);
        q = Math.fma(q, r, EXP_5);
        q = Math.fma(q, r, EXP_4);
        q = Math.fma(q, r, EXP_3);
        q = Math.fma(q, r, EXP_2);
        double value = Math.fma(q * r, r, r) + 1.0;
        // 2ⁿ in two factors: results below the normal range are rounded right, those above overflow to infinity.
        long power = (Double.doubleToRawLongBits(rounded) << 52) >> 52;
        long half = power >> 1;
        return value
                * Double.longBitsToDouble((half << 52) + ONE)
                * Double.longBitsToDouble(((power - half) << 52) + ONE);
    }

    @Override
    public void log(double[] x, int n, double[] out) {
        logFrom(x, 0, n, out);
    }

    static void logFrom(double[] x, int from, int n, double[] out) {
        for (int p = from; p < n; p++) {
            out[p] = log(x[p]);
        }
    }

    static double log(double x) {
        if (x < Double.MIN_NORMAL) {
            if (x < 0.0) {
                return Double.NaN;
            }
            return x == 0.0 ? Double.NEGATIVE_INFINITY : logNormal(x * 0x1p54, 54.0);
        }
        return x <= Double.MAX_VALUE ? logNormal(x, 0.0) : x;
    }

    /** ln(x) − down·ln 2 for a normal positive x. */
    static double logNormal(double x, double down) {
        long bits = Double.doubleToRawLongBits(x);
        long shifted = bits + TO_ROOT_TWO;
        double exponent = Double.longBitsToDouble((shifted >>> 52) | TWO_52) - TWO_52_AND_BIAS;
        double m = Double.longBitsToDouble(bits - (shifted & ~MANTISSA) + ONE);
        double f = m - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double r = Math.fma(LOG_15, z, LOG_13);
        r = Math.fma(r, z, LOG_11);
        r = Math.fma(r, z, LOG_9);
        r = Math.fma(r, z, LOG_7);
        r = Math.fma(r, z, LOG_5);
        r = Math.fma(r, z, LOG_3);
        // f − s(f − zr) = 2s + s³r without the rounding of 2s.
        return Math.fma(exponent - down, LN_2, f - s * (f - z * r));
    }

    @Override
    public void sin(double[] x, int n, double[] out) {
        turnFrom(x, 0, n, out, 0);
    }

    @Override
    public void cos(double[] x, int n, double[] out) {
        turnFrom(x, 0, n, out, 1);
    }

    /** Sine of x plus so many quarter turns. */
    static void turnFrom(double[] x, int from, int n, double[] out, int quarters) {
        for (int p = from; p < n; p++) {
            out[p] = turn(x[p], quarters);
        }
    }

    static double turn(double x, int quarters) {
        if (!(Math.abs(x) <= SIN_RANGE)) {
            return quarters == 0 ? StrictMath.sin(x) : StrictMath.cos(x);
        }
        double rounded = Math.fma(x, TWO_OVER_PI, ROUND);
        double count = rounded - ROUND;
        double r = Math.fma(count, -HALF_PI_1, x);
        r = Math.fma(count, -HALF_PI_2, r);
        r = Math.fma(count, -HALF_PI_3, r);
        double z = r * r;
        double s = Math.fma(SIN_13, z, SIN_11);
        s = Math.fma(s, z, SIN_9);
        s = Math.fma(s, z, SIN_7);
        s = Math.fma(s, z, SIN_5);
        s = Math.fma(s, z, SIN_3);
        s = Math.fma(s * z, r, r);
        double c = Math.fma(COS_14, z, COS_12);
        c = Math.fma(c, z, COS_10);
        c = Math.fma(c, z, COS_8);
        c = Math.fma(c, z, COS_6);
        c = Math.fma(c, z, COS_4);
        c = Math.fma(c * z, z, Math.fma(z, -0.5, 1.0));
        long quadrant = Double.doubleToRawLongBits(rounded) + quarters;
        double value = (quadrant & 1) != 0 ? c : s;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ ((quadrant << 62) & SIGN));
    }

    @Override
    public void normals(long key0, long key1, long first, int n, long counter, double[] even, double[] odd) {
        normalsFrom(key0, key1, first, 0, n, counter, even, odd);
    }

    @Override
    public void normals(long key0, long key1, long[] first, int n, long counter, double[][] rows, int from, int to) {
        normalsFrom(key0, key1, first, 0, n, counter, rows, from, to);
    }

    static void normalsFrom(
            long key0, long key1, long[] first, int begin, int n, long counter, double[][] rows, int from, int to) {
        long[] words = new long[2];
        for (int row = from; row < to; row += 2) {
            for (int p = begin; p < n; p++) {
                words[0] = first[p];
                words[1] = counter + (row - from) / 2;
                Threefry.hash(key0, key1, words);
                normalPair(words[0], words[1], p, rows[row], rows[row + 1]);
            }
        }
    }

    static void normalsFrom(
            long key0, long key1, long first, int from, int n, long counter, double[] even, double[] odd) {
        long[] words = new long[2];
        for (int p = from; p < n; p++) {
            words[0] = first + p;
            words[1] = counter;
            Threefry.hash(key0, key1, words);
            normalPair(words[0], words[1], p, even, odd);
        }
    }

    private static void normalPair(long x, long y, int p, double[] even, double[] odd) {
        double u = 2.0 - Double.longBitsToDouble(ONE | (x & MANTISSA));
        double v = Double.longBitsToDouble(ONE | (y & MANTISSA)) - 1.0;
        double radius = Math.sqrt(-2.0 * logNormal(u, 0.0));
        // Quarter turns: 4v = quadrant + t with |t| ≤ ½, exactly.
        double turns = 4.0 * v;
        double rounded = turns + ROUND;
        double t = turns - (rounded - ROUND);
        double z = t * t;
        double s = Math.fma(SIN_TURN_13, z, SIN_TURN_11);
        s = Math.fma(s, z, SIN_TURN_9);
        s = Math.fma(s, z, SIN_TURN_7);
        s = Math.fma(s, z, SIN_TURN_5);
        s = Math.fma(s, z, SIN_TURN_3);
        s = Math.fma(s, z, SIN_TURN_1);
        s *= t;
        double c = Math.fma(COS_TURN_12, z, COS_TURN_10);
        c = Math.fma(c, z, COS_TURN_8);
        c = Math.fma(c, z, COS_TURN_6);
        c = Math.fma(c, z, COS_TURN_4);
        c = Math.fma(c, z, COS_TURN_2);
        c = Math.fma(c, z, COS_TURN_0);
        long quadrant = Double.doubleToRawLongBits(rounded);
        boolean swapped = (quadrant & 1) != 0;
        double cosine = radius * (swapped ? s : c);
        double sine = radius * (swapped ? c : s);
        even[p] = Double.longBitsToDouble(Double.doubleToRawLongBits(cosine) ^ (((quadrant + 1) << 62) & SIGN));
        odd[p] = Double.longBitsToDouble(Double.doubleToRawLongBits(sine) ^ ((quadrant << 62) & SIGN));
    }
}
