package org.langevin4j.solvers.domain;

import java.util.Arrays;
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
     * The number of faces, by which exits are told apart.
     *
     * @return 1 unless overridden
     */
    default int faces() {
        return 1;
    }

    /**
     * What several domains have in common. Their faces are numbered through in the order of the domains. A path that is
     * beyond several of them after a step leaves through the first that absorbs it; mirrored by one wall beyond another it
     * is mirrored again, until it is inside.
     *
     * @param parts domains of one dimension
     * @return the intersection
     */
    static Domain intersection(Domain... parts) {
        return new Intersection(Arrays.asList(parts));
    }

    /**
     * Prepares the boundary for an equation.
     *
     * @param sde the equation, of the same dimension
     * @param stepSize h
     * @param seed seed of the run; where chance decides, it is keyed by (seed, path, step, face)
     * @return the boundary at work, for one thread
     * @throws IllegalArgumentException if it is to reflect an equation whose noise does not reach it, nᵀDn = 0 along the
     *     normal n; where D depends on the state this is found at the first contact
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
