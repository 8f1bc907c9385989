package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.sde.TestEquations.Problem;

/** Strong orders: fitted slope within 0.2 of the order the scheme states for the noise of the problem. */
class StrongOrderTest {

    private static final long SEED = 20261121;

    private static Arguments row(String name, DoubleFunction<Scheme> scheme, Problem problem, int paths) {
        return Arguments.of(name, scheme, problem, paths);
    }

    static Stream<Arguments> withExactSolution() {
        Problem scalar = TestEquations.geometric(0.5, 0.8);
        Problem arctan = TestEquations.kloedenPlaten(0.8);
        Problem diagonal = TestEquations.diagonal();
        Problem commutative = TestEquations.commutative();
        return Stream.of(
                row("EulerMaruyama", EulerMaruyama::withStep, scalar, 1000),
                row("EulerMaruyama", EulerMaruyama::withStep, arctan, 1000),
                row("EulerMaruyama", EulerMaruyama::withStep, diagonal, 1000),
                row("EulerMaruyama", EulerMaruyama::withStep, commutative, 600),
                row("AlphaEuler", AlphaEuler::withStep, arctan.stratonovich(), 1000),
                row("Milstein", Milstein::withStep, scalar, 1000),
                row("Milstein", Milstein::withStep, arctan, 1000),
                row("Milstein", Milstein::withStep, diagonal, 1000),
                row("Milstein", Milstein::withStep, commutative, 600),
                row("Sri1w1", Sri1w1::withStep, scalar, 1000),
                row("Sri1w1", Sri1w1::withStep, arctan, 1000),
                row("Sri1w1", Sri1w1::withStep, diagonal, 1000),
                row("Heun", Heun::withStep, scalar.stratonovich(), 1000),
                row("Heun", Heun::withStep, arctan.stratonovich(), 1000),
                row("Heun", Heun::withStep, diagonal.stratonovich(), 1000),
                row("Heun", Heun::withStep, commutative.stratonovich(), 1000),
                row("StratonovichMilstein", StratonovichMilstein::withStep, scalar.stratonovich(), 1000),
                row("StratonovichMilstein", StratonovichMilstein::withStep, arctan.stratonovich(), 1000),
                row("StratonovichMilstein", StratonovichMilstein::withStep, diagonal.stratonovich(), 1000),
                row("StratonovichMilstein", StratonovichMilstein::withStep, commutative.stratonovich(), 1000),
                row("Midpoint", Midpoint::withStep, scalar.stratonovich(), 1000),
                row("Midpoint", Midpoint::withStep, arctan.stratonovich(), 1000),
                row("Midpoint", Midpoint::withStep, diagonal.stratonovich(), 1000),
                row("Midpoint", Midpoint::withStep, commutative.stratonovich(), 600));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void withExactSolution(String name, DoubleFunction<Scheme> scheme, Problem problem, int paths) {
        OrderEstimate estimate = ConvergenceStudy.of(problem.sde())
                .startingAt(problem.start())
                .levels(4, 8)
                .paths(paths)
                .seed(SEED)
                .strong(scheme, problem.exact());
        check(name + ", " + problem, scheme, problem.sde(), estimate);
    }

    static Stream<Arguments> againstFineSolution() {
        Sde additive = TestEquations.additive(0.8);
        Sde ito = TestEquations.linear(Calculus.ITO);
        Sde stratonovich = TestEquations.linear(Calculus.STRATONOVICH);
        DoubleFunction<Scheme> sra3 = Sra3::withStep;
        DoubleFunction<Scheme> sri = Sri1w1::withStep;
        DoubleFunction<Scheme> milstein = Milstein::withStep;
        DoubleFunction<Scheme> stratonovichMilstein = StratonovichMilstein::withStep;
        return Stream.of(
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, additive, sra3),
                Arguments.of("Sra1", (DoubleFunction<Scheme>) Sra1::withStep, additive, sra3),
                Arguments.of("Sra3", sra3, additive, sri),
                Arguments.of("Sri1w1", sri, additive, sra3),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, additive, sra3),
                Arguments.of("EulerMaruyama", (DoubleFunction<Scheme>) EulerMaruyama::withStep, ito, milstein),
                Arguments.of("Milstein", milstein, ito, milstein),
                Arguments.of("Heun", (DoubleFunction<Scheme>) Heun::withStep, stratonovich, stratonovichMilstein),
                Arguments.of(
                        "Midpoint", (DoubleFunction<Scheme>) Midpoint::withStep, stratonovich, stratonovichMilstein),
                Arguments.of("StratonovichMilstein", stratonovichMilstein, stratonovich, stratonovichMilstein));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource
    void againstFineSolution(String name, DoubleFunction<Scheme> scheme, Sde sde, DoubleFunction<Scheme> reference) {
        // Additive noise: at larger steps the error of the deterministic part, of order 2, still weighs.
        boolean additive = sde.diffusion().noise() == Noise.ADDITIVE;
        OrderEstimate estimate = ConvergenceStudy.of(sde)
                .startingAt(1.0, -0.5)
                .levels(additive ? 7 : 5, additive ? 11 : 9)
                .paths(200)
                .seed(SEED)
                .strong(scheme, reference, additive ? 13 : 12);
        check(name + ", " + sde.diffusion().noise(), scheme, sde, estimate);
        if (additive) {
            assertThat(estimate.order())
                    .as("%s: %s", name, estimate)
                    .isCloseTo(
                            scheme.apply(1.0).strongOrder(Noise.ADDITIVE),
                            within(Math.min(0.1, estimate.halfWidth(0.95))));
        }
    }

    private static void check(String name, DoubleFunction<Scheme> scheme, Sde sde, OrderEstimate estimate) {
        Noise noise = sde.diffusion().noise();
        double order = scheme.apply(1.0).strongOrder(noise);
        assertThat(estimate.isResolved()).isTrue();
        assertThat(estimate.order()).as("%s: %s", name, estimate).isCloseTo(order, within(0.2));
    }
}
