package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.LEMMA_20;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.FieldPanel;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.decomposition.ResonanceException;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.orbit.Flow;

/** Lemma 20, F = (D + Q)U: where it holds, and that eigenvalues of F must not cancel nor D + Q be singular. */
public final class Lemma20 implements Experiment {

    private static final String STREAMLINES = "−Fx above, j = −QUx below";

    @Override
    public String name() {
        return "lemma-20";
    }

    @Override
    public String summary() {
        return "F = (D + Q)U for stable points, saddles, maxima and singular D; where there is no Q, no U, or more than one";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        references(sheet);
        fields(sheet);
        Lemma20Samples.run(sheet);
        resonance(sheet);
        counterExamples(sheet);
    }

    private static void references(Sheet sheet) {
        reference(
                sheet,
                "rotation",
                Lemma20Samples.matrix(1, -2, 2, 1.2),
                Lemma20Samples.matrix(1, 0.5, 0.5, 1),
                -1.8636363636363635);
        reference(sheet, "gyrator", Lemma20Samples.matrix(2, 1, 1, 2), Lemma20Samples.matrix(1, 0, 0, 0.25), -0.1875);
        reference(
                sheet,
                "commuting F and D",
                Lemma20Samples.matrix(3, 0, 0, 1),
                Lemma20Samples.matrix(1, 0, 0, 0.25),
                0.0);
        reference(
                sheet,
                "oscillator with inertia, D of rank 1",
                Lemma20Samples.matrix(0, -1, 1, 0.5),
                Lemma20Samples.matrix(0, 0, 0, 0.5),
                -1.0);
        reference(sheet, "saddle", Lemma20Samples.matrix(1, 0.4, -0.2, -0.5), oblique(), 1.78);
        sheet.supplement("the decomposition gives the distance from equilibrium")
                .measure(
                        "gyrator: entropy production",
                        LinearIrreversibility.of(LinearDecomposition.of(
                                        Lemma20Samples.matrix(2, 1, 1, 2), Lemma20Samples.matrix(1, 0, 0, 0.25)))
                                .entropyProductionRate()
                                .orElse(Double.NaN))
                .in("nats/time")
                .near(0.5625, rounding(1e-12), independent("mpmath, 34 digits"));
        RealMatrix continuous = LinearDecomposition.of(
                        Lemma20Samples.matrix(2, 0.5, 0.5, 1), Lemma20Samples.matrix(1, -0.2, -0.2, 0.5))
                .stationaryCovariance(Temperature.ofSgd(0.1, 4))
                .orElseThrow();
        RealMatrix discrete = Lemma20Samples.matrix(
                0.007976624368697963, -0.004371231955697648, -0.004371231955697648, 0.008754486510181753);
        sheet.supplement("SGD at a finite learning rate has another covariance than η/(2b)·U⁻¹")
                .measure(
                        "η = 0.1, b = 4: relative distance of the two",
                        discrete.subtract(continuous).getFrobeniusNorm() / continuous.getFrobeniusNorm())
                .near(0.059786222269593826, rounding(1e-10), independent("mpmath, discrete Lyapunov equation"));
    }

    private static void reference(Sheet sheet, String what, RealMatrix f, RealMatrix d, double expected) {
        sheet.holds(LEMMA_20, Lemma20Samples.REGULAR)
                .measure(what + ": Q₁₂", LinearDecomposition.of(f, d).q().getEntry(0, 1))
                .near(expected, rounding(1e-13), independent("mpmath, 34 digits"));
    }

