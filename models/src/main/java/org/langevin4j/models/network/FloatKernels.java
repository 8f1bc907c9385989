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
    public void interleave(double[] from, int length, float[] to, int start) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length;
            for (int j = 0; j < length; j++) {
                to[start + lane + j * LANES] = (float) from[own + j];
            }
        }
    }

    @Override
    public void interleave(float[] from, int length, float[] to, int start) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length;
            for (int j = 0; j < length; j++) {
                to[start + lane + j * LANES] = from[own + j];
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
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * outStride;
            Arrays.fill(out, to, to + LANES, biasStart < 0 ? 0f : bias[biasStart + m]);
        }
        for (int k = 0; k < taps.rows.length; k++) {
            int weight = wStart + taps.weights[k];
            int row = xStart + taps.rows[k];
            for (int m = 0; m < outputs; m++) {
                addRow(w[weight + m], x, row, out, outStart + m * outStride);
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
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * outStride;
            if (!add) {
                Arrays.fill(out, to, to + LANES, 0f);
            }
            for (int p = 0; p < count; p++) {
                addProduct(delta, deltaStart + m * deltaStride + pairs.deltas[p], x, xStart + pairs.rows[p], out, to);
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
    public void lanes(float[] from, int lanes, double[][] to) {
        int rows = to[0].length;
        for (int first = 0; first < rows; first += TILE) {
            int end = Math.min(first + TILE, rows);
            for (int lane = 0; lane < lanes; lane++) {
                lane(from, first, end, lane, to[lane]);
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
            double centre, double scale, double shift, float[] x, int start, float[] out, int outStart, int length) {
        float mean = (float) centre;
        float a = (float) scale;
        float b = (float) shift;
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.fma(x[start + i] - mean, a, b);
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
    public void addRows(float[] factor, int factorStart, float[] x, int start, int rows, float[] out, int outStart) {
        for (int r = 0; r < rows; r++) {
            addProduct(factor, factorStart, x, start + r * LANES, out, outStart);
        }
    }

    @Override
    public void addSquares(
            float[] factor, int factorStart, float[] x, int start, int rows, double centre, float[] out, int outStart) {
        float mean = (float) centre;
        for (int r = 0; r < rows; r++) {
            int row = start + r * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                float deviation = factor[factorStart + lane] * (x[row + lane] - mean);
                out[outStart + lane] = Math.fma(deviation, deviation, out[outStart + lane]);
            }
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
            float[] x,
            int start,
            double centre,
            double scale,
            float[] y,
            int yStart,
            int rows,
            float[] out,
            int outStart) {
        float mean = (float) centre;
        float factor = (float) scale;
        for (int r = 0; r < rows; r++) {
            int row = r * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                float normal = (x[start + row + lane] - mean) * factor;
                out[outStart + lane] = Math.fma(normal, y[yStart + row + lane], out[outStart + lane]);
            }
        }
    }

    @Override
    public void maximum(float[] x, int start, int[] rows, float[] out, int outStart) {
        System.arraycopy(x, start + rows[0], out, outStart, LANES);
        for (int r = 1; r < rows.length; r++) {
            int row = start + rows[r];
            for (int lane = 0; lane < LANES; lane++) {
                out[outStart + lane] = Math.max(out[outStart + lane], x[row + lane]);
            }
        }
    }

    @Override
    public void atMaximum(
            float[] x,
            int start,
            int[] rows,
            float[] largest,
            int largestStart,
            float[] y,
            int yStart,
            float[] out,
            int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            for (int r = rows.length - 1; r >= 0; r--) {
                if (x[start + rows[r] + lane] == largest[largestStart + lane]) {
                    out[outStart + lane] = y[yStart + rows[r] + lane];
                }
            }
        }
    }

    @Override
    public void maximumBack(
            float[] x,
            int start,
            int[] rows,
            float[] largest,
            int largestStart,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart) {
        for (int row : rows) {
            takeBack(x, start + row, largest, largestStart, delta, deltaStart, out, outStart + row);
        }
    }

    /** Where x is the largest, what is left of δ goes out. */
    private static void takeBack(
            float[] x,
            int start,
            float[] largest,
            int largestStart,
            float[] delta,
            int deltaStart,
            float[] out,
            int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            float smaller = isPositive(largest[largestStart + lane] - x[start + lane]);
            float left = delta[deltaStart + lane];
            out[outStart + lane] = left - left * smaller;
            delta[deltaStart + lane] = left * smaller;
        }
    }
}
