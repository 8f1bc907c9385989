package org.langevin4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.decomposition.Inertia;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.ResonanceException;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ExampleResult;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.RunContext;

/**
 * Lemma 20 of Chaudhari and Soatto (2018), F = (D + Q)U, on random systems whose Q and U are known: stable points, saddles,
 * maxima and singular D; and what the lemma does not say, that eigenvalues of F must not cancel.
 */
public final class Lemma20 implements Example {

    private static final double EPSILON = 0x1p-52;

    /** Equations that amplify rounding by less than this are well-conditioned. */
    private static final double WELL_CONDITIONED = 1e4;

    /** Kinds of random systems, and what a chart calls them. */
    private enum Kind {
        STABLE("stable point"),
        SADDLE("saddle"),
        MAXIMUM("maximum"),
        SINGULAR("stable point, D of half rank");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** What is gathered of one kind. */
    private static final class Sample {
        private final List<Double> conditions = new ArrayList<>();
        private final List<Double> errors = new ArrayList<>();
        private final List<Double> residuals = new ArrayList<>();
        private int wellConditioned;
        private double worst;
        private double excess;
        private int wrongInertia;
        private int wrongStability;
    }

    @Override
    public String name() {
        return "lemma-20";
    }

    @Override
    public String summary() {
        return "F = (D + Q)U for random stable points, saddles, maxima and singular D; where Q is not unique";
    }

    @Override
    public ExampleResult run(RunContext context) throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        List<Picture> pictures = new ArrayList<>();
        references(measurements);
        pictures.add(fields(context));
        pictures.add(randomSystems(context, measurements));
        pictures.add(resonance(context, measurements));
        return new ExampleResult(
                name(),
                "F = (D + Q)U with symmetric U and antisymmetric Q, from F Q + Q Fᵀ = F D − D Fᵀ, at stable points, saddles and"
                        + " maxima alike; U has the inertia of F. The decomposition is unique only if no two eigenvalues of F"
                        + " cancel, λᵢ + λⱼ ≠ 0, and only where F is stable does e^(−βΦ) become a stationary law.",
                "Chaudhari and Soatto (2018), Lemma 20, which claims uniqueness without the condition on the eigenvalues;"
                        + " Kwon, Ao and Thouless (2005)",
                context.seed().value(),
                measurements,
                pictures);
    }

    private static RealMatrix matrix(double a, double b, double c, double d) {
        return MatrixUtils.createRealMatrix(new double[][] {{a, b}, {c, d}});
    }

    /** Reference values OU2_full, OU2_gyrator, OU2_commuting, OU2_underdamped_rank1D and lemma20_saddle, to 34 digits. */
    private static void references(List<Measurement> measurements) {
        reference("rotation", matrix(1, -2, 2, 1.2), matrix(1, 0.5, 0.5, 1), -1.8636363636363635, measurements);
        reference("gyrator", matrix(2, 1, 1, 2), matrix(1, 0, 0, 0.25), -0.1875, measurements);
        reference("commuting F and D", matrix(3, 0, 0, 1), matrix(1, 0, 0, 0.25), 0.0, measurements);
        reference(
                "oscillator with inertia, D of rank 1",
                matrix(0, -1, 1, 0.5),
                matrix(0, 0, 0, 0.5),
                -1.0,
                measurements);
        reference("saddle", matrix(1, 0.4, -0.2, -0.5), matrix(1, 0.3, 0.3, 0.6), 1.78, measurements);
        LinearDecomposition gyrator = LinearDecomposition.of(matrix(2, 1, 1, 2), matrix(1, 0, 0, 0.25));
        measurements.add(Measurement.near(
                        "gyrator: entropy production",
                        LinearIrreversibility.of(gyrator)
                                .entropyProductionRate()
                                .orElse(Double.NaN),
                        0.5625,
                        1e-12)
                .in("nats per unit of time"));
        // Reference value sgd_quadratic_discrete.
        RealMatrix continuous = LinearDecomposition.of(matrix(2, 0.5, 0.5, 1), matrix(1, -0.2, -0.2, 0.5))
                .stationaryCovariance(Temperature.ofSgd(0.1, 4))
                .orElseThrow();
        RealMatrix discrete =
                matrix(0.007976624368697963, -0.004371231955697648, -0.004371231955697648, 0.008754486510181753);
        measurements.add(Measurement.near(
                "discrete SGD, η = 0.1, b = 4: distance of its covariance from η/(2b)·U⁻¹",
                discrete.subtract(continuous).getFrobeniusNorm() / continuous.getFrobeniusNorm(),
                0.059786222269593826,
                1e-10));
    }

