package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.MatrixField;

/** D(x) given by its entries, singular or nearly: the factor gives D back, whatever rounding D carries. */
class SemiDefiniteTest {

    /** D = c(I − xxᵀ/‖x‖²): Brownian motion on spheres. */
    private static Diffusion tangent(int d, double c) {
        return Diffusion.of(MatrixField.of(d, (x, out) -> {
            double square = 0.0;
            for (double value : x) {
                square += value * value;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    out[i * d + j] = c * ((i == j ? 1.0 : 0.0) - x[i] * x[j] / square);
                }
            }
        }));
    }

    private static Diffusion entries(RealMatrix m) {
        int d = m.getRowDimension();
        return Diffusion.of(MatrixField.of(d, (x, out) -> {
            for (int i = 0; i < d; i++) {
                System.arraycopy(m.getRow(i), 0, out, i * d, d);
            }
        }));
    }

    private static void givesItselfBack(Diffusion diffusion, double[] x, double tolerance) {
        int d = diffusion.dimension();
        double[] expected = new double[d * d];
        diffusion.matrix(x, expected);
        double[] xi = new double[diffusion.noiseDimension()];
        double[] column = new double[d];
        double[] squared = new double[d * d];
        for (int k = 0; k < xi.length; k++) {
            xi[k] = 1.0;
            diffusion.factorTimes(x, xi, column);
            xi[k] = 0.0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    squared[i * d + j] += column[i] * column[j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                // Relative to the two coordinates, not to the largest of all.
                double scale = Math.sqrt(expected[i * d + i]) * Math.sqrt(expected[j * d + j]);
                assertThat(squared[i * d + j]).isCloseTo(expected[i * d + j], within(tolerance * scale));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.6, 0.8, 0.01",
        "0.01, 0.6, 0.8",
        "0.6, 0.01, 0.8",
        "0.6, 0.8, 1e-5",
        "1, 1e-8, 1e-8",
        "1e-9, 1, 1e-9",
        "0.6, 0.8, 0",
        "0, 0, 1",
        "1e100, 2e100, 3e98",
        "1e-100, 2e-100, 3e-102"
    })
    void tangentPlanes(double x, double y, double z) {
        for (double c : new double[] {1.0, 1e150, 1e-150, 1e300, 1e-300}) {
            givesTangentBack(tangent(3, c), new double[] {x, y, z}, c);
        }
    }

    /** Here small diagonal entries are rounding themselves: what counts is the scale of D. */
    private static void givesTangentBack(Diffusion diffusion, double[] x, double c) {
        double norm = Math.hypot(Math.hypot(x[0], x[1]), x[2]);
        double[] column = new double[3];
        double[] squared = new double[9];
        double[] normal = new double[3];
        for (int k = 0; k < 3; k++) {
            double[] xi = new double[3];
            xi[k] = 1.0 / Math.sqrt(c);
            diffusion.factorTimes(x, xi, column);
            for (int i = 0; i < 3; i++) {
                normal[k] += column[i] * x[i] / norm;
                for (int j = 0; j < 3; j++) {
                    squared[i * 3 + j] += column[i] * column[j];
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            // The eigenvalue 0: no noise leaves the sphere.
            assertThat(normal[i]).isCloseTo(0.0, within(1e-5));
            for (int j = 0; j < 3; j++) {
                double expected = (i == j ? 1.0 : 0.0) - x[i] / norm * (x[j] / norm);
                assertThat(squared[i * 3 + j]).isCloseTo(expected, within(1e-10));
            }
        }
    }

    /** RΛRᵀ of any rank, with a random rotation, in units that differ by up to twelve orders of magnitude. */
    @Property(tries = 300, seed = "7")
    void projectionsOfAnyRank(
            @ForAll @IntRange(min = 2, max = 20) int d,
            @ForAll @IntRange(min = 1, max = 20) int rank,
            @ForAll @IntRange(min = -100, max = 100) int scale,
            @ForAll @IntRange(min = 0, max = 6) int units,
            @ForAll long seed) {
        Random random = new Random(seed);
        RealMatrix g = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                g.setEntry(i, j, random.nextGaussian());
            }
        }
        RealMatrix r = new QRDecomposition(g).getQ().getSubMatrix(0, d - 1, 0, Math.min(rank, d) - 1);
        RealMatrix p = r.multiplyTransposed(r);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double unit = Math.pow(10, -units * ((i % 2) + (j % 2)));
                p.setEntry(i, j, p.getEntry(i, j) * Math.pow(10, scale) * unit);
            }
        }
        givesItselfBack(entries(p), new double[d], 1e-9);
        givesItselfBack(Diffusion.constant(p), new double[d], 1e-9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.0, 1e-150, 1e150, 1e-300, 1e300})
    void indefiniteOnesAreRefusedWithTheEigenvalue(double c) {
        // Eigenvalues 3, 1 and −10⁻⁶ along (1, 1, 1), (1, −1, 0) and (1, 1, −2).
        double[][] v = {{1, 1, 1}, {1, -1, 0}, {1, 1, -2}};
        double[] lambda = {3.0, 1.0, -1e-6};
        double[] norms = {3.0, 2.0, 6.0};
        RealMatrix m = MatrixUtils.createRealMatrix(3, 3);
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    m.addToEntry(i, j, c * (lambda[k] / norms[k] * v[k][i] * v[k][j]));
                }
            }
        }
        assertThatThrownBy(() -> entries(m).factorTimes(new double[3], new double[3], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(eigenvalue(e)).isCloseTo(-1e-6 * c, within(1e-14 * c)))
                .hasMessageEndingWith("at x = [0.0, 0.0, 0.0]");
        assertThatThrownBy(() -> Diffusion.constant(m))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(eigenvalue(e)).isCloseTo(-1e-6 * c, within(1e-14 * c)));
        assertThatThrownBy(
                        () -> entries(m.scalarMultiply(-1.0)).factorTimes(new double[3], new double[3], new double[3]))
                .hasMessageContaining("positive semi-definite, its smallest eigenvalue is -");
    }

    private static double eigenvalue(Throwable e) {
        String text = String.valueOf(e.getMessage())
                .replaceAll(".*eigenvalue is ", "")
                .replaceAll(" at x.*", "");
        return Double.parseDouble(text);
    }

    /** One variance of 10⁻²⁰ beside one of 1, correlated: the small one has its noise too. */
    @Test
    void smallUnitsAreNotTakenForZero() {
        RealMatrix graded = MatrixUtils.createRealMatrix(new double[][] {{1e-20, 5e-11}, {5e-11, 1.0}});
        givesItselfBack(entries(graded), new double[2], 1e-12);
        givesItselfBack(Diffusion.constant(graded), new double[2], 1e-12);
        RealMatrix rankOne = MatrixUtils.createRealMatrix(new double[][] {{1e-14, 1e-7}, {1e-7, 1.0}});
        givesItselfBack(entries(rankOne), new double[2], 1e-12);
        assertThat(Diffusion.constant(graded).noiseDimension()).isEqualTo(2);
    }

    /** Negative parts within rounding of the scale are zeros; of another size they are not. */
    @Test
    void negativeRoundingIsZero() {
        double[] out = new double[2];
        entries(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.0}, {0.0, -1e-15}}))
                .factorTimes(new double[2], new double[] {1.0, 1.0}, out);
        assertThat(out).containsExactly(new double[] {1.0, 0.0}, within(1e-15));
        assertThatThrownBy(() -> entries(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.0}, {0.0, -1e-9}}))
                        .factorTimes(new double[2], new double[2], out))
                .hasMessageContaining("its smallest eigenvalue is -1.0E-9");
        Diffusion diagonal = Diffusion.diagonal(2, (x, values) -> {
            values[0] = 1.0;
            values[1] = x[0];
        });
        diagonal.factorTimes(new double[] {-1e-16, 0.0}, new double[] {1.0, 1.0}, out);
        assertThat(out).containsExactly(1.0, 0.0);
        assertThatThrownBy(() -> diagonal.factorTimes(new double[] {-1e-6, 0.0}, new double[] {1.0, 1.0}, out))
                .hasMessageStartingWith("diffusion must not be negative, got D[1][1] = -1.0E-6");
    }

    /** What is plainly positive definite keeps the plain Cholesky factor. */
    @Test
    void definiteOnesKeepCholeskysFactor() {
        Diffusion diffusion = entries(MatrixUtils.createRealMatrix(new double[][] {{4.0, 2.0}, {2.0, 5.0}}));
        double[] out = new double[2];
        diffusion.factorTimes(new double[2], new double[] {1.0, 0.0}, out);
        assertThat(out).containsExactly(2.0, 1.0);
        diffusion.factorTimes(new double[2], new double[] {0.0, 1.0}, out);
        assertThat(out).containsExactly(0.0, 2.0);
    }

    @Test
    void asymmetryIsRefused() {
        assertThatThrownBy(() -> entries(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.5}, {0.4, 1.0}}))
                        .factorTimes(new double[2], new double[2], new double[2]))
                .hasMessage("diffusion must be symmetric, got D[1][0] = 0.4 and D[0][1] = 0.5 at x = [0.0, 0.0]");
    }
}
