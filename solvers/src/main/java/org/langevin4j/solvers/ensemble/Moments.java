package org.langevin4j.solvers.ensemble;

import java.io.IOException;
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
        return new StateCollector(dimension);
    }

    @Override
    public String identity(int stateDimension) {
        return toString();
    }

    private static final class StateCollector extends MomentsCollector {

        StateCollector(int dimension) {
            super(dimension);
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
