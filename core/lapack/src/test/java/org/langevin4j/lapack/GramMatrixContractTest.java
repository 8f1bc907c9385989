package org.langevin4j.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.GramMatrix;
import org.langevin4j.core.linear.LeadingEigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;

/** Second moments of many rows, in Java arrays and in native memory. */
class GramMatrixContractTest {

    private final Random random = new Random(17);

    static List<LinearAlgebra> implementations() {
        return LinearAlgebraContractTest.implementations();
    }

    private double[] normal(int count) {
        return random.doubles(count).map(any -> random.nextGaussian()).toArray();
    }

    private static RealMatrix matrix(double[] flat, int columns) {
        RealMatrix a = MatrixUtils.createRealMatrix(flat.length / columns, columns);
        for (int i = 0; i < flat.length; i++) {
            a.setEntry(i / columns, i % columns, flat[i]);
        }
        return a;
    }

    /** Blocks of any height against the product of the whole; orders around the edges of squares and of the two ways to eigenvalues. */
    @ParameterizedTest
    @MethodSource("implementations")
    void isTheSumOfProducts(LinearAlgebra algebra) {
        for (int n : new int[] {1, 2, 7, 127, 128, 129, 300}) {
            GramMatrix gram = algebra.gram(n);
            RealMatrix expected = MatrixUtils.createRealMatrix(n, n);
            for (int rows : new int[] {1, 5, 70, 0, 3}) {
                double[] block = normal(rows * n + 4);
                gram.add(block, rows);
                if (rows > 0) {
                    RealMatrix a = matrix(Arrays.copyOf(block, rows * n), n);
                    expected = expected.add(a.transposeMultiply(a));
                }
            }
            for (int i = 0; i < n; i++) {
                double[] row = normal(n + 2);
                gram.addRow(i, row);
                for (int j = i; j < n; j++) {
                    expected.addToEntry(i, j, row[j]);
                    if (j > i) {
                        expected.addToEntry(j, i, row[j]);
                    }
                }
            }
            double size = expected.getFrobeniusNorm();
            assertThat(gram.order()).isEqualTo(n);
            assertThat(gram.toMatrix().subtract(expected).getFrobeniusNorm()).isLessThan(1e-14 * size);
            assertThat(gram.trace()).isCloseTo(expected.getTrace(), within(1e-14 * size * n));
            assertThat(gram.distanceFromMultiple(0.0)).isCloseTo(size, within(1e-14 * size));
            double mean = expected.getTrace() / n;
            RealMatrix deviation =
                    expected.subtract(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(mean));
            assertThat(gram.distanceFromMultiple(mean)).isCloseTo(deviation.getFrobeniusNorm(), within(1e-13 * size));

            double[][] vectors = {normal(n), normal(n), normal(n)};
            assertThat(matrix(
                                    Arrays.stream(gram.times(vectors))
                                            .flatMapToDouble(Arrays::stream)
                                            .toArray(),
                                    n)
                            .subtract(new Array2DRowRealMatrix(vectors).multiply(expected))
                            .getFrobeniusNorm())
                    .isLessThan(1e-13 * size * Math.sqrt(n));

            RealMatrix before = gram.toMatrix();
            assertThat(gram.eigenvalues())
                    .containsExactly(
                            LinearAlgebra.pureJava().symmetricEigenvalues(expected),
                            within(1e-14 * size * Math.sqrt(n)));
            assertThat(gram.toMatrix()).isEqualTo(before);
            gram.multiply(0.25);
            assertThat(gram.toMatrix()).isEqualTo(before.scalarMultiply(0.25));
        }
    }

    /**
     * First differences a on n points have Σ aaᵀ, the second difference with free ends, with the eigenvalues 2 − 2cos(kπ/n), k = 0 … n − 1. Above 1,500 the
     * reduction has two stages.
     */
    @ParameterizedTest
    @MethodSource("implementations")
    void closedFormOfADifference(LinearAlgebra algebra) {
        for (int n : new int[] {40, algebra == LinearAlgebra.pureJava() ? 400 : 1601}) {
            GramMatrix gram = algebra.gram(n);
            int height = 50;
            for (int start = 0; start < n - 1; start += height) {
                int rows = Math.min(height, n - 1 - start);
                double[] block = new double[rows * n];
                for (int k = 0; k < rows; k++) {
                    block[k * n + start + k] = 1.0;
                    block[k * n + start + k + 1] = -1.0;
                }
                gram.add(block, rows);
            }
            double[] expected = new double[n];
            for (int k = 0; k < n; k++) {
                double sine = Math.sin(0.5 * (n - 1 - k) * Math.PI / n);
                expected[k] = 4.0 * sine * sine;
            }
            assertThat(gram.eigenvalues()).containsExactly(expected, within(2e-14 * Math.log(n)));
            assertThat(gram.trace()).isEqualTo(2.0 * n - 2.0);
            assertThat(gram.work()).startsWith(algebra.name()).endsWith("GFLOP/s");
        }
    }

