package org.langevin4j.solvers.sde;

/**
 * What an exception is too that is thrown within a step because of one path of the block. A stepper knows the path by its place
 * alone; who drives it knows which one is there.
 */
public interface StepFailure {

    /**
     * The place of the path.
     *
     * @return p, as in {@code x[i][p]}
     */
    int place();

    /**
     * The same failure, told of the path.
     *
     * @param path its index
     * @param time time at which the step began
     * @return what is to be thrown, of the same type, with the trace and the cause of this one
     */
    RuntimeException ofPath(long path, double time);
}
