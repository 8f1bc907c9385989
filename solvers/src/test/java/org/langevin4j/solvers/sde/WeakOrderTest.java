package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.sde.TestEquations.Problem;

/** Weak orders: fitted slope within 0.2 of the order the scheme states. */
class WeakOrderTest {

    private static final long SEED = 20261121;

    private static Arguments row(String name, DoubleFunction<Scheme> scheme, Problem problem, int paths) {
        return Arguments.of(name, scheme, problem, paths);
    }

    static Stream<Arguments> scalarNoise() {
        Problem ito = TestEquations.geometric(-1.0, 0.8);
        Problem stratonovich = ito.stratonovich();
        return Stream.of(
                row("EulerMaruyama", EulerMaruyama::withStep, ito, 20_000),
                row("AlphaEuler", AlphaEuler::withStep, stratonovich, 20_000),
                row("Milstein", Milstein::withStep, ito, 10_000),
                row("Heun", Heun::withStep, stratonovich, 10_000),
                row("StratonovichMilstein", StratonovichMilstein::withStep, stratonovich, 10_000),
                row("Midpoint", Midpoint::withStep, stratonovich, 10_000));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void scalarNoise(String name, DoubleFunction<Scheme> scheme, Problem problem, int paths) {
        OrderEstimate estimate = ConvergenceStudy.of(problem.sde())
                .startingAt(problem.start())
                .levels(2, 5)
                .paths(paths)
                .seed(SEED)
                .weak(scheme, x -> x[0], problem.exact());
        check(name + ", " + problem, scheme, problem.sde(), estimate);
    }

    /** With linear noise SRI1W1 is better than it is in general. */
    @Test
    void sri1w1HasWeakOrderTwoForLinearNoise() {
        Problem problem = TestEquations.geometric(-1.0, 0.8);
        OrderEstimate estimate = ConvergenceStudy.of(problem.sde())
                .startingAt(problem.start())
                .levels(2, 5)
                .paths(40_000)
                .seed(SEED)
                .weak(Sri1w1::withStep, x -> x[0], problem.exact());
        assertThat(estimate.isResolved()).isTrue();
        assertThat(estimate.order()).as("%s", estimate).isCloseTo(2.0, within(0.2));
    }

    static Stream<Arguments> additiveNoise() {
        return Stream.of(
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep),
                Arguments.of("Sra1", (DoubleFunction<Scheme>) Sra1::withStep),
                Arguments.of("Sra3", (DoubleFunction<Scheme>) Sra3::withStep),
                Arguments.of("Sri1w1", (DoubleFunction<Scheme>) Sri1w1::withStep));
    }

    /** dX = tanh X dt + dW. */
    private static Sde benes() {
        return Sde.ito((x, out) -> out[0] = Math.tanh(x[0]), Diffusion.isotropic(1, 1.0), TestEquations.UNIT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void additiveNoise(String name, DoubleFunction<Scheme> scheme) {
        OrderEstimate estimate = ConvergenceStudy.of(benes())
                .startingAt(0.5)
                .until(2.0)
                .levels(1, 4)
                .paths(20_000)
                .seed(SEED)
                .weak(scheme, x -> x[0] * x[0], Sra3::withStep, 7);
        check(name + ", tanh drift (additive)", scheme, benes(), estimate);
    }

    /** The law is known (Beneš): E X² = x² + T² + T + 2xT tanh x. 200,000 paths, four standard errors. */
    @Test
    void additiveNoiseHasTheRightLimit() {
        OrderEstimate estimate = ConvergenceStudy.of(benes())
                .startingAt(0.5)
                .until(2.0)
                .levels(4, 6)
                .paths(200_000)
                .seed(SEED)
                .weak(Sra1::withStep, x -> x[0] * x[0], 0.25 + 4.0 + 2.0 + 2.0 * Math.tanh(0.5));
        assertThat(estimate.errors().get(2).error())
                .isLessThan(4.0 * estimate.errors().get(2).standardError());
    }

    static Stream<Arguments> nonCommutativeNoise() {
        return Stream.of(
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, Calculus.ITO),
                Arguments.of("Milstein", (DoubleFunction<Scheme>) Milstein::withStep, Calculus.ITO),
                Arguments.of("AlphaEuler", (DoubleFunction<Scheme>) AlphaEuler::withStep, Calculus.STRATONOVICH),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, Calculus.STRATONOVICH),
                Arguments.of(
                        "StratonovichMilstein",
                        (DoubleFunction<Scheme>) StratonovichMilstein::withStep,
                        Calculus.STRATONOVICH),
                Arguments.of("Midpoint", (DoubleFunction<Scheme>) Midpoint::withStep, Calculus.STRATONOVICH));
    }

