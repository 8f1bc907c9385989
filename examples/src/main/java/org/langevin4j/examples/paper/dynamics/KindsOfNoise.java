package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Oracle.independent;
import static org.langevin4j.examples.experiment.Statement.ASSUMPTION_3;
import static org.langevin4j.examples.experiment.Statement.LEMMA_7;
import static org.langevin4j.examples.experiment.Statement.THEOREM_5;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.FreeEnergy;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.models.analytic.TwistedWell;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.FreeEnergyTrace;

/** Theorem 5 for every kind of D, each with the potential Φ of Example 19, and with the conservative force j and without. */
final class KindsOfNoise {

    private static final double STEP = 0.05;
    private static final int STEPS = 120;

    /** Of the start, N((1, 1), 0.4²). */
    static final double SPREAD = 0.4;

    private static final RealMatrix LINE = MatrixUtils.createRealMatrix(new double[][] {{0.8, 0.4}, {0.4, 0.2}});

    private static final String NO_PART =
            "its first half: j has no part in dF/dt at a given ρ, for D isotropic, constant, D(x) and of rank one";

    private KindsOfNoise() {}

    /**
     * A system (Φ, D, Q).
     *
     * @param order of the discretisation in the width of the cells: where D is singular the rotation must be upwinded
     */
    record Kind(String name, Decomposition system, Temperature temperature, int order) {

        FokkerPlanck equation(int cells, boolean force) {
            Decomposition one = force
                    ? system
                    : new Decomposition(system.potential(), system.diffusion(), AntisymmetricField.zero(2));
            return FokkerPlanck.of(one, temperature, Region.of(square(cells), Boundary.REFLECTING));
        }

        Density steady(int cells) {
            return Density.gibbs(square(cells), system.potential(), temperature);
        }

        double rate(int cells, boolean force) {
            return equation(cells, force).freeEnergyRate(start(cells), steady(cells));
        }

        /** −∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ of the start, ∇δF/δρ = ∇Φ − β⁻¹(x − m)/σ², by the midpoint rule. */
        double formula() {
            double[] g = new double[2];
            double[] dg = new double[2];
            return -start(800).expectation(x -> {
                system.potential().gradient(x, g);
                for (int i = 0; i < 2; i++) {
                    g[i] -= temperature.value() * (x[i] - 1.0) / (SPREAD * SPREAD);
                }
                system.diffusion().times(x, g, dg);
                return g[0] * dg[0] + g[1] * dg[1];
            });
        }
    }

    static Grid square(int cells) {
        return Grid.square(-FallingFreeEnergy.HALF_WIDTH, FallingFreeEnergy.HALF_WIDTH, cells);
    }

    static Density start(int cells) {
        return Density.gaussian(square(cells), new double[] {1.0, 1.0}, SPREAD);
    }

