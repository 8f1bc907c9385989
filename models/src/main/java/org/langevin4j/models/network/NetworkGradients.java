package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.Objects;
import java.util.stream.IntStream;

/** The gradients of the samples of a data set, computed anew each time. */
final class NetworkGradients implements PerSampleGradients {

    /** Of sixteen samples, in a block at most. */
    private static final int MOST_GROUPS = 4;

    /** In a block, if that is more than one group. */
    private static final int NUMBERS = 1 << 17;

    private final Evaluation network;
    private final DataSet data;

    NetworkGradients(Evaluation network, DataSet data) {
        this.network = network;
        this.data = data;
    }

    @Override
    public int samples() {
        return data.size();
    }

    @Override
    public int dimension() {
        return network.dimension();
    }

    @Override
    public void forEachBlock(Visitor visitor) {
        forEachBlock(0, data.size(), visitor);
    }

    @Override
    public void forEachBlock(int from, int to, Visitor visitor) {
        Objects.checkFromToIndex(from, to, data.size());
        forEachBlock(network.precision.kernels(), from, to, visitor);
    }

    /** Memory of one thread: a block. */
    private static final class Memory<A> {

        final Pass<A> pass;
        final double[][] rows;
        int first;
        int count;

        Memory(Pass<A> pass, int samples, int dimension) {
            this.pass = pass;
            this.rows = new double[samples][dimension];
        }
    }

    /** Samples of a block: enough to keep a thread busy, few enough to stay in the cache. */
    private int block() {
        return LANES * Math.max(1, Math.min(MOST_GROUPS, NUMBERS / (LANES * network.dimension())));
    }

    private <A> void forEachBlock(Kernels<A> kernels, int from, int to, Visitor visitor) {
        int[] asked = IntStream.range(from, to).toArray();
        int d = network.dimension();
        int block = block();
        Sums.forEachBlock(
                (asked.length + block - 1) / block,
                () -> new Memory<>(network.pass(kernels, 1), block, d),
                (memory, b) -> filled(memory, asked, b * block),
                memory -> visitor.accept(from + memory.first, memory.rows, memory.count));
    }

    private <A> Memory<A> filled(Memory<A> memory, int[] asked, int first) {
        memory.first = first;
        memory.count = Math.min(memory.rows.length, asked.length - first);
        Pass<A> pass = memory.pass;
        double[] losses = new double[LANES];
        boolean[] right = new boolean[LANES];
        for (int k = 0; k < memory.count; k += LANES) {
            int count = Math.min(LANES, memory.count - k);
            pass.load(data, asked, first + k, count);
            pass.forward();
            pass.crossEntropy(null, losses, right);
            pass.backwardOfSamples(memory.rows, k);
        }
        return memory;
    }

    @Override
    public String toString() {
        return "gradients of " + network + " by " + data;
    }
}
