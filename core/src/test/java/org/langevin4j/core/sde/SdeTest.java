package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;

class SdeTest {

    private static final VectorField DRIFT = (x, out) -> out[0] = -3.0 * x[0];

    private static Diffusion oneDimensional() {
        return Diffusion.automaticDiagonal(1, x -> new Gradient[] {x[0].square().add(1.0)});
    }

    /** In one dimension σ = √(2β⁻¹D) and ασσ′ = αβ⁻¹D′; D = 1 + x². */
    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.25, 0.5, 1.0})
    void alphaTypeAddsItsDrift(double alpha) {
        Sde sde = new Sde(DRIFT, oneDimensional(), Temperature.of(0.5), new Calculus.Alpha(alpha));
        double[] out = new double[1];
        sde.toIto().drift().at(new double[] {0.7}, out);
        assertThat(out[0]).isCloseTo(-3.0 * 0.7 + alpha * 0.5 * 2.0 * 0.7, within(1e-15));
        assertThat(sde.toIto().calculus()).isEqualTo(Calculus.ITO);
    }

    @Test
    void aTypeInOneDimensionIsAlphaOne() {
        Sde aType =
                new Sde(DRIFT, oneDimensional(), Temperature.of(0.5), new Calculus.AType(AntisymmetricField.zero(1)));
        Sde alphaOne = new Sde(DRIFT, oneDimensional(), Temperature.of(0.5), Calculus.HANGGI_KLIMONTOVICH);
        double[] a = new double[1];
        double[] b = new double[1];
        aType.toIto().drift().at(new double[] {0.7}, a);
        alphaOne.toIto().drift().at(new double[] {0.7}, b);
        assertThat(a).containsExactly(b, within(1e-15));
    }

    @Test
    void aTypeAddsTheDivergenceOfDAndQ() {
        // D = diag(1 + x₁², 1), Q₁₂ = x₁x₂: ∇·D = (2x₁, 0), ∇·Q = (∂₂q, −∂₁q) = (x₁, −x₂).
        Diffusion d = Diffusion.automaticDiagonal(
                2, x -> new Gradient[] {x[0].square().add(1.0), x[0].newInstance(1.0)});
        AntisymmetricField q = AntisymmetricField.planar(Potential.automatic(x -> x[0].multiply(x[1])));
        Sde sde = new Sde((x, out) -> Arrays.fill(out, 0.0), d, Temperature.of(2.0), new Calculus.AType(q));
        double[] out = new double[2];
        sde.toIto().drift().at(new double[] {0.3, -0.8}, out);
        assertThat(out).containsExactly(new double[] {2.0 * (0.6 + 0.3), 2.0 * 0.8}, within(1e-15));
    }

    @Test
    void constantNoiseReadsAlike() {
        Sde sde = new Sde(DRIFT, Diffusion.isotropic(1, 1.0), Temperature.of(1.0), Calculus.STRATONOVICH);
        assertThat(sde.toIto().drift()).isSameAs(DRIFT);
    }

    @Test
    void unknownFactorDerivativeIsRefused() {
        Diffusion general = Diffusion.of(MatrixField.automatic(1, x ->
                new Gradient[][] {{x[0].square().add(1.0)}}));
        Sde sde = new Sde(DRIFT, general, Temperature.of(1.0), Calculus.STRATONOVICH);
        assertThatThrownBy(sde::toIto)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("calculus Stratonovich needs the derivative of the factor B");
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> Temperature.of(0.0))
                .hasMessage("temperature must be positive and finite, got 0.0; for no noise take"
                        + " Diffusion.isotropic(d, 0)");
        assertThatThrownBy(() -> Temperature.of(Double.NaN))
                .hasMessage("temperature must be positive and finite, got NaN");
        assertThatThrownBy(() -> Temperature.ofSgd(-0.1, 8)).hasMessage("learningRate must be positive, got -0.1");
        assertThatThrownBy(() -> Temperature.ofSgd(0.1, 0)).hasMessage("batchSize must be positive, got 0");
        assertThatThrownBy(() -> Temperature.ofSgdWithoutReplacement(0.1, 10, 10))
                .hasMessage("batchSize must be less than samples = 10, got 10");
        assertThatThrownBy(() -> new Calculus.Alpha(1.5)).hasMessage("alpha must be in [0, 1], got 1.5");
        assertThatThrownBy(() -> new Sde(
                        DRIFT,
                        Diffusion.isotropic(1, 1.0),
                        Temperature.of(1.0),
                        new Calculus.AType(AntisymmetricField.zero(2))))
                .hasMessage("q must have the dimension of the diffusion, 1, got 2");
    }

    /** Lemma 2 and Remark 12 of Chaudhari and Soatto (2018). */
    @Test
    void temperaturesOfSgd() {
        assertThat(Temperature.ofSgd(0.1, 128).value()).isEqualTo(0.1 / 256);
        assertThat(Temperature.ofSgdWithoutReplacement(0.1, 128, 512).value())
                .isCloseTo(0.1 / 256 * 0.75, within(1e-18));
        assertThat(Temperature.of(0.25).beta()).isEqualTo(4.0);
    }
}
