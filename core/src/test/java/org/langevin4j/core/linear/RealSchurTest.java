package org.langevin4j.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntFunction;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class RealSchurTest {

    private static final LinearAlgebra JAVA = LinearAlgebra.pureJava();

    private final Random random = new Random(5);

    private RealMatrix normal(int n) {
        return normal(random, n);
    }

    /** An n×n matrix of independent standard normal numbers. */
    static RealMatrix normal(Random random, int n) {
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.setEntry(i, j, random.nextGaussian());
            }
        }
        return a;
    }

    /** A = ZTZᵀ, Z orthogonal, T zero below its blocks, and a block has complex eigenvalues. */
    private void assertSchurForms(int count, IntFunction<RealMatrix> matrices) {
        for (int k = 0; k < count; k++) {
            RealMatrix a = matrices.apply(2 + random.nextInt(60));
            RealSchur schur = JAVA.schur(a);
            RealMatrix z = schur.vectors();
            RealMatrix t = schur.form();
            int n = a.getRowDimension();
            double size = Math.max(a.getFrobeniusNorm(), Double.MIN_NORMAL);
            assertThat(z.multiply(t).multiplyTransposed(z).subtract(a).getFrobeniusNorm())
                    .isLessThan(n * 1e-15 * size);
            assertThat(z.transposeMultiply(z)
                            .subtract(MatrixUtils.createRealIdentityMatrix(n))
                            .getFrobeniusNorm())
                    .isLessThan(n * 1e-15);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i - 1; j++) {
                    assertThat(t.getEntry(i, j)).isZero();
                }
                if (i > 0 && t.getEntry(i, i - 1) != 0.0) {
                    double half = 0.5 * (t.getEntry(i, i) - t.getEntry(i - 1, i - 1));
                    assertThat(half * half + t.getEntry(i, i - 1) * t.getEntry(i - 1, i))
                            .isNegative();
                    assertThat(i > 1 ? t.getEntry(i - 1, i - 2) : 0.0).isZero();
                }
            }
        }
    }

    @Test
    void generalMatrices() {
        assertSchurForms(40, this::normal);
    }

    @Test
    void singularMatrices() {
        assertSchurForms(40, n -> {
            RealMatrix thin = normal(n).getSubMatrix(0, n - 1, 0, n / 3);
            return thin.multiply(normal(n).getSubMatrix(0, n / 3, 0, n - 1));
        });
        assertSchurForms(20, n -> {
            RealMatrix a = normal(n);
            for (int i = 0; i < n; i += 3) {
                a.setRow(i, new double[n]);
                a.setColumn(i, new double[n]);
            }
            return a;
        });
    }

    @Test
    void nilpotentCyclicAndGradedMatrices() {
        assertSchurForms(10, n -> {
            RealMatrix a = MatrixUtils.createRealMatrix(n, n);
            for (int i = 0; i + 1 < n; i++) {
                a.setEntry(i, i + 1, 1.0);
            }
            return random.nextBoolean() ? a : a.transpose();
        });
        assertSchurForms(10, n -> {
            RealMatrix a = MatrixUtils.createRealMatrix(n, n);
            for (int i = 0; i < n; i++) {
                a.setEntry(i, (i + 1) % n, 1.0);
            }
            return a;
        });
        assertSchurForms(10, n -> {
            RealMatrix a = normal(n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.multiplyEntry(i, j, Math.pow(10.0, -6.0 * (i + j) / n));
                }
            }
            return a;
        });
    }

    /** The cyclic permutation of n has the n-th roots of 1. */
    @Test
    void eigenvaluesOfACyclicPermutationAreTheRootsOfOne() {
        int n = 12;
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            a.setEntry(i, (i + 1) % n, 1.0);
        }
        Complex[] values = JAVA.schur(a).eigenvalues();
        Arrays.sort(values, Comparator.comparingDouble(Complex::getArgument));
        for (int k = 0; k < n; k++) {
            double angle = 2.0 * Math.PI * (k - n / 2 + 1) / n;
            double nearest = Arrays.stream(values)
                    .mapToDouble(v -> v.subtract(new Complex(Math.cos(angle), Math.sin(angle)))
                            .norm())
                    .min()
                    .orElseThrow();
            assertThat(nearest).isLessThan(1e-14);
        }
    }

    @Test
    void symmetricMatricesHaveADiagonalForm() {
        RealMatrix b = normal(30);
        RealMatrix a = b.add(b.transpose());
        RealSchur schur = JAVA.schur(a);
        for (int i = 0; i < 30; i++) {
            for (int j = 0; j < 30; j++) {
                if (i != j) {
                    assertThat(schur.form().getEntry(i, j)).isZero();
                }
            }
        }
        assertThat(schur.vectors()
                        .multiply(schur.form())
                        .multiplyTransposed(schur.vectors())
                        .subtract(a)
                        .getFrobeniusNorm())
                .isLessThan(1e-12);
    }

    @Test
    void solvesAndMultiplies() {
        RealMatrix a = normal(70);
        RealMatrix x = normal(70).getSubMatrix(0, 69, 0, 20);
        RealMatrix b = JAVA.multiply(a, x);
        assertThat(b.subtract(a.multiply(x)).getFrobeniusNorm()).isLessThan(1e-11);
        assertThat(JAVA.solve(a, b).subtract(x).getFrobeniusNorm() / x.getFrobeniusNorm())
                .isLessThan(1e-10);
        assertThatThrownBy(() -> JAVA.solve(MatrixUtils.createRealMatrix(3, 3), MatrixUtils.createRealMatrix(3, 1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the matrix of order 3 is singular");
    }

    @Test
    void smallOrdersStayInJava() {
        assertThat(LinearAlgebra.forOrder(2).name()).isEqualTo("pure Java");
        assertThat(JAVA.symmetricEigen(MatrixUtils.createRealDiagonalMatrix(new double[] {3, 1, 2}))
                        .values())
                .containsExactly(new double[] {3, 2, 1}, within(1e-15));
    }
}
