package org.langevin4j.solvers.fokkerplanck;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.discretisation.CellProbabilities;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.discretisation.KilledChain;
import org.langevin4j.solvers.discretisation.ThirdOrderFlux;
import org.langevin4j.solvers.markov.BeyondRangeException;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.Passage;
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
 * <p>T is the time of the first hit of any target or absorbing face, or of being killed where the equation has killing, then
 * with Lτ − kτ = −1 and so on. A target is a set of cells, those whose centres
 * satisfy its condition, so its edge runs along faces of cells. A rate that leads into it is that to the face it crosses,
 * as at an absorbing face of the region: with the distance of the face and not that of the centres. Second order in the
 * width of the cells if the edge of the target lies on their faces, first order otherwise.
 *
 * <p>Times, variances and probabilities come from one subtraction-free elimination, so that they are ≥ 0 and accurate to
 * about 13 digits as properties of the discrete process, however rare the hit; the times from very many cells come from multigrid
 * where that can vouch for 7 ({@link Passage}). Where the noise does not reach every direction and
 * Φ is known, the flux is of third order ({@link ThirdOrderFlux}), positive again after limiting where it was not, and the error
 * of the grid is estimated ({@link #errorEstimate}); what is wrong by more than {@link FokkerPlanck#withErrorsUpTo} is refused.
 * Immutable.
 */
public final class HittingProblem {

    /** Solutions with the positive flux in more and more cells before it is taken in all. */
    private static final int ROUNDS = 8;

    private final FokkerPlanck equation;
    private final GridGenerator chain;
    private final Targets targets;

    /** The positive rates outside of the targets. */
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
        this.targets = new Targets(chain, conditions);
        double[][] rates = new double[targets.count()][targets.outside().size()];
        Generator killed = targets.killed(rates);
        Optional<ThirdOrderFlux> flux = chain.thirdOrder();
        this.killed = killed;
        this.taken = killed;
        this.passage =
                targets.located(() -> flux.isPresent() ? sharp(flux.get(), killed, rates) : positive(killed, rates));
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
     * @throws BeyondRangeException if there is a way, but so rare that its rates are below the range of {@code double}
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

    /**
     * With the flux of third order, but where that makes a time negative or a probability leave [0, 1]: there the positive flux is
     * kept, and all is solved again (a posteriori limiting, Clain, Diot and Loubère 2011).
     */
    private Passage sharp(ThirdOrderFlux flux, Generator killed, double[][] rates) {
        boolean[] limited = new boolean[targets.outside().size()];
        for (int round = 0; ; round++) {
            Generator sharp = flux.on(targets.outside(), killed, limited);
            Passage found = Passage.of(sharp, targets.order(sharp), rates);
            int outOfBounds = mark(found.meanTime(), Double.POSITIVE_INFINITY, limited);
            for (int t = 0; t < targets.count(); t++) {
                outOfBounds += mark(found.probability(t), 1.0 + 1e-9, limited);
            }
            if (outOfBounds == 0) {
                taken = sharp;
                return found;
            }
            if (round == ROUNDS) {
                return positive(killed, rates);
            }
        }
    }

    private Passage positive(Generator killed, double[][] rates) {
        return Passage.of(new KilledChain(chain, targets.outside(), killed, () -> targets.order(killed)), rates);
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

    /**
     * The mean time of the first hit.
     *
     * @return τ(x) = E[T | x(0) = x], 0 on the targets, NaN outside the region
     * @throws BeyondRangeException if it is above the range of {@code double}
     */
    public CellFunction meanTime() {
        equation.requireResolved("the mean time", errorEstimate());
        return rawMeanTime();
    }

    private CellFunction rawMeanTime() {
        return targets.function(targets.located(passage::meanTime), -1);
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
        int n = targets.outside().size();
        double[] start = new double[n];
        double[] now = new double[n];
        double[] unfaded = new double[n];
        for (int k = 0; k < n; k++) {
            start[k] = flux.weight(targets.whole(k));
        }
        double[] time = passage.meanTime();
        double[] occupation = passage.occupation(start);
        taken.backwardTimes(time, now);
        flux.unfaded(targets.outside(), killed).backwardTimes(time, unfaded);
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
        return resolved("the variance", h -> h.targets.function(h.targets.located(h.passage::variance), -1));
    }

    /**
     * The second moment of the time of the first hit.
     *
     * @return E[T² | x(0) = x], 0 on the targets, NaN outside the region
     */
    public CellFunction secondMoment() {
        return resolved("the second moment", h -> h.targets.function(h.targets.located(h.passage::secondMoment), -1));
    }

    /**
     * The probability that a target is the first to be hit; with two targets and no absorption that of the second is the
     * committor from the first to the second.
     *
     * @param target number of the target, in the order given
     * @return q(x), 1 on the target, 0 on the others, NaN outside the region
     */
    public CellFunction probability(int target) {
        return resolved("the probability", h -> h.targets.function(h.passage.probability(target), target));
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
        double[] right = new double[targets.outside().size()];
        for (int k = 0; k < right.length; k++) {
            right[k] = chain.killing().faceRate(targets.whole(k));
        }
        return targets.function(passage.probabilityOfExit(right), -1);
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
        double[] p = new double[targets.outside().size()];
        for (int k = 0; k < p.length; k++) {
            p[k] = whole[targets.whole(k)];
        }
        equation.requireResolved("the law of the time", errorEstimate());
        return targets.located(() -> passage.survival(p, stepSize, steps));
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
                h -> h.targets.function(h.targets.located(() -> h.passage.survivalAt(time, steps)), -1));
    }

    @Override
    public String toString() {
        double error = errorEstimate();
        String estimate =
                error == 0.0 ? "" : String.format(Locale.ROOT, "; relative error of the mean time about %.2g", error);
        return "hitting " + targets.count() + (targets.count() == 1 ? " target" : " targets") + " from "
                + targets.outside() + estimate + (error >= CoarserGrid.NOTABLE ? ": " + CoarserGrid.advice(chain) : "");
    }
}
