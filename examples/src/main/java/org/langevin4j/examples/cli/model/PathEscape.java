package org.langevin4j.examples.cli.model;

import org.langevin4j.core.density.Axis;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;

/**
 * First passage by paths. With all paths passed the mean is theirs; else it is ∫S dt up to the end T plus S(T)/k, an exponential tail
 * with the rate k of the last three quarters.
 *
 * @param mean of the first-passage time
 * @param meanError one standard error
 * @param rate passages for each unit of time at risk after a quarter of the time
 * @param rateError one standard error
 * @param passed paths that passed
 * @param censored paths that had not at the end
 * @param times edges, from 0 to the end
 * @param survival P(T ≥ t) at the edges
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record PathEscape(
        double mean,
        double meanError,
        double rate,
        double rateError,
        long passed,
        long censored,
        double[] times,
        double[] survival) {

    private static final int CELLS = 400;

    /** At least so many passages for an error that means something. */
    static final int FEWEST = 20;

    /** The ensemble runs until its end, of which the axis of times is told. */
    static PathEscape run(Ensemble ensemble, double end, Target target) {
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0.0, end, CELLS));
        EnsembleResult result = stopping(ensemble, target).observe(passage).run();
        return of(result.get(passage), result.paths(), end);
    }

    /** Crossings within a step are seen where the scheme has increments of which the bridge is known. */
    private static Ensemble stopping(Ensemble ensemble, Target target) {
        try {
            Ensemble bridged = ensemble.within(target.outside());
            bridged.plan();
            return bridged;
        } catch (IllegalArgumentException refused) {
            return ensemble.stoppingAt(Event.rising("target", x -> target.contains(x) ? 1.0 : 0.0));
        }
    }

    private static PathEscape of(FirstPassage.Times found, long paths, double end) {
        double width = end / CELLS;
        double[] times = new double[CELLS + 1];
        double[] survival = new double[CELLS + 1];
        for (int k = 0; k <= CELLS; k++) {
            times[k] = k * width;
            survival[k] = found.survival(k);
        }
        int from = CELLS / 4;
        long late = 0;
        double atRisk = 0.0;
        for (int k = from; k < CELLS; k++) {
            late += found.count(k);
            atRisk += 0.5 * (survival[k] + survival[k + 1]) * width * paths;
        }
        double rate = atRisk > 0.0 ? late / atRisk : Double.NaN;
        double rateError = late > 0 ? rate / Math.sqrt((double) late) : Double.NaN;
        RunningMoments moments = found.moments();
        double part = (double) found.passed() / paths;
        if (found.censored() == 0) {
            return new PathEscape(
                    moments.mean(0), moments.standardError(0), rate, rateError, found.passed(), 0, times, survival);
        }
        double left = 1.0 - part;
        double until = part == 0.0 ? end : part * moments.mean(0) + left * end;
        double square = part == 0.0 ? end * end : part * moments.secondMoment(0, 0) + left * end * end;
        double tail = left / rate;
        double error = Math.sqrt((square - until * until) / paths
                + tail * tail * (1.0 / Math.max(1, late) + part / Math.max(left * paths, 1.0)));
        return new PathEscape(until + tail, error, rate, rateError, found.passed(), found.censored(), times, survival);
    }

    boolean isUsable() {
        return passed >= FEWEST;
    }
}
