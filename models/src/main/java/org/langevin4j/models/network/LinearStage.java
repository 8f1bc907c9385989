package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * y = W∗u + c: a convolution, or as one with a window of one pixel on an image of one pixel a dense layer. In the order of the weights
 * [output o][input i][window position t], y[o, p] = c[o] + Σ W[o, i, t] u[i, q(p, t)].
 */
final class LinearStage extends Stage {

    /** Rows of δ that stay in the first cache while they meet one window position after the other. */
    private static final int TILE = 384;

    /** Window positions of one thread. */
    private static final int RANGE = 64;

    private final int inputs;
    private final int outputs;
    private final int window;
    private final Place[] forward;
    private final Place[] backward;
    /** For each tile of output pixels and each window position. */
    private final Pairs[][] pairs;

    /** Whether there is but one pixel. */
    private final boolean dense;

    /** What meets at one pixel, and the row from which the offsets count. */
    private record Place(Taps taps, int base) {}

    private LinearStage(int index, Shape in, Shape from, Shape out, int first, int edge, int stride, int padding) {
        super(index, in, out, first, out.channels() * (from.channels() * edge * edge + 1));
        this.inputs = from.channels();
        this.outputs = out.channels();
        this.window = edge * edge;
        this.dense = from.positions() == 1;
        this.forward = new Place[out.positions()];
        this.backward = new Place[from.positions()];
        int tile = Math.max(8, TILE / outputs);
        this.pairs = new Pairs[dense ? 1 : (out.positions() + tile - 1) / tile][window];
        List<List<int[]>> atOutput = lists(out.positions());
        List<List<int[]>> atInput = lists(from.positions());
        List<List<int[]>> atTap = lists(window);
        for (int p = 0; p < out.positions(); p++) {
            for (int t = 0; t < window; t++) {
                int y = p / out.width() * stride + t / edge - padding;
                int x = p % out.width() * stride + t % edge - padding;
                if (y >= 0 && y < from.height() && x >= 0 && x < from.width()) {
                    int q = y * from.width() + x;
                    atOutput.get(p).add(new int[] {t, q});
                    atInput.get(q).add(new int[] {t, p});
                    atTap.get(t).add(new int[] {p, q});
                }
            }
        }
        places(atOutput, window * outputs, outputs, from.positions(), inputs, forward);
        places(atInput, window * inputs, inputs, out.positions(), outputs, backward);
        if (dense) {
            // One pair in each group: all groups in one go.
            pairs[0][0] = new Pairs(spaced(out.size()), spaced(in.size()));
            return;
        }
        for (int t = 0; t < window; t++) {
            for (int n = 0; n < pairs.length; n++) {
                int number = n;
                List<int[]> list = atTap.get(t).stream()
                        .filter(pair -> pair[0] / tile == number)
                        .toList();
                pairs[n][t] = new Pairs(
                        list.stream().mapToInt(pair -> LANES * pair[0]).toArray(),
                        list.stream().mapToInt(pair -> LANES * pair[1]).toArray());
            }
        }
    }

    private static int[] spaced(int rows) {
        return IntStream.range(0, PassMemory.MOST_GROUPS)
                .map(g -> g * rows * LANES)
                .toArray();
    }

    static LinearStage dense(int index, Shape in, int outputs, int first) {
        return new LinearStage(index, in, Shape.vector(in.size()), Shape.vector(outputs), first, 1, 1, 0);
    }

    static LinearStage convolution(int index, Shape in, Layer.Convolution layer, int first) {
        int edge = layer.edge();
        int height = (in.height() + 2 * layer.padding() - edge) / layer.stride() + 1;
        int width = (in.width() + 2 * layer.padding() - edge) / layer.stride() + 1;
        if (in.height() + 2 * layer.padding() < edge || in.width() + 2 * layer.padding() < edge) {
            throw new IllegalArgumentException("the window of " + layer + " is larger than the image, " + in);
        }
        return new LinearStage(
                index, in, in, new Shape(layer.outputs(), height, width), first, edge, layer.stride(), layer.padding());
    }

