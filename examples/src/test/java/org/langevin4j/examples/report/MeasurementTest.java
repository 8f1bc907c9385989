package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void reportedClaimsNothing() {
        Measurement m = Measurement.reported("rank", Double.NaN);
        assertThat(m.holds()).isTrue();
        assertThat(m.expected()).isNull();
        assertThat(m.tolerance()).isNull();
        assertThat(Numbers.claim(m)).isEmpty();
    }

    @Test
    void nearHoldsUpToTheTolerance() {
        assertThat(Measurement.near("x", 1.25, 1.0, 0.25).holds()).isTrue();
        assertThat(Measurement.near("x", 0.5, 1.0, 0.25).holds()).isFalse();
        assertThat(Measurement.near("x", Double.NaN, 1.0, 0.25).holds()).isFalse();
        assertThat(Numbers.claim(Measurement.near("x", 0, 1.0, 0.25))).isEqualTo("1 ± 0.25");
        assertThat(Numbers.claim(Measurement.near("x", 3, 3, 0))).isEqualTo("= 3");
    }

    @Test
    void atMostIsOneSidedAndItsNumbersSayTheSame() {
        Measurement error = Measurement.atMost("error", 2e-5, 1e-4);
        assertThat(error.holds()).isTrue();
        assertThat(error.expected()).isEqualTo(0.0);
        assertThat(error.tolerance()).isEqualTo(1e-4);
        Measurement slope = Measurement.atMost("slope", -5.0, 0.0);
        assertThat(slope.holds()).isTrue();
        assertThat(slope.expected()).isNull();
        assertThat(Numbers.claim(slope)).isEqualTo("≤ 0");
        assertThat(Measurement.atMost("error", 2e-4, 1e-4).holds()).isFalse();
        assertThat(Measurement.atMost("error", Double.NaN, 1e-4).holds()).isFalse();
    }

    @Test
    void atLeastIsOneSided() {
        Measurement ratio = Measurement.atLeast("ratio", 3.9, 3.6);
        assertThat(ratio.holds()).isTrue();
        assertThat(ratio.expected()).isEqualTo(3.6);
        assertThat(ratio.tolerance()).isNull();
        assertThat(Numbers.claim(ratio)).isEqualTo("≥ 3.6");
        assertThat(Measurement.atLeast("ratio", 3.5, 3.6).holds()).isFalse();
        assertThat(Measurement.atLeast("ratio", Double.NaN, 3.6).holds()).isFalse();
    }

    @Test
    void numbersAreWrittenShort() {
        assertThat(Numbers.text(0.0)).isEqualTo("0");
        assertThat(Numbers.text(-0.0)).isEqualTo("0");
        assertThat(Numbers.text(917)).isEqualTo("917");
        assertThat(Numbers.text(0.1)).isEqualTo("0.1");
        assertThat(Numbers.text(-1.0 / 3.0)).isEqualTo("-0.333333");
        assertThat(Numbers.text(123456.75)).isEqualTo("123457");
        assertThat(Numbers.text(1e-4)).isEqualTo("1e-4");
        assertThat(Numbers.text(6.323817e-16)).isEqualTo("6.32382e-16");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("NaN");
        assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
    }
}
