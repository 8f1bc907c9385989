package org.langevin4j.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;
import static org.langevin4j.core.Extremes.times;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.random.Seed;

/** What is estimated from records of several coordinates goes with their units and that of time, wherever the answer is a number. */
@Domain(Extremes.class)
class ExtremeRecordsTest {

    /** Two coordinates that turn about each other and relax. */
    private static final double[][] RECORD = record();

    private static double[][] record() {
        Random random = new Random(5);
        double[][] rows = new double[300][2];
        for (int t = 1; t < rows.length; t++) {
            rows[t][0] = 0.8 * rows[t - 1][0] - 0.3 * rows[t - 1][1] + random.nextGaussian();
            rows[t][1] = 0.3 * rows[t - 1][0] + 0.8 * rows[t - 1][1] + random.nextGaussian();
        }
        return rows;
    }

    private static double[][] in(int first, int second) {
        return Arrays.stream(RECORD)
                .map(row -> new double[] {Math.scalb(row[0], first), Math.scalb(row[1], second)})
                .toArray(double[][]::new);
    }

    private static double[] column(double[][] rows) {
        return Arrays.stream(rows).mapToDouble(row -> row[0]).toArray();
    }

    private static double[] entries(RealMatrix a) {
        return Arrays.stream(a.getData()).flatMapToDouble(Arrays::stream).toArray();
    }

    @Property(tries = 20, seed = "1")
    @Domain(DomainContext.Global.class)
    void spectraGoWithSquaresTimesTime(
            @ForAll @IntRange(min = -1000, max = 1000) int size, @ForAll @IntRange(min = -300, max = 300) int time) {
        int square = Math.max(-300, Math.min(300, size)) * 2 + time;
        int power = (square - time) / 2;
        double interval = Math.scalb(0.5, time);
        double[] values = times(power, column(RECORD));
        PowerSpectrum once = PowerSpectrum.welch(column(RECORD), 0.5, 32);
        PowerSpectrum scaled = PowerSpectrum.welch(values, interval, 32);
        double[] density = PowerSpectrum.welchDensity(values, interval, 32);
        for (int k = 2; k < once.size(); k++) {
            assertThat(Math.scalb(scaled.density(k), -square) / once.density(k)).isCloseTo(1.0, within(1e-10));
            assertThat(Math.scalb(scaled.error(k), -square) / once.error(k)).isCloseTo(1.0, within(1e-10));
            assertThat(density[k] / scaled.density(k)).isCloseTo(1.0, within(1e-12));
        }
        assertThat(scaled.peak().isPresent()).isEqualTo(once.peak().isPresent());
        once.peak()
                .ifPresent(peak -> assertThat(
                                Math.scalb(scaled.peak().orElseThrow().frequency(), time))
                        .isCloseTo(peak.frequency(), within(1e-9)));
        // Beyond the doubles: infinite or zero, and not NaN.
        assertThat(PowerSpectrum.welch(times(size, column(RECORD)), interval, 32)
                        .density(3))
                .isNotNaN();
    }

    @Property(tries = 20, seed = "1")
    @Domain(DomainContext.Global.class)
    void asymmetriesGoWithBothUnits(
            @ForAll @IntRange(min = -1000, max = 1000) int first,
            @ForAll @IntRange(min = -1000, max = 1000) int second) {
        TimeAsymmetry once = TimeAsymmetry.ofTrajectory(RECORD, 0.5, 2, 20);
        TimeAsymmetry scaled = TimeAsymmetry.ofTrajectory(in(first, second), 0.5, 2, 20);
        assertThat(scaled.test().pValue()).isCloseTo(once.test().pValue(), within(1e-10));
        assertThat(scaled.batchCorrelation()).isCloseTo(once.batchCorrelation(), within(1e-10));
        int both = first + second;
        if (Math.abs(both) < 1000) {
            assertThat(Math.scalb(scaled.value(0, 1, 2), -both)).isCloseTo(once.value(0, 1, 2), within(1e-12));
            assertThat(Math.scalb(scaled.error(0, 1, 2), -both)).isCloseTo(once.error(0, 1, 2), within(1e-12));
        }
    }

