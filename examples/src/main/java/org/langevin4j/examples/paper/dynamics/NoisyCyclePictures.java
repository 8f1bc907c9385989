package org.langevin4j.examples.paper.dynamics;

import hep.aida.ref.Histogram1D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.irreversibility.PhaseProfile;

/** The pictures of {@code noisy-cycles}: markers are computed, lines theory. */
final class NoisyCyclePictures {

    private static final List<String> NAMES = List.of("Hopf", "Example 19");

    private NoisyCyclePictures() {}

    static void draw(List<NoisyRotation> cycle, List<NoisyRotation> focus, Sheet sheet) throws IOException {
        List<List<NoisyRotation>> both = List.of(cycle, focus);
        quality(both, sheet);
        along(both, sheet);
        spectra(both, sheet);
        periods(both, sheet);
    }

    private static double[] values(List<NoisyRotation> list, ToDoubleFunction<NoisyRotation> f) {
        return list.stream().mapToDouble(f).toArray();
    }

    private static void quality(List<List<NoisyRotation>> both, Sheet sheet) throws IOException {
        XyPanel quality = XyPanel.titled("Quality factor of the slowest rotating mode")
                .xAxis("β")
                .yAxis("Im λ₁/(2|Re λ₁|)")
                .logX()
                .logY();
        XyPanel spread = XyPanel.titled("Spread of the period")
                .xAxis("β")
                .yAxis("standard deviation / mean")
                .logX()
                .logY();
        XyPanel crater = XyPanel.titled("Crater in the stationary density")
                .xAxis("β")
                .yAxis("ρ(0) / max ρ")
                .logX()
                .yRange(0, 1.05);
        for (int s = 0; s < 2; s++) {
            List<NoisyRotation> one = both.get(s);
            double[] beta = values(one, NoisyRotation::beta);
            quality.points(
                    NAMES.get(s),
                    beta,
                    values(one, NoisyRotation::quality),
                    values(one, r -> 2 * r.qualityError()),
                    "± twice the error, of grids estimated");
            spread.points(
                    NAMES.get(s),
                    beta,
                    values(one, NoisyRotation::variation),
                    values(one, r -> r.variation() / Math.sqrt(2.0 * r.periods().count())));
            crater.points(NAMES.get(s), beta, values(one, NoisyRotation::crater));
        }
        double[] beta = IntStream.rangeClosed(0, 60)
                .mapToDouble(i -> Math.pow(64.0, i / 60.0))
                .toArray();
        double[] weak = {8.0, 64.0};
        double top = both.get(1).get(both.get(1).size() - 1).quality();
        quality.line("Hopf, weak noise: ωβ/2", weak, new double[] {8.0, 64.0})
                .line("slope ½", weak, new double[] {0.8 * top / Math.sqrt(8.0), 0.8 * top})
                .horizontalLine(1, "linear focus −1 ± 2i");
        spread.line("Hopf, weak noise: (πωβ)^(−½)", weak, new double[] {
            Math.pow(2 * Math.PI * 8.0, -0.5), Math.pow(2 * Math.PI * 64.0, -0.5)
        });
        crater.line(
                "Hopf: e^(−β/4)",
                beta,
                IntStream.range(0, beta.length)
                        .mapToDouble(i -> Math.exp(-0.25 * beta[i]))
                        .toArray());
        sheet.figure(
                "quality",
                "Quality factor (grids, and paths for the cycle at β = 64), spread of the period and depth of"
                        + " the crater against β. Only the way they change as the noise becomes weak tells the cycle from the focus:"
                        + " at β = 4 Example 19 too has a crater.",
                Figure.titled("A limit cycle and a focus under noise β⁻¹")
                        .row(quality, spread, crater)
                        .panelSize(430, 400));
    }

