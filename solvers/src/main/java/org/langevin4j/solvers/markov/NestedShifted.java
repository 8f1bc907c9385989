package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Solves (sI − A)p = r over coarser chains of the same chain, all with the same s and with their exit rates.
 *
 * <p>The columns of each chain are scaled by a vector x for which all rows of (sI − A)diag(x) have positive sums, as its
 * columns do, so that u = p/x is smooth where p is near to what the step makes of anything:
 *
 * <ul>
 *   <li>a step that ends near the steady state whatever its start has x = ρˢˢ, and a little of what the step leaves in each
 *       state of the uniform law. 1 is then nearly a null vector on all chains, and its amplitude is known from the balance of
 *       mass;
 *   <li>any other has what it makes of the uniform law, (sI − A)x = s·volumes: flat where the step is short. It is
 *       found to the accuracy with which s is resolved in the rows.
 * </ul>
 *
 * <p>A right-hand side is first solved on the coarsest chain, the solution interpolated and improved by one cycle on each finer
 * one (Brandt 1977). More cycles do the rest, each ending with sweeps that subtract nothing from u ≥ 0; where these are slow, or 1 is
 * nearly a null vector, conjugate residuals. Not safe for several threads.
 */
final class NestedShifted implements ShiftedSolver {

    private static final int MOST_CYCLES = 60;

    /** Directions that the iteration keeps. */
    private static final int KEPT = 3;

    /** Total variation from the steady state at which the uniform law counts as forgotten. */
    private static final double FORGOTTEN = 0.05;

    /** The part of what is left of the uniform law. */
    private static final double LEFT = 1e-6;

    /** Residual of x relative to the part of s in the flow through a state; and that which is enough in any case. */
    private static final double RESOLVED = 1e-2;

    private static final double ENOUGH = 1e-3;

    private static final int ROUNDS = 6;

    /** Number of the finest chain on which mean times are not just interpolated. */
    private static final int KNOWN = 2;

    /** Cycles of one round. */
    private static final int ROUND_CYCLES = 20;

    /** Cycles that leave more of the residual are left to conjugate residuals. */
    private static final double SLOW = 0.25;

    /** From this residual on one round is carried through to the goal. */
    private static final double NEAR = 0.3;

    private static final double SMALLEST_FACTOR = 0.05;

    private static final double LARGEST_FACTOR = 20.0;

    private final NestedHierarchy hierarchy;
    private final double shift;

    /** Whether x is nearly a null vector of A. */
    private final boolean balanced;

    /** Right-hand side in units of the flow through each state. */
    private double[] scaled = {};

    private int iterations;

    private NestedShifted(ScaledChain coarsest, double shift, boolean balanced) {
        this.hierarchy = new NestedHierarchy(coarsest, false);
        this.shift = shift;
        this.balanced = balanced;
    }

    /**
     * A solver for one shift.
     *
     * @param chains the chain on fewer and fewer states
     * @param steady gives the steady states of all of them, or an empty list
     * @param shift s > 0
     */
    static NestedShifted of(ChainSequence chains, Supplier<List<double[]>> steady, double shift) {
        NestedChain coarsest = chains.coarsest();
        double[] right = coarsest.volumes();
        for (int k = 0; k < right.length; k++) {
            right[k] *= shift;
        }
        double[] x =
                Elimination.of(coarsest.generator(), coarsest.order(), shift).solve(right);
        List<double[]> known = forgets(coarsest, x) ? steady.get() : List.of();
        return known.isEmpty() ? fromUniform(chains, x, shift) : fromSteady(chains, known, shift);
    }

    /** Whether a step from the uniform law ends near the steady state. */
    private static boolean forgets(NestedChain coarsest, double[] x) {
        if (!coarsest.generator().isConservative()) {
            return false;
        }
        double[] steady;
        try {
            steady = Elimination.of(coarsest.generator(), coarsest.order(), 0.0).nullVector();
        } catch (ReducibleGeneratorException e) {
            return false;
        }
        double all = Arrays.stream(x).sum();
        double allSteady = Arrays.stream(steady).sum();
        double distance = 0.0;
        for (int k = 0; k < x.length; k++) {
            distance += Math.abs(x[k] / all - steady[k] / allSteady);
        }
        return distance < 2.0 * FORGOTTEN;
    }

