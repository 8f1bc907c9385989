package org.langevin4j.solvers.fokkerplanck;

import org.langevin4j.solvers.NumericalException;

/**
 * The generator has no unique steady state: some set of cells cannot be left, in exact arithmetic or because the rates
 * out of it are below the range of {@code double}.
 */
public final class ReducibleGeneratorException extends NumericalException {

    private static final long serialVersionUID = 1L;

    /** A cell of the second closed set found. */
    private final int cell;

    ReducibleGeneratorException(int cell) {
        super("the generator is reducible: a second set of cells, with cell " + cell
                + " in it, cannot be left, so the steady state is not unique");
        this.cell = cell;
    }

    /**
     * A cell of the closed set.
     *
     * @return number of the cell
     */
    public int cell() {
        return cell;
    }
}