    @Property(tries = 10, seed = "1")
    @Domain(DomainContext.Global.class)
    void fitsGoWithTheUnits(
            @ForAll @IntRange(min = -1000, max = 1000) int size, @ForAll @IntRange(min = -900, max = 900) int time) {
        OrnsteinUhlenbeckFit once = OrnsteinUhlenbeckFit.of(RECORD, 0.5);
        OrnsteinUhlenbeckFit scaled = OrnsteinUhlenbeckFit.of(in(size, size), Math.scalb(0.5, time));
        assertThat(times(time, entries(scaled.rates()))).containsExactly(entries(once.rates()), within(1e-10));
        assertThat(Math.scalb(scaled.rateError(0, 1), time)).isCloseTo(once.rateError(0, 1), within(1e-7));
        assertThat(times(-size, scaled.mean())).containsExactly(once.mean(), within(1e-10));
        assertThat(Math.scalb(scaled.meanError(0), -size)).isCloseTo(once.meanError(0), within(1e-10));
        int diffusion = 2 * size - time;
        if (Math.abs(diffusion) < 1000) {
            assertThat(times(-diffusion, entries(scaled.diffusion())))
                    .containsExactly(entries(once.diffusion()), within(1e-10));
        }
        assertThat(scaled.diffusionError(0, 0)).isNotNaN();
    }

