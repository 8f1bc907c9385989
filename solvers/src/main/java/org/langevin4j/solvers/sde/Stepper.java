package org.langevin4j.solvers.sde;

/** A scheme at work on one equation, with its scratch space; for one thread. */
public interface Stepper {

    /**
     * The number of standard normals a step needs for each path.
     *
     * @return m
     */
    int noises();

    /**
     * Tells the stepper that the next step is the first of a new block of paths. A scheme whose steps are not independent
     * of the past, such as {@link LeimkuhlerMatthews}, forgets it here; who drives a stepper calls this before the first
     * step of every block.
     *
     * @param paths number of paths in the block
     */
    default void begin(int paths) {}

    /**
     * Takes a block of paths one step further.
     *
     * @param x states, {@code x[i][p]}; replaced by the states after the step
     * @param paths number of paths in the block
     * @param xi independent standard normals, {@code xi[k][p]}, k &lt; {@link #noises()}; not modified
     */
    void step(double[][] x, int paths, double[][] xi);
}
