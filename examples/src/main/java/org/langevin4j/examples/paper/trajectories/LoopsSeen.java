package org.langevin4j.examples.paper.trajectories;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.RotationPlane;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.statistics.AutocorrelationTime;
import org.langevin4j.core.statistics.CorrelatedMean;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;

/** Variances, relaxation and rotation of a record in the leading eigenvectors of F and of D, against what F and D predict. */
final class LoopsSeen {

    private static final int[] LAGS = {1, 2, 3, 5, 8, 12, 20};

    private static final int BATCHES = 20;

    private final double[][] rows;
    private final LocalBowl bowl;
    private final VectorAutoregression sgd;
    private final VectorAutoregression equation;

    LoopsSeen(double[][] rows, LocalBowl bowl) {
        this.rows = rows;
        this.bowl = bowl;
        this.sgd = LocalBowl.positions(bowl.sgd());
        this.equation = bowl.equation();
    }

    /** What stands about a direction u: variance with its error and correlation of the record; those of SGD’s model and of the equation. */
    private record Mode(
            CorrelatedMean square, double rho, double variance, double next, double variance0, double next0) {}

    private Mode mode(double[] u) {
        double[] squares = new double[rows.length];
        double product = 0.0;
        for (int t = 0; t < rows.length; t++) {
            double x = Vectors.dot(u, rows[t]);
            squares[t] = x * x;
            product += t == 0 ? 0.0 : x * Vectors.dot(u, rows[t - 1]);
        }
        CorrelatedMean square = AutocorrelationTime.of(squares);
        double variance = form(sgd.covariance(), u, u);
        double variance0 = form(equation.covariance(), u, u);
        return new Mode(
                square,
                product / (rows.length - 1) / square.mean(),
                variance,
                form(sgd.lagged(1), u, u) / variance,
                variance0,
                form(equation.lagged(1), u, u) / variance0);
    }

    private static double form(RealMatrix a, double[] u, double[] v) {
        return Vectors.dot(u, a.operate(v));
    }

    private double[][] axes(boolean ofNoise) {
        if (!ofNoise) {
            return MatrixUtils.createRealIdentityMatrix(LocalBowl.DIRECTIONS).getData();
        }
        Eigenpairs pairs = LinearAlgebra.pureJava().symmetricEigen(bowl.noise);
        return pairs.leadingVectors(LocalBowl.DIRECTIONS);
    }

    /** −1/ln ρ(1), epochs. */
    private static double time(double rho) {
        return -1.0 / Math.log(Math.max(1e-6, Math.min(1.0 - 1e-9, rho)));
    }

    void write(Sheet sheet, String of, String picture) throws IOException {
        XyPanel variances = XyPanel.titled("Variance along eigenvectors of F")
                .xAxis("number of the eigenvector")
                .yAxis("variance over that of the equation");
        XyPanel times = XyPanel.titled("Relaxation along them")
                .xAxis("number of the eigenvector")
                .yAxis("−1/ln ρ(1), epochs")
                .logY();
        for (boolean ofNoise : new boolean[] {false, true}) {
            Mode[] modes = Arrays.stream(axes(ofNoise)).map(this::mode).toArray(Mode[]::new);
            modes(sheet, of, ofNoise, modes);
            if (!ofNoise) {
                draw(variances, times, modes);
            }
        }
        XyPanel turning = turning(sheet, of);
        sheet.figure(
                picture,
                "The end of the record in the leading eigenvectors of F, without the slow drift, against F and D measured in training mode."
                        + " Left: variance over that of dx = −F x dt + √(2β⁻¹D)dW; SGD’s own model has its shuffling and its last mini-batch."
                        + " Middle: relaxation. Right: A(τ) over the deviations, in the plane that turns fastest by Lemma 20.",
                Figure.titled("What F and D predict: " + of).row(variances, times, turning),
                Statement.REMARK_17);
    }

    private static void draw(XyPanel variances, XyPanel times, Mode[] modes) {
        double[] number =
                IntStream.rangeClosed(1, modes.length).asDoubleStream().toArray();
        double[] ratio = new double[modes.length];
        double[] error = new double[modes.length];
        for (int k = 0; k < modes.length; k++) {
            ratio[k] = modes[k].square.mean() / modes[k].variance0;
            error[k] = modes[k].square.standardError() / modes[k].variance0;
        }
        variances
                .points("record", number, ratio, error)
                .line("SGD’s model", number, each(modes, mode -> mode.variance / mode.variance0))
                .horizontalLine(1.0, "equation");
        times.points("record", number, each(modes, mode -> time(mode.rho)))
                .line("SGD’s model", number, each(modes, mode -> time(mode.next)))
                .line("equation", number, each(modes, mode -> time(mode.next0)));
    }

    private interface Quantity {
        double of(Mode mode);
    }

    private static double[] each(Mode[] modes, Quantity quantity) {
        return Arrays.stream(modes).mapToDouble(quantity::of).toArray();
    }

