package org.langevin4j.solvers.ensemble;

import java.io.IOException;

/**
 * A partial result of an observable, filled by one thread. Calls of {@link #record} between {@link #begin} and {@link
 * #end} show the paths of one block at increasing times; {@link PathBlock#slot} tells which is which.
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

    /**
     * Writes all that was collected, what is kept of a block under way included, so that a collector that reads it goes on
     * to the same bits. May be called between any two other calls.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void write(StateWriter out) throws IOException;

    /**
     * Reads what {@link #write} wrote, into an empty collector of an equal observable; no {@link #begin} follows for the
     * block that was under way then.
     *
     * @param in where from; all of it must be read
     * @throws IOException if that fails or the content cannot be that of an equal observable
     */
    void read(StateReader in) throws IOException;
}