    private static NestedShifted fromSteady(ChainSequence chains, List<double[]> steady, double shift) {
        @Nullable NestedShifted solver = null;
        for (int n = chains.size() - 1; n >= 0; n--) {
            NestedChain chain = chains.chain(n);
            double[] p = steady.get(n);
            double[] volumes = chain.volumes();
            double all = Arrays.stream(p).sum();
            double allVolumes = Arrays.stream(volumes).sum();
            double[] x = new double[p.length];
            for (int k = 0; k < x.length; k++) {
                double left = shift / (shift + chain.generator().outflow(k));
                x[k] = p[k] / all + LEFT * left * volumes[k] / allVolumes;
            }
            ScaledChain level = level(chain, shift);
            level.rescale(x);
            if (solver == null) {
                solver = new NestedShifted(level, shift, true);
            } else {
                solver.hierarchy.add(chains, n, level);
            }
        }
        return Objects.requireNonNull(solver);
    }

    private static NestedShifted fromUniform(ChainSequence chains, double[] x, double shift) {
        ScaledChain coarsest = level(chains.coarsest(), shift);
        coarsest.rescale(x);
        NestedShifted solver = new NestedShifted(coarsest, shift, false);
        for (int n = chains.size() - 2; n >= 0; n--) {
            solver.refine(chains, n);
        }
        return solver;
    }

    /**
     * The mean time spent in each state of a chain that is left, from a uniform start, and the same on all coarser ones.
     *
     * @return one vector a chain, each known but for a factor, roughly
     */
    static List<double[]> occupations(ChainSequence chains) {
        NestedChain coarsest = chains.coarsest();
        double[] x = Elimination.of(coarsest.generator(), coarsest.order(), 0.0).solve(coarsest.volumes());
        ScaledChain level = level(coarsest, 0.0);
        level.rescale(x);
        NestedShifted solver = new NestedShifted(level, 0.0, false);
        int known = Math.min(chains.size() - 1, KNOWN);
        for (int n = chains.size() - 2; n >= known; n--) {
            solver.refine(chains, n);
        }
        List<double[]> vectors = new ArrayList<>();
        for (int n = 0; n <= solver.hierarchy.finest(); n++) {
            vectors.add(solver.hierarchy.level(n).mass);
        }
        for (int n = chains.size() - 1 - vectors.size(); n >= 0; n--) {
            vectors.add(NestedHierarchy.refined(chains, n, vectors.get(vectors.size() - 1)));
        }
        Collections.reverse(vectors);
        return vectors;
    }

    private static ScaledChain level(NestedChain chain, double shift) {
        Generator generator = chain.generator();
        double[] excess = new double[generator.states()];
        Arrays.setAll(excess, i -> shift + generator.exitRate(i));
        return ScaledChain.of(generator, excess);
    }

