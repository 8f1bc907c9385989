package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Statement.EQUATION_7;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A6;
import static org.langevin4j.examples.experiment.Statement.THEOREM_22;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sde.ATypeEuler;
import org.langevin4j.solvers.sde.PlatenWeak2;

/** Theorem 22 of Chaudhari and Soatto (2018): the Itô and the A-type equation share the steady state e^(−βΦ). */
public final class Theorem22 implements Experiment {

    static final String EQUATION_19 = "the drift of eq. (19) with ∇· summing the second index, at every β";

    private static final TwistedWell TWISTED = new TwistedWell(2.0);

    private static final Temperature HALF = Temperature.of(0.5);

    @Override
    public String name() {
        return "theorem-22";
    }

    @Override
    public String summary() {
        return "The Itô and the A-type equation end at e^(−βΦ); leaving out or flipping a term of eq. (19) does not";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel first = panel("Example 19, λ = 1.5, β = 1");
        XyPanel second = panel("D(x) and Q(x) of the state, β = 2");
        example19(sheet, first);
        twistedWell(sheet, second);
        withoutRotation(sheet);
        sheet.figure(
                "means",
                "Means of long paths less those of e^(−βΦ)/Z. Left: the Itô and the A-type equation"
                        + " of Example 19, each run on its own. Right: a system whose D and Q depend on the state; the two"
                        + " equations agree, three controls with a term of eq. (19) missing or flipped do not.",
                Figure.titled("Two equations, one steady state")
                        .row(first, second)
                        .panelSize(560, 420),
                THEOREM_22);
    }

    private static XyPanel panel(String title) {
        return XyPanel.titled(title)
                .xCategories(StationaryLaw.NAMES)
                .yAxis("mean of paths − mean of the law")
                .horizontalLine(0.0, "");
    }

