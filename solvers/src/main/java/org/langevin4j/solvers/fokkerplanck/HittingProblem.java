package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.discretisation.CellProbabilities;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.discretisation.ThirdOrderFlux;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Eigenmodes;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Passage;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;
import org.langevin4j.solvers.markov.Survival;
import org.langevin4j.solvers.markov.UnreachableTargetException;

/**
 * When and where a process first hits one of some targets, or is absorbed at a boundary: the backward equation
 * (Gardiner 2009, section 5.5; Norris 1997, section 3.3), with L = b·∇ + β⁻¹D:∇∇ discretised as Aᵀ.
 *
 * <pre>
 * mean time          Lτ = −1,           τ = 0 on the targets
 * variance           Lσ² = −2β⁻¹∇τ·D∇τ, σ² = 0 on the targets; also Lm = −2τ, σ² = m − τ²
 * splitting, committor   Lq = 0,        q = 1 on one target, 0 on the others
 * survival           ∂S/∂t = LS,        S(x, 0) = 1 outside the targets, 0 on them
 * </pre>
 *
 * <p>T is the time of the first hit of any target or absorbing face. A target is a set of cells, those whose centres
 * satisfy its condition, so its edge runs along faces of cells. A rate that leads into it is that to the face it crosses,
 * as at an absorbing face of the region: with the distance of the face and not that of the centres. Second order in the
 * width of the cells if the edge of the target lies on their faces, first order otherwise.
 *
 * <p>Times, variances and probabilities come from one subtraction-free elimination, so that they are ≥ 0 and accurate to
 * about 13 digits as properties of the discrete process, however rare the hit. Where the noise does not reach every direction and
 * Φ is known, the flux is of third order ({@link ThirdOrderFlux}), positive again after limiting where it was not, and the error
 * of the grid is estimated ({@link #errorEstimate}); what is wrong by more than {@link FokkerPlanck#withErrorsUpTo} is refused.
 * Immutable.
 */
public final class HittingProblem {

    /** Solutions with the positive flux in more and more cells before it is taken in all. */
    private static final int ROUNDS = 8;

    private final FokkerPlanck equation;
    private final GridGenerator chain;
    private final int targets;

    /** Number of the target of each cell of the equation's region, −1 outside of all. */
    private final int[] targetOf;

    /** What is outside the targets, and the process on it. */
    private final Region outside;

    /** The positive rates there. */
    private final Generator killed;

    private final Passage passage;

    /** The operator of {@link #passage}: these rates, or those of third order. */
    private Generator taken;

    /** Where the error of the grid is to be estimated: the coarser one, and the problem on it. */
    private final @Nullable CoarserGrid coarser;

    private final @Nullable HittingProblem coarse;

    private HittingProblem(FokkerPlanck equation, List<Predicate<double[]>> conditions) {
        this.equation = equation;
        this.chain = equation.chain();
        this.targets = conditions.size();
        Region region = chain.region();
        this.targetOf = assign(region, conditions);
        if (chain.hasQuietWalls()) {
            requireWalls();
        }
        this.outside = targets == 0
                ? region
                : region.where(x -> targetOf[region.index(region.grid().cellOf(x))] < 0, region.rim());
        double[][] rates = new double[targets][outside.size()];
        Generator killed = killed(rates);
        Dissection order = GridGenerator.order(outside, reach(killed));
        Optional<ThirdOrderFlux> flux = chain.thirdOrder();
        this.killed = killed;
        this.taken = killed;
        this.passage =
                located(() -> flux.isPresent() ? sharp(flux.get(), killed, rates) : Passage.of(killed, order, rates));
        this.coarser = equation.coarser().orElse(null);
        this.coarse = coarser == null ? null : coarse(coarser, conditions);
    }

    /** The same on the coarser grid; null if it cannot be posed there. */
    private static @Nullable HittingProblem coarse(CoarserGrid grid, List<Predicate<double[]>> conditions) {
        try {
            return new HittingProblem(
                    FokkerPlanck.of(grid.chain()).withErrorsUpTo(Double.POSITIVE_INFINITY), conditions);
        } catch (IllegalArgumentException | IllegalStateException | NumericalException e) {
            return null;
        }
    }

