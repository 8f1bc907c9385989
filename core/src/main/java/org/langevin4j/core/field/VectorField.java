package org.langevin4j.core.field;

import java.util.function.DoubleFunction;

/**
 * A vector function of the state, v: ℝᵈ → ℝⁿ; mostly n = d. One that depends on time too, v(t, x), is made by {@link
 * #driven}: it is a field for each time, {@link #atTime}, and refuses to be evaluated without one.
 */
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
        if (x.length == 2 && out.length == 2) {
            // Loops over two coordinates take as long as a short function.
            double[] first = x[0];
            double[] second = x[1];
            double[] firstOut = out[0];
            double[] secondOut = out[1];
            for (int p = 0; p < paths; p++) {
                state[0] = first[p];
                state[1] = second[p];
                at(state, value);
                firstOut[p] = value[0];
                secondOut[p] = value[1];
            }
            return;
        }
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

    /**
     * Refuses to be used for another shape, where the field knows its own: a matrix does, a lambda does not.
     *
     * @param arguments number of coordinates of the states at which it will be evaluated
     * @param values number of components that will be read
     * @throws IllegalArgumentException if the field is known to have other numbers
     */
    default void requireShape(int arguments, int values) {}

    /**
     * Refuses, at one state, a field that reads or writes beyond its arrays or leaves an entry as it was; in both forms. Where
     * the field throws anything else it is not judged.
     *
     * @param name what the field is to whom asks, for the message
     * @param t time, which matters for a driven field
     * @param x state, length d; not modified
     * @param values number of components to be written
     * @throws IllegalArgumentException with name, index and dimension if it does
     */
    default void requireWritten(String name, double t, double[] x, int values) {
        VectorField frozen;
        try {
            frozen = atTime(t);
        } catch (RuntimeException none) {
            return;
        }
        if (isAutonomous() || !frozen.isAutonomous()) {
            Written.require(name, frozen::at, frozen::atBlock, x, values);
        } else {
            frozen.requireWritten(name, t, x, values);
        }
    }

    /**
     * Whether the field is a function of the state alone.
     *
     * @return false if it depends on time; it can then be evaluated through {@link #atTime} only
     */
    default boolean isAutonomous() {
        return true;
    }

    /**
     * The field at one time, v(t, ·).
     *
     * @param t time
     * @return an autonomous field; this one if it does not depend on time
     */
    default VectorField atTime(double t) {
        return this;
    }

    /**
     * Refuses a field that depends on time, for those who study autonomous ones.
     *
     * @param who what is asked of the field
     * @return this field
     * @throws IllegalArgumentException if it depends on time
     */
    default VectorField requireAutonomous(String who) {
        if (!isAutonomous()) {
            throw new IllegalArgumentException(
                    who + " takes an autonomous field, this one depends on time; freeze it by atTime(t)");
        }
        return this;
    }

    /**
     * A field that depends on time. What depends on the time alone is computed once for all states of a step:
     *
     * <pre>{@code
     * VectorField force = VectorField.driven(t -> {
     *     double push = amplitude * Math.cos(frequency * t);
     *     return (x, out) -> out[0] = x[0] - Math.pow(x[0], 3) + push;
     * });
     * }</pre>
     *
     * @param field the autonomous field v(t, ·) of each time t; must be thread-safe
     * @return v(t, x)
     */
    static VectorField driven(DoubleFunction<? extends VectorField> field) {
        return new DrivenField(field);
    }

    /**
     * A field that depends on the state a fixed time ago as well, b(t, x(t), x(t − τ)):
     *
     * <pre>{@code
     * VectorField drift = VectorField.delayed(1.5, (t, x, past, out) -> out[0] = -x[0] - 0.5 * past[0]);
     * }</pre>
     *
     * @param lag τ, positive; in a simulation a whole number of steps
     * @param function b; must be thread-safe
     * @return the field; it has no value without the past and is for those who know of delays, such as Euler and Maruyama's
     *     scheme
     */
    static DelayedField delayed(double lag, DelayedField.Function function) {
        return DelayedField.of(lag, function);
    }

    /**
     * A field that needs arrays to work in. Alone it is given new ones for each state, in a block one set for all.
     *
     * @param function the field
     * @param lengths length of each array of scratch space
     * @return the field
     * @throws IllegalArgumentException if a length is negative
     */
    static VectorField withScratch(ScratchFunction function, int... lengths) {
        int[] sizes = lengths.clone();
        for (int size : sizes) {
            if (!(size >= 0)) {
                throw new IllegalArgumentException("lengths must not be negative, got " + size);
            }
        }
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                function.at(x, scratch(), out);
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                double[][] scratch = scratch();
                VectorField alone = (state, value) -> function.at(state, scratch, value);
                alone.atBlock(x, paths, out);
            }

            private double[][] scratch() {
                double[][] arrays = new double[sizes.length][];
                for (int k = 0; k < sizes.length; k++) {
                    arrays[k] = new double[sizes[k]];
                }
                return arrays;
            }
        };
    }

    /** A vector function of the state that works in arrays it is given. */
    @FunctionalInterface
    interface ScratchFunction {

        /**
         * Evaluates the field.
         *
         * @param x state, length d; not modified
         * @param scratch arrays of the asked lengths, of any content
         * @param out receives the value
         */
        void at(double[] x, double[][] scratch, double[] out);
    }
}
