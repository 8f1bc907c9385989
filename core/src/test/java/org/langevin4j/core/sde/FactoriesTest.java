package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;

/** Diffusions in plain doubles, with and without derivatives, against the same written for automatic differentiation. */
class FactoriesTest {

    private static final double[] X = {0.4, -0.7, 1.2};

    /** B of three rows and two columns. */
    private static final VectorField FACTOR = (x, out) -> {
        out[0] = 1.0 + x[0] * x[1];
        out[1] = Math.sin(x[2]);
        out[2] = x[2] * x[2];
        out[3] = 0.3;
        out[4] = Math.exp(-x[0]);
        out[5] = x[1];
    };

    private static final VectorField FACTOR_JACOBIAN = (x, out) -> {
        double[] rows = {x[1], x[0], 0, 0, 0, Math.cos(x[2]), 0, 0, 2 * x[2], 0, 0, 0, -Math.exp(-x[0]), 0, 0, 0, 1, 0};
        System.arraycopy(rows, 0, out, 0, rows.length);
    };

    private static final Diffusion AUTOMATIC_FACTOR = Diffusion.automaticFactor(3, 2, x -> new Gradient[][] {
        {x[0].multiply(x[1]).add(1.0), x[2].sin()},
        {x[2].square(), x[0].newInstance(0.3)},
        {x[0].negate().exp(), x[1]}
    });

    private static final VectorField DIAGONAL = (x, out) -> {
        out[0] = 1.0 + x[0] * x[0] + x[1] * x[1];
        out[1] = Math.exp(x[1]);
        out[2] = 2.0 + Math.cos(x[0] * x[2]);
    };

    private static final Diffusion AUTOMATIC_DIAGONAL = Diffusion.automaticDiagonal(3, x -> new Gradient[] {
        x[0].square().add(x[1].square()).add(1.0),
        x[1].exp(),
        x[0].multiply(x[2]).cos().add(2.0)
    });

