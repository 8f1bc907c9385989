package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.complex.Complex;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.core.statistics.SpectralPeak;
import org.langevin4j.examples.chart.Figure;
import org.langevin4j.examples.chart.XyPanel;
import org.langevin4j.examples.report.ExampleResult;
import org.langevin4j.examples.report.Measurement;
import org.langevin4j.examples.report.Picture;
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

    private static final double OMEGA = 2.0;

    private static final double STEP = 0.02;

    /** In the time of the equation. */
    private static final double TRANSIENT = 20.0;

    private static final int SECTORS = 12;

    private static final double GOLDEN_ANGLE = 2.399963229728653;

    /** Beyond it |b|βh, with h the width of cells that are to be had, is so large that the grid's own diffusion counts. */
    private static final double LARGEST_ON_GRID = 16.0;

    /**
     * The Hopf normal form with μ = 1, ω = 2 and noise β⁻¹: the decay κ of its slowest rotating mode e^(iθ)R(r), from
     * β⁻¹(R″ + R′/r − R/r²) + (r − r³)R′ = −κR by finite volumes on 2,000 and 4,000 radii, extrapolated (SciPy); and
     * Var r by quadrature.
     */
    private record Reference(double beta, double decay, double radialVariance) {}

    private static final List<Reference> REFERENCES = List.of(
            new Reference(1, 1.1205985743300901, Double.NaN),
            new Reference(4, 0.35661467558982823, 0.09965420147800574),
            new Reference(16, 0.07507443411245883, 0.034788633778858546),
            new Reference(64, 0.016162933194510804, 0.008047252627129353));

    /** β⁻¹⟨1/r²⟩ at β = 64, by quadrature from r = 1e-3 outward; ρ(0) = 8e-8 leaves nothing below. */
    private static final double PHASE_DIFFUSION_AT_64 = 0.016168538998967936;

    /** One of the two systems. */
    private record Rotator(String name, boolean cycle) {

        Sde sde(double beta) {
            Temperature temperature = Temperature.of(1 / beta);
            return cycle ? new HopfNormalForm(1, OMEGA).sde(temperature) : new DoubleWell(1.5).sde(temperature);
        }

        Grid box(double beta, int cells) {
            double end = cycle ? 1.0 + 2.2 / Math.sqrt(Math.sqrt(beta)) : 1.0 + 3.0 / Math.sqrt(Math.sqrt(beta));
            return Grid.square(-end, end, cells);
        }
    }

    private static final Rotator HOPF = new Rotator("Hopf", true);
    private static final Rotator EXAMPLE_19 = new Rotator("Example 19", false);

    /**
     * Runs the example on its own.
     *
     * @param args options, see {@code --help}
     */
    public static void main(String[] args) {
        Mains.run(new NoisyCycles(), args);
    }

    @Override
    public String name() {
        return "noisy-cycles";
    }

    @Override
    public String summary() {
        return "Limit cycles under noise: periods, phase diffusion, spectral line; and Example 19, which has no cycle";
    }

    /**
     * What was found of one system at one temperature.
     *
     * @param line eigenvalue of the slowest rotating mode on a grid; NaN where β is so large that a grid does not resolve it
     * @param crater density at the centre over the largest, of the Hopf normal form e^(−β/4)
     */
    private record Found(
            Complex line,
            double crater,
            PowerSpectrum spectrum,
            SpectralPeak peak,
            Periods.Summary periods,
            Winding.Summary winding,
            PhaseProfile.Profile profile) {

        boolean hasLine() {
            return !line.isNaN();
        }

        /** From the grid, or from the spectral line where there is none. */
        double quality() {
            return hasLine() ? line.getImaginaryPart() / (-2.0 * line.getRealPart()) : peak.quality();
        }

        double variation() {
            return periods.deviation() / periods.mean();
        }
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Found> cycle = new ArrayList<>();
        List<Found> focus = new ArrayList<>();
        double[] betas = REFERENCES.stream().mapToDouble(Reference::beta).toArray();
        for (Reference reference : REFERENCES) {
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
                pictures(cycle, focus, betas, context));
    }

    private static Found measure(Rotator rotator, double beta, double decay, RunContext context) {
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
        String title = rotator.name() + label(", β = %.0f", beta);
        EnsembleResult few = Runs.withProgress(
                started(sde, paths, duration + interval, context)
                        .observe(When.every(1, TRANSIENT), periods)
                        .observe(When.every(10, TRANSIENT), spectral),
                title,
                context);
        Winding winding = Winding.about(0, 0);
        PhaseProfile profile = PhaseProfile.of(PhaseAngle.about(0, 0), x -> Math.hypot(x[0], x[1]), SECTORS);
        EnsembleResult many = Runs.withProgress(
                started(sde, context.effort().choose(320, 4096, 16384), 20, context)
                        .observe(When.every(1, TRANSIENT), winding)
                        .observe(When.every(10, TRANSIENT), profile),
                title,
                context);
        PowerSpectrum spectrum = few.get(spectral);
        double nan = Double.NaN;
        return new Found(
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

    private static void judgeCycle(List<Found> cycle, RunContext context, List<Measurement> measurements) {
        for (int k = 0; k < cycle.size(); k++) {
            Reference reference = REFERENCES.get(k);
            Found found = cycle.get(k);
            String at = label("Hopf, β = %.0f: ", reference.beta());
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
                                OMEGA,
                                context.effort().choose(0.02, 0.01, 0.002) * OMEGA)
                        .in("rad/time"));
            }
            if (reference.beta() >= 16) {
                SpectralPeak peak = found.peak();
                measurements.add(Measurement.near(
                                at + "frequency of the spectral line, 4 standard errors",
                                peak.frequency(),
                                OMEGA,
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
        Found weakest = cycle.get(cycle.size() - 1);
        measurements.add(Measurement.near(
                        "Hopf, β = 64: phase diffusion of the winding angle against β⁻¹⟨1/r²⟩, 4 standard errors",
                        weakest.winding().diffusion(),
                        PHASE_DIFFUSION_AT_64,
                        4 * weakest.winding().diffusionError())
                .in("rad²/time"));
        double deviation = Math.sqrt(4 * Math.PI * PHASE_DIFFUSION_AT_64 / Math.pow(OMEGA, 3));
        measurements.add(Measurement.near(
                        "Hopf, β = 64: standard deviation of the period against √(4πD/ω³), 4 standard errors",
                        weakest.periods().deviation(),
                        deviation,
                        4 * deviation / Math.sqrt(2.0 * weakest.periods().count()))
                .in("time"));
    }

    private static double worst(PhaseProfile.Profile profile, double variance) {
        double worst = 0.0;
        for (int bin = 0; bin < SECTORS; bin++) {
            worst = Math.max(worst, Math.abs(profile.variance(bin) - variance) / profile.varianceError(bin));
        }
        return worst;
    }

    private static void reportPeriods(String at, Found found, List<Measurement> measurements) {
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

    private static void judgeFocus(List<Found> focus, List<Measurement> measurements) {
        for (int k = 0; k < focus.size(); k++) {
            double beta = REFERENCES.get(k).beta();
            Found found = focus.get(k);
            String at = label("Example 19, λ = 1.5, β = %.0f: ", beta);
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

    private static void compare(List<Found> cycle, List<Found> focus, double[] betas, List<Measurement> measurements) {
        int n = betas.length;
        double quadruple = Math.log(betas[n - 1] / betas[n - 2]);
        Found last = cycle.get(n - 1);
        double exact =
                Math.log(REFERENCES.get(n - 2).decay() / REFERENCES.get(n - 1).decay()) / quadruple;
        measurements.add(Measurement.near(
                "Hopf: slope of log Q against log β from 16 to 64, against the radial equation; law 1",
                Math.log(last.quality() / cycle.get(n - 2).quality()) / quadruple,
                exact,
                (4 * last.peak().qualityError() / last.quality() + 0.03) / quadruple));
        Found weak = focus.get(n - 1);
        measurements.add(Measurement.atMost(
                "Example 19: slope of log Q against log β from 16 to 64, 4 standard errors above half way between the laws"
                        + " ½ and 1",
                Math.log(weak.quality() / focus.get(n - 2).quality()) / quadruple,
                0.75 + 4 * weak.peak().qualityError() / weak.quality() / quadruple));
        for (int k = 0; k < n; k++) {
            measurements.add(Measurement.reported(
                    label("Example 19, β = %.0f: density at the centre over the largest", betas[k]),
                    focus.get(k).crater()));
        }
    }

    private static List<Picture> pictures(List<Found> cycle, List<Found> focus, double[] betas, RunContext context)
            throws IOException {
        int n = betas.length;
        double[][] quality = new double[2][n];
        double[][] error = new double[2][n];
        double[][] variation = new double[2][n];
        double[][] crater = new double[2][n];
        List<List<Found>> both = List.of(cycle, focus);
        for (int s = 0; s < 2; s++) {
            for (int k = 0; k < n; k++) {
                quality[s][k] = both.get(s).get(k).quality();
                error[s][k] = both.get(s).get(k).hasLine()
                        ? 0.0
                        : 2 * both.get(s).get(k).peak().qualityError();
                variation[s][k] = both.get(s).get(k).variation();
                crater[s][k] = both.get(s).get(k).crater();
            }
        }
        double[] radial =
                REFERENCES.stream().mapToDouble(r -> OMEGA / (2 * r.decay())).toArray();
        double[] twice = new double[2 * n];
        double[] measured = new double[2 * n];
        double[] bars = new double[2 * n];
        for (int k = 0; k < 2 * n; k++) {
            twice[k] = betas[k % n];
            measured[k] = quality[k / n][k % n];
            bars[k] = error[k / n][k % n];
        }
        double[] slopeHalf = {0.25 * quality[1][n - 1], 0.5 * quality[1][n - 1]};
        Figure.titled("A limit cycle and a focus under noise β⁻¹")
                .row(
                        XyPanel.titled("Quality factor of the slowest rotating mode")
                                .xAxis("β")
                                .yAxis("Im λ₁/(2|Re λ₁|)")
                                .logX()
                                .logY()
                                .line("Hopf, radial equation", betas, radial)
                                .line("Example 19", betas, quality[1])
                                .points("grid and paths", twice, measured, bars)
                                .line("slope ½", new double[] {betas[n - 1] / 4, betas[n - 1]}, slopeHalf)
                                .horizontalLine(1, "linear focus −1 ± 2i"),
                        XyPanel.titled("Spread of the period")
                                .xAxis("β")
                                .yAxis("standard deviation / mean")
                                .logX()
                                .logY()
                                .line("Hopf", betas, variation[0])
                                .line("Example 19", betas, variation[1]),
                        XyPanel.titled("Crater in the stationary density")
                                .xAxis("β")
                                .yAxis("ρ(0) / max ρ")
                                .logX()
                                .yRange(0, 1.05)
                                .line("Hopf", betas, crater[0])
                                .line("Example 19", betas, crater[1]))
                .panelSize(430, 400)
                .writeTo(context.out().resolve("quality.png"));
        List<Picture> pictures = new ArrayList<>();
        pictures.add(new Picture(
                "quality.png",
                "Quality factor (grid up to β = 16, paths ± 2 standard errors at 64), spread of the period and depth of the"
                        + " crater against β. Only the way they change as the"
                        + " noise becomes weak tells the cycle from the focus: at β = 4 Example 19 too has a crater."));
        pictures.add(along(both, context));
        pictures.add(spectra(both, context));
        pictures.add(periods(both, context));
        return pictures;
    }

    private static Picture along(List<List<Found>> both, RunContext context) throws IOException {
        int k = 2;
        double beta = REFERENCES.get(k).beta();
        XyPanel density = XyPanel.titled("Density of the angle")
                .xAxis("angle about the origin, radians")
                .yAxis("probability per radian")
                .xRange(-Math.PI, Math.PI);
        XyPanel across = XyPanel.titled("Spread of the radius in each sector")
                .xAxis("angle about the origin, radians")
                .yAxis("standard deviation of r")
                .xRange(-Math.PI, Math.PI);
        for (int s = 0; s < 2; s++) {
            PhaseProfile.Profile profile = both.get(s).get(k).profile();
            double[][] rows = new double[5][SECTORS];
            for (int bin = 0; bin < SECTORS; bin++) {
                rows[0][bin] = profile.angle(bin);
                rows[1][bin] = profile.density(bin);
                rows[2][bin] = 2 * profile.densityError(bin);
                rows[3][bin] = Math.sqrt(profile.variance(bin));
                rows[4][bin] = profile.varianceError(bin) / rows[3][bin];
            }
            String name = s == 0 ? "Hopf" : "Example 19";
            density.points(name, rows[0], rows[1], rows[2]);
            across.points(name, rows[0], rows[3], rows[4]);
        }
        density.yRange(0, 0.3).horizontalLine(0.5 / Math.PI, "1/2π");
        across.yRange(0, 0.4).horizontalLine(Math.sqrt(0.5 / beta), "Hopf, linear theory");
        Figure.titled(label("Along the rotation, β = %.0f", beta))
                .row(density, across)
                .panelSize(560, 400)
                .writeTo(context.out().resolve("along.png"));
        return new Picture(
                "along.png",
                "Density along the angle and spread of the radius at β = 16, with bars of 2 standard errors where they are"
                        + " larger than the markers. On the cycle both are the same all round; about"
                        + " the focus of Example 19 both follow the ellipse of its linear rotation.");
    }

    private static Picture spectra(List<List<Found>> both, RunContext context) throws IOException {
        XyPanel[] panels = new XyPanel[2];
        for (int s = 0; s < 2; s++) {
            panels[s] = XyPanel.titled(s == 0 ? "Hopf" : "Example 19, λ = 1.5")
                    .xAxis("angular frequency, radians per unit of time")
                    .yAxis("S(ω) of x₁ / its integral, time")
                    .logY()
                    .xRange(0, 5)
                    .yRange(1e-3, 30);
            for (int k = 1; k < REFERENCES.size(); k++) {
                PowerSpectrum spectrum = both.get(s).get(k).spectrum();
                int size = 0;
                while (size < spectrum.size() && spectrum.frequency(size) <= 5) {
                    size++;
                }
                double power = 0.0;
                for (int i = 1; i < spectrum.size(); i++) {
                    power += spectrum.density(i) * spectrum.resolution();
                }
                double[] w = new double[size - 2];
                double[] density = new double[size - 2];
                for (int i = 2; i < size; i++) {
                    w[i - 2] = spectrum.frequency(i);
                    density[i - 2] = spectrum.density(i) / power;
                }
                panels[s].line(label("β = %.0f", REFERENCES.get(k).beta()), w, density);
            }
        }
        Figure.titled("Power spectra")
                .row(panels)
                .panelSize(560, 420)
                .writeTo(context.out().resolve("spectra.png"));
        return new Picture(
                "spectra.png",
                "Power spectra of x₁ from paths. Both systems have a line near the frequency of their rotation, sharper the"
                        + " weaker the noise.");
    }

    private static Picture periods(List<List<Found>> both, RunContext context) throws IOException {
        XyPanel[] panels = new XyPanel[2];
        double[] t = new double[100];
        for (int i = 0; i < t.length; i++) {
            t[i] = 0.1 * (i + 0.5);
        }
        for (int s = 0; s < 2; s++) {
            panels[s] = XyPanel.titled(s == 0 ? "Hopf" : "Example 19, λ = 1.5")
                    .xAxis("period, units of time")
                    .yAxis("density, per unit of time")
                    .xRange(0, 10)
                    .yRange(0, s == 0 ? 2.6 : 0.8);
            for (int k = 1; k < REFERENCES.size(); k++) {
                double[] density = new double[t.length];
                for (int i = 0; i < t.length; i++) {
                    density[i] = both.get(s).get(k).periods().density(i);
                }
                panels[s].line(label("β = %.0f", REFERENCES.get(k).beta()), t, density);
            }
        }
        double[] wald = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            double late = 2 * Math.PI - OMEGA * t[i];
            double spread = 4 * PHASE_DIFFUSION_AT_64 * t[i];
            wald[i] = 2 * Math.PI / (t[i] * Math.sqrt(Math.PI * spread)) * Math.exp(-late * late / spread);
        }
        panels[0].points("Wald, β = 64", sparse(t), sparse(wald));
        Figure.titled("Times of single turns about the origin")
                .row(panels)
                .panelSize(560, 420)
                .writeTo(context.out().resolve("periods.png"));
        return new Picture(
                "periods.png",
                "Densities of the period. On the cycle it is the first passage of a drifting Brownian phase (law of Wald);"
                        + " about the focus it stays broad, with a head of quick turns close to the origin.");
    }

    private static double[] sparse(double[] values) {
        double[] some = new double[10];
        for (int i = 0; i < some.length; i++) {
            some[i] = values[24 + 2 * i];
        }
        return some;
    }

    private static String label(String format, double beta) {
        return String.format(Locale.ROOT, format, beta);
    }
}
