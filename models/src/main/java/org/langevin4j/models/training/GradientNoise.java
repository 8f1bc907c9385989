package org.langevin4j.models.training;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;

/**
 * What a step of {@link NoisyDescent} takes for the gradient of the loss. Mini-batches, or the gradient over all N samples with Gaussian noise of
 * the covariance that the mean of a mini-batch of b samples drawn with replacement has,
 *
 * <pre>g̃ = ∇f(x) + √(D/b) ξ,   D = (1/N) Σₖ (gₖ − g)(gₖ − g)ᵀ   (Chaudhari and Soatto 2018, eq. 2),</pre>
 *
 * where D is that of the weights at each step, of the weights some epochs ago, or any given one. Of measured gradients √D ξ = N^(−1/2) Σₖ ξₖ(gₖ − g)
 * is a weighted sum of gradients, so that D is never formed: at each step anew,
 *
 * <pre>g̃ = Σₖ wₖ gₖ,   wₖ = 1/N + (ξₖ − ξ̄)/√(bN),</pre>
 *
 * costs no more than ∇f; a mini-batch is the same sum with wₖ its share of sample k. Immutable.
 */
public final class GradientNoise {

    private final String text;
    private final Method method;

    private GradientNoise(String text, Method method) {
        this.text = text;
        this.method = method;
    }

    /** Begins a run. */
    private interface Method {
        Source begin(Network start, DataSet data, Sgd sgd, Seed seed);
    }

    /** Gradients of one run. */
    interface Source {
        /** In step {@code step} of epoch {@code epoch}, as of a mini-batch of {@code count} samples. */
        double[] gradient(Network at, int epoch, int step, int count);
    }

    /**
     * No noise: gradient descent.
     *
     * @return the gradient over all samples
     */
    public static GradientNoise none() {
        return new GradientNoise("no noise", (start, data, sgd, seed) -> (at, epoch, step, count) -> at.gradient(data));
    }

    /**
     * Mini-batches, drawn as the method draws them: stochastic gradient descent itself, in evaluation mode.
     *
     * @return the mean gradient of each mini-batch
     */
    public static GradientNoise miniBatches() {
        return new GradientNoise("mini-batches", (start, data, sgd, seed) -> new Source() {
            private int drawn = -1;
            private int[] chosen = new int[0];

            @Override
            public double[] gradient(Network at, int epoch, int step, int count) {
                if (epoch != drawn) {
                    chosen = sgd.batches().epoch(data.size(), sgd.batchSize(), seed, epoch);
                    drawn = epoch;
                }
                int from = step * sgd.batchSize();
                return at.gradient(data.at(Arrays.copyOfRange(chosen, from, from + count)));
            }
        });
    }

    /**
     * Gaussian noise of D(x) at every step: one weighted backward pass, as long as that of ∇f.
     *
     * @return the noise of the SDE of Lemma 2
     */
    public static GradientNoise exact() {
        return new GradientNoise("Gaussian noise of D(x) at each step", (start, data, sgd, seed) -> {
            Normals normals = new Normals(seed, data.size());
            return (at, epoch, step, count) -> {
                double[] factors = weights(normals.next(), count);
                for (int k = 0; k < factors.length; k++) {
                    factors[k] += 1.0 / factors.length;
                }
                return at.weightedGradient(data, factors);
            };
        });
    }

    /**
     * Gaussian noise of D at the weights some epochs ago: two backward passes a step, one at the present weights and one at those.
     *
     * @param epochs how long D is kept, at least 1
     * @return noise of D in stages
     * @throws IllegalArgumentException if it is not kept for an epoch
     */
    public static GradientNoise refreshed(int epochs) {
        if (!(epochs >= 1)) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        return new GradientNoise(
                "Gaussian noise of D renewed every " + epochs + " epochs", (start, data, sgd, seed) -> {
                    Normals normals = new Normals(seed, data.size());
                    return new Source() {
                        private Network measured = start;

                        @Override
                        public double[] gradient(Network at, int epoch, int step, int count) {
                            if (step == 0 && epoch % epochs == 0) {
                                measured = at;
                            }
                            double[] sum = at.gradient(data);
                            double[] noise = measured.weightedGradient(data, weights(normals.next(), count));
                            for (int i = 0; i < sum.length; i++) {
                                sum[i] += noise[i];
                            }
                            return sum;
                        }
                    };
                });
    }

    /**
     * Gaussian noise of a given D, such as one {@link org.langevin4j.models.network.MeasuredDiffusion#reduced() measured} once, as Remark 13 of
     * Chaudhari and Soatto (2018) suggests, or an isotropic one.
     *
     * @param diffusion D(x), of the dimension of the network
     * @return ∇f(x) + √(D(x)/b) ξ
     */
    public static GradientNoise of(Diffusion diffusion) {
        Objects.requireNonNull(diffusion, "diffusion");
        return new GradientNoise("Gaussian noise of " + diffusion, (start, data, sgd, seed) -> {
            if (diffusion.dimension() != start.dimension()) {
                throw new IllegalArgumentException("diffusion must have the dimension of the network, "
                        + start.dimension() + ", got " + diffusion.dimension());
            }
            Normals normals = new Normals(seed, diffusion.noiseDimension());
            double[] noise = new double[start.dimension()];
            return (at, epoch, step, count) -> {
                diffusion.factorTimes(at.weights(), normals.next(), noise);
                double[] sum = at.gradient(data);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += noise[i] / Math.sqrt(count);
                }
                return sum;
            };
        });
    }

    /** (ξₖ − ξ̄)/√(bN), in place. */
    private static double[] weights(double[] xi, int count) {
        double mean = Arrays.stream(xi).average().orElseThrow();
        double scale = 1.0 / Math.sqrt((double) count * xi.length);
        for (int k = 0; k < xi.length; k++) {
            xi[k] = scale * (xi[k] - mean);
        }
        return xi;
    }

    /** Independent normal numbers, so many for each step; two of each path of the stream. */
    private static final class Normals {

        private final NormalStream stream;
        private final double[][] pair;
        private final double[] xi;
        private long step;

        Normals(Seed seed, int count) {
            this.stream = NormalStream.of(seed);
            this.pair = new double[2][(count + 1) / 2];
            this.xi = new double[count];
        }

        double[] next() {
            int half = pair[0].length;
            stream.fill(0, half, step, pair);
            step++;
            System.arraycopy(pair[0], 0, xi, 0, half);
            System.arraycopy(pair[1], 0, xi, half, xi.length - half);
            return xi;
        }
    }

    Source begin(Network start, DataSet data, Sgd sgd, Seed seed) {
        return method.begin(start, data, sgd, seed);
    }

    @Override
    public String toString() {
        return text;
    }
}
