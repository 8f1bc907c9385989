package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.DelayedField;
import org.langevin4j.core.field.VectorField;

/** Jumps and delays as parts of an equation: carried by every conversion, refused in one line where they do not belong. */
class JumpsTest {

    private static final Jump KICK = Jump.atRate(2.0, (x, mark) -> x[0] += mark.normal(0));

    private static final Sde PLAIN =
            Sde.ito((x, out) -> out[0] = -x[0], Diffusion.isotropic(1, 1.0), Temperature.of(0.7));

    @Test
    void everyConversionKeepsTheJumps() {
        Sde jumping = PLAIN.with(Jumps.of(KICK));
        assertThat(jumping.jumps().atTime(3.0).kinds()).containsExactly(KICK);
        assertThat(jumping.isAutonomous()).isTrue();
        assertThat(jumping.withoutJumps()).isEqualTo(PLAIN);
        assertThat(PLAIN.withoutJumps()).isSameAs(PLAIN);
        assertThat(PLAIN.jumps().isEmpty()).isTrue();
        Diffusion growing = Diffusion.automaticDiagonal(1, x -> new Gradient[] {x[0].square()});
        for (Calculus calculus : new Calculus[] {Calculus.ITO, Calculus.STRATONOVICH}) {
            for (Diffusion diffusion : new Diffusion[] {growing, Diffusion.isotropic(1, 1.0)}) {
                Sde any = new Sde(PLAIN.drift(), diffusion, PLAIN.temperature(), calculus, Jumps.of(KICK));
                assertThat(any.toIto().jumps().atTime(0).kinds()).containsExactly(KICK);
                assertThat(any.toIto().calculus()).isEqualTo(Calculus.ITO);
            }
        }
        Sde driven = new Sde(
                VectorField.driven(t -> (x, out) -> out[0] = t),
                growing,
                PLAIN.temperature(),
                Calculus.STRATONOVICH,
                Jumps.of(KICK));
        assertThat(driven.toIto().jumps().isEmpty()).isFalse();
        assertThat(driven.atTime(1.0).jumps().isEmpty()).isFalse();
    }

    @Test
    void jumpsThatDependOnTimeMakeTheEquationDriven() {
        Sde driven = PLAIN.with(Jumps.driven(t -> Jumps.of(Jump.atRate(1.0 + t, KICK.map()))));
        assertThat(driven.isAutonomous()).isFalse();
        assertThat(driven.jumps().isEmpty()).isFalse();
        assertThatThrownBy(() -> driven.requireAutonomous("The test")).hasMessageContaining("depends on time");
        Sde frozen = driven.atTime(2.0);
        assertThat(frozen.isAutonomous()).isTrue();
        assertThat(frozen.jumps().atTime(0).kinds().get(0).bound()).isEqualTo(3.0);
    }

    @Test
    void refusals() {
        assertThat(PLAIN.requireContinuous("The test")).isSameAs(PLAIN);
        assertThatThrownBy(() -> PLAIN.with(Jumps.of(KICK)).requireContinuous("The test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The test takes an equation with continuous paths, this one has jumps ([Jump[λ = 2.0]]);"
                        + " run it in an Ensemble, or leave them out by withoutJumps()");
        assertThatThrownBy(() -> Jump.atRate(-1.0, KICK.map()))
                .hasMessageContaining("rate must be finite and not negative");
        assertThatThrownBy(() -> Jump.atRate(Double.NaN, KICK.map())).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> Jump.atRate(x -> x[0], KICK.map()).boundedBy(Double.POSITIVE_INFINITY))
                .hasMessageContaining("bound must be finite");
        assertThatThrownBy(() -> Jump.atRate(x -> x[0], KICK.map()).boundedBy(Double.NaN))
                .hasMessageContaining("bound");
        assertThat(Jump.atRate(x -> x[0], KICK.map())).hasToString("Jump[λ(x)]");
        assertThat(Jump.atRate(x -> x[0], KICK.map()).boundedBy(5)).hasToString("Jump[λ(x) ≤ 5.0]");
    }

    @Test
    void aDelayedDriftHasNoValueWithoutThePast() {
        DelayedField drift = VectorField.delayed(1.5, (t, x, past, out) -> out[0] = t - x[0] + past[0]);
        Sde sde = Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(1.0));
        assertThat(drift.lag()).isEqualTo(1.5);
        assertThat(drift.history()).isEmpty();
        assertThat(drift.withHistory((t, out) -> out[0] = t).history()).isPresent();
        double[][] out = new double[1][2];
        drift.atBlock(3.0, new double[][] {{1, 2}}, new double[][] {{10, 20}}, 2, out);
        assertThat(out[0]).containsExactly(12, 21);
        assertThat(sde.isAutonomous()).isFalse();
        String refusal = "x(t − 1.5)";
        assertThatThrownBy(() -> drift.at(new double[1], new double[1])).hasMessageContaining(refusal);
        assertThatThrownBy(() -> drift.atBlock(out, 1, new double[1][1])).hasMessageContaining(refusal);
        assertThatThrownBy(() -> sde.atTime(0)).hasMessageContaining(refusal);
        assertThatThrownBy(() -> sde.requireMemoryless("The test"))
                .hasMessageContaining("The test takes an equation without delay");
        assertThatThrownBy(() -> sde.requireAutonomous("The test")).hasMessageContaining("without delay");
        assertThat(PLAIN.requireMemoryless("The test")).isSameAs(PLAIN);
        assertThatThrownBy(() -> VectorField.delayed(0.0, (t, x, past, o) -> {}))
                .hasMessageContaining("lag must be positive");
    }
}
