package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;

/** Coefficients that depend on time: a field, a diffusion, a temperature for each time, none without one. */
class DrivenTest {

    private static final VectorField PUSHED = VectorField.driven(t -> {
        double push = Math.cos(3.0 * t);
        return (x, out) -> out[0] = -x[0] + push;
    });

    private static final Diffusion GROWING =
            Diffusion.driven(t -> Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{x[0].multiply(1.0 + t)}}));

    private static double value(VectorField field, double x) {
        double[] out = new double[1];
        field.at(new double[] {x}, out);
        return out[0];
    }

    @Test
    void frozenAtATimeAFieldIsOrdinary() {
        assertThat(PUSHED.isAutonomous()).isFalse();
        VectorField frozen = PUSHED.atTime(0.4);
        assertThat(frozen.isAutonomous()).isTrue();
        assertThat(frozen.atTime(7.0)).isSameAs(frozen);
        assertThat(value(frozen, 2.0)).isEqualTo(-2.0 + Math.cos(3.0 * 0.4));
        double[][] out = new double[1][2];
        frozen.atBlock(new double[][] {{2.0, -1.0}}, 2, out);
        assertThat(out[0]).containsExactly(-2.0 + Math.cos(3.0 * 0.4), 1.0 + Math.cos(3.0 * 0.4));
    }

    @Test
    void jacobiansOfADrivenField() {
        DifferentiableField field = DifferentiableField.driven(t -> DifferentiableField.automatic(
                x -> new Gradient[] {x[0].multiply(x[0]).multiply(t)}));
        double[] out = new double[1];
        field.atTime(0.5).jacobian(new double[] {3.0}, out);
        assertThat(out[0]).isEqualTo(3.0);
        assertThatThrownBy(() -> field.jacobian(new double[] {3.0}, out)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutATimeNothingIsEvaluated() {
        double[] x = {1.0};
        assertThatThrownBy(() -> PUSHED.at(x, new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not depend on time");
        assertThatThrownBy(() -> PUSHED.atBlock(new double[1][1], 1, new double[1][1]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GROWING.factorTimes(x, x, new double[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> GROWING.matrix(x, new double[1])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(GROWING::noiseInducedDrift).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Temperature.varying(t -> 1.0).value())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not depend on time");
    }

    @Test
    void equationsAreFrozenAsAWhole() {
        Sde sde = Sde.ito(PUSHED, GROWING, Temperature.varying(t -> 2.0 / (1.0 + t)));
        assertThat(sde.isAutonomous()).isFalse();
        Sde frozen = sde.atTime(3.0);
        assertThat(frozen.isAutonomous()).isTrue();
        assertThat(frozen.temperature().value()).isEqualTo(0.5);
        double[] d = new double[1];
        frozen.diffusion().matrix(new double[] {2.0}, d);
        assertThat(d[0]).isCloseTo(64.0, within(1e-13));
        assertThatThrownBy(() -> sde.requireAutonomous("FixedPoints"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "FixedPoints takes an autonomous equation, this one depends on time; freeze it by atTime(t)");
        Sde autonomous = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
        assertThat(autonomous.atTime(5.0)).isSameAs(autonomous);
        assertThat(autonomous.requireAutonomous("FixedPoints")).isSameAs(autonomous);
    }

    /** σ = √(2β⁻¹)(1 + t)x: the Itô drift of a Stratonovich equation has ½σσ′ = β⁻¹(1 + t)²x more. */
    @Test
    void itoDriftAtEachTime() {
        Sde stratonovich = new Sde(PUSHED, GROWING, Temperature.varying(t -> 0.5 + t), Calculus.STRATONOVICH);
        Sde ito = stratonovich.toIto();
        assertThat(ito.calculus()).isEqualTo(Calculus.ITO);
        double t = 0.7;
        assertThat(value(ito.drift().atTime(t), 2.0))
                .isCloseTo(-2.0 + Math.cos(3.0 * t) + (0.5 + t) * (1.0 + t) * (1.0 + t) * 2.0, within(1e-13));
        assertThat(ito.temperature().atTime(t).value()).isEqualTo(0.5 + t);
    }

    @Test
    void shapesThatChangeAndTemperaturesThatVanishAreRefused() {
        Diffusion changing =
                Diffusion.driven(t -> t < 1.0 ? Diffusion.isotropic(2, 1.0) : Diffusion.automaticDiagonal(2, x -> x));
        assertThatThrownBy(() -> changing.atTime(2.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one shape at all times")
                .hasMessageContaining("t = 2.0");
        assertThatThrownBy(() -> Temperature.varying(t -> 1.0 - t).atTime(1.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("temperature must be positive and finite, got 0.0 at t = 1.0");
        assertThatThrownBy(() -> Temperature.of(0.0)).hasMessageContaining("isotropic(d, 0)");
    }

    /** Q = q(t)x₁[[0, 1], [−1, 0]], ∇·Q = (0, −q): the Itô drift of the A-type reading has β⁻¹∇·(D + Q) more. */
    @Test
    void rotationThatDependsOnTime() {
        AntisymmetricField q = AntisymmetricField.driven(
                2,
                t -> AntisymmetricField.planar(Potential.of(x -> t * t * x[0], (x, out) -> {
                    out[0] = t * t;
                    out[1] = 0.0;
                })));
        Sde sde = new Sde(
                (x, out) -> {
                    out[0] = -x[0];
                    out[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0),
                Temperature.of(0.4),
                new Calculus.AType(q));
        assertThat(sde.isAutonomous()).isFalse();
        double[] out = new double[2];
        double[] x = {1.5, -2.0};
        sde.toIto().drift().atTime(3.0).at(x, out);
        assertThat(out).containsExactly(new double[] {-1.5, 2.0 - 0.4 * 9.0}, within(1e-14));
        assertThat(((Calculus.AType) sde.atTime(3.0).calculus()).q().isAutonomous())
                .isTrue();
        assertThatThrownBy(() -> q.at(x, new double[4])).hasMessageContaining("must not depend on time");
        AntisymmetricField other = AntisymmetricField.driven(3, t -> AntisymmetricField.zero(2));
        assertThatThrownBy(() -> other.atTime(1.0))
                .hasMessage("q must have the dimension 3 at all times, got 2 at t = 1.0");
    }

    /** An oscillating strength of each factory, by differences too. */
    @Test
    void drivenFactories() {
        double[] x = {0.5, 2.0};
        double[] out = new double[2];
        Diffusion isotropic = Diffusion.driven(t -> Diffusion.isotropic(2, y -> (1.0 + t) * y[0] * y[0]));
        isotropic.atTime(3.0).divergence(x, out);
        assertThat(out).containsExactly(new double[] {4.0, 0.0}, within(1e-10));
        Diffusion factor = Diffusion.driven(t -> Diffusion.factor(2, 1, (y, b) -> {
            b[0] = t * y[1];
            b[1] = 1.0;
        }));
        assertThat(factor.noise()).isEqualTo(Noise.SCALAR);
        factor.atTime(3.0).noiseInducedDrift().orElseThrow().at(x, out);
        assertThat(out).containsExactly(new double[] {3.0, 0.0}, within(1e-10));
    }
}
