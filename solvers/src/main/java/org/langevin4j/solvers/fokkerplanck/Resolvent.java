package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Applies Sτ = (I − τA)⁻¹ and remembers the last few factorisations by τ: the one place where the linear solver of the
 * implicit steps is chosen. Not safe for several threads.
 */
final class Resolvent {

    /** Enough for a step and its neighbours in a sequence of halves and doubles. */
    private static final int REMEMBERED = 3;

    /** More cells than these are left to multigrid, in two dimensions and in three or more. */
    private static final int PLANE_CELLS = 600_000;

    private static final int SPACE_CELLS = 40_000;

    /** Steps between equally spaced times differ by their rounding. */
    private static final double SAME = 1e-11;

    private final Generator generator;
    private final Dissection dissection;
    private final boolean direct;
    private final Deque<Factored> factored = new ArrayDeque<>();
    private int factorisations;
    private int solves;

    private record Factored(double tau, ShiftedSolver solver) {}

    Resolvent(Generator generator, Dissection dissection, int dimension) {
        this.generator = generator;
        this.dissection = dissection;
        int most = dimension == 1 ? Integer.MAX_VALUE : dimension == 2 ? PLANE_CELLS : SPACE_CELLS;
        this.direct = generator.cells() <= most;
    }

    int factorisations() {
        return factorisations;
    }

    int solves() {
        return solves;
    }

    /**
     * Sτp.
     *
     * @param tau τ > 0
     * @param p ≥ 0, not modified
     * @return ≥ 0, of the same mass but for absorption
     */
    double[] apply(double tau, double[] p) {
        Factored entry = factored(tau);
        // Of the remembered τ, so that the mass agrees to rounding.
        double shift = 1.0 / entry.tau();
        double[] right = new double[p.length];
        for (int cell = 0; cell < p.length; cell++) {
            right[cell] = shift * p[cell];
        }
        solves++;
        return entry.solver().solve(right);
    }

    private Factored factored(double tau) {
        for (Iterator<Factored> entries = factored.iterator(); entries.hasNext(); ) {
            Factored entry = entries.next();
            if (Math.abs(entry.tau() - tau) <= SAME * tau) {
                entries.remove();
                factored.addFirst(entry);
                return entry;
            }
        }
        if (factored.size() == REMEMBERED) {
            factored.removeLast();
        }
        double shift = 1.0 / tau;
        // Memory decides: the factors of 600,000 cells in the plane take about 1.5 GB.
        ShiftedSolver solver =
                direct ? Elimination.of(generator, dissection, shift) : Multigrid.shifted(generator, shift);
        Factored entry = new Factored(tau, solver);
        factorisations++;
        factored.addFirst(entry);
        return entry;
    }
}
