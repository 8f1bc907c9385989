package org.langevin4j.models.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.file.StoredArray;

class TrajectoryTest {

    private static final int D = 6;

    @TempDir
    Path folder;

    private int files;

    private StoredArray stored(double[][] rows) throws IOException {
        Path file = folder.resolve("record" + files + ".npy");
        files++;
        try (NpyWriter writer = NpyWriter.doubles(file, rows[0].length)) {
            writer.write(rows, rows.length);
        }
        return ArrayFile.find(file.toString());
    }

    /**
     * x(t + 1) = x(t) + h(−F + ωJ)x + √(2h)ξ with F = diag(0.2 … 1.2), h = .1, and J the rotation of the two slowest axes; the coordinates are mixed
     * by a shear, so that no axis is special.
     */
    private static double[][] relaxation(int n, double omega, long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        double[][] record = new double[n][D];
        double[] x = new double[D];
        for (int t = -200; t < n; t++) {
            double[] next = new double[D];
            for (int i = 0; i < D; i++) {
                next[i] = x[i] * (1.0 - 0.02 * (i + 1)) + Math.sqrt(0.2) * normals.at(t + 200, 0, i);
            }
            next[0] -= 0.1 * omega * x[1];
            next[1] += 0.1 * omega * x[0];
            x = next;
            if (t >= 0) {
                for (int i = 0; i < D; i++) {
                    record[t][i] = 3.0 + x[i] + 0.7 * x[(i + 1) % D];
                }
            }
        }
        return record;
    }

    /** Without rotation a p-value below 5 % comes in 5 % of the records; with it, in nearly all. */
    @Test
    void alarmsAsOftenAsItSaysAndFindsARotation() throws IOException {
        int alarms = 0;
        int seeds = 400;
        RunningMoments scores = new RunningMoments(1);
        for (int s = 0; s < seeds; s++) {
            HeldOutRotation still = HeldOutRotation.of(stored(relaxation(4000, 0.0, s)), D, 2, 20);
            alarms += still.test().rejectsAt(0.05) ? 1 : 0;
            scores.add(still.score());
        }
        assertThat((double) alarms / seeds).isCloseTo(0.05, within(4.0 * Math.sqrt(0.05 * 0.95 / seeds)));
        // The error bar: scores of 20 batches are Student's with 19 degrees of freedom, of variance 19/17.
        assertThat(scores.mean(0)).isCloseTo(0.0, within(4.0 * scores.standardError(0)));
        assertThat(scores.variance(0)).isCloseTo(19.0 / 17.0, within(4.0 * (19.0 / 17.0) * Math.sqrt(2.4 / seeds)));
        int seen = 0;
        for (int s = 0; s < 50; s++) {
            HeldOutRotation turning = HeldOutRotation.of(stored(relaxation(4000, 1.0, 1000 + s)), D, 2, 20);
            seen += turning.test().rejectsAt(0.01) && turning.score() > 0 ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(47);
    }

    /** Of white noise the increments have the spectrum 2(1 − cos 2πf), of mean 2, and one lag in a hundred is outside of its band. */
    @Test
    void whiteNoiseHasItsStatistics() throws IOException {
        NormalStream normals = NormalStream.of(Seed.of(5));
        int n = 3001;
        double[][] record = new double[n][41];
        for (int t = 0; t < n; t++) {
            for (int i = 0; i < 40; i++) {
                record[t][i] = (i + 1) * normals.at(t, 0, i) + 100.0;
            }
            record[t][40] = 1.0;
        }
        CoordinateStatistics found = CoordinateStatistics.of(stored(record), 100, 16);
        assertThat(found.constantCoordinates()).isEqualTo(1);
        assertThat(found.power().count()).isEqualTo(40);
        double chiSquared = 0.0;
        int frequencies = 1500;
        for (int k = 1; k <= frequencies; k++) {
            // The two ends have no neighbour.
            int m = n - 1;
            double exact = ((m - 1) * (1.0 - Math.cos(2.0 * Math.PI * k / m)) + 1.0) / m;
            chiSquared += 40.0 * Math.pow(found.power().mean(k) / exact - 1.0, 2) / frequencies;
        }
        assertThat(chiSquared).isCloseTo(1.0, within(4.0 * Math.sqrt(2.15 / frequencies) + 0.01));
        assertThat(found.outside().mean(0))
                .isCloseTo(0.01, within(4.0 * found.outside().standardError(0)));
        for (int k = 1; k <= 100; k++) {
            assertThat(found.correlation().mean(k))
                    .isCloseTo(0.0, within(4.5 * found.correlation().standardError(k) + 4e-4));
        }
        // Welch's estimate has another window and the same mean; the middle of a band is not quite its mean.
        int bands = found.welch().frequencies().size();
        for (int band = bands - 3; band < bands; band++) {
            double exact =
                    1.0 - Math.cos(2.0 * Math.PI * found.welch().frequencies().get(band));
            assertThat(found.welch().power().mean(band) / exact).isCloseTo(1.0, within(0.1));
        }
        assertThat(found.bartlett().mean(50)).isCloseTo(CoordinateStatistics.Z / Math.sqrt(n), within(0.001));
        // One group or several: the same numbers.
        CoordinateStatistics whole = CoordinateStatistics.of(stored(record), 100, 1000);
        assertThat(whole.power().mean(7)).isEqualTo(found.power().mean(7));
        assertThat(whole.amplitude().variance(9)).isEqualTo(found.amplitude().variance(9));
    }

    @Test
    void whatCannotBeTestedIsRefused() throws IOException {
        assertThatThrownBy(() -> CoordinateStatistics.of(stored(new double[40][3]), 2, 2))
                .hasMessage("record must have a coordinate that changes, all are constant");
        assertThatThrownBy(() -> CoordinateStatistics.of(stored(new double[31][3]), 1, 2))
                .hasMessage("record must have at least 32 rows, got 31");
        double[][] line = new double[100][2];
        for (int t = 0; t < 100; t++) {
            line[t] = new double[] {t * t % 7, 2.0 * (t * t % 7)};
        }
        assertThatThrownBy(() -> HeldOutRotation.of(stored(line), 2, 1, 5))
                .hasMessage("the first half of the record must vary in two directions, got 1");
        assertThatThrownBy(() -> HeldOutRotation.of(stored(line), 2, 30, 5))
                .hasMessage("a record of 100 rows cannot be tested with 2 directions, lag 30 and 5 batches");
    }
}
