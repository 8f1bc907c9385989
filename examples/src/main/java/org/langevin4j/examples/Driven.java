package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
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
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.fokkerplanck.PeriodicSteadyState;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sweep.Sweep;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

/** Equations that depend on time: stochastic resonance under a periodic force, and annealing. */
public final class Driven implements Example {

    private static final double AMPLITUDE = 0.1;
    private static final double FREQUENCY = 0.1;
    private static final double PERIOD = 2.0 * Math.PI / FREQUENCY;

    /** Densities kept of a period. */
    private static final int PHASES = 64;

    /**
     * The amplitude of ⟨x⟩ at Ω: harmonic balance, fifteen Fourier modes in time, the symmetrised operator on 190
     * sinc functions of [−2.8, 2.8] (NumPy; 150 functions on [−2.6, 2.6] and eleven modes differ by 1e-10).
     */
    private static final Map<Double, Double> REFERENCE = Map.of(
            0.05, 0.09091079743486047,
            0.08, 0.21709197053231127,
            0.11, 0.3127619290778047,
            0.15, 0.35035824761793083,
            0.2, 0.32717960464896445,
            0.3, 0.25514257307573013);

    private static final double[] TEMPERATURES = {0.05, 0.08, 0.11, 0.15, 0.2, 0.3};

    /** The slowest mode relaxes within a period or so from here on. */
    private static final double[] PATH_TEMPERATURES = {0.11, 0.15, 0.2, 0.3};

    private static final int TRANSIENT_PERIODS = 4;
    private static final int MEASURED_PERIODS = 4;

    /** The deeper well is at x ≈ 1.05, the other, 0.20 higher, at x ≈ −0.95. */
    private static final double TILT = 0.1;

    private static final double HOT = 0.5;
    private static final double COLD = 0.02;

    @Override
    public String name() {
        return "driven";
    }

    @Override
    public String summary() {
        return "Time in the coefficients: stochastic resonance by grid, torus and paths; annealing, fast and slow";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        pictures.add(resonance(context, measurements));
        pictures.add(annealing(context, measurements));
        return new ExampleResult(
                name(),
                "Noise of the right strength makes a weak periodic force move the state most: the response has its maximum"
                        + " where the wells are changed about once in half a period. Cooled slowly enough the state ends in"
                        + " the deeper well; cooled fast it stays where it was caught.",
                "Gammaitoni, Hänggi, Jung and Marchesoni (1998), Rev. Mod. Phys. 70, 223, eq. (4.14); harmonic balance on"
                        + " sinc functions by NumPy. Annealing: paths against the Fokker–Planck equation with β(t).",
                context.seed().value(),
                measurements,
                pictures);
    }