    /**
     * Raw normals, with Lévy areas made from them: each entry of E[XXᵀ] is that of the solution of dP/dt = AP + PAᵀ + ΣBPBᵀ,
     * and the trace is not that of the other calculus. 20,000 paths, four standard errors, and 2 % of the trace for the step.
     */
    @ParameterizedTest(name = "{0}")
    @MethodSource("nonCommutativeNoise")
    void nonCommutativeNoiseHasTheRightLimit(String name, DoubleFunction<Scheme> scheme, Calculus calculus) {
        int paths = 20_000;
        RealMatrix exact = secondMoments(calculus, 1.0, -0.5, 2.0);
        double own = exact.getTrace();
        double others = secondMoments(
                        calculus.equals(Calculus.ITO) ? Calculus.STRATONOVICH : Calculus.ITO, 1.0, -0.5, 2.0)
                .getTrace();
        Stepper stepper = scheme.apply(1.0 / 128).stepper(TestEquations.linear(calculus));
        NormalStream normals = NormalStream.of(Seed.of(SEED));
        int block = 500;
        RunningMoments products = new RunningMoments(4);
        double[][] xi = new double[stepper.noises()][block];
        for (int first = 0; first < paths; first += block) {
            double[][] x = new double[2][block];
            Arrays.fill(x[0], 1.0);
            Arrays.fill(x[1], -0.5);
            for (int step = 0; step < 256; step++) {
                normals.fill(first, block, step, xi);
                stepper.step(0.0, x, block, xi);
            }
            for (int p = 0; p < block; p++) {
                double xx = x[0][p] * x[0][p];
                double yy = x[1][p] * x[1][p];
                products.add(xx, x[0][p] * x[1][p], yy, xx + yy);
            }
        }
        double[] expected = {exact.getEntry(0, 0), exact.getEntry(0, 1), exact.getEntry(1, 1), own};
        for (int i = 0; i < 4; i++) {
            double tolerance = 4.0 * products.standardError(i) + 0.02 * own;
            assertThat(products.mean(i)).as("%s, %d", name, i).isCloseTo(expected[i], within(tolerance));
        }
        assertThat(products.mean(3))
                .as(name)
                .isNotCloseTo(others, within(4.0 * products.standardError(3) + 0.02 * own));
    }

    /** The matrix equation by Runge and Kutta's rule of order 4, 1,000 steps; A + ½ΣB² for Stratonovich. */
    private static RealMatrix secondMoments(Calculus calculus, double x, double y, double end) {
        RealMatrix b1 = TestEquations.B1;
        RealMatrix b2 = TestEquations.B2;
        RealMatrix a = calculus.equals(Calculus.ITO)
                ? TestEquations.A
                : TestEquations.A.add(b1.multiply(b1).add(b2.multiply(b2)).scalarMultiply(0.5));
        RealMatrix p = MatrixUtils.createRealMatrix(new double[][] {{x * x, x * y}, {x * y, y * y}});
        int steps = 1000;
        double h = end / steps;
        for (int i = 0; i < steps; i++) {
            RealMatrix k1 = derivative(a, b1, b2, p);
            RealMatrix k2 = derivative(a, b1, b2, p.add(k1.scalarMultiply(0.5 * h)));
            RealMatrix k3 = derivative(a, b1, b2, p.add(k2.scalarMultiply(0.5 * h)));
            RealMatrix k4 = derivative(a, b1, b2, p.add(k3.scalarMultiply(h)));
            p = p.add(k1.add(k2.add(k3).scalarMultiply(2.0)).add(k4).scalarMultiply(h / 6.0));
        }
        return p;
    }

    private static RealMatrix derivative(RealMatrix a, RealMatrix b1, RealMatrix b2, RealMatrix p) {
        return a.multiply(p)
                .add(p.multiplyTransposed(a))
                .add(b1.multiply(p).multiplyTransposed(b1))
                .add(b2.multiply(p).multiplyTransposed(b2));
    }

    private static void check(String name, DoubleFunction<Scheme> scheme, Sde sde, OrderEstimate estimate) {
        double order = scheme.apply(1.0).weakOrder(sde.diffusion().noise());
        assertThat(estimate.isResolved()).as("%s: %s", name, estimate).isTrue();
        assertThat(estimate.order()).as("%s: %s", name, estimate).isCloseTo(order, within(0.2));
    }
}
