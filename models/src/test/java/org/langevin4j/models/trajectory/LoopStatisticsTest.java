package org.langevin4j.models.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;

class LoopStatisticsTest {

    private static final int ROWS = 512;

    private static final int COPIES = 199;

    private static VectorAutoregression process(double angle) {
        double c = 0.9 * Math.cos(angle);
        double s = 0.9 * Math.sin(angle);
        return VectorAutoregression.of(
                MatrixUtils.createRealMatrix(new double[][] {{c, -s, 0.0}, {s, c, 0.0}, {0.0, 0.0, 0.7}}),
                MatrixUtils.createRealIdentityMatrix(3));
    }

    private static LoopStatistics[] records(VectorAutoregression process, int count, long seed) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> LoopStatistics.of(
                        process.simulate(ROWS, 3, Seed.of(seed).derive(k)), 64, 8))
                .toArray(LoopStatistics[]::new);
    }

    /** Reversible relaxation is called irreversible or periodic as often as it was said, whatever the statistic; a rotation is found. */
    @Test
    void alarmsAsOftenAsItSaysAndFindsARotation() {
        LoopStatistics[] copies = records(process(0.0), COPIES, 1);
        LoopStatistics[] records = records(process(0.0), 200, 2);
        for (Statistic statistic : Statistic.values()) {
            long alarms = Arrays.stream(records)
                    .filter(record -> record.test(statistic, copies).pAbove() <= 0.05)
                    .count();
            // One set of copies for all: the level of a set itself has the deviation √(.05 · .95/199).
            double error = Math.sqrt(0.05 * 0.95 * (1.0 / 200 + 1.0 / COPIES));
            assertThat(alarms / 200.0).as(statistic.words()).isCloseTo(0.05, within(4.0 * error));
        }
        LoopStatistics[] turning = records(process(0.2), 40, 3);
        for (Statistic statistic : new Statistic[] {Statistic.ROTATION, Statistic.ENTROPY}) {
            long seen = Arrays.stream(turning)
                    .filter(record -> record.test(statistic, copies).pAbove() <= 0.01)
                    .count();
            assertThat(seen).as(statistic.words()).isGreaterThan(35);
        }
    }

    /** A sine of a twentieth of the variance is no loop of a slow process, but a peak. */
    @Test
    void anOscillationIsAPeak() {
        double[][] rows = process(0.0).simulate(4096, 3, Seed.of(5));
        LoopStatistics before = LoopStatistics.of(rows, 64, 8);
        for (int t = 0; t < rows.length; t++) {
            rows[t][0] += 0.7 * Math.cos(2.0 * Math.PI * t / 16.0);
        }
        LoopStatistics after = LoopStatistics.of(rows, 64, 8);
        assertThat(after.length()).isEqualTo(512);
        assertThat(after.value(Statistic.PEAK)).isGreaterThan(2.0 * before.value(Statistic.PEAK));
    }

    /** Increments of white noise have (1 − cos ω), of Brownian motion 1; of x ← φx + ξ the autocorrelation is φᵏ. */
    @Test
    void spectraAndCorrelationsAreThoseOfTheClosedForms() {
        int n = 16_384;
        NormalStream normals = NormalStream.of(Seed.of(7));
        double[][] rows = new double[n][2];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < 2; i++) {
                rows[t][i] = normals.at(t, 0, i) + (t > 0 && i == 1 ? rows[t - 1][1] : 0.0);
            }
        }
        double[] both = LoopStatistics.of(rows, 4, 8).spectrum();
        int last = both.length - 1;
        // Half of white noise's 2 and half of the walk's 1; 16 segments, means over 200 frequencies.
        assertThat(Arrays.stream(both, last - 200, last).average().orElseThrow())
                .isCloseTo(1.5, within(0.06));
        assertThat(Arrays.stream(both, 2, 100).average().orElseThrow()).isCloseTo(0.5, within(0.06));
        double[][] relaxing = VectorAutoregression.of(
                        MatrixUtils.createRealIdentityMatrix(2).scalarMultiply(0.8),
                        MatrixUtils.createRealIdentityMatrix(2))
                .simulate(n, 2, Seed.of(8));
        double[] rho = LoopStatistics.of(relaxing, 4, 8).correlation();
        assertThat(rho[4]).isCloseTo(Math.pow(0.8, 4), within(4.0 * Math.sqrt(4.6 / n / 2)));
    }

    @Test
    void slowDriftGoesAndIsToldOf() {
        double[][] rows = new double[1000][2];
        for (int t = 0; t < 1000; t++) {
            rows[t] = new double[] {Math.floor(t / 100.0) + (t % 2 == 0 ? 1.0 : -1.0), t % 2 == 0 ? 2.0 : -2.0};
        }
        // Halves at 2 and 7, deviations √(3 + 4).
        assertThat(RecordProjection.drift(rows)).isCloseTo(5.0 / Math.sqrt(7.0), within(1e-12));
        double[][] rest = RecordProjection.withoutSlowDrift(rows, 100);
        assertThat(RecordProjection.drift(rest)).isCloseTo(0.0, within(1e-12));
        assertThat(rest[333]).containsExactly(new double[] {-1.0, -2.0}, within(1e-12));
        assertThatThrownBy(() -> RecordProjection.withoutSlowDrift(rows, 1001))
                .hasMessage("length must be from 2 to 1000, got 1001");
        assertThatThrownBy(() -> LoopStatistics.of(new double[255][2], 1, 3))
                .hasMessage("rows must number at least 256, got 255");
    }
}
