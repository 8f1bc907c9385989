package org.langevin4j.solvers.ensemble;

import java.util.Objects;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Averages over time of functions of the state, one for each path. Paths are independent, times are not: the result holds
 * the moments of the paths' averages, so that its standard error is right however correlated the times are.
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n
 */
public record TimeAverage(VectorField functions, int count) implements Observable<RunningMoments> {

    /** Checks both. */
    public TimeAverage {
        Objects.requireNonNull(functions, "functions");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
    }

    /**
     * The averages of n functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe
     * @param count n, number of values of g
     * @return the observable
     */
    public static TimeAverage of(VectorField functions, int count) {
        return new TimeAverage(functions, count);
    }

    @Override
    public Collector<RunningMoments> collector(int dimension) {
        return new AverageCollector(functions, count);
    }

    private static final class AverageCollector implements Collector<RunningMoments> {

        private final VectorField functions;
        private final RunningMoments moments;
        private double[][] values = new double[0][0];
        private double[][] sums = new double[0][0];
        private long times;

        AverageCollector(VectorField functions, int count) {
            this.functions = functions;
            this.moments = new RunningMoments(count);
        }

        @Override
        public void begin(int paths) {
            values = new double[moments.dimension()][paths];
            sums = new double[moments.dimension()][paths];
            times = 0;
        }

        @Override
        public void record(double[][] x, int paths, double time) {
            functions.atBlock(x, paths, values);
            for (int i = 0; i < sums.length; i++) {
                for (int p = 0; p < paths; p++) {
                    sums[i][p] += values[i][p];
                }
            }
            times++;
        }

        @Override
        public void end() {
            if (times == 0) {
                return;
            }
            for (double[] row : sums) {
                for (int p = 0; p < row.length; p++) {
                    row[p] /= times;
                }
            }
            moments.addBlock(sums, sums[0].length);
        }

        @Override
        public void merge(Collector<RunningMoments> later) {
            moments.merge(later.result());
        }

        @Override
        public RunningMoments result() {
            return moments;
        }
    }
}
