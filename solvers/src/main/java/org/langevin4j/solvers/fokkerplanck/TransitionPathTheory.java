package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Passage;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;
import org.langevin4j.solvers.markov.StationaryDistribution;
import org.langevin4j.solvers.markov.SteadyStateMethod;
import org.langevin4j.solvers.markov.UnreachableTargetException;

/**
 * Transition path theory of a process in its steady state: the pieces of a path that leave a set A and come to a set B without
 * return to A (Vanden-Eijnden 2006; for any drift, Metzner, Schütte and Vanden-Eijnden 2006, section II). With the process run
 * backwards, whose drift is −b + 2β⁻¹∇·(Dρˢˢ)/ρˢˢ,
 *
 * <pre>
 * forward committor    q⁺(x) = P(B before A | from x)          L q⁺ = 0,   q⁺ = 0 on A, 1 on B
 * backward committor   q⁻(x) = P(A later than B | come to x)   L̂ q⁻ = 0,   q⁻ = 1 on A, 0 on B
 * reactive density     m = q⁻ρˢˢq⁺                             its mass: the part of the time on such pieces
 * reactive current     J_AB = q⁺q⁻Jˢˢ + β⁻¹ρˢˢD(q⁻∇q⁺ − q⁺∇q⁻) ∇·J_AB = 0 outside A and B
 * flux                 F = ∫J_AB·n over any surface between A and B: transitions per unit of time
 * rate                 k = F / ∫q⁻ρˢˢ                          per unit of time in which A was the last of the two
 * </pre>
 *
 * <p>With detailed balance q⁻ = 1 − q⁺. All is that of the Markov process on the cells (Metzner, Schütte and Vanden-Eijnden
 * 2009), with the edges of A and B at the faces that are crossed, as in {@link HittingProblem}: the flow out through a face is
 * longer than between centres, the flow back by as much, so that the steady state stays what it is and what leaves A arrives in
 * B to rounding. Second order in the width of the cells where the edges lie on their faces. Sets that touch have a flux that
 * grows without bound as the cells shrink. Immutable.
 */
public final class TransitionPathTheory {

    /** Relative to the largest probability of a cell; less is not told from 0. */
    private static final double NEGLIGIBLE = 1e-290;

    private final GridGenerator chain;
    private final Density steady;
    private final double[] law;
    private final double[] forward;
    private final double[] backward;
    private final Current current;
    private final double flux;
    private final double errorEstimate;

    private TransitionPathTheory(
            FokkerPlanck equation,
            double[] law,
            double[] forward,
            double[] backward,
            Current current,
            double flux,
            Predicate<double[]> a,
            Predicate<double[]> b) {
        this.chain = equation.chain();
        this.steady = chain.density(law);
        this.law = law;
        this.forward = forward;
        this.backward = backward;
        this.current = current;
        this.flux = flux;
        this.errorEstimate = coarse(
                equation, wide -> Math.abs(TransitionPathTheory.of(wide, a, b).rate() / rate() - 1.0));
    }

    /**
     * The transitions from A to B.
     *
     * @param equation the equation, without absorption, killing or source
     * @param a condition on the centres of the cells of A
     * @param b condition on those of B; where both hold, the cell is of A
     * @return committors, current and rate
     * @throws IllegalArgumentException if a set has no cell, fewer than 2 cells are left outside, or there is absorption or a
     *     source
     * @throws UnresolvedException if the rate is wrong by more than {@link FokkerPlanck#withErrorsUpTo}
     * @throws ReducibleGeneratorException if the steady state is not unique
     * @throws UnreachableTargetException if from some cell neither set can be hit
     */
    public static TransitionPathTheory of(FokkerPlanck equation, Predicate<double[]> a, Predicate<double[]> b) {
        Ways ways = new Ways(equation, List.of(a, b));
        GridGenerator chain = ways.chain;
        Targets targets = ways.targets;
        double[] law = ways.law;
        double[] forward = targets.spread(ways.forward().probability(1), 1);
        double[] backward = targets.spread(ways.backward().probability(0), 0);
        Current.Flows flows = new Current.Flows(chain);
        double[] leaving = new double[law.length];
        double[] out = {0.0};
        targets.forEachWay((from, to, rate, toFace, hit, cell, part) -> {
            double flow = backward[from] * law[from] * toFace * (hit < 0 ? forward[to] : hit);
            if (hit < 0) {
                flows.between(from, to, flow);
            } else {
                flows.part(from, to, flow, part);
            }
            leaving[from] += flow;
            leaving[hit < 0 ? to : cell] -= flow;
        });
        ways.forEachEntry((to, from, flow, hit, cell, part) -> {
            double reactive = hit == 0 ? flow * forward[to] : 0.0;
            flows.part(to, from, -reactive, part);
            leaving[cell] += reactive;
            leaving[to] -= reactive;
            out[0] += reactive;
        });
        ways.forEachJump((from, to, flow) -> {
            if (targets.of(from) == 0) {
                flows.between(from, to, flow);
                leaving[from] += flow;
                leaving[to] -= flow;
                out[0] += flow;
            }
        });
        TransitionPathTheory found =
                new TransitionPathTheory(equation, law, forward, backward, flows.current(leaving), out[0], a, b);
        equation.requireResolved("the rate", found.errorEstimate);
        return found;
    }

