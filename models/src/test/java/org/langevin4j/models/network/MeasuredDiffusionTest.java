package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.statistics.MatrixSpectrum;

class MeasuredDiffusionTest {

    /** shared/reference/values.json, diffusion_matrix_tiny. */
    private static final double[][] TINY = {{1, 0}, {0, 2}, {-1, 1}};

    private static final double[][] TINY_D_WITH = {
        {0.6666666666666666, -0.3333333333333333}, {-0.3333333333333333, 0.6666666666666666}
    };
    private static final double[][] TINY_VARIANCE_WITHOUT_B2 = {
        {0.16666666666666666, -0.08333333333333333}, {-0.08333333333333333, 0.16666666666666666}
    };

    @Test
    void entriesAsAMatrix() {
        MeasuredDiffusion d = MeasuredDiffusion.from(
                MatrixUtils.createRealMatrix(new double[][] {{1.0, 2.0}, {3.0, -1.0}, {-1.0, 2.0}}));
        // The covariance of the rows: (1/3) Σ (g − ḡ)(g − ḡ)ᵀ with ḡ = (1, 1).
        RealMatrix expected = MatrixUtils.createRealMatrix(new double[][] {{8.0 / 3.0, -2.0}, {-2.0, 2.0}});
        assertThat(d.toMatrix().subtract(expected).getNorm1()).isLessThan(1e-14);
    }

    @Test
    void agreesWithTheReference() {
        assertClose(matrix(MeasuredDiffusion.from(MatrixUtils.createRealMatrix(TINY))), real(TINY_D_WITH), 1e-15);
        // (1 − b/N)/b = 1/6 for b = 2, N = 3.
        assertClose(
                matrix(MeasuredDiffusion.from(TINY, Sampling.WITHOUT_REPLACEMENT))
                        .scalarMultiply(1.0 / 6.0),
                real(TINY_VARIANCE_WITHOUT_B2),
                1e-15);
        // By hand: Σgg'/2 = [[1, −½], [−½, 5/2]], the mean is (0, 1) and 1 − 1/2 = ½.
        assertClose(
                matrix(MeasuredDiffusion.from(TINY, Sampling.EQUATION_A2_AS_PRINTED)),
                real(new double[][] {{1, -0.5}, {-0.5, 2}}),
                1e-15);
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void isTheFormulaOfItsSampling(Sampling sampling) {
        int n = 6;
        double[][] g = random(n, 4, 5);
        RealVector mean = MatrixUtils.createRealVector(new double[4]);
        RealMatrix squares = MatrixUtils.createRealMatrix(4, 4);
        for (double[] row : g) {
            RealVector vector = MatrixUtils.createRealVector(row);
            mean = mean.add(vector.mapMultiply(1.0 / n));
            squares = squares.add(vector.outerProduct(vector));
        }
        RealMatrix outer = mean.outerProduct(mean);
        double divisor = sampling == Sampling.WITH_REPLACEMENT ? n : n - 1;
        double coefficient = switch (sampling) {
            case WITH_REPLACEMENT -> 1.0;
            case WITHOUT_REPLACEMENT -> 1.0 + 1.0 / (n - 1);
            case EQUATION_A2_AS_PRINTED -> 1.0 - 1.0 / (n - 1);
        };
        RealMatrix expected = squares.scalarMultiply(1.0 / divisor).subtract(outer.scalarMultiply(coefficient));

        MeasuredDiffusion diffusion = MeasuredDiffusion.from(g, sampling);

        assertClose(matrix(diffusion), expected, 1e-13);
        assertThat(diffusion.trace()).isCloseTo(expected.getTrace(), within(1e-13));
        assertThat(diffusion.frobeniusNorm()).isCloseTo(expected.getFrobeniusNorm(), within(1e-13));
        assertThat(diffusion.meanGradient()).containsExactly(mean.toArray(), within(1e-15));
        assertThat(diffusion.samples()).isEqualTo(n);
    }

    /** All Nᵇ ordered draws with replacement, and all subsets without. */
    @Property(tries = 40)
    void isTheVarianceOfTheMiniBatchMean(
            @ForAll @IntRange(min = 2, max = 5) int n,
            @ForAll @IntRange(min = 1, max = 3) int d,
            @ForAll @IntRange(min = 1, max = 5) int b,
            @ForAll long seed) {
        double[][] g = random(n, d, seed);
        int[] draw = new int[b];
        Variance with = new Variance(d);
        Variance without = new Variance(d);
        for (int code = 0; code < Math.pow(n, b); code++) {
            int rest = code;
            boolean ascending = true;
            for (int k = 0; k < b; k++) {
                draw[k] = rest % n;
                rest /= n;
                ascending &= k == 0 || draw[k] > draw[k - 1];
            }
            with.add(mean(g, draw));
            if (ascending) {
                without.add(mean(g, draw));
            }
        }
        assertClose(
                matrix(MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT)).scalarMultiply(1.0 / b),
                with.matrix(),
                1e-13);
        if (b <= n) {
            assertClose(
                    matrix(MeasuredDiffusion.from(g, Sampling.WITHOUT_REPLACEMENT))
                            .scalarMultiply((1.0 - (double) b / n) / b),
                    without.matrix(),
                    1e-13);
        }
    }

