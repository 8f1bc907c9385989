package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;

/** D from gradients that come block by block, by d×d and by N×N, against sums of outer products. */
class StreamedDiffusionTest {

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> random.nextGaussian() + 0.5);
        }
        return matrix;
    }

    /** Rows in blocks of sixteen, in memory that is overwritten. */
    private static PerSampleGradients streamed(double[][] rows) {
        return new PerSampleGradients() {
            @Override
            public int samples() {
                return rows.length;
            }

            @Override
            public int dimension() {
                return rows[0].length;
            }

            @Override
            public void forEachBlock(Visitor visitor) {
                double[][] block = new double[16][rows[0].length + 3];
                for (int start = 0; start < rows.length; start += 16) {
                    int count = Math.min(16, rows.length - start);
                    for (int k = 0; k < count; k++) {
                        System.arraycopy(rows[start + k], 0, block[k], 0, rows[0].length);
                    }
                    visitor.accept(start, block, count);
                    for (double[] row : block) {
                        Arrays.fill(row, Double.NaN);
                    }
                }
            }
        };
    }

    private static RealMatrix bruteForce(double[][] g, Sampling sampling) {
        int n = g.length;
        int d = g[0].length;
        RealVector mean = MatrixUtils.createRealVector(new double[d]);
        for (double[] row : g) {
            mean = mean.add(MatrixUtils.createRealVector(row).mapMultiply(1.0 / n));
        }
        RealMatrix squares = MatrixUtils.createRealMatrix(d, d);
        for (double[] row : g) {
            RealVector deviation = MatrixUtils.createRealVector(row).subtract(mean);
            squares = squares.add(deviation.outerProduct(deviation));
        }
        double divisor = sampling == Sampling.WITH_REPLACEMENT ? n : n - 1;
        double ofMean = sampling == Sampling.EQUATION_A2_AS_PRINTED ? 2.0 / (n - 1) : 0.0;
        return squares.scalarMultiply(1.0 / divisor).add(mean.outerProduct(mean).scalarMultiply(ofMean));
    }

    /** Blocks that are joined (4,096 rows and more), one block, fewer samples than weights, native code and pure Java. */
    @ParameterizedTest
    @CsvSource({"10000,3", "5,5", "40,7", "7,40", "300,70", "70,300", "4500,65", "2,1"})
    void isTheSumOfOuterProducts(int n, int d) {
        double[][] g = random(n, d, 3);
        // Sorted, so that the means of blocks differ.
        Arrays.sort(g, (a, b) -> Double.compare(a[0], b[0]));
        for (Sampling sampling : Sampling.values()) {
            RealMatrix expected = bruteForce(g, sampling);
            double size = expected.getFrobeniusNorm();
            MeasuredDiffusion diffusion = MeasuredDiffusion.from(streamed(g), sampling);
            MeasuredDiffusion held = MeasuredDiffusion.from(g, sampling);
            assertThat(diffusion.samples()).isEqualTo(n);
            assertThat(diffusion.meanGradient()).containsExactly(held.meanGradient(), within(1e-13));
            assertThat(diffusion.toMatrix().subtract(expected).getFrobeniusNorm())
                    .isLessThan(1e-13 * size);
            assertThat(diffusion.trace()).isCloseTo(expected.getTrace(), within(1e-13 * size));
            assertThat(diffusion.frobeniusNorm()).isCloseTo(size, within(1e-13 * size));
            MatrixSpectrum spectrum = diffusion.spectrum();
            assertThat(diffusion.meanEigenvalue()).isCloseTo(spectrum.mean(), within(1e-13 * size));
            assertThat(diffusion.eigenvalueDeviation()).isCloseTo(spectrum.standardDeviation(), within(1e-13 * size));
            double[] eigenvalues = held.spectrum().eigenvalues();
            for (int j = 0; j < Math.min(n - 1, d); j++) {
                assertThat(spectrum.eigenvalues()[j]).isCloseTo(eigenvalues[j], within(1e-13 * size));
            }
            assertThat(diffusion.work()).startsWith(n < d ? "BᵀB, " : "D, ").endsWith(" GFLOP/s");
        }
    }

    @ParameterizedTest
    @CsvSource({"40,7", "7,40", "300,70"})
    void multipliesAsItsMatrix(int n, int d) {
        for (Sampling sampling : Sampling.values()) {
            double[][] g = random(n, d, 5);
            RealMatrix expected = bruteForce(g, sampling);
            MeasuredDiffusion diffusion = MeasuredDiffusion.from(streamed(g), sampling);
            int m = diffusion.noiseDimension();
            assertThat(m).isEqualTo(sampling == Sampling.EQUATION_A2_AS_PRINTED ? n + 1 : n);
            double[] x = new double[d];
            double[] product = new double[d];
            double[] v = random(1, d, 12)[0];
            diffusion.times(x, v, product);
            assertThat(product).containsExactly(expected.operate(v), within(1e-12));
            RealMatrix factor = MatrixUtils.createRealMatrix(d, m);
            double[][] unit = new double[m][m];
            double[][] block = new double[d][m];
            for (int k = 0; k < m; k++) {
                unit[k][k] = 1.0;
                diffusion.factorTimes(x, unit[k], product);
                factor.setColumn(k, product);
            }
            diffusion.factorTimesBlock(new double[d][m], unit, m, block);
            assertThat(block).isEqualTo(factor.getData());
            assertThat(factor.multiplyTransposed(factor).subtract(expected).getFrobeniusNorm())
                    .isLessThan(1e-13 * expected.getFrobeniusNorm());
            int rank = Math.min(d, sampling == Sampling.EQUATION_A2_AS_PRINTED ? n : n - 1);
            Eigenpairs pairs = diffusion.leadingEigenpairs(rank);
            RealMatrix scaled = pairs.vectors().multiply(MatrixUtils.createRealDiagonalMatrix(pairs.values()));
            assertThat(expected.multiply(pairs.vectors()).subtract(scaled).getFrobeniusNorm())
                    .isLessThan(1e-12 * expected.getFrobeniusNorm());
            Diffusion reduced = diffusion.reduced();
            assertThat(reduced.noiseDimension()).isEqualTo(rank);
        }
    }

    /** A mean of 10⁶ with a spread of 10⁻⁶, in several blocks: within N·2⁻⁵³, what a sum of N squares may lose, of exact arithmetic. */
    @Test
    void keepsTheDigitsBesideALargeMean() {
        Random random = new Random(4);
        int n = 9000;
        double[][] g = new double[n][2];
        BigDecimal sum = BigDecimal.ZERO;
        for (double[] row : g) {
            row[0] = 1e6 + 1e-6 * random.nextGaussian();
            row[1] = -row[0];
            sum = sum.add(new BigDecimal(row[0]));
        }
        BigDecimal mean = sum.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128);
        BigDecimal squares = BigDecimal.ZERO;
        for (double[] row : g) {
            BigDecimal deviation = new BigDecimal(row[0]).subtract(mean);
            squares = squares.add(deviation.multiply(deviation));
        }
        double expected =
                squares.divide(BigDecimal.valueOf(n), MathContext.DECIMAL128).doubleValue();
        double rounding = n * 0x1p-53 * expected;
        RealMatrix d = MeasuredDiffusion.from(streamed(g)).toMatrix();
        assertThat(d.getEntry(0, 0)).isCloseTo(expected, within(rounding));
        assertThat(d.getEntry(0, 1)).isCloseTo(-expected, within(rounding));
    }

    @Test
    void equalGradientsHaveNoNoise() {
        for (double value : new double[] {0.1, 1.0 / 3.0, -1e-9, 1e100, 3e-200}) {
            double[][] g = new double[6000][2];
            for (double[] row : g) {
                Arrays.fill(row, value);
            }
            MeasuredDiffusion diffusion = MeasuredDiffusion.from(streamed(g));
            assertThat(diffusion.trace()).isZero();
            assertThat(diffusion.eigenvalueDeviation()).isZero();
            assertThat(diffusion.meanGradient()).containsOnly(value);
        }
    }

    /** Entries whose squares are no numbers, and blocks that are larger by any power of two than those before. */
    @Test
    void gradientsOfAnySize() {
        int n = 5000;
        double[][] plain = random(n, 3, 8);
        MatrixSpectrum one = MeasuredDiffusion.from(streamed(plain)).spectrum();
        for (int power : new int[] {-520, -260, -120, 120, 300, 500}) {
            double[][] g = new double[n][3];
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < 3; i++) {
                    g[k][i] = Math.scalb(plain[k][i], power);
                }
            }
            MatrixSpectrum spectrum = MeasuredDiffusion.from(streamed(g)).spectrum();
            double rounding = power < -500 ? 1e-8 : 1e-13;
            assertThat(Math.scalb(Math.scalb(spectrum.max(), -power), -power))
                    .isCloseTo(one.max(), within(rounding * one.max()));
            assertThat(spectrum.participationRatio()).isCloseTo(one.participationRatio(), within(1e-12));
        }
        for (int power : new int[] {-600, -350, -110}) {
            double[][] g = new double[n][3];
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < 3; i++) {
                    g[k][i] = k < 4200 ? Math.scalb(plain[k][i], power) : plain[k][i];
                }
            }
            MeasuredDiffusion streamed = MeasuredDiffusion.from(streamed(g));
            RealMatrix expected = bruteForce(g, Sampling.WITH_REPLACEMENT);
            assertThat(streamed.toMatrix().subtract(expected).getFrobeniusNorm())
                    .isLessThan(1e-13 * expected.getFrobeniusNorm());
        }
    }

    /** ‖D′ − D‖/‖D‖ by both ways, mixed ways, and of a multiple where it is known. */
    @Test
    void relativeDistances() {
        double[][] many = random(50, 20, 1);
        double[][] few = random(15, 20, 2);
        double[][] fewer = random(10, 20, 3);
        MeasuredDiffusion[] all = {
            MeasuredDiffusion.from(streamed(many)),
            MeasuredDiffusion.from(many, Sampling.WITHOUT_REPLACEMENT),
            MeasuredDiffusion.from(streamed(few)),
            MeasuredDiffusion.from(streamed(fewer)),
        };
        for (MeasuredDiffusion one : all) {
            for (MeasuredDiffusion two : all) {
                double expected = one.toMatrix().subtract(two.toMatrix()).getFrobeniusNorm() / one.frobeniusNorm();
                double rounding = one == two && one.noiseDimension() < 20 ? 1e-7 : 1e-13;
                assertThat(one.relativeDistance(two)).isCloseTo(expected, within(rounding));
            }
        }
        assertThat(all[0].relativeDistance(all[1])).isCloseTo(1.0 / 49.0, within(1e-13));
        assertThatThrownBy(() ->
                        all[0].relativeDistance(MeasuredDiffusion.from(random(3, 2, 1), Sampling.WITH_REPLACEMENT)))
                .hasMessage("diffusions must have the same dimension, got 20 and 2");
    }

    /** Leading pairs of a large D, without the other 590. */
    @ParameterizedTest
    @CsvSource({"700,600", "600,700"})
    void leadingPairsOfALargeMatrix(int n, int d) {
        double[][] g = random(n, d, 9);
        for (double[] row : g) {
            for (int i = 0; i < d; i++) {
                row[i] *= i < 10 ? 20.0 - i : 0.1;
            }
        }
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(streamed(g));
        Eigenpairs pairs = diffusion.leadingEigenpairs(6);
        double[] product = new double[d];
        for (int j = 0; j < 6; j++) {
            double[] vector = pairs.vector(j);
            diffusion.times(new double[d], vector, product);
            for (int i = 0; i < d; i++) {
                assertThat(product[i]).isCloseTo(pairs.value(j) * vector[i], within(1e-9 * pairs.value(0)));
            }
        }
        assertThat(pairs.values())
                .containsExactly(Arrays.copyOf(diffusion.spectrum().eigenvalues(), 6), within(1e-11 * pairs.value(0)));
    }

    @Test
    void whatCannotBeUsedIsRefused() {
        double[][] g = random(40, 2, 1);
        g[33][1] = Double.NaN;
        assertThatThrownBy(() -> MeasuredDiffusion.from(streamed(g)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradients must be finite, got [33][1] = NaN");
        double[][] wide = random(3, 5, 1);
        wide[2][4] = Double.NEGATIVE_INFINITY;
        assertThatThrownBy(() -> MeasuredDiffusion.from(streamed(wide)))
                .hasMessage("gradients must be finite, got [2][4] = -Infinity");
        assertThatThrownBy(() -> MeasuredDiffusion.from(streamed(random(1, 5, 1))))
                .hasMessage("samples must be at least 2, got 1");
        assertThatThrownBy(() -> MeasuredDiffusion.from(streamed(new double[][] {{1e200}, {-1e200}})))
                .hasMessageStartingWith("gradients must be small enough for D and its norm, got trace Infinity");
        assertThatThrownBy(() -> MeasuredDiffusion.from(announced(3_000_000, 2_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order 2000000 needs 32.0 TB");
        assertThatThrownBy(() -> MeasuredDiffusion.from(announced(2_000_000, 3_000_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2000000 gradients of 3000000 weights needs 48.0 TB");
        assertThatThrownBy(() -> MeasuredDiffusion.from(announced(5, 4)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("gradients of 5 samples were announced, 0 came");
    }

    private static PerSampleGradients announced(int samples, int dimension) {
        return new PerSampleGradients() {
            @Override
            public int samples() {
                return samples;
            }

            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void forEachBlock(Visitor visitor) {}
        };
    }
}
