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
        if (x.length == 2) {
            // A loop over two coordinates takes as long as a short function. Where the call is inlined a state of its
            // own for each takes no memory, and the loop runs over several at once.
            double[] first = x[0];
            double[] second = x[1];
            for (int p = 0; p < paths; p++) {
                out[p] = at(new double[] {first[p], second[p]});
            }
            return;
        }
        double[] state = new double[x.length];
        for (int p = 0; p < paths; p++) {
            for (int i = 0; i < state.length; i++) {
                state[i] = x[i][p];
            }
            out[p] = at(state);
        }
    }
}
