package org.langevin4j.examples.cli.terminal;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** On Ctrl-C, or when a scheduler ends the process: the work is told to stop, and has a while to write what is done. */
public final class Interruption {

    /** Schedulers give half a minute before they kill. */
    private static final long PATIENCE_SECONDS = 25;

    private Interruption() {}

    /**
     * Runs work that can be told to stop.
     *
     * @param stop tells the work to stop early; called by another thread
     * @param work returns when it has stopped and all is written
     * @param <T> what it gives
     * @return what it gave
     * @throws Exception what it threw
     */
    public static <T> T guard(Runnable stop, Callable<T> work) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            stop.run();
            try {
                written.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            written.countDown();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                // The hook is running and has just been released.
            }
        }
    }
}
