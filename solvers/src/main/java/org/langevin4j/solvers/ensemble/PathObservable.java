package org.langevin4j.solvers.ensemble;

import org.langevin4j.core.field.VectorField;

/**
 * Something to be measured on an ensemble. Immutable; equal observables are the same key in the result, so records serve
 * best.
 *
 * @param <R> type of the result
 */
public interface PathObservable<R> {

    /**
     * An empty partial result.
     *
     * @param dimension d of the state
     * @return the collector
     * @throws IllegalArgumentException if the observable does not fit a state of this dimension
     */
    Collector<R> collector(int dimension);

    /**
     * The memory of a collector at its end, so that what cannot fit is refused before the run begins.
     *
     * @param dimension d of the state
     * @param blockPaths paths of a block
     * @param records how often it is recorded in each block
     * @return number of bytes, roughly; 0 unless overridden, which is for what stays small
     */
    default double bytes(int dimension, int blockPaths, long records) {
        return 0.0;
    }

    /**
     * What a checkpoint writes down of this observable, to be compared when it is resumed in another process. The default is
     * right for records: all components by value. Whoever overrides it must say all parameters.
     *
     * @param dimension d of the state
     * @return class and components, see {@link Identified}
     * @throws IllegalArgumentException if a component cannot be told from another one
     */
    default String identity(int dimension) {
        return Identity.of(this);
    }

    /**
     * What stands for a function in an {@link #identity}: the place where it is written, the values that it has caught, and its
     * own values at some states.
     *
     * @param function the function
     * @param dimension d of the state
     * @param count number of its values
     * @return the same in every process
     * @throws IllegalArgumentException if it cannot be looked into and is not {@link Identified}
     */
    static String fingerprint(VectorField function, int dimension, int count) {
        return Identity.withValues(function, dimension, count);
    }
}
