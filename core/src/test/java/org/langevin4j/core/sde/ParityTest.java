package org.langevin4j.core.sde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.Potential;

class ParityTest {

    @Test
    void reversesMomentaAndLeavesPositions() {
        Parity parity = Parity.ofPhaseSpace(2);
        double[] x = {1.0, -2.0, 3.0, -4.0};
        parity.reverse(x, x);
        assertThat(x).containsExactly(1.0, -2.0, -3.0, 4.0);
        assertThat(parity).isEqualTo(Parity.of(1, 1, -1, -1)).hasSameHashCodeAs(Parity.of(1, 1, -1, -1));
        assertThat(parity).hasToString("++--").isNotEqualTo(Parity.even(4));
        assertThat(parity.isEven()).isFalse();
        assertThat(parity.dimension()).isEqualTo(4);
        assertThat(parity.isOdd(1)).isFalse();
        assertThat(parity.sign(2)).isEqualTo(-1.0);
        assertThat(Parity.even(3).isEven()).isTrue();
    }

    @Test
    void anUnderdampedEquationKnowsItsParity() {
        UnderdampedLangevin equation = UnderdampedLangevin.of(
                3,
                Potential.of(x -> 0.0, (x, out) -> {
                    out[0] = 0.0;
                    out[1] = 0.0;
                    out[2] = 0.0;
                }),
                1.0,
                Temperature.of(0.5));
        assertThat(equation.parity()).isEqualTo(Parity.ofPhaseSpace(3));
        assertThat(equation.parity().dimension()).isEqualTo(equation.sde().dimension());
    }

    @Test
    void refusesWhatIsNoSign() {
        assertThatThrownBy(() -> Parity.of(1, 0)).hasMessage("signs must be 1 or -1, got 0 at 1");
        assertThatThrownBy(() -> Parity.of()).hasMessage("dimension must be positive, got 0");
        assertThatThrownBy(() -> Parity.even(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Parity.ofPhaseSpace(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
