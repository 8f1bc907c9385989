package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** The adaptive steps at any tolerance, temperature, dimension and width of cells. */
class AdaptiveStepsTest {

    /** A well or two along x₁, and a rotation in the other coordinates; cells that grow outward along the first axis. */
    private static FokkerPlanck equation(int dimension, int cells, double wells, double beta, double growth) {
        VectorField drift = (x, b) -> {
            b[0] = wells * x[0] - x[0] * x[0] * x[0];
            for (int i = 1; i < x.length; i++) {
                b[i] = -x[i] + (i == 1 ? x[x.length - 1] : -x[1]);
            }
        };
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            edges[i] = 2.5 * Math.sinh(growth * (2.0 * i / cells - 1.0)) / Math.sinh(growth);
        }
        Axis[] axes = new Axis[dimension];
        Arrays.fill(axes, Axis.uniform(-2.5, 2.5, cells));
        axes[0] = Axis.of(edges);
        return FokkerPlanck.of(
                Sde.ito(drift, Diffusion.isotropic(dimension, 1.0), Temperature.of(1.0 / beta)),
                Grid.of(axes),
                Boundary.REFLECTING);
    }

    /** ρ(1 + εw), w = ±1 by turns. */
    private static Density perturbed(Density steady, double epsilon) {
        double[] values = new double[steady.grid().cells()];
        for (int k = 0; k < values.length; k++) {
            values[k] = steady.value(k) * (1.0 + (k % 2 == 0 ? epsilon : -epsilon));
        }
        return Density.of(steady.grid(), values).normalized();
    }

    /** Σ h/(t + h) is the time that counts once the fast modes have gone: a thousand times longer takes a few steps more. */
    @Property(tries = 25)
    void stepsGrowNearEquilibrium(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @DoubleRange(min = 2.0, max = 5.0) double digits,
            @ForAll @DoubleRange(min = -1.0, max = 1.0) double wells,
            @ForAll @DoubleRange(min = 0.1, max = 20.0) double beta,
            @ForAll @DoubleRange(min = 0.1, max = 3.0) double growth) {
        FokkerPlanck equation = equation(dimension, dimension == 1 ? 40 : dimension == 2 ? 10 : 5, wells, beta, growth);
        double[] values = new double[equation.grid().cells()];
        values[values.length / 3] = 1.0;
        Density start = Density.of(equation.grid(), values).normalized();
        double tolerance = Math.pow(10.0, -digits);
        Density steady = equation.steadyState().density();
        Evolution settled = equation.evolve(start, new double[] {1e-2, 1e4}, Integrator.adaptive(tolerance));
        Evolution longer = equation.evolve(start, new double[] {1e-2, 1e4, 1e8}, Integrator.adaptive(tolerance));
        assertThat(longer.last().l1Distance(steady)).isLessThan(tolerance);
        assertThat(longer.massError()).isLessThan(1e-11);
        assertThat(longer.diagnostics().steps())
                .isLessThan(2 * settled.diagnostics().steps() + 100);
    }

    /** What is left to do is below the rounding of a step: it is not refused. */
    @Property(tries = 40)
    void toleranceTimesStepBelowRoundingIsNoFailure(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @DoubleRange(min = 3.0, max = 10.0) double digits,
            @ForAll @DoubleRange(min = 9.0, max = 18.0) double nearness,
            @ForAll @DoubleRange(min = 0.1, max = 100.0) double beta,
            @ForAll @DoubleRange(min = 0.1, max = 3.0) double growth,
            @ForAll @DoubleRange(min = 0.0, max = 9.0) double decades) {
        FokkerPlanck equation = equation(dimension, dimension == 1 ? 40 : dimension == 2 ? 10 : 5, 1.0, beta, growth);
        Density steady = equation.steadyState().density();
        double epsilon = Math.pow(10.0, -nearness);
        Evolution flow = equation.evolve(
                perturbed(steady, epsilon),
                new double[] {Math.pow(10.0, decades)},
                Integrator.adaptive(Math.max(1e-10, Math.pow(10.0, -digits))));
        assertThat(flow.last().l1Distance(steady)).isLessThan(2.0 * epsilon + 1e-12);
        assertThat(flow.diagnostics().steps()).isLessThan(3000);
    }

    /** The same with solves by multigrid, whose accuracy is 1e-10. */
    @Test
    void norWithMultigrid() {
        FokkerPlanck equation = equation(3, 26, 1.0, 2.0, 1.0);
        Density steady = equation.steadyState().density();
        Evolution flow = equation.evolve(perturbed(steady, 1e-9), new double[] {1e5}, Integrator.adaptive(1e-10));
        assertThat(flow.last().l1Distance(steady)).isLessThan(1e-8);
        assertThat(flow.diagnostics().steps()).isLessThan(100);
    }
}
