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
    public void interleave(double[] from, int length, double[] to, int start) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length;
            for (int j = 0; j < length; j++) {
                to[start + lane + j * LANES] = from[own + j];
            }
        }
    }

    @Override
    public void interleave(float[] from, int length, double[] to, int start) {
        for (int lane = 0; lane < LANES; lane++) {
            int own = lane * length;
            for (int j = 0; j < length; j++) {
                to[start + lane + j * LANES] = from[own + j];
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
    public void products(
            Taps taps,
            int outputs,
            double[] w,
            int wStart,
            double[] x,
            int xStart,
            double[] bias,
            int biasStart,
            double[] out,
            int outStart,
            int outStride) {
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * outStride;
            Arrays.fill(out, to, to + LANES, biasStart < 0 ? 0.0 : bias[biasStart + m]);
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
    private static void addRow(double factor, double[] x, int start, double[] out, int outStart) {
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
            double[] delta,
            int deltaStart,
            int deltaStride,
            double[] x,
            int xStart,
            double[] out,
            int outStart,
            int outStride) {
        for (int m = 0; m < outputs; m++) {
            int to = outStart + m * outStride;
            if (!add) {
                Arrays.fill(out, to, to + LANES, 0.0);
            }
            for (int p = 0; p < count; p++) {
                addProduct(delta, deltaStart + m * deltaStride + pairs.deltas[p], x, xStart + pairs.rows[p], out, to);
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
    public void lanes(double[] from, int lanes, double[][] to) {
        int rows = to[0].length;
        for (int first = 0; first < rows; first += TILE) {
            int end = Math.min(first + TILE, rows);
            for (int lane = 0; lane < lanes; lane++) {
                lane(from, first, end, lane, to[lane]);
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
            double centre, double scale, double shift, double[] x, int start, double[] out, int outStart, int length) {
        double mean = centre;
        double a = scale;
        double b = shift;
        for (int i = 0; i < length; i++) {
            out[outStart + i] = Math.fma(x[start + i] - mean, a, b);
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
    public void addRows(double[] factor, int factorStart, double[] x, int start, int rows, double[] out, int outStart) {
        for (int r = 0; r < rows; r++) {
            addProduct(factor, factorStart, x, start + r * LANES, out, outStart);
        }
    }

    @Override
    public void addSquares(
            double[] factor,
            int factorStart,
            double[] x,
            int start,
            int rows,
            double centre,
            double[] out,
            int outStart) {
        double mean = centre;
        for (int r = 0; r < rows; r++) {
            int row = start + r * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                double deviation = factor[factorStart + lane] * (x[row + lane] - mean);
                out[outStart + lane] = Math.fma(deviation, deviation, out[outStart + lane]);
            }
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
            double[] x,
            int start,
            double centre,
            double scale,
            double[] y,
            int yStart,
            int rows,
            double[] out,
            int outStart) {
        double mean = centre;
        double factor = scale;
        for (int r = 0; r < rows; r++) {
            int row = r * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                double normal = (x[start + row + lane] - mean) * factor;
                out[outStart + lane] = Math.fma(normal, y[yStart + row + lane], out[outStart + lane]);
            }
        }
    }

    @Override
    public void maximum(double[] x, int start, int[] rows, double[] out, int outStart) {
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
            double[] x,
            int start,
            int[] rows,
            double[] largest,
            int largestStart,
            double[] y,
            int yStart,
            double[] out,
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
            double[] x,
            int start,
            int[] rows,
            double[] largest,
            int largestStart,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart) {
        for (int row : rows) {
            takeBack(x, start + row, largest, largestStart, delta, deltaStart, out, outStart + row);
        }
    }

    /** Where x is the largest, what is left of δ goes out. */
    private static void takeBack(
            double[] x,
            int start,
            double[] largest,
            int largestStart,
            double[] delta,
            int deltaStart,
            double[] out,
            int outStart) {
        for (int lane = 0; lane < LANES; lane++) {
            double smaller = isPositive(largest[largestStart + lane] - x[start + lane]);
            double left = delta[deltaStart + lane];
            out[outStart + lane] = left - left * smaller;
            delta[deltaStart + lane] = left * smaller;
        }
    }
}
