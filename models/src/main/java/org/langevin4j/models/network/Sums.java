package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
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

    /** Of a Hessian's rows, at a time. */
    private static final int DIRECTIONS = 32;

    private Sums() {}

    /** What a block of samples adds. */
    private interface Addition {
        void to(double[] sum);
    }

    /** The sum of the losses, and how many samples are taken for what they are. */
    static double[] lossAndRight(Evaluation network, DataSet data) {
        double[] sums = new double[2];
        lossAndRight(network, network.precision.kernels(), data, sums);
        return sums;
    }

    private static <A> void lossAndRight(Evaluation network, Kernels<A> kernels, DataSet data, double[] sums) {
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

    static double[] weightedGradient(Evaluation network, DataSet data, double[] factors) {
        double[] sum = new double[network.dimension()];
        weightedGradient(network, network.precision.kernels(), data, factors, sum);
        return sum;
    }

    private static <A> void weightedGradient(
            Evaluation network, Kernels<A> kernels, DataSet data, double[] factors, double[] sum) {
        add(network, kernels, data, sum, pass -> {
            double[] own = new double[BLOCK];
            System.arraycopy(factors, pass.first, own, 0, pass.samples);
            pass.forward();
            pass.crossEntropy(own, new double[BLOCK], new boolean[BLOCK]);
            pass.backward();
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

    /** gₖ·v = Σ_c (p − e_y)_c z′_c of each sample, from the change z′ of the logits along v: no way back. */
    static double[] gradientProducts(Evaluation network, DataSet data, double[] v) {
        double[] products = new double[data.size()];
        gradientProducts(network, network.precision.kernels(), data, v, products);
        return products;
    }

    private static <A> void gradientProducts(
            Evaluation network, Kernels<A> kernels, DataSet data, double[] v, double[] products) {
        addAlong(network, kernels, data, v, products, (pass, tangent) -> {
            pass.forward();
            pass.crossEntropy(null, new double[BLOCK], new boolean[BLOCK]);
            pass.logitsAlongWeights(tangent);
            double[] own = new double[BLOCK];
            pass.lossesAlongWeights(tangent, own);
            int first = pass.first;
            int count = pass.samples;
            return all -> System.arraycopy(own, 0, all, first, count);
        });
    }

    static double[] hessianTimes(Evaluation network, DataSet data, double[] v) {
        double[] sum = new double[network.dimension()];
        hessianTimes(network, network.precision.kernels(), data, v, sum);
        return sum;
    }

    private static <A> void hessianTimes(
            Evaluation network, Kernels<A> kernels, DataSet data, double[] v, double[] sum) {
        int n = data.size();
        addAlong(network, kernels, data, v, sum, (pass, tangent) -> {
            pass.forward();
            pass.crossEntropy(null, new double[BLOCK], new boolean[BLOCK]);
            pass.backward();
            pass.alongWeights(tangent);
            return added(kernels, tangent.rows, sum.length);
        });
        for (int i = 0; i < sum.length; i++) {
            sum[i] /= n;
        }
    }

    static RealMatrix hessian(Evaluation network, DataSet data) {
        int d = network.dimension();
        double[][] hessian = new double[d][d];
        hessian(network, network.precision.kernels(), data, hessian);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double mean = 0.5 * (hessian[i][j] + hessian[j][i]) / data.size();
                hessian[i][j] = mean;
                hessian[j][i] = mean;
            }
        }
        return new Array2DRowRealMatrix(hessian, false);
    }

    /** Some directions in each thread, each along all blocks in their order: one way forward and back serves all of them. */
    private static <A> void hessian(Evaluation network, Kernels<A> kernels, DataSet data, double[][] hessian) {
        int d = hessian.length;
        int[] all = IntStream.range(0, data.size()).toArray();
        IntStream.range(0, (d + DIRECTIONS - 1) / DIRECTIONS).parallel().forEach(part -> {
            Pass<A> pass = network.pass(kernels, GROUPS);
            Pass<A> tangent = network.architecture.pass(kernels, GROUPS, false);
            double[] unit = new double[d];
            A sums = kernels.allocate(d);
            for (int start = 0; start < data.size(); start += BLOCK) {
                pass.load(data, all, start, Math.min(BLOCK, data.size() - start));
                pass.forward();
                pass.crossEntropy(null, new double[BLOCK], new boolean[BLOCK]);
                pass.backward();
                tangent.groups = pass.groups;
                for (int i = part * DIRECTIONS; i < Math.min((part + 1) * DIRECTIONS, d); i++) {
                    unit[i] = 1.0;
                    tangent.prepare(unit);
                    unit[i] = 0.0;
                    pass.alongWeights(tangent);
                    kernels.laneSums(tangent.rows, 0, d, sums, 0);
                    for (int j = 0; j < d; j++) {
                        hessian[i][j] += kernels.get(sums, j);
                    }
                }
            }
        });
    }

    private static <A> void add(
            Evaluation network, Kernels<A> kernels, DataSet data, double[] sum, Function<Pass<A>, Addition> ofBlock) {
        int[] all = IntStream.range(0, data.size()).toArray();
        forEachBlock(
                blocks(data),
                () -> network.pass(kernels, GROUPS),
                (pass, b) -> {
                    load(pass, data, all, b);
                    return ofBlock.apply(pass);
                },
                addition -> addition.to(sum));
    }

    /** A way through the network, and its change along a direction. */
    private record Along<A>(Pass<A> pass, Pass<A> tangent) {}

    private static <A> void addAlong(
            Evaluation network,
            Kernels<A> kernels,
            DataSet data,
            double[] v,
            double[] sum,
            BiFunction<Pass<A>, Pass<A>, Addition> ofBlock) {
        int[] all = IntStream.range(0, data.size()).toArray();
        forEachBlock(
                blocks(data),
                () -> {
                    Pass<A> tangent = network.architecture.pass(kernels, GROUPS, false);
                    tangent.prepare(v);
                    return new Along<>(network.pass(kernels, GROUPS), tangent);
                },
                (along, b) -> {
                    load(along.pass, data, all, b);
                    return ofBlock.apply(along.pass, along.tangent);
                },
                addition -> addition.to(sum));
    }

    private static int blocks(DataSet data) {
        return (data.size() + BLOCK - 1) / BLOCK;
    }

    private static void load(Pass<?> pass, DataSet data, int[] all, int block) {
        pass.load(data, all, block * BLOCK, Math.min(BLOCK, data.size() - block * BLOCK));
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
