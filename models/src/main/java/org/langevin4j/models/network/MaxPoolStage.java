package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/** The largest of each square of pixels. */
final class MaxPoolStage extends Stage {

    /** Offsets of the pixels of a square. */
    private final int[] square;

    /** Where squares begin. */
    private final int[] corners;

    MaxPoolStage(int index, Shape in, int first, int edge) {
        super(index, in, pooled(in, edge), first, 0);
        square = new int[edge * edge];
        for (int t = 0; t < square.length; t++) {
            square[t] = LANES * (t / edge * in.width() + t % edge);
        }
        corners = new int[out.size()];
        for (int r = 0; r < corners.length; r++) {
            int p = r % out.positions();
            int row = p / out.width() * edge;
            corners[r] = LANES * (r / out.positions() * in.positions() + row * in.width() + p % out.width() * edge);
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
        for (int r = 0; r < corners.length; r++) {
            pass.kernels.maximum(
                    pass.values[index], from(g) + corners[r], square, pass.values[index + 1], to(g) + r * LANES);
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        spread(pass, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void spread(PassMemory<A> pass, A delta, A to, int g) {
        if (corners.length * square.length < in.size()) {
            pass.kernels.fill(to, from(g), in.size() * LANES, 0.0);
        }
        for (int r = 0; r < corners.length; r++) {
            pass.kernels.maximumBack(
                    pass.values[index],
                    from(g) + corners[r],
                    square,
                    pass.values[index + 1],
                    to(g) + r * LANES,
                    delta,
                    to(g) + r * LANES,
                    to,
                    from(g) + corners[r]);
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
                    to(g) + r * LANES,
                    tangent.values[index],
                    from(g) + corners[r],
                    tangent.values[index + 1],
                    to(g) + r * LANES);
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
