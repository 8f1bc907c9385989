package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

class OrderedLineIntegralsTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);

    /**
     * V from the left well of the double well without rotation. The action is the sum of those of x and y, which do not know each other:
     * x has to climb to the saddle and goes on freely to the other well, as slowly as y wants; y climbs from 0.
     */
    private static final ScalarField BEYOND_THE_SADDLE = x -> 0.5 * x[1] * x[1]
            + (x[0] > 0.0 ? 0.25 : 0.0)
            + (x[0] > 0.0 && x[0] < 1.0 ? 0.0 : 0.25 * Math.pow(x[0] * x[0] - 1.0, 2));

    /** The fitted power of the width of a cell with which the error falls; all cells must be reached. */
    private static double order(int[] sizes, IntFunction<QuasiPotential> method, ScalarField exact, double below) {
        double[] logWidth = new double[sizes.length];
        double[] logError = new double[sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            QuasiPotential v = method.apply(sizes[k]);
            assertThat(v.reached()).isEqualTo(v.grid().cells());
            logWidth[k] = -Math.log(sizes[k]);
            logError[k] = Math.log(PathProblems.error(v, exact, below));
        }
        return PathProblems.slope(logWidth, logError);
    }

    private static Grid square(double from, double to, int cells) {
        return Grid.of(Axis.uniform(from, to, cells), Axis.uniform(-1.0, 1.0, cells));
    }

    private static final ScalarField PARABOLOID = x -> 0.5 * (x[0] * x[0] + x[1] * x[1]);

    /**
     * values.json, quasipotential_linear: Φ = |x|²/2 for every ω, in a circle that lies within the grid. A point that is settled by a
     * step from a single neighbour instead of the long one that it waits for is off by 1e-5 and spoils what lies beyond, at one radius and not
     * at the next.
     */
    @ParameterizedTest
    @CsvSource({"3, 129, 10", "3, 193, 12", "10, 129, 10", "10, 193, 11", "10, 193, 12", "10, 193, 15"})
    void linearRotationAtAnyRadius(double omega, int cells, int radius) {
        QuasiPotential v = OrderedLineIntegrals.of(PathProblems.linearRotation(omega), IDENTITY)
                .withRadius(radius)
                .around(square(-1.0, 1.0, cells), 0.0, 0.0);
        assertThat(PathProblems.error(v, PARABOLOID, 0.45)).isLessThan(1e-6);
    }

    @Test
    void linearRotation() {
        QuasiPotential v = OrderedLineIntegrals.of(PathProblems.linearRotation(10.0), IDENTITY)
                .around(square(-1.0, 1.0, 257), 0.0, 0.0);
        assertThat(PathProblems.error(v, PARABOLOID, 0.45)).isLessThan(1e-6);
        assertThat(v.ordered()).isEqualTo(v.grid().cells());
        assertThat(v.fronts()).isZero();
        double[] centre = new double[2];
        double[] slope = new double[2];
        for (int cell = 0; cell < v.grid().cells(); cell += 97) {
            v.grid().centre(cell, centre);
            if (PARABOLOID.at(centre) < 0.45) {
                v.gradient(cell, slope);
                assertThat(slope).containsExactly(centre, within(0.02));
            }
        }
    }

    /** b = −(D(x)+Q)x with the axes of D = R diag(1, ¼) Rᵀ turned by x₁ + 2x₂: Φ = |x|²/2. */
    @Test
    void turningDiffusion() {
        Diffusion diffusion = Diffusion.automaticFactor(2, 2, x -> {
            Gradient angle = x[1].multiply(2.0).add(x[0]);
            return new Gradient[][] {
                {angle.cos(), angle.sin().multiply(-0.5)},
                {angle.sin(), angle.cos().multiply(0.5)}
            };
        });
        VectorField drift = (x, out) -> {
            diffusion.times(x, x, out);
            out[0] = -out[0] - 3.0 * x[1];
            out[1] = -out[1] + 3.0 * x[0];
        };
        assertThat(order(
                        new int[] {65, 97, 145},
                        n -> OrderedLineIntegrals.of(drift, diffusion).around(square(-1.0, 1.0, n), 0.0, 0.0),
                        PARABOLOID,
                        0.45))
                .isGreaterThan(1.0);
    }

    /** −Fx with eigenvalues 0.85 ± 9.8i and a full D: V = ½xᵀΣ⁻¹x, narrow ellipses. */
    @Test
    void strongRotationWithFullDiffusion() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1.0, 12.0}, {-8.0, 0.7}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.5, 0.4}});
        RealMatrix u = PathProblems.quasiPotentialMatrix(f, d);
        ScalarField exact = x -> {
            double[] slope = u.operate(x);
            return 0.5 * (slope[0] * x[0] + slope[1] * x[1]);
        };
        double fits = 0.45 * determinant(u) / Math.max(u.getEntry(0, 0), u.getEntry(1, 1));
        assertThat(order(
                        new int[] {65, 129, 257},
                        n -> OrderedLineIntegrals.of(PathProblems.linear(f), Diffusion.constant(d))
                                .around(square(-1.0, 1.0, n), 0.0, 0.0),
                        exact,
                        fits))
                .isBetween(0.8, 3.5);
    }

    /** A full D and rectangular cells: V = ½xᵀΣ⁻¹x. */
    @Test
    void linearWithFullDiffusion() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1.0, 3.0}, {-2.0, 0.7}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.5, 0.4}});
        RealMatrix u = PathProblems.quasiPotentialMatrix(f, d);
        Grid grid = Grid.of(Axis.uniform(-1.0, 1.5, 150), Axis.uniform(-0.6, 0.8, 200));
        QuasiPotential v = OrderedLineIntegrals.of(PathProblems.linear(f), Diffusion.constant(d))
                .around(grid, 0.0, 0.0);
        ScalarField exact = x -> {
            double[] slope = u.operate(x);
            return 0.5 * (slope[0] * x[0] + slope[1] * x[1]);
        };
        // The largest ellipse within the grid; beyond it paths may lead out.
        double fits = 0.5 * Math.min(1.0 * determinant(u) / u.getEntry(1, 1), 0.36 * determinant(u) / u.getEntry(0, 0));
        assertThat(PathProblems.error(v, exact, fits)).isLessThan(0.01 * fits);
        assertThat(v.at(0.0, 0.0)).isCloseTo(0.0, within(1e-12));
    }

    private static double determinant(RealMatrix u) {
        return u.getEntry(0, 0) * u.getEntry(1, 1) - u.getEntry(0, 1) * u.getEntry(1, 0);
    }

    /** values.json, rotating_doublewell2d: Φ at every ω. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 1.0, 5.0})
    void rotatingDoubleWell(double omega) {
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, omega);
        ScalarField exact = x -> x[0] < 0.0 ? PathProblems.DOUBLE_WELL.at(x) : 1.0;
        assertThat(order(
                        new int[] {120, 240, 360},
                        n -> OrderedLineIntegrals.of(drift, IDENTITY).around(square(-1.8, 0.2, n), -1.0, 0.0),
                        exact,
                        0.2))
                .isBetween(1.0, 3.5);
    }

    /** b = −(D(x)+Q)∇Φ. */
    @Test
    void varyingFullDiffusion() {
        Diffusion diffusion = PathProblems.varying();
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, 1.5);
        ScalarField exact = x -> x[0] < 0.0 ? PathProblems.DOUBLE_WELL.at(x) : 1.0;
        assertThat(order(
                        new int[] {60, 90, 135},
                        n -> OrderedLineIntegrals.of(drift, diffusion).around(square(-1.8, 0.2, n), -1.0, 0.0),
                        exact,
                        0.2))
                .isBetween(1.0, 3.5);
    }

    @Test
    void bothMethodsGoOnBeyondTheSaddle() {
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, 0.0);
        int[] sizes = {80, 120, 240};
        assertThat(order(
                        sizes,
                        n -> OrderedLineIntegrals.of(drift, IDENTITY).around(Grid.square(-1.5, 1.5, n), -1.0, 0.0),
                        BEYOND_THE_SADDLE,
                        2.0))
                .isBetween(1.0, 3.5);
        assertThat(order(
                        sizes,
                        n -> CharacteristicFronts.of(drift, IDENTITY).around(Grid.square(-1.5, 1.5, n), -1.0, 0.0),
                        BEYOND_THE_SADDLE,
                        2.0))
                .isBetween(1.0, 3.5);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(Grid.square(-1.5, 1.5, 240), -1.0, 0.0);
        assertThat(v.at(1.0, 0.0)).isCloseTo(0.25, within(1e-4));
        double[] centre = new double[2];
        for (int cell = 0; cell < v.grid().cells(); cell++) {
            v.grid().centre(cell, centre);
            // In its own basin the fronts reach all but a strip, beyond it next to nothing.
            if (Math.abs(centre[0]) > 0.1) {
                assertThat(v.isOrdered(cell)).isEqualTo(centre[0] > 0.0);
            }
        }
        assertThatThrownBy(() -> v.pathTo(1.0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("V must be known at the end of the path, and from a front");
    }

    /** Rotation does not change Φ: the other well lies downhill from the saddle at Φ = ¼. */
    @Test
    void theOtherWellIsAtTheLevelOfTheSaddle() {
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, 2.0);
        Grid grid = Grid.square(-1.5, 1.5, 240);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, -1.0, 0.0);
        assertThat(v.at(1.0, 0.0)).isCloseTo(0.25, within(1e-3));
        QuasiPotential u = OrderedLineIntegrals.of(drift, IDENTITY).around(grid, -1.0, 0.0);
        assertThat(u.at(1.0, 0.0)).isCloseTo(u.atSaddle(0.0, 0.0), within(1e-3));
    }

    /** values.json, maier_stein (twice ours): on the axis the drift leads down from the saddle to the right well. */
    @ParameterizedTest
    @CsvSource({"3, 0.5", "5, 0.4830697091936", "10, 0.3400414033302"})
    void maierStein(double kappa, double twice) {
        Grid grid = Grid.square(-1.2, 1.2, 301);
        QuasiPotential v = CharacteristicFronts.of(PathProblems.maierStein(kappa), IDENTITY)
                .around(grid, -1.0, 0.0);
        assertThat(v.reached()).isEqualTo(grid.cells());
        assertThat(v.ordered()).isBetween(1, grid.cells() / 2);
        for (double x = 0.1; x < 1.05; x += 0.1) {
            assertThat(v.at(x, 0.0)).isCloseTo(0.5 * twice, within(1e-4));
        }
        assertThat(v.at(1.0, 0.5)).isGreaterThan(0.5 * twice + 0.1);
    }

    /** Behind the caustic and beyond the saddle, up to more than twice the barrier. */
    @Test
    void bothMethodsAgree() {
        VectorField drift = PathProblems.maierStein(5.0);
        int[] sizes = {80, 160, 240};
        double[] logWidth = new double[sizes.length];
        double[] logDifference = new double[sizes.length];
        for (int k = 0; k < sizes.length; k++) {
            Grid grid = Grid.square(-1.3, 1.3, sizes[k]);
            QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, -1.0, 0.0);
            QuasiPotential u = OrderedLineIntegrals.of(drift, IDENTITY).around(grid, -1.0, 0.0);
            double worst = 0.0;
            for (int cell = 0; cell < grid.cells(); cell++) {
                if (v.value(cell) < 0.6) {
                    worst = Math.max(worst, Math.abs(v.value(cell) - u.value(cell)));
                }
            }
            logWidth[k] = -Math.log(sizes[k]);
            logDifference[k] = Math.log(worst);
        }
        assertThat(PathProblems.slope(logWidth, logDifference)).isBetween(1.0, 3.5);
    }

    /**
     * A ring, U = −cos θ − 0.3θ with y²/2 across and D = ½: V is twice the climb in the cheaper direction, and a fall beyond the barrier is
     * free. The grid has a turn on either side; V is the least over the images of a point.
     */
    @Test
    void aRingUnrolled() {
        double well = Math.asin(0.3);
        double turn = 2.0 * Math.PI;
        VectorField drift = (x, out) -> {
            out[0] = 0.3 - Math.sin(x[0]);
            out[1] = -x[1];
        };
        Grid grid = Grid.of(Axis.uniform(well - turn - 0.1, well + turn + 0.1, 321), Axis.uniform(-0.6, 0.6, 41));
        QuasiPotential v =
                OrderedLineIntegrals.of(drift, Diffusion.isotropic(2, 0.5)).around(grid, well, 0.0);
        double ahead = Math.PI - well;
        double behind = ahead - turn;
        for (double angle = behind + 0.05; angle < behind + turn; angle += 0.3) {
            double climb = tilted(angle) - tilted(well);
            double least = angle > well
                    ? Math.min(climb, tilted(behind) - tilted(well))
                    : Math.min(climb, tilted(ahead) - tilted(well));
            double image = angle > well ? angle - turn : angle + turn;
            double round = image > grid.axis(0).min() && image < grid.axis(0).max() - 0.1
                    ? v.at(image, 0.3)
                    : Double.POSITIVE_INFINITY;
            assertThat(Math.min(v.at(angle, 0.3), round)).isCloseTo(2.0 * least + 0.09, within(0.02));
        }
    }

    private static double tilted(double angle) {
        return -Math.cos(angle) - 0.3 * angle;
    }

    @Test
    void badInputIsRefused() {
        OrderedLineIntegrals method = OrderedLineIntegrals.of(PathProblems.maierStein(5.0), IDENTITY);
        Grid grid = Grid.square(-1.5, 1.5, 60);
        assertThatThrownBy(() -> method.withRadius(1)).hasMessage("radius must be at least 2 cells, got 1");
        assertThatThrownBy(() -> method.around(grid, -0.5, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attractor must be within half a cell of a resting point");
        assertThatThrownBy(() -> method.around(grid, 0.0, 0.0)).hasMessageStartingWith("attractor must be stable");
        assertThatThrownBy(() -> method.around(Grid.of(Axis.uniform(0, 1, 5)), -2.0))
                .hasMessage("grid must have 2 axes, got 1");
        assertThatThrownBy(() -> OrderedLineIntegrals.of(PathProblems.maierStein(5.0), Diffusion.isotropic(3, 1.0)))
                .hasMessage("diffusion must have 2 dimensions, got 3");
    }
}