    private static void reference(
            String what, RealMatrix f, RealMatrix d, double expected, List<Measurement> measurements) {
        measurements.add(Measurement.near(
                what + ": Q₁₂, reference", LinearDecomposition.of(f, d).q().getEntry(0, 1), expected, 1e-13));
    }

    private static Picture fields(RunContext context) throws IOException {
        RealMatrix d = matrix(1, 0.3, 0.3, 0.6);
        RealMatrix[] drifts = {matrix(1, -1, 1.5, 1.2), matrix(1, 0.4, -0.2, -0.5), matrix(-1, 1, -1.5, -1.2)};
        String[] titles = {"Stable point", "Saddle", "Maximum"};
        Grid window = Grid.square(-2, 2, 32);
        FieldPanel[] above = new FieldPanel[3];
        FieldPanel[] below = new FieldPanel[3];
        for (int k = 0; k < 3; k++) {
            LinearDecomposition found = LinearDecomposition.of(drifts[k], d);
            LinearField drift = LinearField.of(drifts[k].scalarMultiply(-1.0));
            LinearField current = LinearField.of(found.q().multiply(found.u()).scalarMultiply(-1.0));
            above[k] = FieldPanel.titled(titles[k] + ": drift", window)
                    .contours("Φ = ½xᵀUx", found.toDecomposition().potential())
                    .streamlines("−Fx", drift);
            below[k] = FieldPanel.titled(titles[k] + ": conservative force", window)
                    .contours("Φ = ½xᵀUx", found.toDecomposition().potential())
                    .streamlines("j = −QUx", current);
        }
        Figure.titled("F = (D + Q)U: the drift crosses the level curves of Φ, j = −QUx follows them")
                .row(above)
                .row(below)
                .panelSize(360, 360)
                .writeTo(context.out().resolve("fields.png"));
        return new Picture(
                "fields.png",
                "Drift −Fx (above) and conservative force j = −QUx (below) at a stable point, a saddle and a maximum, over the"
                        + " level curves of Φ. Only the first has a stationary law.");
    }