    private static void modes(Sheet sheet, String of, boolean ofNoise, Mode[] modes) {
        Evidence table = sheet.supplement(
                (ofNoise ? "Slow modes, eigenvectors of D within those of F: " : "Slow modes, eigenvectors of F: ")
                        + of);
        RunningMoments ratios = new RunningMoments(4);
        for (int k = 0; k < modes.length; k++) {
            Mode mode = modes[k];
            ratios.add(
                    mode.square.mean() / mode.variance,
                    mode.square.mean() / mode.variance0,
                    time(mode.rho) / time(mode.next),
                    time(mode.rho) / time(mode.next0));
            if (k < 5) {
                String number = "eigenvector " + (k + 1) + ": ";
                table.measure(number + "variance over that of SGD’s model", mode.square.mean() / mode.variance)
                        .standardError(mode.square.standardError() / mode.variance);
                table.measure(number + "variance over that of the equation", mode.square.mean() / mode.variance0)
                        .standardError(mode.square.standardError() / mode.variance0);
                table.measure(number + "relaxation, −1/ln ρ(1)", time(mode.rho)).in("epochs");
                table.measure(number + "the same of SGD’s model", time(mode.next))
                        .in("epochs");
            }
        }
        String[] names = {
            "variance over that of SGD’s model",
            "variance over that of the equation",
            "relaxation over that of SGD’s model",
            "relaxation over that of the equation"
        };
        for (int k = 0; k < names.length; k++) {
            table.measure("mean of " + modes.length + ": " + names[k], ratios.mean(k))
                    .standardError(ratios.standardError(k));
        }
    }

    /** The plane in which j turns fastest by Lemma 20 for the SDE, of conjugate axes. */
    private double[][] plane() {
        RealMatrix f = MatrixUtils.createRealDiagonalMatrix(bowl.curvatures);
        RotationPlane fastest = LinearIrreversibility.of(LinearDecomposition.of(f, bowl.noise))
                .rotationPlanes()
                .get(0);
        RealMatrix inverse = LinearAlgebra.pureJava()
                .solve(equation.covariance(), MatrixUtils.createRealIdentityMatrix(LocalBowl.DIRECTIONS));
        double[][] plane = {inverse.operate(fastest.first()), inverse.operate(fastest.second())};
        for (int k = 0; k < 2; k++) {
            plane[k] = Vectors.scaled(plane[k], 1.0 / Math.sqrt(form(equation.covariance(), plane[k], plane[k])));
        }
        return plane;
    }

    /** ½⟨x(t)y(t + τ) − y(t)x(t + τ)⟩ over the deviations. */
    private static double rotation(VectorAutoregression process, double[][] plane, int lag) {
        RealMatrix next = process.lagged(lag);
        RealMatrix sigma = process.covariance();
        return 0.5
                * (form(next, plane[1], plane[0]) - form(next, plane[0], plane[1]))
                / Math.sqrt(form(sigma, plane[0], plane[0]) * form(sigma, plane[1], plane[1]));
    }

    private XyPanel turning(Sheet sheet, String of) {
        double[][] plane = plane();
        double[][] seen = new double[rows.length][2];
        RunningMoments scale = new RunningMoments(2);
        for (int t = 0; t < rows.length; t++) {
            seen[t][0] = Vectors.dot(plane[0], rows[t]);
            seen[t][1] = Vectors.dot(plane[1], rows[t]);
            scale.add(seen[t]);
        }
        double unit = Math.sqrt(scale.variance(0) * scale.variance(1));
        TimeAsymmetry found = TimeAsymmetry.ofTrajectory(seen, 1.0, LAGS[LAGS.length - 1], BATCHES);
        double[] lags = Arrays.stream(LAGS).asDoubleStream().toArray();
        double[][] values = new double[4][LAGS.length];
        Evidence table = sheet.supplement(
                "Rotation in the plane that turns fastest by Lemma 20 with the measured F and D, which the record did not choose: "
                        + of);
        for (int k = 0; k < LAGS.length; k++) {
            int lag = LAGS[k];
            values[0][k] = found.value(0, 1, lag) / unit;
            values[1][k] = found.error(0, 1, lag) / unit;
            values[2][k] = rotation(equation, plane, lag);
            values[3][k] = rotation(sgd, plane, lag);
            String at = String.format(Locale.ROOT, "A(%d) over the deviations", lag);
            table.measure(at, values[0][k]).standardError(values[1][k]);
            table.measure("· of the equation, by Lemma 20", values[2][k]);
            table.measure("· of SGD’s model", values[3][k]);
        }
        table.measure("A(1) over its error", values[0][0] / values[1][0]);
        table.measure("p-value of detailed balance, lag 1", found.test(1).pValue());
        table.measure("correlation of neighbouring batches", found.batchCorrelation());
        return XyPanel.titled("Rotation in the plane of Lemma 20")
                .xAxis("τ, epochs")
                .yAxis("A(τ) over the deviations")
                .logX()
                .points("record", lags, values[0], values[1])
                .line("SGD’s model", lags, values[3])
                .line("equation", lags, values[2])
                .horizontalLine(0.0, "");
    }
}
