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
        A ones = pass.ones;
        int target = g * out.size() * LANES;
        k.fill(to, target, out.size() * LANES, 0.0);
        for (int c = 0; c < in.channels(); c++) {
            k.addRows(
                    ones,
                    0,
                    from,
                    (g * in.size() + c * in.positions()) * LANES,
                    in.positions(),
                    to,
                    target + c * LANES);
        }
        k.scale(1.0 / in.positions(), to, target, out.size() * LANES);
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        spread(pass.kernels, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void spread(Kernels<A> k, A from, A to, int g) {
        double share = 1.0 / in.positions();
        for (int c = 0; c < in.channels(); c++) {
            for (int p = 0; p < in.positions(); p++) {
                int target = (g * in.size() + c * in.positions() + p) * LANES;
                k.standardise(0.0, share, 0.0, from, (g * out.size() + c) * LANES, to, target, LANES);
            }
        }
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
