package org.langevin4j.models.network;

import jdk.incubator.vector.FloatVector;

/**
 * Single precision on the vector unit: the two loops in which networks spend most of their time, with the sums of twelve half rows in registers.
 * Every operation has its twin in {@link FloatKernels}.
 */
final class VectorKernels extends VectorElementKernels {

    /** What sums begin with. */
    private static final float[] ZEROS = new float[HALF];

    /** How many of the rows that are left are taken together: 6, 4 or 1, so that few are taken one by one. */
    private static int together(int left) {
        return left >= 12 || (left % 4 == 2 && left >= 6) ? 6 : left >= 4 ? 4 : 1;
    }

    @Override
    public void products(
            Taps taps,
            int outputs,
            float[] w,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart) {
        int m = 0;
        while (m < outputs) {
            int start = outStart + m * LANES;
            int together = together(outputs - m);
            if (together == 6) {
                sixProducts(taps, m, w, x, xStart, bias, biasStart, out, start);
            } else if (together == 4) {
                fourProducts(taps, m, w, x, xStart, bias, biasStart, out, start);
            } else {
                product(taps, m, w, x, xStart, bias, biasStart, out, start);
            }
            m += together;
        }
    }

    private static FloatVector first(float[] bias, int biasStart, int m) {
        return FloatVector.broadcast(SPECIES, biasStart < 0 ? 0f : bias[biasStart + m]);
    }

