package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import cern.jet.stat.Probability;
import java.util.Locale;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.sde.GeometricBrownianMotionExact;

/** Prices of calls under geometric Brownian motion with jumps. */
final class CallsWithCrashes {

    private static final double RATE = 0.05;
    private static final double VOLATILITY = 0.2;
    private static final double CRASHES = 1.0;
    private static final double MEAN_CRASH = -0.1;
    private static final double SPREAD = 0.15;

    /** E[e^jump] − 1. */
    private static final double COMPENSATOR = Math.exp(MEAN_CRASH + 0.5 * SPREAD * SPREAD) - 1.0;

    private CallsWithCrashes() {}

    private static double blackScholes(double strike, double rate, double volatility) {
        double d = (Math.log(100.0 / strike) + rate + 0.5 * volatility * volatility) / volatility;
        return 100.0 * Probability.normal(d) - strike * Math.exp(-rate) * Probability.normal(d - volatility);
    }

    /** Merton's series, for one year. */
    private static double merton(double strike) {
        double intensity = CRASHES * (1.0 + COMPENSATOR);
        double weight = Math.exp(-intensity);
        double sum = 0.0;
        for (int n = 0; n < 60; n++) {
            sum += weight
                    * blackScholes(
                            strike,
                            RATE - CRASHES * COMPENSATOR + n * Math.log1p(COMPENSATOR),
                            Math.sqrt(VOLATILITY * VOLATILITY + n * SPREAD * SPREAD));
            weight *= intensity / (n + 1);
        }
        return sum;
    }

    /** dS = (r − λk)S dt + σS dW, and crashes that multiply S by e^N(μ, δ²). */
    static XyPanel write(Sheet sheet) {
        double[] strikes = {60, 70, 80, 90, 100, 110, 120, 130, 140, 160};
        Sde prices = GeometricBrownianMotion.of(new double[] {RATE - CRASHES * COMPENSATOR}, new double[] {VOLATILITY})
                .sde()
                .with(Jumps.of(Jump.atRate(
                        CRASHES, (x, mark) -> x[0] *= Math.exp(MEAN_CRASH + SPREAD * mark.normal(0)))));
        FunctionMoments payoffs = FunctionMoments.of(
                (x, out) -> {
                    for (int k = 0; k < strikes.length; k++) {
                        out[k] = Math.exp(-RATE) * Math.max(0.0, x[0] - strikes[k]);
                    }
                },
                strikes.length);
        Ensemble ensemble = Ensemble.of(prices)
                .scheme(GeometricBrownianMotionExact.withStep(0.25))
                .paths(sheet.choose(200_000, 2_000_000, 20_000_000))
                .until(1.0)
                .startingAt(100.0)
                .seed(sheet.seed())
                .observe(payoffs);
        RunningMoments found = sheet.run("jumps-and-resets, calls", ensemble).get(payoffs);
        double sameVariance =
                Math.sqrt(VOLATILITY * VOLATILITY + CRASHES * (MEAN_CRASH * MEAN_CRASH + SPREAD * SPREAD));
        double[] more = new double[strikes.length];
        double[] exact = new double[strikes.length];
        double[] errors = new double[strikes.length];
        for (int k = 0; k < strikes.length; k++) {
            double plain = blackScholes(strikes[k], RATE, sameVariance);
            more[k] = found.mean(k) - plain;
            exact[k] = merton(strikes[k]) - plain;
            errors[k] = found.standardError(k);
            sheet.supplement("calls on a price that crashes")
                    .measure(
                            String.format(Locale.ROOT, "call of one year at %.0f, price 100", strikes[k]),
                            found.mean(k))
                    .standardError(found.standardError(k))
                    .near(
                            merton(strikes[k]),
                            standardErrors(4),
                            closedForm("series of Merton (1976), J. Financ. Econ. 3, 125"));
        }
        return XyPanel.titled("What crashes add to the price of a call")
                .xAxis("strike (price today 100)")
                .yAxis("price − Black–Scholes at equal variance")
                .line("Merton's series", strikes, exact)
                .points("paths", strikes, more, errors);
    }
}
