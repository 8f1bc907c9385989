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

    /**
     * Evaluates the field at a block of states. The default calls {@link #at} for one state after the other; a field
     * that overrides it for speed must give the same bits.
     *
     * @param x states, {@code x[i][p]} is coordinate i of state p; not modified
     * @param paths number of states; may be less than the length of the arrays
     * @param out receives the values, {@code out[p]}
     */
    default void atBlock(double[][] x, int paths, double[] out) {
        double[] state = new double[x.length];
        if (x.length == 2) {
            // A loop over two coordinates takes as long as a short function.
            double[] first = x[0];
            double[] second = x[1];
            for (int p = 0; p < paths; p++) {
                state[0] = first[p];
                state[1] = second[p];
                out[p] = at(state);
            }
            return;
        }
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            out[p] = at(state);
        }
    }
}
