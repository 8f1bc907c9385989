package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.HopfNormalForm;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.RelaxationModes;
import org.langevin4j.solvers.irreversibility.Periods;
import org.langevin4j.solvers.irreversibility.PhaseAngle;
import org.langevin4j.solvers.irreversibility.PhaseProfile;
import org.langevin4j.solvers.irreversibility.SpectralDensity;
import org.langevin4j.solvers.irreversibility.Winding;
import org.langevin4j.solvers.sde.Sra1;

/** A limit cycle and a noisy focus: periods, phase diffusion, spectral lines, and what tells one from the other. */
public final class NoisyCycles implements Example {

    private static final double STEP = 0.02;

    /** In the time of the equation. */
    private static final double TRANSIENT = 20.0;

    private static final double GOLDEN_ANGLE = 2.399963229728653;

    /** Beyond it |b|βh, with h the width of cells that are to be had, is so large that the grid's own diffusion counts. */
    private static final double LARGEST_ON_GRID = 16.0;

    /** One of the two systems. */
    private record Rotator(String name, boolean cycle) {

        Sde sde(double beta) {
            Temperature temperature = Temperature.of(1 / beta);
            return cycle
                    ? new HopfNormalForm(1, NoisyRotation.OMEGA).sde(temperature)
                    : new DoubleWell(1.5).sde(temperature);
        }

        Grid box(double beta, int cells) {
            double end = cycle ? 1.0 + 2.2 / Math.sqrt(Math.sqrt(beta)) : 1.0 + 3.0 / Math.sqrt(Math.sqrt(beta));
            return Grid.square(-end, end, cells);
        }
    }

    private static final Rotator HOPF = new Rotator("Hopf", true);
    private static final Rotator EXAMPLE_19 = new Rotator("Example 19", false);

    @Override
    public String name() {
        return "noisy-cycles";
    }

    @Override
    public String summary() {
        return "Limit cycles under noise: periods, phase diffusion, spectral line; and Example 19, which has no cycle";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<NoisyRotation> cycle = new ArrayList<>();
        List<NoisyRotation> focus = new ArrayList<>();
        double[] betas = NoisyRotation.REFERENCES.stream()
                .mapToDouble(NoisyRotation.Reference::beta)
                .toArray();
        for (NoisyRotation.Reference reference : NoisyRotation.REFERENCES) {
            cycle.add(measure(HOPF, reference.beta(), reference.decay(), context));
            focus.add(measure(EXAMPLE_19, reference.beta(), 1.0 / Math.sqrt(reference.beta()), context));
        }
        judgeCycle(cycle, context, measurements);
        judgeFocus(focus, measurements);
        compare(cycle, focus, betas, measurements);
        return new ExampleResult(
                name(),
                "As noise becomes weak the line of a limit cycle sharpens, with a quality factor ∝ β; that of Example 19,"
                        + " which has no cycle of its drift, sharpens more slowly, towards β^½, and that of an ordinary"
                        + " focus not at all. At one temperature alone none of period, spectrum and crater in the density"
                        + " tells them apart.",
                "Radial eigenvalues and quadrature by SciPy. Quality factor of the slowest rotating mode: Gaspard (2002),"
                        + " Thomas and Lindner (2014). Slopes: on a cycle dθ has the noise β⁻¹/r²; near a weak focus"
                        + " r′ = −ar³ + β⁻¹/r + noise scales as r ~ β^(−1/4), time as β^½.",
                context.seed().value(),
                measurements,
                NoisyCyclePictures.pictures(cycle, focus, betas, context));
    }

    private static NoisyRotation measure(Rotator rotator, double beta, double decay, RunContext context) {
        Sde sde = rotator.sde(beta);
        Complex line = beta <= LARGEST_ON_GRID ? line(rotator, beta, context) : Complex.NaN;
        double crater = rotator.cycle() ? Math.exp(-beta / 4) : crater(rotator, beta, context);
        double interval = 0.2;
        // A resolution of about an eighth of the expected half width.
        int segment = Integer.highestOneBit((int) (8 * 2 * Math.PI / (decay * interval))) * 2;
        SpectralDensity spectral = SpectralDensity.of(x -> x[0], segment);
        Periods periods = Periods.of(PhaseAngle.about(0, 0), Axis.uniform(0, 10, 100));
        double duration = Math.max(400.0, 2.0 * segment * interval);
        int paths = (int) Math.max(16, context.effort().choose(1.6e4, 6e5, 6e6) / duration);
        String title = rotator.name() + NoisyCyclePictures.label(", β = %.0f", beta);
        EnsembleResult few = Runs.withProgress(
                started(sde, paths, duration + interval, context)
                        .observe(When.every(1, TRANSIENT), periods)
                        .observe(When.every(10, TRANSIENT), spectral),
                title,
                context);
        Winding winding = Winding.about(0, 0);
        PhaseProfile profile =
                PhaseProfile.of(PhaseAngle.about(0, 0), x -> Math.hypot(x[0], x[1]), NoisyRotation.SECTORS);
        EnsembleResult many = Runs.withProgress(
                started(sde, context.effort().choose(320, 4096, 16384), 20, context)
                        .observe(When.every(1, TRANSIENT), winding)
                        .observe(When.every(10, TRANSIENT), profile),
                title,
                context);
        PowerSpectrum spectrum = few.get(spectral);
        double nan = Double.NaN;
        return new NoisyRotation(
                line,
                crater,
                spectrum,
                spectrum.peak().orElse(new SpectralPeak(nan, nan, nan, nan, nan, spectrum.resolution())),
                few.get(periods),
                many.get(winding),
                many.get(profile));
    }

