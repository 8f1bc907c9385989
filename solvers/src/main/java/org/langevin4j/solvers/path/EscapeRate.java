package org.langevin4j.solvers.path;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A rate of escape at low temperature, k = Σₛ kₛ over the saddles that lead out of a well; see {@link EyringKramers}. It is an
 * asymptotic formula: the relative error falls as 1/(βΔ), so that {@link #reducedBarrier()} tells whether to believe it. Below
 * about 5 it is a guess.
 *
 * @param ways the saddles, in the order given
 * @param beta β
 * @param first c₁ where it is known: k(1 − c₁/β) has the relative error β⁻²
 */
public record EscapeRate(List<Way> ways, double beta, OptionalDouble first) {

    /**
     * A way out over one saddle.
     *
     * @param barrier Δ = Φ(saddle) − Φ(well), in the units of Φ
     * @param prefactor kₛe^(βΔ), per unit of time
     * @param unstable λ₊, the rate at which the flow of the drift leaves the saddle
     * @param exponent ∫F dt along the most likely path, 0 where e^(−βΦ) is stationary; e^(−∫F dt) is part of the prefactor
     */
    public record Way(double barrier, double prefactor, double unstable, double exponent) {

        private double rate(double beta) {
            return prefactor * Math.exp(-beta * barrier);
        }
    }

    /** Copies the list, of at least one way. */
    public EscapeRate {
        if (ways.isEmpty()) {
            throw new IllegalArgumentException("ways must number at least 1, got 0");
        }
        ways = List.copyOf(ways);
    }

    /**
     * The rate.
     *
     * @return k, per unit of time, of arriving in another well
     */
    public double rate() {
        return ways.stream().mapToDouble(way -> way.rate(beta)).sum();
    }

    /**
     * The rate over one of the saddles; over the sum it is the probability of leaving by it.
     *
     * @param saddle its number, in the order given
     * @return kₛ, per unit of time
     */
    public double rateOver(int saddle) {
        return ways.get(saddle).rate(beta);
    }

    /**
     * The rate with the term of next order.
     *
     * @return k/(1 + c₁/β), which is positive at every β; empty where c₁ is not known
     */
    public OptionalDouble correctedRate() {
        return first.isPresent() ? OptionalDouble.of(rate() / (1.0 + first.getAsDouble() / beta)) : first;
    }

    /**
     * The mean time until another well is reached. That until the edge of the basin is reached is half of it: from a saddle half
     * of the paths fall back.
     *
     * @return 1/k
     */
    public double meanTime() {
        return 1.0 / rate();
    }

    /**
     * The lowest barrier.
     *
     * @return Δ, in the units of Φ
     */
    public double barrier() {
        return ways.stream().mapToDouble(Way::barrier).min().orElseThrow();
    }

    /**
     * The lowest barrier in units of the temperature.
     *
     * @return βΔ
     */
    public double reducedBarrier() {
        return beta * barrier();
    }

    /**
     * The rate without its exponential.
     *
     * @return ke^(βΔ) with the lowest Δ, per unit of time
     */
    public double prefactor() {
        double lowest = barrier();
        return ways.stream()
                .mapToDouble(way -> way.prefactor() * Math.exp(-beta * (way.barrier() - lowest)))
                .sum();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "escape at rate %.6g over %d saddle%s, mean time %.6g, barrier %.6g = %.3g/β, prefactor %.6g%s",
                rate(),
                ways.size(),
                ways.size() == 1 ? "" : "s",
                meanTime(),
                barrier(),
                reducedBarrier(),
                prefactor(),
                reducedBarrier() < 5.0 ? "; the barrier is low for this formula" : "");
    }
}
