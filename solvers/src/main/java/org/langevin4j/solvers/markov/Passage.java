package org.langevin4j.solvers.markov;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When and where a chain first hits one of some targets, or is absorbed: the backward equations (Norris 1997, section 3.3)
 *
 * <pre>
 * mean time        Aᵀτ = −1                              on the states outside of all targets
 * variance         Aᵀσ² = −Σᵢ Aᵢⱼ(τᵢ − τⱼ)² − exitⱼτⱼ²
 * hit first        Aᵀq = −(rates into the target)
 * survival         dS/dt = AᵀS,   S(0) = 1
 * </pre>
 *
 * <p>T is the time of the first hit of any target or absorption. Times, variances and probabilities come from one
 * subtraction-free elimination, so that they are ≥ 0 and accurate to about 13 digits, however rare the hit. Immutable.
 */
public final class Passage {

    /** The L-stable third-order rational approximation of eᶻ with poles at 1/γ: Σ cₖ(1 − γz)⁻ᵏ, k = 1, 2, 3. */
    private static final double GAMMA = 0.435866521508459;

    private static final double C3 = 1.0 + 0.5 / (GAMMA * GAMMA) - 2.0 / GAMMA;
    private static final double C2 = 1.0 / GAMMA - 1.0 - 2.0 * C3;
    private static final double C1 = 1.0 - C2 - C3;

    private final Generator generator;
    private final Dissection order;
    private final Elimination elimination;

    /** For each target the rates into it, one a state outside. */
    private final double[][] rates;

    private Passage(Generator generator, Dissection order, double[][] rates) {
        this.generator = generator;
        this.order = order;
        this.rates = rates;
        requireReachable();
        this.elimination = eliminate(0.0);
    }

    /**
     * The problem on the states outside of all targets.
     *
     * @param outside the chain there; what leads into a target, or is absorbed, is an exit rate
     * @param order of elimination
     * @param rates for each target the rates into it, one a state outside; together at most the exit rates
     * @return the problem
     * @throws UnreachableTargetException if from some state nothing can be hit
     */
    public static Passage of(Generator outside, Dissection order, double[][] rates) {
        return new Passage(outside, order, rates.clone());
    }

    /** Walks backwards from what is hit. */
    private void requireReachable() {
        int n = generator.states();
        Generator back = generator.transposed();
        boolean[] reached = new boolean[n];
        ArrayDeque<Integer> open = new ArrayDeque<>();
        for (int k = 0; k < n; k++) {
            if (generator.exitRate(k) > 0.0) {
                reached[k] = true;
                open.add(k);
            }
        }
        int[] found = {open.size()};
        while (!open.isEmpty()) {
            back.forEachRateFrom(open.remove(), (from, to, rate) -> {
                if (!reached[to] && rate > 0.0) {
                    reached[to] = true;
                    found[0]++;
                    open.add(to);
                }
            });
        }
        if (found[0] < n) {
            int first = 0;
            while (reached[first]) {
                first++;
            }
            throw unreachable(n - found[0], first);
        }
    }

    private UnreachableTargetException unreachable(int states, int example) {
        return new UnreachableTargetException(
                states, example, states + " of " + generator.states() + " states, such as state " + example);
    }

    private Elimination eliminate(double shift) {
        try {
            return Elimination.of(generator, order, shift);
        } catch (ReducibleGeneratorException e) {
            // There is a way, but its rates are below the range of double.
            UnreachableTargetException unreachable = unreachable(1, e.state());
            unreachable.initCause(e);
            throw unreachable;
        }
    }

    /**
     * The mean time of the first hit.
     *
     * @return τⱼ = E[T | x(0) = j], one a state outside
     * @throws UnreachableTargetException if it is above the range of {@code double}
     */
    public double[] meanTime() {
        double[] ones = new double[generator.states()];
        Arrays.fill(ones, 1.0);
        double[] mean = elimination.solveTransposed(ones);
        for (int k = 0; k < mean.length; k++) {
            if (!(mean[k] <= Double.MAX_VALUE)) {
                throw unreachable(1, k);
            }
        }
        return mean;
    }

    /**
     * The variance of the time of the first hit.
     *
     * @return σ²ⱼ = Var[T | x(0) = j], one a state outside
     */
    public double[] variance() {
        return variance(meanTime());
    }

    /**
     * The second moment of the time of the first hit.
     *
     * @return E[T² | x(0) = j], one a state outside
     */
    public double[] secondMoment() {
        double[] mean = meanTime();
        double[] sum = variance(mean);
        for (int k = 0; k < sum.length; k++) {
            sum[k] += mean[k] * mean[k];
        }
        return sum;
    }

    /** From squares of differences: E[T²] − τ² would lose digits where T hardly varies. */
    private double[] variance(double[] mean) {
        double[] right = new double[mean.length];
        for (int k = 0; k < right.length; k++) {
            double[] sum = {generator.exitRate(k) * mean[k] * mean[k]};
            generator.forEachRateFrom(k, (from, to, rate) -> {
                double difference = mean[to] - mean[from];
                sum[0] += rate * difference * difference;
            });
            right[k] = sum[0];
        }
        return elimination.solveTransposed(right);
    }

    /**
     * The probability that a target is the first to be hit; with two targets and no absorption that of the second is the
     * committor from the first to the second.
     *
     * @param target number of the target, in the order given
     * @return q, one a state outside
     */
    public double[] probability(int target) {
        if (!(target >= 0 && target < rates.length)) {
            throw new IllegalArgumentException("target must be from 0 to " + (rates.length - 1) + ", got " + target);
        }
        return elimination.solveTransposed(rates[target]);
    }

    /**
     * The probability of an end at given rates: with those of one among several kinds of absorption, that it is this one.
     *
     * @param exits rates ≥ 0, one a state outside, at most its exit rate
     * @return q, one a state outside
     */
    public double[] probabilityOfExit(double[] exits) {
        if (!(exits.length == generator.states())) {
            throw new IllegalArgumentException(
                    "exits must number " + generator.states() + ", one a state, got " + exits.length);
        }
        return elimination.solveTransposed(exits);
    }

    /**
     * The law of T from given starting probabilities, by an L-stable method of third order in the step: three solves with one
     * elimination a step. Below the error of the method S and its density may be negative.
     *
     * @param start probabilities of the states outside; what is missing to 1 has hit at once
     * @param stepSize h > 0
     * @param steps number of steps, at least 1
     * @return S and its density at the steps + 1 times
     */
    public Survival survival(double[] start, double stepSize, int steps) {
        requireSteps(stepSize, steps);
        double[] p = start.clone();
        double shift = 1.0 / (GAMMA * stepSize);
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
     * @return Sⱼ(t) = P(T > t | x(0) = j), one a state outside
     */
    public double[] survivalAt(double time, int steps) {
        requireSteps(time, steps);
        double shift = steps / (GAMMA * time);
        Elimination shifted = eliminate(shift);
        double[] u = new double[generator.states()];
        Arrays.fill(u, 1.0);
        for (int n = 0; n < steps; n++) {
            u = step(u, shift, shifted, true);
        }
        return u;
    }

    private static void requireSteps(double time, int steps) {
        if (!(time > 0.0 && time <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("time must be positive and finite, got " + time);
        }
        if (!(steps >= 1)) {
            throw new IllegalArgumentException("steps must be at least 1, got " + steps);
        }
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