    /** Six outputs. */
    private static void sixProducts(
            Taps taps,
            int m,
            float[] w,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart) {
        FloatVector s0 = first(bias, biasStart, m);
        FloatVector s1 = first(bias, biasStart, m + 1);
        FloatVector s2 = first(bias, biasStart, m + 2);
        FloatVector s3 = first(bias, biasStart, m + 3);
        FloatVector s4 = first(bias, biasStart, m + 4);
        FloatVector s5 = first(bias, biasStart, m + 5);
        FloatVector r0 = s0;
        FloatVector r1 = s1;
        FloatVector r2 = s2;
        FloatVector r3 = s3;
        FloatVector r4 = s4;
        FloatVector r5 = s5;
        int[] weights = taps.weights;
        int[] rows = taps.rows;
        for (int t = 0; t < rows.length; t++) {
            int k = weights[t] + m;
            int row = xStart + rows[t];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + HALF);
            FloatVector f = FloatVector.broadcast(SPECIES, w[k]);
            s0 = u.fma(f, s0);
            r0 = v.fma(f, r0);
            f = FloatVector.broadcast(SPECIES, w[k + 1]);
            s1 = u.fma(f, s1);
            r1 = v.fma(f, r1);
            f = FloatVector.broadcast(SPECIES, w[k + 2]);
            s2 = u.fma(f, s2);
            r2 = v.fma(f, r2);
            f = FloatVector.broadcast(SPECIES, w[k + 3]);
            s3 = u.fma(f, s3);
            r3 = v.fma(f, r3);
            f = FloatVector.broadcast(SPECIES, w[k + 4]);
            s4 = u.fma(f, s4);
            r4 = v.fma(f, r4);
            f = FloatVector.broadcast(SPECIES, w[k + 5]);
            s5 = u.fma(f, s5);
            r5 = v.fma(f, r5);
        }
        s0.intoArray(out, outStart);
        r0.intoArray(out, outStart + HALF);
        s1.intoArray(out, outStart + LANES);
        r1.intoArray(out, outStart + LANES + HALF);
        s2.intoArray(out, outStart + 2 * LANES);
        r2.intoArray(out, outStart + 2 * LANES + HALF);
        s3.intoArray(out, outStart + 3 * LANES);
        r3.intoArray(out, outStart + 3 * LANES + HALF);
        s4.intoArray(out, outStart + 4 * LANES);
        r4.intoArray(out, outStart + 4 * LANES + HALF);
        s5.intoArray(out, outStart + 5 * LANES);
        r5.intoArray(out, outStart + 5 * LANES + HALF);
    }

    /** Four outputs. */
    private static void fourProducts(
            Taps taps,
            int m,
            float[] w,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart) {
        FloatVector s0 = first(bias, biasStart, m);
        FloatVector s1 = first(bias, biasStart, m + 1);
        FloatVector s2 = first(bias, biasStart, m + 2);
        FloatVector s3 = first(bias, biasStart, m + 3);
        FloatVector r0 = s0;
        FloatVector r1 = s1;
        FloatVector r2 = s2;
        FloatVector r3 = s3;
        int[] weights = taps.weights;
        int[] rows = taps.rows;
        for (int t = 0; t < rows.length; t++) {
            int k = weights[t] + m;
            int row = xStart + rows[t];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + HALF);
            FloatVector f = FloatVector.broadcast(SPECIES, w[k]);
            s0 = u.fma(f, s0);
            r0 = v.fma(f, r0);
            f = FloatVector.broadcast(SPECIES, w[k + 1]);
            s1 = u.fma(f, s1);
            r1 = v.fma(f, r1);
            f = FloatVector.broadcast(SPECIES, w[k + 2]);
            s2 = u.fma(f, s2);
            r2 = v.fma(f, r2);
            f = FloatVector.broadcast(SPECIES, w[k + 3]);
            s3 = u.fma(f, s3);
            r3 = v.fma(f, r3);
        }
        s0.intoArray(out, outStart);
        r0.intoArray(out, outStart + HALF);
        s1.intoArray(out, outStart + LANES);
        r1.intoArray(out, outStart + LANES + HALF);
        s2.intoArray(out, outStart + 2 * LANES);
        r2.intoArray(out, outStart + 2 * LANES + HALF);
        s3.intoArray(out, outStart + 3 * LANES);
        r3.intoArray(out, outStart + 3 * LANES + HALF);
    }

    /** One output. */
    private static void product(
            Taps taps,
            int m,
            float[] w,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart) {
        FloatVector s0 = first(bias, biasStart, m);
        FloatVector r0 = s0;
        int[] weights = taps.weights;
        int[] rows = taps.rows;
        for (int t = 0; t < rows.length; t++) {
            int k = weights[t] + m;
            int row = xStart + rows[t];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + HALF);
            FloatVector f = FloatVector.broadcast(SPECIES, w[k]);
            s0 = u.fma(f, s0);
            r0 = v.fma(f, r0);
        }
        s0.intoArray(out, outStart);
        r0.intoArray(out, outStart + HALF);
    }

    @Override
    public void crossProducts(
            Pairs[] window,
            int most,
            boolean add,
            int outputs,
            int inputs,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] out,
            int outStart,
            int outStride,
            int inStride) {
        float[] first = add ? out : ZEROS;
        for (int i = 0; i < inputs; i += 2) {
            for (int m = 0; m < outputs; ) {
                int together = together(outputs - m);
                int d = deltaStart + m * LANES;
                int row = xStart + i * LANES;
                int to = outStart + m * outStride + i * inStride;
                for (int t = 0; t < window.length; t++) {
                    Pairs pairs = window[t];
                    int count = pairs.count(most);
                    for (int at = t * LANES, lane = 0; lane < LANES; lane += HALF, at += HALF) {
                        if (i + 1 == inputs) {
                            byOne(
                                    together,
                                    pairs,
                                    count,
                                    delta,
                                    d + lane,
                                    x,
                                    row + lane,
                                    first,
                                    out,
                                    to + at,
                                    outStride);
                        } else if (together == 6) {
                            VectorCrossProducts.sixByTwo(
                                    pairs,
                                    count,
                                    delta,
                                    d + lane,
                                    x,
                                    row + lane,
                                    first,
                                    out,
                                    to + at,
                                    outStride,
                                    inStride);
                        } else if (together == 4) {
                            VectorCrossProducts.fourByTwo(
                                    pairs,
                                    count,
                                    delta,
                                    d + lane,
                                    x,
                                    row + lane,
                                    first,
                                    out,
                                    to + at,
                                    outStride,
                                    inStride);
                        } else {
                            VectorCrossProducts.oneByTwo(
                                    pairs, count, delta, d + lane, x, row + lane, first, out, to + at, inStride);
                        }
                    }
                }
                m += together;
            }
        }
    }

    private static void byOne(
            int together,
            Pairs pairs,
            int count,
            float[] delta,
            int d,
            float[] x,
            int row,
            float[] first,
            float[] out,
            int to,
            int outStride) {
        if (together == 6) {
            VectorCrossProducts.sixByOne(pairs, count, delta, d, x, row, first, out, to, outStride);
        } else if (together == 4) {
            VectorCrossProducts.fourByOne(pairs, count, delta, d, x, row, first, out, to, outStride);
        } else {
            VectorCrossProducts.oneByOne(pairs, count, delta, d, x, row, first, out, to);
        }
    }
}
