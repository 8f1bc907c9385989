package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A6;
import static org.langevin4j.examples.experiment.Statement.LEMMA_6_FORCE;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.irreversibility.AsymmetricCorrelation;

/** Correlations that tell the direction of time, of linear systems in closed form and from paths. */
final class TimeAsymmetricCorrelations {

    private static final String COMMUTING = "D that commutes with the Hessian: Φ ≠ f, and j = 0 all the same";

    private TimeAsymmetricCorrelations() {}

    /** ½(Σe^(−Fᵀτ) − e^(−Fτ)Σ) for three Ornstein–Uhlenbeck processes. */
    static void measure(Sheet sheet) throws IOException {
        XyPanel panel = XyPanel.titled("")
                .xAxis("lag τ, units of time")
                .yAxis("½[C₁₂(τ) − C₂₁(τ)]")
                .horizontalLine(0, "");
        double h = 0.05;
        int lags = 60;
        for (RotatingCase one : List.of(RotatingCase.full(), RotatingCase.gyrator(), RotatingCase.commuting())) {
            AsymmetricCorrelation observed = AsymmetricCorrelation.ofCoordinates(2, lags);
            TimeAsymmetry a = sheet.run(
                            one.name(),
                            Ensemble.of(one.sde())
                                    .scheme(one.scheme(h))
                                    .paths(sheet.choose(1024, 4096, 16_384))
                                    .until(IrreversibilityRates.TRANSIENT + 40)
                                    .seed(sheet.seed())
                                    .observe(When.every(1, IrreversibilityRates.TRANSIENT), observed))
                    .get(observed);
            RealMatrix f = matrix(one.sde().drift());
            // Σ = β⁻¹U⁻¹.
            RealMatrix sigma =
                    LuFactors.of(matrix(one.system().potential()::gradient)).inverse();
            double[] exact = new double[lags + 1];
            double[] tau = new double[lags + 1];
            double worst = 0.0;
            for (int lag = 1; lag <= lags; lag++) {
                tau[lag] = lag * h;
                RealMatrix c = MatrixUtils.matrixExponential(f.scalarMultiply(tau[lag]))
                        .multiply(sigma);
                exact[lag] = 0.5 * (c.getEntry(1, 0) - c.getEntry(0, 1));
                worst = Math.max(worst, Math.abs(a.value(0, 1, lag) - exact[lag]) / a.error(0, 1, lag));
            }
            sheet.supplement("Correlations tell the direction of time: ½[C₁₂(τ) − C₂₁(τ)] of linear systems")
                    .measure(one.name() + ": largest deviation over " + lags + " lags, in standard errors", worst)
                    .atMost(
                            4.9,
                            none(),
                            closedForm("½(Σe^(−Fᵀτ) − e^(−Fτ)Σ); 60 normal numbers exceed 4.9 once in 10⁴"));
            if (one.reference().entropyProduction() == 0.0) {
                String what = "H = diag(3, 1), D = diag(1, ¼): area rate from paths";
                Oracle zero = closedForm("FD = DF, hence j = 0; −0.19 for H = (2 1; 1 2)");
                for (Evidence evidence : List.of(
                        sheet.fails(LEMMA_6_FORCE, COMMUTING),
                        sheet.holds(EQUATION_A6, "constant D that commutes with the Hessian"))) {
                    IrreversibilityRates.statistical(
                            evidence.measure(what, a.areaRate(0, 1)), a.areaRateError(0, 1), 0.0, zero);
                }
            }
            int every = 3;
            double[][] shown = new double[3][lags / every];
            for (int k = 0; k < lags / every; k++) {
                int lag = every * (k + 1);
                shown[0][k] = tau[lag];
                shown[1][k] = a.value(0, 1, lag);
                shown[2][k] = a.error(0, 1, lag);
            }
            panel.line(one.name() + ", closed form", tau, exact)
                    .points(one.name() + ", paths", shown[0], shown[1], shown[2])
                    .like(one.name() + ", closed form");
        }
        sheet.figure(
                "asymmetry",
                "Time-asymmetric correlations of three Ornstein–Uhlenbeck processes: two that rotate, and one whose D is"
                        + " not isotropic and yet commutes with F, which is in detailed balance.",
                Figure.titled("Correlations that tell the direction of time")
                        .row(panel)
                        .panelSize(820, 480),
                LEMMA_6_FORCE,
                EQUATION_A6);
    }

    /** Of a linear field, by its values along the axes. */
    private static RealMatrix matrix(VectorField linear) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(2, 2);
        double[] column = new double[2];
        for (int j = 0; j < 2; j++) {
            linear.at(new double[] {1 - j, j}, column);
            matrix.setColumn(j, column);
        }
        return matrix;
    }
}
