package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;
import static org.langevin4j.core.Extremes.times;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.linear.Vectors;

/** Records have no units: what is of no dimension stays the same in any, the rest goes with them, wherever the answer is a number. */
@Domain(Extremes.class)
class ExtremeStatisticsTest {

    private static final double[] RECORD =
            new Random(3).doubles(400, -1.0, 1.0).map(x -> x + 0.25).toArray();

    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void meansErrorsAndCorrelationsHaveNoUnits(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        double[] scaled = times(power, RECORD);
        assertThat(Autocorrelation.of(scaled, 20)).containsExactly(Autocorrelation.of(RECORD, 20), within(1e-13));
        CorrelatedMean once = AutocorrelationTime.of(RECORD);
        CorrelatedMean found = AutocorrelationTime.of(scaled);
        assertThat(Math.scalb(found.mean(), -power)).isCloseTo(once.mean(), within(1e-13));
        assertThat(Math.scalb(found.standardError(), -power)).isCloseTo(once.standardError(), within(1e-13));
        assertThat(found.doubt()).isEqualTo(once.doubt());
        RankTest rank = RankTest.of(RECORD[0], RECORD);
        RankTest other = RankTest.of(scaled[0], scaled);
        assertThat(Math.scalb(other.mean(), -power)).isCloseTo(rank.mean(), within(1e-13));
        assertThat(Math.scalb(other.deviation(), -power)).isCloseTo(rank.deviation(), within(1e-13));
        assertThat(other.pValue()).isEqualTo(rank.pValue());
        assertThat(TailIndex.hill(scaled, 20)).isCloseTo(TailIndex.hill(RECORD, 20), within(1e-10));
        assertThat(TailIndex.ofStable(scaled, 20)).isCloseTo(TailIndex.ofStable(RECORD, 20), within(1e-10));
    }

    /** What goes with squares of the record, in units whose squares are doubles. */
    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void squaresGoWithSquaresOfTheUnits(@ForAll @IntRange(min = -490, max = 500) int power) {
        double[] scaled = times(power, RECORD);
        assertThat(times(-2 * power, Periodogram.of(scaled))).containsExactly(Periodogram.of(RECORD), within(1e-12));
        assertThat(Math.scalb(AutocorrelationTime.of(scaled).variance(), -2 * power))
                .isCloseTo(AutocorrelationTime.of(RECORD).variance(), within(1e-13));
        assertThat(Math.scalb(MeanSquareDisplacement.of(scaled, 5, 4).value(3), -2 * power))
                .isCloseTo(MeanSquareDisplacement.of(RECORD, 5, 4).value(3), within(1e-12));
    }

    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void lengthsAndDirectionsHaveNoUnits(@ForAll @IntRange(min = -1060, max = 1020) int power) {
        double[] v = times(power, 3.0, -4.0, 12.0);
        assertThat(Vectors.norm(v)).isEqualTo(Math.scalb(13.0, power));
        assertThat(Vectors.unit(v)).containsExactly(new double[] {3.0 / 13.0, -4.0 / 13.0, 12.0 / 13.0}, within(1e-15));
    }

    @Property(tries = 300, seed = "1")
    void recordsAreAnsweredOrRefused(@ForAll double[] few, @ForAll double x, @ForAll int n, @ForAll int m) {
        double[] record = Arrays.copyOf(few, few.length + 4);
        answer("series|lags", () -> Autocorrelation.of(record, n)).ifPresent(rho -> {
            assertThat(rho[0]).isEqualTo(1.0);
            assertThat(Arrays.stream(rho)).allMatch(r -> Math.abs(r) <= 1.0 + 1e-12);
        });
        answer("series", () -> Periodogram.of(few))
                .ifPresent(p -> assertThat(Arrays.stream(p)).allMatch(v -> v >= 0.0));
        answer("series", () -> Periodogram.increments(few));
        answer("lags|batches|series", () -> MeanSquareDisplacement.of(record, n, m));
        answer("values", () -> AutocorrelationTime.of(few))
                .ifPresent(mean -> assertThat(mean.mean()).isFinite());
        answer("copies|statistics", () -> RankTest.of(x, few)).ifPresent(rank -> {
            assertThat(rank.mean()).isFinite();
            assertThat(rank.deviation()).isNotNaN();
        });
        answer("k must|sample", () -> TailIndex.hill(few, n))
                .ifPresent(alpha -> assertThat(alpha).isPositive());
        answer("eigenvalues", () -> MatrixSpectrum.of(n, few))
                .ifPresent(spectrum -> assertThat(spectrum.max()).isFinite());
    }
}
