package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

class DiffusionTest {

    private static final double[] X = {0.3, -0.8};

    /** B(x) = [[1 + x₂², 0.2], [sin x₁, 1]]. */
    private static Gradient[][] factor(Gradient[] x) {
        return new Gradient[][] {{x[1].square().add(1.0), x[0].newInstance(0.2)}, {x[0].sin(), x[0].newInstance(1.0)}};
    }

    /** B Bᵀ of the same B, by hand. */
    private static Gradient[][] product(Gradient[] x) {
        Gradient a = x[1].square().add(1.0);
        Gradient c = x[0].sin();
        Gradient off = a.multiply(c).add(0.2);
        return new Gradient[][] {{a.square().add(0.04), off}, {off, c.square().add(1.0)}};
    }

    static Stream<Named<Diffusion>> all() {
        return Stream.of(
                Named.of("isotropic", Diffusion.isotropic(2, 1.7)),
                Named.of("diagonal", Diffusion.diagonal(0.5, 2.0)),
                Named.of("diagonal, singular", Diffusion.diagonal(0.0, 2.0)),
                Named.of("diagonal of the state", Diffusion.automaticDiagonal(2, x ->
                        new Gradient[] {x[0].square().add(1.0), x[1].exp()})),
                Named.of("constant", Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 0.5}, {0.5, 1}
                }))),
                Named.of("constant of rank one", Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {
                    {1, 2}, {2, 4}
                }))),
                Named.of("constant factor", Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {
                    {1, 0.5, 0.1}, {0.5, 1, -2}
                }))),
                Named.of("factor of the state", Diffusion.automaticFactor(2, 2, DiffusionTest::factor)),
                Named.of("matrix of the state", Diffusion.of(MatrixField.automatic(2, DiffusionTest::product))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void factorProductAndMatrixAgree(Diffusion diffusion) {
        int d = diffusion.dimension();
        double[] matrix = new double[d * d];
        diffusion.matrix(X, matrix);
        double[] squared = new double[d * d];
        double[] unit = new double[diffusion.noiseDimension()];
        double[] column = new double[d];
        for (int k = 0; k < unit.length; k++) {
            unit[k] = 1.0;
            diffusion.factorTimes(X, unit, column);
            unit[k] = 0.0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    squared[i * d + j] += column[i] * column[j];
                }
            }
        }
        assertThat(squared).containsExactly(matrix, within(1e-14));
        double[] v = {0.6, -1.1};
        double[] product = new double[d];
        diffusion.times(X, v, product);
        for (int i = 0; i < d; i++) {
            assertThat(product[i]).isCloseTo(matrix[i * d] * v[0] + matrix[i * d + 1] * v[1], within(1e-14));
            assertThat(matrix[i * d + 1 - i]).isCloseTo(matrix[(1 - i) * d + i], within(1e-15));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void divergenceIsThatOfCentralDifferences(Diffusion diffusion) {
        int d = diffusion.dimension();
        double h = 1e-5;
        double[] expected = new double[d];
        double[] up = new double[d * d];
        double[] down = new double[d * d];
        for (int j = 0; j < d; j++) {
            double[] x = X.clone();
            x[j] += h;
            diffusion.matrix(x, up);
            x[j] -= 2 * h;
            diffusion.matrix(x, down);
            for (int i = 0; i < d; i++) {
                expected[i] += (up[i * d + j] - down[i * d + j]) / (2 * h);
            }
        }
        double[] divergence = new double[d];
        diffusion.divergence(X, divergence);
        assertThat(divergence).containsExactly(expected, within(1e-9));
    }

    /** Σⱼₖ Bⱼₖ ∂ⱼBᵢₖ by central differences of the columns of B. */
    @ParameterizedTest
    @MethodSource("all")
    void noiseInducedDriftIsThatOfCentralDifferences(Diffusion diffusion) {
        if (diffusion.noiseInducedDrift().isEmpty()) {
            assertThat(diffusion).isInstanceOf(MatrixDiffusion.class);
            return;
        }
        int d = diffusion.dimension();
        double h = 1e-5;
        double[] expected = new double[d];
        double[] unit = new double[diffusion.noiseDimension()];
        double[] column = new double[d];
        double[] up = new double[d];
        double[] down = new double[d];
        for (int k = 0; k < unit.length; k++) {
            unit[k] = 1.0;
            diffusion.factorTimes(X, unit, column);
            for (int j = 0; j < d; j++) {
                double[] x = X.clone();
                x[j] += h;
                diffusion.factorTimes(x, unit, up);
                x[j] -= 2 * h;
                diffusion.factorTimes(x, unit, down);
                for (int i = 0; i < d; i++) {
                    expected[i] += column[j] * (up[i] - down[i]) / (2 * h);
                }
            }
            unit[k] = 0.0;
        }
        double[] drift = new double[d];
        diffusion.noiseInducedDrift().orElseThrow().at(X, drift);
        assertThat(drift).containsExactly(expected, within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("all")
    void blockGivesTheSameBits(Diffusion diffusion) {
        int paths = 7;
        double[][] x = new double[2][paths];
        double[][] xi = new double[diffusion.noiseDimension()][paths];
        for (int p = 0; p < paths; p++) {
            x[0][p] = Math.sin(p);
            x[1][p] = Math.cos(3 * p);
            for (int k = 0; k < xi.length; k++) {
                xi[k][p] = Math.sin(5 * p + k);
            }
        }
        double[][] out = new double[2][paths];
        diffusion.factorTimesBlock(x, xi, paths, out);
        for (int p = 0; p < paths; p++) {
            double[] noise = new double[xi.length];
            for (int k = 0; k < xi.length; k++) {
                noise[k] = xi[k][p];
            }
            double[] expected = new double[2];
            diffusion.factorTimes(new double[] {x[0][p], x[1][p]}, noise, expected);
            assertThat(new double[] {out[0][p], out[1][p]}).containsExactly(expected);
        }
    }

    @Test
    void rankDeficientConstantHasFewerNoises() {
        assertThat(Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {2, 4}}))
                        .noiseDimension())
                .isEqualTo(1);
    }

    /** Random D = G Gᵀ of rank r: the decomposition must converge, find the rank and give D back. */
    @ParameterizedTest
    @CsvSource({"40, 39", "100, 26", "100, 50", "140, 35", "140, 70"})
    void largeSingularConstants(int d, int rank) {
        NormalStream normals = NormalStream.of(Seed.of(d * 1000L + rank));
        RealMatrix g = MatrixUtils.createRealMatrix(d, rank);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < rank; k++) {
                g.setEntry(i, k, normals.at(i, 0, k));
            }
        }
        RealMatrix expected = g.multiplyTransposed(g);
        Diffusion diffusion = Diffusion.constant(expected);
        assertThat(diffusion.noiseDimension()).isEqualTo(rank);
        double[] found = new double[d * d];
        diffusion.matrix(new double[d], found);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                assertThat(found[i * d + j]).isCloseTo(expected.getEntry(i, j), within(1e-10 * d));
            }
        }
    }

    @Test
    void badMatricesAreRefusedWithTheNumbers() {
        assertThatThrownBy(() -> Diffusion.isotropic(2, -1.0))
                .hasMessage("diffusion must be finite and not negative, got D[0][0] = -1.0");
        assertThatThrownBy(() -> Diffusion.isotropic(0, 1.0)).hasMessage("dimension must be positive, got 0");
        assertThatThrownBy(() -> Diffusion.diagonal(1.0, Double.NaN))
                .hasMessage("diffusion must be finite and not negative, got D[1][1] = NaN");
        assertThatThrownBy(() -> Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {2.1, 4}})))
                .hasMessage("diffusion must be symmetric, got D[1][0] = 2.1 and D[0][1] = 2.0");
        assertThatThrownBy(() -> Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1, 2}, {2, 1}})))
                .hasMessageStartingWith("diffusion must be positive semi-definite, its smallest eigenvalue is -");
        assertThatThrownBy(() -> Diffusion.constant(MatrixUtils.createRealMatrix(2, 3)))
                .hasMessage("diffusion must be square, got 2×3");
        Diffusion indefinite = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    out[0] = 1;
                    out[1] = 2;
                    out[2] = 2;
                    out[3] = 1;
                },
                (x, out) -> {}));
        assertThatThrownBy(() -> indefinite.factorTimes(X, new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("diffusion must be positive semi-definite, its smallest eigenvalue is"
                        + " -(1\\.0|0\\.9{12}).* at x = \\[0\\.3, -0\\.8]");
    }

    @Test
    void singularMatrixOfTheStateIsFactored() {
        Diffusion rankOne = Diffusion.of(MatrixField.of(
                2,
                (x, out) -> {
                    out[0] = 0;
                    out[1] = 0;
                    out[2] = 0;
                    out[3] = 4;
                },
                (x, out) -> {}));
        double[] out = new double[2];
        rankOne.factorTimes(X, new double[] {1.0, 1.0}, out);
        assertThat(out).containsExactly(0.0, 2.0);
    }
}
