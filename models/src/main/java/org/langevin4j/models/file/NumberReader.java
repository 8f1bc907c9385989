package org.langevin4j.models.file;

import java.io.Closeable;
import java.io.IOException;

/** Gives the numbers of an array one after the other, row-major: the last index runs fastest. For one thread. */
interface NumberReader extends Closeable {

    /** The next numbers; never asked for more than there are by the shape. */
    void read(double[] to, int offset, int count) throws IOException;

    /** Passes over the next numbers: without reading them, where there is a way to what follows. */
    default void skip(long count) throws IOException {
        double[] passed = new double[(int) Math.min(count, 1 << 13)];
        for (long left = count; left > 0; left -= passed.length) {
            read(passed, 0, (int) Math.min(left, passed.length));
        }
    }

    @Override
    default void close() throws IOException {}

    /** How the numbers are reached; each pass opens anew. */
    @FunctionalInterface
    interface Source {

        NumberReader open() throws IOException;
    }
}
