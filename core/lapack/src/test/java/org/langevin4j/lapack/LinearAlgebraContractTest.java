package org.langevin4j.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.RealSchur;

/** What every implementation of the linear algebra keeps: pure Java, and LAPACK where there is native code. */
class LinearAlgebraContractTest {

    private static final int[] ORDERS = {1, 2, 3, 5, 17, 40, 130};

    private final Random random = new Random(11);

    static List<LinearAlgebra> implementations() {
        List<LinearAlgebra> all = new ArrayList<>(List.of(LinearAlgebra.pureJava()));
        new OpenBlas().load().ifPresent(all::add);
        return all;
    }

    private RealMatrix normal(int n, int m) {
        RealMatrix a = MatrixUtils.createRealMatrix(n, m);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                a.setEntry(i, j, random.nextGaussian());
            }
        }
        return a;
    }

    private RealMatrix symmetric(int n) {
        RealMatrix a = normal(n, n);
        return a.add(a.transpose());
    }

    private static RealMatrix identity(int n) {
        return MatrixUtils.createRealIdentityMatrix(n);
    }

    private RealMatrix orthogonal(int n) {
        return LinearAlgebra.pureJava().schur(normal(n, n)).vectors();
    }

    private List<RealMatrix> symmetricMatrices(int n) {
        List<RealMatrix> matrices = new ArrayList<>();
        matrices.add(symmetric(n));
        // Singular, of rank a third; of rank 1; zero; the unit matrix.
        RealMatrix thin = normal(n, 1 + n / 3);
        matrices.add(thin.multiplyTransposed(thin));
        RealMatrix one = normal(n, 1);
        matrices.add(one.multiplyTransposed(one));
        matrices.add(MatrixUtils.createRealMatrix(n, n));
        matrices.add(identity(n));
        // Repeated eigenvalues, and a wide spread of them.
        RealMatrix z = orthogonal(n);
        double[] repeated = new double[n];
        double[] spread = new double[n];
        for (int i = 0; i < n; i++) {
            repeated[i] = 1 + i % 3;
            spread[i] = Math.pow(10.0, -14.0 * i / n);
        }
        matrices.add(
                even(z.multiply(MatrixUtils.createRealDiagonalMatrix(repeated)).multiplyTransposed(z)));
        matrices.add(
                even(z.multiply(MatrixUtils.createRealDiagonalMatrix(spread)).multiplyTransposed(z)));
        // Graded along the diagonal, both ways.
        for (int way : new int[] {-1, 1}) {
            RealMatrix graded = symmetric(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    graded.multiplyEntry(i, j, Math.pow(10.0, way * 100.0 * (i + j - n) / n));
                }
            }
            matrices.add(even(graded));
        }
        // Zeros in between: it falls apart.
        RealMatrix blocks = symmetric(n);
        for (int i = 0; i < n; i += 2) {
            blocks.setRow(i, new double[n]);
            blocks.setColumn(i, new double[n]);
        }
        matrices.add(blocks);
        return matrices;
    }

    /** To the last bit. */
    private static RealMatrix even(RealMatrix a) {
        RealMatrix mean = a.copy();
        for (int i = 0; i < a.getRowDimension(); i++) {
            for (int j = 0; j < i; j++) {
                mean.setEntry(i, j, a.getEntry(j, i));
            }
        }
        return mean;
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void symmetricEigenvaluesAndVectors(LinearAlgebra algebra) {
        for (int n : ORDERS) {
            for (RealMatrix a : symmetricMatrices(n)) {
                Eigenpairs pairs = algebra.symmetricEigen(a);
                RealMatrix v = pairs.vectors();
                double size = Math.max(largest(a), Double.MIN_NORMAL);
                RealMatrix scaled = a.scalarMultiply(1.0 / size);
                RealMatrix values =
                        MatrixUtils.createRealDiagonalMatrix(pairs.values()).scalarMultiply(1.0 / size);
                double rounding = 4e-15 * n;
                assertThat(scaled.multiply(v).subtract(v.multiply(values)).getFrobeniusNorm())
                        .as("order %d of %s", n, algebra)
                        .isLessThan(rounding);
                assertThat(v.transposeMultiply(v).subtract(identity(n)).getFrobeniusNorm())
                        .isLessThan(rounding);
                assertThat(pairs.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
                assertThat(algebra.symmetricEigenvalues(a)).containsExactly(pairs.values(), within(rounding * size));
            }
        }
    }

    private static double largest(RealMatrix a) {
        double largest = 0.0;
        for (double[] row : a.getData()) {
            for (double entry : row) {
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        return largest;
    }

    /** The eigenvalues of a diagonal matrix are its entries, from 1e200 to 1e-200. */
    @ParameterizedTest
    @MethodSource("implementations")
    void diagonalMatricesOfAnySize(LinearAlgebra algebra) {
        double[] entries = {1e-200, 1e200, -3.0, 1e-8, -1e100};
        double[] sorted = {1e200, 1e-8, 1e-200, -3.0, -1e100};
        assertThat(algebra.symmetricEigenvalues(MatrixUtils.createRealDiagonalMatrix(entries)))
                .containsExactly(sorted);
    }

    /** The second difference on n points with fixed ends: 2 − 2cos(kπ/(n + 1)). */
    @ParameterizedTest
    @MethodSource("implementations")
    void closedFormOfASecondDifference(LinearAlgebra algebra) {
        int n = 100;
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            a.setEntry(i, i, 2.0);
            if (i > 0) {
                a.setEntry(i, i - 1, -1.0);
                a.setEntry(i - 1, i, -1.0);
            }
            double sine = Math.sin(0.5 * (n - i) * Math.PI / (n + 1));
            expected[i] = 4.0 * sine * sine;
        }
        assertThat(algebra.symmetricEigenvalues(a)).containsExactly(expected, within(1e-14));
    }

    /** A power of two changes no bit of the vectors, and of the values the exponent only. */
    @ParameterizedTest
    @MethodSource("implementations")
    void powersOfTwoChangeNoBit(LinearAlgebra algebra) {
        for (int power : new int[] {-1000, -700, -3, 5, 600, 1000}) {
            RealMatrix a = symmetric(20);
            RealMatrix general = normal(20, 20);
            double factor = Math.scalb(1.0, power);
            Eigenpairs plain = algebra.symmetricEigen(a);
            Eigenpairs scaled = algebra.symmetricEigen(a.scalarMultiply(factor));
            assertThat(scaled.vectors()).isEqualTo(plain.vectors());
            RealSchur schur = algebra.schur(general);
            RealSchur scaledSchur = algebra.schur(general.scalarMultiply(factor));
            assertThat(scaledSchur.vectors()).isEqualTo(schur.vectors());
            RealMatrix x = algebra.solve(general, a);
            assertThat(algebra.solve(general.scalarMultiply(factor), a.scalarMultiply(factor)))
                    .isEqualTo(x);
            for (int k = 0; k < 20; k++) {
                assertThat(scaled.value(k)).isEqualTo(Math.scalb(plain.value(k), power));
                assertThat(scaledSchur.eigenvalues()[k].getReal())
                        .isEqualTo(Math.scalb(schur.eigenvalues()[k].getReal(), power));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void schurFormsAndEigenvectors(LinearAlgebra algebra) {
        for (int n : ORDERS) {
            RealMatrix thin = normal(n, 1 + n / 3);
            RealMatrix shift = MatrixUtils.createRealMatrix(n, n);
            for (int i = 0; i < n; i++) {
                shift.setEntry(i, (i + 1) % n, 1.0);
            }
            for (RealMatrix a : List.of(
                    normal(n, n),
                    thin.multiply(normal(1 + n / 3, n)),
                    normal(n, 1).multiply(normal(1, n)),
                    shift,
                    normal(n, n).scalarMultiply(1e200),
                    normal(n, n).scalarMultiply(1e-200),
                    MatrixUtils.createRealMatrix(n, n),
                    symmetric(n))) {
                RealSchur schur = algebra.schur(a);
                RealMatrix z = schur.vectors();
                double size = Math.max(largest(a), Double.MIN_NORMAL);
                RealMatrix scaled = a.scalarMultiply(1.0 / size);
                assertThat(z.multiply(schur.form().scalarMultiply(1.0 / size))
                                .multiplyTransposed(z)
                                .subtract(scaled)
                                .getFrobeniusNorm())
                        .isLessThan(1e-14 * n * n);
                Complex[] values = schur.eigenvalues();
                for (int k = 0; k < n; k++) {
                    assertThat(k == 0 || values[k].getReal() <= values[k - 1].getReal())
                            .isTrue();
                    assertThat(residual(scaled, values[k].divide(size), schur.eigenvector(k)))
                            .as("order %d, eigenvalue %d of %s", n, k, algebra)
                            .isLessThan(1e-14 * n * n);
                }
            }
        }
    }

    /** ‖Av − λv‖ for ‖v‖ = 1. */
    private static double residual(RealMatrix a, Complex value, Complex[] v) {
        double square = 0.0;
        double norm = 0.0;
        for (int i = 0; i < v.length; i++) {
            Complex sum = value.multiply(v[i]).negate();
            for (int j = 0; j < v.length; j++) {
                sum = sum.add(v[j].multiply(a.getEntry(i, j)));
            }
            square += sum.getReal() * sum.getReal() + sum.getImaginary() * sum.getImaginary();
            norm += v[i].getReal() * v[i].getReal() + v[i].getImaginary() * v[i].getImaginary();
        }
        assertThat(norm).isCloseTo(1.0, within(1e-12));
        return Math.sqrt(square);
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void productsOfAMatrixWithItself(LinearAlgebra algebra) {
        for (int[] shape : new int[][] {{1, 1}, {3, 200}, {200, 3}, {70, 150}}) {
            RealMatrix a = normal(shape[0], shape[1]);
            RealMatrix columns = algebra.columnProducts(a);
            RealMatrix rows = algebra.rowProducts(a);
            assertThat(columns.subtract(a.transposeMultiply(a)).getFrobeniusNorm())
                    .isLessThan(1e-11);
            assertThat(rows.subtract(a.multiplyTransposed(a)).getFrobeniusNorm())
                    .isLessThan(1e-11);
            assertThat(MatrixUtils.isSymmetric(columns, 0.0)).isTrue();
            assertThat(MatrixUtils.isSymmetric(rows, 0.0)).isTrue();
        }
    }

    /** Equations of 1e±200, and complex ones by their residual. */
    @ParameterizedTest
    @MethodSource("implementations")
    void equations(LinearAlgebra algebra) {
        RealMatrix a = normal(30, 30);
        RealMatrix x = normal(30, 2);
        for (double size : new double[] {1.0, 1e200, 1e-200}) {
            RealMatrix b = a.multiply(x).scalarMultiply(size);
            assertThat(algebra.solve(a.scalarMultiply(size), b).subtract(x).getFrobeniusNorm())
                    .isLessThan(1e-10);
        }
        Complex shift = new Complex(0.3, -1.7);
        Complex[] v = new Complex[30];
        for (int i = 0; i < 30; i++) {
            v[i] = new Complex(random.nextGaussian(), random.nextGaussian());
        }
        Complex[] y = algebra.solveShifted(a, shift, v);
        for (int i = 0; i < 30; i++) {
            Complex sum = shift.multiply(y[i]).negate().subtract(v[i]);
            for (int j = 0; j < 30; j++) {
                sum = sum.add(y[j].multiply(a.getEntry(i, j)));
            }
            assertThat(sum.norm()).isLessThan(1e-11);
        }
    }

    @ParameterizedTest
    @MethodSource("implementations")
    void whatIsNotWhatItMustBeIsRefused(LinearAlgebra algebra) {
        RealMatrix upper = MatrixUtils.createRealMatrix(new double[][] {{2, 0.5}, {0, 4}});
        assertThatThrownBy(() -> algebra.symmetricEigen(upper))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "matrix must be symmetric, got entries [1][0] = 0.0 and [0][1] = 0.5, which differ by 0.125 of"
                                + " the largest entry");
        assertThatThrownBy(() -> algebra.symmetricEigenvalues(upper)).isInstanceOf(IllegalArgumentException.class);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            RealMatrix a = identity(3);
            a.setEntry(1, 1, bad);
            String message = "matrix must be finite, got entry [1][1] = " + bad;
            assertThatThrownBy(() -> algebra.symmetricEigen(a)).hasMessage(message);
            assertThatThrownBy(() -> algebra.symmetricEigenvalues(a)).hasMessage(message);
            assertThatThrownBy(() -> algebra.schur(a)).hasMessage(message);
            assertThatThrownBy(() -> algebra.eigenvalues(a)).hasMessage(message);
            assertThatThrownBy(() -> algebra.solve(a, identity(3))).hasMessage(message);
        }
        RealMatrix flat = MatrixUtils.createRealMatrix(2, 3);
        assertThatThrownBy(() -> algebra.symmetricEigen(flat)).hasMessage("matrix must be square, got 2×3");
        assertThatThrownBy(() -> algebra.schur(flat)).hasMessage("matrix must be square, got 2×3");
        assertThatThrownBy(() -> algebra.multiply(flat, flat)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> algebra.solve(MatrixUtils.createRealMatrix(3, 3), identity(3)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the matrix of order 3 is singular");
        // 1e308·√2 is a number, and so is n·1e308 not.
        RealMatrix huge = MatrixUtils.createRealMatrix(4, 4).scalarAdd(1e308);
        assertThatThrownBy(() -> algebra.symmetricEigen(huge))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("beyond the largest double");
    }
}
