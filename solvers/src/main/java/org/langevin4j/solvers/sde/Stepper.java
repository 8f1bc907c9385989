package org.langevin4j.solvers.sde;

/** A scheme at work on one equation, with its scratch space; for one thread. */
public interface Stepper {

    /**
     * The number of standard normals a step needs for each path.
     *
     * @return m, the number of noises of the equation, or more where a step needs iterated integrals
     */
    int noises();

    /**
     * Whether a number of a step is of any effect.
     *
     * @param noise which one, less than {@link #noises()}
     * @return false if its value does not matter at any state; it is then not drawn and may be anything finite
     */
    default boolean needs(int noise) {
        return true;
    }

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
     * @param t time at which the step begins; it matters for a driven equation only
     * @param x states, {@code x[i][p]}; replaced by the states after the step
     * @param paths number of paths in the block
     * @param xi independent standard normals, {@code xi[k][p]}, k &lt; {@link #noises()}; not modified
     */
    void step(double t, double[][] x, int paths, double[][] xi);

    /**
     * Tells the stepper that the next step goes on with a block of paths that was begun before, by this stepper or an equal
     * one; its {@link #memory} is put in before that step.
     *
     * @param paths number of paths in the block
     */
    default void resume(int paths) {
        begin(paths);
    }

    /**
     * Tells the stepper that a path of the block begins anew, at this time and in this state: it forgets what it remembers of
     * the path where that matters.
     *
     * @param p which path of the block
     * @param t time at which its next step begins
     * @param state its state then, length d
     */
    default void restart(int p, double t, double[] state) {}

    /**
     * What steps remember of those before: some numbers of each path, of any content before the first step after {@link
     * #begin}. Who drives a stepper may copy them away between two steps, put others in, and move paths about together with
     * their states, so that the first ones of the block are those that go on.
     *
     * @return {@code memory[r][p]}, no rows unless a stepper says otherwise
     */
    default double[][] memory() {
        return new double[0][0];
    }

    /**
     * What a step asks of a Brownian path that drives it.
     *
     * @return the detail {@link #stepAlong} needs; increments unless a stepper says otherwise
     */
    default DrivingNoise.Detail detail() {
        return DrivingNoise.Detail.INCREMENTS;
    }

    /**
     * Whether a step is a function of the state and of the increments ξ and time areas ζ of a Brownian path alone: it takes m
     * increments, or 2m numbers, first ξ and then ζ, as {@link DrivingNoise} has them.
     *
     * @param components m of the path
     * @return true if the step takes m numbers, unless a stepper says otherwise
     */
    default boolean followsPath(int components) {
        return noises() == components;
    }

    /**
     * Takes a block of paths one step further, driven by given Brownian paths rather than by raw normals.
     *
     * @param t time at which the step begins; it matters for a driven equation only
     * @param x states, {@code x[i][p]}; replaced by the states after the step
     * @param paths number of paths in the block
     * @param noise what is known of the paths over the step, at least {@link #detail()}
     * @throws IllegalArgumentException if the stepper needs random numbers that are no function of the path
     */
    default void stepAlong(double t, double[][] x, int paths, DrivingNoise noise) {
        double[][] increments = noise.increments();
        if (increments.length != noises()) {
            throw new IllegalArgumentException("stepper must be a function of the increments of the path to be driven"
                    + " by one, it takes " + noises() + " numbers a step where the path has " + increments.length);
        }
        step(t, x, paths, increments);
    }

    /**
     * Whether a scheme of lower order is embedded in this one, so that {@link #stepEstimating} can be called.
     *
     * @return false unless a stepper says otherwise
     */
    default boolean estimates() {
        return false;
    }

    /**
     * A step as by {@link #stepAlong} that tells how far the embedded scheme would have ended from it.
     *
     * @param t time at which the step begins
     * @param x states, {@code x[i][p]}; replaced by the states after the step
     * @param paths number of paths in the block
     * @param noise what is known of the paths over the step
     * @param error receives the new state less that of the embedded scheme, {@code error[i][p]}
     * @throws UnsupportedOperationException if there is no embedded scheme
     */
    default void stepEstimating(double t, double[][] x, int paths, DrivingNoise noise, double[][] error) {
        throw new UnsupportedOperationException("no scheme is embedded in this one");
    }
}
