package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TailIndex;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Whether the noise of mini-batches has heavy tails (Şimşekli et al. 2019, arXiv:1901.06053; against it Panigrahi et al. 2019, arXiv:1910.09626, and Xie et al.
 * 2021, arXiv:2002.03495): tail indices over all coordinates of one gradient, and of each coordinate over many mini-batches, by layer and size of
 * mini-batches, beside Gaussian noise of the same D and stable noise, both of the same size. Sums of stable variables keep their index.
 */
final class HeavyTails {

    private static final int[] SIZES = {32, 128, 512};

    /** Mini-batches drawn at once. */
    private static final int BLOCK = 100;

    /** Coordinates that the estimator sums; about √d of the measured network. */
    private static final int SUMMED = 31;

    /** Groups of draws, from whose spread errors come. */
    private static final int GROUPS = 6;

    /** The index of Şimşekli et al. is between 1.2 and 1.8. */
    private static final double STABLE = 1.7;

    private static final String GAUSSIAN = "Gaussian of the same D";

    private static final String OF_STABLE = "stable, α = " + STABLE;

    /** tiny-fc's weights in their order: where each layer begins. */
    private static final Map<String, int[]> LAYERS = layers();

    private HeavyTails() {}

    private static Map<String, int[]> layers() {
        Map<String, int[]> layers = new LinkedHashMap<>();
        layers.put("first weights", new int[] {0, 784});
        layers.put("batch normalisation", new int[] {800, 832});
        layers.put("second weights", new int[] {832, 912});
        return layers;
    }

    static void write(GradientSource source, boolean known, Sheet sheet) throws IOException {
        int draws = sheet.choose(600, 2400, 6000);
        Map<String, double[][]> noises = new LinkedHashMap<>();
        Seed seed = sheet.seed().derive(181);
        for (int b : SIZES) {
            noises.put("b = " + b, drawn(source.diffusion(), b, draws, seed.derive(b)));
        }
        noises.put(GAUSSIAN, gaussian(source.diffusion(), draws, seed.derive(1)));
        noises.put(OF_STABLE, stable(draws, Math.min(200, source.diffusion().dimension()), seed.derive(2)));
        together(source, known, noises, sheet);
        apart(source, noises, sheet);
        draw(source, noises, sheet);
    }

    /** Rows are coordinates, with one number a mini-batch. */
    private static double[][] drawn(MeasuredDiffusion diffusion, int b, int draws, Seed seed) {
        UniformStream uniform = UniformStream.of(seed);
        int n = diffusion.samples();
        return blocks(diffusion, draws, (first, xi) -> {
            for (int k = 0; k < BLOCK; k++) {
                for (int s = 0; s < b; s++) {
                    xi[(int) (uniform.at(first + k, s, 0) * n)][k] += Math.sqrt(n) / b;
                }
            }
        });
    }

    private static double[][] gaussian(MeasuredDiffusion diffusion, int draws, Seed seed) {
        NormalStream normal = NormalStream.of(seed);
        return blocks(diffusion, draws, (first, xi) -> normal.fill(first, BLOCK, 0, xi));
    }

    /** Fills noises of a block, which are zero before. */
    private interface Filling {
        void fill(int first, double[][] xi);
    }

    private static double[][] blocks(MeasuredDiffusion diffusion, int draws, Filling filling) {
        double[][] all = new double[diffusion.dimension()][draws];
        double[][] xi = new double[diffusion.noiseDimension()][BLOCK];
        double[][] out = new double[diffusion.dimension()][BLOCK];
        for (int first = 0; first < draws; first += BLOCK) {
            for (double[] row : xi) {
                Arrays.fill(row, 0.0);
            }
            filling.fill(first, xi);
            diffusion.factorTimesBlock(out, xi, BLOCK, out);
            for (int i = 0; i < out.length; i++) {
                System.arraycopy(out[i], 0, all[i], first, BLOCK);
            }
        }
        return all;
    }

    /** Chambers, Mallows and Stuck (1976). */
    private static double[][] stable(int draws, int coordinates, Seed seed) {
        UniformStream uniform = UniformStream.of(seed);
        double[][] all = new double[coordinates][draws];
        for (int i = 0; i < coordinates; i++) {
            for (int t = 0; t < draws; t++) {
                double v = Math.PI * (uniform.at(i, t, 0) - 0.5);
                double w = -Math.log(1.0 - uniform.at(i, t, 1));
                all[i][t] = Math.sin(STABLE * v)
                        / Math.pow(Math.cos(v), 1.0 / STABLE)
                        * Math.pow(Math.cos((1.0 - STABLE) * v) / w, (1.0 - STABLE) / STABLE);
            }
        }
        return all;
    }

    /** Coordinates taken for independent and of one law, as Şimşekli et al. take them; in truth their variances range over decades. */
    private static void together(GradientSource source, boolean known, Map<String, double[][]> noises, Sheet sheet) {
        Evidence evidence = sheet.supplement(
                "A tail index over all coordinates, which Gaussian noise of the same D has as well, for "
                        + source.description());
        noises.forEach((name, rows) -> {
            if (!name.equals(OF_STABLE)) {
                RunningMoments index = new RunningMoments(1);
                for (int t = 0; t < rows[0].length; t++) {
                    int draw = t;
                    index.add(TailIndex.ofStable(
                            Arrays.stream(rows).mapToDouble(row -> row[draw]).toArray(), SUMMED));
                }
                var line =
                        evidence.measure("tail index, " + name, index.mean(0)).standardError(index.standardError(0));
                if (known && name.equals(GAUSSIAN)) {
                    line.atMost(1.8, standardErrors(4), literature("2 for Gaussian noise, below it for heavy tails"));
                }
            }
        });
    }

