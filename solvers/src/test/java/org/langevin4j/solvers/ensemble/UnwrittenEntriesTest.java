package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.ComplexSde;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Noise;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Functions that leave entries as they were, or go beyond their arrays, are named before the first step. */
class UnwrittenEntriesTest {

    private static final Temperature WARM = Temperature.of(0.7);

    /** Block form alone. */
    private interface BlockField extends VectorField {
        @Override
        default void at(double[] x, double[] out) {
            throw new UnsupportedOperationException("blocks only");
        }
    }

    private static VectorField blocks(int values) {
        return new BlockField() {
            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int i = 0; i < values; i++) {
                    for (int p = 0; p < paths; p++) {
                        out[i][p] = -x[i][p];
                    }
                }
            }
        };
    }

    /** Right at one state, wrong for all but the first path of a block. */
    private static VectorField firstPathOnly() {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                out[0] = -x[0];
                out[1] = -x[1];
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                out[0][0] = -x[0][0];
                out[1][0] = -x[1][0];
            }
        };
    }

    private static VectorField first(int count) {
        return (x, out) -> {
            for (int i = 0; i < count; i++) {
                out[i] = -x[i % x.length];
            }
        };
    }

    private static Sde drift(int d, VectorField drift) {
        return Sde.ito(drift, Diffusion.isotropic(d, 0.5), WARM);
    }

    private static Sde noise(Diffusion diffusion) {
        return Sde.ito(first(diffusion.dimension()), diffusion, WARM);
    }

    /** A diffusion of the user's own, which forgets a coordinate. */
    private record Own(int dimension, boolean blockToo) implements Diffusion {

        @Override
        public int noiseDimension() {
            return 1;
        }

        @Override
        public Structure structure() {
            return Structure.FULL;
        }

        @Override
        public boolean isConstant() {
            return false;
        }

        @Override
        public void factorTimes(double[] x, double[] xi, double[] out) {
            for (int i = 0; i < (blockToo ? dimension - 1 : dimension); i++) {
                out[i] = xi[0];
            }
        }

        @Override
        public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
            for (int i = 0; i < dimension - 1; i++) {
                System.arraycopy(xi[0], 0, out[i], 0, paths);
            }
        }

        @Override
        public void times(double[] x, double[] v, double[] out) {}

        @Override
        public void divergence(double[] x, double[] out) {}

        @Override
        public Optional<VectorField> noiseInducedDrift() {
            return Optional.empty();
        }
    }

    private static String none(String name, int entries, int d, String where) {
        return name + " must write " + entries + " entries for d = " + d
                + ", whatever is there before, got none at index " + where;
    }

    private static String beyond(String name, int entries, int d, int index, int length) {
        return name + " must write " + entries + " entries for d = " + d + ", got: Index " + index
                + " out of bounds for length " + length;
    }

    static Stream<Arguments> faults() {
        VectorField second = (x, out) -> {
            out[0] = -x[0];
            out[2] = -x[2];
        };
        VectorField adding = (x, out) -> {
            out[0] = -x[0];
            out[1] += -x[1];
        };
        VectorField reading = (x, out) -> {
            out[0] = -x[2];
            out[1] = -x[1];
        };
        VectorField onlyDiagonal = (x, out) -> {
            out[0] = 1.0;
            out[3] = 1.0;
        };
        return Stream.of(
                Arguments.of(drift(1, (x, out) -> {}), none("drift", 1, 1, "0")),
                Arguments.of(drift(2, first(1)), none("drift", 2, 2, "1")),
                Arguments.of(drift(3, second), none("drift", 3, 3, "1")),
                Arguments.of(drift(2, adding), none("drift", 2, 2, "1")),
                Arguments.of(drift(1, first(2)), beyond("drift", 1, 1, 1, 1)),
                Arguments.of(drift(2, first(3)), beyond("drift", 2, 2, 2, 2)),
                Arguments.of(drift(2, reading), beyond("drift", 2, 2, 2, 2)),
                Arguments.of(drift(2, blocks(1)), none("drift", 2, 2, "1 of path 0 in a block")),
                Arguments.of(drift(2, firstPathOnly()), none("drift", 2, 2, "0 of path 1 in a block")),
                Arguments.of(drift(2, blocks(3)), beyond("drift", 2, 2, 2, 2)),
                Arguments.of(drift(2, VectorField.driven(t -> first(t < 0.5 ? 1 : 2))), none("drift", 2, 2, "1")),
                Arguments.of(drift(2, VectorField.driven(t -> blocks(3))), beyond("drift", 2, 2, 2, 2)),
                Arguments.of(
                        drift(2, VectorField.delayed(0.2, (t, x, past, out) -> out[0] = -past[1])),
                        none("drift", 2, 2, "1")),
                Arguments.of(drift(2, DifferentiableField.of(first(1), (x, out) -> {})), none("drift", 2, 2, "1")),
                Arguments.of(drift(2, DifferentiableField.byDifferences(first(3))), beyond("drift", 2, 2, 2, 2)),
                Arguments.of(
                        UnderdampedLangevin.ofGradient(2, first(1), 0.3, WARM).sde(), none("gradient", 2, 2, "1")),
                Arguments.of(noise(Diffusion.factor(2, 2, onlyDiagonal)), none("factor", 4, 2, "1")),
                Arguments.of(noise(Diffusion.factor(2, 1, first(3))), beyond("factor", 2, 2, 2, 2)),
                Arguments.of(noise(Diffusion.factor(2, 1, blocks(1))), none("factor", 2, 2, "1 of path 0 in a block")),
                Arguments.of(
                        noise(Diffusion.factor(2, 2, onlyDiagonal).declaring(Noise.COMMUTATIVE)),
                        none("factor", 4, 2, "1")),
                Arguments.of(
                        noise(Diffusion.driven(t -> Diffusion.factor(2, 2, onlyDiagonal))), none("factor", 4, 2, "1")),
                Arguments.of(noise(Diffusion.diagonal(2, (x, out) -> out[0] = 1.0)), none("diffusion", 2, 2, "1")),
                Arguments.of(noise(Diffusion.of(MatrixField.of(2, onlyDiagonal))), none("diffusion", 4, 2, "1")),
                Arguments.of(noise(new Own(2, true)), none("diffusion", 2, 2, "1")),
                Arguments.of(noise(new Own(3, false)), none("diffusion", 3, 3, "2 of path 0 in a block")),
                Arguments.of(
                        ComplexSde.ito(1, 1, first(2), (x, out) -> out[0] = 1.0, WARM), none("factor", 2, 2, "1")));
    }

    private static Ensemble ensemble(Sde sde) {
        double[] start = new double[sde.dimension()];
        Arrays.fill(start, 0.4);
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(0.1))
                .paths(100)
                .until(1.0)
                .startingAt(start)
                .seed(3)
                .observe(Moments.of(sde.dimension()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void areNamedHoweverTheEnsembleIsRun(Sde sde, String message, @TempDir Path folder) {
        Ensemble ensemble = ensemble(sde);
        Ensemble saved = ensemble.checkpoint(folder.resolve("run"), Duration.ofDays(1));
        assertThatThrownBy(ensemble::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> ensemble.shard(1, 2).run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(saved::resume)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> BatchRunner.of(ensemble.plan()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theSameWhenTheRunIsTakenUpWithAFaultyFunction(@TempDir Path folder) {
        Ensemble right = ensemble(drift(2, first(2))).checkpoint(folder.resolve("run"), Duration.ofDays(1));
        right.run();
        Ensemble wrong = ensemble(drift(2, first(1))).checkpoint(folder.resolve("run"), Duration.ofDays(1));
        assertThatThrownBy(wrong::resume)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(none("drift", 2, 2, "1"));
    }

    /** Blocks alone, time and the past are no fault. */
    @Test
    void whatIsWrittenRuns() {
        assertThat(ensemble(drift(2, blocks(2))).run().paths()).isEqualTo(100);
        assertThat(ensemble(drift(2, VectorField.driven(t -> first(2)))).run().paths())
                .isEqualTo(100);
        assertThat(ensemble(drift(1, VectorField.delayed(0.2, (t, x, past, out) -> out[0] = -past[0])))
                        .run()
                        .paths())
                .isEqualTo(100);
        assertThat(ensemble(drift(1, (x, out) -> out[0] = 0.0 * x[0])).run().paths())
                .isEqualTo(100);
    }

    /** What a function says of a state is said by the run, and a start outside the domain of the run is no state of it. */
    @Test
    void otherRefusalsKeepTheirWords() {
        VectorField picky = (x, out) -> {
            throw new IllegalStateException("no value here");
        };
        assertThatThrownBy(() -> ensemble(drift(1, picky)).run())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no value here");
        assertThatThrownBy(() -> ensemble(drift(1, first(2)))
                        .startingFrom((path, out) -> out[0] = Double.NaN)
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("start must be finite, got x[0] = NaN for path 0");
    }

    /** Once for a plan: as many evaluations for few paths and steps as for many. */
    @Test
    void costsAFewEvaluationsForAWholeRun() {
        for (long paths : new long[] {1, 100}) {
            AtomicLong evaluations = new AtomicLong();
            ensemble(drift(1, (x, out) -> {
                        evaluations.incrementAndGet();
                        out[0] = -x[0];
                    }))
                    .paths(paths)
                    .run();
            assertThat(evaluations.get() - 10 * paths).isBetween(1L, 3L);
        }
    }
}
