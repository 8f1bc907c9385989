package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * y = W∗u + c: a convolution, or with a window as large as the image a dense layer. In the order of the weights
 * [output o][input i][window position t], y[p, o] = c[o] + Σ W[o, i, t] u[q(p, t), i].
 */
final class LinearStage extends Stage {

    /** Rows of δ and u that are near in the cache while they meet one window position after the other. */
    private static final int TILE = 768;

    /** Inputs of a dense layer that one thread takes. */
    private static final int PART = 8;

    private final int inputs;
    private final int outputs;
    private final int window;
    private final Place[] forward;
    private final Place[] backward;
    /** For each tile of output pixels and each window position; of a single output pixel it meets in all groups in one go. */
    private final Pairs[][] pairs;

    /** Whether there is but one output pixel. */
    private final boolean dense;

    /** What meets at one pixel, and the row from which the offsets count. */
    private record Place(Taps taps, int base) {}

    private LinearStage(
            int index, Shape in, Shape from, Shape out, int first, int height, int width, int stride, int padding) {
        super(index, in, out, first, out.channels() * (from.channels() * height * width + 1));
        this.inputs = from.channels();
        this.outputs = out.channels();
        this.window = height * width;
        this.dense = out.positions() == 1;
        this.forward = new Place[out.positions()];
        this.backward = new Place[from.positions()];
        int tile = Math.max(8, TILE / (inputs + outputs));
        this.pairs = new Pairs[dense ? 1 : (out.positions() + tile - 1) / tile][window];
        List<List<int[]>> atOutput = lists(out.positions());
        List<List<int[]>> atInput = lists(from.positions());
        List<List<int[]>> atTap = lists(window);
        for (int p = 0; p < out.positions(); p++) {
            for (int t = 0; t < window; t++) {
                int y = p / out.width() * stride + t / width - padding;
                int x = p % out.width() * stride + t % width - padding;
                if (y >= 0 && y < from.height() && x >= 0 && x < from.width()) {
                    int q = y * from.width() + x;
                    atOutput.get(p).add(new int[] {t, q});
                    atInput.get(q).add(new int[] {t, p});
                    atTap.get(t).add(new int[] {p, q});
                }
            }
        }
        places(atOutput, inputs * outputs, outputs, inputs, forward);
        places(atInput, inputs * outputs, inputs, outputs, backward);
        int[] deltasOfGroups = spaced(out.size(), 0);
        for (int t = 0; t < window; t++) {
            for (int n = 0; n < pairs.length; n++) {
                int number = n;
                List<int[]> list = atTap.get(t).stream()
                        .filter(pair -> pair[0] / tile == number)
                        .toList();
                pairs[n][t] = dense && !list.isEmpty()
                        ? new Pairs(deltasOfGroups, spaced(in.size(), list.get(0)[1] * inputs))
                        : new Pairs(spread(list, 0, outputs), spread(list, 1, inputs));
            }
        }
    }

    private static int[] spread(List<int[]> pairs, int which, int channels) {
        return pairs.stream().mapToInt(pair -> LANES * channels * pair[which]).toArray();
    }

    private static int[] spaced(int rows, int first) {
        return IntStream.range(0, PassMemory.MOST_GROUPS)
                .map(g -> (g * rows + first) * LANES)
                .toArray();
    }

    static LinearStage dense(int index, Shape in, int outputs, int first) {
        Shape from = in.channels() == 1 ? Shape.vector(in.size()) : in;
        return new LinearStage(index, in, from, Shape.vector(outputs), first, from.height(), from.width(), 1, 0);
    }

