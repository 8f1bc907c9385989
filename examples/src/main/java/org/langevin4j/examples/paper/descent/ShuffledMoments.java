package org.langevin4j.examples.paper.descent;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.models.network.LeastSquares;

/**
 * Moments of linear regression under shuffled epochs, exactly: an order of mini-batches is an affine map z′ = Az + c of the distance from the
 * minimum, so that an epoch maps (E z, E zzᵀ) by the mean over all orders, and the law at its end is the fixed point.
 */
final class ShuffledMoments {

    private final LeastSquares loss;
    private final List<int[][]> orders = new ArrayList<>();
    private final int steps;

    ShuffledMoments(LeastSquares loss, int batch) {
        this.loss = loss;
        this.steps = loss.samples() / batch;
        fill(new int[steps][], 0, new boolean[loss.samples()], batch);
    }

    private void fill(int[][] order, int place, boolean[] used, int batch) {
        if (place == order.length) {
            orders.add(order.clone());
            return;
        }
        choose(order, place, used, new int[batch], 0, 0);
    }

    private void choose(int[][] order, int place, boolean[] used, int[] chosen, int count, int from) {
        if (count == chosen.length) {
            order[place] = chosen.clone();
            fill(order, place + 1, used, chosen.length);
            return;
        }
        for (int k = from; k < used.length; k++) {
            if (!used[k]) {
                used[k] = true;
                chosen[count] = k;
                choose(order, place, used, chosen, count + 1, k + 1);
                used[k] = false;
            }
        }
    }

    /** First and second moments after each number of steps of an epoch. */
    record Law(List<double[]> states, int dimension) {

        double[] mean(int step) {
            double[] mean = new double[dimension];
            System.arraycopy(states.get(step), 1, mean, 0, dimension);
            return mean;
        }

        RealMatrix second(int step) {
            RealMatrix second = MatrixUtils.createRealMatrix(dimension, dimension);
            for (int i = 0; i < dimension * dimension; i++) {
                second.setEntry(i / dimension, i % dimension, states.get(step)[1 + dimension + i]);
            }
            return second;
        }
    }

    Law law(double rate) {
        int d = loss.dimension();
        int n = 1 + d + d * d;
        List<RealMatrix> maps = new ArrayList<>();
        for (int s = 0; s <= steps; s++) {
            maps.add(MatrixUtils.createRealMatrix(n, n));
        }
        for (int[][] order : orders) {
            double[][] a = new double[d][d];
            double[] c = new double[d];
            for (int i = 0; i < d; i++) {
                a[i][i] = 1.0;
            }
            for (int s = 0; s <= steps; s++) {
                add(a, c, 1.0 / orders.size(), maps.get(s));
                if (s < steps) {
                    step(order[s], rate, a, c);
                }
            }
        }
        // The fixed point of the whole epoch with its first entry one.
        RealMatrix whole = maps.get(steps);
        RealMatrix equation =
                MatrixUtils.createRealIdentityMatrix(n - 1).subtract(whole.getSubMatrix(1, n - 1, 1, n - 1));
        double[] right = new double[n - 1];
        for (int i = 0; i < right.length; i++) {
            right[i] = whole.getEntry(i + 1, 0);
        }
        double[] rest = LuFactors.of(equation).solve(right);
        double[] start = new double[n];
        start[0] = 1.0;
        System.arraycopy(rest, 0, start, 1, n - 1);
        return new Law(maps.stream().map(map -> map.operate(start)).toList(), d);
    }

    /** Applies one mini-batch to the columns of A and to c, by gradients of the samples alone. */
    private void step(int[] batch, double rate, double[][] a, double[] c) {
        int d = c.length;
        double[] minimum = loss.minimum();
        double[] atMinimum = new double[d];
        for (int k : batch) {
            loss.addGradient(k, minimum, 1.0 / batch.length, atMinimum);
        }
        for (int column = 0; column <= d; column++) {
            double[] x = minimum.clone();
            for (int i = 0; i < d; i++) {
                x[i] += column < d ? a[i][column] : c[i];
            }
            double[] g = new double[d];
            for (int k : batch) {
                loss.addGradient(k, x, 1.0 / batch.length, g);
            }
            for (int i = 0; i < d; i++) {
                if (column < d) {
                    a[i][column] -= rate * (g[i] - atMinimum[i]);
                } else {
                    c[i] -= rate * g[i];
                }
            }
        }
    }

    /** Adds the map of (1, m, M) by z′ = Az + c. */
    private static void add(double[][] a, double[] c, double weight, RealMatrix map) {
        int d = c.length;
        map.addToEntry(0, 0, weight);
        for (int i = 0; i < d; i++) {
            map.addToEntry(1 + i, 0, weight * c[i]);
            for (int k = 0; k < d; k++) {
                map.addToEntry(1 + i, 1 + k, weight * a[i][k]);
            }
            for (int j = 0; j < d; j++) {
                int row = 1 + d + i * d + j;
                map.addToEntry(row, 0, weight * c[i] * c[j]);
                for (int k = 0; k < d; k++) {
                    map.addToEntry(row, 1 + k, weight * (a[i][k] * c[j] + c[i] * a[j][k]));
                    for (int l = 0; l < d; l++) {
                        map.addToEntry(row, 1 + d + k * d + l, weight * a[i][k] * a[j][l]);
                    }
                }
            }
        }
    }
}
