package org.langevin4j.solvers.fokkerplanck;

import java.util.List;
import java.util.Locale;

/**
 * How the probability of a periodically driven equation is lost through absorbing boundaries: after the transients the survival
 * S(t) = P(not absorbed before t) loses the same part in every period, S(t + T) = e^{−λT}S(t). e^{−λT} is the largest Floquet
 * multiplier of the flow, λ the rate of escape averaged over a period.
 *
 * @param period T
 * @param rate λ
 * @param meanTime ∫S dt from the start to infinity, the mean of the time of absorption; its tail is that of the last period
 * @param times from 0 on: the steps of the periods that were computed
 * @param survival S at these times, from 1
 * @param settled by how much λ changed in the last period, as a part of it
 * @param negative the part of the last density that is below zero, of methods that are not positive for every step
 * @param steps of one period
 * @param integrator the method
 */
public record PeriodicDecay(
        double period,
        double rate,
        double meanTime,
        List<Double> times,
        List<Double> survival,
        double settled,
        double negative,
        int steps,
        Integrator integrator) {

    /** Copies the lists. */
    public PeriodicDecay {
        times = List.copyOf(times);
        survival = List.copyOf(survival);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "PeriodicDecay of period %g: rate %g, mean time %g, %d steps a period, %d periods",
                period,
                rate,
                meanTime,
                steps,
                (times.size() - 1) / steps);
    }
}