    private static final Diffusion AUTOMATIC_ISOTROPIC = Diffusion.automaticDiagonal(3, x -> {
        Gradient[] same = new Gradient[3];
        Arrays.fill(same, x[0].multiply(x[1]).add(x[2].square()).add(2.0));
        return same;
    });

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(Named.of("factor", Diffusion.factor(3, 2, FACTOR)), AUTOMATIC_FACTOR, 1e-11),
                Arguments.of(
                        Named.of(
                                "factor with derivative",
                                Diffusion.factor(3, 2, DifferentiableField.of(FACTOR, FACTOR_JACOBIAN))),
                        AUTOMATIC_FACTOR,
                        1e-15),
                Arguments.of(Named.of("diagonal", Diffusion.diagonal(3, DIAGONAL)), AUTOMATIC_DIAGONAL, 1e-11),
                Arguments.of(
                        Named.of("isotropic", Diffusion.isotropic(3, x -> 2.0 + x[0] * x[1] + x[2] * x[2])),
                        AUTOMATIC_ISOTROPIC,
                        1e-11),
                Arguments.of(
                        Named.of(
                                "isotropic with gradient",
                                Diffusion.isotropic(3, Potential.of(x -> 2.0 + x[0] * x[1] + x[2] * x[2], (x, out) -> {
                                    out[0] = x[1];
                                    out[1] = x[0];
                                    out[2] = 2 * x[2];
                                }))),
                        AUTOMATIC_ISOTROPIC,
                        1e-15));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void everythingFollows(Diffusion plain, Diffusion automatic, double tolerance) {
        int m = plain.noiseDimension();
        assertThat(m).isEqualTo(automatic.noiseDimension());
        assertThat(plain.noise()).isEqualTo(Noise.GENERAL);
        double[] found = new double[9];
        double[] expected = new double[9];
        plain.matrix(X, found);
        automatic.matrix(X, expected);
        assertThat(found).containsExactly(expected, within(1e-15));
        found = new double[3];
        expected = new double[3];
        double[] xi = Arrays.copyOf(new double[] {0.9, -1.4, 0.5}, m);
        plain.factorTimes(X, xi, found);
        automatic.factorTimes(X, xi, expected);
        assertThat(found).containsExactly(expected, within(1e-15));
        plain.divergence(X, found);
        automatic.divergence(X, expected);
        assertThat(found).containsExactly(expected, within(4 * tolerance));
        plain.noiseInducedDrift().orElseThrow().at(X, found);
        automatic.noiseInducedDrift().orElseThrow().at(X, expected);
        assertThat(found).containsExactly(expected, within(4 * tolerance));
        double[] v = {-0.2, 1.1, 0.6};
        plain.factorDerivative().orElseThrow().at(X, v, xi, found);
        automatic.factorDerivative().orElseThrow().at(X, v, xi, expected);
        assertThat(found).containsExactly(expected, within(4 * tolerance));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void blocksHaveTheSameBits(Diffusion plain, Diffusion automatic, double tolerance) {
        for (Diffusion diffusion : List.of(plain, automatic)) {
            int paths = 5;
            double[][] x = new double[3][paths + 2];
            double[][] xi = new double[diffusion.noiseDimension()][paths + 2];
            double[][] out = new double[3][paths + 2];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < 3; i++) {
                    x[i][p] = X[i] * Math.cos(p + i);
                }
                for (int k = 0; k < xi.length; k++) {
                    xi[k][p] = Math.sin(7 * p + k);
                }
            }
            diffusion.factorTimesBlock(x, xi, paths, out);
            for (int p = 0; p < paths; p++) {
                double[] noise = new double[xi.length];
                for (int k = 0; k < noise.length; k++) {
                    noise[k] = xi[k][p];
                }
                double[] expected = new double[3];
                diffusion.factorTimes(new double[] {x[0][p], x[1][p], x[2][p]}, noise, expected);
                assertThat(new double[] {out[0][p], out[1][p], out[2][p]}).containsExactly(expected);
            }
        }
    }

    /** A block form that is given is used. */
    @Test
    void blockFormOfTheFactor() {
        int[] calls = {0};
        Diffusion diffusion = Diffusion.factor(1, 1, new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                out[0] = 2.0 * x[0];
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                calls[0]++;
                for (int p = 0; p < paths; p++) {
                    out[0][p] = 2.0 * x[0][p];
                }
            }
        });
        double[][] out = new double[1][3];
        diffusion.factorTimesBlock(new double[][] {{1, 2, 3}}, new double[][] {{1, 1, -1}}, 3, out);
        assertThat(out[0]).containsExactly(2, 4, -6);
        assertThat(calls[0]).isEqualTo(1);
    }

    @Test
    void structureAndKind() {
        assertThat(Diffusion.isotropic(3, x -> 1.0 + x[0] * x[0]).structure()).isEqualTo(Diffusion.Structure.ISOTROPIC);
        assertThat(Diffusion.diagonal(3, DIAGONAL).structure()).isEqualTo(Diffusion.Structure.DIAGONAL);
        assertThat(Diffusion.factor(3, 2, FACTOR).structure()).isEqualTo(Diffusion.Structure.FULL);
        assertThat(Diffusion.factor(3, 1, (x, out) -> Arrays.fill(out, x[0])).noise())
                .isEqualTo(Noise.SCALAR);
        assertThat(Diffusion.isotropic(1, x -> x[0]).noise()).isEqualTo(Noise.SCALAR);
        assertThat(Diffusion.diagonal(3, DIAGONAL).declaring(Noise.DIAGONAL).noise())
                .isEqualTo(Noise.DIAGONAL);
    }

    /**
     * Itô drifts at β⁻¹ = 0.3 by hand, B = diag(x₁x₂, 1 + x₁²) in the rows of a factor: Σⱼₖ Bⱼₖ∂ⱼBᵢₖ = (x₁x₂·x₂, 0) and
     * ∇·D = (2x₁x₂², 0).
     */
    @Test
    void conversionsOfTheCalculus() {
        VectorField b = (x, out) -> {
            out[0] = x[0] * x[1];
            out[1] = 0.0;
            out[2] = 0.0;
            out[3] = 1.0 + x[0] * x[0];
        };
        VectorField drift = (x, out) -> {
            out[0] = -x[0];
            out[1] = x[0] - x[1];
        };
        Temperature temperature = Temperature.of(0.3);
        double[] x = {0.8, -1.5};
        double[] out = new double[2];
        Diffusion factor = Diffusion.factor(2, 2, b);
        for (double alpha : new double[] {0.5, 1.0, 0.2}) {
            new Sde(drift, factor, temperature, new Calculus.Alpha(alpha))
                    .toIto()
                    .drift()
                    .at(x, out);
            assertThat(out).containsExactly(new double[] {-0.8 + 0.6 * alpha * 0.8 * 2.25, 2.3}, within(1e-11));
        }
        Diffusion entries = Diffusion.of(MatrixField.of(2, (y, m) -> {
            b.at(y, m);
            m[0] *= m[0];
            m[3] *= m[3];
        }));
        Calculus aType = new Calculus.AType(org.langevin4j.core.field.AntisymmetricField.zero(2));
        for (Diffusion diffusion : List.of(factor, entries)) {
            new Sde(drift, diffusion, temperature, aType).toIto().drift().at(x, out);
            assertThat(out).containsExactly(new double[] {-0.8 + 0.3 * 2 * 0.8 * 2.25, 2.3}, within(1e-11));
        }
    }

    /** Products with B and D of an equation in units of 10±¹⁵⁰. */
    @Test
    void extremeScales() {
        for (double c : new double[] {1e150, 1e-150}) {
            double root = Math.sqrt(c);
            List<Diffusion> scaled = List.of(
                    Diffusion.factor(2, 2, (x, out) -> {
                        out[0] = root * (1.0 + x[0] * x[0]);
                        out[1] = 0.0;
                        out[2] = root * x[0];
                        out[3] = root;
                    }),
                    Diffusion.of(MatrixField.of(2, (x, out) -> {
                        double b = 1.0 + x[0] * x[0];
                        out[0] = c * b * b;
                        out[1] = out[2] = c * b * x[0];
                        out[3] = c * (1.0 + x[0] * x[0]);
                    })));
            double[] x = {0.5, 0.0};
            double[] out = new double[2];
            for (Diffusion diffusion : scaled) {
                diffusion.factorTimes(x, new double[] {1.0, -1.0}, out);
                assertThat(out[0] / root).isCloseTo(1.25, within(1e-14));
                assertThat(out[1] / root).isCloseTo(-0.5, within(1e-14));
                diffusion.times(x, new double[] {1.0, 2.0}, out);
                assertThat(out[0] / c).isCloseTo(1.5625 + 2 * 0.625, within(1e-14));
                diffusion.divergence(x, out);
                // ∂₁(1 + x²)² = 4x(1 + x²), ∂₁(x + x³) = 1 + 3x².
                assertThat(out[0] / c).isCloseTo(2.5, within(1e-11));
                assertThat(out[1] / c).isCloseTo(1.75, within(1e-11));
                diffusion.inverseTimes((y, v) -> Arrays.fill(v, 1.0)).at(x, out);
                // D = [[1.5625, 0.625], [0.625, 1.25]], det 1.5625: D⁻¹(1, 1) = (0.4, 0.6).
                assertThat(out[0] * c).isCloseTo(0.4, within(1e-13));
                assertThat(out[1] * c).isCloseTo(0.6, within(1e-13));
            }
        }
    }
}
