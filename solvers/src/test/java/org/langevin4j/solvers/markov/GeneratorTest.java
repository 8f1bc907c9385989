package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
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
}
