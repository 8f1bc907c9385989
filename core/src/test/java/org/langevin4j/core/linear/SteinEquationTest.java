package org.langevin4j.core.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;

class SteinEquationTest {

    private static final LinearAlgebra JAVA = LinearAlgebra.pureJava();

    private final Random random = new Random(11);

    /** C is made from a known X, which must come back to the condition of the equation. */
    @Test
    void aKnownSolutionComesBack() {
        for (int n : new int[] {1, 2, 3, 8, 40, 130}) {
            for (double radius : new double[] {1e-9, 0.5, 0.999}) {
                RealMatrix a = RealSchurTest.normal(random, n);
                a = a.scalarMultiply(
                        radius / SteinEquation.of(a.scalarMultiply(1e-3), JAVA).spectralRadius() * 1e-3);
                RealMatrix b = RealSchurTest.normal(random, n);
                RealMatrix x = b.add(b.transpose());
                RealMatrix c = x.subtract(a.multiply(x).multiplyTransposed(a));
                c = c.add(c.transpose()).scalarMultiply(0.5);
                SteinEquation equation = SteinEquation.of(a, JAVA);
                RealMatrix found = equation.solve(c);
                assertThat(equation.spectralRadius()).isCloseTo(radius, within(1e-9 * radius));
                assertThat(found.subtract(x).getFrobeniusNorm())
                        .as("n = %d, radius %g", n, radius)
                        .isLessThanOrEqualTo(1e-13 * n * n / (1.0 - radius) * x.getFrobeniusNorm());
                assertThat(found.subtract(found.transpose()).getNorm1()).isZero();
            }
        }
    }

    /** x′ = ax + ξ has the variance 1/(1 − a²), as near 1 as numbers allow. */
    @Test
    void aScalarHasTheVarianceOfAutoregression() {
        for (double gap : new double[] {1.0, 0.1, 1e-6, 1e-12}) {
            double a = 1.0 - gap;
            RealMatrix found = SteinEquation.of(MatrixUtils.createRealDiagonalMatrix(new double[] {a}), JAVA)
                    .solve(MatrixUtils.createRealDiagonalMatrix(new double[] {3.0}));
            assertThat(found.getEntry(0, 0) * (1.0 - a) * (1.0 + a)).isCloseTo(3.0, within(1e-15 / gap));
        }
    }

    @Test
    void refusesWhatHasNoStationaryCovariance() {
        assertThatThrownBy(() -> SteinEquation.of(MatrixUtils.createRealMatrix(new double[][] {{0, -1}, {1, 0}}), JAVA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spectral radius of a must be below 1, got 1.0");
        SteinEquation equation = SteinEquation.of(MatrixUtils.createRealMatrix(2, 2), JAVA);
        assertThatThrownBy(() -> equation.solve(MatrixUtils.createRealMatrix(new double[][] {{0, 1}, {2, 0}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("symmetric");
        assertThatThrownBy(() -> equation.solve(MatrixUtils.createRealMatrix(3, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order of a, 2, got 3");
    }
}
