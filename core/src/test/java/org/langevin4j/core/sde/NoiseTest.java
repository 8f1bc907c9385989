package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.MatrixField;

class NoiseTest {

    private static final double[] X = {0.3, -0.8};

    private static final Diffusion FACTOR = Diffusion.automaticFactor(2, 2, x ->
            new Gradient[][] {{x[1].square().add(1.0), x[0].newInstance(0.2)}, {x[0].sin(), x[0].multiply(x[1])}});
    private static final Diffusion DIAGONAL =
            Diffusion.automaticDiagonal(2, x -> new Gradient[] {x[0].square().add(1.0), x[0].add(x[1].exp())});

    @Test
    void kindsAreReadOffOrDeclared() {
        assertThat(Diffusion.isotropic(2, 1.0).noise()).isEqualTo(Noise.ADDITIVE);
        assertThat(Diffusion.automaticFactor(2, 1, x -> new Gradient[][] {{x[0]}, {x[1]}})
                        .noise())
                .isEqualTo(Noise.SCALAR);
        // A diagonal D may mix coordinates, and then the noise does not commute.
        assertThat(DIAGONAL.noise()).isEqualTo(Noise.GENERAL);
        assertThat(DIAGONAL.declaring(Noise.DIAGONAL).noise()).isEqualTo(Noise.DIAGONAL);
        assertThat(FACTOR.noise().commutes()).isFalse();
        assertThatThrownBy(() -> FACTOR.declaring(Noise.DIAGONAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("noise must fit the diffusion")
                .hasMessageEndingWith("got DIAGONAL");
        assertThatThrownBy(() -> FACTOR.declaring(Noise.SCALAR)).hasMessageEndingWith("got SCALAR");
        assertThatThrownBy(() -> FACTOR.declaring(Noise.ADDITIVE)).hasMessageEndingWith("got ADDITIVE");
    }

    /** Against central differences of B(x)ξ, whose error is O(10⁻¹⁰). */
    @Test
    void factorDerivativeIsTheDerivativeOfTheFactor() {
        double[] v = {0.7, -0.4};
        double[] xi = {1.3, 0.6};
        double step = 1e-5;
        for (Diffusion diffusion :
                List.of(FACTOR, DIAGONAL, DIAGONAL.declaring(Noise.GENERAL), Diffusion.diagonal(1.0, 2.0))) {
            double[] plus = new double[2];
            double[] minus = new double[2];
            double[] out = new double[2];
            diffusion.factorTimes(new double[] {X[0] + step * v[0], X[1] + step * v[1]}, xi, plus);
            diffusion.factorTimes(new double[] {X[0] - step * v[0], X[1] - step * v[1]}, xi, minus);
            diffusion.factorDerivative().orElseThrow().at(X, v, xi, out);
            for (int i = 0; i < 2; i++) {
                assertThat(out[i]).isCloseTo((plus[i] - minus[i]) / (2 * step), within(1e-9));
            }
        }
        double[] zero = new double[2];
        Diffusion.constantFactor(MatrixUtils.createRealIdentityMatrix(2))
                .factorDerivative()
                .orElseThrow()
                .at(X, v, xi, zero);
        assertThat(zero).containsOnly(0.0);
        assertThat(Diffusion.of(MatrixField.automatic(2, x -> new Gradient[][] {
                            {x[0].square().add(1.0), x[0].newInstance(0.0)},
                            {x[0].newInstance(0.0), x[0].newInstance(1.0)}
                        }))
                        .factorDerivative())
                .isEmpty();
    }
}
