package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.NumericalException;
import org.langevin4j.solvers.adaptive.AdaptiveScheme;
import org.langevin4j.solvers.adaptive.ToleranceException;
import org.langevin4j.solvers.sde.DriftImplicitEuler;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.StepConvergenceException;

/** What goes wrong in a thread comes out of the caller's, with its type, its numbers and the way it took. */
class FailuresTest {

    private static final Temperature WARM = Temperature.of(0.7);

    private static Sde sde(VectorField drift, double noise) {
        return Sde.ito(drift, Diffusion.isotropic(2, noise), WARM);
    }

    private static Ensemble ensemble(VectorField drift) {
        return Ensemble.of(sde(drift, 0.1))
                .scheme(EulerMaruyama.withStep(0.1))
                .paths(1000)
                .until(2.0)
                .seed(1);
    }

    private static final VectorField LINEAR = (x, out) -> {
        out[0] = -x[0];
        out[1] = -x[1];
    };

    private static boolean passes(Throwable thrown, Class<?> type) {
        return Arrays.stream(thrown.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(type.getName()));
    }

    /** Gives what a test wants it to. */
    private record Odd(boolean collects, boolean fails) implements PathObservable<String> {

        @Override
        @SuppressWarnings("NullAway") // That is what is tried.
        public Collector<String> collector(int dimension) {
            if (!collects) {
                return null;
            }
            return new Collector<>() {
                @Override
                public void record(PathBlock block) {
                    if (fails) {
                        throw new UnsupportedOperationException("full", new RuntimeException("disk"));
                    }
                }

                @Override
                public void merge(Collector<String> later) {}

                @Override
                public String result() {
                    return null;
                }

                @Override
                public void write(StateWriter out) {}

                @Override
                public void read(StateReader in) {}
            };
        }

        @Override
        public String toString() {
            return "odd";
        }
    }

    @Test
    void aCollectorThatIsNullIsNamed() {
        assertThatThrownBy(() -> ensemble(LINEAR).observe(new Odd(false, false)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("observable must give a collector, got null from odd");
    }

    @Test
    void aResultThatIsNullIsNamed() {
        assertThatThrownBy(() -> ensemble(LINEAR).observe(new Odd(true, false)).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("collector must give a result, got null from that of odd");
    }

    /** The frames of the thread come first, those of the caller below them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatAUsersObservableThrowsComesOut(int threads) {
        Throwable thrown = catchThrowable(() ->
                ensemble(LINEAR).observe(new Odd(true, true)).threads(threads).run());
        assertThat(thrown)
                .isExactlyInstanceOf(UnsupportedOperationException.class)
                .hasMessage("full")
                .hasRootCauseMessage("disk");
        assertThat(passes(thrown, BlockRun.class)).isTrue();
        assertThat(passes(thrown, FailuresTest.class)).isTrue();
    }

    private static double endless(double x) {
        DoubleUnaryOperator deeper = FailuresTest::endless;
        return 1.0 + deeper.applyAsDouble(x + 1.0);
    }

    /** One function that never returns at any state, one that does where paths start. */
    @ParameterizedTest
    @ValueSource(doubles = {-1.0, 0.2})
    void anOverflowOfTheStackComesOut(double from) {
        VectorField drift = (x, out) -> {
            out[0] = x[0] > from ? endless(x[0]) : 1.0;
            out[1] = -x[1];
        };
        Throwable thrown = catchThrowable(() -> ensemble(drift).threads(2).run());
        assertThat(thrown).isInstanceOf(StackOverflowError.class);
        assertThat(Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("endless")))
                .isTrue();
        assertThat(Arrays.stream(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("anOverflowOfTheStackComesOut")
                                || frame.getMethodName().contains("lambda$anOverflowOfTheStackComesOut")))
                .isTrue();
    }

    /** dx = −x³ dt at h = 0.1 blows up from |x| > √20. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPathThatBlowsUpComesOutWithItsNumbers(int threads) {
        VectorField cubic = (x, out) -> {
            out[0] = -x[0] * x[0] * x[0];
            out[1] = -x[1];
        };
        Ensemble ensemble = ensemble(cubic)
                .startingFrom((path, out) -> out[0] = path == 613 ? 10.0 : 0.5)
                .threads(threads);
        NumericalException thrown = catchThrowableOfType(NumericalException.class, ensemble::run);
        assertThat(thrown).isInstanceOfSatisfying(NonFinitePathException.class, failure -> {
            assertThat(failure.path()).isEqualTo(613);
            assertThat(failure.lastFinite()[0]).isFinite();
        });
        assertThat(thrown.getCause()).isInstanceOf(NonFinitePathException.class).hasMessage(thrown.getMessage());
        assertThat(passes(thrown, FailuresTest.class)).isTrue();
    }

    /**
     * b = −10⁶ sin(10³x) is nowhere near linear over the largest of the steps allowed, so that no step meets the tolerance, but
     * for x = 0, where all paths but one rest: there is no noise in that coordinate.
     */
    @Test
    void aToleranceThatIsNotMetNamesThePathOfTheEnsemble() {
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = -1e6 * Math.sin(1e3 * x[0]);
                    out[1] = -x[1];
                },
                Diffusion.diagonal(0.0, 1e-10),
                WARM);
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(AdaptiveScheme.of(Sra1::withStep, 0.1)
                        .withTolerances(1e-3, 0.0)
                        .withDeepestLevel(2))
                .paths(400)
                .startingAtTime(2.0)
                .until(2.5)
                .startingFrom((path, out) -> out[0] = path == 357 ? 0.0015 : 0.0)
                .seed(5);
        NumericalException thrown = catchThrowableOfType(NumericalException.class, ensemble::run);
        assertThat(thrown).isInstanceOfSatisfying(ToleranceException.class, failure -> {
            assertThat(failure.path()).isEqualTo(357);
            assertThat(failure.time()).isEqualTo(2.0);
            assertThat(failure.state()[0]).isEqualTo(0.0015);
            assertThat(failure.step()).isEqualTo(0.025);
        });
        assertThat(thrown).hasMessageStartingWith("path 357: the smallest step 0.025");
    }

    /** y = x + h(1 + y²) has no real root for h = 5; y = x + h·0 has. */
    @Test
    void anIterationWithinAStepNamesThePathOfTheEnsemble() {
        Sde sde = Sde.ito(
                DifferentiableField.automatic(x -> new Gradient[] {
                    x[0].square().add(1.0).multiply(x[1]), x[1].multiply(0.0),
                }),
                Diffusion.diagonal(0.1, 0.0),
                WARM);
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(new DriftImplicitEuler(5.0, 1e-8, 30))
                .paths(400)
                .until(10.0)
                .startingFrom((path, out) -> out[1] = path == 299 ? 1.0 : 0.0)
                .seed(5);
        NumericalException thrown = catchThrowableOfType(NumericalException.class, ensemble::run);
        assertThat(thrown).isInstanceOfSatisfying(StepConvergenceException.class, failure -> {
            assertThat(failure.path()).hasValue(299);
            assertThat(failure.time()).hasValue(0.0);
            assertThat(failure.state()).containsExactly(0.0, 1.0);
            assertThat(failure.iterations()).isEqualTo(30);
        });
        assertThat(thrown).hasMessageContaining(", path 299 at time 0");
    }
}