    private static void fields(Sheet sheet) throws IOException {
        RealMatrix[] drifts = {
            Lemma20Samples.matrix(1, -1, 1.5, 1.2),
            Lemma20Samples.matrix(1, 0.4, -0.2, -0.5),
            Lemma20Samples.matrix(-1, 1, -1.5, -1.2)
        };
        String[] titles = {"Stable point", "Saddle", "Maximum"};
        Grid window = Grid.square(-2, 2, 32);
        FieldPanel[] above = new FieldPanel[3];
        FieldPanel[] below = new FieldPanel[3];
        for (int k = 0; k < 3; k++) {
            LinearDecomposition found = LinearDecomposition.of(drifts[k], oblique());
            var phi = found.toDecomposition().potential();
            LinearField drift = LinearField.of(drifts[k].scalarMultiply(-1.0));
            LinearField current = LinearField.of(found.q().multiply(found.u()).scalarMultiply(-1.0));
            above[k] = FieldPanel.titled(titles[k] + ": drift", window)
                    .contours("Φ = ½xᵀUx", phi)
                    .streamlines(STREAMLINES, drift);
            below[k] = FieldPanel.titled(titles[k] + ": conservative force", window)
                    .contours("Φ = ½xᵀUx", phi)
                    .streamlines(STREAMLINES, current);
        }
        sheet.figure(
                "fields",
                "Drift −Fx (above) and conservative force j = −QUx (below) at a stable point, a saddle and a maximum, over the"
                        + " level curves of Φ. Only the first has a stationary law.",
                Figure.titled("F = (D + Q)U: the drift crosses the level curves of Φ, j = −QUx follows them")
                        .row(above)
                        .row(below)
                        .panelSize(360, 360),
                LEMMA_20);
    }

    /** A saddle with λ₁ + λ₂ = g, where Q₁₂ = (FD − DFᵀ)₁₂/tr F grows as 1/g. */
    private static void resonance(Sheet sheet) throws IOException {
        int points = 25;
        double[] gaps = new double[points];
        double[] sizes = new double[points];
        double[] errors = new double[points];
        double[] residuals = new double[points];
        double[] estimates = new double[points];
        double worst = 0.0;
        for (int k = 0; k < points; k++) {
            gaps[k] = Math.pow(10.0, -0.5 * k);
            RealMatrix f = Lemma20Samples.matrix(1, 0.4, -0.2, -1 + gaps[k]);
            LinearDecomposition found = LinearDecomposition.of(f, oblique());
            double exact = (0.3 + 0.4 * 0.6 + 0.2 - 0.3 * f.getEntry(1, 1)) / (1.0 + f.getEntry(1, 1));
            sizes[k] = found.q().getFrobeniusNorm();
            double error = Math.abs(found.q().getEntry(0, 1) / exact - 1.0);
            // Zero leaves a gap on a logarithmic axis.
            errors[k] = error > 0.0 ? error : Double.NaN;
            residuals[k] = found.sylvesterResidual() > 0.0 ? found.sylvesterResidual() : Double.NaN;
            estimates[k] = found.condition() * Lemma20Samples.EPSILON;
            worst = Math.max(worst, error / estimates[k]);
        }
        sheet.holds(LEMMA_20, Lemma20Samples.REGULAR)
                .measure(
                        "saddle with λ₁ + λ₂ = g from 1 to 1e-12: largest relative error of Q over 40κ·2⁻⁵²",
                        worst / 40.0)
                .atMost(1.0, none(), closedForm("Q₁₂ = (FD − DFᵀ)₁₂/tr F; rounding amplified by the condition κ"));
        sheet.figure(
                "resonance",
                "A saddle whose eigenvalues nearly cancel, λ₁ + λ₂ = g: Q grows as 1/g, with the residual in units of ‖FD‖ and"
                        + " the condition of the equation. Lemma 20 as printed has no such restriction.",
                Figure.titled("A saddle with λ₁ + λ₂ = g: as its eigenvalues cancel, Q is lost")
                        .row(XyPanel.titled("")
                                .xAxis("g = λ₁ + λ₂")
                                .yAxis("size of Q; relative error and residual")
                                .logX()
                                .logY()
                                .line("‖Q‖", gaps, sizes)
                                .line("κ·2⁻⁵²", gaps, estimates)
                                .points("residual", gaps, residuals)
                                .points("relative error of Q, closed form", gaps, errors))
                        .panelSize(760, 460),
                LEMMA_20);
    }