    private static void apart(GradientSource source, Map<String, double[][]> noises, Sheet sheet) {
        Evidence evidence = sheet.supplement(
                "Tail indices of single coordinates over many mini-batches, mean over coordinates, for "
                        + source.description());
        noises.forEach((name, rows) -> {
            RunningMoments index = index(rows, 0, rows.length);
            evidence.measure("stable index, " + name, index.mean(0)).standardError(index.standardError(0));
            for (double part : new double[] {0.02, 0.1}) {
                RunningMoments hill = hill(rows, part);
                evidence.measure("Hill’s index of the largest " + Math.round(100 * part) + " %, " + name, hill.mean(0))
                        .standardError(hill.standardError(0));
            }
            if (!name.equals(OF_STABLE) && rows.length == 917) {
                LAYERS.forEach((layer, range) -> {
                    RunningMoments own = index(rows, range[0], range[1]);
                    evidence.measure("stable index, " + name + ", " + layer, own.mean(0))
                            .standardError(own.standardError(0));
                });
            }
        });
        RunningMoments small = index(of(noises, "b = " + SIZES[0]), 0, Integer.MAX_VALUE);
        RunningMoments large = index(of(noises, "b = " + SIZES[2]), 0, Integer.MAX_VALUE);
        sheet.supplement("The noise is not stable: its index rises with the size of mini-batches, for "
                        + source.description())
                .measure("stable index at b = 512 less that at b = 32", large.mean(0) - small.mean(0))
                .standardError(Math.hypot(large.standardError(0), small.standardError(0)))
                .atLeast(0.0, standardErrors(4), closedForm("0 for stable noise: sums keep the index"));
    }

    private static double[][] of(Map<String, double[][]> noises, String name) {
        double[][] rows = noises.get(name);
        if (rows == null) {
            throw new IllegalStateException("no noise " + name);
        }
        return rows;
    }

    /** Mean over coordinates of the index of each, over groups of draws. */
    private static RunningMoments index(double[][] rows, int from, int to) {
        return groups(rows, from, Math.min(to, rows.length), sample -> {
            int m = (int) Math.round(Math.sqrt(sample.length));
            return 1.0 / TailIndex.ofStable(sample, m);
        });
    }

    private static RunningMoments hill(double[][] rows, double part) {
        return groups(
                rows,
                0,
                rows.length,
                sample -> 1.0 / TailIndex.hill(sample, (int) Math.max(1, Math.round(part * sample.length))));
    }

    /** Of one coordinate in one group. */
    private interface Inverse {
        double of(double[] sample);
    }

    /** What is averaged is 1/α, which has the smaller bias; weights without any gradient are left out. */
    private static RunningMoments groups(double[][] rows, int from, int to, Inverse inverse) {
        int length = rows[0].length / GROUPS;
        RunningMoments found = new RunningMoments(1);
        for (int group = 0; group < GROUPS; group++) {
            int start = group * length;
            found.add(1.0
                    / IntStream.range(from, to)
                            .parallel()
                            .mapToObj(i -> Arrays.copyOfRange(rows[i], start, start + length))
                            .filter(sample ->
                                    Arrays.stream(sample).filter(x -> x != 0.0).count() > length / 2)
                            .mapToDouble(inverse::of)
                            .average()
                            .orElse(Double.NaN));
        }
        return found;
    }

    private static void draw(GradientSource source, Map<String, double[][]> noises, Sheet sheet) throws IOException {
        double[] parts = {0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.3};
        double[] percent = Arrays.stream(parts).map(part -> 100.0 * part).toArray();
        XyPanel hill = XyPanel.titled("Hill’s index")
                .xAxis("largest values used, %")
                .yAxis("index α")
                .logX()
                .logY();
        XyPanel index = XyPanel.titled("Index if stable")
                .xAxis("b")
                .yAxis("index α, mean over weights")
                .logX();
        noises.forEach((name, rows) -> {
            RunningMoments[] found =
                    Arrays.stream(parts).mapToObj(part -> hill(rows, part)).toArray(RunningMoments[]::new);
            hill.points(
                    name,
                    percent,
                    Arrays.stream(found).mapToDouble(m -> m.mean(0)).toArray(),
                    Arrays.stream(found).mapToDouble(m -> m.standardError(0)).toArray());
        });
        double[] b = Arrays.stream(SIZES).asDoubleStream().toArray();
        Map<String, int[]> layers = new LinkedHashMap<>();
        layers.put("all weights", new int[] {0, source.diffusion().dimension()});
        if (source.diffusion().dimension() == 917) {
            layers.putAll(LAYERS);
        }
        layers.forEach((layer, range) -> {
            RunningMoments[] found = Arrays.stream(SIZES)
                    .mapToObj(size -> index(of(noises, "b = " + size), range[0], range[1]))
                    .toArray(RunningMoments[]::new);
            index.points(
                    layer,
                    b,
                    Arrays.stream(found).mapToDouble(m -> m.mean(0)).toArray(),
                    Arrays.stream(found).mapToDouble(m -> m.standardError(0)).toArray());
        });
        index.horizontalLine(index(of(noises, GAUSSIAN), 0, Integer.MAX_VALUE).mean(0), "Gaussian, same size");
        index.horizontalLine(index(of(noises, OF_STABLE), 0, Integer.MAX_VALUE).mean(0), OF_STABLE);
        sheet.figure(
                "tails" + source.suffix(),
                "Tail indices of single weights' gradients over many mini-batches. Left: Hill's estimate against the part of the sample that"
                        + " it uses, for noise of mini-batches, Gaussian noise of the same D, and stable noise. Right: the index that stable noise"
                        + " would have, by layer and size of mini-batches.",
                Figure.titled("Tails of the noise: " + source.description()).row(hill, index));
    }
}
