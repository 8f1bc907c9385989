package org.langevin4j.models.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MiniBatchGradient;
import org.langevin4j.models.network.Precision;

/**
 * What SGD meets near one x, measured in training mode, in which it runs: batch normalisation by the mini-batch itself changes both the Hessian,
 * which then knows that weights before a normalisation have no scale, and the noise, to which samples contribute together. For a network without
 * batch normalisation it is F = ∇²f and D of single gradients.
 */
public final class LocalSgd {

    /** Of a central difference; gradients are doubles. */
    private static final double STEP = 1e-5;

    private static final int LARGEST = 1024;

    private final Architecture architecture;
    private final double[] weights;
    private final DataSet data;

    private LocalSgd(Architecture architecture, double[] weights, DataSet data) {
        this.architecture = architecture;
        this.weights = weights;
        this.data = data;
    }

    /**
     * At a point.
     *
     * @param architecture the network
     * @param weights x
     * @param data N samples
     * @return what is asked for is measured then
     */
    public static LocalSgd at(Architecture architecture, double[] weights, DataSet data) {
        return new LocalSgd(architecture, weights.clone(), data);
    }

    /**
     * The gradient of the mean loss in training mode, by mini-batches of about a thousand.
     *
     * @return length d
     */
    public double[] gradient() {
        double[] sum = new double[weights.length];
        addGradient(new MiniBatchGradient(architecture, Precision.DOUBLE, part()), weights, 1.0, sum);
        return sum;
    }

    private int part() {
        int parts = (data.size() + LARGEST - 1) / LARGEST;
        return (data.size() + parts - 1) / parts;
    }

    private void addGradient(MiniBatchGradient gradient, double[] x, double factor, double[] sum) {
        int n = data.size();
        int[] all = IntStream.range(0, n).toArray();
        double[] scratch = new double[x.length];
        for (int from = 0; from < n; from += part()) {
            int count = Math.min(part(), n - from);
            gradient.at(x, data, all, from, count, Seed.of(0), 0, scratch);
            Vectors.addMultiple(factor * count / n, scratch, sum);
        }
    }

    /**
     * The derivative of the mean gradient in training mode, by central differences in each weight, of mini-batches of about a
     * thousand, whose normalisation is nearly that of all data.
     *
     * @return d×d, symmetric
     */
    public RealMatrix hessian() {
        int d = weights.length;
        double[][] rows = new double[d][];
        ThreadLocal<MiniBatchGradient> gradients =
                ThreadLocal.withInitial(() -> new MiniBatchGradient(architecture, Precision.DOUBLE, part()));
        IntStream.range(0, d).parallel().forEach(i -> {
            double[] row = new double[d];
            double[] x = weights.clone();
            for (int side = -1; side <= 1; side += 2) {
                x[i] = weights[i] + side * STEP;
                addGradient(gradients.get(), x, side / (2.0 * STEP), row);
            }
            rows[i] = row;
        });
        RealMatrix h = MatrixUtils.createRealMatrix(rows);
        return h.add(h.transpose()).scalarMultiply(0.5);
    }

    /**
     * The covariance of the gradients of mini-batches.
     *
     * @param size b
     * @param count how many mini-batches are drawn, each a random subset of the data
     * @param seed of the draws
     * @return their covariance times b, d×d: D, but for the factor 1 − b/N, if samples do not know of each other
     */
    public RealMatrix noise(int size, int count, Seed seed) {
        int d = weights.length;
        int n = data.size();
        int perThread = (count + 7) / 8;
        List<double[]> found = new ArrayList<>(IntStream.range(0, 8)
                .parallel()
                .mapToObj(part -> {
                    MiniBatchGradient gradient = new MiniBatchGradient(architecture, Precision.DOUBLE, size);
                    UniformStream uniform = UniformStream.of(seed.derive(part));
                    int[] order = IntStream.range(0, n).toArray();
                    List<double[]> some = new ArrayList<>();
                    for (int k = part * perThread; k < Math.min(count, (part + 1) * perThread); k++) {
                        for (int i = 0; i < size; i++) {
                            int j = i + (int) (uniform.at(k, i, 0) * (n - i));
                            int kept = order[i];
                            order[i] = order[j];
                            order[j] = kept;
                        }
                        double[] g = new double[d];
                        gradient.at(weights, data, order, 0, size, Seed.of(0), 0, g);
                        some.add(g);
                    }
                    return some;
                })
                .flatMap(List::stream)
                .toList());
        double[] mean = new double[d];
        for (double[] g : found) {
            for (int i = 0; i < d; i++) {
                mean[i] += g[i] / count;
            }
        }
        GramMatrix gram = LinearAlgebra.forOrder(d).gram(d);
        int rows = GramMatrix.blockRows(d);
        double[] block = new double[rows * d];
        int held = 0;
        for (double[] g : found) {
            for (int i = 0; i < d; i++) {
                block[held * d + i] = g[i] - mean[i];
            }
            held++;
            if (held == rows) {
                gram.add(block, rows);
                held = 0;
            }
        }
        gram.add(block, held);
        gram.multiply((double) size / (count - 1));
        return gram.toMatrix();
    }

    @Override
    public String toString() {
        return architecture.name() + " in training mode on " + data;
    }
}
