package org.langevin4j.solvers.fokkerplanck;

import java.util.Arrays;
import org.langevin4j.solvers.NumericalException;

/**
 * From some cells no target can be reached, in exact arithmetic or within the range of {@code double}: the mean time is
 * infinite.
 */
public final class UnreachableTargetException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** How many cells there are. */
    private final int cells;

    /** Centre of one of them. */
    private final double[] centre;

    UnreachableTargetException(int cells, int of, double[] centre) {
        super("no target can be reached from " + cells + " of " + of + " cells, such as the one at x = "
                + Arrays.toString(centre) + ": the mean first-passage time is infinite");
        this.cells = cells;
        this.centre = centre.clone();
    }

    /**
     * The number of cells without a way to a target.
     *
     * @return count
     */
    public int cells() {
        return cells;
    }

    /**
     * One of these cells.
     *
     * @return coordinates of its centre, a copy
     */
    public double[] centre() {
        return centre.clone();
    }
}
