package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {

    @Test
    void columnsAreAligned() {
        String table = ResultTable.of(new ExampleResult(
                "theorem-5",
                "F never rises.",
                "",
                42,
                List.of(
                        Measurement.near("λ", 1.5, 1.0, 1.0).in("nats"),
                        Measurement.atLeast("a ratio", 3.0, 3.6),
                        Measurement.reported("rank", 196)),
                List.of()));
        assertThat(table).isEqualTo("""
                        theorem-5  (seed 42)
                          F never rises.
                          measurement  value  expected  unit
                          λ              1.5  1 ± 1     nats  holds
                          a ratio          3  ≥ 3.6           FAILS
                          rank           196
                          THE CLAIM DOES NOT HOLD.
                        """);
    }
}
