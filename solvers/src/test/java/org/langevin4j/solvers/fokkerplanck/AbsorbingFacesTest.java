package org.langevin4j.solvers.fokkerplanck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

/** Mean times to an absorbing face by both forms of an equation, on uneven axes and at temperatures other than one. */
class AbsorbingFacesTest {

    private static Axis uneven(double from, double to, int cells) {
        double[] edges = new double[cells + 1];
        for (int k = 0; k <= cells; k++) {
            double u = (double) k / cells;
            edges[k] = from + (to - from) * (0.6 * u + 0.4 * u * u);
        }
        return Axis.of(edges);
    }

    /** Widths 1, 2, 1, 2 …: what is right on smooth axes alone is wrong by an eighth here. */
    private static Axis rough(double from, double to, int cells) {
        double[] edges = new double[cells + 1];
        for (int k = 0; k <= cells; k++) {
            edges[k] = from + (to - from) * (k / 2 * 3 + k % 2) / (1.5 * cells);
        }
        return Axis.of(edges);
    }

    private static final Potential WELLS = Potential.of(
            x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0], (x, out) -> out[0] = x[0] * x[0] * x[0] - x[0]);

    /**
     * From every cell between a wall at −1.5 and the face at 1.2, Φ = x⁴/4 − x²/2, D = 1 + 0.4 sin 2x:
     * β∫dy e^(βΦ(y))/D(y) ∫dz e^(−βΦ(z)), by the trapezoidal rule and for −0.7 by scipy.integrate.quad.
     */
    @ParameterizedTest
    @CsvSource({
        "true, false, 0.3, 11.249199640678178",
        "false, false, 0.3, 11.249199640678178",
        "true, false, 2, 1.508144026295427",
        "false, false, 2, 1.508144026295427",
        "true, true, 0.3, 11.249199640678178",
        "false, true, 2, 1.508144026295427"
    })
    void meanTimesOnALine(boolean balanced, boolean rough, double temperature, double atMinusSevenTenths) {
        Decomposition system = new Decomposition(
                WELLS,
                Diffusion.automaticDiagonal(1, x ->
                        new Gradient[] {x[0].multiply(2).sin().multiply(0.4).add(1)}),
                AntisymmetricField.zero(1));
        double[] exact = meanTimes(temperature, 27_000);
        assertThat(exact[8_000]).isCloseTo(atMinusSevenTenths, within(1e-6 * atMinusSevenTenths));
        double[] errors = new double[2];
        for (int i = 0; i < 2; i++) {
            Grid grid = Grid.of(rough ? rough(-1.5, 1.2, 50 << i) : uneven(-1.5, 1.2, 50 << i));
            Region region = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.REFLECTING, Boundary.ABSORBING);
            CellFunction found = HittingProblem.of(equation(balanced, system, temperature, region))
                    .meanTime();
            for (int cell = 0; cell < grid.cells(); cell++) {
                double place = (grid.axis(0).centre(cell) + 1.5) / 1e-4;
                int below = (int) place;
                double time = exact[below] + (place - below) * (exact[below + 1] - exact[below]);
                errors[i] = Math.max(errors[i], Math.abs(found.value(cell) - time) / exact[0]);
            }
        }
        assertThat(errors[1]).isLessThan(3e-4);
        assertThat(errors[0] / errors[1]).isBetween(3.0, 5.0);
    }

    /** At −1.5 + 2.7k/n. */
    private static double[] meanTimes(double temperature, int n) {
        double h = 2.7 / n;
        double[] slope = new double[n + 1];
        double inner = 0.0;
        double before = 0.0;
        for (int k = 0; k <= n; k++) {
            double y = -1.5 + k * h;
            double weight = Math.exp(-WELLS.at(new double[] {y}) / temperature);
            inner += k == 0 ? 0.0 : 0.5 * h * (before + weight);
            before = weight;
            slope[k] = inner / weight / (1 + 0.4 * Math.sin(2 * y)) / temperature;
        }
        double[] times = new double[n + 1];
        for (int k = n - 1; k >= 0; k--) {
            times[k] = times[k + 1] + 0.5 * h * (slope[k] + slope[k + 1]);
        }
        return times;
    }

    private static FokkerPlanck equation(boolean balanced, Decomposition system, double temperature, Region region) {
        Temperature t = Temperature.of(temperature);
        return balanced ? FokkerPlanck.of(system, t, region) : FokkerPlanck.of(system.aType(t), region);
    }

    /** A current that leaves through the face: the two forms, of nothing in common but the equation, meet. */
    @ParameterizedTest
    @ValueSource(doubles = {0.35, 2.0})
    void theRotationCarriesOutThroughTheFace(double temperature) {
        Potential bowl = Potential.of(x -> 0.5 * x[0] * x[0] + x[1] * x[1], (x, out) -> {
            out[0] = x[0];
            out[1] = 2 * x[1];
        });
        Decomposition system = new Decomposition(
                bowl,
                Diffusion.diagonal(1.0, 0.4),
                AntisymmetricField.constant(MatrixUtils.createRealMatrix(new double[][] {{0, 0.8}, {-0.8, 0}})));
        // At the reflecting walls, where the two forms treat the rotation in different ways, there is nothing.
        double scale = Math.sqrt(temperature);
        double[] differences = new double[2];
        for (int i = 0; i < 2; i++) {
            Region region = Region.of(
                            Grid.of(
                                    uneven(-4.5 * scale, 0.8 * scale, 24 << i),
                                    uneven(-3.3 * scale, 3.3 * scale, 24 << i)),
                            Boundary.REFLECTING)
                    .withFaces(0, Boundary.REFLECTING, Boundary.ABSORBING);
            double[] times = new double[2];
            for (int form = 0; form < 2; form++) {
                times[form] = HittingProblem.of(equation(form == 0, system, temperature, region))
                        .meanTime()
                        .at(-0.3 * scale, 0.2 * scale);
            }
            differences[i] = Math.abs(times[0] / times[1] - 1);
        }
        assertThat(differences[1]).isLessThan(2e-3);
        assertThat(differences[0] / differences[1]).isBetween(3.0, 5.0);
    }
}
