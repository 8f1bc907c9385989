package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.HeatConductingChain;
import org.langevin4j.solvers.domain.Box;
import org.langevin4j.solvers.domain.HalfSpace;
import org.langevin4j.solvers.domain.Interval;
import org.langevin4j.solvers.domain.Walls;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.MarginalHistogram;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

/** Particles with inertia: walls that turn a momentum round, Kramers' turnover, and heat through a chain. */
public final class Kinetic implements Example {

    /** ΔU/T = 3.1 for U = q⁴/4 − q²/2. */
    private static final double COLD = 0.08;

    /**
     * The slowest decay λ₁ = 2k, and the next one, of the odd modes of Kramers' equation in the double well at T = 0.08:
     * Hermite functions in q and p, 150 × 220 of them, at γ = 0.03 140 × 340, shift-and-invert (SciPy). The last digit given is certain.
     */
    private record Decay(double friction, double slowest, double next) {}

    private static final List<Decay> DECAYS = List.of(
            new Decay(0.03, 0.002964, 0.0556),
            new Decay(0.1, 0.00759132, 0.169),
            new Decay(0.3, 0.013336162, 0.434),
            new Decay(1.0, 0.011745201, 1.0),
            new Decay(3.0, 0.005512084, 0.548),
            new Decay(10.0, 0.0017648187, 0.152));

    private static final double STEP = 0.05;

    private static final int SITES = 12;

    @Override
    public String name() {
        return "kinetic";
    }

    @Override
    public String summary() {
        return "Particles with inertia: specular and thermal walls, Kramers' turnover, a chain between two heat baths";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        XyPanel walls = walls(context, measurements);
        gasBetweenWalls(context, measurements);
        XyPanel turnover = turnover(context, measurements);
        XyPanel chain = chain(context, measurements);
        String first = "walls-and-chain.png";
        Figure.titled("Walls and heat baths for particles with inertia")
                .row(walls, chain)
                .writeTo(context.out().resolve(first));
        String second = "turnover.png";
        Figure.titled("Kramers' turnover: U = q⁴/4 − q²/2, T = 0.08")
                .row(turnover)
                .writeTo(context.out().resolve(second));
        return new ExampleResult(
                name(),
                "A wall that reverses the momentum keeps e^(−βH), and one that warms it carries heat. The rate of escape has"
                        + " its maximum between weak friction, where energy is slow to come, and strong friction, where"
                        + " position is slow to move. Heat flows through a harmonic chain without a gradient in its"
                        + " middle.",
                "Leimkuhler and Matthews (2013); Kramers (1940), Physica 7, 284; Rieder, Lebowitz and Lieb (1967), J. Math."
                        + " Phys. 8, 1073; rates by Hermite functions in q and p (SciPy).",
                context.seed().value(),
                measurements,
                List.of(
                        new Picture(
                                first,
                                "Left: height of particles that fall onto a specular floor, against e^(−q/T)/T. Right:"
                                        + " kinetic temperature along a harmonic chain between two baths; its middle is flat:"
                                        + " no law of Fourier."),
                        new Picture(
                                second,
                                "Rate at which the memory of the well decays, against the friction, both logarithmic: paths"
                                        + " by BAOAB, spectral values, and Kramers' two limits.")));
    }

    private static VectorField uniform(double slope) {
        return new VectorField() {
            @Override
            public void at(double[] q, double[] out) {
                out[0] = slope;
            }

            @Override
            public void atBlock(double[][] q, int paths, double[][] out) {
                Arrays.fill(out[0], 0, paths, slope);
            }
        };
    }

