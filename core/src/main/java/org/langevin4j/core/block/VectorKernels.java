package org.langevin4j.core.block;

import static org.langevin4j.core.block.Constants.*;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector unit. Every operation has its twin in {@link ScalarKernels}, which also does what is left over at the end and
 * the blocks with arguments out of the ordinary.
 *
 * <p>Each loop is one short method without calls to methods of our own: the compiler stops inlining those in a method that
 * has grown large, and a vector that crosses a call becomes an object, twenty times slower.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    private static final int LANES = DOUBLES.length();

    /** Rows shorter than this go through each loop of {@link #normals} as many at a time. */
    private static final int SHORT = 32;

    /** 0, 1, 2, … */
    private static final LongVector INDEX = LongVector.zero(LONGS).addIndex(1);

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public String name() {
        return "vector, " + DOUBLES.vectorBitSize() + " bits";
    }

    @Override
    public boolean areWithin(double[] x, int n, double bound) {
        int end = DOUBLES.loopBound(n);
        return excessBits(x, end, bound) >= 0L && ScalarKernels.areWithin(x, end, n, bound);
    }

    /**
     * Negative if an absolute value is greater than a bound that is not negative: the bits of both, as whole numbers, are in
     * the order of the values, NaN above all.
     */
    private static long excessBits(double[] x, int end, double bound) {
        LongVector largest = LongVector.broadcast(LONGS, Double.doubleToRawLongBits(bound));
        LongVector any = LongVector.zero(LONGS);
        for (int p = 0; p < end; p += LANES) {
            any = any.lanewise(
                    VectorOperators.OR,
                    largest.sub(DoubleVector.fromArray(DOUBLES, x, p).abs().reinterpretAsLongs()));
        }
        return any.reduceLanes(VectorOperators.OR);
    }

    @Override
    public boolean haveSameSigns(double[] x, double[] y, int n) {
        int end = DOUBLES.loopBound(n);
        return signBits(x, y, end) >= 0L && ScalarKernels.haveSameSigns(x, y, end, n);
    }

    /** Negative if the bits of a product are not from 1 to those of infinity. */
    private static long signBits(double[] x, double[] y, int end) {
        LongVector any = LongVector.zero(LONGS);
        for (int p = 0; p < end; p += LANES) {
            LongVector bits = DoubleVector.fromArray(DOUBLES, x, p)
                    .mul(DoubleVector.fromArray(DOUBLES, y, p))
                    .reinterpretAsLongs();
            any = any.lanewise(VectorOperators.OR, bits.sub(1L))
                    .lanewise(
                            VectorOperators.OR,
                            LongVector.broadcast(LONGS, INFINITY).sub(bits));
        }
        return any.reduceLanes(VectorOperators.OR);
    }

    @Override
    public void exp(double[] x, int n, double[] out) {
        int end = DOUBLES.loopBound(n);
        if (excessBits(x, end, EXP_NORMAL) >= 0L) {
            expNormalLoop(x, end, out);
        } else {
            expLoop(x, end, out);
        }
        ScalarKernels.expFrom(x, end, n, out);
    }

    /** The same bits where no result leaves the normal range: 2ⁿ is added to the exponent. */
    private static void expNormalLoop(double[] x, int end, double[] out) {
        for (int p = 0; p < end; p += LANES) {
            DoubleVector value = DoubleVector.fromArray(DOUBLES, x, p);
            DoubleVector rounded =
                    value.fma(DoubleVector.broadcast(DOUBLES, LOG2_E), DoubleVector.broadcast(DOUBLES, ROUND));
            DoubleVector count = rounded.sub(ROUND);
            DoubleVector r = count.fma(DoubleVector.broadcast(DOUBLES, -LN_2_HIGH), value);
            r = count.fma(DoubleVector.broadcast(DOUBLES, -LN_2_LOW), r);
            DoubleVector q = r.fma(DoubleVector.broadcast(DOUBLES, EXP_11), DoubleVector.broadcast(DOUBLES, EXP_10));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_9));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_8));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_7));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_6));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_5));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_4));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_3));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_2));
            q.mul(r)
                    .fma(r, r)
                    .add(1.0)
                    .reinterpretAsLongs()
                    .add(rounded.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
                    .reinterpretAsDoubles()
                    .intoArray(out, p);
        }
    }

    private static void expLoop(double[] x, int end, double[] out) {
        for (int p = 0; p < end; p += LANES) {
            DoubleVector bounded =
                    DoubleVector.fromArray(DOUBLES, x, p).max(-EXP_RANGE).min(EXP_RANGE);
            DoubleVector rounded =
                    bounded.fma(DoubleVector.broadcast(DOUBLES, LOG2_E), DoubleVector.broadcast(DOUBLES, ROUND));
            DoubleVector count = rounded.sub(ROUND);
            DoubleVector r = count.fma(DoubleVector.broadcast(DOUBLES, -LN_2_HIGH), bounded);
            r = count.fma(DoubleVector.broadcast(DOUBLES, -LN_2_LOW), r);
            DoubleVector q = r.fma(DoubleVector.broadcast(DOUBLES, EXP_11), DoubleVector.broadcast(DOUBLES, EXP_10));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_9));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_8));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_7));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_6));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_5));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_4));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_3));
            q = q.fma(r, DoubleVector.broadcast(DOUBLES, EXP_2));
            LongVector power = rounded.reinterpretAsLongs()
                    .lanewise(VectorOperators.LSHL, 52)
                    .lanewise(VectorOperators.ASHR, 52);
            LongVector half = power.lanewise(VectorOperators.ASHR, 1);
            LongVector rest = power.sub(half);
            q.mul(r)
                    .fma(r, r)
                    .add(1.0)
                    .mul(half.lanewise(VectorOperators.LSHL, 52).add(ONE).reinterpretAsDoubles())
                    .mul(rest.lanewise(VectorOperators.LSHL, 52).add(ONE).reinterpretAsDoubles())
                    .intoArray(out, p);
        }
    }

    @Override
    public void log(double[] x, int n, double[] out) {
        int end = areNormal(x, n) ? DOUBLES.loopBound(n) : 0;
        logLoop(x, end, out);
        ScalarKernels.logFrom(x, end, n, out);
    }

    private static boolean areNormal(double[] x, int n) {
        boolean normal = true;
        for (int p = 0; p < n; p++) {
            normal &= x[p] >= Double.MIN_NORMAL && x[p] <= Double.MAX_VALUE;
        }
        return normal;
    }

    private static void logLoop(double[] x, int end, double[] out) {
        for (int p = 0; p < end; p += LANES) {
            LongVector bits = DoubleVector.fromArray(DOUBLES, x, p).reinterpretAsLongs();
            LongVector shifted = bits.add(TO_ROOT_TWO);
            DoubleVector exponent = shifted.lanewise(VectorOperators.LSHR, 52)
                    .lanewise(VectorOperators.OR, TWO_52)
                    .reinterpretAsDoubles()
                    .sub(TWO_52_AND_BIAS);
            DoubleVector f = bits.sub(shifted.lanewise(VectorOperators.AND, ~MANTISSA))
                    .add(ONE)
                    .reinterpretAsDoubles()
                    .sub(1.0);
            DoubleVector s = f.div(f.add(2.0));
            DoubleVector z = s.mul(s);
            DoubleVector r = z.fma(DoubleVector.broadcast(DOUBLES, LOG_15), DoubleVector.broadcast(DOUBLES, LOG_13));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LOG_11));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LOG_9));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LOG_7));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LOG_5));
            r = r.fma(z, DoubleVector.broadcast(DOUBLES, LOG_3));
            exponent.fma(DoubleVector.broadcast(DOUBLES, LN_2), f.sub(s.mul(f.sub(z.mul(r)))))
                    .intoArray(out, p);
        }
    }

    @Override
    public void sin(double[] x, int n, double[] out) {
        turn(x, n, out, 0);
    }

    @Override
    public void cos(double[] x, int n, double[] out) {
        turn(x, n, out, 1);
    }

    private static void turn(double[] x, int n, double[] out, int quarters) {
        boolean small = true;
        for (int p = 0; p < n; p++) {
            small &= Math.abs(x[p]) <= SIN_RANGE;
        }
        int end = small ? DOUBLES.loopBound(n) : 0;
        turnLoop(x, end, out, quarters);
        ScalarKernels.turnFrom(x, end, n, out, quarters);
    }

    private static void turnLoop(double[] x, int end, double[] out, int quarters) {
        for (int p = 0; p < end; p += LANES) {
            DoubleVector value = DoubleVector.fromArray(DOUBLES, x, p);
            DoubleVector rounded =
                    value.fma(DoubleVector.broadcast(DOUBLES, TWO_OVER_PI), DoubleVector.broadcast(DOUBLES, ROUND));
            DoubleVector count = rounded.sub(ROUND);
            DoubleVector r = count.fma(DoubleVector.broadcast(DOUBLES, -HALF_PI_1), value);
            r = count.fma(DoubleVector.broadcast(DOUBLES, -HALF_PI_2), r);
            r = count.fma(DoubleVector.broadcast(DOUBLES, -HALF_PI_3), r);
            DoubleVector z = r.mul(r);
            DoubleVector s = z.fma(DoubleVector.broadcast(DOUBLES, SIN_13), DoubleVector.broadcast(DOUBLES, SIN_11));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_9));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_7));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_5));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_3));
            s = s.mul(z).fma(r, r);
            DoubleVector c = z.fma(DoubleVector.broadcast(DOUBLES, COS_14), DoubleVector.broadcast(DOUBLES, COS_12));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_10));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_8));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_6));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_4));
            c = c.mul(z).fma(z, z.fma(DoubleVector.broadcast(DOUBLES, -0.5), DoubleVector.broadcast(DOUBLES, 1.0)));
            LongVector quadrant = rounded.reinterpretAsLongs().add(quarters);
            // All ones where the quadrant is odd: sine and cosine change places.
            LongVector odd = quadrant.lanewise(VectorOperators.LSHL, 63).lanewise(VectorOperators.ASHR, 63);
            LongVector sine = s.reinterpretAsLongs();
            LongVector change =
                    sine.lanewise(VectorOperators.XOR, c.reinterpretAsLongs()).lanewise(VectorOperators.AND, odd);
            LongVector sign = quadrant.lanewise(VectorOperators.LSHL, 62).lanewise(VectorOperators.AND, SIGN);
            sine.lanewise(VectorOperators.XOR, change)
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(out, p);
        }
    }

    @Override
    public void normals(long key0, long key1, long first, int n, long counter, double[] even, double[] odd) {
        int end = DOUBLES.loopBound(n);
        wordLoop(key0, key1, first, end, counter, even, odd);
        uniformLoop(key0, key1, end, even, odd);
        logLoop(even, end, even);
        pairLoop(even, odd, end);
        ScalarKernels.normalsFrom(key0, key1, first, end, n, counter, even, odd);
    }

    /** Each loop over some short rows before the next, which would have to wait for what was just written. */
    @Override
    public void normals(long key0, long key1, long[] first, int n, long counter, double[][] rows, int from, int to) {
        int end = DOUBLES.loopBound(n);
        int some = n < SHORT ? SHORT : 2;
        for (int begin = from; begin < to; begin += some) {
            int stop = Math.min(begin + some, to);
            for (int row = begin; row < stop; row += 2) {
                wordLoop(key0, key1, first, end, counter + (row - from) / 2, rows[row], rows[row + 1]);
            }
            for (int row = begin; row < stop; row += 2) {
                uniformLoop(key0, key1, end, rows[row], rows[row + 1]);
            }
            for (int row = begin; row < stop; row += 2) {
                logLoop(rows[row], end, rows[row]);
            }
            for (int row = begin; row < stop; row += 2) {
                pairLoop(rows[row], rows[row + 1], end);
            }
        }
        if (end < n) {
            ScalarKernels.normalsFrom(key0, key1, first, end, n, counter, rows, from, to);
        }
    }

    /** The first eight rounds of Threefry; the words stay behind as the bits of doubles. */
    private static void wordLoop(long key0, long key1, long first, int end, long counter, double[] even, double[] odd) {
        long key2 = PARITY ^ key0 ^ key1;
        for (int p = 0; p < end; p += LANES) {
            LongVector x = INDEX.add(first + p + key0);
            LongVector y = LongVector.broadcast(LONGS, counter + key1);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 42).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 12).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 31).lanewise(VectorOperators.XOR, x);
            x = x.add(key1);
            y = y.add(key2 + 1);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 32).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x);
            x.reinterpretAsDoubles().intoArray(even, p);
            y.reinterpretAsDoubles().intoArray(odd, p);
        }
    }

    /** The same loop with the first counters read, kept apart so that each is compiled for itself. */
    private static void wordLoop(
            long key0, long key1, long[] first, int end, long counter, double[] even, double[] odd) {
        long key2 = PARITY ^ key0 ^ key1;
        for (int p = 0; p < end; p += LANES) {
            LongVector x = LongVector.fromArray(LONGS, first, p).add(key0);
            LongVector y = LongVector.broadcast(LONGS, counter + key1);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 42).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 12).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 31).lanewise(VectorOperators.XOR, x);
            x = x.add(key1);
            y = y.add(key2 + 1);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 32).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 24).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 21).lanewise(VectorOperators.XOR, x);
            x.reinterpretAsDoubles().intoArray(even, p);
            y.reinterpretAsDoubles().intoArray(odd, p);
        }
    }

    /** The last five rounds, and the words as numbers. */
    private static void uniformLoop(long key0, long key1, int end, double[] even, double[] odd) {
        long key2 = PARITY ^ key0 ^ key1;
        for (int p = 0; p < end; p += LANES) {
            LongVector x = DoubleVector.fromArray(DOUBLES, even, p).reinterpretAsLongs();
            LongVector y = DoubleVector.fromArray(DOUBLES, odd, p).reinterpretAsLongs();
            x = x.add(key2);
            y = y.add(key0 + 2);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 42).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 12).lanewise(VectorOperators.XOR, x);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 31).lanewise(VectorOperators.XOR, x);
            x = x.add(key0);
            y = y.add(key1 + 3);
            x = x.add(y);
            y = y.lanewise(VectorOperators.ROL, 16).lanewise(VectorOperators.XOR, x);
            DoubleVector.broadcast(DOUBLES, 2.0)
                    .sub(x.lanewise(VectorOperators.AND, MANTISSA)
                            .lanewise(VectorOperators.OR, ONE)
                            .reinterpretAsDoubles())
                    .intoArray(even, p);
            y.lanewise(VectorOperators.AND, MANTISSA)
                    .lanewise(VectorOperators.OR, ONE)
                    .reinterpretAsDoubles()
                    .sub(1.0)
                    .intoArray(odd, p);
        }
    }

    /** Takes ln u and v, gives the pair. */
    private static void pairLoop(double[] even, double[] odd, int end) {
        for (int p = 0; p < end; p += LANES) {
            DoubleVector radius =
                    DoubleVector.fromArray(DOUBLES, even, p).mul(-2.0).sqrt();
            DoubleVector turns = DoubleVector.fromArray(DOUBLES, odd, p).mul(4.0);
            DoubleVector rounded = turns.add(ROUND);
            DoubleVector t = turns.sub(rounded.sub(ROUND));
            DoubleVector z = t.mul(t);
            DoubleVector s =
                    z.fma(DoubleVector.broadcast(DOUBLES, SIN_TURN_13), DoubleVector.broadcast(DOUBLES, SIN_TURN_11));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_TURN_9));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_TURN_7));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_TURN_5));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_TURN_3));
            s = s.fma(z, DoubleVector.broadcast(DOUBLES, SIN_TURN_1));
            DoubleVector c =
                    z.fma(DoubleVector.broadcast(DOUBLES, COS_TURN_12), DoubleVector.broadcast(DOUBLES, COS_TURN_10));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_TURN_8));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_TURN_6));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_TURN_4));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_TURN_2));
            c = c.fma(z, DoubleVector.broadcast(DOUBLES, COS_TURN_0));
            LongVector quadrant = rounded.reinterpretAsLongs();
            // Sine and cosine change places in odd quadrants; the sign of the cosine is that of the sine there turned
            // round.
            LongVector oddQuadrant = quadrant.lanewise(VectorOperators.LSHL, 63);
            LongVector sine = s.mul(t).mul(radius).reinterpretAsLongs();
            LongVector cosine = c.mul(radius).reinterpretAsLongs();
            LongVector change = sine.lanewise(VectorOperators.XOR, cosine)
                    .lanewise(VectorOperators.AND, oddQuadrant.lanewise(VectorOperators.ASHR, 63));
            LongVector sign = quadrant.lanewise(VectorOperators.LSHL, 62).lanewise(VectorOperators.AND, SIGN);
            cosine.lanewise(VectorOperators.XOR, change)
                    .lanewise(VectorOperators.XOR, sign.lanewise(VectorOperators.XOR, oddQuadrant))
                    .reinterpretAsDoubles()
                    .intoArray(even, p);
            sine.lanewise(VectorOperators.XOR, change)
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(odd, p);
        }
    }
}