    private static RealMatrix normal(Random random, int rows, int columns) {
        RealMatrix a = MatrixUtils.createRealMatrix(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                a.setEntry(i, j, random.nextGaussian());
            }
        }
        return a;
    }

    private static Picture randomSystems(RunContext context, List<Measurement> measurements) throws IOException {
        Random random = new Random(context.seed().derive(1).value());
        int count = context.effort().choose(50, 250, 1000);
        int largest = context.effort().choose(30, 50, 50);
        XyPanel errors = XyPanel.titled("Error of Q")
                .xAxis("estimated condition κ of the equation")
                .yAxis("‖Q − exact‖ / ‖exact‖")
                .logX()
                .logY();
        XyPanel residuals = XyPanel.titled("Residual of the equation")
                .xAxis("estimated condition κ of the equation")
                .yAxis("‖FQ + QFᵀ − FD + DFᵀ‖ / ‖FD‖")
                .logX()
                .logY();
        int wrongInertia = 0;
        int wrongStability = 0;
        double highest = 0.0;
        for (Kind kind : Kind.values()) {
            Sample sample = new Sample();
            for (int k = 0; k < count; k++) {
                add(kind, 2 + k % (largest - 1), random, sample);
            }
            double[] kappa = array(sample.conditions);
            errors.points(kind.label, kappa, array(sample.errors));
            residuals.points(kind.label, kappa, array(sample.residuals));
            for (double value : kappa) {
                highest = Math.max(highest, value);
            }
            measurements.add(Measurement.atMost(
                    String.format(
                            Locale.ROOT,
                            "%s, d = 2 … %d, %d of %d systems with κ < 1e4: largest relative error of Q and U",
                            kind.label,
                            largest,
                            sample.wellConditioned,
                            count),
                    sample.worst,
                    1e-10));
            // The Schur form has a backward error of some 10·d·ε (LAPACK Users' Guide), and the norm of κ another
            // factor d.
            measurements.add(Measurement.atMost(
                    kind.label + ", all " + count + " systems: largest error of Q over 10d²κ·2⁻⁵²",
                    sample.excess,
                    1.0));
            wrongInertia += sample.wrongInertia;
            wrongStability += sample.wrongStability;
        }
        int all = count * Kind.values().length;
        measurements.add(Measurement.near(
                "of " + all + " systems: how often U has another inertia than F", wrongInertia, 0.0, 0.0));
        measurements.add(Measurement.near(
                "of " + all
                        + " systems: how often “a stationary law exists” differs from “all eigenvalues of U are positive”",
                wrongStability,
                0.0,
                0.0));
        double[] ends = {1.0, Math.max(10.0, highest)};
        errors.line("κ·2⁻⁵²", ends, new double[] {EPSILON, EPSILON * ends[1]});
        Figure.titled("Random systems with known Q and U: the condition tells the error, the residual is always small")
                .row(errors, residuals)
                .panelSize(520, 440)
                .writeTo(context.out().resolve("accuracy.png"));
        return new Picture(
                "accuracy.png",
                "Relative error of Q against the estimated condition of its equation, and the residual, for random systems"
                        + " that were made from known Q and U.");
    }

    /** F = (D + Q)U with D = BBᵀ; U has eigenvalues of size ½ … 2. */
    private static void add(Kind kind, int n, Random random, Sample sample) {
        int rank = kind == Kind.SINGULAR ? (n + 1) / 2 : n;
        RealMatrix b = normal(random, n, rank).scalarMultiply(1.0 / Math.sqrt(n));
        RealMatrix d = b.multiplyTransposed(b);
        if (kind != Kind.SINGULAR) {
            d = d.add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(0.3));
        }
        RealMatrix a = normal(random, n, n);
        RealMatrix q = a.subtract(a.transpose()).scalarMultiply(0.7 / Math.sqrt(n));
        int negative = switch (kind) {
            case SADDLE -> 1 + random.nextInt(n - 1);
            case MAXIMUM -> n;
            default -> 0;
        };
        RealMatrix u = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            u.setEntry(i, i, (i < negative ? -1.0 : 1.0) * (0.5 + 1.5 * random.nextDouble()));
        }
        RealMatrix z = LinearAlgebra.pureJava().schur(normal(random, n, n)).vectors();
        u = z.multiply(u).multiplyTransposed(z);
        LinearDecomposition found = LinearDecomposition.of(d.add(q).multiply(u), d);
        double kappa = found.condition();
        double error = found.q().subtract(q).getFrobeniusNorm() / q.getFrobeniusNorm();
        double errorOfU = found.u().subtract(u).getFrobeniusNorm() / u.getFrobeniusNorm();
        sample.conditions.add(kappa);
        sample.errors.add(error);
        sample.residuals.add(found.sylvesterResidual());
        if (kappa < WELL_CONDITIONED) {
            sample.wellConditioned++;
            sample.worst = Math.max(sample.worst, Math.max(error, errorOfU));
        }
        sample.excess = Math.max(sample.excess, error / (10.0 * n * n * kappa * EPSILON));
        Inertia expected = new Inertia(n - negative, negative, 0);
        boolean same = found.inertiaOfU().equals(expected) && found.inertiaOfF().equals(expected);
        sample.wrongInertia += same ? 0 : 1;
        sample.wrongStability += found.isStable() == (found.inertiaOfU().positive() == n) ? 0 : 1;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A saddle with λ₁ + λ₂ = g: Q grows as 1/g, and at g = 0 the lemma fails. */
    private static Picture resonance(RunContext context, List<Measurement> measurements) throws IOException {
        RealMatrix d = matrix(1, 0.3, 0.3, 0.6);
        int points = 25;
        double[] gaps = new double[points];
        double[] sizes = new double[points];
        double[] errors = new double[points];
        double[] residuals = new double[points];
        double[] estimates = new double[points];
        double worst = 0.0;
        for (int k = 0; k < points; k++) {
            gaps[k] = Math.pow(10.0, -0.5 * k);
            RealMatrix f = matrix(1, 0.4, -0.2, -1 + gaps[k]);
            LinearDecomposition found = LinearDecomposition.of(f, d);
            // Closed form in two dimensions, (FD − DFᵀ)₁₂ / tr F.
            double exact = (0.3 + 0.4 * 0.6 + 0.2 - 0.3 * f.getEntry(1, 1)) / (1.0 + f.getEntry(1, 1));
            sizes[k] = found.q().getFrobeniusNorm();
            double error = Math.abs(found.q().getEntry(0, 1) / exact - 1.0);
            // Zero leaves a gap on a logarithmic axis.
            errors[k] = error > 0.0 ? error : Double.NaN;
            residuals[k] = found.sylvesterResidual() > 0.0 ? found.sylvesterResidual() : Double.NaN;
            estimates[k] = found.condition() * EPSILON;
            worst = Math.max(worst, error / estimates[k]);
        }
        measurements.add(Measurement.near(
                "saddle with λ₁ + λ₂ = g → 0: exponent of ‖Q‖ in g",
                Math.log(sizes[points - 1] / sizes[8]) / Math.log(gaps[points - 1] / gaps[8]),
                -1.0,
                0.02));
        measurements.add(Measurement.atMost(
                "the same, closed form: largest relative error of Q over 40κ·2⁻⁵²", worst / 40.0, 1.0));
        measurements.add(Measurement.near(
                "eigenvalues 1 and −1, D not diagonal: refused, as there is no Q", refused(d), 1.0, 0.0));
        measurements.add(Measurement.near(
                "eigenvalues 1 and −1, D = I: refused, as every Q will do",
                refused(MatrixUtils.createRealIdentityMatrix(2)),
                1.0,
                0.0));
        Figure.titled("A saddle with λ₁ + λ₂ = g: as its eigenvalues cancel, Q is lost")
                .row(XyPanel.titled("")
                        .xAxis("g = λ₁ + λ₂")
                        .yAxis("size of Q; relative error and residual")
                        .logX()
                        .logY()
                        .line("‖Q‖", gaps, sizes)
                        .line("κ·2⁻⁵²", gaps, estimates)
                        .points("relative error of Q, closed form", gaps, errors)
                        .points("residual", gaps, residuals))
                .panelSize(760, 460)
                .writeTo(context.out().resolve("resonance.png"));
        return new Picture(
                "resonance.png",
                "A saddle whose eigenvalues nearly cancel, λ₁ + λ₂ = g: Q grows as 1/g, with the residual in units of ‖FD‖ and"
                        + " the condition of the equation. Lemma 20 as printed has no such restriction.");
    }

    private static double refused(RealMatrix d) {
        try {
            LinearDecomposition.of(matrix(1, 0, 0, -1), d);
            return 0.0;
        } catch (ResonanceException e) {
            return 1.0;
        }
    }
}
