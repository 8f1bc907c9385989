package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/** The mean of each channel over its pixels. */
final class AveragePoolStage extends Stage {

    AveragePoolStage(int index, Shape in, int first) {
        super(index, in, Shape.vector(in.channels()), first, 0);
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        average(pass, pass.values[index], pass.values[index + 1], g);
    }

    private <A> void average(PassMemory<A> pass, A from, A to, int g) {
        Kernels<A> k = pass.kernels;
        int target = g * out.size() * LANES;
        int period = out.size() * LANES;
        k.fill(to, target, period, 0.0);
        k.addPeriods(from, g * in.size() * LANES, in.size() * LANES, to, target, period);
        k.scale(1.0 / in.positions(), to, target, period);
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        spread(pass.kernels, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void spread(Kernels<A> k, A from, A to, int g) {
        int length = in.size() * LANES;
        int period = out.size() * LANES;
        k.repeat(1.0 / in.positions(), from, g * period, to, g * length, length, period);
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        average(pass, tangent.values[index], tangent.values[index + 1], g);
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        spread(pass.kernels, tangent.deltas[index + 1], tangent.deltas[index], g);
    }
}
