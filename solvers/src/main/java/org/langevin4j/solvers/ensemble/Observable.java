package org.langevin4j.solvers.ensemble;

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
}
