package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import org.langevin4j.core.block.Threefry;

/** In training each number is dropped with probability p and else divided by 1 − p. */
final class DropoutStage extends Stage {

    /** Numbers of 32 bits from one hash. */
    private static final int DRAWS = 4;

    /** Bits for the number of a row; the others are for that of the step. */
    private static final int COUNTER_BITS = 24;

    /** Second key word: keeps these numbers apart from others of the seed. */
    private static final long DROPS = 4L;

    private final double probability;

    /** Numbers below that are dropped: p·2³². */
    private final long dropped;

    DropoutStage(int index, Shape in, int first, double probability) {
        super(index, in, in, first, 0);
        this.probability = probability;
        this.dropped = Math.round(probability * 0x1p32);
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
        long key = pass.seed.derive(index).value();
        double kept = 1.0 / (1.0 - probability);
        long[] words = new long[2];
        for (int r = 0; r < in.size(); r += DRAWS) {
            for (int lane = 0; lane < LANES; lane++) {
                words[0] = (long) g * LANES + lane;
                words[1] = (pass.step << COUNTER_BITS) | r;
                Threefry.hash(key, DROPS, words);
                for (int i = 0; i < Math.min(DRAWS, in.size() - r); i++) {
                    long bits = (words[i / 2] >>> (32 * (i % 2))) & 0xffff_ffffL;
                    k.set(factors, g * length + (r + i) * LANES + lane, bits < dropped ? 0.0 : kept);
                }
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
