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
     * Takes a block of paths one step further.
     *
     * @param x states, {@code x[i][p]}; replaced by the states after the step
     * @param paths number of paths in the block
     * @param xi independent standard normals, {@code xi[k][p]}, k &lt; {@link #noises()}; not modified
     */
    void step(double[][] x, int paths, double[][] xi);
}
