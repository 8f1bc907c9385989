package org.langevin4j.core.statistics;

import java.util.Locale;
import org.langevin4j.core.density.Grid;

/**
 * Drift and diffusion estimated from a record of states at the interval τ, cell by cell: the first two conditional moments
 * of Kramers and Moyal at a finite interval (Friedrich and Peinke 1997; Siegert, Friedrich and Peinke 1998),
 *
 * <pre>b̂(x) = ⟨Δx | x⟩/τ,   D̂(x) = ⟨(Δx − b̂τ)(Δx − b̂τ)ᵀ | x⟩/(2τ)  for β⁻¹D</pre>
 *
 * <p>Both have a bias of order τ that no length of the record takes away (Ragwitz and Kantz 2001): for dx = −θx dt + σ dW,
 *
 * <pre>b̂ = −x(1 − e^(−θτ))/τ,   D̂ = (σ²/2)(1 − e^(−2θτ))/(2θτ).</pre>
 *
 * <p>{@link OrnsteinUhlenbeckFit} has no such bias for a linear drift and a constant D, and a fit of parameters to the moments that the Fokker–Planck equation
 * has at τ none for any.
 *
 * <p>Errors are those of independent, normal increments, which those of a diffusion process are, given x, as τ → 0. Immutable.
 */
public final class KramersMoyal {

    private final Grid grid;
    private final double interval;
    private final long[] counts;

    /** Σ Δxᵢ, at cell·d + i. */
    private final double[] sums;

    /** Σ ΔxᵢΔxⱼ, at (cell·d + i)·d + j. */
    private final double[] products;

    private KramersMoyal(Grid grid, double interval) {
        int d = grid.dimension();
        this.grid = grid;
        this.interval = interval;
        this.counts = new long[grid.cells()];
        this.sums = new double[grid.cells() * d];
        this.products = new double[grid.cells() * d * d];
    }

    /**
     * The estimates of one record.
     *
     * @param samples {@code samples[t][i]}, coordinate i at time tτ, finite
     * @param interval τ, positive
     * @param grid cells; states outside are left out, also as the start of an increment
     * @return drift and diffusion in the cells
     * @throws IllegalArgumentException if the record is not finite or has another dimension than the grid
     */
    public static KramersMoyal of(double[][] samples, double interval, Grid grid) {
        if (!(interval > 0.0 && interval <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("interval must be positive and finite, got " + interval);
        }
        KramersMoyal estimate = new KramersMoyal(grid, interval);
        int d = grid.dimension();
        double[] step = new double[d];
        for (int t = 0; t < samples.length; t++) {
            if (samples[t].length != d) {
                throw new IllegalArgumentException("samples must have the " + d + " coordinates of the grid, got "
                        + samples[t].length + " in row " + t);
            }
            for (int i = 0; i < d; i++) {
                if (!(Math.abs(samples[t][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "samples must be finite, got samples[" + t + "][" + i + "] = " + samples[t][i]);
                }
                step[i] = t == 0 ? 0.0 : samples[t][i] - samples[t - 1][i];
            }
            if (t > 0) {
                estimate.add(grid.cellOf(samples[t - 1]), step);
            }
        }
        return estimate;
    }

    private void add(int cell, double[] step) {
        if (cell >= 0) {
            int d = step.length;
            counts[cell]++;
            for (int i = 0; i < d; i++) {
                sums[cell * d + i] += step[i];
                for (int j = 0; j < d; j++) {
                    products[(cell * d + i) * d + j] += step[i] * step[j];
                }
            }
        }
    }

    /**
     * The cells.
     *
     * @return the grid
     */
    public Grid grid() {
        return grid;
    }

    /**
     * The number of increments that start in a cell.
     *
     * @param cell number of the cell
     * @return count
     */
    public long count(int cell) {
        return counts[cell];
    }

    /**
     * The drift.
     *
     * @param cell number of the cell
     * @param i coordinate
     * @return b̂ᵢ, NaN in a cell without increments
     */
    public double drift(int cell, int i) {
        return sums[cell * grid.dimension() + i] / (counts[cell] * interval);
    }

    /**
     * The standard error of the drift.
     *
     * @param cell number of the cell
     * @param i coordinate
     * @return √(2D̂ᵢᵢ/(Nτ))
     */
    public double driftError(int cell, int i) {
        return Math.sqrt(2.0 * diffusion(cell, i, i) / (counts[cell] * interval));
    }

    /**
     * The diffusion matrix times the temperature.
     *
     * @param cell number of the cell
     * @param i first coordinate
     * @param j second coordinate
     * @return D̂ᵢⱼ, an estimate of β⁻¹Dᵢⱼ with the divisor N − 1; NaN in a cell of fewer than two increments
     */
    public double diffusion(int cell, int i, int j) {
        int d = grid.dimension();
        long n = counts[cell];
        if (n < 2) {
            return Double.NaN;
        }
        double centred = products[(cell * d + i) * d + j] - sums[cell * d + i] * sums[cell * d + j] / n;
        return centred / ((n - 1) * 2.0 * interval);
    }

    /**
     * The standard error of the diffusion matrix.
     *
     * @param cell number of the cell
     * @param i first coordinate
     * @param j second coordinate
     * @return √((D̂ᵢᵢD̂ⱼⱼ + D̂ᵢⱼ²)/(N − 1))
     */
    public double diffusionError(int cell, int i, int j) {
        double cross = diffusion(cell, i, j);
        return Math.sqrt((diffusion(cell, i, i) * diffusion(cell, j, j) + cross * cross) / (counts[cell] - 1));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "drift and diffusion from %d increments over %.5g on %s",
                java.util.Arrays.stream(counts).sum(),
                interval,
                grid);
    }
}
