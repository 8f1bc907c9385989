package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;
import static org.langevin4j.models.network.VectorElementKernels.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The sums of {@link VectorKernels#crossProducts} for some δ and one or two x, half a row at a time. They begin with what {@code first} has: with zeros, or with
 * what is in {@code out} if it is that.
 */
final class VectorCrossProducts {

    private VectorCrossProducts() {}

    /** Six δ and two x. */
    static void sixByTwo(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart,
            int outStride,
            int inStride) {
        int begin = first == out ? outStart : 0;
        int stride = first == out ? outStride : 0;
        int step = first == out ? inStride : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, begin + stride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, begin + 2 * stride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, begin + 3 * stride);
        FloatVector s4 = FloatVector.fromArray(SPECIES, first, begin + 4 * stride);
        FloatVector s5 = FloatVector.fromArray(SPECIES, first, begin + 5 * stride);
        FloatVector t0 = FloatVector.fromArray(SPECIES, first, begin + step);
        FloatVector t1 = FloatVector.fromArray(SPECIES, first, begin + step + stride);
        FloatVector t2 = FloatVector.fromArray(SPECIES, first, begin + step + 2 * stride);
        FloatVector t3 = FloatVector.fromArray(SPECIES, first, begin + step + 3 * stride);
        FloatVector t4 = FloatVector.fromArray(SPECIES, first, begin + step + 4 * stride);
        FloatVector t5 = FloatVector.fromArray(SPECIES, first, begin + step + 5 * stride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + LANES);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
            t0 = d.fma(v, t0);
            d = FloatVector.fromArray(SPECIES, delta, k + LANES);
            s1 = d.fma(u, s1);
            t1 = d.fma(v, t1);
            d = FloatVector.fromArray(SPECIES, delta, k + 2 * LANES);
            s2 = d.fma(u, s2);
            t2 = d.fma(v, t2);
            d = FloatVector.fromArray(SPECIES, delta, k + 3 * LANES);
            s3 = d.fma(u, s3);
            t3 = d.fma(v, t3);
            d = FloatVector.fromArray(SPECIES, delta, k + 4 * LANES);
            s4 = d.fma(u, s4);
            t4 = d.fma(v, t4);
            d = FloatVector.fromArray(SPECIES, delta, k + 5 * LANES);
            s5 = d.fma(u, s5);
            t5 = d.fma(v, t5);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
        s4.intoArray(out, outStart + 4 * outStride);
        s5.intoArray(out, outStart + 5 * outStride);
        t0.intoArray(out, outStart + inStride);
        t1.intoArray(out, outStart + inStride + outStride);
        t2.intoArray(out, outStart + inStride + 2 * outStride);
        t3.intoArray(out, outStart + inStride + 3 * outStride);
        t4.intoArray(out, outStart + inStride + 4 * outStride);
        t5.intoArray(out, outStart + inStride + 5 * outStride);
    }

    /** Four δ and two x. */
    static void fourByTwo(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart,
            int outStride,
            int inStride) {
        int begin = first == out ? outStart : 0;
        int stride = first == out ? outStride : 0;
        int step = first == out ? inStride : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, begin + stride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, begin + 2 * stride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, begin + 3 * stride);
        FloatVector t0 = FloatVector.fromArray(SPECIES, first, begin + step);
        FloatVector t1 = FloatVector.fromArray(SPECIES, first, begin + step + stride);
        FloatVector t2 = FloatVector.fromArray(SPECIES, first, begin + step + 2 * stride);
        FloatVector t3 = FloatVector.fromArray(SPECIES, first, begin + step + 3 * stride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + LANES);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
            t0 = d.fma(v, t0);
            d = FloatVector.fromArray(SPECIES, delta, k + LANES);
            s1 = d.fma(u, s1);
            t1 = d.fma(v, t1);
            d = FloatVector.fromArray(SPECIES, delta, k + 2 * LANES);
            s2 = d.fma(u, s2);
            t2 = d.fma(v, t2);
            d = FloatVector.fromArray(SPECIES, delta, k + 3 * LANES);
            s3 = d.fma(u, s3);
            t3 = d.fma(v, t3);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
        t0.intoArray(out, outStart + inStride);
        t1.intoArray(out, outStart + inStride + outStride);
        t2.intoArray(out, outStart + inStride + 2 * outStride);
        t3.intoArray(out, outStart + inStride + 3 * outStride);
    }

    /** One δ and two x. */
    static void oneByTwo(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart,
            int inStride) {
        int begin = first == out ? outStart : 0;
        int step = first == out ? inStride : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        FloatVector t0 = FloatVector.fromArray(SPECIES, first, begin + step);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector v = FloatVector.fromArray(SPECIES, x, row + LANES);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
            t0 = d.fma(v, t0);
        }
        s0.intoArray(out, outStart);
        t0.intoArray(out, outStart + inStride);
    }

    /** Six δ and one x. */
    static void sixByOne(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart,
            int outStride) {
        int begin = first == out ? outStart : 0;
        int stride = first == out ? outStride : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, begin + stride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, begin + 2 * stride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, begin + 3 * stride);
        FloatVector s4 = FloatVector.fromArray(SPECIES, first, begin + 4 * stride);
        FloatVector s5 = FloatVector.fromArray(SPECIES, first, begin + 5 * stride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
            d = FloatVector.fromArray(SPECIES, delta, k + LANES);
            s1 = d.fma(u, s1);
            d = FloatVector.fromArray(SPECIES, delta, k + 2 * LANES);
            s2 = d.fma(u, s2);
            d = FloatVector.fromArray(SPECIES, delta, k + 3 * LANES);
            s3 = d.fma(u, s3);
            d = FloatVector.fromArray(SPECIES, delta, k + 4 * LANES);
            s4 = d.fma(u, s4);
            d = FloatVector.fromArray(SPECIES, delta, k + 5 * LANES);
            s5 = d.fma(u, s5);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
        s4.intoArray(out, outStart + 4 * outStride);
        s5.intoArray(out, outStart + 5 * outStride);
    }

    /** Four δ and one x. */
    static void fourByOne(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart,
            int outStride) {
        int begin = first == out ? outStart : 0;
        int stride = first == out ? outStride : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, begin + stride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, begin + 2 * stride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, begin + 3 * stride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
            d = FloatVector.fromArray(SPECIES, delta, k + LANES);
            s1 = d.fma(u, s1);
            d = FloatVector.fromArray(SPECIES, delta, k + 2 * LANES);
            s2 = d.fma(u, s2);
            d = FloatVector.fromArray(SPECIES, delta, k + 3 * LANES);
            s3 = d.fma(u, s3);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
    }

    /** One δ and one x. */
    static void oneByOne(
            Pairs pairs,
            int count,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] first,
            float[] out,
            int outStart) {
        int begin = first == out ? outStart : 0;
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, begin);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            int row = xStart + rows[p];
            FloatVector u = FloatVector.fromArray(SPECIES, x, row);
            FloatVector d = FloatVector.fromArray(SPECIES, delta, k);
            s0 = d.fma(u, s0);
        }
        s0.intoArray(out, outStart);
    }
}
