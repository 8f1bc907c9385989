package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.ConvergenceException;

class MinimumActionTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);
    private static final double[] WELL = {-1.0, 0.0};
    private static final double[] SADDLE = {0.0, 0.0};

    /** values.json, maier_stein: V of ½∫|ẋ − b|²dt, twice ours, and y of the path at x = −½; solve_bvp to 1e-13. */
    @ParameterizedTest
    @CsvSource({"5, 0.4830697091936, 0.2431305257", "10, 0.3400414033302, 0.312140811"})
    void maierSteinAboveTheBifurcation(double kappa, double twice, double height) {
        TransitionPath path = MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY)
                .along(WELL, new double[] {-0.5, 0.3}, SADDLE);
        assertThat(path.action()).isCloseTo(0.5 * twice, within(1e-9));
        assertThat(path.errorEstimate()).isLessThan(1e-8);
        assertThat(Math.abs(path.action() - 0.5 * twice)).isLessThan(path.errorEstimate());
        assertThat(path.hamiltonResidual()).isLessThan(1e-3);
        double[] x = path.coordinate(0);
        double[] y = path.coordinate(1);
        int i = 0;
        while (x[i + 1] < -0.5) {
            i++;
        }
        double w = (-0.5 - x[i]) / (x[i + 1] - x[i]);
        assertThat((1.0 - w) * y[i] + w * y[i + 1]).isCloseTo(height, within(2e-5));
        // The mirrored path costs the same, the axis between them more.
        TransitionPath mirrored = MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY)
                .along(WELL, new double[] {-0.5, -0.3}, SADDLE);
        assertThat(mirrored.action()).isCloseTo(path.action(), within(1e-10));
        TransitionPath axis =
                MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY).between(WELL, SADDLE);
        assertThat(axis.action()).isCloseTo(0.25, within(1e-9));
    }

    /** values.json, maier_stein: exactly ½ up to β = 4, from a path beside the axis. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 3})
    void maierSteinBelowTheBifurcation(double kappa) {
        TransitionPath path = MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY)
                .along(WELL, new double[] {-0.5, 0.3}, SADDLE);
        assertThat(path.action()).isCloseTo(0.25, within(1e-9));
        for (int i = 0; i < path.size(); i += 20) {
            double x = path.point(i)[0];
            assertThat(path.action(i)).isCloseTo(0.25 * Math.pow(1.0 - x * x, 2), within(1e-8));
        }
    }

    @Test
    void theActionIsOfFourthOrder() {
        double[] logH = new double[3];
        double[] logError = new double[3];
        for (int k = 0; k < 3; k++) {
            int segments = 24 << k;
            TransitionPath path = MinimumAction.of(PathProblems.maierStein(10.0), IDENTITY)
                    .withSegments(segments)
                    .withTolerance(1e-8)
                    .along(WELL, new double[] {-0.5, 0.3}, SADDLE);
            logH[k] = -Math.log(segments);
            logError[k] = Math.log(path.action() - 0.5 * 0.3400414033302);
        }
        assertThat(PathProblems.slope(logH, logError)).isCloseTo(4.0, within(0.3));
    }

    /** With b = −D∇Φ the action is ΔΦ, the momentum ∇Φ and the velocity −b, for constant and for varying full D. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inGradientSystemsItIsTheBarrier(boolean constant) {
        Diffusion diffusion = constant
                ? Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.8}, {0.8, 1.0}}))
                : PathProblems.varying();
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, diffusion, 0.0);
        double[] end = {-0.2, 0.7};
        TransitionPath path = MinimumAction.of(drift, diffusion).between(WELL, end);
        double exact = PathProblems.DOUBLE_WELL.at(end);
        assertThat(path.action()).isCloseTo(exact, within(1e-6));
        assertThat(path.work(path.size() - 1)).isCloseTo(exact, within(1e-10));
        double[] slope = new double[2];
        double[] b = new double[2];
        for (int i = 10; i < path.size(); i += 30) {
            PathProblems.DOUBLE_WELL.gradient(path.point(i), slope);
            drift.at(path.point(i), b);
            assertThat(path.momentum(i)).containsExactly(slope, within(2e-3));
            assertThat(path.velocity(i)).containsExactly(new double[] {-b[0], -b[1]}, within(4e-3));
            assertThat(path.action(i)).isCloseTo(PathProblems.DOUBLE_WELL.at(path.point(i)), within(1e-6));
        }
        assertThat(path.time(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(path.time(100)).isZero();
        assertThat(path.time(200)).isPositive().isFinite();
        assertThat(path.arcLength(200)).isGreaterThan(Math.hypot(0.8, 0.7));
    }

    /** Three dimensions, full D, no detailed balance: V = ½xᵀΣ⁻¹x. */
    @Test
    void linearSystemsHaveTheirStationaryCovariance() {
        RealMatrix f =
                MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.6, 0.0}, {-0.4, 1.5, 0.3}, {0.2, 0.0, 1.2}});
        RealMatrix d = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.3, 0.0}, {0.3, 0.8, 0.2}, {0.0, 0.2, 1.5}});
        double[] end = {1.0, -0.5, 0.8};
        TransitionPath path =
                MinimumAction.of(PathProblems.linear(f), Diffusion.constant(d)).between(new double[3], end);
        double[] slope = PathProblems.quasiPotentialMatrix(f, d).operate(end);
        double exact = 0.5 * (slope[0] * end[0] + slope[1] * end[1] + slope[2] * end[2]);
        assertThat(path.action()).isCloseTo(exact, within(1e-5 * exact));
        assertThat(path.momentum(200)).containsExactly(slope, within(1e-2));
    }

    /** A start next to the axis, where the action has a saddle, is left for the minimum beside it; values.json as above. */
    @ParameterizedTest
    @CsvSource({
        "10, 0.3400414033302, 1e-3",
        "10, 0.3400414033302, 1e-4",
        "10, 0.3400414033302, -1e-5",
        "10, 0.3400414033302, 1e-6",
        "5, 0.4830697091936, 1e-4",
        "5, 0.4830697091936, -1e-5"
    })
    void aStartBesideASaddleOfTheAction(double kappa, double twice, double beside) {
        TransitionPath path = MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY)
                .along(WELL, new double[] {-0.5, beside}, SADDLE);
        assertThat(path.action()).isCloseTo(0.5 * twice, within(1e-9));
        assertThat(path.isSaddle()).isFalse();
        assertThat(path.coordinate(1)[100] * beside).isPositive();
    }

    /** The straight start lies on the axis: above the bifurcation at 4 that is said, and the saddle left if wanted. */
    @ParameterizedTest
    @CsvSource({"10, 0.3400414033302", "5, 0.4830697091936", "3, 0.5"})
    void aSaddleOfTheActionIsSaid(double kappa, double twice) {
        MinimumAction method = MinimumAction.of(PathProblems.maierStein(kappa), IDENTITY);
        TransitionPath axis = method.between(WELL, SADDLE);
        assertThat(axis.action()).isCloseTo(0.25, within(1e-9));
        assertThat(axis.isSaddle()).isEqualTo(kappa > 4.0);
        assertThat(axis.toString().contains("a saddle of the action")).isEqualTo(kappa > 4.0);
        TransitionPath left = method.withSaddlesLeft(true).between(WELL, SADDLE);
        assertThat(left.action()).isCloseTo(0.5 * twice, within(1e-9));
        assertThat(left.isSaddle()).isFalse();
    }

    @Test
    void aNoisyStart() {
        SplittableRandom random = new SplittableRandom(7);
        double[][] corners = new double[40][];
        for (int k = 0; k < 40; k++) {
            double size = k == 0 || k == 39 ? 0.0 : 0.2;
            corners[k] = new double[] {
                -1.0 + k / 39.0 + 0.2 * size * (random.nextDouble() - 0.5), size * (random.nextDouble() - 0.5)
            };
        }
        TransitionPath path =
                MinimumAction.of(PathProblems.maierStein(10.0), IDENTITY).along(corners);
        assertThat(path.action()).isCloseTo(0.5 * 0.3400414033302, within(1e-9));
    }

    /**
     * Out of linear foci, V = ½xᵀΣ⁻¹x: rotation over decay up to 20, round and with noise a hundred times weaker in one direction. The
     * estimate is never below the error, nor above it by much.
     */
    @ParameterizedTest
    @CsvSource({
        "0, -1, 1, 0.2, 0.002, 0.2, 1, 0, 2e-4",
        "0, -1, 1, 0.2, 0.02, 0.2, 1, 0, 2e-4",
        "1, 0.5, -0.5, 1, 1, 1, 0.6, 0.8, 1e-5",
        "1, 2, -2, 1, 1, 1, 0.6, 0.8, 1e-5",
        "1, 5, -5, 1, 1, 1, 0.6, 0.8, 1e-5",
        "1, 10, -10, 1, 1, 1, 0.6, 0.8, 1e-5",
        "1, 20, -20, 1, 1, 1, 0.6, 0.8, 1e-4",
        "1, 21, -2.3333333333333335, 1, 1, 1, 0.5, 0.5, 1e-3"
    })
    void outOfALinearFocus(
            double f11, double f12, double f21, double f22, double d1, double d2, double x1, double x2, double bound) {
        RealMatrix f = MatrixUtils.createRealMatrix(new double[][] {{f11, f12}, {f21, f22}});
        Diffusion diffusion = Diffusion.diagonal(d1, d2);
        double[] end = {x1, x2};
        double[] slope = PathProblems.quasiPotentialMatrix(
                        f, MatrixUtils.createRealDiagonalMatrix(new double[] {d1, d2}))
                .operate(end);
        double exact = 0.5 * (slope[0] * x1 + slope[1] * x2);
        TransitionPath path =
                MinimumAction.of(PathProblems.linear(f), diffusion).between(new double[2], end);
        double error = Math.abs(path.action() - exact);
        assertThat(error).isLessThan(bound * exact);
        assertThat(path.errorEstimate()).isGreaterThan(error).isLessThan(Math.max(50.0 * error, 0.1 * bound * exact));
        assertThat(path.momentum(path.size() - 1)).containsExactly(slope, within(0.1 * (1.0 + Math.abs(slope[0]))));
    }

    /**
     * Φ = (x² − 1)²/4 + y²/2 for every rotation and D: out of a focus that is not linear, and along plain paths. The estimate is from the error
     * to 100 times it.
     */
    @ParameterizedTest
    @CsvSource({
        "0, -0.3, 0.4, 1e-6",
        "0.5, 0, 0, 1e-6",
        "2, 0, 0, 1e-4",
        "2, -0.3, 0.4, 1e-4",
        "5, -0.3, 0.4, 1e-3",
        "10, -0.3, 0.4, 1e-2"
    })
    void theErrorEstimateKnows(double omega, double x, double y, double bound) {
        double[] end = {x, y};
        VectorField drift = PathProblems.rotating(PathProblems.DOUBLE_WELL, IDENTITY, omega);
        TransitionPath path = MinimumAction.of(drift, IDENTITY).between(WELL, end);
        double exact = PathProblems.DOUBLE_WELL.at(end);
        double error = Math.abs(path.action() - exact);
        assertThat(error).isLessThan(bound * exact);
        assertThat(path.errorEstimate()).isBetween(error, 100.0 * error);
    }

    /** The way down along the drift costs nothing. */
    @Test
    void fallingIsFree() {
        TransitionPath path =
                MinimumAction.of(PathProblems.maierStein(5.0), IDENTITY).between(SADDLE, new double[] {1.0, 0.0});
        assertThat(path.action()).isBetween(-1e-15, 1e-12);
    }

    @Test
    void whatDoesNotSettleSaysSo() {
        MinimumAction method =
                MinimumAction.of(PathProblems.maierStein(5.0), IDENTITY).withMaxIterations(3);
        ConvergenceException failure = catchThrowableOfType(
                ConvergenceException.class, () -> method.along(WELL, new double[] {-0.5, 0.3}, SADDLE));
        assertThat(failure.iterations()).isEqualTo(3);
        assertThat(failure.residual()).isGreaterThan(failure.tolerance());
        assertThat(failure).hasMessageStartingWith("the path did not settle: residual");
    }

    @Test
    void badInputIsRefused() {
        MinimumAction method = MinimumAction.of(PathProblems.maierStein(5.0), IDENTITY);
        assertThatThrownBy(() -> method.withSegments(15)).hasMessage("segments must be even and at least 16, got 15");
        assertThatThrownBy(() -> method.withTolerance(Double.NaN)).hasMessage("tolerance must be positive, got NaN");
        assertThatThrownBy(() -> method.withMaxIterations(0)).hasMessage("maxIterations must be positive, got 0");
        assertThatThrownBy(() -> method.between(WELL, WELL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("neighbouring corners must differ, got [-1.0, 0.0] twice");
        assertThatThrownBy(() -> method.between(WELL, new double[] {0.0, Double.NaN}))
                .hasMessage("corners must be finite with 2 coordinates, got [0.0, NaN]");
        assertThatThrownBy(() -> method.along(WELL)).hasMessage("a path must have at least two corners, got 1");
        assertThatThrownBy(() -> MinimumAction.of(PathProblems.maierStein(5.0), Diffusion.diagonal(1.0, 0.0))
                        .between(WELL, new double[] {0.0, 0.5}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("diffusion must be positive definite along the path");
    }
}
