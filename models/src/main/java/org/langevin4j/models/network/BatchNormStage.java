package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/**
 * y = γû + δ with û = (u − μ)/√(σ² + ε) in each channel. In training μ and σ² are those of the mini-batch, and by Ioffe and Szegedy (2015)
 * ∂f/∂u = γ/√(σ² + ε) (∂f/∂y − mean(∂f/∂y) − û mean(û ∂f/∂y)).
 */
final class BatchNormStage extends Stage {

    /** ε, that of all who publish such networks. */
    static final double EPSILON = 1e-5;

    /** Numbers of arrays with a row for each channel: μ, 1/√(σ² + ε), γ/√(σ² + ε), δ, two factors on the way back, 0. */
    private static final int CENTRE = 0;

    private static final int INVERSE = 1;
    private static final int SCALE = 2;
    private static final int SHIFT = 3;
    private static final int SLOPE = 4;
    private static final int OFFSET = 5;
    private static final int ZERO = 6;

    /** Numbers of arrays with two rows for each channel in each part of the mini-batch, and with two numbers for each. */
    private static final int SUMS = 7;

    private static final int MOMENTS = 8;

    /** Number of the stage among those with statistics. */
    final int statistics;

    /** Whether max(y, 0) goes out, for the layer that follows. */
    private final boolean cut;

    private final int channels;
    private final int positions;
    private final int period;

    BatchNormStage(int index, Shape in, int first, int statistics, boolean cut) {
        super(index, in, in, first, 2 * in.channels());
        this.statistics = statistics;
        this.cut = cut;
        this.channels = in.channels();
        this.positions = in.positions();
        this.period = channels * LANES;
    }

    private int start(int g) {
        return g * in.size() * LANES;
    }

    private int length() {
        return in.size() * LANES;
    }

    private <A> A rows(PassMemory<A> pass, int which) {
        return pass.packed(index, which, period);
    }

    private static <A> void set(Kernels<A> k, A rows, int c, double value) {
        k.fill(rows, c * LANES, LANES, value);
    }

    private <A> double inverseDeviation(PassMemory<A> pass, int c) {
        return 1.0 / Math.sqrt(pass.variances[statistics][c] + EPSILON);
    }

    @Override
    <A> void prepare(PassMemory<A> pass) {
        for (int which = CENTRE; which <= ZERO; which++) {
            rows(pass, which);
        }
        if (pass.training) {
            pass.packed(index, SUMS, Math.max(2, pass.capacity) * 2 * period);
            pass.packed(index, MOMENTS, Math.max(2, pass.capacity) * 2 * channels);
        }
    }

