package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Mean and covariance of the state over all recorded paths and times.
 *
 * @param dimension d of the state
 * @param covariances whether covariances between coordinates are kept: 8d(d + 3) bytes, without them 32d
 */
public record Moments(int dimension, boolean covariances) implements PathObservable<RunningMoments> {

    /** Checks the dimension, and that the moments fit into memory. */
    public Moments {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        Memory.require(
                "the covariance of " + dimension + " coordinates",
                RunningMoments.bytes(dimension, covariances),
                "Moments.ofVariances(" + dimension + ") does without it");
    }

    /**
     * The moments of a d-dimensional state; O(d²) memory for each thread.
     *
     * @param dimension d
     * @return the observable
     */
    public static Moments of(int dimension) {
        return new Moments(dimension, true);
    }

    /**
     * Means and variances of a d-dimensional state, without covariances; O(d) memory for each thread.
     *
     * @param dimension d
     * @return the observable
     */
    public static Moments ofVariances(int dimension) {
        return new Moments(dimension, false);
    }

    @Override
    public Collector<RunningMoments> collector(int stateDimension) {
        if (stateDimension != dimension) {
            throw new IllegalArgumentException(
                    "moments must have the dimension of the state, " + stateDimension + ", got " + dimension);
        }
        return new StateCollector(covariances ? new RunningMoments(dimension) : RunningMoments.ofVariances(dimension));
    }

    @Override
    public double bytes(int stateDimension, int blockPaths, long records) {
        return RunningMoments.bytes(dimension, covariances);
    }

    @Override
    public String identity(int stateDimension) {
        return toString();
    }

    private static final class StateCollector extends MomentsCollector {

        StateCollector(RunningMoments empty) {
            super(empty);
        }

        @Override
        public void read(StateReader in) throws IOException {
            super.read(in);
            in.requireRecords(result().count());
        }

        @Override
        public void record(PathBlock block) {
            result().addBlock(block.states(), block.paths());
        }
    }
}
