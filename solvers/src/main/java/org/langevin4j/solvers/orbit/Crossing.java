package org.langevin4j.solvers.orbit;

import java.util.Locale;
import org.langevin4j.core.block.VectorText;

/** Where and when an orbit goes through a section. */
public final class Crossing {

    private final double[] state;
    private final double time;

    Crossing(double[] state, double time) {
        this.state = state;
        this.time = time;
    }

    /**
     * Where.
     *
     * @return a new array of length d
     */
    public double[] state() {
        return state.clone();
    }

    /**
     * When.
     *
     * @return time since the start
     */
    public double time() {
        return time;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "x = %s at t = %.6g", VectorText.of(state), time);
    }
}
