package org.langevin4j.solvers.domain;

import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Sde;

/** A region Ω of the state space and what happens at its boundary. Immutable. */
public interface Domain {

    /**
     * The dimension of the states.
     *
     * @return d
     */
    int dimension();

    /**
     * Whether a path may start at a state.
     *
     * @param x state, length d
     * @return true inside; false for NaN
     */
    boolean contains(double[] x);

    /**
     * Prepares the boundary for an equation.
     *
     * @param sde the equation, of the same dimension
     * @param stepSize h
     * @param seed seed of the run; where chance decides, it is keyed by (seed, path, step, face)
     * @return the boundary at work, for one thread
     */
    Confinement confinement(Sde sde, double stepSize, Seed seed);

    /**
     * What a checkpoint writes down of this domain, to be compared when it is resumed in another process.
     *
     * @return the name of the class, unless overridden; parameters should be part of it
     */
    default String identity() {
        return getClass().getName();
    }
}
