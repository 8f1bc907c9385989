package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.Locale;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;

/** Φ against f of linear systems with a constant D that is no multiple of I: over its angle and over its ratio. */
final class AnisotropicNoise {

    static final String ISOTROPIC = "D = I";

    static final String STILL = "No current on grids where D commutes with the Hessian";

    private static final Temperature ONE = Temperature.of(1.0);

    private AnisotropicNoise() {}

    /** Σ of a stable linear system with symmetric F in the plane, and what follows (Lemma 20). */
    record Gaussian(RealMatrix f, RealMatrix d, RealMatrix q, RealMatrix u) {

        static Gaussian of(RealMatrix f, RealMatrix d) {
            double q = f.multiply(d).subtract(d.multiply(f.transpose())).getEntry(0, 1) / f.getTrace();
            RealMatrix rotation = MatrixUtils.createRealMatrix(new double[][] {{0, q}, {-q, 0}});
            RealMatrix u = inverse(d.add(rotation)).multiply(f);
            return new Gaussian(f, d, rotation, u);
        }

        private static RealMatrix inverse(RealMatrix m) {
            return LuFactors.of(m).inverse();
        }

        /** Standard deviation of ½xᵀ(U − F)x under the normal law of covariance U⁻¹. */
        double deviation() {
            RealMatrix product = u.subtract(f).multiply(inverse(u));
            return Math.sqrt(0.5 * product.multiply(product).getTrace());
        }

        /** √E[|QUx|²]. */
        double force() {
            return Math.sqrt(q.multiply(u).multiply(q.transpose()).getTrace());
        }

        Sde sde() {
            return Sde.ito(LinearField.of(f.scalarMultiply(-1.0)), Diffusion.constant(d), ONE);
        }

        /** A box of six standard deviations to all sides. */
        Grid grid(int cells) {
            RealMatrix covariance = inverse(u);
            double x = 6.0 * Math.sqrt(covariance.getEntry(0, 0));
            double y = 6.0 * Math.sqrt(covariance.getEntry(1, 1));
            return Grid.of(Axis.uniform(-x, x, cells), Axis.uniform(-y, y, cells));
        }

        Potential loss() {
            return Potential.of(
                    x -> 0.5 * (f.getEntry(0, 0) * x[0] * x[0] + f.getEntry(1, 1) * x[1] * x[1])
                            + f.getEntry(0, 1) * x[0] * x[1],
                    LinearField.of(f));
        }
    }

