package org.langevin4j.solvers.ensemble;

import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.StateMap;

/**
 * An event that changes the state, after which the path goes on: a neuron that fires and is reset, a kick, a wall that gives a
 * particle a new velocity. At the end of the step in which the event happens x ← map(x, mark); the map is not itself an
 * event.
 *
 * <p>The direction of the event is that from which the path comes at the beginning of the step: a falling one is met from g &gt;
 * 0. Noise across the level carries a path to both sides many times before it leaves, so that only this is left of a direction.
 *
 * <p>A plain event is seen where the function has changed its sign from one step to the next, so that the times between
 * resets have an error of order ½ in the step. One with a gradient is bridged: a path that is on the same side before and
 * after the step has crossed in between with the probability of a Brownian bridge ({@link
 * org.langevin4j.solvers.domain.LevelCrossing}), and the error has order 1. The map sees the state at the end of the step, which
 * is near the level rather than on it, and may be back on the side from which it came.
 *
 * <pre>{@code
 * // a neuron fires at V = 1 and starts again from 0
 * Reset fire = Reset.at(Event.of("spike", x -> 1 - x[0]), (x, mark) -> x[0] = 0).bridged((x, out) -> out[0] = -1);
 * }</pre>
 *
 * @param event what must happen
 * @param gradient ∇g of the event's function g where crossings within a step are to be seen, else empty
 * @param map x⁺ = map(x, mark)
 */
public record Reset(Event event, Optional<VectorField> gradient, StateMap map) {

    /** Checks the parts. */
    public Reset {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(gradient, "gradient");
        Objects.requireNonNull(map, "map");
    }

    /**
     * A reset at an event that is looked for after each step.
     *
     * @param event the event
     * @param map what happens to the state; must be thread-safe
     * @return the reset
     */
    public static Reset at(Event event, StateMap map) {
        return new Reset(event, Optional.empty(), map);
    }

    /**
     * The same reset, seen within a step, too.
     *
     * @param value ∇g of the event's function g, not zero near g = 0; must be thread-safe
     * @return the changed reset
     */
    public Reset bridged(VectorField value) {
        return new Reset(event, Optional.of(value), map);
    }

    @Override
    public String toString() {
        return "Reset[at " + event.name() + (gradient.isPresent() ? ", bridged]" : "]");
    }
}
