package org.langevin4j.core.field;

/** A vector function of the state, v: ℝᵈ → ℝⁿ; mostly n = d. */
@FunctionalInterface
public interface VectorField {

    /**
     * Evaluates the field at one state.
     *
     * @param x state, length d; not modified
     * @param out receives v(x), length n; must not be the array {@code x}
     */
    void at(double[] x, double[] out);

    /**
     * Evaluates the field at a block of states. The default calls {@link #at} for one state after the other; a field
     * that overrides it for speed must give the same bits.
     *
     * @param x states, {@code x[i][p]} is coordinate i of state p; not modified
     * @param paths number of states; may be less than the length of the arrays
     * @param out receives the values, {@code out[i][p]}; its arrays must not be those of {@code x}
     */
    default void atBlock(double[][] x, int paths, double[][] out) {
        double[] state = new double[x.length];
        double[] value = new double[out.length];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            at(state, value);
            for (int i = 0; i < value.length; i++) {
                out[i][p] = value[i];
            }
        }
    }
}
