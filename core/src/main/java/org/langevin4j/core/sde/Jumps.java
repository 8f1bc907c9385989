package org.langevin4j.core.sde;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * The jumps of an equation: any number of independent kinds, each at its own rate. Between jumps the state follows the
 * continuous part,
 *
 * <pre>dx = b(x⁻) dt + √(2β⁻¹) B(x⁻) dW + Σₖ cₖ(x⁻, mark) dNₖ,</pre>
 *
 * where Nₖ counts the jumps of kind k, whose rate is λₖ(x⁻), and x⁻ is the state just before. Whatever the calculus of the
 * noise, a jump starts from x⁻. The generator gains Σₖ λₖ(x) E[f(x + cₖ) − f(x)].
 */
public sealed interface Jumps {

    /**
     * Jumps whose rates and maps do not depend on time.
     *
     * @param kinds the kinds, in an order that is part of what the seed means
     */
    record Kinds(List<Jump> kinds) implements Jumps {

        /** Copies the list. */
        public Kinds {
            kinds = List.copyOf(kinds);
        }

        @Override
        public boolean isEmpty() {
            return kinds.isEmpty();
        }

        @Override
        public boolean isAutonomous() {
            return true;
        }

        @Override
        public Kinds atTime(double t) {
            return this;
        }

        @Override
        public String toString() {
            return kinds.isEmpty() ? "no jumps" : kinds.toString();
        }
    }

    /**
     * Jumps that depend on time.
     *
     * @param function the jumps at each time, always the same number of kinds
     */
    record Driven(DoubleFunction<? extends Jumps> function) implements Jumps {

        /** Checks that the function is there. */
        public Driven {
            Objects.requireNonNull(function, "function");
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public boolean isAutonomous() {
            return false;
        }

        @Override
        public Kinds atTime(double t) {
            return Objects.requireNonNull(function.apply(t), "jumps at a time").atTime(t);
        }

        @Override
        public String toString() {
            return "jumps that depend on time";
        }
    }

    /**
     * Whether there are none.
     *
     * @return true if paths are continuous
     */
    boolean isEmpty();

    /**
     * Whether rates and maps are functions of the state alone.
     *
     * @return false if they depend on time
     */
    boolean isAutonomous();

    /**
     * The jumps at one time.
     *
     * @param t time
     * @return their kinds at that time
     */
    Kinds atTime(double t);

    /**
     * No jumps.
     *
     * @return the empty list of kinds
     */
    static Jumps none() {
        return new Kinds(List.of());
    }

    /**
     * Jumps of independent kinds.
     *
     * @param kinds the kinds
     * @return the jumps
     */
    static Jumps of(Jump... kinds) {
        return new Kinds(List.of(kinds));
    }

    /**
     * Jumps whose rates or maps depend on time.
     *
     * @param function the jumps at each time t, always the same number of kinds; must be thread-safe
     * @return the jumps
     */
    static Jumps driven(DoubleFunction<? extends Jumps> function) {
        return new Driven(function);
    }
}
