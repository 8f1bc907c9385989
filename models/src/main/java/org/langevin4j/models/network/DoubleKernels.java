package org.langevin4j.models.network;

import java.util.Arrays;

/** Double precision in plain Java. */
final class DoubleKernels implements Kernels<double[]> {

    /** Rows that stay in the first cache while lane after lane is taken from them. */
    private static final int TILE = 128;

    @Override
    public double[] allocate(int length) {
        return new double[length];
    }

    @Override
    public int length(double[] array) {
        return array.length;
    }

    @Override
    public double get(double[] array, int index) {
        return array[index];
    }

    @Override
    public void set(double[] array, int index, double value) {
        array[index] = value;
    }

    @Override
    public void interleave(double[] from, int length, int first, int count, double[] to, int start, int stride) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length + first;
            for (int j = 0; j < count; j++) {
                to[start + lane + j * stride] = from[own + j];
            }
        }
    }

    @Override
    public void interleave(float[] from, int length, int first, int count, double[] to, int start, int stride) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length + first;
            for (int j = 0; j < count; j++) {
                to[start + lane + j * stride] = from[own + j];
            }
        }
    }

    @Override
    public void fill(double[] array, int start, int length, double value) {
        Arrays.fill(array, start, start + length, value);
    }

    @Override
    public void copy(double[] from, int fromStart, double[] to, int toStart, int length) {
        System.arraycopy(from, fromStart, to, toStart, length);
    }

    @Override
    public void rearrange(double[] from, int start, int[] lengths, int[] strides, double[] to) {
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
            double[] w,
            double[] x,
            int xStart,
            double[] bias,
            int biasStart,
            double[] out,
            int outStart) {
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * LANES;
            Arrays.fill(out, to, to + LANES, biasStart < 0 ? 0.0 : bias[biasStart + m]);
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
    private static void addRow(double factor, double[] x, int start, double[] out, int outStart) {
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
            double[] delta,
            int deltaStart,
            double[] x,
            int xStart,
            double[] out,
            int outStart,
            int outStride,
            int inStride) {
        for (int t = 0; t < window.length; t++) {
            for (int m = 0; m < outputs; m++) {
                for (int i = 0; i < inputs; i++) {
                    int to = outStart + m * outStride + i * inStride + t * LANES;
                    if (!add) {
                        Arrays.fill(out, to, to + LANES, 0.0);
                    }
                    for (int p = 0; p < window[t].count(most); p++) {
                        int d = deltaStart + window[t].deltas[p] + m * LANES;
                        addProduct(delta, d, x, xStart + window[t].rows[p] + i * LANES, out, to);
                    }
                }
            }
        }
    }

    private static void addProduct(double[] x, int start, double[] y, int yStart, double[] out, int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            out[outStart + lane] = Math.fma(x[start + lane], y[yStart + lane], out[outStart + lane]);
        }
    }

    @Override
    public void laneSums(double[] from, int start, int rows, double[] to, int toStart) {
        for (int i = 0; i < rows; i++) {
            int r = start + i * LANES;
            double a = (from[r] + from[r + 8]) + (from[r + 4] + from[r + 12]);
            double b = (from[r + 1] + from[r + 9]) + (from[r + 5] + from[r + 13]);
            double c = (from[r + 2] + from[r + 10]) + (from[r + 6] + from[r + 14]);
            double d = (from[r + 3] + from[r + 11]) + (from[r + 7] + from[r + 15]);
            to[toStart + i] = (a + c) + (b + d);
        }
    }

    @Override
    public void spread(double[] from, int start, int rows, double[] to, int toStart) {
        for (int i = 0; i < rows; i++) {
            Arrays.fill(to, toStart + i * LANES, toStart + (i + 1) * LANES, from[start + i]);
        }
    }

    @Override
    public void multiples(double factor, double[] x, int length, double[] out, int start) {
        double a = factor;
        for (int j = 0; j < length; j++) {
            out[start + j] = a * x[j] + 0.0;
        }
    }

    @Override
    public void lanes(double[] from, int first, int rows, int lanes, double[][] to, int toFirst) {
        for (int begin = first; begin < first + rows; begin += TILE) {
            int end = Math.min(begin + TILE, first + rows);
            for (int lane = 0; lane < lanes; lane++) {
                lane(from, begin, end, lane, to[toFirst + lane]);
            }
        }
    }

    private static void lane(double[] from, int first, int end, int lane, double[] to) {
        for (int i = first; i < end; i++) {
            to[i] = from[i * LANES + lane];
        }
    }

    @Override
    public void relu(double[] x, int start, double[] out, int outStart, int length) {
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.max(x[start + i], 0.0);
        }
    }

    /** Without branches, so that the just-in-time compiler vectorises the loop: 1 for every positive number, 0 for 0. */
    private static double isPositive(double x) {
        return Math.min(1.0, x * 0x1p1023 * 0x1p60);
    }

    @Override
    public void reluBack(double[] y, int start, double[] delta, int deltaStart, int length) {
        for (int i = 0; i < length; i++) {
            delta[deltaStart + i] *= isPositive(y[start + i]);
        }
    }

    @Override
    public void standardise(
            double[] centre,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardise(centre, scale, shift, period, x, start + r, out, outStart + r);
        }
    }

    private static void standardise(
            double[] centre,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            out[outStart + j] = Math.fma(x[start + j] - centre[j], scale[j], shift[j]);
        }
    }

    @Override
    public void standardiseCut(
            double[] centre,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardiseCut(centre, scale, shift, period, x, start + r, out, outStart + r);
        }
    }

    private static void standardiseCut(
            double[] centre,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            out[outStart + j] = Math.max(Math.fma(x[start + j] - centre[j], scale[j], shift[j]), 0.0);
        }
    }

    @Override
    public void cutBack(
            double[] centre,
            double[] inverse,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] delta,
            int deltaStart,
            int length,
            double[] out,
            int outStart) {
        for (int r = 0; r < length; r += period) {
            cutBack(centre, inverse, scale, shift, period, x, start + r, delta, deltaStart + r, out, outStart);
        }
    }

    private static void cutBack(
            double[] centre,
            double[] inverse,
            double[] scale,
            double[] shift,
            int period,
            double[] x,
            int start,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            double off = x[start + j] - centre[j];
            double left = delta[deltaStart + j] * isPositive(Math.max(Math.fma(off, scale[j], shift[j]), 0.0));
            delta[deltaStart + j] = left;
            out[outStart + j] = Math.fma(off * inverse[j], left, out[outStart + j]);
            out[outStart + period + j] += left;
        }
    }

    @Override
    public void standardiseBack(
            double[] centre,
            double[] slope,
            double[] shift,
            double[] scale,
            int period,
            double[] x,
            int start,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart,
            int length) {
        for (int r = 0; r < length; r += period) {
            standardiseBack(
                    centre, slope, shift, scale, period, x, start + r, delta, deltaStart + r, out, outStart + r);
        }
    }

    private static void standardiseBack(
            double[] centre,
            double[] slope,
            double[] shift,
            double[] scale,
            int period,
            double[] x,
            int start,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart) {
        for (int j = 0; j < period; j++) {
            double mean = Math.fma(x[start + j] - centre[j], slope[j], shift[j]);
            out[outStart + j] = Math.fma(scale[j], delta[deltaStart + j], mean);
        }
    }

    @Override
    public void multiply(double[] factor, int factorStart, double[] x, int start, int length) {
        for (int i = 0; i < length; i++) {
            x[start + i] *= factor[factorStart + i];
        }
    }

    @Override
    public void scale(double factor, double[] x, int start, int length) {
        double a = factor;
        for (int i = 0; i < length; i++) {
            x[start + i] *= a;
        }
    }

    @Override
    public void addMultiple(double a, double[] x, int start, double[] out, int outStart, int length) {
        double factor = a;
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.fma(factor, x[start + i], out[outStart + i]);
        }
    }

    @Override
    public void addPeriods(double[] x, int start, int length, double[] out, int outStart, int period) {
        for (int r = 0; r < length; r += period) {
            addMultiple(1.0, x, start + r, out, outStart, period);
        }
    }

    @Override
    public void addSquares(
            double[] centre,
            int centreStart,
            double[] x,
            int start,
            int length,
            double[] out,
            int outStart,
            int period) {
        for (int r = 0; r < length; r += period) {
            addSquares(centre, centreStart, x, start + r, out, outStart, period);
        }
    }

    private static void addSquares(
            double[] centre, int centreStart, double[] x, int start, double[] out, int outStart, int period) {
        for (int j = 0; j < period; j++) {
            double deviation = x[start + j] - centre[centreStart + j];
            out[outStart + j] = Math.fma(deviation, deviation, out[outStart + j]);
        }
    }

    @Override
    public void multiplyRows(double[] factor, int factorStart, double[] x, int start, int rows) {
        for (int r = 0; r < rows; r++) {
            multiply(factor, factorStart, x, start + r * LANES, LANES);
        }
    }

    @Override
    public void addCentredProducts(
            double[] centre,
            double[] scale,
            double[] x,
            int start,
            double[] y,
            int yStart,
            int length,
            double[] out,
            int outStart,
            int period) {
        for (int r = 0; r < length; r += period) {
            addCentredProducts(centre, scale, x, start + r, y, yStart + r, out, outStart, period);
        }
    }

    private static void addCentredProducts(
            double[] centre,
            double[] scale,
            double[] x,
            int start,
            double[] y,
            int yStart,
            double[] out,
            int outStart,
            int period) {
        for (int j = 0; j < period; j++) {
            double normal = (x[start + j] - centre[j]) * scale[j];
            out[outStart + j] = Math.fma(normal, y[yStart + j], out[outStart + j]);
        }
    }

    @Override
    public void repeat(double factor, double[] x, int start, double[] out, int outStart, int length, int period) {
        double a = factor;
        for (int r = outStart; r < outStart + length; r += period) {
            for (int j = 0; j < period; j++) {
                out[r + j] = a * x[start + j];
            }
        }
    }

    @Override
    public void maximum(double[] x, int start, double[] out, int outStart, int length) {
        for (int j = 0; j < length; j++) {
            out[outStart + j] = Math.max(out[outStart + j], x[start + j]);
        }
    }

    @Override
    public void atMaximum(
            double[] x,
            int start,
            int[] offsets,
            double[] largest,
            int largestStart,
            double[] y,
            int yStart,
            double[] out,
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
            double[] x,
            int start,
            double[] largest,
            int largestStart,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart,
            int length) {
        for (int j = 0; j < length; j++) {
            double smaller = isPositive(largest[largestStart + j] - x[start + j]);
            double left = delta[deltaStart + j];
            out[outStart + j] = left - left * smaller;
            delta[deltaStart + j] = left * smaller;
        }
    }
}
