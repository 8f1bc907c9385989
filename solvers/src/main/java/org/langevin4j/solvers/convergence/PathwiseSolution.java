package org.langevin4j.solvers.convergence;

import org.langevin4j.core.random.BrownianPath;

/** The exact solution of an equation as a function of the Brownian path that drives it. */
@FunctionalInterface
public interface PathwiseSolution {

    /**
     * Computes X_T.
     *
     * @param path the Brownian path on [0, T]
     * @param start X_0, length d; not modified
     * @param out receives X_T, length d
     */
    void at(BrownianPath path, double[] start, double[] out);
}
