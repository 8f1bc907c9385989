package org.langevin4j.examples;

import cern.jet.stat.Probability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.special.Erf;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Intervals;
import org.langevin4j.solvers.ensemble.Reset;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.GeometricBrownianMotionExact;

/** Equations with jumps, resets and a delay, each against its closed form. */
public final class JumpsAndResets implements Example {

    private static final double RATE = 0.05;
    private static final double VOLATILITY = 0.2;
    private static final double CRASHES = 1.0;
    private static final double MEAN_CRASH = -0.1;
    private static final double SPREAD = 0.15;

    /** E[e^jump] − 1. */
    private static final double COMPENSATOR = Math.exp(MEAN_CRASH + 0.5 * SPREAD * SPREAD) - 1.0;

    /** Noise of the neuron, √(2T). */
    private static final Temperature NEURON = Temperature.of(0.08);

    @Override
    public String name() {
        return "jumps-and-resets";
    }

    @Override
    public String summary() {
        return "Jumps, resets and a delay: Merton's calls, search with resetting, a firing neuron, a delayed restoring force";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        String first = "jumps.png";
        Figure.titled("Jumps")
                .row(calls(context, measurements), search(context, measurements))
                .writeTo(context.out().resolve(first));
        String second = "resets.png";
        Figure.titled("Resets and delay")
                .row(neuron(context, measurements), delay(context, measurements))
                .writeTo(context.out().resolve(second));
        return new ExampleResult(
                name(),
                "What happens suddenly, or depends on the past, runs beside the noise: the closed forms of four fields are met"
                        + " within the errors of the paths.",
                "Merton (1976), J. Financ. Econ. 3, 125; Evans and Majumdar (2011), Phys. Rev. Lett. 106, 160601, eq. (9);"
                        + " Siegert (1951), Phys. Rev. 81, 617; Küchler and Mensch (1992), Stochastics 40, 23.",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                first,
                                "Left: what crashes add to the price of a call of one year, against Black and Scholes's price at the"
                                        + " same variance: the lowest strikes gain, those near the price and above lose. Right: mean time to"
                                        + " find a target at distance 1 for a searcher that starts again at a rate r; it is"
                                        + " infinite without resets."),
                        new Picture(
                                second,
                                "Left: mean interval between the spikes of a leaky integrate-and-fire neuron. Right: variance of"
                                        + " a state that is pulled back by what it was a time τ ago; it grows without bound"
                                        + " as τ nears π/2.")));
    }

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
    private static XyPanel calls(RunContext context, List<Measurement> measurements) {
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
                .paths(context.effort().choose(200_000, 2_000_000, 20_000_000))
                .until(1.0)
                .startingAt(100.0)
                .seed(context.seed())
                .observe(payoffs);
        RunningMoments found =
                Runs.withProgress(ensemble, "jumps-and-resets, calls", context).get(payoffs);
        double sameVariance =
                Math.sqrt(VOLATILITY * VOLATILITY + CRASHES * (MEAN_CRASH * MEAN_CRASH + SPREAD * SPREAD));
        double[] more = new double[strikes.length];
        double[] exact = new double[strikes.length];
        double[] error = new double[strikes.length];
        double worst = 0.0;
        for (int k = 0; k < strikes.length; k++) {
            double plain = blackScholes(strikes[k], RATE, sameVariance);
            more[k] = found.mean(k) - plain;
            exact[k] = merton(strikes[k]) - plain;
            error[k] = found.standardError(k);
            worst = Math.max(worst, Math.abs(more[k] - exact[k]) / error[k]);
        }
        measurements.add(Measurement.near(
                "call at the money with crashes, one year, 4 standard errors allowed",
                found.mean(4),
                merton(100.0),
                4.0 * found.standardError(4)));
        measurements.add(Measurement.atMost(
                "largest deviation from Merton's series over ten strikes, in standard errors", worst, 4.0));
        return XyPanel.titled("What crashes add to the price of a call")
                .xAxis("strike (price today 100)")
                .yAxis("price − Black–Scholes at equal variance")
                .line("Merton's series", strikes, exact)
                .points("paths, ± standard error", strikes, more, error);
    }

    /** Brownian motion, D = ½, that starts again at 0 at the rate r: mean time to 1 is (e^√(2r) − 1)/r. */
    private static XyPanel search(RunContext context, List<Measurement> measurements) {
        double[] rates = {0.1, 0.3, 0.7, 1.3, 2.5, 5.0};
        double[] found = new double[rates.length];
        double[] error = new double[rates.length];
        double h = context.effort().choose(0.005, 0.005, 0.0025);
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0.0, 120.0, 120));
        Seed seed = context.seed().derive(1);
        for (int k = 0; k < rates.length; k++) {
            Sde sde = Sde.ito(still(), Diffusion.isotropic(1, 1.0), Temperature.of(0.5))
                    .with(Jumps.of(Jump.atRate(rates[k], (x, mark) -> x[0] = 0.0)));
            Ensemble ensemble = Ensemble.of(sde)
                    .scheme(EulerMaruyama.withStep(h))
                    .within(HalfSpace.absorbing(new double[] {-1.0}, -1.0))
                    .paths(context.effort().choose(4_000, 40_000, 400_000))
                    .until(120.0)
                    .startingAt(0.0)
                    .seed(seed.derive(k))
                    .observe(passage);
            RunningMoments times = Runs.withProgress(ensemble, "jumps-and-resets, search", context)
                    .get(passage)
                    .moments();
            found[k] = times.mean(0);
            error[k] = times.standardError(0);
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "search with resets at r = %s: mean time, 4 standard errors and rh of it allowed",
                            rates[k]),
                    found[k],
                    meanSearch(rates[k]),
                    // In a step with a reset the way to the target is not looked at.
                    4.0 * error[k] + rates[k] * h * meanSearch(rates[k])));
        }
        double[] all = new double[81];
        Arrays.setAll(all, i -> 0.05 * Math.pow(160.0, i / 80.0));
        return XyPanel.titled("Mean time of a search with resets")
                .xAxis("rate of resets r")
                .yAxis("mean time to the target")
                .logX()
                .line(
                        "(e^√(2r) − 1)/r",
                        all,
                        Arrays.stream(all).map(JumpsAndResets::meanSearch).toArray())
                .points("paths, ± standard error", rates, found, error);
    }

    private static double meanSearch(double rate) {
        return Math.expm1(Math.sqrt(2.0 * rate)) / rate;
    }

    private static VectorField still() {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                out[0] = 0.0;
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                Arrays.fill(out[0], 0, paths, 0.0);
            }
        };
    }

    /** dV = (μ − V)dt + √(2T) dW; at V = 1 a spike, and V starts again from 0. */
    private static XyPanel neuron(RunContext context, List<Measurement> measurements) {
        double[] currents = {0.6, 0.8, 1.0, 1.3, 1.7, 2.2};
        double[] found = new double[currents.length];
        double[] error = new double[currents.length];
        double[] plain = new double[currents.length];
        double[] plainError = new double[currents.length];
        double h = 0.01;
        for (int k = 0; k < currents.length; k++) {
            for (boolean bridged : new boolean[] {true, false}) {
                Intervals.Summary summary = spikes(currents[k], h, bridged, k, context);
                (bridged ? found : plain)[k] = summary.mean();
                (bridged ? error : plainError)[k] = summary.meanError();
            }
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "neuron at μ = %s: mean interval, 4 standard errors and h allowed",
                            currents[k]),
                    found[k],
                    siegert(currents[k]),
                    4.0 * error[k] + h));
        }
        measurements.add(Measurement.atLeast(
                "without the bridge the interval at μ = 1 is too long by, in standard errors",
                (plain[2] - siegert(1.0)) / plainError[2],
                4.0));
        double[] all = new double[61];
        Arrays.setAll(all, i -> 0.55 + 1.75 * i / 60.0);
        return XyPanel.titled("Leaky integrate-and-fire neuron, T = 0.08, h = 0.01")
                .xAxis("current μ")
                .yAxis("mean interval between spikes")
                .line(
                        "Siegert's formula",
                        all,
                        Arrays.stream(all).map(JumpsAndResets::siegert).toArray())
                .points("paths, threshold bridged", currents, found, error)
                .points("paths, threshold seen at steps", currents, plain, plainError);
    }

    private static Intervals.Summary spikes(double current, double h, boolean bridged, int part, RunContext context) {
        Sde sde = Sde.ito(
                new VectorField() {
                    @Override
                    public void at(double[] v, double[] out) {
                        out[0] = current - v[0];
                    }

                    @Override
                    public void atBlock(double[][] v, int paths, double[][] out) {
                        for (int p = 0; p < paths; p++) {
                            out[0][p] = current - v[0][p];
                        }
                    }
                },
                Diffusion.isotropic(1, 1.0),
                NEURON);
        Event spike = Event.of("spike", v -> 1.0 - v[0]);
        Reset reset = Reset.at(spike, (v, mark) -> v[0] = 0.0);
        Intervals intervals = Intervals.of(spike, Axis.uniform(0.0, 40.0, 80));
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .onEvent(bridged ? reset.bridged((v, out) -> out[0] = -1.0) : reset)
                .paths(context.effort().choose(128, 1024, 4096))
                .until(200.0)
                .startingAt(0.0)
                .seed(context.seed().derive(20 + part))
                .observe(When.every(1, 0.0), intervals);
        return Runs.withProgress(ensemble, "jumps-and-resets, neuron", context).get(intervals);
    }

    /** √π ∫ e^(u²)(1 + erf u) du from (0 − μ)/√(2T) to (1 − μ)/√(2T). */
    private static double siegert(double current) {
        double scale = Math.sqrt(2.0 * NEURON.value());
        GaussIntegrator rule = new GaussIntegratorFactory().legendre(60, -current / scale, (1.0 - current) / scale);
        return Math.sqrt(Math.PI)
                * rule.integrate(u -> u > -4.0
                        ? Math.exp(u * u) * (1.0 + Erf.erf(u))
                        // e^(u²) erfc(−u), by its asymptotic series.
                        : asymptotic(-u));
    }

    private static double asymptotic(double x) {
        double square = 2.0 * x * x;
        double term = 1.0;
        double sum = 1.0;
        for (int n = 1; n <= 12; n++) {
            term *= -(2 * n - 1) / square;
            sum += term;
        }
        return sum / (x * Math.sqrt(Math.PI));
    }

    /** dx = −x(t − τ)dt + √(2T) dW: Var x = T(1 + sin τ)/cos τ. */
    private static XyPanel delay(RunContext context, List<Measurement> measurements) {
        double temperature = 0.5;
        double[] lags = {0.2, 0.5, 0.8, 1.1, 1.3};
        double[] found = new double[lags.length];
        double[] error = new double[lags.length];
        double h = 0.01;
        for (int k = 0; k < lags.length; k++) {
            Sde sde = Sde.ito(
                    VectorField.delayed(lags[k], (t, x, past, out) -> out[0] = -past[0]),
                    Diffusion.isotropic(1, 1.0),
                    Temperature.of(temperature));
            FunctionMoments square = FunctionMoments.of((x, out) -> out[0] = x[0] * x[0], 1);
            Ensemble ensemble = Ensemble.of(sde)
                    .scheme(EulerMaruyama.withStep(h))
                    .paths(context.effort().choose(4_000, 40_000, 400_000))
                    .until(30.0)
                    .startingAt(0.0)
                    .seed(context.seed().derive(40 + k))
                    .observe(square);
            RunningMoments moments = Runs.withProgress(ensemble, "jumps-and-resets, delay", context)
                    .get(square);
            found[k] = moments.mean(0);
            error[k] = moments.standardError(0);
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "delay τ = %s: variance against that of the scheme, 4 standard errors allowed (%.1f %% from the"
                                    + " equation's)",
                            lags[k],
                            100.0 * (stepped(temperature, lags[k], h) / delayed(temperature, lags[k]) - 1.0)),
                    found[k],
                    stepped(temperature, lags[k], h),
                    4.0 * error[k]));
        }
        double[] all = new double[71];
        Arrays.setAll(all, i -> 1.4 * i / 70.0);
        return XyPanel.titled("Pulled back by the past, T = 0.5")
                .xAxis("delay τ")
                .yAxis("variance")
                .line(
                        "T(1 + sin τ)/cos τ",
                        all,
                        Arrays.stream(all).map(lag -> delayed(temperature, lag)).toArray())
                .points("paths, ± standard error", lags, found, error);
    }

    private static double delayed(double temperature, double lag) {
        return temperature * (1.0 + Math.sin(lag)) / Math.cos(lag);
    }

    /**
     * The variance of xₙ₊₁ = xₙ − hxₙ₋ₖ + √(2Th)ξₙ, k = τ/h: the integral of 2Th/|e^(iω) − 1 + he^(−ikω)|² over a period, by the
     * trapezoidal rule, which is exact to rounding once the correlations fit into the number of points.
     */
    private static double stepped(double temperature, double lag, double h) {
        long k = Math.round(lag / h);
        int points = 1 << 16;
        double sum = 0.0;
        for (int i = 0; i < points; i++) {
            double angle = 2.0 * Math.PI * i / points;
            double real = Math.cos(angle) - 1.0 + h * Math.cos(k * angle);
            double imaginary = Math.sin(angle) - h * Math.sin(k * angle);
            sum += 2.0 * temperature * h / (real * real + imaginary * imaginary);
        }
        return sum / points;
    }
}
