package org.langevin4j.examples.paper.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {

    /** 2 of 4! orders have |ρ| = 1; one swap of neighbours gives 1 − 6·2/60 = 0.8, as do three orders, and their reverses −0.8. */
    @Test
    void countsPermutations() {
        RankCorrelation whole = RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {-9, 0, 5, 70});
        assertThat(whole.coefficient()).isCloseTo(1.0, within(1e-12));
        assertThat(whole.probability()).isEqualTo(2.0 / 24.0);
        RankCorrelation swapped = RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4});
        assertThat(swapped.coefficient()).isCloseTo(0.8, within(1e-12));
        assertThat(swapped.probability()).isEqualTo(8.0 / 24.0);
        assertThat(RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {4, 2, 3, 1})
                        .coefficient())
                .isCloseTo(-0.8, within(1e-12));
    }

    /** Ranks 1.5, 1.5, 3 and 1, 2, 3: covariance 1.5, variances 1.5 and 2; two of the six orders put the third last, and two first. */
    @Test
    void sharesRanks() {
        RankCorrelation tied = RankCorrelation.of(new double[] {7, 7, 8}, new double[] {1, 2, 3});
        assertThat(tied.coefficient()).isCloseTo(1.5 / Math.sqrt(3.0), within(1e-12));
        assertThat(tied.probability()).isCloseTo(4.0 / 6.0, within(1e-15));
        assertThat(RankCorrelation.of(new double[] {7, 7, 7}, new double[] {1, 2, 3})
                        .probability())
                .isEqualTo(1.0);
    }

    /** J. H. Zar, Significance testing of the Spearman rank correlation coefficient, J. Am. Stat. Assoc. 67, 578 (1972): exact for so few. */
    @Test
    void isSignificantWhereTablesSaySo() {
        assertThat(RankCorrelation.critical(5, 0.05)).isCloseTo(1.0, within(5e-4));
        assertThat(RankCorrelation.critical(6, 0.05)).isCloseTo(0.886, within(5e-4));
        assertThat(RankCorrelation.critical(7, 0.05)).isCloseTo(0.786, within(5e-4));
        assertThat(RankCorrelation.critical(8, 0.05)).isCloseTo(0.738, within(5e-4));
        assertThat(RankCorrelation.critical(8, 0.01)).isCloseTo(0.881, within(5e-4));
    }

    @Test
    void refusesWhatDoesNotPair() {
        assertThatThrownBy(() -> RankCorrelation.of(new double[] {1, 2}, new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there must be 2 to 10 pairs, got 2 and 3");
    }
}
