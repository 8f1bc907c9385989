package org.langevin4j.solvers.ensemble;

/** Who runs a batch is asked now and then whether to go on, and told how far it is. */
interface Supervision {

    /** Nobody stops it, nobody listens. */
    Supervision NONE = new Supervision() {
        @Override
        public boolean isStopped() {
            return false;
        }

        @Override
        public void advanced(long pathSteps) {}
    };

    /** Whether the batch is to be given up. */
    boolean isStopped();

    /** Hears of path-steps that were taken. */
    void advanced(long pathSteps);
}