    private static List<List<int[]>> lists(int count) {
        List<List<int[]>> lists = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    /** Pixels that meet the same window positions share their offsets. */
    private static void places(
            List<List<int[]>> met, int weightStride, int perTap, int positions, int channels, Place[] places) {
        Map<List<Integer>, Taps> known = new HashMap<>();
        for (int p = 0; p < places.length; p++) {
            List<int[]> list = met.get(p);
            int base = list.isEmpty() ? 0 : list.get(0)[1];
            List<Integer> key = new ArrayList<>();
            for (int[] pair : list) {
                key.add(pair[0]);
                key.add(pair[1] - base);
            }
            Taps taps = known.computeIfAbsent(
                    key,
                    any -> new Taps(
                            channels,
                            weightStride,
                            positions * LANES,
                            list.stream().mapToInt(pair -> pair[0] * perTap).toArray(),
                            list.stream()
                                    .mapToInt(pair -> (pair[1] - base) * LANES)
                                    .toArray()));
            places[p] = new Place(taps, base * LANES);
        }
    }

    private int biases() {
        return first + outputs * inputs * window;
    }

    /** Number of inputs of an output, which decides the size of the first weights. */
    int fanIn() {
        return inputs * window;
    }

    @Override
    <A> void prepare(PassMemory<A> pass) {
        Kernels<A> k = pass.kernels;
        A forwards = pass.packed(index, 0, outputs * inputs * window);
        A backwards = pass.packed(index, 1, outputs * inputs * window);
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int t = 0; t < window; t++) {
                    double weight = k.get(pass.weights, first + (o * inputs + i) * window + t);
                    k.set(forwards, (i * window + t) * outputs + o, weight);
                    k.set(backwards, (o * window + t) * inputs + i, weight);
                }
            }
        }
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        apply(pass, pass.weights, biases(), pass.values[index], pass.values[index + 1], g);
    }

    /** Wu + c, or without c if {@code biases} is negative. */
    private <A> void apply(PassMemory<A> packed, A bias, int biases, A from, A to, int g) {
        A w = packed.packed(index, 0, 0);
        int start = g * in.size() * LANES;
        int target = g * out.size() * LANES;
        for (int p = 0; p < forward.length; p++) {
            packed.kernels.products(
                    forward[p].taps,
                    outputs,
                    w,
                    0,
                    from,
                    start + forward[p].base,
                    bias,
                    biases,
                    to,
                    target + p * LANES,
                    out.positions() * LANES);
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        applyTransposed(pass, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void applyTransposed(PassMemory<A> packed, A from, A to, int g) {
        A w = packed.packed(index, 1, 0);
        int start = g * out.size() * LANES;
        int target = g * in.size() * LANES;
        for (int q = 0; q < backward.length; q++) {
            packed.kernels.products(
                    backward[q].taps,
                    inputs,
                    w,
                    0,
                    from,
                    start + backward[q].base,
                    packed.weights,
                    -1,
                    to,
                    target + q * LANES,
                    backward.length * LANES);
        }
    }

    @Override
    <A> void gradient(PassMemory<A> pass, A rows) {
        Kernels<A> k = pass.kernels;
        crossProducts(pass, pass.deltas[index + 1], pass.values[index], rows);
        biasRows(k, pass, pass.deltas[index + 1], rows);
    }

    private <A> void crossProducts(PassMemory<A> pass, A delta, A value, A rows) {
        int all = inputs * window;
        pass.forEach((all + RANGE - 1) / RANGE, part -> {
            int from = part * RANGE;
            int to = Math.min(from + RANGE, all);
            for (int g = 0; g < (dense ? 1 : pass.groups); g++) {
                for (int n = 0; n < pairs.length; n++) {
                    for (int it = from; it < to; it++) {
                        Pairs met = pairs[n][it % window];
                        pass.kernels.crossProducts(
                                met,
                                dense ? pass.groups : met.rows.length,
                                g > 0 || n > 0,
                                outputs,
                                delta,
                                g * out.size() * LANES,
                                out.positions() * LANES,
                                value,
                                (g * in.size() + it / window * backward.length) * LANES,
                                rows,
                                (first + it) * LANES,
                                all * LANES);
                    }
                }
            }
        });
    }

    private <A> void biasRows(Kernels<A> k, PassMemory<A> pass, A delta, A rows) {
        k.fill(rows, biases() * LANES, outputs * LANES, 0.0);
        for (int g = 0; g < pass.groups; g++) {
            for (int o = 0; o < outputs; o++) {
                int start = (g * out.size() + o * out.positions()) * LANES;
                k.addRows(pass.ones, 0, delta, start, out.positions(), rows, (biases() + o) * LANES);
            }
        }
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        A change = tangent.values[index + 1];
        A other = tangent.scratch();
        apply(pass, tangent.weights, biases(), tangent.values[index], change, g);
        apply(tangent, tangent.weights, -1, pass.values[index], other, g);
        int start = g * out.size() * LANES;
        k.addMultiple(1.0, other, start, change, start, out.size() * LANES);
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        A change = tangent.deltas[index];
        A other = tangent.scratch();
        applyTransposed(pass, tangent.deltas[index + 1], change, g);
        applyTransposed(tangent, pass.deltas[index + 1], other, g);
        int start = g * in.size() * LANES;
        k.addMultiple(1.0, other, start, change, start, in.size() * LANES);
    }

    @Override
    <A> void gradientTangent(PassMemory<A> pass, PassMemory<A> tangent, A rows) {
        Kernels<A> k = pass.kernels;
        crossProducts(pass, tangent.deltas[index + 1], pass.values[index], rows);
        A other = tangent.otherRows();
        crossProducts(pass, pass.deltas[index + 1], tangent.values[index], other);
        k.addMultiple(1.0, other, first * LANES, rows, first * LANES, outputs * inputs * window * LANES);
        biasRows(k, pass, tangent.deltas[index + 1], rows);
    }
}
