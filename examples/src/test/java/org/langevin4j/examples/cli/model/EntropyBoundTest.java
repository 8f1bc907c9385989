package org.langevin4j.examples.cli.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntropyBoundTest {

    private static Object printed(double bound, double error) {
        Map<String, Object> values = new LinkedHashMap<>();
        TrajectoryCommand.entropyBound(values, bound, error, 1.2);
        return values.getOrDefault("entropy_bound_of_second_half", "nothing");
    }

    @Test
    void aBoundIsANumberOnlyWhereTheFitHolds() {
        assertThat(printed(0.2, 0.05)).isEqualTo(0.2);
        assertThat(printed(-0.02, 0.01)).isEqualTo(-0.02);
        assertThat(printed(-0.2, 0.01)).asString().startsWith("no bound: ");
        assertThat(printed(-1e11, 1e11)).asString().startsWith("no bound: ");
        assertThat(printed(Double.NaN, Double.NaN)).asString().startsWith("no bound: ");
    }
}
