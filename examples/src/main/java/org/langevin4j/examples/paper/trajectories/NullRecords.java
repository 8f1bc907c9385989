package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.FIGURE_3;
import static org.langevin4j.examples.experiment.Statement.REMARK_17;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.CORRELATION;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.ENTROPY;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.LOW_POWER;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.PEAK;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.ROTATION;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.trajectory.LoopStatistics;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;
import org.langevin4j.models.trajectory.LoopTest;
import org.langevin4j.models.trajectory.RecordProjection;

/** The statistics of a record among those of surrogates of the same length, of which the same slow drift is taken off. */
final class NullRecords {

    static final String BROWNIAN = "Brownian motion";

    static final String EQUATION = "equation, Q = 0";

    static final String COMMUTING = "SGD’s model, D and F commuting";

    static final String TWIN = "twin of the record";

    static final String SGD = "SGD’s model, with its loops";

    /** The band from 1 to 99 %. */
    private static final double TWO_SIDED = 0.02;

    private static final double ONE_SIDED = 0.01;

    /** Power against the oscillation that makes its absence a finding. */
    private static final double POWERFUL = 0.9;

    /** Of the oscillation that is added for the power: its amplitude in deviations, rows a period and coherent periods. */
    private static final double AMPLITUDE = 0.5;

    private static final double PERIOD = 16.0;

    private static final double COHERENT = 50.0;

    private final int stretch;
    private final int lags;
    private final int batches;
    private final int count;

    final LoopStatistics seen;

    final Map<String, LoopStatistics[]> copies = new LinkedHashMap<>();

    private final LoopStatistics[] oscillating;

    private interface Surrogate {
        double[][] of(Seed seed);
    }

    NullRecords(double[][] raw, int stretch, LocalBowl bowl, Sheet sheet) {
        this.stretch = stretch;
        this.lags = stretch / 4;
        this.batches = 20;
        this.count = sheet.choose(99, 199, 199);
        int n = raw.length;
        int m = raw[0].length;
        double[][] rows = RecordProjection.withoutSlowDrift(raw, stretch);
        this.seen = statistics(raw);
        VectorAutoregression twin = VectorAutoregression.fit(rows).reversible();
        VectorAutoregression sgd = bowl.sgd();
        VectorAutoregression commuting = bowl.sgdWithoutLoops();
        VectorAutoregression equation = bowl.equationWithoutLoops();
        VectorAutoregression steps = LoopTest.increments(raw);
        add(BROWNIAN, seed -> LoopTest.summed(steps.simulate(n, m, seed)), sheet, 61);
        add(EQUATION, seed -> equation.simulate(n, m, seed), sheet, 62);
        add(COMMUTING, seed -> commuting.simulate(n, m, seed), sheet, 63);
        add(TWIN, seed -> twin.simulate(n, m, seed), sheet, 64);
        add(SGD, seed -> sgd.simulate(n, m, seed), sheet, 65);
        this.oscillating = simulated(
                seed -> oscillating(twin.simulate(n, m, seed), twin.covariance(), seed.derive(1)),
                sheet.seed().derive(66));
    }

    private LoopStatistics statistics(double[][] raw) {
        return LoopStatistics.of(RecordProjection.withoutSlowDrift(raw, stretch), lags, batches);
    }

    private void add(String name, Surrogate surrogate, Sheet sheet, int part) {
        copies.put(name, simulated(surrogate, sheet.seed().derive(part)));
    }

