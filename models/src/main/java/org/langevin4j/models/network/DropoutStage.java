package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import org.langevin4j.core.random.UniformStream;

/** In training each number is dropped with probability p and else divided by 1 − p. */
final class DropoutStage extends Stage {

    private final double probability;

    DropoutStage(int index, Shape in, int first, double probability) {
        super(index, in, in, first, 0);
        this.probability = probability;
    }

    @Override
    boolean inPlace(Stage before, boolean training) {
        return !training;
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {}

    @Override
    <A> void backward(PassMemory<A> pass, int g) {}

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {}

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {}

    @Override
    <A> void prepare(PassMemory<A> pass) {
        if (pass.training) {
            pass.packed(index, 0, pass.capacity * in.size() * LANES);
        }
    }

    @Override
    <A> void forwardTraining(PassMemory<A> pass, int g) {
        Kernels<A> k = pass.kernels;
        int length = in.size() * LANES;
        A factors = pass.packed(index, 0, 0);
        UniformStream uniform = UniformStream.of(pass.seed.derive(index));
        double kept = 1.0 / (1.0 - probability);
        for (int r = 0; r < in.size(); r++) {
            for (int lane = 0; lane < LANES; lane++) {
                boolean dropped = uniform.at(g * LANES + lane, pass.step, r) < probability;
                k.set(factors, g * length + r * LANES + lane, dropped ? 0.0 : kept);
            }
        }
        k.copy(pass.values[index], g * length, pass.values[index + 1], g * length, length);
        k.multiply(factors, g * length, pass.values[index + 1], g * length, length);
    }

    @Override
    <A> void backwardTraining(PassMemory<A> pass, int g) {
        Kernels<A> k = pass.kernels;
        int length = in.size() * LANES;
        A factors = pass.packed(index, 0, 0);
        k.copy(pass.deltas[index + 1], g * length, pass.deltas[index], g * length, length);
        k.multiply(factors, g * length, pass.deltas[index], g * length, length);
    }
}