    /** Adds the next finer chain, and improves its x in rounds. */
    private void refine(ChainSequence chains, int place) {
        NestedChain fine = chains.chain(place);
        ScaledChain level = level(fine, shift);
        hierarchy.refine(chains, place, level);
        int number = hierarchy.finest();
        double[] volumes = fine.volumes();
        double total = level.strips.sum((from, to) -> sum(volumes, from, to));
        // With a larger residual, 1 would be amplified by a small s on one chain and not on the next.
        double goal = RESOLVED * shift / fine.generator().largestOutflow();
        goal = Math.min(Math.max(goal, Multigrid.GOAL), ENOUGH);
        double[] r = new double[level.states];
        double[] u = new double[level.states];
        double[] residual = new double[level.states];
        double left = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS && left > goal; round++) {
            hierarchy.weigh();
            // x is known but for a factor.
            double lost = level.strips.sum((from, to) -> sum(level.lost, from, to));
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    u[i] = 1.0;
                    r[i] = volumes[i] * lost / (total * level.outflow[i]);
                }
            });
            level.sweep(true, u, r);
            level.sweep(false, u, r);
            level.residual(u, r, residual);
            Krylov krylov =
                    new Krylov(level, (rest, out, room) -> hierarchy.cycle(number, rest, out, room), u, residual, KEPT);
            left = krylov.largestResidual();
            double aim = left < NEAR ? goal : 1e-2 * left;
            while (left > aim && krylov.iterations() < ROUND_CYCLES) {
                krylov.step();
                left = krylov.largestResidual();
            }
            level.strips.each((from, to) -> {
                for (int i = from; i < to; i++) {
                    u[i] = Math.min(Math.max(u[i], SMALLEST_FACTOR), LARGEST_FACTOR);
                }
            });
            level.rescale(u);
        }
        hierarchy.weigh();
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }

    /**
     * Solves to a total variation of 1e-10 of the mass; no entry is negative, and the mass balance Σ excessᵢpᵢ = Σ rᵢ holds
     * to rounding.
     *
     * @throws ConvergenceException if the iteration does not get there
     */
    @Override
    public double[] solve(double[] right) {
        ScaledChain level = hierarchy.level(hierarchy.finest());
        if (scaled.length == 0) {
            scaled = new double[level.states];
        }
        double[] r = scaled;
        double total = level.strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                r[i] = right[i] / level.outflow[i];
                sum += right[i];
            }
            return sum;
        });
        int finest = hierarchy.finest();
        double goal = Multigrid.TOLERANCE * total;
        double[] u;
        if (balanced) {
            u = hierarchy.nested(finest, r);
            balance(level, r, u);
        } else {
            u = new double[level.states];
            hierarchy.start(finest, r, u);
            // The inverse of M has column sums of at most 1/excess: what is missing in flow bounds what is wrong in p.
            double missing = hierarchy.leave(finest, r, u);
            double before = Double.POSITIVE_INFINITY;
            while (missing > goal && missing < SLOW * before) {
                hierarchy.correct(finest, r, u, true);
                iterations++;
                before = missing;
                missing = hierarchy.leave(finest, r, u);
            }
            if (missing <= goal) {
                return level.balanced(u, total);
            }
        }
        return accelerated(level, r, u, total);
    }

    /** Goes on with conjugate residuals. */
    private double[] accelerated(ScaledChain level, double[] r, double[] u, double total) {
        double[] residual = new double[level.states];
        level.residual(u, r, residual);
        Krylov krylov = Krylov.weighted(level, this::precondition, u, residual, KEPT);
        double missing = krylov.missingFlow();
        while (!(missing <= Multigrid.TOLERANCE * total)) {
            if (krylov.iterations() == MOST_CYCLES) {
                throw new ConvergenceException(
                        "the shifted system did not converge", missing / total, MOST_CYCLES, Multigrid.TOLERANCE);
            }
            krylov.step();
            missing = krylov.missingFlow();
        }
        iterations += krylov.iterations();
        return level.positive(u, r, total);
    }

    private void precondition(double[] r, double[] u, double[] room) {
        hierarchy.cycle(hierarchy.finest(), r, u, room);
        balance(hierarchy.level(hierarchy.finest()), r, u);
    }

    /** Adds the constant that puts the balance of mass right. */
    private void balance(ScaledChain level, double[] r, double[] u) {
        if (!balanced) {
            return;
        }
        double missing = level.strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                sum += level.outflow[i] * r[i] - level.lost[i] * u[i];
            }
            return sum;
        });
        double constant = missing / level.strips.sum((from, to) -> sum(level.lost, from, to));
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                u[i] += constant;
            }
        });
    }

    /** Cycles on the finest chain in all solves so far, but for those that conjugate residuals start from. */
    int iterations() {
        return iterations;
    }
}