    /**
     * The problem of hitting given targets.
     *
     * @param equation the equation; its absorbing faces, if any, end a path too
     * @param targets conditions on the centres of cells; where two hold, the first counts. None: absorption alone
     * @return the problem
     * @throws IllegalArgumentException if a target has no cell, fewer than 2 cells are left outside, or there is neither a
     *     target nor absorption
     * @throws UnreachableTargetException if from some cell nothing can be hit
     * @throws IllegalStateException if the walls spoil the paths, see {@link FokkerPlanck#stoppedFlow}
     */
    @SafeVarargs
    public static HittingProblem of(FokkerPlanck equation, Predicate<double[]>... targets) {
        if (targets.length == 0 && equation.generator().isConservative()) {
            throw new IllegalArgumentException("targets must number at least 1 where nothing is absorbed, got 0");
        }
        List<Predicate<double[]>> conditions = new ArrayList<>();
        for (Predicate<double[]> target : targets) {
            conditions.add(target);
        }
        return new HittingProblem(equation, conditions);
    }

    /** What the paths do at walls must not matter, by the steady state outside of the targets. */
    private void requireWalls() {
        double[] p;
        try {
            p = Eigenmodes.weights(chain.generator(), chain.order());
        } catch (ReducibleGeneratorException e) {
            return;
        }
        for (int k = 0; k < p.length; k++) {
            p[k] = targetOf[k] < 0 ? p[k] : 0.0;
        }
        chain.requireFlow(p, "the way to a target");
    }

    private static int[] assign(Region region, List<Predicate<double[]>> conditions) {
        int[] targetOf = new int[region.size()];
        int[] count = new int[conditions.size()];
        double[] x = new double[region.grid().dimension()];
        for (int k = 0; k < targetOf.length; k++) {
            targetOf[k] = -1;
            for (int t = 0; t < count.length && targetOf[k] < 0; t++) {
                region.grid().centre(region.cell(k), x);
                if (conditions.get(t).test(x)) {
                    targetOf[k] = t;
                    count[t]++;
                }
            }
        }
        for (int t = 0; t < count.length; t++) {
            if (!(count[t] >= 1)) {
                throw new IllegalArgumentException(
                        "target " + t + " must contain the centre of a cell, got none; is the grid too coarse for it?");
            }
        }
        return targetOf;
    }

    /**
     * With the flux of third order, but where that makes a time negative or a probability leave [0, 1]: there the positive flux is
     * kept, and all is solved again (a posteriori limiting, Clain, Diot and Loubère 2011).
     */
    private Passage sharp(ThirdOrderFlux flux, Generator killed, double[][] rates) {
        boolean[] limited = new boolean[outside.size()];
        for (int round = 0; ; round++) {
            Generator sharp = flux.on(outside, killed, limited);
            Passage found = Passage.of(sharp, GridGenerator.order(outside, reach(sharp)), rates);
            int outOfBounds = mark(found.meanTime(), Double.POSITIVE_INFINITY, limited);
            for (int t = 0; t < targets; t++) {
                outOfBounds += mark(found.probability(t), 1.0 + 1e-9, limited);
            }
            if (outOfBounds == 0) {
                taken = sharp;
                return found;
            }
            if (round == ROUNDS) {
                return Passage.of(killed, GridGenerator.order(outside, reach(killed)), rates);
            }
        }
    }

    /** Marks those cells whose value is not between 0 and a bound. */
    private static int mark(double[] u, double bound, boolean[] marked) {
        int count = 0;
        for (int k = 0; k < u.length; k++) {
            if (!(u[k] >= -1e-12 && u[k] <= bound)) {
                marked[k] = true;
                count++;
            }
        }
        return count;
    }

