package org.langevin4j.lapack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.LinearDecomposition;
import org.langevin4j.core.decomposition.LinearIrreversibility;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.RealSchur;

/** LAPACK and pure Java compute the same; skipped where there is no native code for the platform. */
class LapackAlgebraTest {

    private static final LinearAlgebra JAVA = LinearAlgebra.pureJava();

    private final Random random = new Random(3);
    private LinearAlgebra lapack = JAVA;

    @BeforeEach
    void load() {
        Optional<LinearAlgebra> found = new OpenBlas().load();
        assumeTrue(found.isPresent(), "skipped: no native code for this platform");
        lapack = found.get();
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

    private static void assertClose(RealMatrix actual, RealMatrix expected, double relative) {
        assertThat(actual.subtract(expected).getFrobeniusNorm())
                .isLessThanOrEqualTo(relative * expected.getFrobeniusNorm());
    }

    @Test
    void isFoundForLargeMatricesOnly() {
        assertThat(LinearAlgebra.forOrder(1000).name()).startsWith("LAPACK (OpenBLAS 0.3.");
        assertThat(LinearAlgebra.forOrder(1000)).isSameAs(lapack);
        assertThat(LinearAlgebra.forOrder(10)).isSameAs(JAVA);
    }

    @Test
    void productsAndEquationsOfAnyShape() {
        RealMatrix a = normal(37, 12);
        RealMatrix b = normal(12, 5);
        assertClose(lapack.multiply(a, b), a.multiply(b), 1e-14);
        RealMatrix square = normal(200, 200);
        RealMatrix x = normal(200, 3);
        assertClose(lapack.solve(square, square.multiply(x)), x, 1e-10);
        assertThatThrownBy(() -> lapack.solve(MatrixUtils.createRealMatrix(3, 3), MatrixUtils.createRealMatrix(3, 1)))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("the matrix of order 3 is singular");
    }

    /** More threads and a larger order than the stack of a Java thread bears in dgesv. */
    @Test
    void largeEquationsDoNotOverflowTheStack() {
        RealMatrix a = normal(1200, 1200);
        RealMatrix x = normal(1200, 1);
        assertClose(lapack.solve(a, a.multiply(x)), x, 1e-8);
    }

    @Test
    void schurFormAndEigenvalues() {
        RealMatrix a = normal(90, 90);
        RealSchur schur = lapack.schur(a);
        assertClose(schur.vectors().multiply(schur.form()).multiplyTransposed(schur.vectors()), a, 1e-13);
        for (int i = 0; i < 90; i++) {
            for (int j = 0; j < i - 1; j++) {
                assertThat(schur.form().getEntry(i, j)).isZero();
            }
        }
        RealMatrix symmetric = a.add(a.transpose());
        Eigenpairs eigen = lapack.symmetricEigen(symmetric);
        double[] expected = JAVA.symmetricEigen(symmetric).values();
        assertThat(MatrixUtils.createRealVector(eigen.values())
                        .subtract(MatrixUtils.createRealVector(expected))
                        .getNorm())
                .isLessThan(1e-11);
        RealSchur diagonal = lapack.schur(symmetric);
        assertClose(
                diagonal.vectors().multiply(diagonal.form()).multiplyTransposed(diagonal.vectors()), symmetric, 1e-13);
        assertThat(diagonal.form().getEntry(3, 7)).isZero();
    }

    @Test
    void notFiniteIsRefused() {
        RealMatrix a = normal(3, 3);
        a.setEntry(1, 1, Double.NaN);
        assertThatThrownBy(() -> lapack.schur(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("matrix must be finite, got entry [1][1] = NaN");
    }

    @Test
    void decompositionsAgreeWithPureJava() {
        for (boolean symmetric : new boolean[] {false, true}) {
            for (double shift : new double[] {2.5, 0.0}) {
                int n = 150;
                RealMatrix b = normal(n, n).scalarMultiply(1.0 / Math.sqrt(n));
                RealMatrix f = (symmetric ? b.add(b.transpose()).scalarMultiply(0.5) : b)
                        .add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(shift));
                RealMatrix c = normal(n, n);
                RealMatrix d = c.multiplyTransposed(c).scalarMultiply(1.0 / n);
                LinearDecomposition java = LinearDecomposition.of(f, d, 1e-13, JAVA);
                LinearDecomposition fast = LinearDecomposition.of(f, d, 1e-13, lapack);
                double relative = 1e-15 * n * java.condition();
                assertClose(fast.q(), java.q(), relative);
                assertThat(fast.inertiaOfU()).isEqualTo(java.inertiaOfU());
                assertThat(fast.isStable()).isEqualTo(shift > 0.0);
                assertThat(java.computedBy()).isEqualTo("pure Java");
                assertThat(fast.computedBy()).startsWith("LAPACK (OpenBLAS");
                if (shift > 0.0) {
                    assertThat(LinearIrreversibility.of(fast)
                                    .entropyProductionRate()
                                    .orElseThrow())
                            .isCloseTo(
                                    LinearIrreversibility.of(java)
                                            .entropyProductionRate()
                                            .orElseThrow(),
                                    org.assertj.core.api.Assertions.withinPercentage(1e-6));
                }
            }
        }
    }
}
