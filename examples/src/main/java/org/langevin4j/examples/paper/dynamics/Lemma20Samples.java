package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.LEMMA_20;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Inertia;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;

/** Random systems F = (D + Q)U made from known D, Q and U, which Lemma 20 must find again from F and D. */
final class Lemma20Samples {

    static final double EPSILON = 0x1p-52;

    static final String REGULAR =
            "F none of whose eigenvalues cancel, λᵢ + λⱼ ≠ 0, with D + Q invertible: stable points, saddles, maxima";

    /** Equations that amplify rounding by less than this are well-conditioned. */
    private static final double WELL_CONDITIONED = 1e4;

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

    private final List<Double> conditions = new ArrayList<>();
    private final List<Double> errors = new ArrayList<>();
    private final List<Double> residuals = new ArrayList<>();
    private int wellConditioned;
    private double worst;
    private double excess;
    private int wrongInertia;
    private int wrongStability;

    private Lemma20Samples() {}

    static void run(Sheet sheet) throws IOException {
        Random random = new Random(sheet.seed().derive(1).value());
        int count = sheet.choose(50, 250, 1000);
        int largest = sheet.choose(30, 50, 50);
        String kappa = "estimated condition κ of the equation";
        XyPanel errors = XyPanel.titled("Error of Q")
                .xAxis(kappa)
                .yAxis("‖Q − exact‖ / ‖exact‖")
                .logX()
                .logY();
        XyPanel residuals = XyPanel.titled("Residual of the equation")
                .xAxis(kappa)
                .yAxis("‖FQ + QFᵀ − FD + DFᵀ‖ / ‖FD‖")
                .logX()
                .logY();
        double wrongInertia = 0.0;
        double wrongStability = 0.0;
        double highest = 10.0;
        Evidence evidence = sheet.holds(LEMMA_20, REGULAR);
        for (Kind kind : Kind.values()) {
            Lemma20Samples sample = new Lemma20Samples();
            for (int k = 0; k < count; k++) {
                sample.add(kind, 2 + k % (largest - 1), random);
            }
            double[] x = array(sample.conditions);
            errors.points(kind.label, x, array(sample.errors));
            residuals.points(kind.label, x, array(sample.residuals));
            for (double value : x) {
                highest = Math.max(highest, value);
            }
            evidence.measure(
                            String.format(
                                    Locale.ROOT,
                                    "%s, d = 2 … %d, %d of %d systems with κ < 1e4: largest relative error of Q and U",
                                    kind.label,
                                    largest,
                                    sample.wellConditioned,
                                    count),
                            sample.worst)
                    .atMost(1e-10, none(), closedForm("the Q and U that F was made from; rounding"));
            // The Schur form has a backward error of some 10·d·ε (LAPACK Users' Guide), and the norm of κ another
            // factor d.
            evidence.measure(
                            kind.label + ", all " + count + " systems: largest error of Q over 10d²κ·2⁻⁵²",
                            sample.excess)
                    .atMost(1.0, none(), closedForm("the Q that F was made from; rounding times κ"));
            wrongInertia += sample.wrongInertia;
            wrongStability += sample.wrongStability;
        }
        String of = "of " + count * Kind.values().length + " systems: how often ";
        Evidence inertia =
                sheet.supplement("U has the inertia of F, and only where F is stable there is a stationary law");
        inertia.measure(of + "U has another inertia than F", wrongInertia)
                .exact()
                .near(0.0, none(), literature("Ostrowski and Schneider 1962; Chen and Wimmer 1973"));
        inertia.measure(of + "F is stable and U not positive, or the other way round", wrongStability)
                .exact()
                .near(0.0, none(), literature("Ostrowski and Schneider 1962"));
        errors.line("κ·2⁻⁵²", new double[] {1.0, highest}, new double[] {EPSILON, EPSILON * highest});
        sheet.figure(
                "accuracy",
                "Relative error of Q against the estimated condition of its equation, and the residual, for random systems"
                        + " that were made from known Q and U.",
                Figure.titled(
                                "Random systems with known Q and U: the condition tells the error, the residual is always small")
                        .row(errors, residuals)
                        .panelSize(520, 440),
                LEMMA_20);
    }

    static RealMatrix matrix(double a, double b, double c, double d) {
        return MatrixUtils.createRealMatrix(new double[][] {{a, b}, {c, d}});
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

    /** F = (D + Q)U with D = BBᵀ; U has eigenvalues of size ½ … 2. */
    private void add(Kind kind, int n, Random random) {
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
        conditions.add(kappa);
        errors.add(error);
        residuals.add(found.sylvesterResidual());
        if (kappa < WELL_CONDITIONED) {
            wellConditioned++;
            worst = Math.max(worst, Math.max(error, errorOfU));
        }
        excess = Math.max(excess, error / (10.0 * n * n * kappa * EPSILON));
        Inertia expected = new Inertia(n - negative, negative, 0);
        boolean same = found.inertiaOfU().equals(expected) && found.inertiaOfF().equals(expected);
        wrongInertia += same ? 0 : 1;
        wrongStability += found.isStable() == (found.inertiaOfU().positive() == n) ? 0 : 1;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
