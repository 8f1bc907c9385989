package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TicksTest {

    private static List<String> labels(List<Ticks.Tick> ticks) {
        return ticks.stream()
                .map(Ticks.Tick::label)
                .filter(label -> !label.isEmpty())
                .toList();
    }

    @Test
    void linearTicksAreRoundNumbersWithinTheRange() {
        assertThat(labels(Ticks.linear(-3, 3, 7))).containsExactly("−3", "−2", "−1", "0", "1", "2", "3");
        assertThat(labels(Ticks.linear(0.05, 0.93, 5))).containsExactly("0.2", "0.4", "0.6", "0.8");
        assertThat(labels(Ticks.linear(0, 917, 5))).containsExactly("0", "200", "400", "600", "800");
    }

    @Test
    void linearTicksOfSmallAndLargeNumbersShareAPowerOfTen() {
        assertThat(labels(Ticks.linear(0, 4e-5, 4))).containsExactly("0", "10⁻⁵", "2·10⁻⁵", "3·10⁻⁵", "4·10⁻⁵");
        assertThat(labels(Ticks.linear(0, 2e6, 4))).containsExactly("0", "0.5·10⁶", "1.0·10⁶", "1.5·10⁶", "2.0·10⁶");
    }

    @Test
    void linearTicksHaveExactValues() {
        assertThat(Ticks.linear(0, 1, 10).get(3).value()).isEqualTo(0.3);
    }

    @Test
    void logarithmicTicksAreDecades() {
        assertThat(labels(Ticks.logarithmic(2e-4, 3e3, 9)))
                .containsExactly("10⁻³", "10⁻²", "10⁻¹", "1", "10¹", "10²", "10³");
        assertThat(labels(Ticks.logarithmic(1e-18, 5, 7)))
                .containsExactly("10⁻¹⁸", "10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1");
    }

    @Test
    void logarithmicTicksOfOneAxisAreAllDecimalsOrAllPowers() {
        assertThat(labels(Ticks.logarithmic(6e-4, 30, 9))).containsExactly("0.001", "0.01", "0.1", "1", "10");
        assertThat(labels(Ticks.logarithmic(1.5e-2, 0.4, 9))).containsExactly("0.02", "0.05", "0.1", "0.2");
    }

    @Test
    void logarithmicTicksOfAShortRangeHaveOneTwoAndFive() {
        assertThat(labels(Ticks.logarithmic(9e-5, 6e-4, 9))).containsExactly("10⁻⁴", "2·10⁻⁴", "5·10⁻⁴");
        assertThat(labels(Ticks.logarithmic(2.1, 4.4, 5))).containsExactly("2.5", "3.0", "3.5", "4.0");
    }

    @Test
    void logarithmicTicksStayInTheRange() {
        assertThat(Ticks.logarithmic(2e-4, 3e3, 9))
                .allSatisfy(tick -> assertThat(tick.value()).isBetween(2e-4, 3e3));
    }
}