    /** H = diag(3, 1) and D with eigenvalues 1 and ¼ at an angle. */
    static void angles(Sheet sheet) throws IOException {
        int cells = sheet.choose(48, 80, 128);
        RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {3.0, 1.0});
        int fine = 181;
        double[] degrees = new double[fine];
        double[] force = new double[fine];
        double[] deviation = new double[fine];
        for (int k = 0; k < fine; k++) {
            degrees[k] = k;
            Gaussian exact = Gaussian.of(h, rotated(1.0, 0.25, Math.toRadians(k)));
            force[k] = exact.force();
            deviation[k] = exact.deviation();
        }
        int points = 13;
        double[] at = new double[points];
        double[] forces = new double[points];
        double[] deviations = new double[points];
        double forceError = 0.0;
        double deviationError = 0.0;
        try (ProgressReporter.Task task = sheet.progress().start("lemma-6, angles", points)) {
            for (int k = 0; k < points; k++) {
                at[k] = 15.0 * k;
                Gaussian exact = Gaussian.of(h, rotated(1.0, 0.25, Math.toRadians(at[k])));
                GridDecomposition grid = GridDecomposition.of(exact.sde(), exact.grid(cells), Boundary.REFLECTING);
                forces[k] = grid.residual(Claim.DETAILED_BALANCE).rms();
                deviations[k] = grid.comparedTo(exact.loss()).deviation();
                forceError = Math.max(forceError, Math.abs(forces[k] - exact.force()));
                deviationError = Math.max(deviationError, Math.abs(deviations[k] - exact.deviation()));
                task.advanceTo(k + 1);
            }
        }
        // Of second order: the width of a cell in standard deviations is 12/cells.
        double tolerance = Math.pow(12.0 / cells, 2);
        var lemma20 = closedForm("Lemma 20; the scheme is of order 2");
        sheet.holds(LEMMA_6_FORCE, "D that does not commute with the Hessian")
                .measure("H = diag(3, 1), D at 13 angles: largest error of √E[|j|²]", forceError)
                .atMost(tolerance, none(), lemma20);
        sheet.holds(Statement.ABSTRACT_POTENTIAL, "linear systems with D that is no multiple of I")
                .measure("H = diag(3, 1), D at 13 angles: largest error of the deviation of Φ from f", deviationError)
                .atMost(tolerance, none(), lemma20);
        sheet.consistency(STILL)
                .measure(
                        "H = diag(3, 1), D at 0°, 90°, 180°: largest √E[|j|²]",
                        Math.max(forces[0], Math.max(forces[6], forces[12])))
                .atMost(1e-9, none(), construction("the scheme balances every face where j = 0"));
        Figure figure = Figure.titled(
                        "A gradient drift, −Hx with H = diag(3, 1), and D with eigenvalues 1 and ¼: Φ is never f, and j = 0"
                                + " only where D and H commute")
                .row(
                        XyPanel.titled("Detailed-balance defect")
                                .xAxis("angle between the eigenvectors of D and H, degrees")
                                .yAxis("√E[|j|²]")
                                .line("Lemma 20", degrees, force)
                                .points("grid of " + cells + "² cells", at, forces),
                        XyPanel.titled("Distance of Φ from f")
                                .xAxis("angle between the eigenvectors of D and H, degrees")
                                .yAxis("standard deviation of Φ − f")
                                .yRange(0.0, 0.65)
                                .line("Lemma 20", degrees, deviation)
                                .points("grid of " + cells + "² cells", at, deviations))
                .panelSize(560, 400);
        sheet.figure(
                "angle",
                "Left: the force j vanishes at 0°, 90° and 180°, where D commutes with the Hessian, and nowhere else. Right: the"
                        + " distance of Φ from f vanishes nowhere.",
                figure,
                LEMMA_6_FORCE);
    }

    /** D of trace 2 with eigenvalues in a ratio, at three angles to H = diag(3, 1). */
    static void ratios(Sheet sheet) throws IOException {
        int cells = sheet.choose(48, 80, 128);
        RealMatrix h = MatrixUtils.createRealDiagonalMatrix(new double[] {3.0, 1.0});
        double[] angles = {0.0, 22.5, 45.0};
        XyPanel force = XyPanel.titled("Detailed-balance defect")
                .xAxis("ratio of the eigenvalues of D")
                .yAxis("√E[|j|²]")
                .logX();
        XyPanel deviation = XyPanel.titled("Distance of Φ from f")
                .xAxis("ratio of the eigenvalues of D")
                .yAxis("standard deviation of Φ − f")
                .logX();
        int fine = 61;
        for (double angle : angles) {
            double[] kappa = new double[fine];
            double[] forces = new double[fine];
            double[] deviations = new double[fine];
            for (int k = 0; k < fine; k++) {
                kappa[k] = Math.pow(16.0, k / (fine - 1.0));
                Gaussian exact = Gaussian.of(h, ofRatio(kappa[k], angle));
                forces[k] = exact.force();
                deviations[k] = exact.deviation();
            }
            String label = (angle == 22.5 ? "22.5" : String.format(Locale.ROOT, "%.0f", angle)) + "°, Lemma 20";
            force.line(label, kappa, forces);
            deviation.line(label, kappa, deviations);
        }
        double error = 0.0;
        double[] marks = {1.0, 2.0, 4.0, 8.0, 16.0};
        double[] kappas = new double[angles.length * marks.length];
        double[] forces = new double[kappas.length];
        double[] deviations = new double[kappas.length];
        int at = 0;
        for (double angle : angles) {
            for (int k = 0; k < marks.length; k++) {
                Gaussian exact = Gaussian.of(h, ofRatio(marks[k], angle));
                GridDecomposition grid = GridDecomposition.of(exact.sde(), exact.grid(cells), Boundary.REFLECTING);
                kappas[at] = marks[k];
                forces[at] = grid.residual(Claim.DETAILED_BALANCE).rms();
                deviations[at] = grid.comparedTo(exact.loss()).deviation();
                // The offsets of the scheme are √κ cells long.
                double width = 12.0 / cells * Math.sqrt(marks[k]);
                error = Math.max(error, Math.abs(deviations[at] - exact.deviation()) / (width * width));
                if (marks[k] == 1.0) {
                    sheet.holds(LEMMA_6, ISOTROPIC)
                            .measure(
                                    String.format(Locale.ROOT, "ratio 1, drawn at %.1f°: deviation of Φ from f", angle),
                                    deviations[at])
                            .atMost(1e-9, none(), closedForm("Φ = f; rounding"));
                }
                at++;
            }
        }
        force.points("grid of " + cells + "² cells", kappas, forces);
        deviation.points("grid of " + cells + "² cells", kappas, deviations);
        sheet.holds(Statement.ABSTRACT_POTENTIAL, "linear systems with D that is no multiple of I")
                .measure(
                        "ratios 1 … 16 at three angles: largest error of the deviation of Φ from f, over the squared stencil",
                        error)
                .atMost(1.0, none(), closedForm("Lemma 20; the scheme is of order 2"));
        sheet.figure(
                "anisotropy",
                "The more anisotropic D is, the further is Φ from f, at every angle; detailed balance is lost only at an angle.",
                Figure.titled("D of trace 2, its eigenvectors at 0°, 22.5° and 45° to those of H = diag(3, 1)")
                        .row(force, deviation)
                        .panelSize(560, 400),
                Statement.ABSTRACT_POTENTIAL);
    }

    private static RealMatrix ofRatio(double kappa, double degrees) {
        return rotated(2.0 * kappa / (1.0 + kappa), 2.0 / (1.0 + kappa), Math.toRadians(degrees));
    }

    /** R(θ) diag(first, second) R(θ)ᵀ. */
    static RealMatrix rotated(double first, double second, double angle) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        double off = (first - second) * c * s;
        return MatrixUtils.createRealMatrix(new double[][] {
            {first * c * c + second * s * s, off}, {off, first * s * s + second * c * c}
        });
    }
}
