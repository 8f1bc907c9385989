package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Solves the backward equations −Aᵀu = b > 0 of a chain that is left, over coarser chains of the same. They are the forward
 * equations of the chain in reversed time ({@link ScaledChain#backward}), whose reference vector x is the mean time spent in each
 * state from a uniform start: u is smooth itself, and x but a weight, found on the coarser chains and interpolated.
 *
 * <p>A residual below ε·b everywhere makes the error smaller than ε·u everywhere, as −A⁻ᵀ ≥ 0. Not safe for several threads.
 */
final class NestedPassage {

    /** The residual in parts of b. */
    private static final double GOAL = 1e-10;

    /** The residual that the rounding of u may leave, in parts of the flow it stands for: four sums of a few terms. */
    private static final double ROUNDING = 0x1p-50;

    /** What that may be in parts of b: above, the chain jumps too often before it is left. */
    private static final double ACCEPTED = 1e-7;

    private static final int MOST_CYCLES = 60;

    /** A residual that does not fall by this factor in so many cycles is given up. */
    private static final double STALLED = 0.3;

    private static final int PATIENCE = 8;

    /** Directions that the iteration keeps. */
    private static final int KEPT = 5;

    private final NestedHierarchy hierarchy;

    private NestedPassage(NestedHierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    /** Empty if the chain has no coarser ones that are small enough, or some that are not left. */
    static Optional<NestedPassage> of(NestedChain chain) {
        try {
            return ChainSequence.of(chain).map(NestedPassage::of);
        } catch (ReducibleGeneratorException e) {
            // A coarse chain has no way out where the fine one has.
            return Optional.empty();
        }
    }

    private static NestedPassage of(ChainSequence chains) {
        List<double[]> x = NestedShifted.occupations(chains);
        int last = chains.size() - 1;
        NestedHierarchy hierarchy = new NestedHierarchy(
                ScaledChain.backward(chains.coarsest().generator(), x.get(last)),
                CoarsestInverse.backward(chains.coarsest()));
        for (int n = last - 1; n >= 0; n--) {
            hierarchy.add(chains, n, ScaledChain.backward(chains.chain(n).generator(), x.get(n)));
        }
        return new NestedPassage(hierarchy);
    }

    /**
     * Solves once.
     *
     * @param b > 0, one a state; not modified
     * @return u, or empty if its error is not known to be below 1e-7
     */
    Optional<double[]> solve(double[] b) {
        int number = hierarchy.finest();
        ScaledChain level = hierarchy.level(number);
        double[] r = new double[level.states];
        level.strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                r[i] = b[i] * level.mass[i] / level.outflow[i];
            }
        });
        double[] u = hierarchy.nested(number, r);
        double[] residual = new double[level.states];
        level.residual(u, r, residual);
        Krylov krylov =
                new Krylov(level, (rest, out, room) -> hierarchy.cycle(number, rest, out, room), u, residual, KEPT);
        double[] recent = new double[PATIENCE];
        Arrays.fill(recent, Double.POSITIVE_INFINITY);
        while (true) {
            double left = left(level, u, r, residual);
            if (left <= 1.0) {
                return rounding(level, u, r) <= ACCEPTED ? Optional.of(u) : Optional.empty();
            }
            int slot = krylov.iterations() % PATIENCE;
            if (krylov.iterations() == MOST_CYCLES || !(left <= STALLED * recent[slot])) {
                return Optional.empty();
            }
            recent[slot] = left;
            krylov.step();
        }
    }

    /** The largest residual in units of what it may be. */
    private static double left(ScaledChain level, double[] u, double[] r, double[] residual) {
        return level.strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, Math.abs(residual[i]) / (GOAL * r[i] + ROUNDING * Math.abs(u[i])));
            }
            return max;
        });
    }

    /** The largest part of b that rounding may leave. */
    private static double rounding(ScaledChain level, double[] u, double[] r) {
        return level.strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, u[i] > 0.0 ? ROUNDING * u[i] / r[i] : Double.POSITIVE_INFINITY);
            }
            return max;
        });
    }
}
