package org.langevin4j.examples.paper.potential;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.SECTION_V;
import static org.langevin4j.examples.experiment.Tolerance.rounding;

import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.linear.MatrixUtils;
import org.langevin4j.core.field.GaussLegendre;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.Sheet;

/**
 * Whether D⁻¹∇f is the gradient of anything (Chaudhari and Soatto 2018, Section V): its circulation ∮ D⁻¹∇f·dx about the unit square,
 * which is 0 for a gradient. Integrals along the sides by Gauss and Legendre's rule of 40 nodes; the functions are analytic and the
 * rule exact to rounding. What detailed balance asks for is not ∇Φ = D⁻¹∇f but ∇Φ = D⁻¹(∇f + β⁻¹∇·D), eq. (A6).
 */
public final class SectionV implements Experiment {

    private static final double ROUNDING = 1e-12;

    /** Temperature of the D(x) that balances ∇f = x. */
    private static final double HALF = 0.5;

    @Override
    public String name() {
        return "section-v";
    }

    @Override
    public String summary() {
        return "The circulation of D⁻¹∇f, which no Φ with ∇Φ = D⁻¹∇f allows; and what detailed balance asks for instead";
    }

    @Override
    public void run(Sheet sheet) {
        VectorField coupled = (x, out) -> {
            out[0] = 2.0 * x[0] + x[1];
            out[1] = x[0] + 2.0 * x[1];
        };
        VectorField bowl = (x, out) -> {
            out[0] = 2.0 * x[0];
            out[1] = x[1];
        };
        VectorField well = (x, out) -> {
            out[0] = x[0] * x[0] * x[0] - x[0];
            out[1] = x[1];
        };
        Evidence holds = sheet.holds(
                SECTION_V,
                "a constant D with eigenvalues 1 and ¼ and a loss of one or of two minima, and for D = (1 + x₁²) I: D⁻¹∇f circulates");
        circulates(
                holds,
                "f = x₁² + x₁x₂ + x₂², D = diag(1, ¼)",
                circulation(constant(1.0, 0.0, 0.25), coupled, 0.0),
                3.0,
                "4 − 1 over the square");
        circulates(
                holds,
                "f = (x₁² − 1)²/4 + x₂²/2, D of eigenvalues 1 and ¼ along the diagonals",
                circulation(constant(0.625, 0.375, 0.625), well, 0.0),
                1.5,
                "−3/2 (3x₁² − 2) over the square");
        circulates(
                holds,
                "f = x₁² + x₂²/2, D = (1 + x₁²) I, no direction preferred at any x",
                circulation(diagonal(x -> 1.0 + x[0] * x[0], x -> 1.0 + x[0] * x[0]), bowl, 0.0),
                -0.25,
                "−2x₁x₂/(1 + x₁²)² over the square");
        Evidence exists = sheet.supplement("A D that is no multiple of I need not circulate: D⁻¹∇f is then ∇Φ");
        circulates(
                exists,
                "f = (x₁² − 1)²/4 + x₂²/2, D = diag(1, ¼)",
                circulation(constant(1.0, 0.0, 0.25), well, 0.0),
                0.0,
                "D commutes with the Hessian everywhere");
        balanced(sheet);
    }

    private static void circulates(Evidence evidence, String system, double found, double expected, String why) {
        evidence.measure(system + ": ∮ D⁻¹∇f·dx about the unit square", found)
                .exact()
                .near(expected, rounding(ROUNDING), closedForm(why));
    }

    /**
     * ∇f = x and D = diag(1 + e^(x₁²/2T)/(1 + x₂²), 1) have Φ = |x|²/2 at the temperature T, as ∂₁D₁₁ = (D₁₁ − 1)x₁/T: detailed balance,
     * though D⁻¹∇f is no gradient.
     */
    private static void balanced(Sheet sheet) {
        VectorField slope = (x, out) -> {
            out[0] = x[0];
            out[1] = x[1];
        };
        MatrixField d = diagonal(x -> 1.0 + Math.exp(0.5 * x[0] * x[0] / HALF) / (1.0 + x[1] * x[1]), x -> 1.0);
        Evidence evidence = sheet.supplement(
                "Where D varies, the curl of D⁻¹∇f does not decide on detailed balance, that of D⁻¹(∇f + β⁻¹∇·D) does");
        String system = "f = |x|²/2, D = diag(1 + e^(x₁²)/(1 + x₂²), 1): ";
        double cold = HALF * (Math.log(1.0 + 0.5 * Math.E) - Math.log(1.5) - Math.log(1.0 + Math.E) + Math.log(2.0));
        evidence.measure(system + "∮ D⁻¹∇f·dx about the unit square", circulation(d, slope, 0.0))
                .exact()
                .near(cold, rounding(ROUNDING), closedForm("½[u − ln(1 + geᵘ)] along the two sides, g = 1 and ½"));
        evidence.measure(system + "∮ D⁻¹(∇f + ½∇·D)·dx, the same at β = 2", circulation(d, slope, HALF))
                .exact()
                // ∇·D comes from differences, which are good to 1e-12 of D.
                .near(0.0, rounding(1e-10), closedForm("eq. (A6) with Φ = |x|²/2"));
        evidence.measure(system + "∮ D⁻¹(∇f + ∇·D)·dx, at β = 1", circulation(d, slope, 1.0))
                .exact()
                .near(-cold, rounding(1e-10), closedForm("affine in β⁻¹ and 0 at ½: balance at one temperature only"));
    }

    private static MatrixField constant(double d11, double d12, double d22) {
        return MatrixField.of(
                2,
                (x, out) -> {
                    out[0] = d11;
                    out[1] = d12;
                    out[2] = d12;
                    out[3] = d22;
                },
                (x, out) -> {
                    out[0] = 0.0;
                    out[1] = 0.0;
                });
    }

    private static MatrixField diagonal(ScalarField first, ScalarField second) {
        return MatrixField.of(2, (x, out) -> {
            out[0] = first.at(x);
            out[1] = 0.0;
            out[2] = 0.0;
            out[3] = second.at(x);
        });
    }

    /**
     * ∮ D⁻¹(∇f + T∇·D)·dx about the unit square, counter-clockwise.
     *
     * @param d symmetric and invertible on the square
     * @param slope ∇f
     * @param temperature T, zero to leave ∇·D out
     */
    static double circulation(MatrixField d, VectorField slope, double temperature) {
        GaussIntegrator side = GaussLegendre.rule(40, 0.0, 1.0);
        return side.integrate(s -> component(d, slope, temperature, 0, s, 0.0)
                + component(d, slope, temperature, 1, 1.0, s)
                - component(d, slope, temperature, 0, s, 1.0)
                - component(d, slope, temperature, 1, 0.0, s));
    }

    private static double component(MatrixField d, VectorField slope, double temperature, int i, double... x) {
        double[] v = new double[2];
        double[] divergence = new double[2];
        double[] entries = new double[4];
        slope.at(x, v);
        d.divergence(x, divergence);
        d.at(x, entries);
        for (int k = 0; k < 2; k++) {
            v[k] += temperature * divergence[k];
        }
        return LuFactors.of(MatrixUtils.createRealMatrix(
                        new double[][] {{entries[0], entries[1]}, {entries[2], entries[3]}}))
                .solve(v)[i];
    }
}
