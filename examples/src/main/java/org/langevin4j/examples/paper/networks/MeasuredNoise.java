package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.ABSTRACT_RANK;
import static org.langevin4j.examples.experiment.Statement.SECTION_IV_A;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.examples.experiment.Tolerance;

/**
 * D(x) of a network from a file of per-sample gradients: its spectrum, and the equation that it drives.
 */
public final class MeasuredNoise implements Experiment {

    /** The largest rank that the paper finds. */
    private static final double LARGEST_PRINTED = 0.02;

    private static final Oracle NUMPY = independent("eigenvalues of the same matrix by NumPy");
    private static final Oracle PAPER = literature("the paper: 0.3 to 2 %");

    @Override
    public String name() {
        return "measured-diffusion";
    }

    @Override
    public String summary() {
        return "D(x) from a gradient FILE: its spectrum, and an SDE with it in all d dimensions";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        GradientSource source = GradientSource.of(sheet);
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        if (!(spectrum.max() > 0.0)) {
            throw new IllegalArgumentException("gradients must differ between samples, got D = 0");
        }
        report(source, sheet);
        Optional<NumpySpectrum> numpy = source.numpy(sheet);
        if (numpy.isPresent()) {
            ranks(ABSTRACT_RANK, source, numpy.get(), sheet);
            ranks(SECTION_IV_A, source, numpy.get(), sheet);
            againstNumpy(spectrum, numpy.get(), sheet);
        }
        draw(source, sheet);
        if (source.hessian().isPresent()) {
            StationaryVariances.write(source, source.hessian().get(), sheet);
        }
    }

    private static void report(GradientSource source, Sheet sheet) {
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        Evidence evidence = sheet.supplement("the spectrum of D of " + source.description());
        evidence.measure("samples N", source.diffusion().samples());
        evidence.measure("mean of the eigenvalues", spectrum.mean());
        evidence.measure("standard deviation of the eigenvalues", spectrum.standardDeviation());
        evidence.measure("λₘₐₓ", spectrum.max());
        evidence.measure("rank above λₘₐₓ·d·ε, float32", spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON));
        evidence.measure("rank above λₘₐₓ·d·ε, float64", spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON));
        evidence.measure("participation ratio (Σλ)²/Σλ²", spectrum.participationRatio());
        evidence.measure(
                "cut over λₘₐₓ that a rank of 0.6 % of d needs, as Fig. 1b prints",
                spectrum.eigenvalues()[(int) Math.ceil(0.006 * spectrum.dimension()) - 1] / spectrum.max());
        evidence.measure(
                "score rank/d + var(λ) of Remark 16, float32",
                spectrum.architectureScore(MatrixSpectrum.FLOAT32_EPSILON));
        sheet.consistency("the trace of D")
                .measure(
                        "from the factor over that from the eigenvalues",
                        source.diffusion().trace() / spectrum.trace())
                .near(1.0, rounding(1e-10), construction("both are the sum of the squares of the factor"));
    }

    /** The paper counts eigenvalues above λₘₐₓ·d·ε; a measure that knows of no ε is the participation ratio. */
    private static void ranks(Statement statement, GradientSource source, NumpySpectrum numpy, Sheet sheet) {
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        double d = spectrum.dimension();
        Evidence effective = sheet.holds(
                statement, source.description() + ", by the participation ratio (Σλ)²/Σλ² in place of the rank");
        effective
                .measure("participation ratio over d", spectrum.participationRatio() / d)
                .exact()
                .near(numpy.participation() / d, rounding(1e-9), NUMPY);
        effective
                .measure("the same against the largest rank of the paper", spectrum.participationRatio() / d)
                .exact()
                .atMost(LARGEST_PRINTED, none(), PAPER);
        Evidence counted = sheet.fails(statement, source.description() + ", the rank counted as in footnote 1");
        for (boolean single : new boolean[] {true, false}) {
            String name = single ? "rank over d, single-precision ε" : "rank over d, double-precision ε";
            double rank = spectrum.rank(single ? MatrixSpectrum.FLOAT32_EPSILON : MatrixSpectrum.FLOAT64_EPSILON) / d;
            counted.measure(name, rank)
                    .exact()
                    .near(
                            (single ? numpy.rank32() : numpy.rank64()) / d,
                            single
                                    ? none()
                                    : Tolerance.of(3.0 / d, "next to that cut eigenvalues are rounding themselves"),
                            NUMPY);
            counted.measure(name + ", against the largest rank of the paper", rank)
                    .exact()
                    .atLeast(LARGEST_PRINTED, none(), PAPER);
        }
    }

    private static void againstNumpy(MatrixSpectrum spectrum, NumpySpectrum numpy, Sheet sheet) {
        double largest = Math.max(
                Math.abs(spectrum.mean() / numpy.mean() - 1.0),
                Math.abs(spectrum.standardDeviation() / numpy.standardDeviation() - 1.0));
        double[] eigenvalues = spectrum.eigenvalues();
        for (int k = 0; k < numpy.top().size(); k++) {
            largest = Math.max(largest, Math.abs(eigenvalues[k] / numpy.top().get(k) - 1.0));
        }
        sheet.consistency("the spectrum is NumPy's")
                .measure("largest relative difference of mean, deviation and leading eigenvalues", largest)
                .exact()
                .atMost(1e-12, none(), NUMPY);
    }

    private static void draw(GradientSource source, Sheet sheet) throws IOException {
        MatrixSpectrum spectrum = source.diffusion().spectrum();
        double scale = spectrum.max() * spectrum.dimension();
        double lowest = scale * MatrixSpectrum.FLOAT64_EPSILON;
        double[] counted = Arrays.stream(spectrum.eigenvalues())
                .filter(value -> value > lowest)
                .toArray();
        double smallest = counted[counted.length - 1];
        XyPanel descending = XyPanel.titled("In descending order")
                .xAxis("number of the eigenvalue")
                .yAxis("eigenvalue of D")
                .logY()
                .line(
                        "",
                        IntStream.rangeClosed(1, counted.length)
                                .asDoubleStream()
                                .toArray(),
                        counted)
                .horizontalLine(scale * MatrixSpectrum.FLOAT32_EPSILON, "λₘₐₓ·d·ε, float32");
        if (smallest < 100.0 * lowest) {
            descending.horizontalLine(lowest, "λₘₐₓ·d·ε, float64");
        }
        sheet.figure(
                "spectrum",
                "Eigenvalues of D above the cut of double precision, in descending order on a logarithmic scale with the cut of"
                        + " single precision, and their histogram.",
                Figure.titled(String.format(
                                Locale.ROOT,
                                "λ(D) = %.4f ± %.4f for %s",
                                spectrum.mean(),
                                spectrum.standardDeviation(),
                                source.description()))
                        .row(
                                descending,
                                XyPanel.titled("Histogram")
                                        .xAxis("log₁₀ of the eigenvalue")
                                        .yAxis("eigenvalues")
                                        .histogram("", spectrum.logHistogram(40, Math.floor(Math.log10(smallest))))),
                ABSTRACT_RANK,
                SECTION_IV_A);
    }
}
