package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.Stream;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.MatrixField;

/** Where a path has left the finite numbers the coefficients are not numbers either, and nobody else is blamed. */
class LostStatesTest {

    static Stream<Named<Diffusion>> all() {
        return Stream.of(
                Named.of("automatic diagonal", Diffusion.automaticDiagonal(2, x -> new Gradient[] {
                    x[0].square().add(1.0), x[1].square().add(x[0].sin()).add(2.0)
                })),
                Named.of("automatic factor", Diffusion.automaticFactor(2, 2, x ->
                        new Gradient[][] {{x[0].square().add(1.0), x[1]}, {x[1].exp(), x[0].cos()}})),
                Named.of("automatic matrix", Diffusion.of(MatrixField.automatic(2, x -> new Gradient[][] {
                    {x[0].square().add(2.0), x[0].multiply(x[1])},
                    {x[0].multiply(x[1]), x[1].square().add(2.0)}
                }))),
                Named.of("matrix", Diffusion.of(MatrixField.of(2, (x, out) -> {
                    double square = x[0] * x[0] + x[1] * x[1];
                    for (int i = 0; i < 2; i++) {
                        for (int j = 0; j < 2; j++) {
                            out[2 * i + j] = (i == j ? 1.0 : 0.0) - x[i] * x[j] / square;
                        }
                    }
                }))),
                Named.of("factor", Diffusion.factor(2, 1, (x, out) -> {
                    out[0] = x[0] * x[1];
                    out[1] = 1.0;
                })),
                Named.of("diagonal", Diffusion.diagonal(2, (x, out) -> {
                    out[0] = x[0] * x[0];
                    out[1] = x[1] - x[0] + 1e300;
                })),
                Named.of("isotropic", Diffusion.isotropic(2, x -> 1.0 + x[0] * x[0])),
                Named.of("constant", Diffusion.isotropic(2, 1.0)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingIsThrown(Diffusion diffusion) {
        double[] xi = new double[diffusion.noiseDimension()];
        Arrays.fill(xi, 0.7);
        double[][] noise = new double[xi.length][1];
        for (double lost : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e200}) {
            for (double[] x : new double[][] {{lost, 1.0}, {1.0, lost}, {lost, lost}}) {
                double[] out = new double[2];
                diffusion.factorTimes(x, xi, out);
                if (!diffusion.isConstant() && Double.isNaN(lost) && Double.isNaN(x[0])) {
                    assertThat(out[0]).isNaN();
                }
                assertThatCode(() -> {
                            double[] v = {1.0, 1.0};
                            double[] result = new double[2];
                            diffusion.factorTimesBlock(new double[][] {{x[0]}, {x[1]}}, noise, 1, new double[2][1]);
                            diffusion.times(x, v, result);
                            diffusion.divergence(x, result);
                            if (diffusion.noiseInducedDrift().isPresent()) {
                                diffusion.noiseInducedDrift().get().at(x, result);
                            }
                            if (diffusion.factorDerivative().isPresent()) {
                                diffusion.factorDerivative().get().at(x, v, xi, result);
                            }
                        })
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e200})
    void inverses(double lost) {
        Diffusion diffusion = Diffusion.of(MatrixField.of(1, (x, out) -> out[0] = 1.0 + x[0] * x[0]));
        double[] out = new double[1];
        diffusion.inverseTimes((x, v) -> v[0] = x[0]).at(new double[] {lost}, out);
        assertThat(out[0]).isNaN();
    }

    /** At an ordinary state it is the function that is wrong. */
    @Test
    void domainErrorsAtFiniteStatesAreThrown() {
        double[] x = {-1.0};
        double[] one = {1.0};
        assertThatThrownBy(() -> Diffusion.isotropic(1, y -> Math.sqrt(y[0])).factorTimes(x, one, new double[1]))
                .hasMessage("diffusion must not be negative, got D[0][0] = NaN at x = [-1.0]");
        assertThatThrownBy(() -> Diffusion.of(MatrixField.of(1, (y, out) -> out[0] = Math.sqrt(y[0])))
                        .factorTimes(x, one, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN")
                .hasMessageContaining("at x = [-1.0]");
        assertThatThrownBy(() -> Diffusion.isotropic(1, y -> y[0]).factorTimes(x, one, new double[1]))
                .hasMessage("diffusion must not be negative, got D[0][0] = -1.0 at x = [-1.0]");
    }
}