    /** dx = (x − x³ + A cos Ωt)dt + √(2T) dW. */
    private static Sde pushed(double temperature) {
        return Sde.ito(
                VectorField.driven(t -> {
                    double push = AMPLITUDE * Math.cos(FREQUENCY * t);
                    return (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + push;
                }),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(temperature));
    }

    private static Picture resonance(RunContext context, List<Measurement> measurements) throws IOException {
        Grid grid = Grid.of(Axis.uniform(-2.4, 2.4, context.effort().choose(120, 240, 480)));
        int steps = context.effort().choose(256, 512, 1024);
        XyPanel cycle =
                XyPanel.titled("Mean state over a period").xAxis("t / period").yAxis("⟨x⟩");
        double[] amplitudes = new double[TEMPERATURES.length];
        double[] reference = new double[TEMPERATURES.length];
        double[] phases = new double[PHASES + 1];
        Arrays.setAll(phases, k -> (double) k / PHASES);
        for (int k = 0; k < TEMPERATURES.length; k++) {
            double temperature = TEMPERATURES[k];
            PeriodicSteadyState state = DrivenFokkerPlanck.of(pushed(temperature), grid, Boundary.REFLECTING)
                    .periodicSteadyState(PERIOD, PHASES, Integrator.sdirk2(PERIOD / steps));
            Complex response = state.response(x -> x[0], 1);
            amplitudes[k] = response.norm();
            reference[k] = REFERENCE.getOrDefault(temperature, Double.NaN);
            measurements.add(Measurement.near(
                    String.format(Locale.ROOT, "T = %s: amplitude of ⟨x⟩ at Ω on a grid", temperature),
                    amplitudes[k],
                    reference[k],
                    context.effort().choose(2e-3, 4e-4, 1e-4)));
            if (temperature == 0.05 || temperature == 0.15 || temperature == 0.3) {
                double[] mean = new double[PHASES + 1];
                List<Double> means = state.expectations(x -> x[0]);
                Arrays.setAll(mean, i -> means.get(i % PHASES));
                cycle.line("T = " + temperature, phases, mean);
            }
        }
        torus(context, measurements);
        double[] push = new double[PHASES + 1];
        Arrays.setAll(push, i -> AMPLITUDE * Math.cos(2.0 * Math.PI * phases[i]));
        cycle.line("force A cos Ωt", phases, push);

        double[] amplitude = new double[PATH_TEMPERATURES.length];
        double[] error = new double[PATH_TEMPERATURES.length];
        SweepResult paths = paths(context);
        Map<List<Double>, RunningMoments> real = paths.overReplicas("real");
        Map<List<Double>, RunningMoments> imaginary = paths.overReplicas("imaginary");
        for (int k = 0; k < PATH_TEMPERATURES.length; k++) {
            List<Double> at = List.of(PATH_TEMPERATURES[k]);
            RunningMoments first = real.getOrDefault(at, new RunningMoments(1));
            RunningMoments second = imaginary.getOrDefault(at, new RunningMoments(1));
            amplitude[k] = Math.hypot(first.mean(0), second.mean(0));
            // The error along the response; across it is a matter of second order.
            error[k] = Math.hypot(first.mean(0) * first.standardError(0), second.mean(0) * second.standardError(0))
                    / amplitude[k];
            double expected = REFERENCE.getOrDefault(PATH_TEMPERATURES[k], Double.NaN);
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "T = %s: the same by paths, 4 standard errors allowed (sees %.0f %%)",
                            PATH_TEMPERATURES[k],
                            400.0 * error[k] / expected),
                    amplitude[k],
                    expected,
                    4.0 * error[k]));
        }
        String file = "resonance.png";
        Figure.titled("Stochastic resonance: dx = (x − x³ + 0.1 cos 0.1t) dt + √(2T) dW")
                .row(
                        XyPanel.titled("Amplitude of ⟨x⟩ at the frequency of the force")
                                .xAxis("temperature T")
                                .yAxis("amplitude")
                                .line("periodic steady state on a grid", TEMPERATURES, amplitudes)
                                .points("harmonic balance (NumPy)", TEMPERATURES, reference)
                                .points("paths, ± standard error", PATH_TEMPERATURES, amplitude, error),
                        cycle)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Left: the response to a weak force has a maximum in the strength of the noise; grid, an independent method"
                        + " and paths. Right: the mean state over a period, which lags behind the force.");
    }

    /** The same state on the torus of (x, θ), θ = Ωt: no noise in θ, first order in its cells, extrapolated. */
    private static void torus(RunContext context, List<Measurement> measurements) {
        double temperature = 0.15;
        int angles = context.effort().choose(32, 96, 192);
        Complex coarse = torusResponse(temperature, angles);
        Complex fine = torusResponse(temperature, 2 * angles);
        measurements.add(Measurement.near(
                "T = " + temperature + ": the same on the torus of (x, θ), extrapolated from two grids",
                fine.multiply(2.0).subtract(coarse).norm(),
                REFERENCE.getOrDefault(temperature, Double.NaN),
                context.effort().choose(6e-3, 1e-3, 4e-4)));
    }

    private static Complex torusResponse(double temperature, int angles) {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = x[0] - x[0] * x[0] * x[0] + AMPLITUDE * Math.cos(x[1]);
                    out[1] = FREQUENCY;
                },
                Diffusion.diagonal(1.0, 0.0),
                Temperature.of(temperature));
        Region region = Region.of(
                        Grid.of(Axis.uniform(-2.4, 2.4, 120), Axis.uniform(0.0, 2.0 * Math.PI, angles)),
                        Boundary.REFLECTING)
                .withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC);
        Density steady = FokkerPlanck.of(sde, region).steadyState().density();
        return new Complex(
                2.0 * steady.expectation(x -> x[0] * Math.cos(x[1])),
                -2.0 * steady.expectation(x -> x[0] * Math.sin(x[1])));
    }

    /** 2⟨x e^{−iΩt}⟩ over some periods after others, for each temperature and many seeds. */
    private static SweepResult paths(RunContext context) {
        int replicas = context.effort().choose(8, 16, 32);
        int paths = context.effort().choose(256, 1024, 4096);
        int perPeriod = context.effort().choose(640, 1280, 2560);
        TimeSeries<RunningMoments> means = TimeSeries.of(Moments.of(1));
        return Sweep.over("T", PATH_TEMPERATURES)
                .replicas(replicas)
                .seed(context.seed())
                .run(List.of("real", "imaginary"), (SweepPoint point) -> {
                    Ensemble ensemble = Ensemble.of(pushed(point.get("T")))
                            .scheme(Sra1.withStep(PERIOD / perPeriod))
                            .paths(paths)
                            .until((TRANSIENT_PERIODS + MEASURED_PERIODS) * PERIOD)
                            .startingFrom((path, out) -> out[0] = path % 2 == 0 ? 1.0 : -1.0)
                            .seed(point.seed())
                            .threads(1)
                            .observe(
                                    When.every(perPeriod / PHASES, (TRANSIENT_PERIODS + 0.5 / PHASES) * PERIOD), means);
                    double real = 0.0;
                    double imaginary = 0.0;
                    List<TimeSeries.Entry<RunningMoments>> entries =
                            ensemble.run().get(means);
                    for (TimeSeries.Entry<RunningMoments> entry : entries) {
                        double angle = FREQUENCY * entry.time();
                        double weight = 2.0 / entries.size() * entry.result().mean(0);
                        real += weight * Math.cos(angle);
                        imaginary -= weight * Math.sin(angle);
                    }
                    return new double[] {real, imaginary};
                });
    }

    private static double energy(double x) {
        return 0.25 * x * x * x * x - 0.5 * x * x - TILT * x;
    }

    /** dx = (x − x³ + 0.1)dt + √(2T(t)) dW, T falling from hot to cold as a geometric progression. */
    private static Sde cooled(double duration) {
        double rate = Math.log(COLD / HOT) / duration;
        return Sde.ito(
                (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + TILT,
                Diffusion.isotropic(1, 1.0),
                Temperature.varying(t -> HOT * Math.exp(rate * t)));
    }

    private static Picture annealing(RunContext context, List<Measurement> measurements) throws IOException {
        Grid grid = Grid.of(Axis.uniform(-3.2, 3.2, context.effort().choose(256, 512, 1024)));
        ScalarField left = x -> x[0] < 0.0 ? 1.0 : 0.0;
        Density hot = gibbs(grid, HOT);
        int times = 24;
        XyPanel panel = XyPanel.titled("In the shallower well while cooling")
                .xAxis("temperature T(t)")
                .yAxis("P(x < 0)")
                .logX();
        double[] temperatures = new double[times + 1];
        Arrays.setAll(temperatures, k -> HOT * Math.pow(COLD / HOT, (double) k / times));
        double[] equilibrium = new double[times + 1];
        Arrays.setAll(equilibrium, k -> gibbs(grid, temperatures[k]).expectation(left));
        panel.line("in equilibrium", temperatures, equilibrium);
        double[] ends = new double[3];
        double[] found = new double[3];
        double[] errors = new double[3];
        double[] durations = {10.0, 100.0, 1000.0};
        for (int k = 0; k < durations.length; k++) {
            double duration = durations[k];
            double[] when = new double[times];
            Arrays.setAll(when, i -> duration * (i + 1) / times);
            double[] onGrid = DrivenFokkerPlanck.of(cooled(duration), grid, Boundary.REFLECTING)
                    .evolve(
                            hot,
                            0.0,
                            when,
                            Integrator.implicitEuler(duration / context.effort().choose(1200, 4800, 9600)))
                    .expectations(left)
                    .stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
            ends[k] = onGrid[times];
            panel.line(String.format(Locale.ROOT, "in time %.0f", duration), temperatures, onGrid);
            RunningMoments paths = cooledPaths(context, duration, k);
            double error = paths.standardError(0);
            measurements.add(Measurement.near(
                    String.format(
                            Locale.ROOT,
                            "cooled in time %.0f: P(x < 0) at the end by paths, 4 standard errors allowed",
                            duration),
                    paths.mean(0),
                    ends[k],
                    4.0 * error));
            found[k] = paths.mean(0);
            errors[k] = error;
        }
        measurements.add(Measurement.atMost(
                "left in the shallower well after cooling in time 1,000, of what is left after time 10",
                ends[2] / ends[0],
                0.5));
        panel.points("paths at the end, ± standard error", new double[] {COLD, COLD, COLD}, found, errors);
        String file = "annealing.png";
        Figure.titled("Annealing: U = x⁴/4 − x²/2 − x/10, T from 0.5 to 0.02")
                .row(panel)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Time runs from right to left. In equilibrium almost nothing is left in the shallower well when it is cold;"
                        + " the faster the cooling, the earlier its occupation freezes.");
    }

    private static RunningMoments cooledPaths(RunContext context, double duration, int part) {
        FunctionMoments isLeft = FunctionMoments.of((x, out) -> out[0] = x[0] < 0.0 ? 1.0 : 0.0, 1);
        double h = 0.02;
        // Starts by inversion of the distribution function in equilibrium at the hot temperature.
        double[] quantiles = quantiles(gibbs(Grid.of(Axis.uniform(-3.2, 3.2, 6400)), HOT));
        Ensemble ensemble = Ensemble.of(cooled(duration))
                .scheme(Sra1.withStep(h))
                .paths(context.effort().choose(2_000, 10_000, 100_000))
                .until(duration)
                .startingFrom((path, out) -> out[0] = quantiles[(int) (path * 7919L % quantiles.length)])
                .seed(context.seed().derive(100 + part))
                .observe(isLeft);
        return Runs.withProgress(ensemble, "driven, annealing", context).get(isLeft);
    }

    /** The k + ½ of n-th parts of the distribution. */
    private static double[] quantiles(Density density) {
        int n = 2000;
        double[] quantiles = new double[n];
        Axis axis = density.grid().axis(0);
        double below = 0.0;
        int cell = 0;
        for (int k = 0; k < n; k++) {
            double share = (k + 0.5) / n;
            while (below + density.value(cell) * axis.width(cell) < share) {
                below += density.value(cell) * axis.width(cell);
                cell++;
            }
            quantiles[k] = axis.edge(cell) + (share - below) / density.value(cell);
        }
        return quantiles;
    }

    private static Density gibbs(Grid grid, double temperature) {
        double[] values = new double[grid.cells()];
        double[] x = new double[1];
        double sum = 0.0;
        for (int cell = 0; cell < values.length; cell++) {
            grid.centre(cell, x);
            values[cell] = Math.exp(-energy(x[0]) / temperature);
            sum += values[cell] * grid.volume(cell);
        }
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] /= sum;
        }
        return Density.of(grid, values);
    }
}
