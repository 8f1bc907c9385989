package org.langevin4j.solvers.ensemble;

import org.langevin4j.core.statistics.RunningMoments;

/**
 * Mean and covariance of the state over all recorded paths and times.
 *
 * @param dimension d of the state
 */
public record Moments(int dimension) implements Observable<RunningMoments> {

    /** Checks the dimension. */
    public Moments {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
    }

    /**
     * The moments of a d-dimensional state; O(d²) memory for each thread.
     *
     * @param dimension d
     * @return the observable
     */
    public static Moments of(int dimension) {
        return new Moments(dimension);
    }

    @Override
    public Collector<RunningMoments> collector(int stateDimension) {
        if (stateDimension != dimension) {
            throw new IllegalArgumentException(
                    "moments must have the dimension of the state, " + stateDimension + ", got " + dimension);
        }
        return new MomentsCollector(dimension);
    }

    private static final class MomentsCollector implements Collector<RunningMoments> {

        private final RunningMoments moments;

        MomentsCollector(int dimension) {
            this.moments = new RunningMoments(dimension);
        }

        @Override
        public void record(double[][] x, int paths, double time) {
            moments.addBlock(x, paths);
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
