package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/** Sums over the samples of a data set, block by block: blocks in parallel, their results added in the order of the blocks. */
final class Sums {

    /** Samples of a block. */
    static final int BLOCK = 64;

    private static final int GROUPS = BLOCK / LANES;

    private Sums() {}

    /** What a block of samples adds. */
    private interface Addition {
        void to(double[] sum);
    }

    static Network.Score score(Network network, DataSet data) {
        double[] sums = new double[2];
        score(network, network.precision().kernels(), data, sums);
        return new Network.Score(sums[0] / data.size(), sums[1] / data.size());
    }

    private static <A> void score(Network network, Kernels<A> kernels, DataSet data, double[] sums) {
        add(network, kernels, data, sums, pass -> {
            double[] losses = new double[BLOCK];
            boolean[] right = new boolean[BLOCK];
            pass.forward();
            pass.crossEntropy(null, losses, right);
            int samples = pass.samples;
            return sum -> {
                for (int s = 0; s < samples; s++) {
                    sum[0] += losses[s];
                    sum[1] += right[s] ? 1.0 : 0.0;
                }
            };
        });
    }

    static double[] weightedGradient(Network network, DataSet data, double[] factors) {
        double[] sum = new double[network.dimension()];
        weightedGradient(network, network.precision().kernels(), data, factors, sum);
        return sum;
    }

    private static <A> void weightedGradient(
            Network network, Kernels<A> kernels, DataSet data, double[] factors, double[] sum) {
        add(network, kernels, data, sum, pass -> {
            double[] own = new double[BLOCK];
            System.arraycopy(factors, pass.first, own, 0, pass.samples);
            pass.forward();
            pass.crossEntropy(own, new double[BLOCK], new boolean[BLOCK]);
            pass.backward(false);
            return added(kernels, pass.rows, sum.length);
        });
    }

    private static <A> Addition added(Kernels<A> kernels, A rows, int d) {
        A sums = kernels.allocate(d);
        kernels.laneSums(rows, 0, d, sums, 0);
        return sum -> {
            for (int i = 0; i < d; i++) {
                sum[i] += kernels.get(sums, i);
            }
        };
    }

    static double[] hessianTimes(Network network, DataSet data, double[] v) {
        double[] sum = new double[network.dimension()];
        hessianTimes(network, network.precision().kernels(), data, v, sum);
        return sum;
    }

    private static <A> void hessianTimes(Network network, Kernels<A> kernels, DataSet data, double[] v, double[] sum) {
        int n = data.size();
        add(network, kernels, data, sum, pass -> {
            Pass<A> tangent = network.architecture().pass(kernels, GROUPS, false);
            tangent.prepare(v);
            tangent.groups = pass.groups;
            pass.forward();
            pass.crossEntropy(null, new double[BLOCK], new boolean[BLOCK]);
            pass.backward(false);
            pass.alongWeights(tangent);
            return added(kernels, tangent.rows, sum.length);
        });
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= n;
        }
    }

    static RealMatrix hessian(Network network, DataSet data) {
        int d = network.dimension();
        double[][] hessian = new double[d][];
        for (int i = 0; i < d; i++) {
            double[] unit = new double[d];
            unit[i] = 1.0;
            hessian[i] = hessianTimes(network, data, unit);
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (hessian[i][j] + hessian[j][i]);
                hessian[i][j] = mean;
                hessian[j][i] = mean;
            }
        }
        return new Array2DRowRealMatrix(hessian, false);
    }

    private static <A> void add(
            Network network, Kernels<A> kernels, DataSet data, double[] sum, Function<Pass<A>, Addition> ofBlock) {
        int blocks = (data.size() + BLOCK - 1) / BLOCK;
        int[] all = IntStream.range(0, data.size()).toArray();
        forEachBlock(
                blocks,
                () -> network.pass(kernels, GROUPS),
                (pass, b) -> {
                    pass.load(data, all, b * BLOCK, Math.min(BLOCK, data.size() - b * BLOCK));
                    return ofBlock.apply(pass);
                },
                addition -> addition.to(sum));
    }

    /** One task of a block. */
    interface Task<P, R> {
        R of(P pass, int block);
    }

    /** Computes blocks in parallel, each thread with its own memory, and takes the results in their order. */
    static <P, R> void forEachBlock(int blocks, Supplier<P> memory, Task<P, R> task, Consumer<R> taker) {
        int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism() + 1);
        Deque<P> free = new ArrayDeque<>();
        for (int start = 0; start < blocks; start += threads) {
            int count = Math.min(threads, blocks - start);
            int from = start;
            List<P> used = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                used.add(free.isEmpty() ? memory.get() : free.pop());
            }
            List<R> results = IntStream.range(0, count)
                    .parallel()
                    .mapToObj(i -> task.of(used.get(i), from + i))
                    .toList();
            results.forEach(taker);
            used.forEach(free::push);
        }
    }
}
