package org.langevin4j.solvers.sweep;

/** What is computed at each point of a sweep. */
@FunctionalInterface
public interface SweepFunction {

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
