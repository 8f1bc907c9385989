package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import org.langevin4j.solvers.markov.UnreachableTargetException;

/** As {@link UnreachableTargetException}, for the cells of a grid. */
public final class UnreachableFromPointException extends UnreachableTargetException {

    private static final long serialVersionUID = 1L;

    /** Centre of one of the cells. */
    private final double[] centre;

    UnreachableFromPointException(int cells, int of, int cell, double[] centre) {
        super(cells, cell, cells + " of " + of + " cells, such as the one at x = " + Arrays.toString(centre));
        this.centre = centre.clone();
    }

    /**
     * One of the cells without a way to a target.
     *
     * @return coordinates of its centre, a copy
     */
    public double[] centre() {
        return centre.clone();
    }
}
