package org.langevin4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.NpyGradients;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.GeneratedDigits;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.NpyArray;
import org.langevin4j.models.network.Sampling;
import org.langevin4j.models.network.SoftmaxRegression;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.TimeAverage;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/**
 * D(x) of a network from a file of per-sample gradients: its spectrum, and a stochastic differential equation driven by
 * it in all d dimensions.
 */
public final class MeasuredNoise implements Example {

    /** Learning rate and batch size of the temperature; the equation is linear, so that they only set the scale. */
    private static final Temperature TEMPERATURE = Temperature.ofSgd(0.1, 128);

    /** Eigenvectors of D along which the covariance is compared. */
    private static final int DIRECTIONS = 20;

    /** Weight decay makes the smallest eigenvalue of F + δI this fraction of the largest eigenvalue of F. */
    private static final double STABILITY = 0.2;

    private static final int RECORD_INTERVAL = 8;

    /** How far from symmetric a Hessian in single precision may be, as a fraction of its largest entry. */
    private static final double SINGLE = 1e-5;

    /** D, and the Hessian of the loss where it is known. */
    record Source(String description, MeasuredDiffusion diffusion, Optional<RealMatrix> hessian) {}

    @Override
    public String name() {
        return "measured-diffusion";
    }

    @Override
    public String summary() {
        return "D(x) from a gradient FILE (.npy, .npz): its spectrum, and an SDE with it in all d dimensions";
    }

    @Override
    public int files() {
        return 1;
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        Source source = source(context);
        MeasuredDiffusion diffusion = source.diffusion();
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        measureSpectrum(diffusion, measurements);
        compareWithNumpy(diffusion, context, measurements);
        pictures.add(drawSpectrum(diffusion, source, context));
        if (source.hessian().isPresent()) {
            pictures.add(stationaryCovariance(diffusion, source.hessian().get(), context, measurements));
        }
        return new ExampleResult(
                name(),
                "The noise of stochastic gradient descent is far from isotropic: a tenth of the eigenvalues of D or fewer"
                        + " carry its trace. Driven by it, dx = −(F + δI)x dt + √(2β⁻¹D) dW has the stationary covariance Σ with"
                        + " (F + δI)Σ + Σ(F + δI) = 2β⁻¹D. Data: " + source.description() + ".",
                "Chaudhari and Soatto (2018), eq. (2), Section IV-A with footnote 1, Remark 16, eq. (15)",
                context.seed().value(),
                measurements,
                pictures);
    }

    static Source source(RunContext context) throws IOException {
        if (!context.files().isEmpty()) {
            return read(context.files().get(0));
        }
        Optional<Path> measured = measuredFile(context);
        if (measured.isPresent()) {
            return read(measured.get());
        }
        DataSet digits = GeneratedDigits.of(2000, context.seed().derive(1));
        SoftmaxRegression network =
                SoftmaxRegression.zero(digits.features(), digits.classes()).trainedByGradientDescent(digits, 0.5, 200);
        return new Source(
                "2000 generated digits, one-layer network, " + network.dimension() + " weights",
                MeasuredDiffusion.from(network.perSampleGradients(digits), Sampling.WITH_REPLACEMENT),
                Optional.of(network.hessian(digits)));
    }

    static Optional<Path> measuredFile(RunContext context) {
        return context.data()
                .map(folder -> folder.resolve("measured").resolve("tiny-fc-mnist.npz"))
                .filter(Files::exists);
    }

    private static Source read(Path file) throws IOException {
        NpyArray gradients = NpyGradients.read(file, Optional.empty());
        Optional<RealMatrix> hessian = Optional.empty();
        if (NpyArray.names(file).contains("hessian")) {
            NpyArray array = NpyArray.read(file, "hessian");
            int d = gradients.columns();
            if (array.rows() != d || array.columns() != d) {
                throw new IllegalArgumentException(file + ": hessian must be " + d + "×" + d
                        + " as the gradients are, got " + array.rows() + "×" + array.columns());
            }
            hessian = Optional.of(LinearAlgebra.symmetric(file + ": hessian", array.toMatrix(), SINGLE));
        }
        return new Source(
                String.valueOf(file.getFileName()),
                MeasuredDiffusion.from(gradients.toRows(), Sampling.WITH_REPLACEMENT),
                hessian);
    }