    static List<Kind> kinds() {
        DoubleWell model = new DoubleWell(1.5);
        Temperature one = Temperature.of(1.0);
        Temperature half = Temperature.of(0.5);
        RealMatrix oblique = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.4}, {0.4, 0.6}});
        AntisymmetricField q =
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 1.5}, {-1.5, 0}}));
        return List.of(
                new Kind("Example 19, β = 1", model.decomposition(one).orElseThrow(), one, 2),
                new Kind(
                        "D constant, correlated, β = 2",
                        new Decomposition(model.potential(), Diffusion.constant(oblique), q),
                        half,
                        2),
                new Kind("D(x), β = 2", new TwistedWell(2.0).decomposition(half).orElseThrow(), half, 2),
                new Kind(
                        "D of rank one, β = 2",
                        new Decomposition(model.potential(), Diffusion.constant(LINE), q),
                        half,
                        1));
    }

    static void run(Sheet sheet) throws IOException {
        List<Kind> kinds = kinds();
        XyPanel[] energies = new XyPanel[4];
        XyPanel[] rates = new XyPanel[4];
        for (int k = 0; k < 4; k++) {
            Kind kind = kinds.get(k);
            startingRates(sheet, kind);
            int cells = sheet.choose(48, 96, 160);
            Evolution flow = kind.equation(cells, true).evolve(start(cells), STEP, STEPS);
            Evolution still = kind.equation(cells, false).evolve(start(cells), STEP, STEPS);
            FreeEnergyTrace with = flow.freeEnergyRelativeTo(kind.steady(cells));
            FreeEnergyTrace without = still.freeEnergyRelativeTo(kind.steady(cells));
            FallingFreeEnergy.consistency(sheet, kind.name() + ", with j", flow, with);
            FallingFreeEnergy.consistency(sheet, kind.name() + ", without j", still, without);
            double[] times = FallingFreeEnergy.times(with);
            energies[k] = XyPanel.titled(kind.name())
                    .xAxis("t")
                    .yAxis("F(ρ(t))")
                    .logY()
                    .yRange(1e-5, 10)
                    .line("with j", times, FallingFreeEnergy.array(with, FreeEnergy::total))
                    .line("without j", times, FallingFreeEnergy.array(without, FreeEnergy::total));
            double[][] formula = new double[2][STEPS / 8];
            for (int i = 0; i < formula[0].length; i++) {
                formula[0][i] = times[8 * i];
                formula[1][i] = -FreeEnergy.rate(
                        flow.densities().get(8 * i),
                        kind.steady(cells),
                        kind.system().diffusion(),
                        kind.temperature());
            }
            rates[k] = XyPanel.titled(kind.name())
                    .xAxis("t")
                    .yAxis("−dF/dt")
                    .logY()
                    .yRange(1e-5, 100)
                    .line(
                            "of the flow with j",
                            times,
                            with.rates().stream().mapToDouble(rate -> -rate).toArray())
                    .points("∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ", formula[0], formula[1]);
        }
        flatAcross(sheet, kinds.get(3));
        sheet.figure(
                "kinds",
                "F(ρ(t)) for four kinds of D, with the conservative force j and without: both fall from the same start at the same"
                        + " rate, then ρ(t) differs. With D of rank one and no j there is no way to the steady state, and F stays"
                        + " above zero.",
                Figure.titled("F(ρ(t)) with and without the conservative force j, Φ a double well")
                        .row(energies[0], energies[1])
                        .row(energies[2], energies[3])
                        .panelSize(520, 360),
                THEOREM_5,
                LEMMA_7,
                ASSUMPTION_3);
        sheet.figure(
                "rates",
                "−dF/dt along the flows with j: of the Markov process on the grid, and by the formula of Theorem 5, which does not"
                        + " contain j. With D of rank one the grid is of first order only.",
                Figure.titled("−dF/dt in two ways (Theorem 5)")
                        .row(rates[0], rates[1])
                        .row(rates[2], rates[3])
                        .panelSize(520, 360),
                THEOREM_5);
    }

    /** dF/dt of the start as the grid has it, with j and without. */
    private static void startingRates(Sheet sheet, Kind kind) {
        double[] with = new double[3];
        double[] share = new double[3];
        for (int k = 0; k < 3; k++) {
            int cells = sheet.choose(48, 64, 96) << k;
            with[k] = kind.rate(cells, true);
            share[k] = with[k] / kind.rate(cells, false) - 1.0;
        }
        Limit.of(kind.order(), with[0], with[1], with[2])
                .on(sheet.holds(THEOREM_5, FallingFreeEnergy.FALLS), kind.name() + ": dF/dt of the start, with j")
                .in("nats/time")
                .near(
                        kind.formula(),
                        estimatedErrors(2),
                        closedForm("−∫ρ D:(∇δF/δρ)(∇δF/δρ)ᵀ, no j in it, by quadrature"));
        Limit.of(kind.order(), share[0], share[1], share[2])
                .on(sheet.holds(LEMMA_7, NO_PART), kind.name() + ": share of j in dF/dt of the start")
                .near(0.0, estimatedErrors(2), closedForm("∫ρ j·∇δF/δρ = 0 by ∇·(jρˢˢ) = 0"));
    }

    /**
     * D = vvᵀ, v = (2, 1)/√5, and f = ((v·x)² − 1)²/4: each line along v keeps its share p of the mass, and F falls to β⁻¹ Σ p
     * log(p/pˢˢ).
     */
    private static void flatAcross(Sheet sheet, Kind rotating) {
        double scale = 1.0 / Math.sqrt(5.0);
        Potential loss = Potential.of(
                x -> 0.25 * Math.pow(scale * scale * Math.pow(2.0 * x[0] + x[1], 2) - 1.0, 2), (x, out) -> {
                    double u = scale * (2.0 * x[0] + x[1]);
                    out[0] = 2.0 * scale * u * (u * u - 1.0);
                    out[1] = scale * u * (u * u - 1.0);
                });
        Kind flat = new Kind(
                "",
                new Decomposition(loss, Diffusion.constant(LINE), AntisymmetricField.zero(2)),
                rotating.temperature(),
                2);
        int cells = sheet.choose(24, 32, 48);
        Limit.of(2, late(flat, cells, false), late(flat, 2 * cells, false), late(flat, 4 * cells, false))
                .on(
                        sheet.fails(
                                ASSUMPTION_3,
                                "D = vvᵀ of rank one and a loss f(v·x), flat across: lines along v keep their mass, and ρˢˢ is"
                                        + " not unique"),
                        "F to e^(−βf)/Z at t = 30, β = 2, 0 if the steady state were unique")
                .in("nats")
                .near(
                        0.6957609,
                        estimatedErrors(2).plus(1e-6, "of the reference"),
                        independent("β⁻¹KL of the lines’ shares, NumPy sums over 768² points"));
        sheet.holds(ASSUMPTION_3, "D of rank one with a j that leads across its lines")
                .measure(
                        "F to e^(−βΦ)/Z at t = 30, β = 2, over that without j",
                        late(rotating, cells, true) / late(rotating, cells, false))
                .atMost(1e-6, none(), closedForm("0 as t → ∞"));
    }

    private static double late(Kind kind, int cells, boolean force) {
        Evolution flow = kind.equation(cells, force).evolve(start(cells), 0.5, 60);
        return FreeEnergy.of(flow.last(), kind.steady(cells), kind.temperature())
                .total();
    }
}
