package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A collector that can be written to a checkpoint between two blocks and read from it, bit by bit the same. */
public interface Saved {

    /**
     * Writes what was collected.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void write(DataOutput out) throws IOException;

    /**
     * Reads what {@link #write} wrote, into an empty collector of an equal observable.
     *
     * @param in where from
     * @throws IOException if that fails
     */
    void read(DataInput in) throws IOException;
}
