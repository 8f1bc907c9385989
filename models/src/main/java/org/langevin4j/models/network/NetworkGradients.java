package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.stream.IntStream;

/** The gradients of the samples of a data set, computed anew each time. */
final class NetworkGradients implements PerSampleGradients {

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
        forEachBlock(network.precision.kernels(), visitor);
    }

    /** Memory of one thread. */
    private static final class Memory<A> {

        final Pass<A> pass;
        final double[][] rows;

        Memory(Pass<A> pass, int dimension) {
            this.pass = pass;
            this.rows = new double[LANES][dimension];
        }
    }

    private <A> void forEachBlock(Kernels<A> kernels, Visitor visitor) {
        int[] all = IntStream.range(0, data.size()).toArray();
        int d = network.dimension();
        Sums.forEachBlock(
                (data.size() + LANES - 1) / LANES,
                () -> new Memory<>(network.pass(kernels, 1), d),
                (memory, b) -> filled(memory, all, b),
                memory -> visitor.accept(memory.pass.first, memory.rows, memory.pass.samples));
    }

    private <A> Memory<A> filled(Memory<A> memory, int[] all, int b) {
        Pass<A> pass = memory.pass;
        int count = Math.min(LANES, data.size() - b * LANES);
        pass.load(data, all, b * LANES, count);
        pass.forward();
        pass.crossEntropy(null, new double[LANES], new boolean[LANES]);
        pass.backward();
        pass.kernels.lanes(pass.rows, count, memory.rows);
        return memory;
    }

    @Override
    public String toString() {
        return "gradients of " + network + " by " + data;
    }
}
