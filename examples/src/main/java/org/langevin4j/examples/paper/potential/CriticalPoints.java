package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.INTRODUCTION_LINEAR;
import static org.langevin4j.examples.experiment.Statement.REMARK_21;
import static org.langevin4j.examples.experiment.Statement.REMARK_24;
import static org.langevin4j.examples.experiment.Statement.REMARK_25;
import static org.langevin4j.examples.experiment.Statement.REMARK_26;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;

/**
 * Theorem 22 and Remarks 23 to 26 of Chaudhari and Soatto (2018): how far the critical points of Φ lie from those of the
 * loss, where ∇f = −b = 0, and how much time is spent near each.
 *
 * <p>For given (Φ, D, Q), at ∇Φ(x) = 0 the drift is b(x) = β⁻¹∇·(D + Q), so that the critical point of the loss is at
 * y − x ≈ −β⁻¹(∂b)⁻¹∇·(D + Q) with ∂b = −(D + Q)∇²Φ.
 */
public final class CriticalPoints implements Experiment {

    @Override
    public String name() {
        return "remarks-23-26";
    }

    @Override
    public String summary() {
        return "Critical points of Φ and of the loss: how far apart, how it grows with β⁻¹, time spent near each";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel apart = XyPanel.titled("Critical point of Φ to that of the loss")
                .logX()
                .logY()
                .xAxis("β⁻¹")
                .yAxis("distance");
        XyPanel irreversible = XyPanel.titled("Entropy production, loss and constant D = diag(1, a) given")
                .logX()
                .xAxis("β⁻¹")
                .yAxis("rate, nats/time");
        given(sheet, apart);
        constantMatrices(sheet);
        CriticalPointsOfLoss.fixedLoss(sheet, apart, irreversible);
        sheet.figure(
                "displacement",
                "Left: distance between critical points; lines are first-order theory, markers roots of b for given (Φ, D, Q), and"
                        + " maxima of the stationary density on a grid for a given loss. Right: the rate of entropy production for"
                        + " a given loss on the grid; broken lines its limits for β⁻¹ → 0 in closed form.",
                Figure.titled("The displacement vanishes with β⁻¹, the irreversibility does not")
                        .row(apart, irreversible)
                        .panelSize(600, 440),
                INTRODUCTION_LINEAR,
                REMARK_25,
                REMARK_26);
        TimeNearCriticalPoints.time(sheet);
    }

    /** (Φ, D, Q) with state-dependent D and Q: the critical point of the loss moves away from (1, 0). */
    private static void given(Sheet sheet, XyPanel panel) {
        Decomposition decomposition =
                new TwistedWell(2.0).decomposition(Temperature.of(1.0)).orElseThrow();
        double[] x = {1.0, 0.0};
        double[] divergence = new double[2];
        drift(decomposition, 1.0).at(x, divergence);
        RealMatrix jacobian = Flow.of(decomposition.aTypeDrift(), 2).jacobian(x);
        double[] first = LuFactors.of(jacobian).inverse().scalarMultiply(-1.0).operate(divergence);
        double slope = Math.hypot(first[0], first[1]);
        double[] temperatures = {1e-3, 2e-3, 5e-3, 1e-2, 2e-2, 5e-2, 0.1, 0.2, 0.3};
        double[] distances = new double[temperatures.length];
        double[] theory = new double[temperatures.length];
        for (int k = 0; k < temperatures.length; k++) {
            double[] root = root(drift(decomposition, temperatures[k]), x);
            distances[k] = Math.hypot(root[0] - x[0], root[1] - x[1]);
            theory[k] = temperatures[k] * slope;
        }
        double lowest = distances[0] / temperatures[0];
        double next = distances[1] / temperatures[1];
        Evidence evidence = sheet.holds(INTRODUCTION_LINEAR, CriticalPointsOfLoss.SMALL);
        evidence.measure("(Φ, D(x), Q(x)) given: distance over β⁻¹ as β⁻¹ → 0", 2.0 * lowest - next)
                .discretisationError(Math.abs(next - lowest))
                .near(slope, estimatedErrors(1), closedForm("first-order perturbation"));
        evidence.measure(
                "(Φ, D(x), Q(x)) given, β⁻¹ = 0.3: distance over that of first order", distances[8] / theory[8]);
        sheet.holds(REMARK_21, "D(x) and Q(x): the critical points of f and Φ are apart by β⁻¹(∂b)⁻¹∇·(D + Q)")
                .measure("(Φ, D(x), Q(x)) given: distance over β⁻¹ as β⁻¹ → 0", 2.0 * lowest - next)
                .discretisationError(Math.abs(next - lowest))
                .near(slope, estimatedErrors(1), closedForm("first-order perturbation"));
        panel.line("D(x), Q(x)", temperatures, theory).points("roots of b", temperatures, distances);
    }

    /** Remark 24: Q from a linear f and a constant D is constant; and with constant D and Q given nothing moves. */
    private static void constantMatrices(Sheet sheet) {
        Decomposition decomposition = new Decomposition(
                new DoubleWell(0.0).potential(),
                Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 2.0}})),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0.0, 3.0}, {-3.0, 0.0}})));
        double[] root = root(drift(decomposition, 0.5), new double[] {0.9, 0.1});
        sheet.consistency("Φ and constant D, Q given: b vanishes where ∇Φ does")
                .measure("β⁻¹ = 0.5: distance", Math.hypot(root[0] - 1.0, root[1]))
                .atMost(1e-10, none(), construction("b = −(D + Q)∇Φ"));
        AnisotropicNoise.Gaussian gyrator = AnisotropicNoise.Gaussian.of(
                MatrixUtils.createRealMatrix(new double[][] {{2.0, 1.0}, {1.0, 2.0}}),
                MatrixUtils.createRealDiagonalMatrix(new double[] {1.0, 0.25}));
        int cells = sheet.choose(48, 80, 128);
        double[] off = new double[2];
        for (int k = 0; k < 2; k++) {
            GridDecomposition grid = GridDecomposition.of(gyrator.sde(), gyrator.grid(cells << k), Boundary.REFLECTING);
            CellFunction q = grid.q(0, 1);
            double exact = gyrator.q().getEntry(0, 1);
            off[k] = Math.sqrt(grid.density().expectation(x -> Math.pow(q.at(x) - exact, 2)));
        }
        Extrapolated spread = Extrapolated.of(off[0], off[1]);
        sheet.holds(REMARK_24, "a linear f and a constant D")
                .measure("gyrator: √E[(Q₁₂ − q)²] of the grid, q of Lemma 20, extrapolated", spread.value())
                .discretisationError(spread.error())
                .near(0.0, estimatedErrors(1), closedForm("Q constant"));
    }

    private static VectorField drift(Decomposition decomposition, double temperature) {
        return decomposition.aType(Temperature.of(temperature)).toIto().drift();
    }

    private static double[] root(VectorField b, double[] start) {
        return FixedPoint.near(Flow.of(b, 2), start).location();
    }
}
