package org.langevin4j.solvers.ensemble;

/** What is done with a path that leaves the finite numbers. Whatever the choice, no collector sees such a state. */
public enum NonFinite {
    /** The run ends with a {@link NonFinitePathException}: index, step, time, last finite state. */
    FAIL,
    /**
     * The path stops and the others go on; what was recorded of it stays. The result counts such paths and tells the first
     * ones. Milstein and Tretyakov (2005) show that trajectories that leave a large ball may be left out at the price of
     * their probability.
     */
    STOP_PATH,
    /**
     * The path is put back to its start, with the noise that follows, and goes on; the result counts and tells it as for
     * {@link #STOP_PATH}. For averages over a stationary law, where the start does not matter.
     */
    RESTART_PATH;

    /**
     * The largest coordinate that passes as finite, 2⁴⁸⁰ ≈ 3·10¹⁴⁴: the squares of 2⁶⁰ such numbers have a finite sum, so that no mean or covariance becomes NaN by a path on its way to infinity.
     */
    public static final double LARGEST = 0x1p480;
}