    private static void draw(XyPanel panel, String name, StationaryLaw law, RunningMoments sample, double offset) {
        int n = StationaryLaw.NAMES.size();
        double[] x = new double[n];
        double[] y = new double[n];
        double[] error = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = i + 1 + offset;
            y[i] = law.deviation(sample, i);
            error[i] = sample.standardError(i);
        }
        panel.points(name, x, y, error);
    }

    /** The weak error of the first-order scheme is its step times a number of order one: below a standard error. */
    private static double euler(Sheet sheet) {
        return sheet.choose(0.002, 0.001, 0.0005);
    }

    private static double second(Sheet sheet) {
        return sheet.choose(0.04, 0.03, 0.02);
    }

    private static void example19(Sheet sheet, XyPanel panel) {
        DoubleWell model = new DoubleWell(1.5);
        Temperature one = Temperature.of(1.0);
        Sde ito = model.sde(one);
        Sde aType = model.decomposition(one).orElseThrow().aType(one);
        sheet.consistency("Example 19’s closed forms of b and of (Φ, D, Q) are one")
                .measure(
                        "largest |b − (−(D+Q)∇Φ + β⁻¹∇·(D+Q))| on [−3, 3]²",
                        largestDifference(ito.drift(), aType.toIto().drift()))
                .atMost(1e-12, none(), construction("b is written as that sum"));
        StationaryLaw law = StationaryLaw.of(model.potential(), 1.0);
        RunningMoments plain = StationaryLaw.sample(
                sheet, "theorem-22, Example 19, Itô", ito, PlatenWeak2::withStep, second(sheet), 0);
        RunningMoments other = StationaryLaw.sample(
                sheet, "theorem-22, Example 19, A-type", aType, ATypeEuler::withStep, euler(sheet), 1);
        Evidence evidence = sheet.holds(THEOREM_22, EQUATION_19);
        law.agrees(evidence, "Example 19, Itô equation", plain);
        law.agrees(evidence, "Example 19, A-type equation", other);
        draw(panel, "Itô: dx = −∇f dt + √2 dW", law, plain, -0.08);
        draw(panel, "A-type: dx = −(I + Q)∇Φ dt + √2 dW", law, other, 0.08);
    }

    private static void twistedWell(Sheet sheet, XyPanel panel) {
        Decomposition decomposition = TWISTED.decomposition(HALF).orElseThrow();
        Sde aType = decomposition.aType(HALF);
        Sde ito = aType.toIto();
        StationaryLaw law = StationaryLaw.of(TWISTED.potential(), 2.0);
        RunningMoments other =
                StationaryLaw.sample(sheet, "theorem-22, A-type", aType, ATypeEuler::withStep, euler(sheet), 2);
        RunningMoments plain =
                StationaryLaw.sample(sheet, "theorem-22, Itô", ito, PlatenWeak2::withStep, second(sheet), 3);
        Evidence evidence = sheet.holds(THEOREM_22, EQUATION_19);
        law.agrees(evidence, "D(x) and Q(x), A-type equation", other);
        law.agrees(evidence, "D(x) and Q(x), Itô equation", plain);
        steadyState(evidence, "D(x) and Q(x)", ito, sheet);

        Sde bare = Sde.ito(decomposition.aTypeDrift(), TWISTED.diffusion(), HALF);
        Sde still = lessDivergenceOfQ(ito, 1.0);
        Sde flipped = lessDivergenceOfQ(ito, 2.0);
        RunningMoments noDivergence =
                StationaryLaw.sample(sheet, "theorem-22, no divergence", bare, PlatenWeak2::withStep, second(sheet), 4);
        RunningMoments noQ =
                StationaryLaw.sample(sheet, "theorem-22, no ∇·Q", still, PlatenWeak2::withStep, second(sheet), 7);
        RunningMoments wrongSign =
                StationaryLaw.sample(sheet, "theorem-22, −∇·Q", flipped, PlatenWeak2::withStep, second(sheet), 5);
        law.differs(evidence, "control, β⁻¹∇·(D+Q) left out", noDivergence);
        law.differs(evidence, "control, β⁻¹∇·Q left out", noQ);
        law.differs(
                sheet.fails(
                        THEOREM_22,
                        "∇·Q summed over the first index, which the words “column-wise” after eq. (FP) say: its sign is flipped"),
                "D(x) and Q(x), Itô equation",
                wrongSign);
        draw(panel, "A-type: dx = −(D + Q)∇Φ dt + √(2β⁻¹D) dW", law, other, -0.16);
        draw(panel, "Itô, with the drift of eq. (19)", law, plain, -0.08);
        draw(panel, "control: β⁻¹∇·(D + Q) left out", law, noDivergence, 0.0);
        draw(panel, "control: β⁻¹∇·Q left out", law, noQ, 0.08);
        draw(panel, "control: sign of ∇·Q flipped", law, wrongSign, 0.16);
    }

    /** Eq. (7), which is eq. (19) for Q = 0, with a D of the state: its steady state, and no current in it. */
    private static void withoutRotation(Sheet sheet) {
        Decomposition still = new Decomposition(TWISTED.potential(), TWISTED.diffusion(), AntisymmetricField.zero(2));
        Sde sde = still.aType(HALF).toIto();
        Evidence evidence = sheet.holds(EQUATION_7, "a D that depends on the state, β = 2");
        StationaryLaw.of(TWISTED.potential(), 2.0)
                .agrees(
                        evidence,
                        "D(x), Q = 0",
                        StationaryLaw.sample(sheet, "theorem-22, Q = 0", sde, PlatenWeak2::withStep, second(sheet), 8));
        steadyState(evidence, "D(x), Q = 0", sde, sheet);
        double[] force = new double[2];
        int cells = cells(sheet);
        for (int k = 0; k < 2; k++) {
            force[k] = GridDecomposition.of(sde, grid(cells << k), Boundary.REFLECTING)
                    .residual(Claim.DETAILED_BALANCE)
                    .relative();
        }
        Extrapolated none = Extrapolated.of(force[0], force[1]);
        sheet.holds(EQUATION_A6, "a D that depends on the state, β = 2")
                .measure("D(x), Q = 0: √E[|j|²]/√E[|∇f|²], extrapolated from two grids", none.value())
                .discretisationError(none.error())
                .near(0.0, estimatedErrors(1), closedForm("j = 0"));
    }

    private static int cells(Sheet sheet) {
        return sheet.choose(48, 96, 160);
    }

    private static Grid grid(int cells) {
        return Grid.of(Axis.uniform(-2.8, 2.8, cells), Axis.uniform(-3.6, 3.6, cells));
    }

    /** The error of the grid's steady state on two grids, taken to cells of no width. */
    private static void steadyState(Evidence evidence, String what, Sde sde, Sheet sheet) {
        double[] distance = new double[2];
        for (int k = 0; k < 2; k++) {
            Grid grid = grid(cells(sheet) << k);
            Density found = FokkerPlanck.of(sde, grid, Boundary.REFLECTING)
                    .steadyState()
                    .density();
            distance[k] = found.l1Distance(Density.gibbs(grid, TWISTED.potential(), HALF));
        }
        Extrapolated limit = Extrapolated.of(distance[0], distance[1]);
        evidence.measure(what + ": L¹ distance of the grid’s steady state to e^(−βΦ)/Z, extrapolated", limit.value())
                .discretisationError(limit.error())
                .near(0.0, estimatedErrors(1), closedForm("eq. (19)"));
    }

    /** The equation less so many times β⁻¹∇·Q. */
    private static Sde lessDivergenceOfQ(Sde ito, double times) {
        MatrixField q = TWISTED.antisymmetric();
        VectorField drift = (x, out) -> {
            double[] divergence = new double[out.length];
            q.divergence(x, divergence);
            ito.drift().at(x, out);
            for (int i = 0; i < out.length; i++) {
                out[i] -= times * HALF.value() * divergence[i];
            }
        };
        return Sde.ito(drift, TWISTED.diffusion(), HALF);
    }

    private static double largestDifference(VectorField a, VectorField b) {
        Grid grid = Grid.square(-3, 3, 100);
        double[] x = new double[2];
        double[] first = new double[2];
        double[] second = new double[2];
        double largest = 0.0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            grid.centre(cell, x);
            a.at(x, first);
            b.at(x, second);
            largest = Math.max(largest, Math.hypot(first[0] - second[0], first[1] - second[1]));
        }
        return largest;
    }
}
