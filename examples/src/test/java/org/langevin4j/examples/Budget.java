package org.langevin4j.examples;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/**
 * What reading one input may cost: two seconds of the processor, and memory in proportion to its length beside a
 * constant. Counted is all that the thread takes from the heap while it reads, also what it gives back.
 */
public final class Budget {

    /** Bytes of heap beside those in proportion: buffers, decompressors, the libraries' own tables. */
    public static final long CONSTANT = 16L << 20;

    private static final long NANOS = 2_000_000_000L;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Budget() {}

    /** Reads something, or refuses it as documented. */
    @FunctionalInterface
    public interface Reading {

        void run() throws IOException;
    }

    /**
     * Reads within the budget.
     *
     * @param most bytes of heap beside {@link #CONSTANT}
     * @param reading what is done
     * @throws IOException what it throws
     */
    public static void within(long most, Reading reading) throws IOException {
        try {
            measured(most, reading);
        } catch (AssertionError first) {
            // The first time classes may have been loaded and compiled.
            measured(most, reading);
        }
    }

    private static void measured(long most, Reading reading) throws IOException {
        long thread = Thread.currentThread().getId();
        long bytes = THREADS.getThreadAllocatedBytes(thread);
        long nanos = THREADS.getCurrentThreadCpuTime();
        reading.run();
        long taken = THREADS.getThreadAllocatedBytes(thread) - bytes;
        long lasted = THREADS.getCurrentThreadCpuTime() - nanos;
        if (!(taken <= most + CONSTANT)) {
            throw new AssertionError("took " + taken + " bytes of heap, more than " + (most + CONSTANT));
        }
        if (!(lasted <= NANOS)) {
            throw new AssertionError("took " + lasted + " ns of the processor, more than " + NANOS);
        }
    }
}
