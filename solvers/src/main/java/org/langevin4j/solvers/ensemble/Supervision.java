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

        @Override
        public boolean wantsState() {
            return false;
        }

        @Override
        public void state(long batch, byte[] state) {}
    };

    /** Whether the batch is to be given up. */
    boolean isStopped();

    /** Hears of path-steps that were taken. */
    void advanced(long pathSteps);

    /** Whether the state of the block under way is to be written down now. */
    boolean wantsState();

    /** Is given the state of a batch under way, as {@link BatchRunner#resume} takes it up. */
    void state(long batch, byte[] state);
}
