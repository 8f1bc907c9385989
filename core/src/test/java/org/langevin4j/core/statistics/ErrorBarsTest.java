package org.langevin4j.core.statistics;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

/** The error bars of what is found from one record, each against the {@link Spread} over many. */
class ErrorBarsTest {

    /** A walk with the increments bτ + √(2τ)Bξ, BBᵀ = [[0.5, 0.3], [0.3, 0.4]], all of it in one cell: no bias at any τ. */
    @Test
    void driftAndDiffusionOfAWalk() {
        double tau = 0.3;
        Grid grid = Grid.of(Axis.of(-1e6, 1e6, 3e6), Axis.of(-4e6, -2e6, 1e6));
        int cell = grid.cellOf(new double[] {0, 0});
        Spread.check(1000, run -> {
            Random random = new Random(run);
            double[][] x = new double[121][2];
            for (int t = 1; t < x.length; t++) {
                double g = random.nextGaussian();
                double h = random.nextGaussian();
                x[t][0] = x[t - 1][0] + 0.8 * tau + Math.sqrt(2 * tau * 0.5) * g;
                x[t][1] =
                        x[t - 1][1] - 0.3 * tau + Math.sqrt(2 * tau) * (0.3 / Math.sqrt(0.5) * g + Math.sqrt(0.22) * h);
            }
            KramersMoyal found = KramersMoyal.of(x, tau, grid);
            return new double[][] {
                {found.drift(cell, 0), found.driftError(cell, 0), 0.8},
                {found.drift(cell, 1), found.driftError(cell, 1), -0.3},
                {found.diffusion(cell, 0, 0), found.diffusionError(cell, 0, 0), 0.5},
                {found.diffusion(cell, 0, 1), found.diffusionError(cell, 0, 1), 0.3},
                {found.diffusion(cell, 1, 1), found.diffusionError(cell, 1, 1), 0.4}
            };
        });
    }

    /**
     * dx = −x dt + √(2T) dW at T = 0.4, sampled exactly at τ = 0.05, in the cell [0.1, 0.4] of an uneven axis, half a standard
     * deviation wide: what b varies in it adds w²/(24 T) = 1 % to the variance of b̂.
     */
    @Test
    void driftAndDiffusionInACell() {
        double decay = Math.exp(-0.05);
        double noise = Math.sqrt(0.4 * (1 - decay * decay));
        Grid grid = Grid.of(Axis.of(-1, -0.2, 0.1, 0.4, 1.2));
        Spread.check(400, run -> {
            Random random = new Random(5000 + run);
            double[][] x = new double[2500][1];
            double now = Math.sqrt(0.4) * random.nextGaussian();
            for (double[] row : x) {
                now = decay * now + noise * random.nextGaussian();
                row[0] = now;
            }
            KramersMoyal found = KramersMoyal.of(x, 0.05, grid);
            return new double[][] {
                {found.drift(2, 0), found.driftError(2, 0)},
                {found.diffusion(2, 0, 0), found.diffusionError(2, 0, 0)}
            };
        });
    }

    /** Re z of dz = (−γ + iω)z dt + noise, variance 1, sampled exactly. */
    private static double[] oscillation(double gamma, double omega, double interval, int count, long seed) {
        Random random = new Random(seed);
        double decay = Math.exp(-gamma * interval);
        double c = decay * Math.cos(omega * interval);
        double s = decay * Math.sin(omega * interval);
        double noise = Math.sqrt(1 - decay * decay);
        double re = random.nextGaussian();
        double im = random.nextGaussian();
        double[] values = new double[count];
        for (int t = 0; t < count; t++) {
            double next = c * re - s * im + noise * random.nextGaussian();
            im = s * re + c * im + noise * random.nextGaussian();
            re = next;
            values[t] = re;
        }
        return values;
    }

    /** Place, width and quality of a line, ω₀ = 5, γ = 0.25, from 31 segments 13 times as fine as the line. */
    @Test
    void thePeakOfASpectrum() {
        Spread.check(300, run -> {
            SpectralPeak peak = PowerSpectrum.welch(oscillation(0.25, 5, 0.2, 1 << 14, 100 + run), 0.2, 1024)
                    .peak()
                    .orElseThrow();
            return new double[][] {
                {peak.frequency(), peak.frequencyError(), 5.0},
                {peak.halfWidth(), peak.halfWidthError()},
                {peak.quality(), peak.qualityError()}
            };
        });
    }

    /** The density at single frequencies, from 15 segments that overlap. */
    @Test
    void theDensityOfASpectrum() {
        Spread.check(1000, run -> {
            PowerSpectrum spectrum = PowerSpectrum.welch(oscillation(1.0, 3, 0.2, 1 << 11, 7000 + run), 0.2, 256);
            double[][] found = new double[4][];
            for (int k = 0; k < 4; k++) {
                found[k] = new double[] {spectrum.density(5 + 20 * k), spectrum.error(5 + 20 * k)};
            }
            return found;
        });
    }

    /** A rotation in the plane: the antisymmetric correlation e^(−γτ)sin ωτ at three lags, and the area rate. */
    @Test
    void theAsymmetryOfARecord() {
        double gamma = 0.7;
        double omega = 0.9;
        double interval = 0.25;
        double c = Math.exp(-gamma * interval) * Math.cos(omega * interval);
        double s = Math.exp(-gamma * interval) * Math.sin(omega * interval);
        double noise = Math.sqrt(1 - c * c - s * s);
        Spread.check(400, run -> {
            Random random = new Random(900 + run);
            double[][] x = new double[4000][2];
            double re = random.nextGaussian();
            double im = random.nextGaussian();
            for (double[] row : x) {
                double next = c * re - s * im + noise * random.nextGaussian();
                im = s * re + c * im + noise * random.nextGaussian();
                re = next;
                row[0] = re;
                row[1] = im;
            }
            TimeAsymmetry found = TimeAsymmetry.ofTrajectory(x, interval, 4, 40);
            double[][] quantities = new double[4][];
            for (int k = 0; k < 3; k++) {
                int lag = 1 << k;
                double exact = Math.exp(-gamma * interval * lag) * Math.sin(omega * interval * lag);
                quantities[k] = new double[] {found.value(0, 1, lag), found.error(0, 1, lag), exact};
            }
            quantities[3] = new double[] {found.areaRate(1, 0), found.areaRateError(1, 0), -s / interval};
            return quantities;
        });
    }

    /** The L¹ distance of a histogram of 60 uneven cells, some of which are seldom met. */
    @Test
    void theDistanceOfAHistogram() {
        int samples = 2000;
        double[] p = new double[60];
        double[] sums = new double[60];
        double total = 0.0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(-0.08 * i) * (1.0 - Math.exp(-0.08)) / (1.0 - Math.exp(-4.8));
            total += p[i];
            sums[i] = total;
        }
        HistogramError error = HistogramError.of(p, samples);
        Spread.check(800, run -> {
            Random random = new Random(run);
            int[] counts = new int[p.length];
            for (int k = 0; k < samples; k++) {
                int at = Arrays.binarySearch(sums, random.nextDouble());
                counts[Math.min(at < 0 ? -at - 1 : at, p.length - 1)]++;
            }
            double distance = 0.0;
            for (int i = 0; i < p.length; i++) {
                distance += Math.abs((double) counts[i] / samples - p[i]);
            }
            return new double[][] {{distance, error.standardDeviation(), error.mean()}};
        });
    }
}
