package org.langevin4j.models.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LeadingEigenpairs;
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

    /** Of a central difference of doubles: so short that hardly an input of max(·, 0) changes sign on it, which would count its kink over the step. */
    private static final double STEP = 1e-9;

    private static final int LARGEST = 1024;

    /** Of eigenvectors, over the largest eigenvalue. */
    private static final double TOLERANCE = 3e-4;

    /** Mini-batches are drawn in so many parts, whatever the number of threads. */
    private static final int PARTS = 8;

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
     * Products with F, the derivative of the mean gradient in training mode, by central differences along each vector, of mini-batches of about a
     * thousand, whose normalisation is nearly that of all data.
     *
     * @param vectors of length d, one a row, not zero
     * @return Fv for each
     * @throws IllegalArgumentException if a vector has another length, is zero or not finite
     */
    public double[][] hessianTimes(double[][] vectors) {
        for (double[] v : vectors) {
            double size = v.length == weights.length ? Vectors.norm(v) : Double.NaN;
            if (!(size > 0.0 && size <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("vectors must be finite, not zero and of length " + weights.length
                        + ", got one of length " + v.length + " and norm " + size);
            }
        }
        ThreadLocal<MiniBatchGradient> gradients =
                ThreadLocal.withInitial(() -> new MiniBatchGradient(architecture, Precision.DOUBLE, part()));
        return Arrays.stream(vectors)
                .parallel()
                .map(v -> {
                    double[] product = new double[v.length];
                    double step = STEP / Vectors.norm(v);
                    for (int side = -1; side <= 1; side += 2) {
                        double[] x = weights.clone();
                        Vectors.addMultiple(side * step, v, x);
                        addGradient(gradients.get(), x, side / (2.0 * step), product);
                    }
                    return product;
                })
                .toArray(double[][]::new);
    }

    /**
     * The leading eigenvalues of F.
     *
     * @param k how many
     * @return with their eigenvectors, to 3·10⁻⁴ of the largest
     * @throws ArithmeticException if it takes too long
     */
    public Eigenpairs leading(int k) {
        return LeadingEigenpairs.of(
                        weights.length, this::hessianTimes, k, TOLERANCE, (int) Math.min(weights.length, 40L * k))
                .pairs();
    }

    /**
     * Gradients of mini-batches, less their mean.
     *
     * @param size b
     * @param count how many mini-batches are drawn, each a random subset of the data
     * @param seed of the draws
     * @return one a row; b times their covariance is D but for the factor 1 − b/N, if samples do not know of each other
     * @throws IllegalArgumentException if there are not so many samples, no mini-batch, or no memory for the gradients
     */
    public double[][] noise(int size, int count, Seed seed) {
        int n = data.size();
        if (!(size >= 1 && size <= n)) {
            throw new IllegalArgumentException("size must be from 1 to the " + n + " samples, got " + size);
        }
        if (!(count >= 1)) {
            throw new IllegalArgumentException("count must be at least 1, got " + count);
        }
        Memory.require(count + " gradients", 8.0 * count * weights.length, "fewer mini-batches need less");
        int perPart = (count - 1) / PARTS + 1;
        double[][] found = IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> {
                    MiniBatchGradient gradient = new MiniBatchGradient(architecture, Precision.DOUBLE, size);
                    UniformStream uniform = UniformStream.of(seed.derive(part));
                    int[] order = IntStream.range(0, n).toArray();
                    List<double[]> some = new ArrayList<>();
                    for (int k = part * perPart; k < Math.min(count, (part + 1) * perPart); k++) {
                        for (int i = 0; i < size; i++) {
                            int j = i + (int) (uniform.at(k, i, 0) * (n - i));
                            int kept = order[i];
                            order[i] = order[j];
                            order[j] = kept;
                        }
                        double[] g = new double[weights.length];
                        gradient.at(weights, data, order, 0, size, Seed.of(0), 0, g);
                        some.add(g);
                    }
                    return some;
                })
                .flatMap(List::stream)
                .toArray(double[][]::new);
        double[] mean = new double[weights.length];
        for (double[] g : found) {
            Vectors.addMultiple(1.0 / count, g, mean);
        }
        for (double[] g : found) {
            Vectors.addMultiple(-1.0, mean, g);
        }
        return found;
    }

    @Override
    public String toString() {
        return architecture.name() + " in training mode on " + data;
    }
}
