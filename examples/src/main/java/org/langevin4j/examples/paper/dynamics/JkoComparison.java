package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.COROLLARY_8;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.transport.JkoFlow;
import org.langevin4j.solvers.transport.JkoFunctional;

/** How a JKO scheme is compared with the Fokker–Planck flow. */
final class JkoComparison {

    static final Temperature HALF = Temperature.of(0.5);

    static final String GRADIENT =
            "D = I and b = −∇f: a parabola and a double well in one dimension, the double well in two";

    private JkoComparison() {}

    /** A power law beside the points, for the eye. */
    static void guide(XyPanel panel, String name, double from, double to, double factor, int power) {
        panel.line(name, new double[] {from, to}, new double[] {
            factor * Math.pow(from, power), factor * Math.pow(to, power)
        });
    }

    static double[] halvings(double first, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> first / (1 << i));
        return values;
    }

    static String text(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** F above −β⁻¹ log Z, its least value, by the rule of the grid. */
    static double[] aboveMinimum(
            List<JkoFunctional> values, Grid grid, ScalarField potential, Temperature temperature) {
        double minimum = JkoFunctional.of(Density.gibbs(grid, potential, temperature), potential, temperature)
                .total();
        return values.stream().mapToDouble(f -> f.total() - minimum).toArray();
    }

    static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static List<JkoFunctional> functionals(Evolution flow, ScalarField potential) {
        return flow.densities().stream()
                .map(density -> JkoFunctional.of(density, potential, flow.temperature()))
                .toList();
    }

    static void falls(Sheet sheet, String which, List<JkoFlow> schemes) {
        int steps = schemes.stream().mapToInt(scheme -> scheme.steps().size()).sum();
        sheet.consistency("F falls at every step of a scheme that minimises it")
                .measure(
                        which + ": JKO steps at which F increases, of " + steps,
                        schemes.stream().mapToInt(JkoFlow::increases).sum())
                .exact()
                .near(0.0, none(), construction("each step is a minimum of W₂²/(2τ) + F"));
    }

    /** d(τ) = aτ + O(τ²) at halved τ: the order of the last halving, and what is left as τ → 0 but for a bias of the method. */
    static void firstOrder(Sheet sheet, String name, double[] distances, double bias) {
        int n = distances.length - 1;
        double log2 = Math.log(2.0);
        double last = Math.log(distances[n - 1] / distances[n]) / log2;
        double before = Math.log(distances[n - 2] / distances[n - 1]) / log2;
        Evidence evidence = sheet.holds(COROLLARY_8, GRADIENT);
        var euler = literature("Jordan, Kinderlehrer and Otto 1998; an implicit Euler step in W₂");
        evidence.measure(name + ": order of W₂(JKO, Fokker–Planck) in τ, last halving", last)
                .discretisationError(Math.abs(last - before))
                .near(1.0, estimatedErrors(2), euler);
        double limit = 2.0 * distances[n] - distances[n - 1];
        evidence.measure(name + ": W₂(JKO, Fokker–Planck) as τ → 0", limit)
                .discretisationError(Math.abs(limit - (2.0 * distances[n - 1] - distances[n - 2])))
                .near(0.0, estimatedErrors(1).plus(bias, "bias of the method"), euler);
        evidence.measure(name + ": the same at the shortest τ", distances[n]);
    }
}