    /** What cells of twice the width give; NaN if it cannot be posed there. */
    private static double coarse(FokkerPlanck equation, ToDoubleFunction<FokkerPlanck> error) {
        if (!equation.chain().isRough()) {
            return 0.0;
        }
        try {
            return equation.coarser()
                    .map(grid ->
                            error.applyAsDouble(FokkerPlanck.of(grid.chain()).withErrorsUpTo(Double.POSITIVE_INFINITY)))
                    .orElse(Double.NaN);
        } catch (IllegalArgumentException | IllegalStateException | NumericalException e) {
            return Double.NaN;
        }
    }

    /**
     * How often the process goes from one of several sets to another, hitting none between.
     *
     * @param equation the equation, without absorption, killing or source
     * @param sets conditions on the centres of cells, at least 2; where two hold, the first counts
     * @return transitions per unit of time, {@code [from][to]}; 0 on the diagonal. As often out of a set as into it
     * @throws IllegalArgumentException as by {@link #of}
     */
    @SafeVarargs
    public static double[][] fluxes(FokkerPlanck equation, Predicate<double[]>... sets) {
        if (!(sets.length >= 2)) {
            throw new IllegalArgumentException("sets must number at least 2, got " + sets.length);
        }
        List<Predicate<double[]>> conditions = new ArrayList<>();
        for (Predicate<double[]> set : sets) {
            conditions.add(set);
        }
        return fluxes(equation, conditions);
    }

    private static double[][] fluxes(FokkerPlanck equation, List<Predicate<double[]>> conditions) {
        Ways ways = new Ways(equation, conditions);
        Passage passage = ways.forward();
        double[][] committors = new double[conditions.size()][];
        Arrays.setAll(committors, t -> ways.targets.spread(passage.probability(t), t));
        double[][] fluxes = new double[conditions.size()][conditions.size()];
        ways.forEachEntry((to, from, flow, hit, cell, part) -> {
            for (int t = 0; t < fluxes.length; t++) {
                fluxes[hit][t] += t == hit ? 0.0 : flow * committors[t][to];
            }
        });
        ways.forEachJump((from, to, flow) -> fluxes[ways.targets.of(from)][ways.targets.of(to)] += flow);
        equation.requireResolved("the fluxes", coarse(equation, wide -> difference(fluxes, fluxes(wide, conditions))));
        return fluxes;
    }

    private static double difference(double[][] fine, double[][] coarse) {
        double difference = 0.0;
        double size = 0.0;
        for (int a = 0; a < fine.length; a++) {
            for (int b = 0; b < fine.length; b++) {
                difference += Math.abs(fine[a][b] - coarse[a][b]);
                size += fine[a][b];
            }
        }
        return difference / size;
    }

    /** Receives what comes out of the sets. */
    @FunctionalInterface
    private interface EntryVisitor {

        /**
         * One flow.
         *
         * @param to the cell outside that it comes to
         * @param from the cell at the other end of the way
         * @param flow in the steady state
         * @param hit the set that it comes from
         * @param cell the cell of it
         * @param part of the way that is outside
         */
        void visit(int to, int from, double flow, int hit, int cell, double part);
    }

    /** The process in its steady state, forth and back between the faces of the sets. */
    private static final class Ways {

        private final GridGenerator chain;
        private final Targets targets;

        /** π, of sum 1. */
        private final double[] law;

        private final double least;

        Ways(FokkerPlanck equation, List<Predicate<double[]>> sets) {
            equation.requireConservative();
            this.chain = equation.chain();
            this.targets = new Targets(chain, sets);
            this.law = StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC)
                    .probabilities();
            this.least = NEGLIGIBLE * Arrays.stream(law).max().orElseThrow();
        }

        Passage forward() {
            double[][] rates = new double[targets.count()][targets.outside().size()];
            Generator killed = targets.killed(rates);
            return targets.located(() -> Passage.of(killed, targets.order(killed), rates));
        }

