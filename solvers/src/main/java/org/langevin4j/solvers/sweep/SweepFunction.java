package org.langevin4j.solvers.sweep;

import java.io.Serializable;

/**
 * What is computed at each point of a sweep. A lambda that captures numbers and strings can be sent to other machines; one that
 * captures anything that cannot be serialised still runs on this one.
 */
@FunctionalInterface
public interface SweepFunction extends Serializable {

    /**
     * Computes the numbers of one point. Called by several threads at once, so that an ensemble in here should run on one
     * thread.
     *
     * @param point parameters and seed
     * @return as many numbers as the sweep has columns; NaN where there is none
     * @throws Exception if the point fails; the others go on
     */
    double[] at(SweepPoint point) throws Exception;
}