    /** By matrix products alone: in the plane Q = qJ, and the lemma asks for FQ + QFᵀ = FD − DFᵀ and F = (D + Q)U. */
    private static void counterExamples(Sheet sheet) {
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(2);
        RealMatrix saddle = Lemma20Samples.matrix(1, 0, 0, -1);
        Oracle commutator = closedForm("FQ + QFᵀ = tr(F) Q = 0 for every Q; left is ‖FD − DFᵀ‖");
        Evidence none = sheet.fails(LEMMA_20, "eigenvalues 1 and −1 with D not diagonal: no Q");
        none.measure(
                        "F = diag(1, −1), D₁₂ = 0.3: least ‖FQ + QFᵀ − FD + DFᵀ‖ over |q| ≤ 10",
                        leastResidual(saddle, oblique()))
                .exact()
                .near(0.6 * Math.sqrt(2.0), rounding(1e-13), commutator);
        Evidence origin =
                sheet.fails(LEMMA_20, "the origin of Example 19, where tr F = 0: no Q for any λ > 0, though Φ exists");
        for (double lambda : new double[] {0.5, 1.5}) {
            RealMatrix f = Flow.of(new DoubleWell(lambda).drift(), 2)
                    .jacobian(new double[2])
                    .scalarMultiply(-1.0);
            origin.measure("λ = " + lambda + ": least ‖FQ + QFᵀ − FD + DFᵀ‖ over |q| ≤ 10", leastResidual(f, one))
                    .exact()
                    .near(2.0 * Math.sqrt(2.0) * lambda * Math.exp(0.25), rounding(1e-8), commutator);
        }
        Evidence many = sheet.fails(LEMMA_20, "eigenvalues 1 and −1 with D = I: every Q will do, each with its own U");
        double worst = 0.0;
        for (double q : new double[] {-3.0, 0.0, 0.5, 2.0}) {
            // (I + qJ)⁻¹ diag(1, −1), which is symmetric.
            double scale = 1.0 / (1.0 + q * q);
            RealMatrix u = Lemma20Samples.matrix(scale, q * scale, q * scale, -scale);
            RealMatrix g = one.add(Lemma20Samples.matrix(0, q, -q, 0));
            worst = Math.max(worst, g.multiply(u).subtract(saddle).getFrobeniusNorm());
        }
        many.measure(
                        "F = diag(1, −1), D = I: largest ‖F − (D + Q)U‖ of q = −3, 0, ½, 2, U = (1, q; q, −1)/(1 + q²)",
                        worst)
                .exact()
                .atMost(1e-14, none(), closedForm("0; rounding"));
        // Q = 0 is the only one as tr F = 3, and the second row of DU is zero.
        RealMatrix f = Lemma20Samples.matrix(1, 0, 0, 2);
        RealMatrix d = Lemma20Samples.matrix(1, 0, 0, 0);
        Evidence singular =
                sheet.fails(LEMMA_20, "F = diag(1, 2), D = diag(1, 0): Q = 0 is unique, D + Q singular, no U");
        singular.measure(
                        "second row of D + Q, size",
                        LinearDecomposition.of(f, d).q().add(d).getRowVector(1).getNorm())
                .exact()
                .atMost(1e-15, none(), closedForm("Q₁₂ = (FD − DFᵀ)₁₂/tr F = 0"));
        singular.measure(
                        "least ‖F − (D + Q)U‖, U by least squares",
                        f.subtract(d.multiply(f)).getFrobeniusNorm())
                .exact()
                .near(2.0, rounding(1e-14), closedForm("F₂₂ = 2 is out of reach"));
        sheet.consistency("resonances are refused")
                .measure(
                        "refusals of the two cases with eigenvalues 1 and −1",
                        refused(saddle, oblique()) + refused(saddle, one))
                .exact()
                .near(2.0, none(), construction("the library throws"));
    }

    private static double leastResidual(RealMatrix f, RealMatrix d) {
        RealMatrix fd = f.multiply(d);
        RealMatrix right = fd.subtract(fd.transpose());
        double[] q = new double[2001];
        Arrays.setAll(q, k -> 0.01 * (k - 1000));
        return Arrays.stream(q)
                .map(v -> {
                    RealMatrix fq = f.multiply(Lemma20Samples.matrix(0, v, -v, 0));
                    return fq.subtract(fq.transpose()).subtract(right).getFrobeniusNorm();
                })
                .min()
                .orElseThrow();
    }

    private static double refused(RealMatrix f, RealMatrix d) {
        try {
            LinearDecomposition.of(f, d);
            return 0.0;
        } catch (ResonanceException e) {
            return 1.0;
        }
    }

    private static RealMatrix oblique() {
        return Lemma20Samples.matrix(1, 0.3, 0.3, 0.6);
    }
}
