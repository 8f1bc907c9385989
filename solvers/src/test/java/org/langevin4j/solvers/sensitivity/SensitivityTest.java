package org.langevin4j.solvers.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Against closed forms at T = 0.3 and 0.4. */
class SensitivityTest {

    private static final ScalarField SQUARE = x -> x[0] * x[0];

    /** dx = −θx dt + √(2T) dW. */
    private static Sde relaxation(double theta, double t) {
        return Sde.ito(
                AffineField.of(MatrixUtils.createRealDiagonalMatrix(new double[] {-theta}), 0.0),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(t));
    }

    /** Φ = x⁴/4 − x²/2 − hx. */
    private static Sde doubleWell(double h, double t) {
        return Sde.ito(
                DifferentiableField.of(
                        (x, out) -> out[0] = x[0] - x[0] * x[0] * x[0] + h,
                        (x, out) -> out[0] = 1.0 - 3.0 * x[0] * x[0]),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(t));
    }

    private static RunningMoments run(
            PathDerivative derivative, ScalarField f, double c, double x0, double end, int paths) {
        FunctionMoments moments = FunctionMoments.of(derivative.of(f, c), 1);
        return Ensemble.of(derivative.sde())
                .scheme(EulerMaruyama.withStep(0.005))
                .startingAt(derivative.start(x0))
                .paths(paths)
                .until(end)
                .seed(42)
                .observe(When.atEnd(), moments)
                .run()
                .get(moments);
    }

    private static void require(RunningMoments found, double expected, double bias) {
        assertThat(found.mean(0)).isCloseTo(expected, within(4.0 * found.standardError(0) + bias));
    }

    /** E[x²] = x₀²e^(−2θt) + T(1 − e^(−2θt))/θ at t = 1 from x₀ = 1; Euler's step of 0.005 changes it by 0.5 %. */
    @Test
    void meanSquareOfAnOrnsteinUhlenbeckProcessByThreeMethods() {
        double theta = 0.8;
        double t = 0.3;
        double e = Math.exp(-2.0 * theta);
        double byTheta = -2.0 * e + t * (2.0 * e / theta - (1.0 - e) / (theta * theta));
        double byTemperature = (1.0 - e) / theta;
        DoubleFunction<Sde> ofTheta = p -> relaxation(p, t);
        DoubleFunction<Sde> ofTemperature = p -> relaxation(theta, p);
        RunningMoments common = run(PathDerivative.commonNumbers(ofTheta, theta, 0.05), SQUARE, 0.0, 1.0, 1.0, 8000);
        RunningMoments tangent = run(PathDerivative.pathwise(ofTheta, theta), SQUARE, 0.0, 1.0, 1.0, 8000);
        double mean = e + t / theta * (1.0 - e);
        RunningMoments ratio = run(PathDerivative.likelihoodRatio(ofTheta, theta), SQUARE, mean, 1.0, 1.0, 8000);
        RunningMoments plain = run(PathDerivative.likelihoodRatio(ofTheta, theta), SQUARE, 0.0, 1.0, 1.0, 8000);
        require(common, byTheta, 0.01 * Math.abs(byTheta));
        require(tangent, byTheta, 0.01 * Math.abs(byTheta));
        require(ratio, byTheta, 0.01 * Math.abs(byTheta));
        require(plain, byTheta, 0.01 * Math.abs(byTheta));
        // Seen: 0.61, 0.61, 3.3 and 5.0.
        assertThat(common.variance(0)).isCloseTo(tangent.variance(0), within(0.05 * tangent.variance(0)));
        assertThat(ratio.variance(0)).isBetween(4.0 * tangent.variance(0), 7.0 * tangent.variance(0));
        assertThat(plain.variance(0)).isGreaterThan(1.3 * ratio.variance(0));
        require(
                run(PathDerivative.commonNumbers(ofTemperature, t, 0.01), SQUARE, 0.0, 1.0, 1.0, 8000),
                byTemperature,
                0.01);
        require(run(PathDerivative.pathwise(ofTemperature, t), SQUARE, 0.0, 1.0, 1.0, 8000), byTemperature, 0.01);
        assertThatThrownBy(() -> PathDerivative.likelihoodRatio(ofTemperature, t))
                .hasMessageContaining("takes a parameter of the drift");
    }

