package org.langevin4j.solvers.ensemble;

import org.langevin4j.core.field.VectorField;

/**
 * Something to be measured on an ensemble. Immutable; equal observables are the same key in the result, so records serve
 * best.
 *
 * @param <R> type of the result
 */
public interface Observable<R> {

    /**
     * An empty partial result.
     *
     * @param dimension d of the state
     * @return the collector
     * @throws IllegalArgumentException if the observable does not fit a state of this dimension
     */
    Collector<R> collector(int dimension);

    /**
     * What a checkpoint writes down of this observable, to be compared when it is resumed in another process.
     *
     * @param dimension d of the state
     * @return the name of the class, unless overridden; parameters should be part of it
     */
    default String identity(int dimension) {
        return getClass().getName();
    }

    /**
     * What stands for a function in an {@link #identity}: it has no name that outlives a process, but values at a few states.
     *
     * @param function the function
     * @param dimension d of the state
     * @param count number of its values
     * @return a hash of those values
     */
    static String fingerprint(VectorField function, int dimension, int count) {
        return Problem.probe(function, dimension, count);
    }
}
