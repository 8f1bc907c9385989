package org.langevin4j.solvers.ensemble;

/** Where paths start. Must be thread-safe and depend on the index of the path alone. */
@FunctionalInterface
public interface Start {

    /**
     * The initial state of a path.
     *
     * @param path index of the path
     * @param out receives the state, length d
     */
    void at(long path, double[] out);
}