    private static void along(List<List<NoisyRotation>> both, Sheet sheet) throws IOException {
        int k = 2;
        double beta = both.get(0).get(k).beta();
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
            double[][] rows = new double[5][NoisyRotation.SECTORS];
            for (int bin = 0; bin < NoisyRotation.SECTORS; bin++) {
                rows[0][bin] = profile.angle(bin);
                rows[1][bin] = profile.density(bin);
                rows[2][bin] = profile.densityError(bin);
                rows[3][bin] = Math.sqrt(profile.variance(bin));
                rows[4][bin] = 0.5 * profile.varianceError(bin) / rows[3][bin];
            }
            density.points(NAMES.get(s), rows[0], rows[1], rows[2]);
            across.points(NAMES.get(s), rows[0], rows[3], rows[4]);
        }
        density.yRange(0, 0.3).horizontalLine(0.5 / Math.PI, "1/2π");
        across.yRange(0, 0.4).horizontalLine(Math.sqrt(0.5 / beta), "Hopf, linear theory");
        sheet.figure(
                "along",
                "Density along the angle and spread of the radius at β = 16, with bars where they are"
                        + " larger than the markers. On the cycle both are the same all round; about"
                        + " the focus of Example 19 both follow the ellipse of its linear rotation.",
                Figure.titled(label("Along the rotation, β = %.0f", beta))
                        .row(density, across)
                        .panelSize(560, 400));
    }

    /** Bins that widen away from the line, each with its mean and its standard error. */
    private static double[][] binned(PowerSpectrum spectrum, double centre) {
        double power = 0.0;
        for (int i = 1; i < spectrum.size(); i++) {
            power += spectrum.density(i) * spectrum.resolution();
        }
        List<double[]> rows = new ArrayList<>();
        int i = 2;
        while (i < spectrum.size() && spectrum.frequency(i) < 5.0) {
            double from = spectrum.frequency(i);
            double width = Math.max(spectrum.resolution(), 0.25 * Math.abs(from - centre));
            double sum = 0.0;
            double squares = 0.0;
            double middle = 0.0;
            int n = 0;
            while (i < spectrum.size() && spectrum.frequency(i) < Math.min(5.0, from + width)) {
                sum += spectrum.density(i);
                squares += spectrum.error(i) * spectrum.error(i);
                middle += spectrum.frequency(i);
                n++;
                i++;
            }
            // Neighbouring frequencies are correlated: 1.94 times the variance.
            rows.add(new double[] {middle / n, sum / n / power, Math.sqrt(1.94 * squares) / n / power});
        }
        double[][] columns = new double[3][rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < 3; c++) {
                columns[c][r] = rows.get(r)[c];
            }
        }
        return columns;
    }

    private static void spectra(List<List<NoisyRotation>> both, Sheet sheet) throws IOException {
        XyPanel[] panels = new XyPanel[2];
        double[] w = IntStream.rangeClosed(0, 1000).mapToDouble(i -> 0.005 * i).toArray();
        for (int s = 0; s < 2; s++) {
            panels[s] = XyPanel.titled(s == 0 ? "Hopf" : "Example 19, λ = 1.5")
                    .xAxis("angular frequency, radians per unit of time")
                    .yAxis("S(ω) of x₁ / its integral, time")
                    .logY()
                    .xRange(0, 5)
                    .yRange(1e-3, 30);
            for (NoisyRotation one : both.get(s).subList(1, both.get(s).size())) {
                double[][] found = binned(one.spectrum(), one.peak().frequency());
                double centre = one.hasLine() ? one.line().getImaginaryPart() : NoisyRotation.OMEGA;
                double half = one.hasLine() ? -one.line().getRealPart() : NoisyCycles.decay(one.beta());
                double[] line = IntStream.range(0, w.length)
                        .mapToDouble(i -> (half / (Math.pow(w[i] - centre, 2) + half * half)
                                        + half / (Math.pow(w[i] + centre, 2) + half * half))
                                / Math.PI)
                        .toArray();
                panels[s]
                        .points(label("β = %.0f", one.beta()), found[0], found[1], found[2])
                        .line(label("β = %.0f, one mode", one.beta()), w, line)
                        .like(label("β = %.0f", one.beta()));
            }
        }
        sheet.figure(
                "spectra",
                "Power spectra of x₁ from paths, in bins that widen away from the line; lines: the"
                        + " spectrum of the slowest rotating mode alone, a pair of Lorentzians. Both systems have a line near the"
                        + " frequency of their rotation, sharper the weaker the noise.",
                Figure.titled("Power spectra").row(panels).panelSize(620, 460));
    }

    private static void periods(List<List<NoisyRotation>> both, Sheet sheet) throws IOException {
        Figure figure = Figure.titled("Times of single turns about the origin").panelSize(400, 330);
        for (int s = 0; s < 2; s++) {
            List<XyPanel> row = new ArrayList<>();
            for (NoisyRotation one : both.get(s).subList(1, both.get(s).size())) {
                Histogram1D histogram = new Histogram1D("periods", NoisyRotation.PERIODS.cells(), 0.0, 10.0);
                double reach = 4 * one.periods().deviation();
                double from = Math.max(0.0, one.periods().mean() - reach);
                double to = Math.min(10.0, one.periods().mean() + reach);
                // Some twenty bars in sight.
                int every = Math.max(1, (int) (NoisyRotation.PERIODS.cells() * (to - from) / 200));
                double[] t = IntStream.range(0, NoisyRotation.PERIODS.cells())
                        .mapToDouble(NoisyRotation.PERIODS::centre)
                        .toArray();
                double[][] bars = new double[3][t.length / every];
                for (int i = 0; i < t.length; i++) {
                    double count = (double) one.periods().count(i);
                    histogram.fill(t[i], count);
                    if (i % every == 0 && i / every < bars[0].length) {
                        bars[0][i / every] = t[i];
                        bars[1][i / every] = count;
                        bars[2][i / every] = Math.sqrt(count);
                    }
                }
                XyPanel panel = XyPanel.titled(NAMES.get(s) + label(", β = %.0f", one.beta()))
                        .xAxis("period, units of time")
                        .yAxis("turns")
                        .xRange(from, to)
                        .histogram("counts", histogram)
                        .points("", bars[0], bars[1], bars[2]);
                if (s == 0) {
                    panel.line("law of Wald", t, wald(one, t));
                }
                row.add(panel);
            }
            figure.row(row.toArray(new XyPanel[0]));
        }
        sheet.figure(
                "periods",
                "Counts of periods with bars of ± 2√n. On the cycle, as the noise becomes weak, the period is the first passage of a"
                        + " drifting Brownian phase (law of Wald with D = β⁻¹⟨1/r²⟩); about the focus it stays broad, with a head of"
                        + " quick turns close to the origin.",
                figure);
    }

    private static double[] wald(NoisyRotation one, double[] t) {
        double diffusion = NoisyCycles.PHASE_DIFFUSION_AT_64 * 64.0 / one.beta();
        return IntStream.range(0, t.length)
                .mapToDouble(i -> {
                    double late = 2 * Math.PI - NoisyRotation.OMEGA * t[i];
                    double spread = 4 * diffusion * t[i];
                    return one.periods().count()
                            * NoisyRotation.PERIODS.width(i)
                            * 2
                            * Math.PI
                            / (t[i] * Math.sqrt(Math.PI * spread))
                            * Math.exp(-late * late / spread);
                })
                .toArray();
    }

    private static String label(String format, double beta) {
        return String.format(Locale.ROOT, format, beta);
    }
}
