package org.langevin4j.solvers.ensemble;

/**
 * A partial result of an observable, filled by one thread. Two calls of {@link #record} between {@link #begin} and
 * {@link #end} show the same paths at two times.
 *
 * @param <R> type of the result
 */
public interface Collector<R> {

    /**
     * A block of paths starts.
     *
     * @param paths number of paths in it
     */
    default void begin(int paths) {}

    /**
     * The block is observed.
     *
     * @param x states, {@code x[i][p]}; not to be kept or modified
     * @param paths number of paths in the block
     * @param time time of the equation
     */
    void record(double[][] x, int paths, double time);

    /** The block has reached its last step. */
    default void end() {}

    /**
     * Takes in the partial result of later paths.
     *
     * @param later a collector of the same observable; not used again
     */
    void merge(Collector<R> later);

    /**
     * The result.
     *
     * @return what was collected
     */
    R result();
}