    private static void measureSpectrum(MeasuredDiffusion diffusion, List<Measurement> measurements) {
        MatrixSpectrum spectrum = diffusion.spectrum();
        if (!(spectrum.max() > 0.0)) {
            throw new IllegalArgumentException("gradients must differ between samples, got D = 0");
        }
        int d = spectrum.dimension();
        int rank32 = spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON);
        int rank64 = spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON);
        measurements.add(Measurement.reported("samples N", diffusion.samples()));
        measurements.add(Measurement.reported("weights d", d));
        measurements.add(Measurement.reported("mean of the eigenvalues", spectrum.mean()));
        measurements.add(Measurement.reported("standard deviation of the eigenvalues", spectrum.standardDeviation()));
        measurements.add(Measurement.reported("λₘₐₓ", spectrum.max()));
        measurements.add(Measurement.reported("rank above λₘₐₓ·d·ε, float32", rank32));
        measurements.add(Measurement.reported("rank above λₘₐₓ·d·ε, float32", 100.0 * rank32 / d)
                .in("% of d"));
        measurements.add(Measurement.reported("rank above λₘₐₓ·d·ε, float64", rank64));
        measurements.add(Measurement.atMost(
                "participation ratio (Σλ)²/Σλ², a tenth of d at most", spectrum.participationRatio(), 0.1 * d));
        measurements.add(Measurement.reported(
                "score rank/d + var(λ) of Remark 16, float32",
                spectrum.architectureScore(MatrixSpectrum.FLOAT32_EPSILON)));
        measurements.add(Measurement.near(
                "trace from the factor over trace from the eigenvalues",
                diffusion.trace() / spectrum.trace(),
                1.0,
                1e-10));
    }

    /** Beside the measured file lies what NumPy says of it, computed independently. */
    private static void compareWithNumpy(
            MeasuredDiffusion diffusion, RunContext context, List<Measurement> measurements) throws IOException {
        Optional<Path> measured = measuredFile(context);
        if (measured.isEmpty() || !context.files().isEmpty()) {
            return;
        }
        Path file = measured.get().resolveSibling("tiny-fc-mnist-spectrum.json");
        if (!Files.exists(file)) {
            return;
        }
        MatrixSpectrum spectrum = diffusion.spectrum();
        NumpySpectrum expected = NumpySpectrum.read(file, diffusion.samples());
        measurements.add(Measurement.near(
                "against NumPy: rank, float32", spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON), expected.rank32(), 0));
        double largest = Math.max(
                relative(spectrum.mean(), expected.mean()),
                relative(spectrum.standardDeviation(), expected.standardDeviation()));
        double[] eigenvalues = spectrum.eigenvalues();
        for (int k = 0; k < expected.top().size(); k++) {
            largest = Math.max(largest, relative(eigenvalues[k], expected.top().get(k)));
        }
        measurements.add(Measurement.atMost(
                "against NumPy: largest relative difference of mean, std, top "
                        + expected.top().size(),
                largest,
                1e-6));
    }

    private static double relative(double value, double expected) {
        return Math.abs(value / expected - 1.0);
    }

    private static Picture drawSpectrum(MeasuredDiffusion diffusion, Source source, RunContext context)
            throws IOException {
        MatrixSpectrum spectrum = diffusion.spectrum();
        double scale = spectrum.max() * spectrum.dimension();
        double lowest = scale * MatrixSpectrum.FLOAT64_EPSILON;
        double[] positive = IntStream.range(0, spectrum.eigenvalues().length)
                .mapToDouble(k -> spectrum.eigenvalues()[k])
                .filter(value -> value > 0.1 * lowest)
                .toArray();
        double[] number =
                IntStream.rangeClosed(1, positive.length).asDoubleStream().toArray();
        String file = "spectrum.png";
        Figure.titled(String.format(
                        Locale.ROOT,
                        "Eigenvalues of D: λ(D) = %.4f ± %.4f, rank %.1f %% of d = %d (%s)",
                        spectrum.mean(),
                        spectrum.standardDeviation(),
                        100.0 * spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON) / spectrum.dimension(),
                        spectrum.dimension(),
                        source.description()))
                .row(
                        XyPanel.titled("In descending order")
                                .xAxis("number of the eigenvalue")
                                .yAxis("eigenvalue of D")
                                .logY()
                                .line("", number, positive)
                                .horizontalLine(scale * MatrixSpectrum.FLOAT32_EPSILON, "λₘₐₓ·d·ε, float32")
                                .horizontalLine(lowest, "λₘₐₓ·d·ε, float64"),
                        XyPanel.titled("Histogram")
                                .xAxis("log₁₀ of the eigenvalue")
                                .yAxis("eigenvalues")
                                .histogram(
                                        "eigenvalues of D", spectrum.logHistogram(40, Math.floor(Math.log10(lowest)))))
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Eigenvalues of D in descending order on a logarithmic scale, with the thresholds of the rank for single"
                        + " and double precision, and their histogram.");
    }

    /** Euler–Maruyama in d dimensions against the Lyapunov equation, along the leading eigenvectors of D. */
    private static Picture stationaryCovariance(
            MeasuredDiffusion diffusion, RealMatrix hessian, RunContext context, List<Measurement> measurements)
            throws IOException {
        SymmetricFlow flow = SymmetricFlow.of(hessian, STABILITY);
        int directions = Math.min(DIRECTIONS, diffusion.spectrum().rank(MatrixSpectrum.FLOAT32_EPSILON));
        Eigenpairs leading = diffusion.leadingEigenpairs(directions);
        double stepSize = context.effort().choose(0.04, 0.03, 0.01) / flow.largestRate();
        // Slowest mode: its covariance has decayed to e^(−8) of itself before anything is recorded.
        long transientSteps = Math.round(4.0 / flow.smallestRate() / stepSize);
        long recordedSteps = Math.round(context.effort().choose(4.0, 12.0, 40.0) / flow.smallestRate() / stepSize);
        measurements.add(Measurement.reported("smallest eigenvalue of the Hessian F", flow.smallestOfHessian()));
        measurements.add(Measurement.reported("weight decay δ", flow.weightDecay()));
        measurements.add(Measurement.reported("smallest eigenvalue of F + δI", flow.smallestRate()));

        RealMatrix projection = leading.vectors().transpose();
        TimeAverage squares = TimeAverage.of(squared(LinearField.of(projection)), directions);
        Ensemble ensemble = Ensemble.of(Sde.ito(LinearField.of(flow.drift()), diffusion.reduced(), TEMPERATURE))
                .scheme(EulerMaruyama.withStep(stepSize))
                .paths(context.effort().choose(64, 128, 512))
                .until((transientSteps + recordedSteps) * stepSize)
                .seed(context.seed().derive(2))
                .observe(When.every(RECORD_INTERVAL, transientSteps * stepSize), squares);
        RunningMoments measured = Runs.withProgress(
                        ensemble, "measured-diffusion, d = " + diffusion.dimension(), context)
                .get(squares);

        double[] expected = flow.variances(diffusion, leading.vectors(), TEMPERATURE, 0.0);
        double[] discrete = flow.variances(diffusion, leading.vectors(), TEMPERATURE, stepSize);
        double worst = 0.0;
        double worstDiscrete = 0.0;
        double bias = 0.0;
        double sampling = 0.0;
        double[] number = new double[directions];
        double[] found = new double[directions];
        double[] error = new double[directions];
        for (int k = 0; k < directions; k++) {
            number[k] = k + 1;
            found[k] = measured.mean(k);
            error[k] = measured.standardError(k);
            worst = Math.max(worst, Math.abs(found[k] - expected[k]) / error[k]);
            worstDiscrete = Math.max(worstDiscrete, Math.abs(found[k] - discrete[k]) / error[k]);
            bias = Math.max(bias, Math.abs(discrete[k] / expected[k] - 1.0));
            sampling += error[k] / expected[k] / directions;
        }
        String along = "along the leading " + directions + " eigenvectors of D";
        measurements.add(Measurement.atMost(
                        "stationary variances " + along + ": largest deviation from the Lyapunov equation", worst, 4.0)
                .in("standard errors"));
        measurements.add(
                Measurement.atMost("the same against the exact law of the scheme, step included", worstDiscrete, 4.0)
                        .in("standard errors"));
        measurements.add(Measurement.reported("relative standard error of a variance, mean", sampling));
        measurements.add(Measurement.reported("relative bias of Euler–Maruyama, largest", bias));
        String file = "covariance.png";
        Figure.titled("Stationary variance of the weights along the leading eigenvectors of D, d = "
                        + diffusion.dimension())
                .row(XyPanel.titled("")
                        .xAxis("number k of the eigenvector of D")
                        .yAxis("vₖᵀΣvₖ")
                        .logY()
                        .points("ensemble, ± 1 standard error", number, found, error)
                        .line("(F + δI)Σ + Σ(F + δI) = 2β⁻¹D", number, expected))
                .panelSize(760, 440)
                .writeTo(context.out().resolve(file));
        return new Picture(
                file,
                "Stationary variance of dx = −(F + δI)x dt + √(2β⁻¹D) dW along the leading eigenvectors of D: ensemble in"
                        + " all dimensions against the solution of the Lyapunov equation.");
    }

    private static VectorField squared(LinearField projection) {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                projection.at(x, out);
                for (int k = 0; k < out.length; k++) {
                    out[k] *= out[k];
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                projection.atBlock(x, paths, out);
                for (double[] row : out) {
                    for (int p = 0; p < paths; p++) {
                        row[p] *= row[p];
                    }
                }
            }
        };
    }
}
