package org.langevin4j.examples.physics;

import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hipparchus.complex.Complex;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
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
public final class Driven implements Experiment {

    private static final double AMPLITUDE = 0.1;
    private static final double FREQUENCY = 0.1;
    private static final double PERIOD = 2.0 * Math.PI / FREQUENCY;

    /** Densities kept of a period. */
    private static final int PHASES = 64;

    private static final Oracle HARMONIC_BALANCE =
            independent("harmonic balance with fifteen modes in time on 190 sinc functions of [−2.8, 2.8], by NumPy");

    /** The amplitude of ⟨x⟩ at Ω by that method; 150 functions on [−2.6, 2.6] and eleven modes differ by 1e-10. */
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
    private static final int MEASURED_PERIODS = 16;

    @Override
    public String name() {
        return "driven";
    }

    @Override
    public String summary() {
        return "Time in the coefficients: stochastic resonance by grid, torus and paths; annealing, fast and slow";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        resonance(sheet);
        Annealing.write(sheet);
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

    private static void resonance(Sheet sheet) throws IOException {
        Evidence evidence =
                sheet.supplement("stochastic resonance: a weak force moves the state most at a middle temperature"
                        + " (Gammaitoni, Hänggi, Jung and Marchesoni 1998)");
        int cells = sheet.choose(120, 240, 480);
        int steps = sheet.choose(256, 512, 1024);
        double[] phases = new double[PHASES + 1];
        Arrays.setAll(phases, k -> (double) k / PHASES);
        double[] push = new double[PHASES + 1];
        Arrays.setAll(push, i -> AMPLITUDE * Math.cos(2.0 * Math.PI * phases[i]));
        XyPanel cycle = XyPanel.titled("Mean state over a period")
                .xAxis("t / period")
                .yAxis("⟨x⟩")
                .line("force A cos Ωt", phases, push);
        double[] amplitudes = new double[TEMPERATURES.length];
        for (int k = 0; k < TEMPERATURES.length; k++) {
            double temperature = TEMPERATURES[k];
            PeriodicSteadyState state = periodic(temperature, cells, steps);
            amplitudes[k] = state.response(x -> x[0], 1).norm();
            // Cells and steps halved together: what is left is a third of the difference to the order 2 of both.
            double coarse = periodic(temperature, cells / 2, steps / 2)
                    .response(x -> x[0], 1)
                    .norm();
            evidence.measure(at(temperature) + "amplitude of ⟨x⟩ at Ω on a grid", amplitudes[k])
                    .discretisationError(Math.abs(amplitudes[k] - coarse) / 3.0)
                    .near(reference(temperature), estimatedErrors(2), HARMONIC_BALANCE);
            if (temperature == 0.05 || temperature == 0.15 || temperature == 0.3) {
                double[] mean = new double[PHASES + 1];
                List<Double> means = state.expectations(x -> x[0]);
                Arrays.setAll(mean, i -> means.get(i % PHASES));
                cycle.line("T = " + temperature, phases, mean);
            }
        }
        torus(sheet, evidence);
        double[] amplitude = new double[PATH_TEMPERATURES.length];
        double[] errors = new double[PATH_TEMPERATURES.length];
        SweepResult paths = paths(sheet);
        Map<List<Double>, RunningMoments> real = paths.overReplicas("real");
        Map<List<Double>, RunningMoments> imaginary = paths.overReplicas("imaginary");
        for (int k = 0; k < PATH_TEMPERATURES.length; k++) {
            List<Double> at = List.of(PATH_TEMPERATURES[k]);
            RunningMoments first = real.getOrDefault(at, new RunningMoments(1));
            RunningMoments second = imaginary.getOrDefault(at, new RunningMoments(1));
            amplitude[k] = Math.hypot(first.mean(0), second.mean(0));
            // The error along the response; across it is a matter of second order.
            double error = Math.hypot(first.mean(0) * first.standardError(0), second.mean(0) * second.standardError(0))
                    / amplitude[k];
            errors[k] = error;
            evidence.measure(at(PATH_TEMPERATURES[k]) + "the same by paths", amplitude[k])
                    .standardError(error)
                    .near(reference(PATH_TEMPERATURES[k]), standardErrors(4), HARMONIC_BALANCE);
        }
        sheet.figure(
                "resonance",
                "Left: the response to a weak force has a maximum in the strength of the noise; an independent method, grid"
                        + " and paths. Right: the mean state over a period, which lags behind the force.",
                Figure.titled("Stochastic resonance: dx = (x − x³ + 0.1 cos 0.1t) dt + √(2T) dW")
                        .row(
                                XyPanel.titled("Amplitude of ⟨x⟩ at the frequency of the force")
                                        .xAxis("temperature T")
                                        .yAxis("amplitude")
                                        .line(
                                                "harmonic balance (NumPy), at the points",
                                                TEMPERATURES,
                                                Arrays.stream(TEMPERATURES)
                                                        .map(Driven::reference)
                                                        .toArray())
                                        .points("periodic steady state on a grid", TEMPERATURES, amplitudes)
                                        .points("paths", PATH_TEMPERATURES, amplitude, errors),
                                cycle));
    }

    private static String at(double temperature) {
        return String.format(Locale.ROOT, "T = %s: ", temperature);
    }

    private static double reference(double temperature) {
        return REFERENCE.getOrDefault(temperature, Double.NaN);
    }

    private static PeriodicSteadyState periodic(double temperature, int cells, int steps) {
        return DrivenFokkerPlanck.of(pushed(temperature), Grid.of(Axis.uniform(-2.4, 2.4, cells)), Boundary.REFLECTING)
                .periodicSteadyState(PERIOD, PHASES, Integrator.sdirk2(PERIOD / steps));
    }

    /** The same state on the torus of (x, θ), θ = Ωt: no noise in θ, first order in its cells, extrapolated from two grids at a time. */
    private static void torus(Sheet sheet, Evidence evidence) {
        double temperature = 0.15;
        int angles = sheet.choose(32, 48, 96);
        Complex coarse = torusResponse(temperature, angles);
        Complex middle = torusResponse(temperature, 2 * angles);
        Complex fine = torusResponse(temperature, 4 * angles);
        double extrapolated = fine.multiply(2.0).subtract(middle).norm();
        evidence.measure(at(temperature) + "the same on the torus of (x, θ), extrapolated", extrapolated)
                .discretisationError(Math.abs(extrapolated
                                - middle.multiply(2.0).subtract(coarse).norm())
                        / 3.0)
                .near(reference(temperature), estimatedErrors(2), HARMONIC_BALANCE);
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
                        Grid.of(Axis.uniform(-2.4, 2.4, 240), Axis.uniform(0.0, 2.0 * Math.PI, angles)),
                        Boundary.REFLECTING)
                .withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC);
        Density steady = FokkerPlanck.of(sde, region).steadyState().density();
        return new Complex(
                2.0 * steady.expectation(x -> x[0] * Math.cos(x[1])),
                -2.0 * steady.expectation(x -> x[0] * Math.sin(x[1])));
    }

    /** 2⟨x e^{−iΩt}⟩ over some periods after others, for each temperature and many seeds. */
    private static SweepResult paths(Sheet sheet) {
        int replicas = sheet.choose(32, 32, 64);
        int paths = sheet.choose(64, 512, 2048);
        int perPeriod = sheet.choose(640, 1280, 2560);
        TimeSeries<RunningMoments> means = TimeSeries.of(Moments.of(1));
        return Sweep.over("T", PATH_TEMPERATURES)
                .replicas(replicas)
                .seed(sheet.seed())
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
}