    /** The process until it hits: a generator on the cells outside. */
    private Generator killed(double[][] rates) {
        Generator whole = chain.generator();
        Region region = chain.region();
        Grid grid = region.grid();
        Generator.Builder builder = Generator.builder(outside.size());
        StraightWay way = new StraightWay(region, targetOf);
        for (int k = 0; k < outside.size(); k++) {
            int own = k;
            int from = region.index(outside.cell(k));
            if (whole.exitRate(from) > 0.0) {
                builder.exit(k, whole.exitRate(from));
            }
            whole.forEachRateFrom(from, (j, to, rate) -> {
                int hit = way.firstTarget(j, to);
                if (hit < 0) {
                    builder.pair(own, outside.index(region.cell(to)), rate, 0.0);
                } else {
                    double back = whole.rateBetween(to, j);
                    double forces = Math.log(rate)
                            + Math.log(grid.volume(region.cell(j)))
                            - Math.log(back)
                            - Math.log(grid.volume(region.cell(to)));
                    double exit = shortened(rate, forces, way.fraction);
                    rates[hit][own] += exit;
                    builder.exit(own, exit);
                }
            });
        }
        return builder.build();
    }

    /**
     * The rate to a point part of the way along an edge: with the flux c[B(−w)ρ₁ − B(w)ρ₂] of Scharfetter and Gummel over
     * the whole edge, whose rates give w, that over the part s is (c/s)B(−sw)ρ₁ where ρ = 0 at its end.
     */
    private static double shortened(double rate, double w, double part) {
        if (rate == 0.0 || w > 700.0) {
            return rate;
        }
        return Math.abs(w) < 1e-10 ? rate / part : rate * Math.expm1(-w) / Math.expm1(-part * w);
    }

    private int[] reach(Generator generator) {
        int[] reach = new int[outside.grid().dimension()];
        for (int k = 0; k < outside.size(); k++) {
            generator.forEachRateFrom(k, (from, to, rate) -> {
                for (int a = 0; a < reach.length; a++) {
                    reach[a] = Math.max(
                            reach[a], Math.abs(StraightWay.offset(outside, outside.cell(from), outside.cell(to), a)));
                }
            });
        }
        return reach;
    }

    /** Names the point from where nothing can be hit. */
    private <T> T located(Supplier<T> solution) {
        try {
            return solution.get();
        } catch (UnreachableTargetException e) {
            double[] x = new double[outside.grid().dimension()];
            outside.grid().centre(outside.cell(e.state()), x);
            UnreachableFromPointException located =
                    new UnreachableFromPointException(e.states(), outside.size(), e.state(), x);
            located.initCause(e);
            throw located;
        }
    }

    /**
     * The mean time of the first hit.
     *
     * @return τ(x) = E[T | x(0) = x], 0 on the targets, NaN outside the region
     * @throws UnreachableTargetException if it is above the range of {@code double}
     */
    public CellFunction meanTime() {
        equation.requireResolved("the mean time", errorEstimate());
        return rawMeanTime();
    }

    private CellFunction rawMeanTime() {
        return toFunction(located(passage::meanTime), -1);
    }

    /**
     * The relative error of the mean time that comes from the grid, estimated by the same problem on cells of twice the width,
     * where the scheme is not of second order in every direction: Σπ|τ − τ′|/Σπτ with the stationary law π, of which half is
     * taken where the flux is of higher order, and what the fading of that flux costs ({@link ThirdOrderFlux#unfaded}). Variances and probabilities are judged by their own differences.
     *
     * @return the estimate; 0 where the scheme is of second order, NaN if there is no coarser problem
     */
    public double errorEstimate() {
        double refined = error(rawMeanTime(), HittingProblem::rawMeanTime);
        return refined
                + CoarserGrid.OF_FADING
                        * chain.thirdOrder().map(this::errorOfFading).orElse(0.0);
    }

    /** What τ from the stationary law would change by, to first order, if the flux did not fade. */
    private double errorOfFading(ThirdOrderFlux flux) {
        int n = outside.size();
        double[] start = new double[n];
        double[] now = new double[n];
        double[] unfaded = new double[n];
        for (int k = 0; k < n; k++) {
            start[k] = flux.weight(chain.region().index(outside.cell(k)));
        }
        double[] time = passage.meanTime();
        double[] occupation = passage.occupation(start);
        taken.backwardTimes(time, now);
        flux.unfaded(outside, killed).backwardTimes(time, unfaded);
        double mean = 0.0;
        double change = 0.0;
        for (int k = 0; k < n; k++) {
            mean += start[k] * time[k];
            change += occupation[k] * (unfaded[k] - now[k]);
        }
        return Math.abs(change / mean);
    }

