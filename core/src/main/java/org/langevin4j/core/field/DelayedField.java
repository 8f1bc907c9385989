package org.langevin4j.core.field;

import java.util.Objects;
import java.util.Optional;

/**
 * A vector function of time, the state, and the state a fixed time τ ago, v(t, x(t), x(t − τ)): the drift of a stochastic
 * delay equation. It is made by {@link VectorField#delayed}. Without the past it has no value: asked for one it refuses, so
 * that nothing but what knows of delays can use it. Immutable.
 */
public final class DelayedField implements VectorField {

    private final double lag;
    private final Function function;
    private final Optional<History> history;

    private DelayedField(double lag, Function function, Optional<History> history) {
        this.lag = lag;
        this.function = function;
        this.history = history;
    }

    static DelayedField of(double lag, Function function) {
        if (!(lag > 0.0 && lag <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("lag must be positive and finite, got " + lag);
        }
        return new DelayedField(lag, Objects.requireNonNull(function, "function"), Optional.empty());
    }

    /**
     * The same field with what the state was before the start. Without it each path has rested at its starting value.
     *
     * @param value x(t) for the times from τ before the start up to the start; must be thread-safe
     * @return the changed field
     */
    public DelayedField withHistory(History value) {
        return new DelayedField(lag, function, Optional.of(value));
    }

    /**
     * The lag.
     *
     * @return τ > 0
     */
    public double lag() {
        return lag;
    }

    /**
     * The state before the start.
     *
     * @return the history, or empty where each path has rested at its starting value
     */
    public Optional<History> history() {
        return history;
    }

    /**
     * Evaluates the field at a block of states.
     *
     * @param t time
     * @param x states, {@code x[i][p]}; not modified
     * @param past the states at t − τ, {@code past[i][p]}; not modified
     * @param paths number of states
     * @param out receives the values, {@code out[i][p]}
     */
    public void atBlock(double t, double[][] x, double[][] past, int paths, double[][] out) {
        function.atBlock(t, x, past, paths, out);
    }

    @Override
    public void at(double[] x, double[] out) {
        throw withoutPast();
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        throw withoutPast();
    }

    /** False: the state alone does not determine the value. */
    @Override
    public boolean isAutonomous() {
        return false;
    }

    @Override
    public VectorField requireAutonomous(String who) {
        throw new IllegalArgumentException(who + " takes a field without delay, this one depends on the past: " + this);
    }

    /**
     * Refuses: to freeze the time does not give the past.
     *
     * @throws IllegalArgumentException always
     */
    @Override
    public VectorField atTime(double t) {
        throw withoutPast();
    }

    /** Where the state has rested. */
    @Override
    public void requireWritten(String name, double t, double[] x, int values) {
        VectorField resting = new VectorField() {
            @Override
            public void at(double[] state, double[] out) {
                function.at(t, state, state.clone(), out);
            }

            @Override
            public void atBlock(double[][] states, int paths, double[][] out) {
                double[][] past = new double[states.length][];
                for (int i = 0; i < past.length; i++) {
                    past[i] = states[i].clone();
                }
                function.atBlock(t, states, past, paths, out);
            }
        };
        Written.require(name, resting::at, resting::atBlock, x, values);
    }

    private IllegalArgumentException withoutPast() {
        return new IllegalArgumentException(
                "field must not depend on the past where it is evaluated without one, this one" + " takes x(t − " + lag
                        + "); solve it by EulerMaruyama");
    }

    @Override
    public String toString() {
        return "v(t, x(t), x(t − " + lag + "))";
    }

    /** v(t, x(t), x(t − τ)). */
    @FunctionalInterface
    public interface Function {

        /**
         * Evaluates the function at one state.
         *
         * @param t time
         * @param x state at t, length d; not modified
         * @param past state at t − τ, length d; not modified
         * @param out receives the value
         */
        void at(double t, double[] x, double[] past, double[] out);

        /**
         * Evaluates the function at a block of states. The default calls {@link #at} for one state after the other.
         *
         * @param t time
         * @param x states at t, {@code x[i][p]}; not modified
         * @param past states at t − τ, {@code past[i][p]}; not modified
         * @param paths number of states
         * @param out receives the values, {@code out[i][p]}
         */
        default void atBlock(double t, double[][] x, double[][] past, int paths, double[][] out) {
            double[] state = new double[x.length];
            double[] before = new double[x.length];
            double[] value = new double[out.length];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < state.length; i++) {
                    state[i] = x[i][p];
                    before[i] = past[i][p];
                }
                at(t, state, before, value);
                for (int i = 0; i < value.length; i++) {
                    out[i][p] = value[i];
                }
            }
        }
    }

    /** What the state was before the start. */
    @FunctionalInterface
    public interface History {

        /**
         * The state at a time.
         *
         * @param t time, before the start
         * @param out receives x(t), length d
         */
        void at(double t, double[] out);
    }
}
