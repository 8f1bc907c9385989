package org.langevin4j.solvers.ensemble;

/**
 * Something that says by itself what it is: an observable, a function, a domain or a scheme of a user's that cannot be known by its
 * components. Checkpoints and shards compare it.
 */
public interface Identified {

    /**
     * What it is. Two things that give different numbers must have different identities.
     *
     * @return name and all parameters, the same in every process
     */
    String identity();
}
