package org.langevin4j.core.statistics;

import java.util.Locale;
import java.util.Objects;
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

    /** Increments and products are those of coordinates in units of 2 to this power. */
    private final int size;

    /** τ in units of 2 to the power {@code time}. */
    private final double unitInterval;

    private final int time;

    private KramersMoyal(Grid grid, double interval, int size) {
        int d = grid.dimension();
        grid.requireMemory("drift and diffusion", 8.0 * (1.0 + d + d * d));
        if (!((double) grid.cells() * d * d <= Integer.MAX_VALUE - 8)) {
            throw new IllegalArgumentException("grid must have fewer than 2³¹ entries of D, got " + grid);
        }
        this.size = size;
        this.time = Units.exponent("interval", interval);
        this.unitInterval = Math.scalb(interval, -time);
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
        int d = grid.dimension();
        double largest = 0.0;
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
                largest = Math.max(largest, Math.abs(samples[t][i]));
            }
        }
        int size = Units.exponent("samples", largest);
        KramersMoyal estimate = new KramersMoyal(grid, interval, size);
        double[] step = new double[d];
        for (int t = 1; t < samples.length; t++) {
            for (int i = 0; i < d; i++) {
                step[i] = Math.scalb(samples[t][i], -size) - Math.scalb(samples[t - 1][i], -size);
            }
            estimate.add(grid.cellOf(samples[t - 1]), step);
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
     * @return b̂ᵢ, NaN in a cell without increments; infinite or zero where its size is beyond the doubles
     * @throws IndexOutOfBoundsException if there is no such cell or coordinate
     */
    public double drift(int cell, int i) {
        return Math.scalb(sums[at(cell, i)] / (counts[cell] * unitInterval), size - time);
    }

    private int at(int cell, int i) {
        Objects.checkIndex(cell, counts.length);
        return cell * grid.dimension() + Objects.checkIndex(i, grid.dimension());
    }

    /**
     * The standard error of the drift.
     *
     * @param cell number of the cell
     * @param i coordinate
     * @return √(2D̂ᵢᵢ/(Nτ))
     */
    public double driftError(int cell, int i) {
        return Math.scalb(Math.sqrt(2.0 * inUnits(cell, i, i) / (counts[cell] * unitInterval)), size - time);
    }

    /**
     * The diffusion matrix times the temperature.
     *
     * @param cell number of the cell
     * @param i first coordinate
     * @param j second coordinate
     * @return D̂ᵢⱼ, an estimate of β⁻¹Dᵢⱼ with the divisor N − 1; NaN in a cell of fewer than two increments; infinite or zero where its size is beyond the doubles
     * @throws IndexOutOfBoundsException if there is no such cell or coordinate
     */
    public double diffusion(int cell, int i, int j) {
        return Math.scalb(inUnits(cell, i, j), 2 * size - time);
    }

    private double inUnits(int cell, int i, int j) {
        int d = grid.dimension();
        int left = at(cell, i);
        int right = at(cell, j);
        long n = counts[cell];
        if (n < 2) {
            return Double.NaN;
        }
        double centred = products[left * d + j] - sums[left] * sums[right] / n;
        return centred / ((n - 1) * 2.0 * unitInterval);
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
        double cross = inUnits(cell, i, j);
        double square = (inUnits(cell, i, i) * inUnits(cell, j, j) + cross * cross) / (counts[cell] - 1);
        return Math.scalb(Math.sqrt(square), 2 * size - time);
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
