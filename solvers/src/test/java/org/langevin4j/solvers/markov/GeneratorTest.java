package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.util.SplittableRandom;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

    private static Generator read(String text) throws IOException {
        return Generator.readMatrixMarket(new StringReader(text));
    }

    /** To 13 digits of each probability, against rational arithmetic. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aFileGivesTheStationaryLaw(long seed) throws IOException {
        ExactChain exact = ExactChain.random(12, seed);
        StringBuilder file = new StringBuilder();
        exact.generator().writeMatrixMarket(file);
        double[] law = StationaryDistribution.of(read(file.toString())).probabilities();
        BigFraction[] expected = exact.stationary();
        for (int i = 0; i < law.length; i++) {
            assertThat(law[i] / ExactChain.value(expected[i])).isCloseTo(1.0, within(1e-13));
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ExactChain exact = ExactChain.random(9, 7);
        exact.exits[2] = 0.25;
        exact.exits[5] = 3e-3;
        Generator written = exact.generator();
        StringBuilder file = new StringBuilder();
        written.writeMatrixMarket(file);
        Generator read = read(file.toString());
        assertThat(read.isConservative()).isFalse();
        for (int j = 0; j < 9; j++) {
            for (int i = 0; i < 9; i++) {
                if (i != j) {
                    assertThat(read.rateBetween(j, i)).isEqualTo(written.rateBetween(j, i));
                }
            }
            // The exit is a difference: known to the rounding of the diagonal, and rounding below 1e-12 of it is none.
            assertThat(read.exitRate(j)).isCloseTo(exact.exits[j], within(2e-12 * written.outflow(j)));
        }
    }

    /** Integers, comments, blank lines, several entries of one place, the lower triangle. */
    @Test
    void formsOfTheFileAreUnderstood() throws IOException {
        Generator general = read("""
                %%MatrixMarket matrix coordinate integer general
                % a comment

                3 3 7
                1 1 -3
                2 1 1
                2 1 2

                2 2 -5
                1 2 4
                3 2 1
                3 3 0
                """);
        assertThat(general.states()).isEqualTo(3);
        assertThat(general.rateBetween(0, 1)).isEqualTo(3.0);
        assertThat(general.rateBetween(1, 2)).isEqualTo(1.0);
        assertThat(general.isConservative()).isTrue();
        Generator symmetric = read("""
                %%matrixmarket MATRIX coordinate REAL symmetric
                2 2 3
                1 1 -1.5
                2 1 1.5D0
                2 2 -2
                """);
        assertThat(symmetric.rateBetween(0, 1)).isEqualTo(1.5);
        assertThat(symmetric.rateBetween(1, 0)).isEqualTo(1.5);
        assertThat(symmetric.exitRate(0)).isZero();
        assertThat(symmetric.exitRate(1)).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%%MatrixMarket matrix coordinate real general;2 2 4;1 1 -1;1 2 1;2 1 2;2 2 -2 | the transpose",
                "%%MatrixMarket matrix coordinate real general;2 2 4;1 1 -1;2 1 2;1 2 1;2 2 -1 | for column 1",
                "%%MatrixMarket matrix coordinate real general;2 2 2;1 1 1;2 1 -1 | line 4 must hold a rate",
                "%%MatrixMarket matrix coordinate real general;2 3 1;1 1 1 | line 2 must hold a square matrix",
                "%%MatrixMarket matrix coordinate real general;2 2 2;1 1 -1 | must hold 2 entries, got only 1",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 1 -1;2 1 1 | line 4 must hold no more than the 1",
                "%%MatrixMarket matrix coordinate real general;2 2 1;1 3 1 | line 3 must hold a row and a column from 1",
                "%%MatrixMarket matrix coordinate real general;2 2 1;2 1 nan | line 3 must hold a finite number, got nan",
                "%%MatrixMarket matrix coordinate real general;2 2 1;2 1 | line 3 must hold row, column and value",
                "%%MatrixMarket matrix coordinate complex general;2 2 0 | real or integer",
                "%%MatrixMarket matrix array real general;2 2;1;2;3;4 | coordinate",
                "%%MatrixMarket matrix coordinate real symmetric;2 2 1;1 2 1 | lower triangle",
                "a,b;1,2 | %%MatrixMarket matrix"
            })
    void whatIsNoGeneratorIsRefused(String lines, String message) {
        assertThatThrownBy(() -> read(lines.replace(";", "\n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void wrongRatesAreRefused() {
        Generator.Builder builder = Generator.builder(3);
        assertThatThrownBy(() -> builder.rate(0, 0, 1.0)).hasMessageContaining("from 0 to 0");
        assertThatThrownBy(() -> builder.rate(0, 3, 1.0)).hasMessageContaining("one of 3 states");
        assertThatThrownBy(() -> builder.rate(0, 1, -1.0)).hasMessageContaining("not negative, got -1.0");
        assertThatThrownBy(() -> builder.rate(0, 1, Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> builder.exit(1, Double.POSITIVE_INFINITY))
                .hasMessageContaining("exit rate of state 1");
        assertThatThrownBy(() -> Generator.ofColumns(new int[] {0, 1}, new int[] {1}, new double[] {1}, new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A random chain by offsets and the same rate by rate: all that is asked of it has the same bits. */
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 40_000})
    void aStencilIsTheSameChain(int n) throws IOException {
        SplittableRandom random = new SplittableRandom(n);
        int[] offsets = {3, -1, 1, -7};
        double[][] rates = new double[offsets.length][n];
        double[] exits = random.doubles(n, 0.0, 0.1).toArray();
        Generator.Builder builder = Generator.builder(n);
        int count = 0;
        for (int j = 0; j < n; j++) {
            builder.exit(j, exits[j]);
            for (int s = 0; s < offsets.length; s++) {
                int i = j + offsets[s];
                if (i >= 0 && i < n && random.nextInt(4) > 0) {
                    rates[s][j] = random.nextDouble(0.1, 2.0);
                    builder.rate(j, i, rates[s][j]);
                    count++;
                }
            }
        }
        Generator stencil = Generator.ofStencil(offsets, rates, exits);
        Generator built = builder.build();
        assertThat(stencil.states()).isEqualTo(n);
        assertThat(stencil.rateCount()).isEqualTo(count);
        assertThat(stencil.isConservative()).isFalse();
        assertThat(stencil.hasNegativeRates()).isFalse();
        double[] p = random.doubles(n, 0.0, 1.0).toArray();
        assertSame(p, stencil, built);
        assertSame(p, stencil.transposed(), built.transposed());
        if (n < 100) {
            StringBuilder one = new StringBuilder();
            StringBuilder other = new StringBuilder();
            stencil.writeMatrixMarket(one);
            built.writeMatrixMarket(other);
            assertThat(one.toString()).isEqualTo(other.toString());
        }
    }

    private static void assertSame(double[] p, Generator one, Generator other) {
        int n = one.states();
        double[] a = new double[n];
        double[] b = new double[n];
        one.times(p, a);
        other.times(p, b);
        assertThat(a).isEqualTo(b);
        one.backwardTimes(p, a);
        other.backwardTimes(p, b);
        assertThat(a).isEqualTo(b);
        assertThat(one.residual(p)).isEqualTo(other.residual(p));
        assertThat(one.componentwiseResidual(p)).isEqualTo(other.componentwiseResidual(p));
        assertThat(one.largestOutflow()).isEqualTo(other.largestOutflow());
        for (int j = 0; j < Math.min(n, 20); j++) {
            assertThat(one.rateCountFrom(j)).isEqualTo(other.rateCountFrom(j));
            for (int i = 0; i < Math.min(n, 20); i++) {
                assertThat(one.rateBetween(j, i)).isEqualTo(other.rateBetween(j, i));
            }
        }
    }

    @Test
    void exitsAreReplaced() {
        Generator killed = Generator.builder(3)
                .rate(0, 1, 2.0)
                .rate(1, 2, 0.5)
                .exit(1, 4.0)
                .build();
        Generator other = killed.withExits(new double[] {0.25, 0.0, 1.0});
        assertThat(other.outflow(0)).isEqualTo(2.25);
        assertThat(other.outflow(1)).isEqualTo(0.5);
        assertThat(other.outflow(2)).isEqualTo(1.0);
        assertThat(killed.exitRate(1)).isEqualTo(4.0);
        assertThat(killed.withExits(new double[0]).isConservative()).isTrue();
        assertThatThrownBy(() -> killed.withExits(new double[] {0.0, -1.0, 0.0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exit rate of state 1");
        assertThatThrownBy(() -> killed.withExits(new double[2]))
                .hasMessageContaining("exits must number 0 or 3, got 2");
    }

    @Test
    void wrongStencilsAreRefused() {
        assertRefused(new int[] {1}, new double[][] {{1.0, 1.0}}, "from 1 to 2");
        assertRefused(new int[] {-1}, new double[][] {{1.0, 1.0}}, "from 0 to -1");
        assertRefused(new int[] {0}, new double[][] {{1.0, 1.0}}, "from 0 to 0");
        assertRefused(
                new int[] {1}, new double[][] {{-1.0, 0.0}}, "from state 0 to state 1 must be finite and not negative");
        assertRefused(new int[] {1}, new double[][] {{Double.NaN, 0.0}}, "got NaN");
        assertRefused(new int[] {1, 1}, new double[][] {{1.0, 0.0}, {1.0, 0.0}}, "offsets must differ");
        assertRefused(new int[] {1, -1}, new double[][] {{1.0, 0.0}, {0.0}}, "2 rates each, got offset -1 with 1");
        assertRefused(new int[] {1, -1}, new double[][] {{1.0, 0.0}}, "2 offsets and 1 arrays");
        assertRefused(new int[] {}, new double[][] {}, "0 offsets");
    }

    private static void assertRefused(int[] offsets, double[][] rates, String message) {
        assertThatThrownBy(() -> Generator.ofStencil(offsets, rates, new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
