package org.langevin4j.solvers.ensemble;

/**
 * A partial result of an observable, filled by one thread. Calls of {@link #record} between {@link #begin} and {@link
 * #end} show the paths of one block at increasing times; {@link PathBlock#slot} tells which is which. One that is also
 * {@link Saved} can be part of a checkpoint.
 *
 * @param <R> type of the result
 */
public interface Collector<R> {

    /**
     * A block of paths starts.
     *
     * @param block the paths at their start, all of them
     */
    default void begin(PathBlock block) {}

    /**
     * The block is observed.
     *
     * @param block the paths under way
     */
    void record(PathBlock block);

    /**
     * A path of the block has stopped before its last step; it is in no later record.
     *
     * @param slot its place in the block
     * @param end where, when and why
     */
    default void stopped(int slot, PathEnd end) {}

    /**
     * A path of the block was changed by an event ({@link Ensemble#onEvent}); the next record shows what has come of it.
     *
     * @param slot its place in the block
     * @param event the event
     * @param time end of the step in which it happened
     * @param before the state that had crossed; not to be kept or modified
     * @param after the state from which the path goes on; not to be kept or modified
     */
    default void changed(int slot, Event event, double time, double[] before, double[] after) {}

    /** The block has reached its last step, or all its paths have stopped. */
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