    private LoopStatistics[] simulated(Surrogate surrogate, Seed seed) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> statistics(surrogate.of(seed.derive(k))))
                .toArray(LoopStatistics[]::new);
    }

    /** A rotation of the first two coordinates with a phase that diffuses, on top. */
    private static double[][] oscillating(double[][] rows, RealMatrix covariance, Seed seed) {
        NormalStream normals = NormalStream.of(seed);
        double phase = 0.0;
        double step = 2.0 * Math.PI / PERIOD;
        double diffusion = Math.sqrt(2.0 / (COHERENT * PERIOD));
        for (int t = 0; t < rows.length; t++) {
            rows[t][0] += AMPLITUDE * Math.sqrt(2.0 * covariance.getEntry(0, 0)) * Math.cos(phase);
            rows[t][1] += AMPLITUDE * Math.sqrt(2.0 * covariance.getEntry(1, 1)) * Math.sin(phase);
            phase += step + diffusion * normals.at(t, 0, 0);
        }
        return rows;
    }

    RankTest test(Statistic statistic, String name) {
        return seen.test(statistic, copies(name));
    }

    private LoopStatistics[] copies(String name) {
        return Objects.requireNonNull(copies.get(name), name);
    }

    /** The share of alternatives that exceed 99 % of a null. */
    private double power(Statistic statistic, LoopStatistics[] alternative, String name) {
        double cut = test(statistic, name).high();
        return (double) Arrays.stream(alternative)
                        .filter(one -> one.value(statistic) > cut)
                        .count()
                / count;
    }

    void write(Sheet sheet, String of) {
        Evidence table = sheet.supplement("Among " + count + " surrogates each, in the " + LocalBowl.DIRECTIONS
                + " leading eigenvectors of F, without the mean of each " + stretch + " epochs: " + of);
        for (Statistic statistic : Statistic.values()) {
            table.measure(statistic.words(), seen.value(statistic));
            copies.forEach((name, some) -> {
                RankTest test = seen.test(statistic, some);
                table.measure("· " + name + ", mean", test.mean()).standardError(test.deviation() / Math.sqrt(count));
                table.measure("· its 1 %", test.low());
                table.measure("· its 99 %", test.high());
                table.measure("· p", test.pValue());
            });
        }
        table.measure(
                "power of the highest peak at 1 %: an oscillation of half a deviation, 16 epochs a period, coherent for 50",
                power(PEAK, oscillating, TWIN));
        table.measure("power of A(1) at 1 %: the same", power(ROTATION, oscillating, TWIN));
        table.measure("power of A(1) at 1 %: SGD’s model with its loops", power(ROTATION, copies(SGD), COMMUTING));
        table.measure("power of the highest peak at 1 %: SGD’s model", power(PEAK, copies(SGD), COMMUTING));
        rule(sheet, of);
    }

    private void rule(Sheet sheet, String of) {
        double walk = test(LOW_POWER, BROWNIAN).pValue();
        String brownian = "p-value of Brownian motion with the increments of the record";
        if (walk <= TWO_SIDED) {
            sheet.holds(REMARK_17, of + ": no Brownian motion, by the lowest band of the FFT of increments")
                    .measure(brownian, walk)
                    .exact()
                    .atMost(TWO_SIDED, none(), surrogates());
        }
        double slower = test(CORRELATION, BROWNIAN).pBelow();
        if (slower <= ONE_SIDED) {
            sheet.fails(FIGURE_3, of + ": the autocorrelation of Brownian motion decays more slowly than the record’s")
                    .measure(
                            "p-value of the record’s, at the middle lag, among Brownian motions of its increments",
                            slower)
                    .exact()
                    .atMost(ONE_SIDED, none(), surrogates());
        }
        double peak = withoutLoops(PEAK);
        String highest =
                "p-value of the highest peak of a direction’s spectrum, the largest of three nulls without loops";
        if (peak <= ONE_SIDED) {
            sheet.holds(REMARK_17, of + ": low-frequency periodic components, by a peak of the spectrum")
                    .measure(highest, peak)
                    .exact()
                    .atMost(ONE_SIDED, none(), surrogates());
        } else if (power(PEAK, oscillating, TWIN) >= POWERFUL) {
            // Nothing found is evidence only where something would have been.
            sheet.fails(REMARK_17, of + ": low-frequency periodic components; no peak is higher than without loops")
                    .measure(highest, peak)
                    .exact()
                    .atLeast(ONE_SIDED, none(), surrogates());
        }
        double turning = withoutLoops(ROTATION);
        double producing = withoutLoops(ENTROPY);
        // Two tests of one thing.
        double loops = Math.min(1.0, 2.0 * Math.min(turning, producing));
        if (loops <= TWO_SIDED) {
            Evidence circulation = sheet.holds(REMARK_17, of + ": it circulates, unlike processes without loops");
            circulation.measure("p-value of A(1) of the second half in the plane of the first", turning);
            circulation.measure("p-value of the entropy production of a fitted autoregression", producing);
            circulation
                    .measure("twice the smaller one; each the largest of three nulls without loops", loops)
                    .exact()
                    .atMost(TWO_SIDED, none(), surrogates());
        }
    }

    private double withoutLoops(Statistic statistic) {
        return Stream.of(EQUATION, COMMUTING, TWIN)
                .mapToDouble(name -> test(statistic, name).pAbove())
                .max()
                .orElseThrow();
    }

    private Oracle surrogates() {
        return independent("rank among " + count + " surrogates");
    }
}
