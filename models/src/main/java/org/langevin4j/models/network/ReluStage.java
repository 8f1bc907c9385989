package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/** y = max(u, 0), in the place of u. */
final class ReluStage extends Stage {

    /** Whether the stage before has done it already, forward and back. */
    private final boolean done;

    ReluStage(int index, Shape in, int first, boolean done) {
        super(index, in, in, first, 0);
        this.done = done;
    }

    @Override
    boolean inPlace(Stage before, boolean training) {
        return !before.keepsOutput();
    }

    @Override
    boolean keepsOutput() {
        return true;
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        if (!done) {
            int start = g * in.size() * LANES;
            pass.kernels.relu(pass.values[index], start, pass.values[index + 1], start, in.size() * LANES);
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        if (!done) {
            cut(pass, moved(pass, pass.deltas[index + 1], pass.deltas[index], g), g);
        }
    }

    /** Where the layer does not work in place, what comes in is first copied. */
    private <A> A moved(PassMemory<A> pass, A from, A to, int g) {
        if (from != to) {
            int start = g * in.size() * LANES;
            pass.kernels.copy(from, start, to, start, in.size() * LANES);
        }
        return to;
    }

    private <A> void cut(PassMemory<A> pass, A what, int g) {
        int start = g * in.size() * LANES;
        pass.kernels.reluBack(pass.values[index + 1], start, what, start, in.size() * LANES);
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        cut(pass, moved(pass, tangent.values[index], tangent.values[index + 1], g), g);
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        cut(pass, moved(pass, tangent.deltas[index + 1], tangent.deltas[index], g), g);
    }
}
