package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When and where a chain first hits one of some targets, or is absorbed: the backward equations (Norris 1997, section 3.3)
 *
 * <pre>
 * mean time        Aᵀτ = −1                              on the states outside of all targets
 * second moment    Aᵀm = −2τ,   σ² = m − τ²;   also Aᵀσ² = −Σᵢ Aᵢⱼ(τᵢ − τⱼ)² − exitⱼτⱼ²
 * hit first        Aᵀq = −(rates into the target)
 * survival         dS/dt = AᵀS,   S(0) = 1
 * </pre>
 *
 * <p>T is the time of the first hit of any target or absorption. Times, variances and probabilities come from one
 * subtraction-free elimination, so that they are ≥ 0 and accurate to about 13 digits, however rare the hit. The means and second
 * moments of T from very many states come from multigrid over coarser chains ({@link #of(NestedChain, double[][])}) where that can
 * vouch for a relative error of 1e-7 in each: residuals are 1e-10 of the right-hand side, but for the rounding of τ, which
 * accounts for as many units as the chain jumps before the hit at most. Safe for several threads.
 */
public final class Passage {

    /** More add nothing but rounding. */
    private static final int MOST_STEPS = 10_000_000;

    /** The L-stable third-order rational approximation of eᶻ with poles at 1/γ: Σ cₖ(1 − γz)⁻ᵏ, k = 1, 2, 3. */
    private static final double GAMMA = 0.435866521508459;

    private static final double C3 = 1.0 + 0.5 / (GAMMA * GAMMA) - 2.0 / GAMMA;
    private static final double C2 = 1.0 / GAMMA - 1.0 - 2.0 * C3;
    private static final double C1 = 1.0 - C2 - C3;

    /** No target. */
    private static final int NONE = -1;

    /** From this relative variance on m − τ² has ten digits; and the accuracy of that difference below. */
    private static final double VARIES = 1e-3;

    private static final double FLAT = 1e-12;

    private final Generator generator;
    private final Supplier<Dissection> order;

    /** Found when it is asked for, where multigrid comes first. */
    private @Nullable Elimination elimination;

    /** Where elimination costs more; with its solver once that is asked for. */
    private @Nullable NestedChain nestedChain;

    private @Nullable NestedPassage nested;

    private double @Nullable [] mean;

    /** For each target the rates into it, one a state outside. */
    private final double[][] rates;

    /** Number of each state among those outside, or −1 − t in target t. */
    private final int[] places;

    private Passage(Generator generator, Supplier<Dissection> order, double[][] rates, int[] places) {
        this.generator = generator;
        this.order = order;
        this.rates = rates;
        this.places = places;
        requireReachable();
    }

    /**
     * The problem of hitting given sets of states. All results have one number a state: those in a target have hit at once.
     *
     * @param chain the chain; its absorption, if any, ends a path too
     * @param targets sets of states, disjoint. None: absorption alone
     * @return the problem
     * @throws IllegalArgumentException if a target is empty or not of the chain, two have a state in common, no state is left
     *     outside, or there is neither a target nor absorption
     * @throws UnreachableTargetException if from some state nothing can be hit
     * @throws BeyondRangeException if there is a way, but so rare that its rates are below the range of {@code double}
     */
    public static Passage to(Generator chain, int[]... targets) {
        if (targets.length == 0 && chain.isConservative()) {
            throw new IllegalArgumentException("targets must number at least 1 where nothing is absorbed, got 0");
        }
        int[] places = places(chain.states(), targets);
        int[] outside =
                IntStream.range(0, places.length).filter(k -> places[k] >= 0).toArray();
        if (outside.length == 0) {
            throw new IllegalArgumentException("targets must leave a state outside, got all " + chain.states());
        }
        double[][] rates = new double[targets.length][outside.length];
        Generator.Builder builder = Generator.builder(outside.length);
        for (int k = 0; k < outside.length; k++) {
            int own = k;
            if (chain.exitRate(outside[k]) > 0.0) {
                builder.exit(k, chain.exitRate(outside[k]));
            }
            chain.forEachRateFrom(outside[k], (from, to, rate) -> {
                if (places[to] >= 0) {
                    builder.rate(own, places[to], rate);
                } else {
                    rates[-1 - places[to]][own] += rate;
                    builder.exit(own, rate);
                }
            });
        }
        Generator killed = builder.build();
        Dissection order = Dissection.of(killed);
        Passage passage = new Passage(killed, () -> order, rates, places);
        passage.elimination();
        return passage;
    }

    private static int[] places(int states, int[]... targets) {
        int[] places = new int[states];
        for (int t = 0; t < targets.length; t++) {
            if (!(targets[t].length >= 1)) {
                throw new IllegalArgumentException("target " + t + " must have a state, got none");
            }
            for (int state : targets[t]) {
                if (!(state >= 0 && state < states)) {
                    throw new IllegalArgumentException(
                            "states of target " + t + " must be from 0 to " + (states - 1) + ", got " + state);
                }
                if (!(places[state] == 0 || places[state] == -1 - t)) {
                    throw new IllegalArgumentException("targets must be disjoint, got state " + state + " in "
                            + (-1 - places[state]) + " and " + t);
                }
                places[state] = -1 - t;
            }
        }
        int count = 0;
        for (int k = 0; k < states; k++) {
            if (places[k] == 0) {
                places[k] = count++;
            }
        }
        return places;
    }

    /** Outside as given; 1 in the target named, 0 in the others. */
    private double[] spread(double[] outside, int one) {
        double[] all = new double[places.length];
        for (int k = 0; k < all.length; k++) {
            all[k] = places[k] >= 0 ? outside[places[k]] : places[k] == -1 - one ? 1.0 : 0.0;
        }
        return all;
    }

    private double[] restrict(double[] all) {
        if (!(all.length == places.length)) {
            throw new IllegalArgumentException(
                    "values must number " + places.length + ", one a state, got " + all.length);
        }
        double[] outside = new double[generator.states()];
        for (int k = 0; k < all.length; k++) {
            if (places[k] >= 0) {
                outside[places[k]] = all[k];
            }
        }
        return outside;
    }

    /**
     * The problem on the states outside of all targets.
     *
     * @param outside the chain there; what leads into a target, or is absorbed, is an exit rate
     * @param order of elimination
     * @param rates for each target the rates into it, one a state outside; together at most the exit rates
     * @return the problem
     * @throws UnreachableTargetException if from some state nothing can be hit
     * @throws BeyondRangeException if there is a way, but so rare that its rates are below the range of {@code double}
     */
    public static Passage of(Generator outside, Dissection order, double[][] rates) {
        Passage passage = new Passage(outside, () -> order, rates.clone(), identity(outside.states()));
        passage.elimination();
        return passage;
    }

    /**
     * The problem on the states outside of all targets, if these are parts of those of coarser chains: mean times from very many
     * states come from multigrid.
     *
     * @param outside the chain there; what leads into a target, or is absorbed, is an exit rate
     * @param rates for each target the rates into it, one a state outside; together at most the exit rates
     * @return the problem
     * @throws UnreachableTargetException if from some state nothing can be hit
     * @throws BeyondRangeException if there is a way, but so rare that its rates are below the range of {@code double}; of very
     *     many states that is found only when it matters
     */
    public static Passage of(NestedChain outside, double[][] rates) {
        Generator generator = outside.generator();
        Passage passage = new Passage(generator, outside::order, rates.clone(), identity(generator.states()));
        if (SolverChoice.eliminatesPassages(generator.states(), outside.dimension())) {
            passage.elimination();
        } else {
            passage.nestedChain = outside;
        }
        return passage;
    }

    private static int[] identity(int states) {
        int[] places = new int[states];
        Arrays.setAll(places, k -> k);
        return places;
    }

    private void requireReachable() {
        boolean[] reached = Reach.ofExits(generator);
        int missing = 0;
        int first = -1;
        for (int k = reached.length - 1; k >= 0; k--) {
            missing += reached[k] ? 0 : 1;
            first = reached[k] ? first : k;
        }
        if (missing > 0) {
            throw unreachable(missing, first);
        }
    }

    private UnreachableTargetException unreachable(int states, int example) {
        return new UnreachableTargetException(
                states, example, states + " of " + generator.states() + " states, such as state " + example);
    }

    private synchronized Elimination elimination() {
        Elimination found = elimination;
        if (found == null) {
            found = eliminate(0.0);
            elimination = found;
        }
        return found;
    }

    /** u with −Aᵀu = b > 0. */
    private synchronized double[] backward(double[] b) {
        NestedChain chain = nestedChain;
        if (chain != null) {
            Optional<NestedPassage> solver = Optional.ofNullable(nested).or(() -> NestedPassage.of(chain));
            Optional<double[]> u = solver.flatMap(passage -> passage.solve(b));
            if (u.isPresent()) {
                nested = solver.get();
                return u.get();
            }
            nested = null;
            nestedChain = null;
        }
        return elimination().solveTransposed(b);
    }

    private Elimination eliminate(double shift) {
        try {
            return Elimination.of(generator, order.get(), shift);
        } catch (ReducibleGeneratorException e) {
            // There is a way, but what is left of its rates is below the range of double.
            throw beyondRange(e);
        }
    }

    private BeyondRangeException beyondRange(@Nullable Throwable cause) {
        BeyondRangeException beyond =
                new BeyondRangeException(FlatterChain.logarithmOfLongestTime(generator, order.get()));
        beyond.initCause(cause);
        return beyond;
    }

    /**
     * The mean time of the first hit.
     *
     * @return τⱼ = E[T | x(0) = j], one a state
     * @throws BeyondRangeException if it is above the range of {@code double}
     */
    public double[] meanTime() {
        return spread(mean(), NONE);
    }

    /** Not to be changed. */
    private synchronized double[] mean() {
        double[] known = mean;
        if (known != null) {
            return known;
        }
        double[] ones = new double[generator.states()];
        Arrays.fill(ones, 1.0);
        double[] found = backward(ones);
        for (double value : found) {
            if (!(value <= Double.MAX_VALUE)) {
                throw beyondRange(null);
            }
        }
        mean = found;
        return found;
    }

    /**
     * The mean time spent in each state before the first hit.
     *
     * @param start probabilities, one a state, or rates at which paths start; what starts in a target has hit at once
     * @return −A⁻¹p, one a state, 0 in the targets; its sum is the mean time from this start. Of rates, how many are there in the
     *     steady state
     */
    public double[] occupation(double[] start) {
        return spread(elimination().solve(restrict(start)), NONE);
    }

    /**
     * The variance of the time of the first hit.
     *
     * @return σ²ⱼ = Var[T | x(0) = j], one a state; infinite above the range of {@code double}
     */
    public double[] variance() {
        double[] mean = mean();
        double[] relative = relativeVariance(mean);
        for (int k = 0; k < mean.length; k++) {
            relative[k] *= mean[k];
            relative[k] *= mean[k];
        }
        return spread(relative, NONE);
    }

    /**
     * The variance over the square of the mean: 1 for an exponential law, as of an escape over a high barrier, and near 0 where
     * T hardly varies.
     *
     * @return σ²ⱼ/τⱼ², one a state; 0 in the targets
     */
    public double[] relativeVariance() {
        return spread(relativeVariance(mean()), NONE);
    }

    /**
     * The second moment of the time of the first hit.
     *
     * @return E[T² | x(0) = j], one a state; infinite above the range of {@code double}
     */
    public double[] secondMoment() {
        double[] mean = mean();
        double[] moments = relativeVariance(mean);
        for (int k = 0; k < mean.length; k++) {
            moments[k] = (1.0 + moments[k]) * mean[k] * mean[k];
        }
        return spread(moments, NONE);
    }

    /**
     * By two ways, each with digits where the other has none. The second moment, −Aᵀm = 2τ, is accurate to rounding, so that
     * m − τ² is unless T hardly varies. There the squares of differences of τ tell it; but where τ is flat to rounding, they are
     * squares of rounding errors, each met as often as the chain jumps within τ.
     */
    private double[] relativeVariance(double[] mean) {
        double largest = Arrays.stream(mean).max().orElseThrow();
        double[] scaled = new double[mean.length];
        double[] squares = new double[mean.length];
        for (int k = 0; k < mean.length; k++) {
            scaled[k] = 2.0 * (mean[k] / largest);
            double own = mean[k] / largest;
            double[] sum = {generator.exitRate(k) * own * own};
            generator.forEachRateFrom(k, (from, to, rate) -> {
                double difference = (mean[to] - mean[from]) / largest;
                sum[0] += rate * difference * difference;
            });
            squares[k] = sum[0];
        }
        double[] relative = backward(scaled);
        boolean varies = true;
        for (int k = 0; k < mean.length; k++) {
            relative[k] = relative[k] / mean[k] * (largest / mean[k]) - 1.0;
            varies &= relative[k] >= VARIES;
        }
        if (varies) {
            return relative;
        }
        double[] variances = elimination().solveTransposed(squares);
        for (int k = 0; k < mean.length; k++) {
            double part = largest / mean[k];
            double byMoment = relative[k];
            double bySquares = variances[k] * part * part;
            relative[k] = byMoment >= VARIES ? byMoment : Math.min(bySquares, Math.max(byMoment, 0.0) + FLAT);
        }
        return relative;
    }

    /**
     * The probability that a target is the first to be hit; with two targets and no absorption that of the second is the
     * committor from the first to the second.
     *
     * @param target number of the target, in the order given
     * @return q, one a state; 1 in the target, 0 in the others
     */
    public double[] probability(int target) {
        if (!(target >= 0 && target < rates.length)) {
            throw new IllegalArgumentException("target must be from 0 to " + (rates.length - 1) + ", got " + target);
        }
        return spread(elimination().solveTransposed(rates[target]), target);
    }

    /**
     * The probability of an end at given rates: with those of one among several kinds of absorption, that it is this one.
     *
     * @param exits rates ≥ 0, one a state, at most its exit rate; those in a target do not count
     * @return q, one a state; 0 in the targets
     */
    public double[] probabilityOfExit(double[] exits) {
        return spread(elimination().solveTransposed(restrict(exits)), NONE);
    }

    /**
     * The law of T from given starting probabilities, by an L-stable method of third order in the step: three solves with one
     * elimination a step. Below the error of the method S and its density may be negative.
     *
     * @param start probabilities, one a state; what starts in a target has hit at once
     * @param stepSize h > 0
     * @param steps number of steps, at least 1
     * @return S and its density at the steps + 1 times
     * @throws IllegalArgumentException if the step is not positive and finite, or there are none or more than ten million
     */
    public Survival survival(double[] start, double stepSize, int steps) {
        generator.requireStates("start", start.length);
        double shift = shift(stepSize, 1.0, steps);
        double[] p = restrict(start);
        Elimination shifted = eliminate(shift);
        List<Double> times = new ArrayList<>(steps + 1);
        List<Double> probabilities = new ArrayList<>(steps + 1);
        List<Double> densities = new ArrayList<>(steps + 1);
        for (int n = 0; n <= steps; n++) {
            if (n > 0) {
                p = step(p, shift, shifted, false);
            }
            double mass = 0.0;
            for (double value : p) {
                mass += value;
            }
            times.add(n * stepSize);
            probabilities.add(mass);
            densities.add(generator.absorption(p));
        }
        return new Survival(times, probabilities, densities);
    }

    /**
     * The probability of not having hit anything by a given time, from every state; the method is that of
     * {@link #survival(double[], double, int)}.
     *
     * @param time t > 0
     * @param steps number of steps to it, at least 1
     * @return Sⱼ(t) = P(T > t | x(0) = j), one a state; 0 in the targets
     * @throws IllegalArgumentException if the time is not positive and finite, or there are no steps or more than ten million
     */
    public double[] survivalAt(double time, int steps) {
        double shift = shift(time, steps, steps);
        Elimination shifted = eliminate(shift);
        double[] u = new double[generator.states()];
        Arrays.fill(u, 1.0);
        for (int n = 0; n < steps; n++) {
            u = step(u, shift, shifted, true);
        }
        return spread(u, NONE);
    }

    /** 1/(γh) with h the given part of the time. */
    private static double shift(double time, double parts, int steps) {
        if (!(time > 0.0 && time <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("time must be positive and finite, got " + time);
        }
        if (!(steps >= 1 && steps <= MOST_STEPS)) {
            throw new IllegalArgumentException("steps must be from 1 to " + MOST_STEPS + ", got " + steps);
        }
        double shift = parts / (GAMMA * time);
        if (!(shift <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "time must be so long that the inverse of a step is finite, got " + time);
        }
        return shift;
    }

    private static double[] step(double[] p, double shift, Elimination shifted, boolean transposed) {
        double[] sum = new double[p.length];
        double[] power = p.clone();
        for (double coefficient : new double[] {C1, C2, C3}) {
            power = transposed ? shifted.solveTransposed(power) : shifted.solve(power);
            for (int k = 0; k < sum.length; k++) {
                power[k] *= shift;
                sum[k] += coefficient * power[k];
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return "passage to " + rates.length + (rates.length == 1 ? " target" : " targets") + " from "
                + generator.states() + " states";
    }
}