    /** Geometric Brownian motion dx = θx dt + s x dW: d/dθ E[x] = t x₀e^(θt), and d/ds E[x²] = 2st x₀²e^((2θ + s²)t). */
    @Test
    void noiseThatDependsOnTheState() {
        Function<double[], Sde> growth = p -> Sde.ito(
                (x, out) -> out[0] = p[0] * x[0],
                Diffusion.diagonal(1, (x, out) -> out[0] = p[1] * p[1] * x[0] * x[0]),
                Temperature.of(0.5));
        require(
                run(
                        PathDerivative.pathwise(p -> growth.apply(new double[] {p, 0.3}), 0.2),
                        x -> x[0],
                        0.0,
                        1.0,
                        1.0,
                        2000),
                Math.exp(0.2),
                0.01);
        require(
                run(
                        PathDerivative.likelihoodRatio(p -> growth.apply(new double[] {p, 0.3}), 0.2),
                        x -> x[0],
                        1.2,
                        1.0,
                        1.0,
                        2000),
                Math.exp(0.2),
                0.01);
        double expected = 0.6 * Math.exp(0.4 + 0.09);
        require(
                run(
                        PathDerivative.pathwise(p -> growth.apply(new double[] {0.2, p}), 0.3),
                        SQUARE,
                        0.0,
                        1.0,
                        1.0,
                        2000),
                expected,
                0.02);
        require(
                run(
                        PathDerivative.commonNumbers(p -> growth.apply(new double[] {0.2, p}), 0.3, 0.01),
                        SQUARE,
                        0.0,
                        1.0,
                        1.0,
                        2000),
                expected,
                0.02);
    }

    private static double average(DoubleUnaryOperator f, double h, double t) {
        double above = 0.0;
        double z = 0.0;
        for (int i = -4000; i <= 4000; i++) {
            double x = i / 1000.0;
            double w = Math.exp(-(0.25 * x * x * x * x - 0.5 * x * x - h * x) / t);
            above += w * f.applyAsDouble(x);
            z += w;
        }
        return above / z;
    }

    /** In a double well d⟨f⟩/dh = β Cov(f, x) and d⟨f⟩/dT = β² Cov(f, Φ), by quadrature. */
    @Test
    void stationaryMeanByTheAdjointOfTheGenerator() {
        double h = 0.1;
        double t = 0.4;
        ScalarField f = x -> x[0] + 0.5 * x[0] * x[0];
        DoubleUnaryOperator g = x -> x + 0.5 * x * x;
        DoubleUnaryOperator phi = x -> 0.25 * x * x * x * x - 0.5 * x * x - h * x;
        double mean = average(g, h, t);
        double byH = (average(x -> x * g.applyAsDouble(x), h, t) - mean * average(x -> x, h, t)) / t;
        double byT =
                (average(x -> g.applyAsDouble(x) * phi.applyAsDouble(x), h, t) - mean * average(phi, h, t)) / (t * t);
        double[] edges = new double[161];
        Arrays.setAll(edges, i -> 2.8 * Math.sinh((i - 80) / 40.0) / Math.sinh(2.0));
        Region region = Region.of(Grid.of(Axis.of(edges)), Boundary.REFLECTING);
        SteadyStateDerivative found =
                SteadyStateDerivative.of(p -> doubleWell(p[0], p[1]), new double[] {h, t}, region, f);
        assertThat(found.mean()).isCloseTo(mean, within(3.0 * found.meanError()));
        assertThat(found.derivative(0)).isCloseTo(byH, within(3.0 * found.error(0)));
        assertThat(found.derivative(1)).isCloseTo(byT, within(3.0 * found.error(1)));
        assertThat(found.error(0)).isLessThan(0.005 * Math.abs(byH));
    }

    /** Without detailed balance: x in the plane with rotation ω, ⟨x₁²⟩ of diag noise (1, δ); the closed form of Σ₁₁ at a = 1. */
    @Test
    void rotationInThePlane() {
        double t = 0.5;
        double delta = 0.3;
        double omega = 1.2;
        Function<double[], Sde> model = p -> Sde.ito(
                AffineField.of(MatrixUtils.createRealMatrix(new double[][] {{-1.0, p[0]}, {-p[0], -1.0}}), 0.0, 0.0),
                Diffusion.diagonal(1.0, delta),
                Temperature.of(t));
        // Σ₁₁ = T((1 + δ)/2 + (1 − δ)/(2(1 + ω²))).
        double expected = -t * (1.0 - delta) * omega / Math.pow(1.0 + omega * omega, 2);
        Region region = Region.of(Grid.square(-4.0, 4.0, 80), Boundary.REFLECTING);
        SteadyStateDerivative found = SteadyStateDerivative.of(model, new double[] {omega}, region, SQUARE);
        assertThat(found.derivative(0)).isCloseTo(expected, within(3.0 * found.error(0)));
        assertThat(found.error(0)).isLessThan(0.05 * Math.abs(expected));
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> PathDerivative.commonNumbers(p -> relaxation(p, 1.0), 1.0, 0.0))
                .hasMessage("delta must be positive and finite, got 0.0");
        assertThatThrownBy(() ->
                        PathDerivative.pathwise(p -> relaxation(p, 1.0), 1.0).start(1.0, 2.0))
                .hasMessage("start must have length 1, got 2");
    }
}
