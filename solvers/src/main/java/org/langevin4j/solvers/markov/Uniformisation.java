package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * Uniformisation (Jensen 1953): e^{tA}p = Σₖ Pois(k; Λt) (I + A/Λ)ᵏp, a sum with positive weights, so that mass, positivity
 * and the decay of relative entropies are kept. What is left out of the sum is bounded and the rest scaled to weights that
 * sum to one. Counts what it does; not safe for several threads.
 */
public final class Uniformisation {

    /** Products with the generator, of which each takes some nanoseconds a rate. */
    private static final double MOST_JUMPS = 1e9;

    private final Generator generator;
    private final double rate;
    private double absorbed;
    private long products;

    /**
     * Uniformisation of a chain.
     *
     * @param generator A
     */
    public Uniformisation(Generator generator) {
        this.generator = generator.requirePositive("uniformisation");
        // A little more than needed, so that every state keeps some of its probability at a jump.
        this.rate = 1.02 * generator.largestOutflow();
    }

    /**
     * e^{tA}p.
     *
     * @param time t > 0
     * @param p probabilities, not modified
     * @param error bound of the L¹ error relative to the mass, but for rounding
     * @return probabilities at the later time
     * @throws IllegalArgumentException if p has another length, the error is not between 0 and 1, or the time is negative or one of more than 10⁹ jumps
     */
    public double[] apply(double time, double[] p, double error) {
        require(time, "p", p.length, error);
        if (rate == 0.0) {
            return p.clone();
        }
        PoissonWeights weights = PoissonWeights.of(rate * time, error);
        double[] jumped = p;
        double[] space = new double[p.length];
        double[] sum = new double[p.length];
        double lost = 0.0;
        double lostSum = 0.0;
        for (long k = 0; k <= weights.last(); k++) {
            if (k > 0) {
                if (!generator.isConservative()) {
                    lost += generator.absorption(jumped) / rate;
                }
                jump(jumped, space);
                double[] old = jumped == p ? new double[p.length] : jumped;
                jumped = space;
                space = old;
                products++;
            }
            if (k >= weights.first()) {
                double weight = weights.of(k);
                for (int state = 0; state < sum.length; state++) {
                    sum[state] += weight * jumped[state];
                }
                lostSum += weight * lost;
            }
        }
        absorbed += lostSum;
        return sum;
    }

    /**
     * e^{tAᵀ}u, the expectation of u after a time as a function of the state now.
     *
     * @param time t > 0
     * @param u a function of the state, not modified
     * @param error bound of the largest error relative to the largest |u|, but for rounding
     * @return E[u(later)|state]; a path that is absorbed counts as zero
     * @throws IllegalArgumentException as {@link #apply}
     */
    public double[] expectation(double time, double[] u, double error) {
        require(time, "u", u.length, error);
        if (rate == 0.0) {
            return u.clone();
        }
        PoissonWeights weights = PoissonWeights.of(rate * time, error);
        double[] jumped = u.clone();
        double[] slope = new double[u.length];
        double[] sum = new double[u.length];
        for (long k = 0; k <= weights.last(); k++) {
            if (k > 0) {
                generator.backwardTimes(jumped, slope);
                for (int state = 0; state < u.length; state++) {
                    jumped[state] += slope[state] / rate;
                }
                products++;
            }
            if (k >= weights.first()) {
                double weight = weights.of(k);
                for (int state = 0; state < u.length; state++) {
                    sum[state] += weight * jumped[state];
                }
            }
        }
        return sum;
    }

    private void require(double time, String name, int length, double error) {
        if (length != generator.states()) {
            throw new IllegalArgumentException(
                    name + " must have one number for each of the " + generator.states() + " states, got " + length);
        }
        if (!(error > 0.0 && error < 1.0)) {
            throw new IllegalArgumentException("error must be between 0 and 1, got " + error);
        }
        if (!(time >= 0.0 && time * rate <= MOST_JUMPS)) {
            throw new IllegalArgumentException("time must not be negative, and short enough for " + MOST_JUMPS
                    + " jumps at the rate " + rate + ", got " + time);
        }
    }

    /**
     * The probability absorbed in all applications so far.
     *
     * @return mass
     */
    public double absorbed() {
        return absorbed;
    }

    /**
     * The work done so far.
     *
     * @return number of products with A
     */
    public long products() {
        return products;
    }

    @Override
    public String toString() {
        return "uniformisation of the " + generator + ", " + products + " products";
    }

    /** One jump of the uniformised chain, (I + A/Λ)p, without a subtraction that could turn negative. */
    private void jump(double[] p, double[] out) {
        Arrays.fill(out, 0, p.length, 0.0);
        for (int j = 0; j < p.length; j++) {
            double mass = p[j];
            double[] outflow = {generator.exitRate(j)};
            generator.forEachRateFrom(j, (from, to, value) -> {
                out[to] += value / rate * mass;
                outflow[0] += value;
            });
            out[j] += Math.max(0.0, 1.0 - outflow[0] / rate) * mass;
        }
    }
}
