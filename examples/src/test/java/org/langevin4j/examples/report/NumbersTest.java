package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.langevin4j.examples.experiment.Oracle.closedForm;

import org.junit.jupiter.api.Test;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Uncertainty;

class NumbersTest {

    @Test
    void numbersAreWrittenShort() {
        assertThat(Numbers.text(0.0)).isEqualTo("0");
        assertThat(Numbers.text(-0.0)).isEqualTo("0");
        assertThat(Numbers.text(917)).isEqualTo("917");
        assertThat(Numbers.text(-3)).isEqualTo("−3");
        assertThat(Numbers.text(0.1)).isEqualTo("0.1");
        assertThat(Numbers.text(-1.0 / 3.0)).isEqualTo("−0.333333");
        assertThat(Numbers.text(123456.75)).isEqualTo("123457");
        assertThat(Numbers.text(1e-4)).isEqualTo("10⁻⁴");
        assertThat(Numbers.text(6.323817e-16)).isEqualTo("6.32382·10⁻¹⁶");
        assertThat(Numbers.text(2.5e300)).isEqualTo("2.5·10³⁰⁰");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("NaN");
        assertThat(Numbers.text(Double.NEGATIVE_INFINITY)).isEqualTo("−∞");
        assertThat(Numbers.rounded(999.96, 4)).isEqualTo("1000");
    }

    @Test
    void digitsFollowTheUncertainty() {
        assertThat(Numbers.withError(4.19234, 0.0612)).isEqualTo("4.19 ± 0.06");
        assertThat(Numbers.withError(-4.19234, 0.0123)).isEqualTo("−4.192 ± 0.012");
        assertThat(Numbers.withError(277.05458, 3.7)).isEqualTo("277 ± 4");
        assertThat(Numbers.withError(277.05458, 1.7)).isEqualTo("277.1 ± 1.7");
        assertThat(Numbers.withError(123456, 4200)).isEqualTo("(1.23 ± 0.04)·10⁵");
        assertThat(Numbers.withError(3.2345e-7, 4e-9)).isEqualTo("(3.23 ± 0.04)·10⁻⁷");
        assertThat(Numbers.withError(-0.0001, 0.05)).isEqualTo("0.00 ± 0.05");
        assertThat(Numbers.withError(1.0, 0.0)).isEqualTo("1");
        assertThat(Numbers.withError(Double.NaN, 0.1)).isEqualTo("NaN");
    }

    @Test
    void theSmallestNumberReadsAsPositive() {
        assertThat(Numbers.expectation(Samples.check(
                        "x",
                        1.0,
                        Uncertainty.Kind.EXACT,
                        0.0,
                        new AtLeast(Double.MIN_VALUE, 0.0, "none", closedForm("")))))
                .isEqualTo("> 0");
    }
}
