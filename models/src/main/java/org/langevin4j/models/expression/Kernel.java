package org.langevin4j.models.expression;

import org.langevin4j.core.field.VectorField;

/** The part of a {@link Program} that depends on the state, in both forms, with the same bits. */
interface Kernel {

    /** Writes all outputs at one state; uniform numbers are given by {@code u}. */
    void at(double[] u, double[] x, double[] out);

    /** Writes all outputs at a block of states. */
    default void atBlock(double[] u, double[][] x, int paths, double[][] out) {
        VectorField alone = (state, value) -> at(u, state, value);
        alone.atBlock(x, paths, out);
    }
}
