package org.langevin4j.models.network;

import java.util.Arrays;

/** Single precision in plain Java. */
class FloatKernels implements Kernels<float[]> {

    /** Rows that stay in the first cache while lane after lane is taken from them. */
    private static final int TILE = 128;

    /** Whether it is faster than plain Java. */
    boolean isWide() {
        return false;
    }

    @Override
    public float[] allocate(int length) {
        return new float[length];
    }

    @Override
    public int length(float[] array) {
        return array.length;
    }

    @Override
    public double get(float[] array, int index) {
        return array[index];
    }

    @Override
    public void set(float[] array, int index, double value) {
        array[index] = (float) value;
    }

    @Override
    public void interleave(double[] from, int length, int first, int count, float[] to, int start, int stride) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length + first;
            for (int j = 0; j < count; j++) {
                to[start + lane + j * stride] = (float) from[own + j];
            }
        }
    }

    @Override
    public void interleave(float[] from, int length, int first, int count, float[] to, int start, int stride) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length + first;
            for (int j = 0; j < count; j++) {
                to[start + lane + j * stride] = from[own + j];
            }
        }
    }

    @Override
    public void fill(float[] array, int start, int length, double value) {
        Arrays.fill(array, start, start + length, (float) value);
    }

    @Override
    public void copy(float[] from, int fromStart, float[] to, int toStart, int length) {
        System.arraycopy(from, fromStart, to, toStart, length);
    }

    @Override
    public void rearrange(float[] from, int start, int[] lengths, int[] strides, float[] to) {
        int next = start;
        for (int a = 0; a < lengths[0]; a++) {
            for (int b = 0; b < lengths[1]; b++) {
                int own = a * strides[0] + b * strides[1];
                for (int c = 0; c < lengths[2]; c++) {
                    to[own + c * strides[2]] = from[next++];
                }
            }
        }
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
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * LANES;
            Arrays.fill(out, to, to + LANES, biasStart < 0 ? 0f : bias[biasStart + m]);
        }
        for (int k = 0; k < taps.rows.length; k++) {
            int weight = taps.weights[k];
            int row = xStart + taps.rows[k];
            for (int m = 0; m < outputs; m++) {
                addRow(w[weight + m], x, row, out, outStart + m * LANES);
            }
        }
    }

    /** Its own small method, so that the just-in-time compiler vectorises the loop. */
    private static void addRow(float factor, float[] x, int start, float[] out, int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            out[outStart + lane] = Math.fma(factor, x[start + lane], out[outStart + lane]);
        }
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
        for (int t = 0; t < window.length; t++) {
            for (int m = 0; m < outputs; m++) {
                for (int i = 0; i < inputs; i++) {
                    int to = outStart + m * outStride + i * inStride + t * LANES;
                    if (!add) {
                        Arrays.fill(out, to, to + LANES, 0f);
                    }
                    for (int p = 0; p < window[t].count(most); p++) {
                        int d = deltaStart + window[t].deltas[p] + m * LANES;
                        addProduct(delta, d, x, xStart + window[t].rows[p] + i * LANES, out, to);
                    }
                }
            }
        }
    }

    private static void addProduct(float[] x, int start, float[] y, int yStart, float[] out, int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            out[outStart + lane] = Math.fma(x[start + lane], y[yStart + lane], out[outStart + lane]);
        }
    }

    @Override
    public void laneSums(float[] from, int start, int rows, float[] to, int toStart) {
        for (int i = 0; i < rows; i++) {
            int r = start + i * LANES;
            float a = (from[r] + from[r + 8]) + (from[r + 4] + from[r + 12]);
            float b = (from[r + 1] + from[r + 9]) + (from[r + 5] + from[r + 13]);
            float c = (from[r + 2] + from[r + 10]) + (from[r + 6] + from[r + 14]);
            float d = (from[r + 3] + from[r + 11]) + (from[r + 7] + from[r + 15]);
            to[toStart + i] = (a + c) + (b + d);
        }
    }

    @Override
    public void spread(float[] from, int start, int rows, float[] to, int toStart) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(to, toStart + i * LANES, toStart + (i + 1) * LANES, from[start + i]);
        }
    }

    @Override
    public void multiples(double factor, float[] x, int length, double[] out, int start) {
        float a = (float) factor;
        for (int j = 0; j < length; j++) {
            out[start + j] = a * x[j] + 0f;
        }
    }

    @Override
    public void lanes(float[] from, int first, int rows, int lanes, double[][] to, int toFirst) {
        for (int begin = first; begin < first + rows; begin += TILE) {
            int end = Math.min(begin + TILE, first + rows);
            for (int lane = 0; lane < lanes; lane++) {
                lane(from, begin, end, lane, to[toFirst + lane]);
            }
        }
    }

    private static void lane(float[] from, int first, int end, int lane, double[] to) {
        for (int i = first; i < end; i++) {
            to[i] = from[i * LANES + lane];
        }
    }

    @Override
    public void relu(float[] x, int start, float[] out, int outStart, int length) {
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.max(x[start + i], 0f);
        }
    }

    /** Without branches, so that the just-in-time compiler vectorises the loop: 1 for every positive number, 0 for 0. */
    private static float isPositive(float x) {
        return Math.min(1f, x * 0x1p127f * 0x1p24f);
    }

    @Override
    public void reluBack(float[] y, int start, float[] delta, int deltaStart, int length) {
        for (int i = 0; i < length; i++) {
            delta[deltaStart + i] *= isPositive(y[start + i]);
        }
    }

    @Override
    public void standardise(
            float[] centre,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardise(centre, scale, shift, period, x, start + r, out, outStart + r);
        }
    }

    private static void standardise(
            float[] centre, float[] scale, float[] shift, int period, float[] x, int start, float[] out, int outStart) {
        for (int j = 0; j < period; j++) {
            out[outStart + j] = Math.fma(x[start + j] - centre[j], scale[j], shift[j]);
        }
    }

    @Override
    public void standardiseCut(
            float[] centre,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardiseCut(centre, scale, shift, period, x, start + r, out, outStart + r);
        }
    }

    private static void standardiseCut(
            float[] centre, float[] scale, float[] shift, int period, float[] x, int start, float[] out, int outStart) {
        for (int j = 0; j < period; j++) {
            out[outStart + j] = Math.max(Math.fma(x[start + j] - centre[j], scale[j], shift[j]), 0f);
        }
    }

    @Override
    public void cutBack(
            float[] centre,
            float[] inverse,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            int length,
            float[] out,
            int outStart) {
        for (int r = 0; r < length; r += period) {
            cutBack(centre, inverse, scale, shift, period, x, start + r, delta, deltaStart + r, out, outStart);
        }
    }

    private static void cutBack(
            float[] centre,
            float[] inverse,
            float[] scale,
            float[] shift,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            float off = x[start + j] - centre[j];
            float left = delta[deltaStart + j] * isPositive(Math.max(Math.fma(off, scale[j], shift[j]), 0f));
            delta[deltaStart + j] = left;
            out[outStart + j] = Math.fma(off * inverse[j], left, out[outStart + j]);
            out[outStart + period + j] += left;
        }
    }

    @Override
    public void standardiseBack(
            float[] centre,
            float[] slope,
            float[] shift,
            float[] scale,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardiseBack(
                    centre, slope, shift, scale, period, x, start + r, delta, deltaStart + r, out, outStart + r);
        }
    }

    private static void standardiseBack(
            float[] centre,
            float[] slope,
            float[] shift,
            float[] scale,
            int period,
            float[] x,
            int start,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            float mean = Math.fma(x[start + j] - centre[j], slope[j], shift[j]);
            out[outStart + j] = Math.fma(scale[j], delta[deltaStart + j], mean);
        }
    }

    @Override
    public void multiply(float[] factor, int factorStart, float[] x, int start, int length) {
        for (int i = 0; i < length; i++) {
            x[start + i] *= factor[factorStart + i];
        }
    }

    @Override
    public void scale(double factor, float[] x, int start, int length) {
        float a = (float) factor;
        for (int i = 0; i < length; i++) {
            x[start + i] *= a;
        }
    }

    @Override
    public void addMultiple(double a, float[] x, int start, float[] out, int outStart, int length) {
        float factor = (float) a;
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.fma(factor, x[start + i], out[outStart + i]);
        }
    }

    @Override
    public void addPeriods(float[] x, int start, int length, float[] out, int outStart, int period) {
        for (int r = 0; r < length; r += period) {
            addMultiple(1.0, x, start + r, out, outStart, period);
        }
    }

    @Override
    public void addSquares(
            float[] centre, int centreStart, float[] x, int start, int length, float[] out, int outStart, int period) {
        for (int r = 0; r < length; r += period) {
            addSquares(centre, centreStart, x, start + r, out, outStart, period);
        }
    }

    private static void addSquares(
            float[] centre, int centreStart, float[] x, int start, float[] out, int outStart, int period) {
        for (int j = 0; j < period; j++) {
            float deviation = x[start + j] - centre[centreStart + j];
            out[outStart + j] = Math.fma(deviation, deviation, out[outStart + j]);
        }
    }

    @Override
    public void multiplyRows(float[] factor, int factorStart, float[] x, int start, int rows) {
        for (int r = 0; r < rows; r++) {
            multiply(factor, factorStart, x, start + r * LANES, LANES);
        }
    }

    @Override
    public void addCentredProducts(
            float[] centre,
            float[] scale,
            float[] x,
            int start,
            float[] y,
            int yStart,
            int length,
            float[] out,
            int outStart,
            int period) {
        for (int r = 0; r < length; r += period) {
            addCentredProducts(centre, scale, x, start + r, y, yStart + r, out, outStart, period);
        }
    }

    private static void addCentredProducts(
            float[] centre,
            float[] scale,
            float[] x,
            int start,
            float[] y,
            int yStart,
            float[] out,
            int outStart,
            int period) {
        for (int j = 0; j < period; j++) {
            float normal = (x[start + j] - centre[j]) * scale[j];
            out[outStart + j] = Math.fma(normal, y[yStart + j], out[outStart + j]);
        }
    }

    @Override
    public void repeat(double factor, float[] x, int start, float[] out, int outStart, int length, int period) {
        float a = (float) factor;
        for (int r = outStart; r < outStart + length; r += period) {
            for (int j = 0; j < period; j++) {
                out[r + j] = a * x[start + j];
            }
        }
    }

    @Override
    public void maximum(float[] x, int start, float[] out, int outStart, int length) {
        for (int j = 0; j < length; j++) {
            out[outStart + j] = Math.max(out[outStart + j], x[start + j]);
        }
    }

    @Override
    public void atMaximum(
            float[] x,
            int start,
            int[] offsets,
            float[] largest,
            int largestStart,
            float[] y,
            int yStart,
            float[] out,
            int outStart,
            int length) {
        for (int j = 0; j < length; j++) {
            for (int r = offsets.length - 1; r >= 0; r--) {
                if (x[start + offsets[r] + j] == largest[largestStart + j]) {
                    out[outStart + j] = y[yStart + offsets[r] + j];
                }
            }
        }
    }

    @Override
    public void takeBack(
            float[] x,
            int start,
            float[] largest,
            int largestStart,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart,
            int length) {
        for (int j = 0; j < length; j++) {
            float smaller = isPositive(largest[largestStart + j] - x[start + j]);
            float left = delta[deltaStart + j];
            out[outStart + j] = left - left * smaller;
            delta[deltaStart + j] = left * smaller;
        }
    }
}
