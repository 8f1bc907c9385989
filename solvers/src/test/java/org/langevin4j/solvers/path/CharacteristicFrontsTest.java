package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

class CharacteristicFrontsTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);

    /** Largest |V − exact| over the cells where exact is below a limit; a front must have reached all of them. */
    private static double error(QuasiPotential v, ScalarField exact, double below) {
        double[] centre = new double[2];
        for (int cell = 0; cell < v.grid().cells(); cell++) {
            v.grid().centre(cell, centre);
            if (exact.at(centre) < below) {
                assertThat(v.isOrdered(cell)).as("cell %d was filled", cell).isFalse();
            }
        }
        return PathProblems.error(v, exact, below);
    }

    /** values.json, quasipotential_linear: Φ = |x|²/2 for every ω. */
    @ParameterizedTest
    @CsvSource({"0, 1e-6", "1, 1e-6", "10, 1e-5", "50, 1e-4"})
    void linearRotation(double omega, double bound) {
        VectorField drift = PathProblems.linearRotation(omega);
        Grid grid = Grid.square(-1.0, 1.0, 257);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, 0.0, 0.0);
        assertThat(v.reached()).isEqualTo(grid.cells());
        assertThat(v.ordered()).isZero();
        assertThat(error(v, x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), 2.0)).isLessThan(bound);
        assertThat(v.at(0.5, 0.0)).isCloseTo(0.125, within(bound));
        assertThat(v.at(0.5, 0.5)).isCloseTo(0.25, within(bound));
        double[] slope = new double[2];
        double[] centre = new double[2];
        for (int cell = 0; cell < grid.cells(); cell += 97) {
            grid.centre(cell, centre);
            v.gradient(cell, slope);
            assertThat(slope).containsExactly(centre, within(20.0 * bound));
        }
    }

    /** A full D, rectangular cells, a basin not centred in the grid: V = ½xᵀΣ⁻¹x. */
    @Test
    void linearWithFullDiffusion() {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{1.0, 3.0}, {-2.0, 0.7}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.5, 0.4}});
        RealMatrix u = PathProblems.quasiPotentialMatrix(f, d);
        Grid grid = Grid.of(Axis.uniform(-1.0, 1.5, 150), Axis.uniform(-0.6, 0.8, 200));
        QuasiPotential v = CharacteristicFronts.of(PathProblems.linear(f), Diffusion.constant(d))
                .withMargin(2.0)
                .around(grid, 0.0, 0.0);
        assertThat(v.reached()).isEqualTo(grid.cells());
        assertThat(v.ordered()).isZero();
        ScalarField exact = x -> {
            double[] slope = u.operate(x);
            return 0.5 * (slope[0] * x[0] + slope[1] * x[1]);
        };
        assertThat(error(v, exact, Double.MAX_VALUE)).isLessThan(1e-5);
    }

    /** b = −Fx: V = ½xᵀΣ⁻¹x, where the ellipse lies within the reach of the margin; rotation over decay from 7 to 50. */
    @ParameterizedTest
    @CsvSource({
        "1, 21, -2.3333333333333335, 1, 0, 1",
        "1, 21, -2.3333333333333335, 1, 0.6, 0.5",
        "2, 40, -30, 0.5, 0, 1",
        "1, 150, -16.666666666666668, 1, 0, 1"
    })
    void strongFoci(double f11, double f12, double f21, double f22, double d12, double d22) {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{f11, f12}, {f21, f22}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, d12}, {d12, d22}});
        RealMatrix u = PathProblems.quasiPotentialMatrix(f, d);
        ScalarField exact = x -> {
            double[] slope = u.operate(x);
            return 0.5 * (slope[0] * x[0] + slope[1] * x[1]);
        };
        VectorField drift = (x, out) -> {
            out[0] = -f11 * x[0] - f12 * x[1];
            out[1] = -f21 * x[0] - f22 * x[1];
        };
        QuasiPotential v =
                CharacteristicFronts.of(drift, Diffusion.constant(d)).around(Grid.square(-1.0, 1.0, 61), 0.0, 0.0);
        double inside = 0.5
                * (u.getEntry(0, 0) * u.getEntry(1, 1) - Math.pow(u.getEntry(0, 1), 2))
                / Math.max(u.getEntry(0, 0), u.getEntry(1, 1));
        assertThat(error(v, exact, inside)).isLessThan(5e-5 * inside);
        double half = exact.at(new double[] {0.5, 0.5});
        assertThat(v.at(0.5, 0.5)).isCloseTo(half, within(5e-5 * half));
    }

    /** A D whose axes turn from place to place, and rotation ten times the decay: Φ whatever both. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 10})
    void turningDiffusion(double omega) {
        Diffusion diffusion = Diffusion.of(MatrixField.of(2, (x, out) -> {
            double angle = 2.0 * x[0] + x[1];
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            out[0] = c * c + 0.16 * s * s;
            out[1] = 0.84 * c * s;
            out[2] = out[1];
            out[3] = s * s + 0.16 * c * c;
        }));
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, omega);
        Grid grid = Grid.of(Axis.uniform(-1.8, 0.2, 61), Axis.uniform(-1.0, 1.0, 61));
        QuasiPotential v = CharacteristicFronts.of(drift, diffusion).around(grid, -1.0, 0.0);
        ScalarField exact = x -> x[0] < 0.0 ? PathProblems.DOUBLE_WELL.at(x) : 1.0;
        assertThat(error(v, exact, 0.2)).isLessThan(5e-5);
    }

    /** Rotation fifty times the decay on level curves of ratio fifty: refused at once, with the other method's name. */
    @Test
    void frontsThatTearAreGivenUp() {
        VectorField drift = (x, out) -> {
            out[0] = -x[0] - 2500.0 * x[1];
            out[1] = x[0] - x[1];
        };
        CharacteristicFronts method = CharacteristicFronts.of(drift, IDENTITY);
        Grid grid = Grid.square(-1.0, 1.0, 61);
        assertThatThrownBy(() -> method.around(grid, 0.0, 0.0))
                .isInstanceOf(ConvergenceException.class)
                .hasMessageContaining("use ordered line integrals");
    }

    /** values.json, rotating_doublewell2d: Φ at every ω; the error in its well falls with the third power, with strong rotation slower. */
    @ParameterizedTest
    @CsvSource({"0, 2.5", "1, 2.5", "5, 2.0"})
    void theErrorIsOfThirdOrder(double omega, double order) {
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, omega);
        double[] logH = new double[3];
        double[] logError = new double[3];
        for (int k = 0; k < 3; k++) {
            Grid grid = Grid.of(Axis.uniform(-1.8, 0.2, 60 << k), Axis.uniform(-1.0, 1.0, 60 << k));
            QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, -1.0, 0.0);
            ScalarField exact = x -> x[0] < 0.0 ? PathProblems.DOUBLE_WELL.at(x) : 1.0;
            logH[k] = -Math.log(60 << k);
            logError[k] = Math.log(error(v, exact, 0.2));
            assertThat(v.atSaddle(0.0, 0.0)).isCloseTo(0.25, within(20.0 * Math.pow(2.0 / (60 << k), 2)));
        }
        assertThat(PathProblems.slope(logH, logError)).isBetween(order, 4.5);
        assertThat(Math.exp(logError[2])).isLessThan(3e-5);
    }

    /** b = −(D(x)+Q)∇Φ. */
    @Test
    void varyingFullDiffusion() {
        Diffusion diffusion = PathProblems.varying();
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, 1.5);
        Grid grid = Grid.of(Axis.uniform(-1.8, 0.2, 160), Axis.uniform(-1.0, 1.0, 160));
        QuasiPotential v = CharacteristicFronts.of(drift, diffusion).around(grid, -1.0, 0.0);
        ScalarField exact = x -> x[0] < 0.0 ? PathProblems.DOUBLE_WELL.at(x) : 1.0;
        assertThat(error(v, exact, 0.2)).isLessThan(5e-6);
        assertThat(error(v, exact, 0.2)).isPositive();
    }

    /** Φ = r⁴/4 − r²/2 + ¼ inside and outside of the cycle of the Hopf normal form. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3.0, -3.0})
    void aroundALimitCycle(double omega) {
        Potential potential = Potential.of(
                x -> {
                    double z = x[0] * x[0] + x[1] * x[1] - 1.0;
                    return 0.25 * z * z;
                },
                (x, out) -> {
                    double z = x[0] * x[0] + x[1] * x[1] - 1.0;
                    out[0] = z * x[0];
                    out[1] = z * x[1];
                });
        VectorField drift = (x, out) -> {
            double growth = 1.0 - x[0] * x[0] - x[1] * x[1];
            out[0] = growth * x[0] - omega * x[1];
            out[1] = growth * x[1] + omega * x[0];
        };
        Grid grid = Grid.square(-1.6, 1.6, 200);
        QuasiPotential v =
                CharacteristicFronts.of(drift, IDENTITY).aroundCycle(grid, 2.0 * Math.PI / Math.abs(omega), 0.6, 0.8);
        // Near the repeller in the middle nothing arrives in finite time.
        assertThat(error(v, potential, 0.24)).isLessThan(3e-5);
        assertThat(error(
                        v,
                        x -> potential.at(x) < 0.24 || x[0] * x[0] + x[1] * x[1] > 1.0 ? potential.at(x) : 99.0,
                        90.0))
                .isLessThan(1e-4);
    }

    /** A cycle across which the variance changes on its way: Van der Pol's, against the path of least action. */
    @Test
    void aCycleThatIsNotACircle() {
        VectorField drift = (x, out) -> {
            out[0] = x[1];
            out[1] = -x[0] + (1.0 - x[0] * x[0]) * x[1];
        };
        Grid grid = Grid.square(-3.5, 3.5, 120);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY)
                .withMargin(0.1)
                .aroundCycle(grid, VAN_DER_POL_PERIOD, VAN_DER_POL_AMPLITUDE, 0.0);
        for (double[] end : new double[][] {{0.5, 0.3}, {-1.0, 2.9}}) {
            double[][] path = v.pathTo(end);
            double[][] corners = new double[12][];
            for (int k = 0; k < 12; k++) {
                corners[k] = path[(path.length - 1) * k / 11];
            }
            double least = MinimumAction.of(drift, IDENTITY).along(corners).action() + v.at(path[0]);
            assertThat(v.at(end)).isCloseTo(least, within(5e-3 * least));
            assertThat(least).isGreaterThan(0.3);
        }
    }

    /** By scipy.integrate.solve_ivp, DOP853 at 1e-13: x on the section y = 0. */
    private static final double VAN_DER_POL_PERIOD = 6.66328685932313;

    private static final double VAN_DER_POL_AMPLITUDE = 2.008619860874843;

    /** values.json, maier_stein (twice ours), by a grid; and behind the caustic against paths of least action. */
    @ParameterizedTest
    @CsvSource({"3, 0.5", "5, 0.4830697091936", "10, 0.3400414033302"})
    void maierStein(double kappa, double twice) {
        VectorField drift = PathProblems.maierStein(kappa);
        Grid grid = Grid.square(-1.2, 1.2, 301);
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, -1.0, 0.0);
        assertThat(v.atSaddle(0.0, 0.0)).isCloseTo(0.5 * twice, within(1e-4));
        double[][] ends = {{-0.3, 0.11}, {-0.15, -0.06}, {-0.5, 0.5}, {-0.05, 0.6}};
        for (double[] end : ends) {
            double least = Double.POSITIVE_INFINITY;
            for (double side : new double[] {-0.3, 0.3}) {
                double[] corner = {-0.6, side};
                least = Math.min(
                        least,
                        MinimumAction.of(drift, IDENTITY)
                                .along(new double[] {-1.0, 0.0}, corner, end)
                                .action());
            }
            assertThat(v.at(end)).isCloseTo(least, within(1e-5));
        }
        if (kappa < 4.0) {
            for (double x = -0.9; x < -0.1; x += 0.1) {
                assertThat(v.at(x, 0.0)).isCloseTo(0.25 * Math.pow(1.0 - x * x, 2), within(1e-5));
            }
        }
    }

    @Test
    void pathsFollowTheGradient() {
        double omega = 4.0;
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, omega);
        Grid grid = Grid.of(Axis.uniform(-1.8, 0.2, 200), Axis.uniform(-1.0, 1.0, 200));
        QuasiPotential v = CharacteristicFronts.of(drift, IDENTITY).around(grid, -1.0, 0.0);
        double[][] path = v.pathTo(-0.4, 0.2);
        assertThat(path[path.length - 1]).containsExactly(-0.4, 0.2);
        assertThat(Math.hypot(path[0][0] + 1.0, path[0][1])).isLessThan(0.05);
        // It climbs against −∇Φ with the rotation reversed: ẋ = (I − Q)∇Φ in exact terms.
        double[] slope = new double[2];
        for (int i = path.length / 2; i < path.length - 1; i++) {
            PathProblems.DOUBLE_WELL.gradient(path[i], slope);
            double e1 = slope[0] + omega * slope[1];
            double e2 = slope[1] - omega * slope[0];
            double d1 = path[i + 1][0] - path[i][0];
            double d2 = path[i + 1][1] - path[i][1];
            assertThat((d1 * e1 + d2 * e2) / (Math.hypot(d1, d2) * Math.hypot(e1, e2)))
                    .isGreaterThan(0.999);
        }
        assertThatThrownBy(() -> v.pathTo(0.15, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("V must be known at the end of the path");
    }

    @Test
    void badInputIsRefused() {
        CharacteristicFronts method = CharacteristicFronts.of(PathProblems.maierStein(5.0), IDENTITY);
        Grid grid = Grid.square(-1.5, 1.5, 60);
        assertThatThrownBy(() -> method.around(grid, -0.5, 0.3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attractor must be within half a cell of a resting point");
        assertThatThrownBy(() -> method.around(grid, 0.0, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("attractor must be stable");
        assertThatThrownBy(() -> method.around(grid, -2.0, 0.0))
                .hasMessage("attractor must be a point of the grid, got [-2.0, 0.0]");
        assertThatThrownBy(() -> method.around(Grid.of(Axis.uniform(0, 1, 5)), -2.0))
                .hasMessage("grid must have 2 axes, got 1");
        assertThatThrownBy(() -> method.around(Grid.of(Axis.of(-2.0, 0.0, 1.0), Axis.uniform(-1, 1, 5)), -1.0, 0.0))
                .hasMessageStartingWith("grid must have cells of equal width");
        assertThatThrownBy(() -> method.aroundCycle(grid, 1.0, 0.5, 0.5))
                .hasMessageStartingWith("point must lie on a cycle of period 1.0");
        assertThatThrownBy(() -> method.aroundCycle(grid, Double.NaN, 0.5, 0.5))
                .hasMessage("period must be positive and finite, got NaN");
        assertThatThrownBy(() -> method.withSpacing(0.0)).hasMessage("spacing must be from 0.5 to 20 cells, got 0.0");
        assertThatThrownBy(() -> method.withMargin(-1.0)).hasMessage("margin must be from 0 to 100, got -1.0");
        assertThatThrownBy(() -> CharacteristicFronts.of(PathProblems.maierStein(5.0), Diffusion.diagonal(1.0, 0.0))
                        .around(grid, -1.0, 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("diffusion must be positive definite at the attractor");
        assertThatThrownBy(() -> CharacteristicFronts.of(PathProblems.maierStein(5.0), Diffusion.isotropic(3, 1.0)))
                .hasMessage("diffusion must have 2 dimensions, got 3");
    }
}
