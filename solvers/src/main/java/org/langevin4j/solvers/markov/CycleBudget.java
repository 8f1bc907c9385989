package org.langevin4j.solvers.markov;

import java.util.function.DoubleSupplier;

/**
 * What multigrid may spend before elimination is the better way: cycles on a chain times its states, summed over all chains and
 * methods. Not safe for several threads.
 */
final class CycleBudget {

    private final DoubleSupplier limit;

    /** What it gave; NaN before it was asked for. */
    private double found = Double.NaN;

    private double spent;

    /**
     * A budget.
     *
     * @param limit gives it, once, when somebody asks
     */
    CycleBudget(DoubleSupplier limit) {
        this.limit = limit;
    }

    static CycleBudget unlimited() {
        return new CycleBudget(() -> Double.POSITIVE_INFINITY);
    }

    void spend(double more) {
        spent += more;
    }

    /** What is left, infinity without a limit. */
    double left() {
        return left(1.0);
    }

    /** What would be left of so many times as much. */
    double left(double times) {
        if (Double.isNaN(found)) {
            found = limit.getAsDouble();
        }
        return times * found - spent;
    }
}
