package org.langevin4j.models.file;

import java.io.Closeable;
import java.io.IOException;

/** Gives the numbers of an array one after the other, row-major: the last index runs fastest. For one thread. */
interface NumberReader extends Closeable {

    /** The next numbers; never asked for more than there are by the shape. */
    void read(double[] to, int offset, int count) throws IOException;

    @Override
    default void close() throws IOException {}

    /** How the numbers are reached; each pass opens anew. */
    @FunctionalInterface
    interface Source {

        NumberReader open() throws IOException;
    }
}
