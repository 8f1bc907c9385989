package org.langevin4j.solvers.transport;

import java.util.Arrays;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

/**
 * The kernel K(x, y) = e^(−Σₐ rₐ(xₐ − yₐ)²) between the centres of two grids, applied to exponentials of which only the
 * logarithms are ever held: h ↦ log Σ_y K(x, y) e^(h(y)). One axis after the other: O(n³) for n×n cells.
 *
 * <p>Along an axis each line is divided by its largest value before it is multiplied by the kernel. Where the sum underflows
 * nonetheless, because all that is near to x is smaller than the line's maximum by hundreds of powers of ten, it is taken
 * again with a maximum of its own.
 */
final class GaussianKernel {

    /** A sum above this has lost nothing to underflow that is not far below its last bit. */
    private static final double SAFE = 1e-285;

    private final Line[] lines;

    private GaussianKernel(Line[] lines) {
        this.lines = lines;
    }

    /**
     * The kernel between two grids.
     *
     * @param to grid of x
     * @param from grid of y
     * @param rates r, one for each axis
     */
    static GaussianKernel between(Grid to, Grid from, double[] rates) {
        Line[] lines = new Line[rates.length];
        for (int a = 0; a < lines.length; a++) {
            lines[a] = new Line(to.axis(a), from.axis(a), rates[a]);
        }
        return new GaussianKernel(lines);
    }

    /** Returns log Σ_y K(x, y) e^(h(y)) for every x; h may be −∞. */
    double[] logSums(double[] h) {
        double[] result = h;
        int outer = 1;
        int inner = h.length;
        for (Line line : lines) {
            inner /= line.from;
            result = line.logSums(result, outer, inner);
            outer *= line.to;
        }
        return result;
    }

    /** The factor of the kernel along one axis. */
    private static final class Line {

        private final int to;
        private final int from;

        /** r(x − y)², a row for each y. */
        private final double[][] exponents;

        /** The kernel, a row for each y, one after the other. */
        private final double[] kernel;

        Line(Axis target, Axis source, double rate) {
            to = target.cells();
            from = source.cells();
            exponents = new double[from][to];
            kernel = new double[from * to];
            for (int j = 0; j < from; j++) {
                for (int i = 0; i < to; i++) {
                    double distance = target.centre(i) - source.centre(j);
                    exponents[j][i] = rate * distance * distance;
                    kernel[j * to + i] = Math.exp(-exponents[j][i]);
                }
            }
        }

        /** Along the middle one of three indices, of which the others run to outer and inner. */
        double[] logSums(double[] h, int outer, int inner) {
            double[] out = new double[outer * to * inner];
            double[] highest = new double[inner];
            double[] scaled = new double[from * inner];
            for (int o = 0; o < outer; o++) {
                int source = o * from * inner;
                int target = o * to * inner;
                scale(h, source, inner, highest, scaled);
                multiply(scaled, inner, out, target);
                for (int i = 0; i < to; i++) {
                    for (int q = 0; q < inner; q++) {
                        int at = target + i * inner + q;
                        out[at] = out[at] > SAFE
                                ? highest[q] + Math.log(out[at])
                                : carefully(h, source + q, inner, i, highest[q]);
                    }
                }
            }
            return out;
        }

        private void scale(double[] h, int source, int inner, double[] highest, double[] scaled) {
            Arrays.fill(highest, Double.NEGATIVE_INFINITY);
            for (int j = 0; j < from; j++) {
                for (int q = 0; q < inner; q++) {
                    highest[q] = Math.max(highest[q], h[source + j * inner + q]);
                }
            }
            for (int j = 0; j < from; j++) {
                for (int q = 0; q < inner; q++) {
                    scaled[j * inner + q] = highest[q] == Double.NEGATIVE_INFINITY
                            ? 0.0
                            : Math.exp(h[source + j * inner + q] - highest[q]);
                }
            }
        }

        /** Adds the kernel times the lines; four rows in one pass over the sums, for a quarter of the traffic. */
        private void multiply(double[] scaled, int inner, double[] out, int target) {
            int fours = from - from % 4;
            for (int j = 0; j < fours; j += 4) {
                if (inner == 1) {
                    addFour(scaled, j, 1, kernel, j * to, to, out, target);
                } else {
                    for (int i = 0; i < to; i++) {
                        addFour(kernel, j * to + i, to, scaled, j * inner, inner, out, target + i * inner);
                    }
                }
            }
            for (int j = fours; j < from; j++) {
                for (int i = 0; i < to; i++) {
                    for (int q = 0; q < inner; q++) {
                        out[target + i * inner + q] += kernel[j * to + i] * scaled[j * inner + q];
                    }
                }
            }
        }

        /** Adds four rows of x, each as long as it is apart from the next, times four factors. */
        private static void addFour(
                double[] factors, int first, int apart, double[] x, int fromX, int length, double[] y, int fromY) {
            double a = factors[first];
            double b = factors[first + apart];
            double c = factors[first + 2 * apart];
            double d = factors[first + 3 * apart];
            int rowB = fromX + length;
            int rowC = rowB + length;
            int rowD = rowC + length;
            // A loop that the compiler turns into vector code.
            for (int k = 0; k < length; k++) {
                y[fromY + k] += a * x[fromX + k] + b * x[rowB + k] + c * x[rowC + k] + d * x[rowD + k];
            }
        }

        private double carefully(double[] h, int source, int inner, int i, double lineHighest) {
            if (lineHighest == Double.NEGATIVE_INFINITY) {
                return lineHighest;
            }
            double highest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < from; j++) {
                highest = Math.max(highest, h[source + j * inner] - exponents[j][i]);
            }
            double sum = 0.0;
            for (int j = 0; j < from; j++) {
                sum += Math.exp(h[source + j * inner] - exponents[j][i] - highest);
            }
            return highest + Math.log(sum);
        }
    }
}
