package org.langevin4j.models.trajectory;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RankTest;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;

/**
 * A record of few coordinates among two kinds of surrogates without loops, both fitted to it: its reversible twin, a stationary process of the same
 * covariance and relaxation ({@link VectorAutoregression#reversible}), and Brownian motion with the covariance of its increments. What no stationary
 * process does, a walk may: the twins of a walk are called irreversible too often, so that only what is rare among both is evidence. Immutable.
 */
public final class LoopTest {

    private final LoopStatistics seen;
    private final LoopStatistics[] twins;
    private final LoopStatistics[] walks;

    private LoopTest(LoopStatistics seen, LoopStatistics[] twins, LoopStatistics[] walks) {
        this.seen = seen;
        this.twins = twins;
        this.walks = walks;
    }

    /** A record, or its surrogates, before statistics are taken. */
    private record Preparation(int stretch, int lags, int batches) {

        double[][] rest(double[][] rows) {
            return stretch == 0 ? rows : RecordProjection.withoutSlowDrift(rows, stretch);
        }

        LoopStatistics statistics(double[][] rows) {
            return LoopStatistics.of(rest(rows), lags, batches);
        }

        LoopStatistics[] simulated(Function<Seed, double[][]> surrogate, int copies, Seed seed) {
            return IntStream.range(0, copies)
                    .parallel()
                    .mapToObj(k -> statistics(surrogate.apply(seed.derive(k))))
                    .toArray(LoopStatistics[]::new);
        }
    }

    /**
     * Tests a record.
     *
     * @param rows in the order of time, at least 256; not modified
     * @param stretch the mean of each so many rows is taken off, of the surrogates too, for a record that drifts; 0: it is not
     * @param lags highest lag of the autocorrelation
     * @param batches for errors, at least 3
     * @param copies n surrogates of each kind, at least 2
     * @param seed of the surrogates
     * @return the test
     * @throws IllegalArgumentException if the record is too short, or does not vary in two directions
     */
    public static LoopTest of(double[][] rows, int stretch, int lags, int batches, int copies, Seed seed) {
        Preparation preparation = new Preparation(stretch, lags, batches);
        RecordProjection.requireRecord(rows);
        int n = rows.length;
        int m = rows[0].length;
        VectorAutoregression twin =
                VectorAutoregression.fit(preparation.rest(rows)).reversible();
        VectorAutoregression steps = increments(rows);
        return new LoopTest(
                preparation.statistics(rows),
                preparation.simulated(one -> twin.simulate(n, m, one), copies, seed.derive(0)),
                preparation.simulated(one -> summed(steps.simulate(n, m, one)), copies, seed.derive(1)));
    }

    /**
     * Independent steps with the covariance of a record's increments; their {@link #summed sums} are Brownian motion seen from time to time.
     *
     * @param rows of the record, more than twice as many as there are coordinates
     * @return the process of the steps
     * @throws IllegalArgumentException if there are too few rows, or they differ in length
     */
    public static VectorAutoregression increments(double[][] rows) {
        RecordProjection.requireRecord(rows);
        double[][] steps = new double[rows.length - 1][];
        Arrays.setAll(steps, t -> Vectors.difference(rows[t + 1], rows[t]));
        RealMatrix covariance = VectorAutoregression.fit(steps).covariance();
        return VectorAutoregression.of(covariance.scalarMultiply(0.0), covariance);
    }

    /**
     * Sums of steps.
     *
     * @param steps replaced by the sums of all up to each
     * @return the same array
     */
    public static double[][] summed(double[][] steps) {
        for (int t = 1; t < steps.length; t++) {
            Vectors.addMultiple(1.0, steps[t - 1], steps[t]);
        }
        return steps;
    }

    /**
     * The numbers of the record.
     *
     * @return of the rows, the means of stretches taken off if they were to be
     */
    public LoopStatistics seen() {
        return seen;
    }

    /**
     * Among stationary processes in detailed balance.
     *
     * @param statistic which
     * @return the rank among the twins
     */
    public RankTest amongTwins(Statistic statistic) {
        return seen.test(statistic, twins);
    }

    /**
     * Among Brownian motions.
     *
     * @param statistic which
     * @return the rank among the walks
     */
    public RankTest amongWalks(Statistic statistic) {
        return seen.test(statistic, walks);
    }

    /**
     * How often processes without loops have at least so much of a statistic.
     *
     * @param statistic which
     * @return the larger p of both kinds, (1 + k)/(1 + n)
     */
    public double pAbove(Statistic statistic) {
        return Math.max(amongTwins(statistic).pAbove(), amongWalks(statistic).pAbove());
    }

    /**
     * How often processes without loops are so far out, on either side.
     *
     * @param statistic which
     * @return the larger p of both kinds
     */
    public double pValue(Statistic statistic) {
        return Math.max(amongTwins(statistic).pValue(), amongWalks(statistic).pValue());
    }

    @Override
    public String toString() {
        return seen + " among " + twins.length + " reversible twins and as many Brownian motions";
    }
}
