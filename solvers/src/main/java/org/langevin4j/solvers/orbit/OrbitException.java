package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import org.langevin4j.solvers.NumericalException;

/** An orbit ran away, could not be followed, or never came to its section. */
public final class OrbitException extends NumericalException {

    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 8;

    /** Time since the start of the orbit. */
    private final double time;

    /** Last state that was reached. */
    private final double[] state;

    OrbitException(String message, double time, double[] state) {
        super(message);
        this.time = time;
        this.state = state.clone();
    }

    /**
     * How far the orbit was followed.
     *
     * @return time since its start
     */
    public double time() {
        return time;
    }

    /**
     * The last state.
     *
     * @return a new array of length d
     */
    public double[] state() {
        return state.clone();
    }

    /** A state as text, its first coordinates if they are many. */
    static String text(double[] x) {
        return Arrays.toString(Arrays.copyOf(x, Math.min(x.length, SHOWN)));
    }
}
