package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.stream.IntStream;

/** The gradients of the samples of a data set, computed anew each time. */
final class NetworkGradients implements PerSampleGradients {

    private final Network network;
    private final DataSet data;

    NetworkGradients(Network network, DataSet data) {
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
        forEachBlock(network.precision().kernels(), visitor);
    }

    /** Memory of one thread. */
    private record Memory<A>(Pass<A> pass, double[][] rows) {}

    private record Block(int first, double[][] rows, int count) {}

    private <A> void forEachBlock(Kernels<A> kernels, Visitor visitor) {
        int[] all = IntStream.range(0, data.size()).toArray();
        int d = network.dimension();
        Sums.forEachBlock(
                (data.size() + LANES - 1) / LANES,
                () -> new Memory<>(network.pass(kernels, 1), new double[LANES][d]),
                (memory, b) -> block(memory, all, b),
                block -> visitor.accept(block.first, block.rows, block.count));
    }

    private <A> Block block(Memory<A> memory, int[] all, int b) {
        Pass<A> pass = memory.pass;
        int count = Math.min(LANES, data.size() - b * LANES);
        pass.load(data, all, b * LANES, count);
        pass.forward();
        pass.crossEntropy(null, new double[LANES], new boolean[LANES]);
        pass.backward(false);
        pass.kernels.lanes(pass.rows, count, memory.rows);
        return new Block(b * LANES, memory.rows, count);
    }

    @Override
    public String toString() {
        return "gradients of " + network + " by " + data;
    }
}
