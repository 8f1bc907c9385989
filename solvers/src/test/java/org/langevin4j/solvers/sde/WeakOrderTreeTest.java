package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.GeometricBrownianMotion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;

/** Weak slopes without sampling error: see {@link NoiseTree}. */
class WeakOrderTreeTest {

    private static final RealMatrix A = MatrixUtils.createRealMatrix(new double[][] {{-1.0, 0.6}, {-0.4, -0.7}});
    private static final double[][] B1 = {{0.3, 0.5}, {-0.2, 0.4}};
    private static final double[][] B2 = {{-0.4, 0.1}, {0.6, 0.2}};
    private static final RealMatrix START = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.5, 0.25}});

    /** dX = AX dt + B₁X dW₁ + B₂X dW₂, B₁B₂ ≠ B₂B₁. */
    private static Sde nonCommuting() {
        return Sde.ito(
                LinearField.of(A),
                Diffusion.automaticFactor(2, 2, x -> new Gradient[][] {
                    {row(B1[0], x), row(B2[0], x)},
                    {row(B1[1], x), row(B2[1], x)}
                }),
                Temperature.of(0.5));
    }

    /** The same equation read as Stratonovich's. */
    private static Sde nonCommutingStratonovich() {
        RealMatrix first = MatrixUtils.createRealMatrix(B1);
        RealMatrix second = MatrixUtils.createRealMatrix(B2);
        RealMatrix induced = first.multiply(first).add(second.multiply(second)).scalarMultiply(0.5);
        return new Sde(
                LinearField.of(A.subtract(induced)),
                nonCommuting().diffusion(),
                Temperature.of(0.5),
                Calculus.STRATONOVICH);
    }

    private static Gradient row(double[] b, Gradient[] x) {
        return x[0].multiply(b[0]).add(x[1].multiply(b[1]));
    }

    /** dP/dt = AP + PAᵀ + Σ BₖPBₖᵀ as a linear equation for the four entries of P. */
    private static RealMatrix exactSecondMoment(double t) {
        RealMatrix generator = MatrixUtils.createRealMatrix(4, 4);
        for (int column = 0; column < 4; column++) {
            RealMatrix p = MatrixUtils.createRealMatrix(2, 2);
            p.setEntry(column / 2, column % 2, 1.0);
            RealMatrix change = A.multiply(p).add(p.multiply(A.transpose()));
            for (double[][] b : new double[][][] {B1, B2}) {
                RealMatrix factor = MatrixUtils.createRealMatrix(b);
                change = change.add(factor.multiply(p).multiply(factor.transpose()));
            }
            for (int row = 0; row < 4; row++) {
                generator.setEntry(row, column, change.getEntry(row / 2, row % 2));
            }
        }
        double[] start = {START.getEntry(0, 0), START.getEntry(0, 1), START.getEntry(1, 0), START.getEntry(1, 1)};
        double[] end =
                MatrixUtils.matrixExponential(generator.scalarMultiply(t)).operate(start);
        return MatrixUtils.createRealMatrix(new double[][] {{end[0], end[1]}, {end[2], end[3]}});
    }

    static Stream<Arguments> schemes() {
        DoubleFunction<Scheme> euler = EulerMaruyama::withStep;
        DoubleFunction<Scheme> implicit = DriftImplicitEuler::withStep;
        DoubleFunction<Scheme> stabilised = h -> SkRock.withStages(h, 4);
        DoubleFunction<Scheme> platen = PlatenWeak2::withStep;
        DoubleFunction<Scheme> implicitTwo = ImplicitWeak2::withStep;
        return Stream.of(
                Arguments.of("EulerMaruyama", euler, 0, 1.0),
                Arguments.of("DriftImplicitEuler", implicit, 0, 1.0),
                Arguments.of("SkRock", stabilised, 0, 1.0),
                Arguments.of("ImplicitWeak2", implicitTwo, 1, 2.0),
                Arguments.of("PlatenWeak2", platen, 1, 2.0));
    }

    /** Second moments of a linear system with non-commutative noise at t = 1. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("schemes")
    void nonCommutativeNoise(String name, DoubleFunction<Scheme> scheme, int signs, double order) {
        NoiseTree tree = new NoiseTree(2, signs);
        RealMatrix exact = exactSecondMoment(1.0);
        double slope = OrderFit.slope(
                n -> tree.secondMoment(scheme.apply(1.0 / n), nonCommuting(), n, START)
                        .subtract(exact)
                        .getFrobeniusNorm(),
                16,
                32,
                64,
                128);
        assertThat(slope).isCloseTo(order, within(0.2));
    }

    /** The theta method with θ = ½: 1 in general, 2 for additive noise. */
    @Test
    void thetaMethod() {
        DoubleFunction<Scheme> scheme = StochasticTheta::withStep;
        nonCommutativeNoise("StochasticTheta", scheme, 0, 1.0);
        additiveNoise("StochasticTheta", scheme, 0, scheme.apply(1.0).weakOrder(Noise.ADDITIVE));
        assertThat(scheme.apply(1.0).weakOrder(Noise.ADDITIVE)).isEqualTo(2.0);
        assertThat(StochasticTheta.withTheta(1.0, 0.75).weakOrder(Noise.ADDITIVE))
                .isEqualTo(1.0);
    }

    static Stream<Arguments> stratonovichSchemes() {
        DoubleFunction<Scheme> heun = Heun::withStep;
        DoubleFunction<Scheme> midpoint = Midpoint::withStep;
        DoubleFunction<Scheme> alpha = AlphaEuler::withStep;
        return Stream.of(
                Arguments.of("Heun", heun), Arguments.of("Midpoint", midpoint), Arguments.of("AlphaEuler", alpha));
    }

    /** The same noise read as Stratonovich's: the slopes are 1, not ½ and not 2, and settle. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("stratonovichSchemes")
    void nonCommutativeNoiseReadAsStratonovich(String name, DoubleFunction<Scheme> scheme) {
        Sde middle = nonCommutingStratonovich();
        NoiseTree tree = new NoiseTree(2, 0);
        RealMatrix exact = exactSecondMoment(1.0);
        IntToDoubleFunction error = n -> tree.secondMoment(scheme.apply(1.0 / n), middle, n, START)
                .subtract(exact)
                .getFrobeniusNorm();
        assertThat(OrderFit.slope(error, 32, 64, 128)).isCloseTo(1.0, within(0.1));
        assertThat(OrderFit.slope(error, 256, 512)).isCloseTo(1.0, within(0.02));
    }

    /** Schemes with Lévy areas made from normals: nine of them at these steps. */
    @Test
    void nonCommutativeNoiseWithLevyAreas() {
        NoiseTree tree = new NoiseTree(9, 0);
        RealMatrix exact = exactSecondMoment(1.0);
        assertThat(Milstein.withStep(1.0 / 48).stepper(nonCommuting()).noises()).isEqualTo(9);
        IntToDoubleFunction ito = n -> tree.secondMoment(Milstein.withStep(1.0 / n), nonCommuting(), n, START)
                .subtract(exact)
                .getFrobeniusNorm();
        assertThat(OrderFit.slope(ito, 12, 24, 48)).isCloseTo(1.0, within(0.1));
        IntToDoubleFunction middle =
                n -> tree.secondMoment(StratonovichMilstein.withStep(1.0 / n), nonCommutingStratonovich(), n, START)
                        .subtract(exact)
                        .getFrobeniusNorm();
        assertThat(OrderFit.slope(middle, 12, 24, 48)).isCloseTo(1.0, within(0.1));
    }

    /**
     * dX = (½X + √(X²+1)) dt + √(X²+1) dW, X₀ = 0: X = sinh(t + W), so E arsinh²X = t² + t (Kloeden and Platen 1992,
     * section 4.4); t = ½.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("schemes")
    void scalarNonLinearNoise(String name, DoubleFunction<Scheme> scheme, int signs, double order) {
        Sde sde = Sde.ito(
                DifferentiableField.automatic(x -> new Gradient[] {
                    x[0].multiply(0.5).add(x[0].square().add(1.0).sqrt())
                }),
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].square().add(1.0)}),
                Temperature.of(0.5));
        NoiseTree tree = new NoiseTree(1, 0);
        double slope = OrderFit.slope(
                n -> Math.abs(tree.expectation(
                                scheme.apply(0.5 / n),
                                sde,
                                n,
                                x -> {
                                    double z = Math.log(x[0] + Math.sqrt(x[0] * x[0] + 1));
                                    return z * z;
                                },
                                0.0)
                        - 0.75),
                4,
                6,
                8,
                10);
        assertThat(slope).isCloseTo(order, within(0.2));
    }

    /** dx = (c − x) dt + 0.8 dW: E x² at t = 1. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("schemes")
    void additiveNoise(String name, DoubleFunction<Scheme> scheme, int signs, double order) {
        double c = 0.3;
        Sde sde = Sde.ito(
                AffineField.of(MatrixUtils.createRealMatrix(new double[][] {{-1.0}}), c),
                Diffusion.isotropic(1, 0.64),
                Temperature.of(0.5));
        double mean = c + (2 - c) * Math.exp(-1);
        double exact = mean * mean + 0.32 * -Math.expm1(-2);
        NoiseTree tree = new NoiseTree(1, 0);
        double slope = OrderFit.slope(
                n -> Math.abs(tree.expectation(scheme.apply(1.0 / n), sde, n, x -> x[0] * x[0], 2.0) - exact),
                4,
                6,
                8,
                10);
        assertThat(slope).isCloseTo(order, within(0.2));
    }

    /**
     * One step of Platen's scheme errs by O(h³), where the curvature of one noise's coefficient along another's counts.
     * First dX = (v√(1+X²) + ½(1+a²)X) dt + √(1+X²)(dW₁ + a dW₂), X = sinh(y + vt + W₁ + aW₂), so E arsinh²X =
     * (y+vt)² + (1+a²)t. Then dX₁ = dW₁, dX₂ = X₁² dW₂ from (x, 0), whose noise does not commute: E X₁²X₂² =
     * ∫E(x+W_s)⁴((x+W_s)² + t − s) ds by the moments of W.
     */
    @Test
    void platenStepHasLocalOrderThree() {
        double v = 0.7;
        double a = 0.6;
        double y = 0.4;
        Sde sameDirection = Sde.ito(
                (x, out) -> out[0] = v * Math.sqrt(1 + x[0] * x[0]) + 0.5 * (1 + a * a) * x[0],
                Diffusion.automaticFactor(1, 2, x -> {
                    Gradient root = x[0].square().add(1.0).sqrt();
                    return new Gradient[][] {{root, root.multiply(a)}};
                }),
                Temperature.of(0.5));
        NoiseTree tree = new NoiseTree(2, 1);
        double first = OrderFit.slope(
                n -> {
                    double h = 1.0 / n;
                    double expected = (y + v * h) * (y + v * h) + (1 + a * a) * h;
                    return Math.abs(tree.expectation(
                                    PlatenWeak2.withStep(h),
                                    sameDirection,
                                    1,
                                    x -> {
                                        double z = Math.log(x[0] + Math.sqrt(x[0] * x[0] + 1));
                                        return z * z;
                                    },
                                    Math.sinh(y))
                            - expected);
                },
                32,
                64,
                128);
        assertThat(first).isCloseTo(3.0, within(0.2));

        Sde crossed = Sde.ito(
                (x, out) -> {
                    out[0] = 0;
                    out[1] = 0;
                },
                Diffusion.automaticDiagonal(2, x -> new Gradient[] {
                    x[0].multiply(0.0).add(1.0), x[0].square().square()
                }),
                Temperature.of(0.5));
        double x0 = 1.3;
        double second = OrderFit.slope(
                n -> {
                    double h = 1.0 / n;
                    double x2 = x0 * x0;
                    double x4 = x2 * x2;
                    // ∫₀ʰ [E(x+W_s)⁶ + (h − s)E(x+W_s)⁴] ds with E(x+W_s)⁶ = x⁶ + 15x⁴s + 45x²s² + 15s³.
                    double expected = x4 * x2 * h
                            + 7.5 * x4 * h * h
                            + 15 * x2 * h * h * h
                            + 3.75 * h * h * h * h
                            + x4 * h * h / 2
                            + x2 * h * h * h
                            + h * h * h * h / 4;
                    return Math.abs(tree.expectation(
                                    PlatenWeak2.withStep(h), crossed, 1, x -> x[0] * x[0] * x[1] * x[1], x0, 0.0)
                            - expected);
                },
                32,
                64,
                128);
        assertThat(second).isCloseTo(3.0, within(0.2));
    }

    /**
     * One step of SRI1W1 errs by O(h^{5/2}) where the noise is not linear, dX = (v√(1+X²) + ½X) dt + √(1+X²) dW, so that its
     * weak order is 1.5, and by O(h³) where it is, dX = μX dt + σX dW.
     */
    @Test
    void sri1w1StepHasLocalOrderFiveHalves() {
        double v = 0.7;
        double y = 0.4;
        NoiseTree tree = new NoiseTree(2, 0);
        Sde curved = Sde.ito(
                (x, out) -> out[0] = v * Math.sqrt(1 + x[0] * x[0]) + 0.5 * x[0],
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].square().add(1.0)}),
                Temperature.of(0.5));
        double general = OrderFit.slope(
                n -> {
                    double h = 1.0 / n;
                    double expected = (y + v * h) * (y + v * h) + h;
                    return Math.abs(tree.expectation(
                                    Sri1w1.withStep(h),
                                    curved,
                                    1,
                                    x -> {
                                        double z = Math.log(x[0] + Math.sqrt(x[0] * x[0] + 1));
                                        return z * z;
                                    },
                                    Math.sinh(y))
                            - expected);
                },
                1024,
                2048,
                4096);
        assertThat(general).isCloseTo(2.5, within(0.1));
        Sde linear = Sde.ito(
                (x, out) -> out[0] = 0.3 * x[0],
                Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{x[0].multiply(0.8)}}),
                Temperature.of(0.5));
        double special = OrderFit.slope(
                n -> Math.abs(tree.expectation(Sri1w1.withStep(1.0 / n), linear, 1, x -> x[0] * x[0], 1.0)
                        - Math.exp(1.24 / n)),
                64,
                128,
                256);
        assertThat(special).isCloseTo(3.0, within(0.1));
    }

    /** With one noise Platen's scheme has the terms of Milstein's: strong order 1. 2000 paths. */
    @Test
    void platenWithOneNoiseHasStrongOrderOne() {
        Sde sde = GeometricBrownianMotion.of(new double[] {0.5}, new double[] {1.0})
                .sde();
        double slope = OrderFit.slope(
                n -> OrderFit.strongError(PlatenWeak2.withStep(1.0 / n), sde, n, 256, 2000, 3, 1.0, dW -> {
                    double w = 0.0;
                    for (double increment : dW) {
                        w += increment;
                    }
                    return Math.exp(w);
                }),
                8,
                16,
                32,
                64,
                128);
        assertThat(slope).isCloseTo(1.0, within(0.2));
    }

    @Test
    void platenNeedsAsManyNormalsAsStated() {
        assertThat(PlatenWeak2.withStep(0.1).stepper(nonCommuting()).noises()).isEqualTo(3);
        assertThat(PlatenWeak2.withStep(0.1)
                        .stepper(Sde.ito(LinearField.of(A), Diffusion.isotropic(2, 1.0), Temperature.of(1)))
                        .noises())
                .isEqualTo(2);
        Sde stratonovich = GeometricBrownianMotion.of(new double[] {0.5}, new double[] {1.0})
                .read(Calculus.STRATONOVICH)
                .sde();
        assertThatThrownBy(() -> PlatenWeak2.withStep(0.1).stepper(stratonovich))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("PlatenWeak2 solves Itô equations, this one is Stratonovich; convert it by toIto()");
        assertThatThrownBy(() -> PlatenWeak2.withStep(0)).hasMessage("stepSize must be positive and finite, got 0.0");
    }
}