    private static Ensemble started(Sde sde, int paths, double duration, RunContext context) {
        return Ensemble.of(sde)
                .scheme(Sra1.withStep(STEP))
                .paths(paths)
                .until(Math.rint((TRANSIENT + duration) / STEP) * STEP)
                .startingFrom((path, out) -> {
                    double angle = GOLDEN_ANGLE * path;
                    out[0] = Math.cos(angle);
                    out[1] = Math.sin(angle);
                })
                .seed(context.seed());
    }

    /** The eigenvalue of the slowest rotating mode, the error of second order taken out by two grids. */
    private static Complex line(Rotator rotator, double beta, RunContext context) {
        // The ring around the cycle is narrowest, for its box, at the largest β.
        int cells = context.effort().choose(beta < LARGEST_ON_GRID ? 36 : 48, 75, 120);
        Complex[] slowest = new Complex[2];
        for (int g = 0; g < 2; g++) {
            Grid grid = rotator.box(beta, cells * (g + 2) / 3);
            slowest[g] =
                    rotating(RelaxationModes.of(FokkerPlanck.of(rotator.sde(beta), grid, Boundary.REFLECTING), 3, 2.0));
        }
        return slowest[1].add(slowest[1].subtract(slowest[0]).multiply(1 / (1.5 * 1.5 - 1)));
    }