    @Property(tries = 50, seed = "1")
    @Domain(DomainContext.Global.class)
    void momentsOfKramersAndMoyalGoWithTheUnits(
            @ForAll @IntRange(min = -1000, max = 1000) int size, @ForAll @IntRange(min = -900, max = 900) int time) {
        double unit = Math.scalb(1.0, size);
        KramersMoyal once = KramersMoyal.of(RECORD, 0.5, Grid.square(-8.0, 8.0, 4));
        KramersMoyal scaled =
                KramersMoyal.of(in(size, size), Math.scalb(0.5, time), Grid.square(-8.0 * unit, 8.0 * unit, 4));
        int drift = size - time;
        int diffusion = 2 * size - time;
        for (int cell : new int[] {5, 6, 9, 10}) {
            assertThat(scaled.count(cell)).isEqualTo(once.count(cell)).isGreaterThan(2);
            if (Math.abs(drift) < 1000) {
                assertThat(Math.scalb(scaled.drift(cell, 1), -drift)).isCloseTo(once.drift(cell, 1), within(1e-12));
                assertThat(Math.scalb(scaled.driftError(cell, 1), -drift))
                        .isCloseTo(once.driftError(cell, 1), within(1e-12));
            }
            if (Math.abs(diffusion) < 1000) {
                assertThat(Math.scalb(scaled.diffusion(cell, 0, 1), -diffusion))
                        .isCloseTo(once.diffusion(cell, 0, 1), within(1e-12));
                assertThat(Math.scalb(scaled.diffusionError(cell, 0, 1), -diffusion))
                        .isCloseTo(once.diffusionError(cell, 0, 1), within(1e-12));
            }
        }
        assertThatThrownBy(() -> once.drift(0, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Property(tries = 50, seed = "1")
    @Domain(DomainContext.Global.class)
    void autoregressionsAreFittedToSquaresOrRefused(@ForAll @IntRange(min = -1000, max = 1000) int size) {
        VectorAutoregression once = VectorAutoregression.fit(RECORD);
        answer("rows must be of a size", () -> VectorAutoregression.fit(in(size, size)))
                .ifPresent(scaled -> {
                    assertThat(entries(scaled.step())).containsExactly(entries(once.step()), within(1e-12));
                    assertThat(scaled.entropyProduction()).isCloseTo(once.entropyProduction(), within(1e-10));
                });
        RealMatrix noise = once.noise();
        answer(
                        "beyond",
                        () -> VectorAutoregression.of(
                                once.step(),
                                MatrixUtils.createRealMatrix(2, 2).add(noise.scalarMultiply(Math.scalb(1.0, size)))))
                .ifPresent(scaled -> assertThat(times(-size, entries(scaled.covariance())))
                        .containsExactly(entries(once.covariance()), within(1e-10)));
    }

    /** Two-sums and two-products are exact between 10⁻¹⁴⁵ and 10¹⁵⁰; beyond, nothing but NaN, infinity or less digits. */
    @Property(tries = 60, seed = "1")
    @Domain(DomainContext.Global.class)
    void runningMomentsKeepToTheirRange(@ForAll @IntRange(min = -1000, max = 1000) int size) {
        RunningMoments once = new RunningMoments(2);
        RunningMoments scaled = new RunningMoments(2);
        for (double[] row : RECORD) {
            once.add(row);
            scaled.add(times(size, row));
        }
        assertThat(Math.scalb(scaled.mean(0), -size)).isCloseTo(once.mean(0), within(1e-15));
        double variance = Math.scalb(scaled.covariance(0, 1), -2 * size);
        if (size >= -480 && size <= 498) {
            assertThat(variance).isCloseTo(once.covariance(0, 1), within(1e-14));
        } else if (size > 512) {
            assertThat(scaled.variance(0)).isNaN();
        } else if (size < -540) {
            assertThat(scaled.variance(0)).isZero();
        }
    }

    @Property(tries = 150, seed = "1")
    void shapesAndSizesAreAnsweredOrRefused(
            @ForAll double[] a, @ForAll double[] b, @ForAll double x, @ForAll int n, @ForAll int m) {
        double[][] rows = {a, b, a, b, a, b, a, b, a, b, a, b};
        answer("rows", () -> VectorAutoregression.fit(rows));
        answer("samples|interval", () -> OrnsteinUhlenbeckFit.of(rows, x));
        answer(
                "samples|interval|lags|batches|quantities|covariance of",
                () -> TimeAsymmetry.ofTrajectory(rows, x, n, m));
        answer("quantities", () -> TimeAsymmetry.pairs(n))
                .ifPresent(pairs -> assertThat(pairs).isPositive());
        answer("samples|interval", () -> KramersMoyal.of(rows, x, Grid.of(Axis.uniform(-1.0, 1.0, 3))));
        answer("segment|values|interval", () -> PowerSpectrum.welch(a, x, n));
        answer("segment|moments", () -> PowerSpectrum.empty(Math.min(n, 64)));
        answer("dimension|variances", () -> RunningMoments.ofVariances(Math.min(n, 1000)));
        answer("coordinates|dimension", () -> RunningMoments.ofVariances(4).marginal(n));
        RealMatrix step = MatrixUtils.createRealDiagonalMatrix(new double[] {0.5, x});
        RealMatrix noise = MatrixUtils.createRealDiagonalMatrix(Arrays.copyOf(a, a.length + 1));
        answer("step|noise|stationary|covariance", () -> VectorAutoregression.of(step, noise))
                .ifPresent(process ->
                        assertThat(Arrays.stream(entries(process.covariance()))).allMatch(Double::isFinite));
        VectorAutoregression process = VectorAutoregression.fit(RECORD);
        answer("rows", () -> process.entropyBounds(rows));
        answer("rows|covariance", () -> process.projected(new double[][] {b}));
        answer("lag must", () -> process.lagged(Math.min(n, 1000)));
        answer("lag must", () -> MeanSquareDisplacement.of(column(RECORD), 5, 4).value(n));
        answer("^n must", () -> Autocorrelation.whiteNoiseBand(n, 2.0))
                .ifPresent(band -> assertThat(band).isFinite());
        answer("^x must have", () -> {
            new RunningMoments(2).addBlock(new double[][] {a, b}, m);
            return m;
        });
        answer("rows|kept", () -> process.simulate(Math.min(n, 600), m, Seed.of(1)));
    }

    @Example
    void sizesThatNoMemoryHoldsAreRefused() {
        assertThatThrownBy(() -> RunningMoments.ofVariances(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimension must be");
        assertThatThrownBy(() -> PowerSpectrum.empty(1 << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("moments of");
    }
}