    /** Native code writes where it is told: an array that is too short is refused before. */
    @ParameterizedTest
    @MethodSource("implementations")
    void rowsFitIntoTheirArrays(LinearAlgebra algebra) {
        GramMatrix gram = algebra.gram(3);
        assertThatThrownBy(() -> gram.row(0, new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("out must");
        for (int outside : new int[] {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> gram.row(outside, new double[3])).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> gram.times(new double[][] {{1.0}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vectors must");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void anySizeThatIsANumber(LinearAlgebra algebra) {
        for (int power : new int[] {-400, 400}) {
            double factor = Math.scalb(1.0, power);
            GramMatrix plain = algebra.gram(9);
            GramMatrix scaled = algebra.gram(9);
            double[] rows = normal(20 * 9);
            plain.add(rows, 20);
            scaled.add(Arrays.stream(rows).map(entry -> entry * factor).toArray(), 20);
            double[] expected = Arrays.stream(plain.eigenvalues())
                    .map(value -> value * factor * factor)
                    .toArray();
            assertThat(scaled.eigenvalues()).containsExactly(expected);
            assertThat(scaled.distanceFromMultiple(0.0)).isEqualTo(plain.distanceFromMultiple(0.0) * factor * factor);
        }
        GramMatrix beyond = algebra.gram(2);
        beyond.add(new double[] {1e200, 1.0}, 1);
        assertThatThrownBy(beyond::eigenvalues)
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("entries must be finite, got [0][0] = Infinity");
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatDoesNotFitIsRefused(LinearAlgebra algebra) {
        assertThatThrownBy(() -> algebra.gram(2_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "a symmetric matrix of order 2000000 needs 32.0 TB, the (heap has at most|machine has) .* GB.*");
        assertThatThrownBy(() -> algebra.gram(0)).hasMessage("order must be at least 1, got 0");
        GramMatrix gram = algebra.gram(3);
        assertThatThrownBy(() -> gram.add(new double[5], 2)).hasMessage("rows must hold 2·3 numbers, got 5");
        assertThatThrownBy(() -> gram.multiply(-1.0)).hasMessage("factor must not be negative, got -1.0");
    }

    /** Eigenvalues 1/j², each twice, in a random basis: against the closed form, by products alone. */
    @ParameterizedTest
    @MethodSource("implementations")
    void leadingPairsByProducts(LinearAlgebra algebra) {
        int n = 120;
        RealMatrix any = matrix(normal(n * n), n);
        RealMatrix basis = LinearAlgebra.pureJava()
                .symmetricEigen(any.add(any.transpose()))
                .vectors();
        double[] values = new double[n];
        for (int j = 0; j < n; j++) {
            int pair = 1 + j / 2;
            values[j] = 1.0 / (pair * pair);
        }
        GramMatrix gram = algebra.gram(n);
        for (int j = 0; j < n; j++) {
            double root = Math.sqrt(values[j]);
            gram.add(
                    Arrays.stream(basis.getColumn(j)).map(entry -> root * entry).toArray(), 1);
        }
        for (int k : new int[] {1, 5, 20}) {
            LeadingEigenpairs found = LeadingEigenpairs.of(n, gram::times, k, 1e-10, n);
            Eigenpairs pairs = found.pairs();
            for (int j = 0; j < k; j++) {
                assertThat(pairs.value(j)).isCloseTo(values[j], within(1e-14));
                assertThat(found.residual(j)).isLessThanOrEqualTo(1e-10);
            }
            RealMatrix v = pairs.vectors();
            assertThat(v.transposeMultiply(v)
                            .subtract(MatrixUtils.createRealIdentityMatrix(k))
                            .getFrobeniusNorm())
                    .isLessThan(1e-13);
            assertThat(gram.toMatrix()
                            .multiply(v)
                            .subtract(v.multiply(MatrixUtils.createRealDiagonalMatrix(pairs.values())))
                            .getFrobeniusNorm())
                    .isLessThan(1e-10 * k);
            assertThat(found.products()).isLessThan(n);
        }
    }

    /** Rank 3 in 50 dimensions: the space is exhausted, and what is asked beyond the rank is zero. */
    @Test
    void leadingPairsOfALowRank() {
        GramMatrix gram = LinearAlgebra.pureJava().gram(50);
        gram.add(normal(150), 3);
        double[] all = gram.eigenvalues();
        LeadingEigenpairs found = LeadingEigenpairs.of(50, gram::times, 5, 1e-12, 50);
        assertThat(found.pairs().values()).containsExactly(Arrays.copyOf(all, 5), within(1e-12 * all[0]));
        GramMatrix zero = LinearAlgebra.pureJava().gram(4);
        assertThat(LeadingEigenpairs.of(4, zero::times, 4, 1e-12, 4).pairs().values())
                .containsOnly(0.0);
        assertThatThrownBy(() -> LeadingEigenpairs.of(4, zero::times, 5, 1e-12, 4))
                .hasMessage("k must be between 1 and 4, got 5");
        GramMatrix wide = LinearAlgebra.pureJava().gram(300);
        wide.add(normal(300 * 600), 600);
        assertThatThrownBy(() -> LeadingEigenpairs.of(300, wide::times, 5, 1e-12, 16))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageStartingWith("the 5 largest eigenvalues are not found in 16 products: a residual is ");
    }
}
