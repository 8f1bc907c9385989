package org.langevin4j.examples.experiment;

/** Is told how far long work has come. */
@FunctionalInterface
public interface ProgressReporter {

    /**
     * Begins a piece of work.
     *
     * @param title a few words
     * @param total units of work to do, positive
     * @return the work, to be closed at its end
     */
    Task start(String title, long total);

    /** Reports nothing. */
    static ProgressReporter silent() {
        return (title, total) -> new Task() {
            @Override
            public void advanceTo(long done) {}

            @Override
            public void close() {}
        };
    }

    /** A piece of work under way. May be advanced by several threads. */
    interface Task extends AutoCloseable {

        /**
         * Says how much is done.
         *
         * @param done units of work done since the start, not fewer than said before
         */
        void advanceTo(long done);

        @Override
        void close();
    }
}
