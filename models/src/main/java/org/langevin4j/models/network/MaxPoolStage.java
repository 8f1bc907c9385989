package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/** The largest of each square of pixels. */
final class MaxPoolStage extends Stage {

    /** Offsets of the pixels of a square. */
    private final int[] square;

    /** Where squares begin. */
    private final int[] corners;

    /** From one pixel to the next. */
    private final int period;

    MaxPoolStage(int index, Shape in, int first, int edge) {
        super(index, in, pooled(in, edge), first, 0);
        square = new int[edge * edge];
        period = in.channels() * LANES;
        for (int t = 0; t < square.length; t++) {
            square[t] = period * (t / edge * in.width() + t % edge);
        }
        corners = new int[out.positions()];
        for (int p = 0; p < corners.length; p++) {
            corners[p] = period * (p / out.width() * edge * in.width() + p % out.width() * edge);
        }
    }

    private static Shape pooled(Shape in, int edge) {
        if (in.height() < edge || in.width() < edge) {
            throw new IllegalArgumentException("squares of edge " + edge + " are larger than the image, " + in);
        }
        return new Shape(in.channels(), in.height() / edge, in.width() / edge);
    }

    @Override
    boolean keepsOutput() {
        return true;
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        A x = pass.values[index];
        A largest = pass.values[index + 1];
        for (int r = 0; r < corners.length; r++) {
            int to = to(g) + r * period;
            pass.kernels.copy(x, from(g) + corners[r], largest, to, period);
            for (int i = 1; i < square.length; i++) {
                pass.kernels.maximum(x, from(g) + corners[r] + square[i], largest, to, period);
            }
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        spread(pass, pass.deltas[index + 1], pass.deltas[index], g);
    }

    /** To the first of the largest pixels goes δ, to the others 0; nothing is left of δ. */
    private <A> void spread(PassMemory<A> pass, A delta, A to, int g) {
        if (corners.length * square.length < in.positions()) {
            pass.kernels.fill(to, from(g), in.size() * LANES, 0.0);
        }
        A x = pass.values[index];
        A largest = pass.values[index + 1];
        for (int r = 0; r < corners.length; r++) {
            int own = to(g) + r * period;
            for (int offset : square) {
                int at = from(g) + corners[r] + offset;
                pass.kernels.takeBack(x, at, largest, own, delta, own, to, at, period);
            }
        }
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        for (int r = 0; r < corners.length; r++) {
            pass.kernels.atMaximum(
                    pass.values[index],
                    from(g) + corners[r],
                    square,
                    pass.values[index + 1],
                    to(g) + r * period,
                    tangent.values[index],
                    from(g) + corners[r],
                    tangent.values[index + 1],
                    to(g) + r * period,
                    period);
        }
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        spread(pass, tangent.deltas[index + 1], tangent.deltas[index], g);
    }

    private int from(int g) {
        return g * in.size() * LANES;
    }

    private int to(int g) {
        return g * out.size() * LANES;
    }
}
