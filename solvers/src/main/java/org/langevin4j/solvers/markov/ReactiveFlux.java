package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.Locale;

/**
 * Transition path theory of a chain in its stationary law π: the paths that leave a set A and come to a set B without return
 * to A (Metzner, Schütte and Vanden-Eijnden 2009).
 *
 * <pre>
 * forward committor    q⁺ᵢ = P(B before A | from i)                 eq. 2.9
 * backward committor   q⁻ᵢ = P(A later than B | come to i)          eq. 2.11; q⁻ = 1 − q⁺ if the chain is reversible
 * reactive law         mᵢ = q⁻ᵢπᵢq⁺ᵢ                                eq. 2.13, not normalised
 * reactive current     fᵢⱼ = q⁻ᵢπᵢAⱼᵢq⁺ⱼ from i to j, net fᵢⱼ − fⱼᵢ  eq. 2.19, 2.22
 * flux                 F = Σ f out of A = Σ f into B                eq. 2.23, transitions per unit of time
 * rate                 k = F / Σᵢ q⁻ᵢπᵢ                              eq. 2.24, per unit of time that A was the last
 * </pre>
 *
 * <p>The chain run backwards has the rates Aⱼᵢπⱼ/πᵢ. Nothing is subtracted but in the net current. Immutable.
 */
public final class ReactiveFlux {

    private final Generator generator;
    private final int[] target;
    private final double[] law;
    private final double[] forward;
    private final double[] backward;
    private final double flux;
    private final double rate;

    private ReactiveFlux(Generator generator, int[] target, double[] law, double[] forward, double[] backward) {
        this.generator = generator;
        this.target = target;
        this.law = law;
        this.forward = forward;
        this.backward = backward;
        double[] out = {0.0};
        double last = 0.0;
        for (int i = 0; i < law.length; i++) {
            last += law[i] * backward[i];
            if (target[i] == 0) {
                generator.forEachRateFrom(
                        i, (from, to, jump) -> out[0] += target[to] == 0 ? 0.0 : current(from, to, jump));
            }
        }
        this.flux = out[0];
        this.rate = flux / last;
    }

    /**
     * The transitions from A to B.
     *
     * @param generator the chain, without absorption
     * @param a the states of A
     * @param b the states of B
     * @return committors, current and rate
     * @throws ReducibleGeneratorException if the stationary law is not unique
     * @throws IllegalArgumentException if a set is empty or the sets are not disjoint, or no state is left outside
     */
    public static ReactiveFlux of(Generator generator, int[] a, int[] b) {
        return of(generator, StationaryDistribution.of(generator).probabilities(), a, b);
    }

    /**
     * The transitions from A to B with a stationary law that is known.
     *
     * @param generator the chain, without absorption
     * @param stationary π, one probability a state, positive
     * @param a the states of A
     * @param b the states of B
     * @return committors, current and rate
     */
    public static ReactiveFlux of(Generator generator, double[] stationary, int[] a, int[] b) {
        if (!generator.isConservative()) {
            throw new IllegalArgumentException("generator must not absorb: there is no stationary law");
        }
        double[] law = stationary.clone();
        double[] forward = Passage.to(generator, a, b).probability(1);
        double[] backward = Passage.to(reversed(generator, law), a, b).probability(0);
        int[] target = new int[law.length];
        Arrays.fill(target, -1);
        for (int state : a) {
            target[state] = 0;
        }
        for (int state : b) {
            target[state] = 1;
        }
        return new ReactiveFlux(generator, target, law, forward, backward);
    }

    /** The chain run backwards in its stationary law. */
    private static Generator reversed(Generator generator, double[] law) {
        if (!(law.length == generator.states())) {
            throw new IllegalArgumentException(
                    "stationary must have " + generator.states() + " probabilities, got " + law.length);
        }
        Generator.Builder builder = Generator.builder(law.length);
        for (int j = 0; j < law.length; j++) {
            if (!(law[j] > 0.0)) {
                throw new IllegalArgumentException("stationary must be positive, got " + law[j] + " for state " + j);
            }
        }
        for (int j = 0; j < law.length; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> builder.rate(to, from, rate * (law[from] / law[to])));
        }
        return builder.build();
    }

    /**
     * How often the chain goes from one of several sets to another, hitting none between.
     *
     * @param generator the chain, without absorption
     * @param sets disjoint sets of states, at least 2
     * @return transitions per unit of time, {@code [from][to]}; 0 on the diagonal
     */
    public static double[][] among(Generator generator, int[]... sets) {
        if (!(sets.length >= 2)) {
            throw new IllegalArgumentException("sets must number at least 2, got " + sets.length);
        }
        double[] law = StationaryDistribution.of(generator).probabilities();
        Passage passage = Passage.to(generator, sets);
        double[][] fluxes = new double[sets.length][sets.length];
        for (int b = 0; b < sets.length; b++) {
            int to = b;
            double[] committor = passage.probability(b);
            for (int a = 0; a < sets.length; a++) {
                if (a != b) {
                    int from = a;
                    for (int state : sets[a]) {
                        generator.forEachRateFrom(
                                state, (i, j, rate) -> fluxes[from][to] += law[i] * rate * committor[j]);
                    }
                }
            }
        }
        return fluxes;
    }

    private double current(int from, int to, double jump) {
        return backward[from] * law[from] * jump * forward[to];
    }

    /**
     * The forward committor.
     *
     * @return q⁺, one a state: 0 in A, 1 in B
     */
    public double[] forwardCommittor() {
        return forward.clone();
    }

    /**
     * The backward committor.
     *
     * @return q⁻, one a state: 1 in A, 0 in B
     */
    public double[] backwardCommittor() {
        return backward.clone();
    }

    /**
     * The law of the states on reactive paths.
     *
     * @return m, one a state; its sum is the part of the time spent on such paths
     */
    public double[] reactiveLaw() {
        double[] m = new double[law.length];
        for (int i = 0; i < m.length; i++) {
            m[i] = backward[i] * law[i] * forward[i];
        }
        return m;
    }

    /**
     * The reactive current from one state to another.
     *
     * @param from i
     * @param to j ≠ i
     * @return fᵢⱼ, reactive jumps per unit of time
     */
    public double current(int from, int to) {
        return target[to] == 0 || target[from] == 1 ? 0.0 : current(from, to, generator.rateBetween(from, to));
    }

    /**
     * The net reactive current.
     *
     * @param from i
     * @param to j ≠ i
     * @return fᵢⱼ − fⱼᵢ, or 0 if that is negative
     */
    public double netCurrent(int from, int to) {
        return Math.max(current(from, to) - current(to, from), 0.0);
    }

    /**
     * The number of transitions.
     *
     * @return F, from A to B per unit of time
     */
    public double flux() {
        return flux;
    }

    /**
     * The rate of transitions.
     *
     * @return k, transitions from A to B per unit of time in which A was the last of the two
     */
    public double rate() {
        return rate;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "reactive flux %.6g, rate %.6g, in %d states", flux, rate, law.length);
    }
}
