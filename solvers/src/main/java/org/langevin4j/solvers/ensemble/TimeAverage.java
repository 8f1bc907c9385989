package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Objects;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Averages over time of functions of the state, one for each path. Paths are independent, times are not: the result holds
 * the moments of the paths' averages, so that its standard error is right however correlated the times are. A path that
 * stops is averaged over the times before, one that was never recorded is left out.
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n
 * @param covariances whether covariances between functions are kept: 8n(n + 3) bytes, without them 32n
 */
public record TimeAverage(VectorField functions, int count, boolean covariances)
        implements PathObservable<RunningMoments> {

    /** Checks the parts, and that the moments fit into memory. */
    public TimeAverage {
        Objects.requireNonNull(functions, "functions");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
        Memory.require(
                "the covariance of " + count + " functions",
                RunningMoments.bytes(count, covariances),
                "TimeAverage.ofVariances does without it");
    }

    /**
     * The averages of n functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @return the observable
     */
    public static TimeAverage of(VectorField functions, int count) {
        return new TimeAverage(functions, count, true);
    }

    /**
     * The averages of n functions, their variances without covariances; O(n) memory for each thread.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @return the observable
     */
    public static TimeAverage ofVariances(VectorField functions, int count) {
        return new TimeAverage(functions, count, false);
    }

    @Override
    public Collector<RunningMoments> collector(int dimension) {
        return new AverageCollector(
                functions, covariances ? new RunningMoments(count) : RunningMoments.ofVariances(count));
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return RunningMoments.bytes(count, covariances) + 16.0 * count * blockPaths;
    }

    @Override
    public String identity(int dimension) {
        return "TimeAverage[" + count + (covariances ? " functions " : " functions without covariances ")
                + PathObservable.fingerprint(functions, dimension, count) + "]";
    }

    private static final class AverageCollector extends MomentsCollector {

        private final VectorField functions;
        private double[][] values = new double[0][0];
        private double[][] sums = new double[0][0];
        private long[] times = new long[0];

        AverageCollector(VectorField functions, RunningMoments empty) {
            super(empty);
            this.functions = functions;
        }

        @Override
        public void begin(PathBlock block) {
            values = new double[result().dimension()][block.size()];
            sums = new double[result().dimension()][block.size()];
            times = new long[block.size()];
        }

        @Override
        public void write(StateWriter out) throws IOException {
            super.write(out);
            out.counts(times);
            out.rows(sums);
        }

        @Override
        public void read(StateReader in) throws IOException {
            super.read(in);
            times = in.counts("times", in.blockPaths(), in.times());
            sums = in.rows("sums", result().dimension(), in.blockPaths());
            in.require(sums.length == 0 || sums[0].length == times.length, "sums and times must be as many");
            values = new double[result().dimension()][times.length];
        }

        @Override
        public void record(PathBlock block) {
            int paths = block.paths();
            functions.atBlock(block.states(), paths, values);
            block.requireFinite(values);
            for (int i = 0; i < sums.length; i++) {
                for (int k = 0; k < paths; k++) {
                    sums[i][block.slot(k)] += values[i][k];
                }
            }
            for (int k = 0; k < paths; k++) {
                times[block.slot(k)]++;
            }
        }

        @Override
        public void end() {
            double[] average = new double[sums.length];
            for (int slot = 0; slot < times.length; slot++) {
                if (times[slot] > 0) {
                    for (int i = 0; i < average.length; i++) {
                        average[i] = sums[i][slot] / times[slot];
                    }
                    result().add(average);
                }
            }
            times = new long[0];
            sums = new double[0][0];
        }
    }
}