        /** Of the process run backwards. */
        Passage backward() {
            int n = targets.outside().size();
            double[][] rates = new double[targets.count()][n];
            Generator.Builder builder = Generator.builder(n);
            targets.forEachWay((from, to, rate, toFace, hit, cell, part) -> {
                if (hit < 0 && law[to] > least) {
                    builder.rate(targets.own(to), targets.own(from), rate * (law[from] / law[to]));
                }
                if (!(law[from] > least)) {
                    // Where the process never is, it may go as it likes.
                    if (hit < 0) {
                        builder.rate(targets.own(from), targets.own(to), rate);
                    } else {
                        rates[hit][targets.own(from)] += toFace;
                    }
                }
            });
            forEachEntry((to, from, flow, hit, cell, part) -> {
                if (law[to] > least) {
                    rates[hit][targets.own(to)] += flow / law[to];
                }
            });
            for (double[] row : rates) {
                for (int k = 0; k < n; k++) {
                    builder.exit(k, row[k]);
                }
            }
            Generator killed = builder.build();
            return targets.located(() -> Passage.of(killed, targets.order(killed), rates));
        }

        /**
         * What comes out of the sets. The flow between the centres is that of the chain; what the shorter way to the face adds to
         * the one direction, it adds to the other.
         */
        void forEachEntry(EntryVisitor visitor) {
            Generator generator = chain.generator();
            StraightWay way = targets.way();
            for (int cell = 0; cell < law.length; cell++) {
                generator.forEachRateFrom(cell, (from, to, rate) -> {
                    int hit = targets.of(to) < 0 ? way.firstTarget(to, from) : -1;
                    if (hit >= 0) {
                        visitor.visit(to, from, rate * law[from], hit, way.hit, way.fraction);
                    }
                });
            }
            targets.forEachWay((from, to, rate, toFace, hit, cell, part) -> {
                if (hit >= 0) {
                    visitor.visit(from, to, (toFace - rate) * law[from], hit, cell, part);
                }
            });
        }

        /** From one set to another at once. */
        void forEachJump(Generator.RateVisitor visitor) {
            for (int cell = 0; cell < law.length; cell++) {
                if (targets.of(cell) >= 0) {
                    chain.generator().forEachRateFrom(cell, (from, to, rate) -> {
                        if (targets.of(to) >= 0 && targets.of(to) != targets.of(from)) {
                            visitor.visit(from, to, rate * law[from]);
                        }
                    });
                }
            }
        }
    }

    /**
     * The steady state in which the transitions are counted.
     *
     * @return ρˢˢ, of mass 1
     */
    public Density steadyState() {
        return steady;
    }

    /**
     * The forward committor.
     *
     * @return q⁺, 0 on A, 1 on B, NaN outside the region
     */
    public CellFunction forwardCommittor() {
        return chain.function(forward);
    }

    /**
     * The backward committor.
     *
     * @return q⁻, 1 on A, 0 on B, NaN outside the region; arbitrary where ρˢˢ is below the range of {@code double}
     */
    public CellFunction backwardCommittor() {
        return chain.function(backward);
    }

    /**
     * Where the process is on its way from A to B.
     *
     * @return m = q⁻ρˢˢq⁺, not normalised: its mass is {@link #reactiveTime}
     */
    public Density reactiveDensity() {
        double[] m = new double[law.length];
        for (int k = 0; k < m.length; k++) {
            m[k] = backward[k] * law[k] * forward[k];
        }
        return chain.density(m);
    }

    /**
     * How it goes from A to B.
     *
     * @return J_AB outside A and B; its divergence is 0 there, what leaves A in the cells of A at its edge, and less than 0, what
     *     arrives, in those of B
     */
    public Current current() {
        return current;
    }

    /**
     * The number of transitions.
     *
     * @return F, from A to B per unit of time; as many lead back
     */
    public double flux() {
        return flux;
    }

    /**
     * The rate of transitions.
     *
     * @return k, from A to B per unit of time in which A was the last of the two
     */
    public double rate() {
        double last = 0.0;
        for (int k = 0; k < law.length; k++) {
            last += law[k] * backward[k];
        }
        return flux / last;
    }

    /**
     * The relative error of the rate that comes from the grid, where the scheme is not of second order in every direction: the
     * difference from cells of twice the width. The positive scheme is used throughout, so that it is of first order there.
     *
     * @return the estimate; 0 where the scheme is of second order, NaN if there is none
     */
    public double errorEstimate() {
        return errorEstimate;
    }

    /**
     * The part of the time on the way from A to B.
     *
     * @return between 0 and 1
     */
    public double reactiveTime() {
        return reactiveDensity().mass();
    }

    /**
     * The mean length of such a way from the last time in A to the first in B.
     *
     * @return {@link #reactiveTime} over {@link #flux}
     */
    public double meanDuration() {
        return reactiveTime() / flux;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "transition paths on %s: flux %.6g, rate %.6g, %.3g of the time",
                chain.region(),
                flux,
                rate(),
                reactiveTime());
    }
}
