package org.langevin4j.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MarkTest {

    @Test
    void uniformsAreUniformByKolmogorovAndSmirnov() {
        UniformStream stream = UniformStream.of(Seed.of(3));
        double[] u = new double[40_000];
        for (int i = 0; i < u.length; i++) {
            u[i] = stream.at(i / 100, i % 10, i % 100 / 10);
        }
        double product = 0.0;
        for (int i = 1; i < u.length; i++) {
            product += (u[i] - 0.5) * (u[i - 1] - 0.5);
        }
        // Independent neighbours: variance (1/12)² each.
        assertThat(product / u.length).isCloseTo(0.0, within(4.0 / 12 / Math.sqrt(u.length)));
        Arrays.sort(u);
        assertThat(u[0]).isPositive();
        assertThat(u[u.length - 1]).isLessThan(1.0);
        double largest = 0.0;
        for (int i = 0; i < u.length; i++) {
            largest = Math.max(largest, Math.max(u[i] - (double) i / u.length, (i + 1.0) / u.length - u[i]));
        }
        // P(√n D > 1.95) = 0.001.
        assertThat(largest * Math.sqrt(u.length)).isLessThan(1.95);
    }

    @Test
    void numbersDependOnEveryPartOfTheKeyAndNothingElse() {
        Mark mark = Mark.of(Seed.of(1), 5, 7, 2, 0.3);
        assertThat(mark.time()).isEqualTo(0.3);
        assertThat(mark.normal(3)).isEqualTo(Mark.of(Seed.of(1), 5, 7, 2, 99).normal(3));
        assertThat(mark.exponential(4)).isEqualTo(-StrictMath.log(mark.uniform(4)));
        for (Mark other : new Mark[] {
            Mark.of(Seed.of(2), 5, 7, 2, 0.3),
            Mark.of(Seed.of(1), 6, 7, 2, 0.3),
            Mark.of(Seed.of(1), 5, 8, 2, 0.3),
            Mark.of(Seed.of(1), 5, 7, 3, 0.3)
        }) {
            assertThat(other.normal(3)).isNotEqualTo(mark.normal(3));
            assertThat(other.uniform(3)).isNotEqualTo(mark.uniform(3));
        }
        assertThat(mark.uniform(0)).isNotEqualTo(mark.uniform(1));
    }

    @Test
    void numbersBeyondTheStreamAreRefused() {
        assertThatThrownBy(() -> Mark.of(Seed.of(1), 0, 0, Mark.MAX_EVENTS, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4096")
                .hasMessageContaining("smaller step");
        Mark mark = Mark.of(Seed.of(1), 0, 0, 0, 0.5);
        assertThatThrownBy(() -> mark.normal(-1)).hasMessageContaining("index must be in [0, 4096), got -1");
        assertThatThrownBy(() -> mark.uniform(4096)).hasMessageContaining("got 4096");
        UniformStream stream = UniformStream.of(Seed.of(1));
        assertThatThrownBy(() -> stream.at(0, -1, 0)).hasMessageContaining("step");
        assertThatThrownBy(() -> stream.at(0, 0, 1 << 24)).hasMessageContaining("component");
    }
}
