package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void columnsAreAligned() {
        assertThat(ResultTable.of(Samples.RESULT, false, 100)).isEqualTo("""
                  Theorem 5 holds for every <D>
                    λ      1.50 ± 0.25  1 ± 1  2.0  nats  ✓
                    ratio            4  ≥ 3.6       nats  ✓
                    rank             7              nats
                  Theorem 5 fails for a broken run
                    bad  NaN  ≤ 1  nats  ✗ FAILS
                  far away
                    far  ∞  nats
                """);
    }

    @Test
    void failuresOnlyLeavesOutWhatHolds() {
        assertThat(ResultTable.of(Samples.RESULT, true, 100)).isEqualTo("""
                  Theorem 5 fails for a broken run
                    bad  NaN  ≤ 1  nats  ✗ FAILS
                """);
    }

    @Test
    void aLineTellsHowCloseItWas() {
        assertThat(RunSummary.line(Samples.RESULT))
                .isEqualTo("theorem-5 ✗ 1 of 3 checks failed 1.0 s  closest: 90 % of tolerance");
    }
}
