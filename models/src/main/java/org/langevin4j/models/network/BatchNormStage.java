package org.langevin4j.models.network;

import static org.langevin4j.models.network.Kernels.LANES;

/**
 * y = γû + δ with û = (u − μ)/√(σ² + ε) in each channel. In training μ and σ² are those of the mini-batch, and by Ioffe and Szegedy (2015)
 * ∂f/∂u = γ/√(σ² + ε) (∂f/∂y − mean(∂f/∂y) − û mean(û ∂f/∂y)).
 */
final class BatchNormStage extends Stage {

    /** ε, that of all who publish such networks. */
    static final double EPSILON = 1e-5;

    /** Number of the stage among those with statistics. */
    final int statistics;

    private final int channels;
    private final int positions;

    BatchNormStage(int index, Shape in, int first, int statistics) {
        super(index, in, in, first, 2 * in.channels());
        this.statistics = statistics;
        this.channels = in.channels();
        this.positions = in.positions();
    }

    private <A> double inverseDeviation(PassMemory<A> pass, int c) {
        return 1.0 / Math.sqrt(pass.variances[statistics][c] + EPSILON);
    }

    private <A> double scale(PassMemory<A> pass, int c) {
        return pass.kernels.get(pass.weights, first + c) * inverseDeviation(pass, c);
    }

    private int row(int g, int c) {
        return (g * in.size() + c * positions) * LANES;
    }

    @Override
    <A> void forward(PassMemory<A> pass, int g) {
        Kernels<A> k = pass.kernels;
        for (int c = 0; c < channels; c++) {
            double shift = k.get(pass.weights, first + channels + c);
            k.standardise(
                    pass.means[statistics][c],
                    scale(pass, c),
                    shift,
                    pass.values[index],
                    row(g, c),
                    pass.values[index + 1],
                    row(g, c),
                    positions * LANES);
        }
    }

    @Override
    <A> void backward(PassMemory<A> pass, int g) {
        scaled(pass, pass.deltas[index + 1], pass.deltas[index], g);
    }

    private <A> void scaled(PassMemory<A> pass, A from, A to, int g) {
        for (int c = 0; c < channels; c++) {
            pass.kernels.standardise(0.0, scale(pass, c), 0.0, from, row(g, c), to, row(g, c), positions * LANES);
        }
    }

    @Override
    <A> void gradient(PassMemory<A> pass, A rows) {
        gradient(pass, pass.deltas[index + 1], rows);
    }

    private <A> void gradient(PassMemory<A> pass, A delta, A rows) {
        Kernels<A> k = pass.kernels;
        k.fill(rows, first * LANES, weights * LANES, 0.0);
        for (int g = 0; g < pass.groups; g++) {
            for (int c = 0; c < channels; c++) {
                k.addCentredProducts(
                        pass.values[index],
                        row(g, c),
                        pass.means[statistics][c],
                        inverseDeviation(pass, c),
                        delta,
                        row(g, c),
                        positions,
                        rows,
                        (first + c) * LANES);
                k.addRows(pass.ones, 0, delta, row(g, c), positions, rows, (first + channels + c) * LANES);
            }
        }
    }

    @Override
    <A> void forwardTraining(PassMemory<A> pass) {
        pass.forEach(channels, c -> measure(pass, c));
        super.forwardTraining(pass);
    }

    /** Mean and variance of the mini-batch, whose lanes without a sample do not count. */
    private <A> void measure(PassMemory<A> pass, int c) {
        Kernels<A> k = pass.kernels;
        A sum = k.allocate(LANES + 1);
        for (int g = 0; g < pass.groups; g++) {
            k.addRows(pass.present, g * LANES, pass.values[index], row(g, c), positions, sum, 0);
        }
        k.laneSums(sum, 0, 1, sum, LANES);
        double count = (double) pass.samples * positions;
        double mean = k.get(sum, LANES) / count;
        k.fill(sum, 0, LANES, 0.0);
        for (int g = 0; g < pass.groups; g++) {
            k.addSquares(pass.present, g * LANES, pass.values[index], row(g, c), positions, mean, sum, 0);
        }
        k.laneSums(sum, 0, 1, sum, LANES);
        pass.means[statistics][c] = mean;
        pass.variances[statistics][c] = k.get(sum, LANES) / count;
    }

    @Override
    <A> void backwardTraining(PassMemory<A> pass) {
        Kernels<A> k = pass.kernels;
        A sums = k.allocate(weights);
        k.laneSums(pass.rows, first * LANES, weights, sums, 0);
        double count = (double) pass.samples * positions;
        pass.forEachGroup(g -> {
            for (int c = 0; c < channels; c++) {
                double scale = scale(pass, c);
                double slope = -scale * inverseDeviation(pass, c) * k.get(sums, c) / count;
                double shift = -scale * k.get(sums, channels + c) / count;
                A to = pass.deltas[index];
                k.standardise(
                        pass.means[statistics][c],
                        slope,
                        shift,
                        pass.values[index],
                        row(g, c),
                        to,
                        row(g, c),
                        positions * LANES);
                k.addMultiple(scale, pass.deltas[index + 1], row(g, c), to, row(g, c), positions * LANES);
            }
            k.multiplyRows(pass.present, g * LANES, pass.deltas[index], row(g, 0), in.size());
        });
    }

    @Override
    <A> void forwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        scaled(pass, tangent.values[index], tangent.values[index + 1], g);
        A other = k.allocate(positions * LANES);
        for (int c = 0; c < channels; c++) {
            double slope = k.get(tangent.weights, first + c) * inverseDeviation(pass, c);
            double shift = k.get(tangent.weights, first + channels + c);
            k.standardise(
                    pass.means[statistics][c],
                    slope,
                    shift,
                    pass.values[index],
                    row(g, c),
                    other,
                    0,
                    positions * LANES);
            k.addMultiple(1.0, other, 0, tangent.values[index + 1], row(g, c), positions * LANES);
        }
    }

    @Override
    <A> void backwardTangent(PassMemory<A> pass, PassMemory<A> tangent, int g) {
        Kernels<A> k = pass.kernels;
        scaled(pass, tangent.deltas[index + 1], tangent.deltas[index], g);
        for (int c = 0; c < channels; c++) {
            double slope = k.get(tangent.weights, first + c) * inverseDeviation(pass, c);
            k.addMultiple(
                    slope, pass.deltas[index + 1], row(g, c), tangent.deltas[index], row(g, c), positions * LANES);
        }
    }

    @Override
    <A> void gradientTangent(PassMemory<A> pass, PassMemory<A> tangent, A rows) {
        Kernels<A> k = pass.kernels;
        gradient(pass, tangent.deltas[index + 1], rows);
        for (int g = 0; g < pass.groups; g++) {
            for (int c = 0; c < channels; c++) {
                k.addCentredProducts(
                        tangent.values[index],
                        row(g, c),
                        0.0,
                        inverseDeviation(pass, c),
                        pass.deltas[index + 1],
                        row(g, c),
                        positions,
                        rows,
                        (first + c) * LANES);
            }
        }
    }
}