    @Override
    <A> void useStatistics(PassMemory<A> pass) {
        Kernels<A> k = pass.kernels;
        for (int c = 0; c < channels; c++) {
            double inverse = inverseDeviation(pass, c);
            set(k, rows(pass, CENTRE), c, pass.means[statistics][c]);
            set(k, rows(pass, INVERSE), c, inverse);
            set(k, rows(pass, SCALE), c, k.get(pass.weights, first + c) * inverse);
            set(k, rows(pass, SHIFT), c, k.get(pass.weights, first + channels + c));
        }
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        Kernels<A> k = pass.kernels;
        A centre = rows(pass, CENTRE);
        A scale = rows(pass, SCALE);
        A shift = rows(pass, SHIFT);
        A from = pass.values[index];
        A to = pass.values[index + 1];
        if (cut) {
            k.standardiseCut(centre, scale, shift, period, from, start(g), to, start(g), length());
        } else {
            k.standardise(centre, scale, shift, period, from, start(g), to, start(g), length());
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        scaled(pass, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void scaled(PassMemory<A> pass, A from, A to, int g) {
        A zeros = rows(pass, ZERO);
        pass.kernels.standardise(zeros, rows(pass, SCALE), zeros, period, from, start(g), to, start(g), length());
    }

    @Override
    <A> void gradient(PassMemory<A> pass, int g, A rows, boolean add) {
        if (!add) {
            pass.kernels.fill(rows, first * LANES, 2 * period, 0.0);
        }
        if (!cut) {
            addGradient(pass, pass.deltas[index + 1], g, rows);
            return;
        }
        pass.kernels.cutBack(
                rows(pass, CENTRE),
                rows(pass, INVERSE),
                rows(pass, SCALE),
                rows(pass, SHIFT),
                period,
                pass.values[index],
                start(g),
                pass.deltas[index + 1],
                start(g),
                length(),
                rows,
                first * LANES);
    }

    private <A> void addGradient(PassMemory<A> pass, A delta, int g, A rows) {
        Kernels<A> k = pass.kernels;
        k.addCentredProducts(
                rows(pass, CENTRE),
                rows(pass, INVERSE),
                pass.values[index],
                start(g),
                delta,
                start(g),
                length(),
                rows,
                first * LANES,
                period);
        k.addPeriods(delta, start(g), length(), rows, first * LANES + period, period);
    }

    @Override
    boolean couples() {
        return true;
    }

    /** Groups that are measured together: each by itself if threads share them, else those that are full and the one that is not. */
    private static int parts(PassMemory<?> pass) {
        return pass.hasRowsOfGroups() ? pass.groups : pass.samples % LANES == 0 || pass.samples < LANES ? 1 : 2;
    }

    private static int end(PassMemory<?> pass, int part) {
        return pass.hasRowsOfGroups() ? part + 1 : part == 0 ? Math.max(1, pass.samples / LANES) : pass.groups;
    }

    private static int begin(PassMemory<?> pass, int part) {
        return part == 0 ? 0 : end(pass, part - 1);
    }

    /** How many numbers of a channel a part has. */
    private double count(PassMemory<?> pass, int part) {
        return (double) positions * (Math.min(end(pass, part) * LANES, pass.samples) - begin(pass, part) * LANES);
    }

    @Override
    <A> void measure(PassMemory<A> pass, int g) {
        if (pass.hasRowsOfGroups()) {
            measurePart(pass, g);
        }
    }

    /** For each channel the mean, and the sum of the squares of what differs from it; lanes without a sample do not count. */
    private <A> void measurePart(PassMemory<A> pass, int part) {
        Kernels<A> k = pass.kernels;
        A sums = pass.packed(index, SUMS, 0);
        A moments = pass.packed(index, MOMENTS, 0);
        A value = pass.values[index];
        int first = begin(pass, part);
        int last = end(pass, part) - 1;
        int length = (last + 1 - first) * length();
        int own = part * 2 * period;
        int centre = own + period;
        int mean = part * 2 * channels;
        k.fill(sums, own, period, 0.0);
        k.addPeriods(value, start(first), length, sums, own, period);
        k.multiplyRows(pass.present, last * LANES, sums, own, channels);
        k.laneSums(sums, own, channels, moments, mean);
        k.scale(1.0 / count(pass, part), moments, mean, channels);
        k.spread(moments, mean, channels, sums, centre);
        k.fill(sums, own, period, 0.0);
        k.addSquares(sums, centre, value, start(first), length, sums, own, period);
        k.multiplyRows(pass.present, last * LANES, sums, own, channels);
        k.laneSums(sums, own, channels, moments, mean + channels);
    }

    /** Means and squares of all from these of the parts, by Chan, Golub and LeVeque (1983). */
    @Override
    <A> void meet(PassMemory<A> pass) {
        Kernels<A> k = pass.kernels;
        A moments = pass.packed(index, MOMENTS, 0);
        int parts = parts(pass);
        double[] counts = new double[parts];
        for (int part = 0; part < parts; part++) {
            counts[part] = count(pass, part);
            if (!pass.hasRowsOfGroups()) {
                measurePart(pass, part);
            }
        }
        double all = (double) pass.samples * positions;
        for (int c = 0; c < channels; c++) {
            double mean = 0.0;
            for (int part = 0; part < parts; part++) {
                mean += counts[part] / all * k.get(moments, part * 2 * channels + c);
            }
            double squares = 0.0;
            for (int part = 0; part < parts; part++) {
                double off = k.get(moments, part * 2 * channels + c) - mean;
                squares += k.get(moments, (part * 2 + 1) * channels + c) + counts[part] * off * off;
            }
            pass.means[statistics][c] = mean;
            pass.variances[statistics][c] = squares / all;
        }
        useStatistics(pass);
    }

    @Override
    <A> void meetBack(PassMemory<A> pass) {
        Kernels<A> k = pass.kernels;
        A sums = pass.packed(index, MOMENTS, 0);
        k.laneSums(pass.rows, first * LANES, 2 * channels, sums, 0);
        double count = (double) pass.samples * positions;
        for (int c = 0; c < channels; c++) {
            double inverse = inverseDeviation(pass, c);
            double scale = k.get(pass.weights, first + c) * inverse;
            set(k, rows(pass, SLOPE), c, -scale * inverse * k.get(sums, c) / count);
            set(k, rows(pass, OFFSET), c, -scale * k.get(sums, channels + c) / count);
        }
    }

    @Override
    <A> void backwardTraining(PassMemory<A> pass, int g) {
        Kernels<A> k = pass.kernels;
        k.standardiseBack(
                rows(pass, CENTRE),
                rows(pass, SLOPE),
                rows(pass, OFFSET),
                rows(pass, SCALE),
                period,
                pass.values[index],
                start(g),
                pass.deltas[index + 1],
                start(g),
                pass.deltas[index],
                start(g),
                length());
        if (pass.samples < (g + 1) * LANES) {
            k.multiplyRows(pass.present, g * LANES, pass.deltas[index], start(g), in.size());
        }
    }

    /** γ′/√(σ² + ε), and with it μ and δ′, where a pass along the weights has its own. */
    private <A> void useChange(PassMemory<A> pass, PassMemory<A> tangent) {
        Kernels<A> k = pass.kernels;
        for (int c = 0; c < channels; c++) {
            set(k, rows(tangent, SCALE), c, k.get(tangent.weights, first + c) * inverseDeviation(pass, c));
            set(k, rows(tangent, SHIFT), c, k.get(tangent.weights, first + channels + c));
        }
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        useChange(pass, tangent);
        scaled(pass, tangent.values[index], tangent.values[index + 1], g);
        A other = tangent.scratch();
        k.standardise(
                rows(pass, CENTRE),
                rows(tangent, SCALE),
                rows(tangent, SHIFT),
                period,
                pass.values[index],
                start(g),
                other,
                start(g),
                length());
        k.addMultiple(1.0, other, start(g), tangent.values[index + 1], start(g), length());
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        scaled(pass, tangent.deltas[index + 1], tangent.deltas[index], g);
        A other = tangent.scratch();
        A zeros = rows(pass, ZERO);
        k.standardise(
                zeros,
                rows(tangent, SCALE),
                zeros,
                period,
                pass.deltas[index + 1],
                start(g),
                other,
                start(g),
                length());
        k.addMultiple(1.0, other, start(g), tangent.deltas[index], start(g), length());
    }

    @Override
    <A> void gradientTangent(PassMemory<A> pass, PassMemory<A> tangent, A rows) {
        Kernels<A> k = pass.kernels;
        k.fill(rows, first * LANES, 2 * period, 0.0);
        for (int g = 0; g < pass.groups; g++) {
            addGradient(pass, tangent.deltas[index + 1], g, rows);
            k.addCentredProducts(
                    rows(pass, ZERO),
                    rows(pass, INVERSE),
                    tangent.values[index],
                    start(g),
                    pass.deltas[index + 1],
                    start(g),
                    length(),
                    rows,
                    first * LANES,
                    period);
        }
    }
}
