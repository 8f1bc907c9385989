package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.langevin4j.solvers.markov.MultigridTest.CORRELATED;
import static org.langevin4j.solvers.markov.MultigridTest.equation;
import static org.langevin4j.solvers.markov.MultigridTest.example19;
import static org.langevin4j.solvers.markov.MultigridTest.masked;
import static org.langevin4j.solvers.markov.MultigridTest.rotation;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.discretisation.KilledChain;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

/** Against the subtraction-free elimination of the same chain. */
class NestedPassageTest {

    private static boolean isInBall(double[] x) {
        return Math.hypot(x[0] - 1.0, x[1]) < 0.3;
    }

    private static KilledChain killed(FokkerPlanck equation, Predicate<double[]> target) {
        Region outside = equation.region().where(target.negate(), Boundary.ABSORBING);
        GridGenerator chain = equation.chain().on(outside);
        return new KilledChain(chain, outside, chain.generator(), chain::order);
    }

    static Stream<Arguments> problems() {
        FokkerPlanck well = equation(example19(1.5), Diffusion.isotropic(2, 1.0), 1.0, 160);
        return Stream.of(
                Arguments.of("a ball", killed(well, NestedPassageTest::isInBall)),
                Arguments.of("a few cells", killed(well, x -> Math.hypot(x[0] - 1.0, x[1]) < 0.04)),
                Arguments.of("a half plane", killed(well, x -> x[0] > 0.91)),
                Arguments.of("a strip between two parts", killed(well, x -> Math.abs(x[0]) < 0.2)),
                Arguments.of("killing everywhere", killing(well)),
                Arguments.of(
                        "over a barrier",
                        killed(
                                equation(example19(0.0), Diffusion.isotropic(2, 1.0), 16.0, 120),
                                NestedPassageTest::isInBall)),
                Arguments.of(
                        "correlated noise",
                        killed(equation(example19(1.5), CORRELATED, 1.0, 120), NestedPassageTest::isInBall)),
                Arguments.of(
                        "a strong rotation",
                        killed(
                                equation(rotation(20.0), Diffusion.isotropic(2, 1.0), 1.0, 120),
                                NestedPassageTest::isInBall)),
                Arguments.of("cells of different widths and walls", killed(masked(), NestedPassageTest::isInBall)),
                Arguments.of(
                        "three dimensions",
                        killed(
                                equation(
                                        (x, b) -> {
                                            b[0] = x[0] - x[0] * x[0] * x[0];
                                            b[1] = -x[1] + x[2];
                                            b[2] = -x[2] - x[1];
                                        },
                                        Diffusion.isotropic(3, 1.0),
                                        2.0,
                                        24),
                                x -> x[0] > 0.8)));
    }

    private static KilledChain killing(FokkerPlanck equation) {
        GridGenerator chain = equation.chain().withKilling(x -> 0.01 + x[0] * x[0]);
        return new KilledChain(chain, chain.region(), chain.generator(), chain::order);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void agreesWithElimination(String name, KilledChain chain) {
        Elimination elimination = Elimination.of(chain.generator(), chain.order(), 0.0);
        NestedPassage nested = NestedPassage.of(chain).orElseThrow();
        double[] b = new double[chain.generator().states()];
        Arrays.fill(b, 1.0);
        for (int moment = 1; moment <= 2; moment++) {
            double[] expected = elimination.solveTransposed(b);
            double[] found = nested.solve(b).orElseThrow();
            double largest = 0.0;
            for (int k = 0; k < b.length; k++) {
                largest = Math.max(largest, Math.abs(found[k] / expected[k] - 1.0));
            }
            assertThat(largest).as("moment %d", moment).isLessThan(2e-10);
            b = expected;
        }
    }

    /** e^50 jumps before a hit: their rounding might add up to anything. */
    @Test
    void vouchesForNothingWhereHitsAreTooRare() {
        KilledChain chain =
                killed(equation(example19(0.0), Diffusion.isotropic(2, 1.0), 200.0, 120), NestedPassageTest::isInBall);
        double[] b = new double[chain.generator().states()];
        Arrays.fill(b, 1.0);
        Optional<double[]> found = NestedPassage.of(chain).flatMap(nested -> nested.solve(b));
        assertThat(found).isEmpty();
    }

    /** Above the size from which multigrid comes first: rare hits are eliminated then, others agree with what is. */
    @Test
    void passagesOfManyStatesAreThoseOfElimination() {
        for (double beta : new double[] {1.0, 200.0}) {
            KilledChain chain = killed(
                    equation(example19(0.0), Diffusion.isotropic(2, 1.0), beta, 400), NestedPassageTest::isInBall);
            Generator generator = chain.generator();
            assertThat(SolverChoice.eliminatesPassages(generator.states(), 2)).isFalse();
            double[][] rates = {new double[generator.states()]};
            Arrays.setAll(rates[0], generator::exitRate);
            Passage passage = Passage.of(chain, rates);
            Passage eliminated = Passage.of(generator, chain.order(), rates);
            double[] found = passage.meanTime();
            double[] expected = eliminated.meanTime();
            double[] moment = passage.secondMoment();
            double[] expectedMoment = eliminated.secondMoment();
            for (int k = 0; k < found.length; k++) {
                assertThat(Math.abs(found[k] / expected[k] - 1.0)).isLessThan(2e-10);
                assertThat(Math.abs(moment[k] / expectedMoment[k] - 1.0)).isLessThan(1e-9);
            }
        }
    }
}