    static LinearStage convolution(int index, Shape in, Layer.Convolution layer, int first) {
        int edge = layer.edge();
        int height = (in.height() + 2 * layer.padding() - edge) / layer.stride() + 1;
        int width = (in.width() + 2 * layer.padding() - edge) / layer.stride() + 1;
        if (in.height() + 2 * layer.padding() < edge || in.width() + 2 * layer.padding() < edge) {
            throw new IllegalArgumentException("the window of " + layer + " is larger than the image, " + in);
        }
        Shape out = new Shape(layer.outputs(), height, width);
        return new LinearStage(index, in, in, out, first, edge, edge, layer.stride(), layer.padding());
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
            List<List<int[]>> met, int weightsOfTap, int weightStride, int channels, Place[] places) {
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
                            list.stream()
                                    .mapToInt(pair -> pair[0] * weightsOfTap)
                                    .toArray(),
                            list.stream()
                                    .mapToInt(pair -> (pair[1] - base) * channels * LANES)
                                    .toArray()));
            places[p] = new Place(taps, base * channels * LANES);
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
        int[] lengths = {outputs, inputs, window};
        int length = outputs * inputs * window;
        int[] forwards = {1, outputs, inputs * outputs};
        pass.kernels.rearrange(pass.weights, first, lengths, forwards, pass.packed(index, 0, length));
        if (index > 0) {
            int[] backwards = {inputs, 1, outputs * inputs};
            pass.kernels.rearrange(pass.weights, first, lengths, backwards, pass.packed(index, 1, length));
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
                    from,
                    start + forward[p].base,
                    bias,
                    biases,
                    to,
                    target + p * outputs * LANES);
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
                    from,
                    start + backward[q].base,
                    packed.weights,
                    -1,
                    to,
                    target + q * inputs * LANES);
        }
    }

    @Override
    boolean takesAllGroups() {
        return dense;
    }

    @Override
    <A> void gradient(PassMemory<A> pass, int g, A rows, boolean add) {
        crossProducts(pass, pass.deltas[index + 1], pass.values[index], g, rows, add);
        biasRows(pass, pass.deltas[index + 1], g, 1, rows, add);
    }

    @Override
    <A> void gradientOfAll(PassMemory<A> pass, A rows) {
        crossProductsOfAll(pass, pass.deltas[index + 1], pass.values[index], rows);
        biasRows(pass, pass.deltas[index + 1], 0, pass.groups, rows, false);
    }

    /** Of a single output pixel the products δx themselves, without a way over rows. */
    @Override
    <A> void ofSamples(PassMemory<A> pass, double[][] to, int toFirst) {
        if (!dense) {
            super.ofSamples(pass, to, toFirst);
            return;
        }
        Kernels<A> k = pass.kernels;
        int length = inputs * window;
        A x = pass.packed(index, 2, length);
        for (int lane = 0; lane < pass.samples; lane++) {
            double[] row = to[toFirst + lane];
            for (int j = 0; j < length; j++) {
                int[] met = pairs[0][j % window].rows;
                double value = met.length == 0 ? 0.0 : k.get(pass.values[index], met[0] + j / window * LANES + lane);
                k.set(x, j, value);
            }
            for (int o = 0; o < outputs; o++) {
                double delta = k.get(pass.deltas[index + 1], o * LANES + lane);
                k.multiples(delta, x, length, row, first + o * length);
                row[biases() + o] = 0.0 + delta;
            }
        }
    }

    private <A> void crossProducts(PassMemory<A> pass, A delta, A value, int g, A rows, boolean add) {
        for (int n = 0; n < pairs.length; n++) {
            pass.kernels.crossProducts(
                    pairs[n],
                    Integer.MAX_VALUE,
                    add || n > 0,
                    outputs,
                    inputs,
                    delta,
                    g * out.size() * LANES,
                    value,
                    g * in.size() * LANES,
                    rows,
                    first * LANES,
                    inputs * window * LANES,
                    window * LANES);
        }
    }

    private <A> void crossProductsOfAll(PassMemory<A> pass, A delta, A value, A rows) {
        pass.forEach(
                (inputs + PART - 1) / PART,
                part -> pass.kernels.crossProducts(
                        pairs[0],
                        pass.groups,
                        false,
                        outputs,
                        Math.min(PART, inputs - part * PART),
                        delta,
                        0,
                        value,
                        part * PART * LANES,
                        rows,
                        (first + part * PART * window) * LANES,
                        inputs * window * LANES,
                        window * LANES));
    }

    /** Of some groups in a row. */
    private <A> void biasRows(PassMemory<A> pass, A delta, int g, int groups, A rows, boolean add) {
        Kernels<A> k = pass.kernels;
        int period = outputs * LANES;
        if (!add) {
            k.fill(rows, biases() * LANES, period, 0.0);
        }
        int group = out.size() * LANES;
        k.addPeriods(delta, g * group, groups * group, rows, biases() * LANES, period);
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
        A other = tangent.otherRows();
        if (dense) {
            crossProductsOfAll(pass, tangent.deltas[index + 1], pass.values[index], rows);
            crossProductsOfAll(pass, pass.deltas[index + 1], tangent.values[index], other);
        } else {
            for (int g = 0; g < pass.groups; g++) {
                crossProducts(pass, tangent.deltas[index + 1], pass.values[index], g, rows, g > 0);
                crossProducts(pass, pass.deltas[index + 1], tangent.values[index], g, other, g > 0);
            }
        }
        int length = outputs * inputs * window * LANES;
        pass.kernels.addMultiple(1.0, other, first * LANES, rows, first * LANES, length);
        biasRows(pass, tangent.deltas[index + 1], 0, pass.groups, rows, false);
    }
}
