package org.langevin4j.solvers.domain;

/** The boundary of a domain at work on one equation; for one thread. */
public interface Confinement {

    /** In {@code exits}: the path has not left. */
    int INSIDE = -1;

    /**
     * Treats a block of paths after a step.
     *
     * @param t time at which the step began; it matters for a driven equation only
     * @param before states before the step, {@code before[i][p]}, in the domain
     * @param x states after the step, finite; those that are reflected, moved by a period or stopped are replaced
     * @param paths number of paths in the block
     * @param path {@code path[p]}, index of each in the ensemble; not modified
     * @param step index of the step, from 0
     * @param exits receives for each path the number of the absorbing face it has crossed, or {@link #INSIDE}
     */
    void apply(double t, double[][] before, double[][] x, int paths, long[] path, long step, int[] exits);
}
