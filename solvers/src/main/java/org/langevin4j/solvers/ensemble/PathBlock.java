package org.langevin4j.solvers.ensemble;

import java.util.Locale;

/**
 * The paths of a block that are still under way, at one time: what a collector sees. Paths that have stopped are left
 * out, so that {@link #states()} holds finite numbers only. A view that is used again: not to be kept.
 */
public final class PathBlock {

    private final long first;
    private final int size;
    private double[][] states = new double[0][0];
    private long[] indices = new long[0];
    private int paths;
    private long step;
    private double time;

    PathBlock(long first, int size) {
        this.first = first;
        this.size = size;
    }

    /** Shows the paths of some indices. */
    void show(double[][] x, long[] active, int count, long atStep, double atTime) {
        states = x;
        indices = active;
        paths = count;
        step = atStep;
        time = atTime;
    }

    /**
     * The states.
     *
     * @return {@code x[i][k]}, coordinate i of the k-th path under way, k &lt; {@link #paths()}; not to be modified, and
     *     the arrays may be longer
     */
    public double[][] states() {
        return states;
    }

    /**
     * Copies the state of one path.
     *
     * @param k which of the paths under way
     * @param out receives the state, length d
     */
    public void copyState(int k, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = states[i][k];
        }
    }

    /**
     * Refuses values of functions of these states that would make a mean NaN.
     *
     * @param values {@code values[i][k]}, value i at the state of path k
     * @throws IllegalArgumentException if one is not finite; it names function, path and time
     */
    public void requireFinite(double[][] values) {
        for (int i = 0; i < values.length; i++) {
            double sum = 0.0;
            for (int k = 0; k < paths; k++) {
                // Zero, or NaN for an infinite or undefined value.
                sum += values[i][k] * 0.0;
            }
            if (sum != 0.0) {
                for (int k = 0; k < paths; k++) {
                    if (!(Math.abs(values[i][k]) <= Double.MAX_VALUE)) {
                        throw new IllegalArgumentException("functions must be finite, got g[" + i + "] = "
                                + values[i][k] + " for path " + path(k) + " at time " + time);
                    }
                }
            }
        }
    }

    /**
     * The number of paths under way.
     *
     * @return at least 1
     */
    public int paths() {
        return paths;
    }

    /**
     * The number of paths with which the block began.
     *
     * @return at least {@link #paths()}
     */
    public int size() {
        return size;
    }

    /**
     * The place of a path in the block, the same at all times of the block.
     *
     * @param k which of the paths under way
     * @return 0 … {@link #size()} − 1; equal to k as long as no path has stopped
     */
    public int slot(int k) {
        return (int) (indices[k] - first);
    }

    /**
     * The index of a path in the ensemble.
     *
     * @param k which of the paths under way
     * @return index
     */
    public long path(int k) {
        return indices[k];
    }

    /**
     * The number of steps taken.
     *
     * @return 0 at the start
     */
    public long step() {
        return step;
    }

    /**
     * The time of the equation.
     *
     * @return step × h
     */
    public double time() {
        return time;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%d of %d paths from %d on at step %d, t = %.6g", paths, size, first, step, time);
    }
}