    private double error(CellFunction fine, Function<HittingProblem, CellFunction> solution) {
        if (!chain.isRough()) {
            return 0.0;
        }
        if (coarser == null || coarse == null) {
            return Double.NaN;
        }
        try {
            return coarser.error(fine, solution.apply(coarse));
        } catch (NumericalException e) {
            return Double.NaN;
        }
    }

    /** A solution, unless it is too wrong. */
    private CellFunction resolved(String what, Function<HittingProblem, CellFunction> solution) {
        CellFunction fine = solution.apply(this);
        equation.requireResolved(what, error(fine, solution));
        return fine;
    }

    /**
     * The variance of the time of the first hit.
     *
     * @return σ²(x) = Var[T | x(0) = x], 0 on the targets, NaN outside the region
     */
    public CellFunction variance() {
        return resolved("the variance", h -> h.toFunction(h.located(h.passage::variance), -1));
    }

    /**
     * The second moment of the time of the first hit.
     *
     * @return E[T² | x(0) = x], 0 on the targets, NaN outside the region
     */
    public CellFunction secondMoment() {
        return resolved("the second moment", h -> h.toFunction(h.located(h.passage::secondMoment), -1));
    }

    /**
     * The probability that a target is the first to be hit; with two targets and no absorption that of the second is the
     * committor from the first to the second.
     *
     * @param target number of the target, in the order given
     * @return q(x), 1 on the target, 0 on the others, NaN outside the region
     */
    public CellFunction probability(int target) {
        return resolved("the probability", h -> h.toFunction(h.passage.probability(target), target));
    }

    /**
     * The probability to be absorbed at the boundary before any target is hit.
     *
     * @return q(x), 0 on the targets, NaN outside the region
     */
    public CellFunction absorptionProbability() {
        return resolved("the probability", HittingProblem::rawAbsorption);
    }

    private CellFunction rawAbsorption() {
        double[] right = new double[outside.size()];
        for (int k = 0; k < right.length; k++) {
            right[k] = chain.generator().exitRate(chain.region().index(outside.cell(k)));
        }
        return toFunction(passage.probabilityOfExit(right), -1);
    }

    /**
     * The law of T from a starting density, by an L-stable method of third order in the step: three solves with one
     * elimination a step. Below the error of the method S and its density may be negative.
     *
     * @param start ρ(0); its mass on the targets has hit at once
     * @param stepSize h > 0
     * @param steps number of steps, at least 1
     * @return S and its density at the steps + 1 times
     */
    public Survival survival(Density start, double stepSize, int steps) {
        double[] whole = CellProbabilities.startingFrom(start, chain.region());
        double[] p = new double[outside.size()];
        for (int k = 0; k < p.length; k++) {
            p[k] = whole[chain.region().index(outside.cell(k))];
        }
        equation.requireResolved("the law of the time", errorEstimate());
        return located(() -> passage.survival(p, stepSize, steps));
    }

    /**
     * The probability of not having hit anything by a given time, from every cell; the method is that of
     * {@link #survival(Density, double, int)}.
     *
     * @param time t > 0
     * @param steps number of steps to it, at least 1
     * @return S(x, t) = P(T > t | x(0) = x), 0 on the targets, NaN outside the region
     */
    public CellFunction survivalAt(double time, int steps) {
        return resolved(
                "the probability of survival",
                h -> h.toFunction(h.located(() -> h.passage.survivalAt(time, steps)), -1));
    }

    /** Outside the targets as given; 1 on the target named, 0 on the others. */
    private CellFunction toFunction(double[] u, int one) {
        double[] values = new double[targetOf.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = targetOf[k] < 0 ? u[outside.index(chain.region().cell(k))] : targetOf[k] == one ? 1.0 : 0.0;
        }
        return chain.function(values);
    }

    @Override
    public String toString() {
        double error = errorEstimate();
        String estimate =
                error == 0.0 ? "" : String.format(Locale.ROOT, "; relative error of the mean time about %.2g", error);
        return "hitting " + targets + (targets == 1 ? " target" : " targets") + " from " + outside + estimate
                + (error >= CoarserGrid.NOTABLE ? ": " + CoarserGrid.advice(chain) : "");
    }
}
