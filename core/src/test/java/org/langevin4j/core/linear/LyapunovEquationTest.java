package org.langevin4j.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;

class LyapunovEquationTest {

    private static final LinearAlgebra JAVA = LinearAlgebra.pureJava();

    private final Random random = new Random(7);

    private RealMatrix normal(int n) {
        return RealSchurTest.normal(random, n);
    }

    /** C is made from a known X, which must come back; sizes run over those where products are handed to the library. */
    @Test
    void aKnownSolutionComesBack() {
        for (int n : new int[] {1, 2, 3, 5, 8, 17, 40, 130}) {
            for (Symmetry symmetry : Symmetry.values()) {
                RealMatrix a = normal(n)
                        .scalarMultiply(0.5 / Math.sqrt(n))
                        .add(MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(1.5));
                RealMatrix b = normal(n);
                RealMatrix x = symmetry == Symmetry.SYMMETRIC ? b.add(b.transpose()) : b.subtract(b.transpose());
                RealMatrix c = a.multiply(x).add(x.multiplyTransposed(a));
                RealMatrix found = LyapunovEquation.of(a, JAVA).solve(c, symmetry);
                assertThat(found.subtract(x).getFrobeniusNorm())
                        .as("n = %d, %s", n, symmetry)
                        .isLessThanOrEqualTo(1e-13 * n * x.getFrobeniusNorm());
                RealMatrix symmetric = a.add(a.transpose());
                RealMatrix diagonal = LyapunovEquation.of(symmetric, JAVA)
                        .solve(symmetric.multiply(x).add(x.multiply(symmetric)), symmetry);
                assertThat(diagonal.subtract(x).getFrobeniusNorm())
                        .isLessThanOrEqualTo(1e-13 * n * x.getFrobeniusNorm());
            }
        }
    }

    /** One zero eigenvalue does not matter to antisymmetric matrices: only sums of different ones do. */
    @Test
    void aSingleZeroEigenvalueIsHarmlessToAntisymmetricMatrices() {
        RealMatrix a = MatrixUtils.createRealMatrix(new double[][] {{0, 2, 1}, {0, 1, -3}, {0, 4, 2}});
        RealMatrix x = MatrixUtils.createRealMatrix(new double[][] {{0, 1, 2}, {-1, 0, 3}, {-2, -3, 0}});
        RealMatrix found =
                LyapunovEquation.of(a, JAVA).solve(a.multiply(x).add(x.multiplyTransposed(a)), Symmetry.ANTISYMMETRIC);
        assertThat(found.subtract(x).getFrobeniusNorm()).isLessThan(1e-13);
    }

    /** Against the inverse of the whole d(d − 1)/2-dimensional matrix of the operator on the triangular form. */
    @Test
    void conditionIsThatOfTheOperator() {
        int close = 0;
        for (int k = 0; k < 60; k++) {
            int n = 2 + random.nextInt(8);
            RealMatrix a = normal(n);
            RealMatrix t = JAVA.schur(a).form();
            int entries = n * (n - 1) / 2;
            RealMatrix operator = MatrixUtils.createRealMatrix(entries, entries);
            int column = 0;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    RealMatrix unit = MatrixUtils.createRealMatrix(n, n);
                    unit.setEntry(i, j, 1.0);
                    unit.setEntry(j, i, -1.0);
                    RealMatrix image = t.multiply(unit).add(unit.multiplyTransposed(t));
                    int row = 0;
                    for (int p = 0; p < n; p++) {
                        for (int q = p + 1; q < n; q++) {
                            operator.setEntry(row++, column, image.getEntry(p, q));
                        }
                    }
                    column++;
                }
            }
            double exact = 2.0
                    * t.getNorm1()
                    * new LUDecomposition(operator).getSolver().getInverse().getNorm1();
            double estimate = LyapunovEquation.of(a, JAVA).antisymmetricCondition();
            // An estimate from below, by the theory of Hager's method mostly sharp.
            assertThat(estimate).isLessThanOrEqualTo(exact * (1.0 + 1e-8)).isGreaterThan(exact / 10.0);
            close += estimate > 0.9 * exact ? 1 : 0;
        }
        assertThat(close).isGreaterThan(45);
    }

    @Test
    void matrixMustBeSquare() {
        assertThatThrownBy(() -> LyapunovEquation.of(MatrixUtils.createRealMatrix(2, 3), JAVA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a must be square, got 2×3");
    }
}