    private static double crater(Rotator rotator, double beta, RunContext context) {
        Grid grid = rotator.box(beta, context.effort().choose(81, 161, 241));
        Density steady = FokkerPlanck.of(rotator.sde(beta), grid, Boundary.REFLECTING)
                .steadyState()
                .density();
        double highest = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            highest = Math.max(highest, steady.value(cell));
        }
        return steady.value(grid.cellOf(0.0, 0.0)) / highest;
    }

    /** The slowest eigenvalue with a positive imaginary part. */
    private static Complex rotating(RelaxationModes spectrum) {
        for (int k = 1; k < spectrum.size(); k++) {
            if (spectrum.frequency(k) > 1e-6) {
                return spectrum.eigenvalue(k);
            }
        }
        return Complex.NaN;
    }

    private static void judgeCycle(List<NoisyRotation> cycle, RunContext context, List<Measurement> measurements) {
        for (int k = 0; k < cycle.size(); k++) {
            NoisyRotation.Reference reference = NoisyRotation.REFERENCES.get(k);
            NoisyRotation found = cycle.get(k);
            String at = NoisyCyclePictures.label("Hopf, β = %.0f: ", reference.beta());
            if (found.hasLine()) {
                measurements.add(Measurement.near(
                                at + "|Re λ₁| of the generator, extrapolated, against the radial equation",
                                -found.line().getRealPart(),
                                reference.decay(),
                                context.effort().choose(0.1, 0.03, 0.01) * reference.decay())
                        .in("1/time"));
                measurements.add(Measurement.near(
                                at + "Im λ₁, which is ω",
                                found.line().getImaginaryPart(),
                                NoisyRotation.OMEGA,
                                context.effort().choose(0.02, 0.01, 0.002) * NoisyRotation.OMEGA)
                        .in("rad/time"));
            }
            if (reference.beta() >= 16) {
                SpectralPeak peak = found.peak();
                measurements.add(Measurement.near(
                                at + "frequency of the spectral line, 4 standard errors",
                                peak.frequency(),
                                NoisyRotation.OMEGA,
                                4 * peak.frequencyError())
                        .in("rad/time"));
                measurements.add(Measurement.near(
                                at + "half width of the spectral line, 4 standard errors",
                                peak.halfWidth(),
                                reference.decay(),
                                4 * peak.halfWidthError())
                        .in("1/time"));
            }
            reportPeriods(at, found, measurements);
            if (reference.beta() >= 4) {
                measurements.add(Measurement.atMost(
                        at + "Var r in twelve sectors, largest deviation from quadrature in standard errors",
                        worst(found.profile(), reference.radialVariance()),
                        4));
                measurements.add(Measurement.reported(
                        at + "Var r by quadrature over β⁻¹/(2μ), linear theory",
                        reference.radialVariance() * 2 * reference.beta()));
            }
        }
        NoisyRotation weakest = cycle.get(cycle.size() - 1);
        measurements.add(Measurement.near(
                        "Hopf, β = 64: phase diffusion of the winding angle against β⁻¹⟨1/r²⟩, 4 standard errors",
                        weakest.winding().diffusion(),
                        NoisyRotation.PHASE_DIFFUSION_AT_64,
                        4 * weakest.winding().diffusionError())
                .in("rad²/time"));
        double deviation =
                Math.sqrt(4 * Math.PI * NoisyRotation.PHASE_DIFFUSION_AT_64 / Math.pow(NoisyRotation.OMEGA, 3));
        measurements.add(Measurement.near(
                        "Hopf, β = 64: standard deviation of the period against √(4πD/ω³), 4 standard errors",
                        weakest.periods().deviation(),
                        deviation,
                        4 * deviation / Math.sqrt(2.0 * weakest.periods().count()))
                .in("time"));
    }

    private static double worst(PhaseProfile.Profile profile, double variance) {
        double worst = 0.0;
        for (int bin = 0; bin < NoisyRotation.SECTORS; bin++) {
            worst = Math.max(worst, Math.abs(profile.variance(bin) - variance) / profile.varianceError(bin));
        }
        return worst;
    }

    private static void reportPeriods(String at, NoisyRotation found, List<Measurement> measurements) {
        measurements.add(
                Measurement.reported(at + "mean period", found.periods().mean()).in("time"));
        measurements.add(
                Measurement.reported(at + "standard deviation of the period over its mean", found.variation()));
        measurements.add(Measurement.reported(
                        at + "phase diffusion of the winding angle, recorded at h = 0.02",
                        found.winding().diffusion())
                .in("rad²/time"));
        measurements.add(Measurement.reported(
                at + "quality factor" + (found.hasLine() ? " Im λ₁/(2|Re λ₁|), grid" : " of the spectral line, paths"),
                found.quality()));
    }

    private static void judgeFocus(List<NoisyRotation> focus, List<Measurement> measurements) {
        for (int k = 0; k < focus.size(); k++) {
            double beta = NoisyRotation.REFERENCES.get(k).beta();
            NoisyRotation found = focus.get(k);
            String at = NoisyCyclePictures.label("Example 19, λ = 1.5, β = %.0f: ", beta);
            reportPeriods(at, found, measurements);
            if (beta == LARGEST_ON_GRID) {
                // A real signal has a line at −ω too, which changes the one at ω by about 1/(4Q) of its width.
                SpectralPeak peak = found.peak();
                double decay = -found.line().getRealPart();
                double mirror = decay / (4 * found.quality());
                measurements.add(Measurement.near(
                                at + "half width of the spectral line against |Re λ₁|, 4 standard errors and 1/(4Q)",
                                peak.halfWidth(),
                                decay,
                                4 * peak.halfWidthError() + mirror)
                        .in("1/time"));
                measurements.add(Measurement.near(
                                at + "frequency of the spectral line against Im λ₁, 4 standard errors and γ/(4Q)",
                                peak.frequency(),
                                found.line().getImaginaryPart(),
                                4 * peak.frequencyError() + mirror)
                        .in("rad/time"));
            }
        }
    }

    private static void compare(
            List<NoisyRotation> cycle, List<NoisyRotation> focus, double[] betas, List<Measurement> measurements) {
        int n = betas.length;
        double quadruple = Math.log(betas[n - 1] / betas[n - 2]);
        NoisyRotation last = cycle.get(n - 1);
        double exact = Math.log(NoisyRotation.REFERENCES.get(n - 2).decay()
                        / NoisyRotation.REFERENCES.get(n - 1).decay())
                / quadruple;
        measurements.add(Measurement.near(
                "Hopf: slope of log Q against log β from 16 to 64, against the radial equation; law 1",
                Math.log(last.quality() / cycle.get(n - 2).quality()) / quadruple,
                exact,
                (4 * last.peak().qualityError() / last.quality() + 0.03) / quadruple));
        NoisyRotation weak = focus.get(n - 1);
        measurements.add(Measurement.atMost(
                "Example 19: slope of log Q against log β from 16 to 64, 4 standard errors above half way between the laws"
                        + " ½ and 1",
                Math.log(weak.quality() / focus.get(n - 2).quality()) / quadruple,
                0.75 + 4 * weak.peak().qualityError() / weak.quality() / quadruple));
        for (int k = 0; k < n; k++) {
            measurements.add(Measurement.reported(
                    NoisyCyclePictures.label("Example 19, β = %.0f: density at the centre over the largest", betas[k]),
                    focus.get(k).crater()));
        }
    }
}