    /** Both ways to the spectrum, through N×N and through d×d, against Hipparchus' singular values of the matrix. */
    @ParameterizedTest
    @CsvSource({"7,20", "20,7", "8,8", "9,8", "2,5", "70,140", "140,70", "5,1"})
    void hasTheSpectrumOfItsMatrix(int n, int d) {
        for (Sampling sampling : Sampling.values()) {
            MeasuredDiffusion diffusion = MeasuredDiffusion.from(random(n, d, 3), sampling);
            RealMatrix matrix = matrix(diffusion);
            double[] expected = new SingularValueDecomposition(matrix).getSingularValues();
            int rank = Math.min(d, sampling == Sampling.EQUATION_A2_AS_PRINTED ? n : n - 1);

            MatrixSpectrum spectrum = diffusion.spectrum();
            assertThat(spectrum.dimension()).isEqualTo(d);
            assertThat(spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON)).isEqualTo(rank);
            double[] eigenvalues = spectrum.eigenvalues();
            for (int j = 0; j < rank; j++) {
                assertThat(eigenvalues[j]).isCloseTo(expected[j], within(1e-13 * spectrum.max()));
            }
            Eigenpairs pairs = diffusion.leadingEigenpairs(rank);
            RealMatrix v = pairs.vectors();
            assertClose(v.transposeMultiply(v), MatrixUtils.createRealIdentityMatrix(rank), 1e-13);
            RealMatrix scaled = v.multiply(MatrixUtils.createRealDiagonalMatrix(pairs.values()));
            assertClose(matrix.multiply(v), scaled, 1e-12 * spectrum.max());

            Diffusion reduced = diffusion.reduced();
            assertThat(reduced.noiseDimension()).isEqualTo(rank);
            assertClose(matrix(reduced), matrix, 1e-13 * spectrum.max());
        }
    }

    /** Eigenvalues over fourteen orders of magnitude, through the N×N matrix. */
    @Test
    void keepsEigenvectorsOrthogonalWhereEigenvaluesAreSmall() {
        int n = 12;
        double[][] g = random(n, 30, 17);
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < 30; i++) {
                g[k][i] *= Math.pow(10.0, -0.6 * k);
            }
        }
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT);
        int rank = diffusion.spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON);
        assertThat(rank).isBetween(9, n - 1);
        RealMatrix v = diffusion.leadingEigenpairs(rank).vectors();
        assertClose(v.transposeMultiply(v), MatrixUtils.createRealIdentityMatrix(rank), 1e-13);
        assertClose(matrix(diffusion.reduced()), matrix(diffusion), 1e-14 * diffusion.trace());
    }

    @ParameterizedTest
    @CsvSource({"70,9", "9,70", "130,131"})
    void multipliesAsItsMatrix(int n, int d) {
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(random(n, d, 11), Sampling.EQUATION_A2_AS_PRINTED);
        RealMatrix matrix = matrix(diffusion);
        int m = diffusion.noiseDimension();
        assertThat(m).isEqualTo(n + 1);
        double[] x = new double[d];
        double[] v = random(1, d, 12)[0];
        double[] product = new double[d];
        diffusion.times(x, v, product);
        assertThat(product).containsExactly(matrix.operate(v), within(1e-12));

        RealMatrix factor = MatrixUtils.createRealMatrix(d, m);
        double[] unit = new double[m];
        double[] column = new double[d];
        for (int k = 0; k < m; k++) {
            unit[k] = 1.0;
            diffusion.factorTimes(x, unit, column);
            unit[k] = 0.0;
            factor.setColumn(k, column);
        }
        assertClose(factor.multiplyTransposed(factor), matrix, 1e-12);

        diffusion.divergence(x, column);
        assertThat(column).containsOnly(0.0);
        Arrays.fill(column, 1.0);
        diffusion.noiseInducedDrift().orElseThrow().at(x, column);
        assertThat(column).containsOnly(0.0);
        assertThat(diffusion.isConstant()).isTrue();
        assertThat(diffusion.structure()).isEqualTo(Diffusion.Structure.FULL);
    }

    @Test
    void blockFormGivesTheSameBits() {
        int n = 131;
        int d = 37;
        int paths = 21;
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(random(n, d, 7), Sampling.WITH_REPLACEMENT);
        double[][] xi = random(n, paths + 3, 8);
        double[][] out = random(d, paths + 3, 9);
        diffusion.factorTimesBlock(new double[d][paths], xi, paths, out);
        double[] noise = new double[n];
        double[] value = new double[d];
        for (int p = 0; p < paths; p++) {
            for (int k = 0; k < n; k++) {
                noise[k] = xi[k][p];
            }
            diffusion.factorTimes(new double[d], noise, value);
            for (int i = 0; i < d; i++) {
                assertThat(out[i][p]).isEqualTo(value[i]);
            }
        }
    }

    /** A spread of 10⁻⁶ on a mean of 1: (1/N)Σgg' − gg' would keep four digits. */
    @Test
    void keepsTheDigitsOfSmallNoise() {
        double spread = 0x1p-20;
        double[][] g = {{1 + spread, 1}, {1 - spread, 1}};
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT);
        assertThat(diffusion.trace()).isEqualTo(spread * spread, within(1e-15 * spread * spread));
    }

    @Test
    void equalGradientsHaveNoNoise() {
        MeasuredDiffusion diffusion =
                MeasuredDiffusion.from(new double[][] {{0.5, 2, 1}, {0.5, 2, 1}}, Sampling.WITH_REPLACEMENT);
        assertThat(diffusion.trace()).isZero();
        assertThat(diffusion.spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON)).isZero();
        assertThat(matrix(diffusion.reduced())).isEqualTo(MatrixUtils.createRealMatrix(3, 3));
        assertThatThrownBy(() -> diffusion.leadingEigenpairs(1))
                .hasMessage("k must be between 1 and the rank 0, got 1");
    }

    /** 0.1 is no binary number, and neither is the mean of 20 of it as a rounded sum. */
    @Test
    void equalGradientsThatRoundHaveNoNoise() {
        for (double value : new double[] {0.1, 1.0 / 3.0, -1e-9, 1e100, 3e-200}) {
            for (Sampling sampling : List.of(Sampling.WITH_REPLACEMENT, Sampling.WITHOUT_REPLACEMENT)) {
                double[][] g = new double[20][5];
                for (double[] row : g) {
                    Arrays.fill(row, value);
                }
                MeasuredDiffusion diffusion = MeasuredDiffusion.from(g, sampling);
                assertThat(diffusion.trace()).isZero();
                assertThat(diffusion.frobeniusNorm()).isZero();
                assertThat(diffusion.spectrum().rank(MatrixSpectrum.FLOAT64_EPSILON))
                        .isZero();
                assertThat(diffusion.meanGradient()).containsOnly(value);
            }
        }
    }

    /** A mean of 1e6 with a spread of 1e-6: the deviations are exact, and so is what rounding the mean costs. */
    @Test
    void keepsTheDigitsBesideALargeMean() {
        Random random = new Random(4);
        int n = 50;
        double[][] g = new double[n][1];
        BigDecimal sum = BigDecimal.ZERO;
        for (double[] row : g) {
            row[0] = 1e6 + 1e-6 * random.nextGaussian();
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
        double trace = MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT).trace();
        assertThat(trace).isCloseTo(expected, within(1e-15 * expected));
    }

    /** Gradients of any size have the spectrum of those of size 1: ranks, ratios, and eigenvalues times the square. */
    @Test
    void gradientsOfAnySize() {
        Random random = new Random(6);
        for (int[] shape : new int[][] {{20, 5}, {5, 20}}) {
            double[][] plain = new double[shape[0]][shape[1]];
            for (double[] row : plain) {
                Arrays.setAll(row, i -> random.nextGaussian());
            }
            MatrixSpectrum one =
                    MeasuredDiffusion.from(plain, Sampling.WITH_REPLACEMENT).spectrum();
            int rank = one.rank(MatrixSpectrum.FLOAT64_EPSILON);
            for (int power : new int[] {-520, -400, -260, 255, 300, 500}) {
                double[][] g = new double[shape[0]][shape[1]];
                for (int k = 0; k < g.length; k++) {
                    for (int i = 0; i < g[k].length; i++) {
                        g[k][i] = Math.scalb(plain[k][i], power);
                    }
                }
                MeasuredDiffusion diffusion = MeasuredDiffusion.from(g, Sampling.WITH_REPLACEMENT);
                MatrixSpectrum spectrum = diffusion.spectrum();
                // Subnormal numbers have fewer digits: 2⁻¹⁰⁴⁰ has 34 of 52.
                double rounding = power < -500 ? 1e-8 : 1e-13;
                assertThat(spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON)).isEqualTo(rank);
                assertThat(spectrum.participationRatio()).isCloseTo(one.participationRatio(), within(1e-12));
                assertThat(Math.scalb(Math.scalb(spectrum.max(), -power), -power))
                        .isCloseTo(one.max(), within(rounding * one.max()));
                assertThat(Math.scalb(Math.scalb(spectrum.frobeniusNorm(), -power), -power))
                        .isCloseTo(one.frobeniusNorm(), within(rounding * one.max()));
                assertThat(Math.scalb(Math.scalb(spectrum.standardDeviation(), -power), -power))
                        .isCloseTo(one.standardDeviation(), within(rounding * one.max()));
                assertThat(Math.scalb(Math.scalb(diffusion.trace(), -power), -power))
                        .isCloseTo(one.trace(), within(rounding * one.trace()));
                RealMatrix v = diffusion.leadingEigenpairs(rank).vectors();
                assertThat(v.transposeMultiply(v)
                                .subtract(MatrixUtils.createRealIdentityMatrix(rank))
                                .getFrobeniusNorm())
                        .isLessThan(1e-12);
                assertThat(diffusion.reduced().noiseDimension()).isEqualTo(rank);
            }
        }
        assertRefused(
                "gradients must be large enough for D, got trace 0 from a spread of about 2^-665",
                new double[] {1e-200},
                new double[] {-1e-200});
    }

    @Test
    void refusesWhatHasNoVariance() {
        assertRefused("samples must be at least 2, got 0");
        assertRefused("samples must be at least 2, got 1", new double[] {1, 2});
        assertRefused("dimension must be at least 1, got 0", new double[0], new double[0]);
        assertRefused(
                "gradients must have the same dimension, got 2 in row 0 and 1 in row 1",
                new double[] {1, 2},
                new double[] {1});
        assertRefused("gradients must be finite, got [1][0] = NaN", new double[] {1}, new double[] {Double.NaN});
        assertRefused(
                "gradients must be finite, got [0][1] = Infinity",
                new double[] {1, Double.POSITIVE_INFINITY},
                new double[] {1, 2});
        assertRefused(
                "gradients must be small enough for D and its norm, got trace Infinity",
                new double[] {1e200},
                new double[] {-1e200});
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(TINY, Sampling.WITH_REPLACEMENT);
        assertThatThrownBy(() -> diffusion.leadingEigenpairs(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be between 1 and the rank 2, got 0");
        assertThatThrownBy(() -> diffusion.leadingEigenpairs(3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isImmutable() {
        double[][] gradients = {{1, 0}, {0, 2}, {-1, 1}};
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients, Sampling.WITH_REPLACEMENT);
        gradients[0][0] = 100;
        diffusion.meanGradient()[1] = 100;
        diffusion.leadingEigenpairs(1).values()[0] = 100;
        assertClose(matrix(diffusion), real(TINY_D_WITH), 1e-15);
        assertThat(diffusion.meanGradient()).containsExactly(new double[] {0, 1}, within(1e-15));
    }

    private static void assertRefused(String message, double[]... gradients) {
        assertThatThrownBy(() -> MeasuredDiffusion.from(gradients, Sampling.WITH_REPLACEMENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static double[] mean(double[][] g, int[] batch) {
        double[] mean = new double[g[0].length];
        for (int k : batch) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += g[k][i] / batch.length;
            }
        }
        return mean;
    }

    private static double[][] random(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian() + 0.5;
            }
        }
        return matrix;
    }

    private static RealMatrix matrix(Diffusion diffusion) {
        int d = diffusion.dimension();
        double[] entries = new double[d * d];
        diffusion.matrix(new double[d], entries);
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            matrix.setRow(i, Arrays.copyOfRange(entries, i * d, (i + 1) * d));
        }
        return matrix;
    }

    private static RealMatrix real(double[][] rows) {
        return MatrixUtils.createRealMatrix(rows);
    }

    private static void assertClose(RealMatrix actual, RealMatrix expected, double tolerance) {
        assertThat(actual.subtract(expected).getNormInfty()).isLessThanOrEqualTo(tolerance * actual.getRowDimension());
    }

    /** The covariance over equally probable vectors, E[vv'] − E[v]E[v]'. */
    private static final class Variance {
        private final int d;
        private int count;
        private RealVector sum;
        private RealMatrix squares;

        Variance(int d) {
            this.d = d;
            sum = MatrixUtils.createRealVector(new double[d]);
            squares = MatrixUtils.createRealMatrix(d, d);
        }

        void add(double[] v) {
            RealVector vector = MatrixUtils.createRealVector(v);
            sum = sum.add(vector);
            squares = squares.add(vector.outerProduct(vector));
            count++;
        }

        RealMatrix matrix() {
            if (count == 0) {
                return MatrixUtils.createRealMatrix(d, d);
            }
            RealVector mean = sum.mapDivide(count);
            return squares.scalarMultiply(1.0 / count).subtract(mean.outerProduct(mean));
        }
    }
}
