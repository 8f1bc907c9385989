package org.langevin4j.core.field;

/** A scalar function of the state, f: ℝᵈ → ℝ. */
@FunctionalInterface
public interface ScalarField {

    /**
     * Evaluates the field.
     *
     * @param x state, length d; not modified
     * @return f(x)
     */
    double at(double[] x);
}