    /** ∇U = 1 above a floor: e^(−βH) is exponential in q and Gaussian in p. */
    private static XyPanel walls(RunContext context, List<Measurement> measurements) {
        double temperature = 0.5;
        Axis heights = Axis.uniform(0.0, 3.0, 30);
        MarginalHistogram histogram = MarginalHistogram.of(0, heights);
        FunctionMoments moments = FunctionMoments.of(
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[1];
                    out[2] = x[1] * x[1];
                },
                3);
        Ensemble ensemble = Ensemble.of(
                        UnderdampedLangevin.ofGradient(1, uniform(1.0), 0.2, Temperature.of(temperature))
                                .sde())
                .scheme(Baoab.withStep(0.02))
                .within(Walls.specular(HalfSpace.reflecting(new double[] {1.0}, 0.0)))
                .paths(context.effort().choose(4_000, 20_000, 200_000))
                .until(80.0)
                .startingAt(0.5, 0.0)
                .seed(context.seed())
                .observe(moments, histogram);
        EnsembleResult run = Runs.withProgress(ensemble, "kinetic, floor", context);
        RunningMoments found = run.get(moments);
        String[] names = {"⟨q⟩", "⟨p⟩", "⟨p²⟩"};
        double[] expected = {temperature, 0.0, temperature};
        for (int i = 0; i < names.length; i++) {
            measurements.add(Measurement.near(
                    "specular floor, ∇U = 1, T = 0.5, γ = 0.2: " + names[i] + ", 4 standard errors allowed",
                    found.mean(i),
                    expected[i],
                    4.0 * found.standardError(i)));
        }
        double[] centres = new double[heights.cells()];
        double[] density = new double[centres.length];
        double[] error = new double[centres.length];
        double[] exact = new double[centres.length];
        double total = run.get(histogram).total();
        for (int cell = 0; cell < centres.length; cell++) {
            centres[cell] = 0.5 * (heights.edge(cell) + heights.edge(cell + 1));
            double count = run.get(histogram).count(cell);
            density[cell] = count / (total * heights.width(cell));
            error[cell] = Math.sqrt(count) / (total * heights.width(cell));
            exact[cell] = Math.exp(-centres[cell] / temperature) / temperature;
        }
        return XyPanel.titled("Above a specular floor, ∇U = 1, T = 0.5")
                .xAxis("height q")
                .yAxis("density")
                .line("e^(−q/T)/T", centres, exact)
                .points("paths, ± standard error", centres, density, error);
    }

    /** Free flight between walls at T₁ and T₂: all fly with half-Gaussians of one or the other, ⟨p²⟩ = √(T₁T₂). */
    private static void gasBetweenWalls(RunContext context, List<Measurement> measurements) {
        TimeAverage square = TimeAverage.of((x, out) -> out[0] = x[1] * x[1], 1);
        Ensemble ensemble = Ensemble.of(UnderdampedLangevin.ofGradient(1, uniform(0.0), 1.0, Temperature.of(1.0))
                        .withFriction(0.0)
                        .sde())
                .scheme(Baoab.withStep(0.01))
                .within(Walls.thermal(Box.of(Interval.reflecting(0.0, 1.0)), Temperature.of(0.5), Temperature.of(2.0)))
                .paths(context.effort().choose(1_000, 4_000, 40_000))
                .until(60.0)
                .startingAt(0.5, 1.0)
                .seed(context.seed().derive(1))
                .observe(When.every(5, 20.0), square);
        RunningMoments found =
                Runs.withProgress(ensemble, "kinetic, gas", context).get(square);
        measurements.add(Measurement.near(
                "gas between thermal walls of T = ½ and 2: ⟨p²⟩ = √(T₁T₂), 4 standard errors allowed",
                found.mean(0),
                1.0,
                4.0 * found.standardError(0)));
    }

    private static UnderdampedLangevin doubleWell(double friction) {
        VectorField gradient = new VectorField() {
            @Override
            public void at(double[] q, double[] out) {
                out[0] = q[0] * (q[0] * q[0] - 1.0);
            }

            @Override
            public void atBlock(double[][] q, int paths, double[][] out) {
                slopes(q[0], paths, out[0]);
            }

            private void slopes(double[] q, int paths, double[] out) {
                for (int p = 0; p < paths; p++) {
                    out[p] = q[p] * (q[p] * q[p] - 1.0);
                }
            }
        };
        return UnderdampedLangevin.ofGradient(1, gradient, friction, Temperature.of(COLD));
    }

    private static XyPanel turnover(RunContext context, List<Measurement> measurements) {
        double[] frictions = DECAYS.stream().mapToDouble(Decay::friction).toArray();
        double[] exact = DECAYS.stream().mapToDouble(Decay::slowest).toArray();
        SweepResult sweep = Sweep.over("friction", frictions)
                .replicas(16)
                .seed(context.seed().derive(2))
                .run(List.of("early", "late"), point -> memory(point, context));
        Map<List<Double>, RunningMoments> early = sweep.overReplicas("early");
        Map<List<Double>, RunningMoments> late = sweep.overReplicas("late");
        double[] rates = new double[frictions.length];
        double[] errors = new double[frictions.length];
        for (int k = 0; k < frictions.length; k++) {
            Decay decay = DECAYS.get(k);
            RunningMoments first = early.getOrDefault(List.of(frictions[k]), new RunningMoments(1));
            RunningMoments second = late.getOrDefault(List.of(frictions[k]), new RunningMoments(1));
            double between = interval(decay);
            rates[k] = Math.log(first.mean(0) / second.mean(0)) / between;
            // The two times are correlated, which makes the error smaller than this.
            errors[k] = Math.hypot(first.standardError(0) / first.mean(0), second.standardError(0) / second.mean(0))
                    / between;
            measurements.add(Measurement.near(
                            String.format(
                                    Locale.ROOT,
                                    "double well, γ = %s: decay of the memory of the well by paths, 4 standard errors allowed (sees %.0f %%)",
                                    frictions[k],
                                    400.0 * errors[k] / exact[k]),
                            rates[k],
                            exact[k],
                            4.0 * errors[k])
                    .in("1/time"));
        }
        double[] all = new double[61];
        Arrays.setAll(all, i -> 0.02 * Math.pow(700.0, i / 60.0));
        double[] strong = new double[all.length];
        double[] weak = new double[20];
        // 2k: attempts ω₀/2π times e^(−ΔU/T), with ω₀ = √2 in the wells and 1 on top; 4/3 is the action of the orbit at
        // the top.
        double attempts = 2.0 * Math.sqrt(2.0) / (2.0 * Math.PI) * Math.exp(-0.25 / COLD);
        Arrays.setAll(strong, i -> attempts * (Math.sqrt(0.25 * all[i] * all[i] + 1.0) - 0.5 * all[i]));
        Arrays.setAll(weak, i -> 0.5 * attempts * all[i] * (4.0 / 3.0) / COLD);
        return XyPanel.titled("Decay of the memory of the well, λ₁ = 2k")
                .xAxis("friction γ")
                .yAxis("λ₁")
                .logX()
                .logY()
                .line("Kramers, strong friction", all, strong)
                .line("Kramers, energy diffusion", Arrays.copyOf(all, weak.length), weak)
                .line("spectral (SciPy), at the points", frictions, exact)
                .points("paths, ± standard error", frictions, rates, errors);
    }

    /** From one to the other the memory falls to 1/e; whole steps. */
    private static double interval(Decay decay) {
        return Math.rint(1.0 / decay.slowest() / STEP) * STEP;
    }

    /** ⟨sign q⟩ of paths that start in the left well, after the fast modes have decayed and an interval later. */
    private static double[] memory(SweepPoint point, RunContext context) {
        double friction = point.get("friction");
        Decay decay = DECAYS.stream()
                .filter(candidate -> candidate.friction() == friction)
                .findFirst()
                .orElseThrow();
        long first = Math.round(5.0 / decay.next() / STEP);
        long later = first + Math.round(interval(decay) / STEP);
        FunctionMoments sign = FunctionMoments.of((x, out) -> out[0] = x[0] < 0.0 ? 1.0 : -1.0, 1);
        TimeSeries<RunningMoments> series = TimeSeries.of(sign);
        List<TimeSeries.Entry<RunningMoments>> entries = Ensemble.of(
                        doubleWell(friction).sde())
                .scheme(Baoab.withStep(STEP))
                .paths(context.effort().choose(250, 2_500, 25_000))
                .until(later * STEP)
                .startingAt(-1.0, 0.0)
                .seed(point.seed())
                .threads(1)
                .observe(When.at(first * STEP, later * STEP), series)
                .run()
                .get(series);
        return new double[] {
            entries.get(0).result().mean(0), entries.get(1).result().mean(0)
        };
    }

    /** A harmonic chain between baths of T = 2 and 1: kinetic temperature of each site, and the heat that flows. */
    private static XyPanel chain(RunContext context, List<Measurement> measurements) {
        HeatConductingChain model = new HeatConductingChain(SITES, 1.0, 1.0, 2.0);
        double[] rates = new double[SITES];
        rates[0] = 1.0;
        rates[SITES - 1] = 1.0;
        Temperature[] baths = new Temperature[SITES];
        Arrays.fill(baths, Temperature.of(1.0));
        baths[0] = Temperature.of(2.0);
        VectorField gradient = (q, out) -> {
            for (int i = 0; i < q.length; i++) {
                double left = i > 0 ? q[i - 1] : 0.0;
                double right = i + 1 < q.length ? q[i + 1] : 0.0;
                out[i] = 2.0 * q[i] - left - right;
            }
        };
        UnderdampedLangevin equation = UnderdampedLangevin.ofGradient(SITES, gradient, 1.0, Temperature.of(1.0))
                .withFriction(rates)
                .withTemperature(baths);
        // The slowest mode loses its energy in a time of 57.
        double h = 0.05;
        TimeAverage averages = TimeAverage.of(
                (x, out) -> {
                    for (int i = 0; i < SITES; i++) {
                        out[i] = x[SITES + i] * x[SITES + i];
                    }
                    // What the hot bath gives: γ(T₁ − p₁²).
                    out[SITES] = 2.0 - x[SITES] * x[SITES];
                },
                SITES + 1);
        Ensemble ensemble = Ensemble.of(equation.sde())
                .scheme(Baoab.withStep(h))
                .paths(context.effort().choose(128, 512, 2048))
                .until(context.effort().choose(800.0, 1200.0, 4000.0))
                .startingAt(new double[2 * SITES])
                .seed(context.seed().derive(3))
                .observe(When.every(10, 500.0), averages);
        RunningMoments found =
                Runs.withProgress(ensemble, "kinetic, chain", context).get(averages);
        var covariance =
                model.stationaryMoments(Temperature.of(1.0)).orElseThrow().covariance();
        double[] sites = new double[SITES];
        double[] exact = new double[SITES];
        double[] measured = new double[SITES];
        double[] error = new double[SITES];
        double worst = 0.0;
        for (int i = 0; i < SITES; i++) {
            sites[i] = i + 1;
            exact[i] = covariance.getEntry(SITES + i, SITES + i);
            measured[i] = found.mean(i);
            error[i] = found.standardError(i);
            worst = Math.max(worst, Math.abs(measured[i] - exact[i]) / error[i]);
        }
        measurements.add(Measurement.atMost(
                "chain of 12 between T = 2 and 1: largest deviation of a kinetic temperature from Lyapunov's equation, in"
                        + " standard errors",
                worst,
                4.0));
        double a = Math.log(1.5 + Math.sqrt(1.25));
        measurements.add(Measurement.near(
                "heat current, against ½ sinh((n−1)a)/sinh(na), cosh a = 3/2, 4 standard errors allowed",
                found.mean(SITES),
                0.5 * Math.sinh((SITES - 1) * a) / Math.sinh(SITES * a),
                4.0 * found.standardError(SITES)));
        return XyPanel.titled("Harmonic chain between T = 2 and T = 1")
                .xAxis("site")
                .yAxis("⟨p²⟩")
                .line("Lyapunov's equation", sites, exact)
                .points("paths, ± standard error", sites, measured, error);
    }
}
