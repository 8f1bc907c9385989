package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.statistics.PowerSpectrum;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.solvers.irreversibility.PhaseProfile;

/** The pictures of {@code noisy-cycles}. */
final class NoisyCyclePictures {

    private NoisyCyclePictures() {}

    static List<Picture> pictures(
            List<NoisyRotation> cycle, List<NoisyRotation> focus, double[] betas, RunContext context)
            throws IOException {
        int n = betas.length;
        double[][] quality = new double[2][n];
        double[][] error = new double[2][n];
        double[][] variation = new double[2][n];
        double[][] crater = new double[2][n];
        List<List<NoisyRotation>> both = List.of(cycle, focus);
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
        double[] radial = NoisyRotation.REFERENCES.stream()
                .mapToDouble(r -> NoisyRotation.OMEGA / (2 * r.decay()))
                .toArray();
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

    private static Picture along(List<List<NoisyRotation>> both, RunContext context) throws IOException {
        int k = 2;
        double beta = NoisyRotation.REFERENCES.get(k).beta();
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

    private static Picture spectra(List<List<NoisyRotation>> both, RunContext context) throws IOException {
        XyPanel[] panels = new XyPanel[2];
        for (int s = 0; s < 2; s++) {
            panels[s] = XyPanel.titled(s == 0 ? "Hopf" : "Example 19, λ = 1.5")
                    .xAxis("angular frequency, radians per unit of time")
                    .yAxis("S(ω) of x₁ / its integral, time")
                    .logY()
                    .xRange(0, 5)
                    .yRange(1e-3, 30);
            for (int k = 1; k < NoisyRotation.REFERENCES.size(); k++) {
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
                panels[s].line(label("β = %.0f", NoisyRotation.REFERENCES.get(k).beta()), w, density);
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

    private static Picture periods(List<List<NoisyRotation>> both, RunContext context) throws IOException {
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
            for (int k = 1; k < NoisyRotation.REFERENCES.size(); k++) {
                double[] density = new double[t.length];
                for (int i = 0; i < t.length; i++) {
                    density[i] = both.get(s).get(k).periods().density(i);
                }
                panels[s].line(label("β = %.0f", NoisyRotation.REFERENCES.get(k).beta()), t, density);
            }
        }
        double[] wald = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            double late = 2 * Math.PI - NoisyRotation.OMEGA * t[i];
            double spread = 4 * NoisyRotation.PHASE_DIFFUSION_AT_64 * t[i];
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

    static String label(String format, double beta) {
        return String.format(Locale.ROOT, format, beta);
    }
}
