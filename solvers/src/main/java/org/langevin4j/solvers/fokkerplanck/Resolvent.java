package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Applies Sτ = (I − τA)⁻¹ and remembers the last few factorisations by τ: the one place where the linear solver of the
 * implicit steps is chosen. Not safe for several threads.
 */
final class Resolvent {

    /** Enough for a step and its neighbours in a sequence of halves and doubles. */
    private static final int REMEMBERED = 3;

    /**
     * More cells than these are left to multigrid, in two dimensions and in three or more: a solve costs the same there, and
     * its preparation a fraction of the elimination.
     */
    private static final int PLANE_CELLS = 150_000;

    private static final int SPACE_CELLS = 15_000;

    /** Steps between equally spaced times differ by their rounding. */
    private static final double SAME = 1e-11;

    private final FokkerPlanck equation;
    private final boolean direct;

    private @Nullable Coarser coarser;
    private final Deque<Factored> factored = new ArrayDeque<>();
    private int factorisations;
    private int solves;

    private record Factored(double tau, ShiftedSolver solver) {}

    Resolvent(FokkerPlanck equation) {
        this(equation, equation.generator().cells() <= mostCells(equation.grid().dimension()));
    }

    Resolvent(FokkerPlanck equation, boolean direct) {
        this.equation = equation;
        this.direct = direct;
    }

    private static int mostCells(int dimension) {
        return switch (dimension) {
            case 1 -> Integer.MAX_VALUE;
            case 2 -> PLANE_CELLS;
            default -> SPACE_CELLS;
        };
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
        Factored entry = new Factored(tau, solver(1.0 / tau));
        factorisations++;
        factored.addFirst(entry);
        return entry;
    }

    private ShiftedSolver solver(double shift) {
        Generator generator = equation.generator();
        if (direct) {
            return Elimination.of(generator, equation.dissection(), shift);
        }
        if (coarser == null) {
            coarser = new Coarser(equation);
        }
        Coarser found = coarser;
        if (found.equations.isEmpty()) {
            return Multigrid.shifted(generator, shift);
        }
        return new Guarded(NestedShifted.of(found.equations, found::steadyStates, shift), generator, shift);
    }

    /** The equation on coarser grids, and the steady states there once they are needed. */
    private static final class Coarser {

        private final List<FokkerPlanck> equations;
        private @Nullable List<double[]> steady;

        Coarser(FokkerPlanck equation) {
            this.equations = GridHierarchy.equations(equation);
        }

        List<double[]> steadyStates() {
            if (steady == null) {
                steady = NestedMultigrid.nullVectors(equations);
            }
            return steady;
        }
    }

    /** Nested multigrid, and from its first failure on the algebraic one. */
    private static final class Guarded implements ShiftedSolver {

        private final Generator generator;
        private final double shift;
        private ShiftedSolver solver;
        private boolean algebraic;

        Guarded(NestedShifted nested, Generator generator, double shift) {
            this.generator = generator;
            this.shift = shift;
            this.solver = nested;
        }

        @Override
        public double[] solve(double[] right) {
            try {
                return solver.solve(right);
            } catch (ConvergenceException e) {
                if (algebraic) {
                    throw e;
                }
                algebraic = true;
                solver = Multigrid.shifted(generator, shift);
                return solver.solve(right);
            }
        }
    }
}
