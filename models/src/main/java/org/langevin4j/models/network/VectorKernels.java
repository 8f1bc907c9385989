package org.langevin4j.models.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Single precision on the vector unit: the two loops in which networks spend their time, with the sums of eight rows in registers. Every
 * operation has its twin in {@link FloatKernels}.
 */
final class VectorKernels extends FloatKernels {

    private static final VectorSpecies<Float> SPECIES =
            FloatVector.SPECIES_PREFERRED.length() > LANES ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    private static final int WIDTH = SPECIES.length();

    /** What sums begin with. */
    private static final float[] ZEROS = new float[LANES];

    /** Rows whose sums are in registers together. */
    private static final int ROWS = 8;

    @Override
    boolean isWide() {
        return WIDTH >= 8;
    }

    @Override
    public void products(
            Taps taps,
            int outputs,
            float[] w,
            int wStart,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            float[] out,
            int outStart,
            int outStride) {
        int m = 0;
        for (; m + ROWS <= outputs; m += ROWS) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                eightProducts(
                        taps,
                        w,
                        wStart + m,
                        x,
                        xStart + lane,
                        bias,
                        biasStart,
                        m,
                        out,
                        outStart + m * outStride + lane,
                        outStride);
            }
        }
        for (; m + 2 <= outputs; m += 2) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                twoProducts(
                        taps,
                        w,
                        wStart + m,
                        x,
                        xStart + lane,
                        bias,
                        biasStart,
                        m,
                        out,
                        outStart + m * outStride + lane,
                        outStride);
            }
        }
        if (m < outputs) {
            super.products(
                    taps,
                    outputs - m,
                    w,
                    wStart + m,
                    x,
                    xStart,
                    bias,
                    biasStart < 0 ? -1 : biasStart + m,
                    out,
                    outStart + m * outStride,
                    outStride);
        }
    }

    private static void eightProducts(
            Taps taps,
            float[] w,
            int wStart,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            int m,
            float[] out,
            int outStart,
            int outStride) {
        int b = biasStart + m;
        boolean none = biasStart < 0;
        FloatVector s0 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b]);
        FloatVector s1 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 1]);
        FloatVector s2 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 2]);
        FloatVector s3 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 3]);
        FloatVector s4 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 4]);
        FloatVector s5 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 5]);
        FloatVector s6 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 6]);
        FloatVector s7 = FloatVector.broadcast(SPECIES, none ? 0f : bias[b + 7]);
        int[] weights = taps.weights;
        int[] rows = taps.rows;
        for (int t = 0; t < rows.length; t++) {
            int k = wStart + weights[t];
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + rows[t]);
            s0 = v.fma(FloatVector.broadcast(SPECIES, w[k]), s0);
            s1 = v.fma(FloatVector.broadcast(SPECIES, w[k + 1]), s1);
            s2 = v.fma(FloatVector.broadcast(SPECIES, w[k + 2]), s2);
            s3 = v.fma(FloatVector.broadcast(SPECIES, w[k + 3]), s3);
            s4 = v.fma(FloatVector.broadcast(SPECIES, w[k + 4]), s4);
            s5 = v.fma(FloatVector.broadcast(SPECIES, w[k + 5]), s5);
            s6 = v.fma(FloatVector.broadcast(SPECIES, w[k + 6]), s6);
            s7 = v.fma(FloatVector.broadcast(SPECIES, w[k + 7]), s7);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
        s4.intoArray(out, outStart + 4 * outStride);
        s5.intoArray(out, outStart + 5 * outStride);
        s6.intoArray(out, outStart + 6 * outStride);
        s7.intoArray(out, outStart + 7 * outStride);
    }

    private static void twoProducts(
            Taps taps,
            float[] w,
            int wStart,
            float[] x,
            int xStart,
            float[] bias,
            int biasStart,
            int m,
            float[] out,
            int outStart,
            int outStride) {
        boolean none = biasStart < 0;
        FloatVector s0 = FloatVector.broadcast(SPECIES, none ? 0f : bias[biasStart + m]);
        FloatVector s1 = FloatVector.broadcast(SPECIES, none ? 0f : bias[biasStart + m + 1]);
        int[] weights = taps.weights;
        int[] rows = taps.rows;
        for (int t = 0; t < rows.length; t++) {
            int k = wStart + weights[t];
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + rows[t]);
            s0 = v.fma(FloatVector.broadcast(SPECIES, w[k]), s0);
            s1 = v.fma(FloatVector.broadcast(SPECIES, w[k + 1]), s1);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
    }

    @Override
    public void crossProducts(
            Pairs pairs,
            int count,
            boolean add,
            int outputs,
            float[] delta,
            int deltaStart,
            int deltaStride,
            float[] x,
            int xStart,
            float[] out,
            int outStart,
            int outStride) {
        int m = 0;
        for (; m + ROWS <= outputs; m += ROWS) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                eightCrossProducts(
                        pairs,
                        count,
                        add ? out : ZEROS,
                        add ? outStart + m * outStride + lane : 0,
                        add ? outStride : 0,
                        delta,
                        deltaStart + m * deltaStride + lane,
                        deltaStride,
                        x,
                        xStart + lane,
                        out,
                        outStart + m * outStride + lane,
                        outStride);
            }
        }
        for (; m + 4 <= outputs; m += 4) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                fourCrossProducts(
                        pairs,
                        count,
                        add ? out : ZEROS,
                        add ? outStart + m * outStride + lane : 0,
                        add ? outStride : 0,
                        delta,
                        deltaStart + m * deltaStride + lane,
                        deltaStride,
                        x,
                        xStart + lane,
                        out,
                        outStart + m * outStride + lane,
                        outStride);
            }
        }
        for (; m < outputs; m++) {
            for (int lane = 0; lane < LANES; lane += WIDTH) {
                crossProduct(
                        pairs,
                        count,
                        add,
                        delta,
                        deltaStart + m * deltaStride + lane,
                        x,
                        xStart + lane,
                        out,
                        outStart + m * outStride + lane);
            }
        }
    }

    private static void eightCrossProducts(
            Pairs pairs,
            int count,
            float[] first,
            int firstStart,
            int firstStride,
            float[] delta,
            int deltaStart,
            int deltaStride,
            float[] x,
            int xStart,
            float[] out,
            int outStart,
            int outStride) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, firstStart);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, firstStart + firstStride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, firstStart + 2 * firstStride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, firstStart + 3 * firstStride);
        FloatVector s4 = FloatVector.fromArray(SPECIES, first, firstStart + 4 * firstStride);
        FloatVector s5 = FloatVector.fromArray(SPECIES, first, firstStart + 5 * firstStride);
        FloatVector s6 = FloatVector.fromArray(SPECIES, first, firstStart + 6 * firstStride);
        FloatVector s7 = FloatVector.fromArray(SPECIES, first, firstStart + 7 * firstStride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + rows[p]);
            s0 = FloatVector.fromArray(SPECIES, delta, k).fma(v, s0);
            s1 = FloatVector.fromArray(SPECIES, delta, k + deltaStride).fma(v, s1);
            s2 = FloatVector.fromArray(SPECIES, delta, k + 2 * deltaStride).fma(v, s2);
            s3 = FloatVector.fromArray(SPECIES, delta, k + 3 * deltaStride).fma(v, s3);
            s4 = FloatVector.fromArray(SPECIES, delta, k + 4 * deltaStride).fma(v, s4);
            s5 = FloatVector.fromArray(SPECIES, delta, k + 5 * deltaStride).fma(v, s5);
            s6 = FloatVector.fromArray(SPECIES, delta, k + 6 * deltaStride).fma(v, s6);
            s7 = FloatVector.fromArray(SPECIES, delta, k + 7 * deltaStride).fma(v, s7);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
        s4.intoArray(out, outStart + 4 * outStride);
        s5.intoArray(out, outStart + 5 * outStride);
        s6.intoArray(out, outStart + 6 * outStride);
        s7.intoArray(out, outStart + 7 * outStride);
    }

    private static void fourCrossProducts(
            Pairs pairs,
            int count,
            float[] first,
            int firstStart,
            int firstStride,
            float[] delta,
            int deltaStart,
            int deltaStride,
            float[] x,
            int xStart,
            float[] out,
            int outStart,
            int outStride) {
        FloatVector s0 = FloatVector.fromArray(SPECIES, first, firstStart);
        FloatVector s1 = FloatVector.fromArray(SPECIES, first, firstStart + firstStride);
        FloatVector s2 = FloatVector.fromArray(SPECIES, first, firstStart + 2 * firstStride);
        FloatVector s3 = FloatVector.fromArray(SPECIES, first, firstStart + 3 * firstStride);
        int[] deltas = pairs.deltas;
        int[] rows = pairs.rows;
        for (int p = 0; p < count; p++) {
            int k = deltaStart + deltas[p];
            FloatVector v = FloatVector.fromArray(SPECIES, x, xStart + rows[p]);
            s0 = FloatVector.fromArray(SPECIES, delta, k).fma(v, s0);
            s1 = FloatVector.fromArray(SPECIES, delta, k + deltaStride).fma(v, s1);
            s2 = FloatVector.fromArray(SPECIES, delta, k + 2 * deltaStride).fma(v, s2);
            s3 = FloatVector.fromArray(SPECIES, delta, k + 3 * deltaStride).fma(v, s3);
        }
        s0.intoArray(out, outStart);
        s1.intoArray(out, outStart + outStride);
        s2.intoArray(out, outStart + 2 * outStride);
        s3.intoArray(out, outStart + 3 * outStride);
    }

    private static void crossProduct(
            Pairs pairs,
            int count,
            boolean add,
            float[] delta,
            int deltaStart,
            float[] x,
            int xStart,
            float[] out,
            int outStart) {
        if (!add) {
            FloatVector.zero(SPECIES).intoArray(out, outStart);
        }
        FloatVector sum = FloatVector.fromArray(SPECIES, out, outStart);
        for (int p = 0; p < count; p++) {
            sum = FloatVector.fromArray(SPECIES, delta, deltaStart + pairs.deltas[p])
                    .fma(FloatVector.fromArray(SPECIES, x, xStart + pairs.rows[p]), sum);
        }
        sum.intoArray(out, outStart);
    }

    @Override
    public void addRows(float[] factor, int factorStart, float[] x, int start, int rows, float[] out, int outStart) {
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            FloatVector own = FloatVector.fromArray(SPECIES, factor, factorStart + lane);
            FloatVector sum = FloatVector.fromArray(SPECIES, out, outStart + lane);
            for (int r = 0; r < rows; r++) {
                sum = own.fma(FloatVector.fromArray(SPECIES, x, start + r * LANES + lane), sum);
            }
            sum.intoArray(out, outStart + lane);
        }
    }

    @Override
    public void addCentredProducts(
            float[] x,
            int start,
            double centre,
            double scale,
            float[] y,
            int yStart,
            int rows,
            float[] out,
            int outStart) {
        for (int lane = 0; lane < LANES; lane += WIDTH) {
            addCentredProducts(
                    x, start + lane, (float) centre, (float) scale, y, yStart + lane, rows, out, outStart + lane);
        }
    }

    private static void addCentredProducts(
            float[] x,
            int start,
            float centre,
            float scale,
            float[] y,
            int yStart,
            int rows,
            float[] out,
            int outStart) {
        FloatVector mean = FloatVector.broadcast(SPECIES, centre);
        FloatVector factor = FloatVector.broadcast(SPECIES, scale);
        FloatVector sum = FloatVector.fromArray(SPECIES, out, outStart);
        for (int r = 0; r < rows; r++) {
            FloatVector normal = FloatVector.fromArray(SPECIES, x, start + r * LANES)
                    .sub(mean)
                    .mul(factor);
            sum = normal.fma(FloatVector.fromArray(SPECIES, y, yStart + r * LANES), sum);
        }
        sum.intoArray(out, outStart);
    }
}
