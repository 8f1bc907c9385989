package org.langevin4j.solvers.cluster;

import java.io.Serializable;

/**
 * Builds something wherever it is called: what is shipped to other machines in place of the thing itself. A lambda that captures
 * numbers, strings and records of them can be shipped; one that captures an equation, a field or an ensemble cannot, as those hold
 * code. It is to build the same each time, so seeds are given.
 *
 * @param <T> what is built
 */
@FunctionalInterface
public interface Recipe<T> extends Serializable {

    /**
     * Builds it. Called on the driver and in each task.
     *
     * @return what was asked for
     * @throws Exception if it cannot be built, such as for a file that is not there
     */
    T make() throws Exception;
}
