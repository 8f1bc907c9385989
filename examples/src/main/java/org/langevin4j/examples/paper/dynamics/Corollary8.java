package org.langevin4j.examples.paper.dynamics;

import static org.langevin4j.examples.experiment.Oracle.construction;
import static org.langevin4j.examples.experiment.Oracle.literature;
import static org.langevin4j.examples.experiment.Statement.COROLLARY_8;
import static org.langevin4j.examples.experiment.Tolerance.estimatedErrors;
import static org.langevin4j.examples.experiment.Tolerance.none;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.charts.Figure;
import org.langevin4j.charts.XyPanel;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.transport.JkoFlow;
import org.langevin4j.solvers.transport.JkoFunctional;

/** Corollary 8: for D = I and b = −∇f the Fokker–Planck flow is the gradient flow of F in W₂, as the JKO scheme shows. */
public final class Corollary8 implements Experiment {

    static final Temperature HALF = Temperature.of(0.5);

    static final String GRADIENT =
            "D = I and b = −∇f: a parabola and a double well in one dimension, the double well in two";

    @Override
    public String name() {
        return "corollary-8";
    }

    @Override
    public String summary() {
        return "The JKO scheme, exact in 1-D and by entropic transport in 2-D, tends to the Fokker–Planck flow as τ → 0";
    }

    @Override
    public void run(Sheet sheet) throws IOException {
        XyPanel errors = XyPanel.titled("JKO against the Fokker–Planck flow, at t = 1")
                .xAxis("τ")
                .yAxis("W₂(JKO, Fokker–Planck)")
                .logX()
                .logY();
        XyPanel line = functionalPanel("Double well in 1-D, β = 2");
        XyPanel plane = functionalPanel("Double well in 2-D, β = 1");
        QuantileTransport.gaussian(sheet, errors);
        QuantileTransport.doubleWell(sheet, errors, line);
        QuantileTransport.energyIdentity(sheet);
        EntropicTransport.doubleWell(sheet, errors, plane);
        XyPanel bias = EntropicTransport.bias(sheet);
        guide(errors, "∝ τ", 0.0125, 0.2, 0.5, 1);
        sheet.figure(
                "errors",
                "Left: the distance of the JKO scheme to the Fokker–Planck flow at t = 1 falls like τ, in one dimension by"
                        + " quantiles and in two by entropic transport. Right: what the entropic penalty ε adds, in a case where"
                        + " the exact step is known: order ε² with the temperature corrected, order ε without.",
                Figure.titled("Corollary 8: error in the step τ, and bias of the entropic penalty ε")
                        .row(errors, bias),
                COROLLARY_8);
        sheet.figure(
                "functional",
                "F above its minimum along the Fokker–Planck flow and along the JKO scheme with a long and a short step, on a"
                        + " logarithmic scale: it falls at every step of each.",
                Figure.titled("F(ρ) = E[f] − β⁻¹H(ρ), above its minimum −β⁻¹ log Z, along both flows")
                        .row(line, plane),
                COROLLARY_8);
    }

    private static XyPanel functionalPanel(String title) {
        return XyPanel.titled(title)
                .xAxis("t")
                .yAxis("F + β⁻¹ log Z")
                .xRange(-0.03, 1.03)
                .logY();
    }

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
