package org.langevin4j.solvers.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.convergence.OrderEstimate;
import org.langevin4j.solvers.sde.TestEquations.Problem;

/** Factors in plain doubles whose derivatives come from differences keep Milstein's strong order 1. */
class PlainFactorsTest {

    private static final long SEED = 20261129;

    /** The same equation, whose factor is known by its values alone. */
    private static Problem plain(Problem problem, Diffusion diffusion) {
        return new Problem(
                problem.name() + ", by differences",
                Sde.ito(problem.sde().drift(), diffusion, problem.sde().temperature()),
                problem.start(),
                problem.exact());
    }

    private static Problem arctan(VectorField factor) {
        return plain(TestEquations.kloedenPlaten(0.8), Diffusion.factor(1, 1, factor));
    }

    private static final VectorField ARCTAN = (x, out) -> {
        double c = Math.cos(x[0]);
        out[0] = 0.8 * c * c;
    };

    static Stream<Arguments> problems() {
        Diffusion diagonal = Diffusion.diagonal(3, (x, out) -> {
            double c = Math.cos(x[0]);
            out[0] = 0.64 * c * c * c * c;
            out[1] = 0.36 * x[1] * x[1];
            out[2] = 0.64 * (1.0 + x[2] * x[2]);
        });
        Diffusion equal = Diffusion.factor(4, 10, (x, out) -> {
            double sum = 0.01 * (x[0] + x[1] + x[2] + x[3]);
            for (int i = 0; i < 4; i++) {
                Arrays.fill(out, 10 * i, 10 * (i + 1), 0.19 * x[i] + sum);
            }
        });
        DoubleFunction<Scheme> milstein = Milstein::withStep;
        DoubleFunction<Scheme> stratonovich = StratonovichMilstein::withStep;
        return Stream.of(
                Arguments.of(milstein, arctan(ARCTAN)),
                Arguments.of(stratonovich, arctan(ARCTAN).stratonovich()),
                Arguments.of(milstein, plain(TestEquations.diagonal(), diagonal.declaring(Noise.DIAGONAL))),
                Arguments.of(milstein, plain(TestEquations.commutative(), equal.declaring(Noise.COMMUTATIVE))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("problems")
    void strongOrderOne(DoubleFunction<Scheme> scheme, Problem problem) {
        OrderEstimate estimate = strong(scheme, problem);
        assertThat(estimate.isResolved()).isTrue();
        assertThat(estimate.order()).as("%s: %s", problem, estimate).isCloseTo(1.0, within(0.2));
    }

    private static OrderEstimate strong(DoubleFunction<Scheme> scheme, Problem problem) {
        return ConvergenceStudy.of(problem.sde())
                .startingAt(problem.start())
                .levels(4, 7)
                .paths(500)
                .seed(SEED)
                .strong(scheme, problem.exact());
    }

    /** The control: with a derivative that is wrong the order is ½, as without the correction. */
    @Test
    void aWrongDerivativeIsSeen() {
        OrderEstimate estimate =
                strong(Milstein::withStep, arctan(DifferentiableField.of(ARCTAN, (x, out) -> out[0] = 0.0)));
        assertThat(estimate.order()).isCloseTo(0.5, within(0.2));
    }

    /** General noise with Lévy areas, against a fine solution by the derivatives in closed form. */
    @Test
    void generalNoise() {
        double[][] b1 = TestEquations.B1.getData();
        double[][] b2 = TestEquations.B2.getData();
        Diffusion plain = Diffusion.factor(2, 2, (x, out) -> {
            for (int i = 0; i < 2; i++) {
                out[2 * i] = b1[i][0] * x[0] + b1[i][1] * x[1];
                out[2 * i + 1] = b2[i][0] * x[0] + b2[i][1] * x[1];
            }
        });
        Sde closed = TestEquations.linear(Calculus.ITO);
        Sde sde = Sde.ito(closed.drift(), plain, closed.temperature());
        OrderEstimate estimate = ConvergenceStudy.of(sde)
                .startingAt(1.0, -0.5)
                .levels(4, 7)
                .paths(200)
                .seed(SEED)
                .strong(Milstein::withStep, Milstein::withStep, 10);
        assertThat(estimate.order()).isCloseTo(1.0, within(0.2));
    }
}
