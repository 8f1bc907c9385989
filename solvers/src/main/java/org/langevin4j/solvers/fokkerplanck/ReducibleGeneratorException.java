package org.langevin4j.solvers.fokkerplanck;

/**
 * The generator has no unique steady state: some set of cells cannot be left, in exact arithmetic or because the rates
 * out of it are below the range of {@code double}.
 */
public final class ReducibleGeneratorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A cell from which the remaining cells cannot be reached. */
    private final int cell;

    ReducibleGeneratorException(int cell) {
        super("the generator is reducible: no rate leads from cell " + cell
                + " and those already joined to it to the rest, so the steady state is not unique");
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
