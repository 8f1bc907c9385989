package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.INTRODUCTION_LINEAR;
import static org.langevin4j.examples.experiment.Statement.REMARK_25;
import static org.langevin4j.examples.experiment.Statement.REMARK_26;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.decomposition.Claim;
import org.langevin4j.solvers.decomposition.GridDecomposition;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/** A loss with two wells and a constant D = diag(1, a): what vanishes with the temperature and what does not. */
final class CriticalPointsOfLoss {

    static final String SMALL = "small β⁻¹: the first order in it";

    /** f = (x₁² − 1)²/4 + (x₂ − x₁)²/2, with minima at ±(1, 1). */
    private static final VectorField DRIFT = (x, out) -> {
        out[0] = -x[0] * (x[0] * x[0] - 1.0) + x[1] - x[0];
        out[1] = x[0] - x[1];
    };

    private static final double[] COLD = {0.0025, 0.005, 0.01};

    private CriticalPointsOfLoss() {}

    static void fixedLoss(Sheet sheet, XyPanel apart, XyPanel irreversible) {
        double[] temperatures = {0.04, 0.06, 0.1, 0.15, 0.2};
        Grid grid = Grid.square(-3.0, 3.0, sheet.choose(120, 240, 480));
        for (double a : new double[] {2.0, 4.0, 8.0}) {
            LossExpansion expansion = LossExpansion.of(a);
            String title = String.format(Locale.ROOT, "a = %.0f", a);
            Evidence[] evidence = {
                sheet.holds(REMARK_25, "a loss with two wells and constant D = diag(1, a)"),
                sheet.fails(
                        REMARK_26,
                        "the entropy production, where D does not commute with the Hessian: its limit as β⁻¹ → 0 is not zero"),
                sheet.holds(REMARK_26, "the distance of critical points and E|j|², both ∝ β⁻¹ as β⁻¹ → 0")
            };
            String[] names = {"distance over β⁻¹", "entropy production", "E|j|² over β⁻¹"};
            double[] exact = {
                Math.hypot(expansion.displacement[0], expansion.displacement[1]),
                expansion.entropyProduction,
                expansion.force
            };
            double[][] cold = new double[COLD.length][];
            for (int k = 0; k < COLD.length; k++) {
                cold[k] = aroundOneWell(a, COLD[k], expansion, sheet.choose(48, 64, 96));
            }
            for (int i = 0; i < names.length; i++) {
                double linear = 2.0 * cold[0][i] - cold[1][i];
                double limit = extrapolated(cold[0][i], cold[1][i], cold[2][i]);
                double error = Math.abs(limit - linear) + cold[0][i + names.length];
                evidence[i]
                        .measure(title + ": " + names[i] + " as β⁻¹ → 0", limit)
                        .in(i == 1 ? "nats/time" : "")
                        .discretisationError(error)
                        .near(exact[i], estimatedErrors(1), closedForm("expansion in β⁻¹ at a minimum of the loss"));
            }
            addBoth(sheet, title, cold, exact[0]);
            draw(apart, irreversible, title, a, temperatures, grid, cold, exact);
        }
    }

    /** The same number bears on the introduction's words. */
    private static void addBoth(Sheet sheet, String title, double[][] cold, double exact) {
        double limit = extrapolated(cold[0][0], cold[1][0], cold[2][0]);
        sheet.holds(INTRODUCTION_LINEAR, SMALL)
                .measure(title + ", loss and D given: distance over β⁻¹ as β⁻¹ → 0", limit)
                .discretisationError(Math.abs(limit - 2.0 * cold[0][0] + cold[1][0]) + cold[0][3])
                .near(exact, estimatedErrors(1), closedForm("expansion in β⁻¹ at a minimum of the loss"));
    }

    /** Distance over β⁻¹, entropy production, E|j|² over β⁻¹, and the error of each, from two grids five deviations wide. */
    private static double[] aroundOneWell(double a, double temperature, LossExpansion expansion, int cells) {
        double[][] found = new double[2][];
        for (int i = 0; i < 2; i++) {
            double x = 5.0 * Math.sqrt(temperature * expansion.variances[0]);
            double y = 5.0 * Math.sqrt(temperature * expansion.variances[1]);
            Grid well = Grid.of(Axis.uniform(1.0 - x, 1.0 + x, cells << i), Axis.uniform(1.0 - y, 1.0 + y, cells << i));
            FokkerPlanck equation = equation(well, a, temperature);
            Density density = equation.steadyState().density();
            double force = GridDecomposition.of(sde(a, temperature), equation, density)
                    .residual(Claim.DETAILED_BALANCE)
                    .rms();
            found[i] = new double[] {
                distance(density) / temperature,
                equation.entropyProduction(density, density).total(),
                force * force / temperature
            };
        }
        double[] all = new double[6];
        for (int k = 0; k < 3; k++) {
            Extrapolated one = Extrapolated.of(found[0][k], found[1][k]);
            all[k] = one.value();
            all[k + 3] = one.error();
        }
        return all;
    }

    /** The value at 0 of the quadratic through values at T, 2T and 4T. */
    private static double extrapolated(double first, double second, double fourth) {
        return (8.0 * first - 6.0 * second + fourth) / 3.0;
    }

    private static double distance(Density density) {
        double[] at = MostLikely.point(density, 1.0, 1.0);
        return Math.hypot(at[0] - 1.0, at[1] - 1.0);
    }

    private static Sde sde(double a, double temperature) {
        return Sde.ito(DRIFT, Diffusion.diagonal(1.0, a), Temperature.of(temperature));
    }

    private static FokkerPlanck equation(Grid grid, double a, double temperature) {
        return FokkerPlanck.of(sde(a, temperature), grid, Boundary.REFLECTING);
    }

    private static void draw(
            XyPanel apart,
            XyPanel irreversible,
            String title,
            double a,
            double[] temperatures,
            Grid grid,
            double[][] cold,
            double... exact) {
        double[] theory = new double[temperatures.length];
        double[] found = new double[temperatures.length];
        double[] rates = new double[temperatures.length];
        for (int k = 0; k < temperatures.length; k++) {
            FokkerPlanck equation = equation(grid, a, temperatures[k]);
            Density density = equation.steadyState().density();
            found[k] = distance(density);
            theory[k] = temperatures[k] * exact[0];
            rates[k] = equation.entropyProduction(density, density).total();
        }
        apart.line(title + ", f given", temperatures, theory)
                .points(title + ", grid", temperatures, found)
                .like(title + ", f given");
        double[] x = DoubleStream.concat(Arrays.stream(COLD), Arrays.stream(temperatures))
                .toArray();
        double[] y = DoubleStream.concat(Arrays.stream(cold).mapToDouble(one -> one[1]), Arrays.stream(rates))
                .toArray();
        irreversible.points(title, x, y).horizontalLine(exact[1], title);
    }
}
