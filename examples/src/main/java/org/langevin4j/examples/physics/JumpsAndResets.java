package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Equations with jumps, resets and a delay, each against its closed form. */
public final class JumpsAndResets implements Experiment {

    @Override
    public String name() {
        return "jumps-and-resets";
    }

    @Override
    public String summary() {
        return "Jumps, resets and a delay: Merton's calls, search with resetting, a firing neuron, a delayed restoring force";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        sheet.figure(
                "jumps",
                "Left: what crashes add to the price of a call of one year, against Black and Scholes's price at the same"
                        + " variance: the lowest strikes gain, those near the price and above lose. Right: mean time to find a"
                        + " target at distance 1 for a searcher that starts again at a rate r; it is infinite without resets.",
                Figure.titled("Jumps").row(CallsWithCrashes.write(sheet), search(sheet)));
        sheet.figure(
                "resets",
                "Left: mean interval between the spikes of a leaky integrate-and-fire neuron over Siegert's formula: a threshold"
                        + " that is looked at after each step only acts like one that is higher. Right: variance of a state that"
                        + " is pulled back by what it was a time τ ago; it grows without bound as τ nears π/2.",
                Figure.titled("Resets and delay").row(Neuron.write(sheet), delay(sheet)));
    }

    /** Brownian motion, D = ½, that starts again at 0 at the rate r: mean time to 1 is (e^√(2r) − 1)/r. */
    private static XyPanel search(Sheet sheet) {
        double[] rates = {0.1, 0.3, 0.7, 1.3, 2.5, 5.0};
        double[] found = new double[rates.length];
        double[] errors = new double[rates.length];
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0.0, 120.0, 120));
        Seed seed = sheet.seed().derive(1);
        for (int k = 0; k < rates.length; k++) {
            double h = sheet.choose(0.005, 0.005, 0.0025) / Math.max(1.0, Math.rint(rates[k]));
            Sde sde = Sde.ito(still(), Diffusion.isotropic(1, 1.0), Temperature.of(0.5))
                    .with(Jumps.of(Jump.atRate(rates[k], (x, mark) -> x[0] = 0.0)));
            Ensemble ensemble = Ensemble.of(sde)
                    .scheme(EulerMaruyama.withStep(h))
                    .within(HalfSpace.absorbing(new double[] {-1.0}, -1.0))
                    .paths(sheet.choose(12_000, 40_000, 400_000))
                    .until(120.0)
                    .startingAt(0.0)
                    .seed(seed.derive(k))
                    .observe(passage);
            RunningMoments times =
                    sheet.run("jumps-and-resets, search", ensemble).get(passage).moments();
            found[k] = times.mean(0);
            errors[k] = times.standardError(0);
            sheet.supplement("resets make the mean time of a search finite (Evans and Majumdar 2011)")
                    .measure(String.format(Locale.ROOT, "resets at r = %s: mean time", rates[k]), found[k])
                    .in("time")
                    .standardError(times.standardError(0))
                    .near(
                            meanSearch(rates[k]),
                            standardErrors(4)
                                    .plus(
                                            rates[k] * h * meanSearch(rates[k]),
                                            "rh of it: in a step with a reset the way to the target is not looked at"),
                            closedForm("(e^√(2r) − 1)/r"));
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
                .points("paths", rates, found, errors);
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

    /** dx = −x(t − τ)dt + √(2T) dW: Var x = T(1 + sin τ)/cos τ. */
    private static XyPanel delay(Sheet sheet) {
        double temperature = 0.5;
        double[] lags = {0.2, 0.5, 0.8, 1.1, 1.3};
        double[] found = new double[lags.length];
        double[] errors = new double[lags.length];
        double h = 0.01;
        for (int k = 0; k < lags.length; k++) {
            Sde sde = Sde.ito(
                    VectorField.delayed(lags[k], (t, x, past, out) -> out[0] = -past[0]),
                    Diffusion.isotropic(1, 1.0),
                    Temperature.of(temperature));
            TimeAverage square = TimeAverage.of((x, out) -> out[0] = x[0] * x[0], 1);
            Ensemble ensemble = Ensemble.of(sde)
                    .scheme(EulerMaruyama.withStep(h))
                    .paths(sheet.choose(4_000, 40_000, 400_000))
                    .until(80.0)
                    .startingAt(0.0)
                    .seed(sheet.seed().derive(40 + k))
                    .observe(When.every(50, 30.0), square);
            RunningMoments moments =
                    sheet.run("jumps-and-resets, delay", ensemble).get(square);
            found[k] = moments.mean(0);
            errors[k] = moments.standardError(0);
            sheet.supplement(
                            "what is pulled back by its past spreads the more the longer the delay (Küchler and Mensch 1992)")
                    .measure(
                            String.format(
                                    Locale.ROOT,
                                    "delay τ = %s: variance (the equation's is %.4f)",
                                    lags[k],
                                    delayed(temperature, lags[k])),
                            found[k])
                    .standardError(moments.standardError(0))
                    .near(
                            stepped(temperature, lags[k], h),
                            standardErrors(4),
                            closedForm("the integral of the spectrum of the scheme itself, h = 0.01"));
        }
        double[] all = new double[71];
        Arrays.setAll(all, i -> 1.4 * i / 70.0);
        return XyPanel.titled("Pulled back by the past, T = 0.5")
                .xAxis("delay τ")
                .yAxis("variance")
                .logY()
                .line(
                        "T(1 + sin τ)/cos τ",
                        all,
                        Arrays.stream(all).map(lag -> delayed(temperature, lag)).toArray())
                .points("paths", lags, found, errors);
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
