package org.langevin4j.solvers.domain;

/** The boundary of a domain at work on one equation; for one thread. */
public interface Confinement {

    /** In {@code exits}: the path has not left. */
    int INSIDE = -1;

    /**
     * Treats a block of paths after a step.
     *
     * @param before states before the step, {@code before[i][p]}, in the domain
     * @param x states after the step, finite; those that are reflected, moved by a period or stopped are replaced
     * @param paths number of paths in the block
     * @param firstPath index of the first one in the ensemble
     * @param step index of the step, from 0
     * @param active which paths are under way; the others are left alone
     * @param exits receives for each active path the number of the absorbing face it has crossed, or {@link #INSIDE}
     */
    void apply(double[][] before, double[][] x, int paths, long firstPath, long step, boolean[] active, int[] exits);
}
