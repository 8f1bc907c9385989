package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;

class StiffSchemesTest {

    private static final RealMatrix ONE = MatrixUtils.createRealIdentityMatrix(1);

    /** dx = λx dt + σx dW. */
    private static Sde linear(double lambda, double sigma) {
        return Sde.ito(
                LinearField.of(ONE.scalarMultiply(lambda)),
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].multiply(sigma).square()}),
                Temperature.of(0.5));
    }

    private static double meanSquareFactor(Scheme scheme, double lambda, double sigma) {
        return new NoiseTree(1, 0)
                .secondMoment(scheme, linear(lambda, sigma), 1, ONE)
                .getEntry(0, 0);
    }

    /**
     * λ = −1000, σ² = 1500 &lt; 2|λ|: the equation is mean-square stable. At h = 0.1 Euler–Maruyama multiplies E x² by
     * more than 9000 a step; the two stiff schemes make it smaller.
     */
    @Test
    void meanSquareStableWhereEulerMaruyamaExplodes() {
        double h = 0.1;
        double lambda = -1000;
        double sigma = Math.sqrt(1500);
        assertThat(meanSquareFactor(EulerMaruyama.withStep(h), lambda, sigma))
                .isCloseTo(99.0 * 99.0 + 150.0, within(1e-8));
        double implicit = meanSquareFactor(DriftImplicitEuler.withStep(h), lambda, sigma);
        assertThat(implicit).isCloseTo((1 + 150.0) / (101.0 * 101.0), within(1e-12));
        SkRock stabilised = SkRock.forSpectralRadius(h, 1000);
        double factor = meanSquareFactor(stabilised, lambda, sigma);
        assertThat(stabilised.stages()).isLessThan(10);
        assertThat(factor).isLessThan(1.0);
    }

    /** The whole reach of s stages with σ² = −1.9λ: the mean square never grows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 30})
    void skRockIsStableOverItsReach(int stages) {
        double reach = (2 - 4.0 / 3 * SkRock.DEFAULT_DAMPING) * (stages - 0.5) * (stages - 0.5) - 1.5;
        for (double z = 0.02; z < reach; z += 0.02 + reach / 997) {
            assertThat(meanSquareFactor(SkRock.withStages(1.0, stages), -z, Math.sqrt(1.9 * z)))
                    .isLessThan(1.0);
        }
    }

    /**
     * The stability function of the source: x ← (A(z) + B(z)σ√h ξ)x with A(z) = Tₛ(ω₀ + ω₁z)/Tₛ(ω₀) and
     * B(z) = Uₛ₋₁(ω₀ + ω₁z)/Uₛ₋₁(ω₀)·(1 + ω₁z/2); Chebyshev polynomials by their trigonometric form.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 20})
    void skRockHasItsStabilityFunction(int s) {
        double w0 = 1 + SkRock.DEFAULT_DAMPING / (s * s);
        double w1 = firstKind(s, w0) / (s * secondKind(s - 1, w0));
        for (double z : new double[] {-0.1, -0.37 * s * s, -1.3 * s * s}) {
            double a = firstKind(s, w0 + w1 * z) / firstKind(s, w0);
            double b = secondKind(s - 1, w0 + w1 * z) / secondKind(s - 1, w0) * (1 + w1 * z / 2);
            double sigma = 0.8;
            assertThat(meanSquareFactor(SkRock.withStages(1.0, s), z, sigma))
                    .isCloseTo(a * a + sigma * sigma * b * b, within(1e-11));
        }
    }

    private static double firstKind(int n, double x) {
        return Math.abs(x) <= 1 ? Math.cos(n * Math.acos(x)) : Math.cosh(n * arcosh(x));
    }

    private static double secondKind(int n, double x) {
        return Math.abs(x) <= 1
                ? Math.sin((n + 1) * Math.acos(x)) / Math.sin(Math.acos(x))
                : Math.sinh((n + 1) * arcosh(x)) / Math.sinh(arcosh(x));
    }

    private static double arcosh(double x) {
        return Math.log(x + Math.sqrt(x * x - 1));
    }

    /** dx = −θx dt + √2 dW: y = (x + √(2h)ξ)/(1 + θh), stationary variance (1/θ)/(1 + θh/2), by either way to solve. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 0.1, 10.0})
    void implicitStationaryVariance(double h) {
        double theta = 50.0;
        Diffusion diffusion = Diffusion.isotropic(1, 1.0);
        double expected = 1 / theta / (1 + theta * h / 2);
        Sde affine = Sde.ito(AffineField.of(ONE.scalarMultiply(-theta), 0.0), diffusion, Temperature.of(1));
        Sde general = Sde.ito(
                DifferentiableField.automatic(x -> new Gradient[] {x[0].multiply(-theta)}),
                diffusion,
                Temperature.of(1));
        for (Sde sde : new Sde[] {affine, general}) {
            assertThat(StepMap.of(DriftImplicitEuler.withStep(h), sde)
                            .stationaryCovariance()
                            .getEntry(0, 0))
                    .isCloseTo(expected, within(1e-12 * expected));
        }
    }

    /**
     * A stiff linear system with rates 1 and 10⁴ and noise in both directions: covariance of Lyapunov's equation at every step,
     * β = 1/0.7. The implicit Euler scheme, the control, loses the stiff part.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-2, 0.5})
    void trapezoidalRulesKeepTheLinearLaw(double h) {
        RealMatrix a = MatrixUtils.createRealMatrix(new double[][] {{-1.0, 3.0}, {0.0, -1e4}});
        RealMatrix b = MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.2, 2.0}});
        Sde sde = Sde.ito(LinearField.of(a), Diffusion.constantFactor(b), Temperature.of(0.7));
        // AΣ + ΣAᵀ + 2β⁻¹BBᵀ = 0, entry by entry from the last.
        RealMatrix s = b.multiplyTransposed(b).scalarMultiply(1.4);
        double yy = s.getEntry(1, 1) / 2e4;
        double xy = (s.getEntry(0, 1) + 3.0 * yy) / (1.0 + 1e4);
        double xx = 0.5 * (s.getEntry(0, 0) + 6.0 * xy);
        for (Scheme scheme : new Scheme[] {StochasticTheta.withStep(h), ImplicitWeak2.withStep(h)}) {
            // Slowest factor of a step (1 − hλ/2)/(1 + hλ/2) ≈ −1: doubled 40 times it is gone all the same.
            RealMatrix law = StepMap.of(scheme, sde).stationaryCovariance();
            assertThat(law.getEntry(0, 0)).isCloseTo(xx, within(1e-10 * xx));
            assertThat(law.getEntry(0, 1)).isCloseTo(xy, within(1e-8 * xy));
            assertThat(law.getEntry(1, 1)).isCloseTo(yy, within(1e-8 * yy));
        }
        double theta = 0.75;
        assertThat(StepMap.of(StochasticTheta.withTheta(h, theta), sde)
                        .stationaryCovariance()
                        .getEntry(1, 1))
                .isCloseTo(yy / (1.0 + (2.0 * theta - 1.0) * 1e4 * h / 2.0), within(1e-8 * yy));
        assertThat(StepMap.of(DriftImplicitEuler.withStep(h), sde)
                        .stationaryCovariance()
                        .getEntry(1, 1))
                .isCloseTo(yy / (1.0 + 1e4 * h / 2.0), within(1e-8 * yy));
    }

    /** dx = −λx dt + σx dW: the factors that the pages of the implicit schemes state. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 4.0, 200.0})
    void meanSquareFactors(double z) {
        double s = 0.6;
        double half = 1.0 - 0.5 * z;
        double below = (1.0 + 0.5 * z) * (1.0 + 0.5 * z);
        double sigma = Math.sqrt(10.0 * s);
        // A factor that changes its sign with x, where a root of D would not.
        Sde sde = Sde.ito(
                LinearField.of(ONE.scalarMultiply(-10.0 * z)),
                Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{x[0].multiply(sigma)}}),
                Temperature.of(0.5));
        NoiseTree tree = new NoiseTree(1, 0);
        assertThat(tree.secondMoment(ImplicitWeak2.withStep(0.1), sde, 1, ONE).getEntry(0, 0))
                .isCloseTo((half * half * (1.0 + s) + 0.5 * s * s) / below, within(1e-11));
        assertThat(tree.secondMoment(StochasticTheta.withStep(0.1), sde, 1, ONE).getEntry(0, 0))
                .isCloseTo((half * half + s) / below, within(1e-11));
    }

    /** A well with stiff walls along a parabola: U = x²/2 + k(y − x²)²/2, whose law has ⟨x²⟩ = ⟨k(y − x²)²⟩ = 1 for β = 1. */
    private static Sde bentWell(double k) {
        return Sde.ito(
                DifferentiableField.of(
                        (x, out) -> {
                            double across = k * (x[1] - x[0] * x[0]);
                            out[0] = -x[0] + 2.0 * x[0] * across;
                            out[1] = -across;
                        },
                        (x, out) -> {
                            out[0] = -1.0 + 2.0 * k * (x[1] - 3.0 * x[0] * x[0]);
                            out[1] = 2.0 * k * x[0];
                            out[2] = 2.0 * k * x[0];
                            out[3] = -k;
                        }),
                Diffusion.isotropic(2, 1.0),
                Temperature.of(1.0));
    }

    /**
     * k = 10⁴, h = 0.002, from the law itself to t = 2, 1,000 paths: an explicit step would have to be a fiftieth. The
     * implicit Euler scheme, the control, has lost the fluctuations across, and ⟨x²⟩ is on its way to 1.69, the law of a rigid
     * rod.
     */
    @Test
    void trapezoidalRuleKeepsTheFluctuationsAcrossAStiffWell() {
        RunningMoments trapezoidal = acrossTheWell(StochasticTheta.withStep(0.002));
        assertThat(trapezoidal.mean(0)).isCloseTo(1.0, within(4.0 * trapezoidal.standardError(0)));
        assertThat(trapezoidal.mean(1)).isCloseTo(1.0, within(4.0 * trapezoidal.standardError(1) + 0.02));
        RunningMoments euler = acrossTheWell(DriftImplicitEuler.withStep(0.002));
        assertThat(euler.mean(0)).isGreaterThan(1.0 + 4.0 * euler.standardError(0));
        assertThat(euler.mean(1)).isLessThan(0.1);
    }

    private static RunningMoments acrossTheWell(Scheme scheme) {
        double k = 1e4;
        int paths = 1000;
        Stepper stepper = scheme.stepper(bentWell(k));
        NormalStream normals = NormalStream.of(Seed.of(4));
        double[][] x = new double[2][paths];
        normals.fill(0, paths, 0, x);
        for (int p = 0; p < paths; p++) {
            x[1][p] = x[0][p] * x[0][p] + x[1][p] / Math.sqrt(k);
        }
        double[][] xi = new double[2][paths];
        double[] along = new double[paths];
        double[] across = new double[paths];
        for (int step = 1; step <= 1000; step++) {
            normals.fill(0, paths, step, xi);
            stepper.step(0.002 * (step - 1), x, paths, xi);
            for (int p = 0; step > 500 && p < paths; p++) {
                double square = x[0][p] * x[0][p];
                along[p] += square / 500;
                across[p] += k * (x[1][p] - square) * (x[1][p] - square) / 500;
            }
        }
        RunningMoments moments = new RunningMoments(2);
        for (int p = 0; p < paths; p++) {
            moments.add(along[p], across[p]);
        }
        return moments;
    }

    /** y + hy³ = r by Cardano; the coupled field is solved to its residual. */
    @Test
    void newtonFindsTheRoot() {
        Sde cubic = Sde.ito(
                DifferentiableField.automatic(
                        x -> new Gradient[] {x[0].multiply(x[0]).multiply(x[0]).negate()}),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(1));
        double h = 4.0;
        double r = 10.0;
        double q = r / (2 * h);
        double root = Math.sqrt(q * q + 1 / (27 * h * h * h));
        double[][] x = {{r}};
        DriftImplicitEuler.withStep(h).stepper(cubic).step(0.0, x, 1, new double[1][1]);
        assertThat(x[0][0]).isCloseTo(Math.cbrt(q + root) + Math.cbrt(q - root), within(1e-13));

        Sde coupled = Sde.ito(
                DifferentiableField.automatic(v -> new Gradient[] {
                    v[1].subtract(v[0]).multiply(100.0),
                    v[0].multiply(v[1]).negate().sin()
                }),
                Diffusion.isotropic(2, 1.0),
                Temperature.of(1));
        double[][] y = {{1.0, -2.0}, {0.5, 1.5}};
        DriftImplicitEuler.withStep(0.3).stepper(coupled).step(0.0, y, 2, new double[2][2]);
        double[][] start = {{1.0, -2.0}, {0.5, 1.5}};
        for (int p = 0; p < 2; p++) {
            assertThat(y[0][p] - 0.3 * 100 * (y[1][p] - y[0][p])).isCloseTo(start[0][p], within(1e-12));
            assertThat(y[1][p] + 0.3 * Math.sin(y[0][p] * y[1][p])).isCloseTo(start[1][p], within(1e-12));
        }
    }

    /** y = x + h(1 + y²) has no real root for large h. */
    @Test
    void aStepWithoutSolutionIsReported() {
        Sde sde = Sde.ito(
                DifferentiableField.automatic(x -> new Gradient[] {x[0].square().add(1.0)}),
                Diffusion.isotropic(1, 1.0),
                Temperature.of(1));
        Stepper stepper = new DriftImplicitEuler(5.0, 1e-8, 30).stepper(sde);
        assertThatThrownBy(() -> stepper.step(0.0, new double[][] {{0.25}}, 1, new double[1][1]))
                .isInstanceOfSatisfying(StepConvergenceException.class, thrown -> {
                    assertThat(thrown.iterations()).isEqualTo(30);
                    assertThat(thrown.tolerance()).isEqualTo(1e-8);
                    assertThat(thrown.residual()).isGreaterThan(1.0);
                    assertThat(thrown.state()).containsExactly(0.25);
                })
                .hasMessageStartingWith("Newton's method of DriftImplicitEuler did not converge: residual ");
    }

    /** Strong slopes with additive noise, dx = −x dt + √2 dW: 1; with multiplicative noise, dx = −x dt + x dW: ½. */
    @Test
    void strongOrders() {
        int fine = 2048;
        Sde additive = Sde.ito(LinearField.of(ONE.scalarMultiply(-1)), Diffusion.isotropic(1, 1.0), Temperature.of(1));
        Sde multiplicative = linear(-1, 1);
        assertStrong("DriftImplicitEuler", DriftImplicitEuler::withStep, additive, multiplicative, fine);
        assertStrong("SkRock", h -> SkRock.withStages(h, 3), additive, multiplicative, fine);
    }

    private static void assertStrong(
            String name, DoubleFunction<Scheme> scheme, Sde additive, Sde multiplicative, int fine) {
        double one = OrderFit.slope(
                n -> OrderFit.strongError(scheme.apply(1.0 / n), additive, n, fine, 1000, 12, 1.0, dW -> {
                    double x = Math.exp(-1);
                    for (int k = 0; k < fine; k++) {
                        x += Math.sqrt(2) * Math.exp((k + 0.5) / fine - 1) * dW[k];
                    }
                    return x;
                }),
                8,
                16,
                32,
                64,
                128);
        double half = OrderFit.slope(
                n -> OrderFit.strongError(scheme.apply(1.0 / n), multiplicative, n, fine, 2000, 13, 1.0, dW -> {
                    double w = 0.0;
                    for (double increment : dW) {
                        w += increment;
                    }
                    return Math.exp(w - 1.5);
                }),
                16,
                32,
                64,
                128,
                256);
        assertThat(one).as(name + ", additive").isCloseTo(1.0, within(0.2));
        assertThat(half).as(name + ", multiplicative").isCloseTo(0.5, within(0.2));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> SkRock.withStages(0.1, 0)).hasMessage("stages must be positive, got 0");
        assertThatThrownBy(() -> new SkRock(0.1, 3, Double.NaN)).hasMessage("damping must be in (0, 1], got NaN");
        assertThatThrownBy(() -> SkRock.forSpectralRadius(0.1, -1))
                .hasMessage("spectralRadius must be finite and not negative, got -1.0");
        assertThatThrownBy(() -> new DriftImplicitEuler(0.1, 0.0, 5))
                .hasMessage("tolerance must be in (0, 1), got 0.0");
        assertThatThrownBy(() -> new DriftImplicitEuler(0.1, 1e-8, 0))
                .hasMessage("maxIterations must be positive, got 0");
        Sde plain = Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(1));
        assertThatThrownBy(() -> DriftImplicitEuler.withStep(0.1).stepper(plain))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DriftImplicitEuler needs the Jacobian of the drift");
        assertThatThrownBy(() -> DriftImplicitEuler.withStep(0.5).stepper(linear(2.0, 0.1)))
                .hasMessage("stepSize must leave I − hA regular, got 0.5 with 1/h an eigenvalue of A");
    }
}
