package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.core.field.VectorField;

/**
 * The values of functions of the state at the last recorded times of each path of a block, of which correlations at several
 * lags are sums. A part of a {@link Collector}, for one thread.
 */
public final class RecentValues {

    private final VectorField functions;
    private final int count;
    private final int lags;
    private double[][] values = new double[0][0];

    /** {@code recent[t mod (lags + 1)][function][slot]}. */
    private double[][][] recent = new double[0][0][0];

    private long[] times = new long[0];
    private long time;
    private boolean inBlock;

    private RecentValues(VectorField functions, int count, int lags) {
        this.functions = functions;
        this.count = count;
        this.lags = lags;
    }

    /**
     * No values yet.
     *
     * @param functions g: ℝᵈ → ℝⁿ, evaluated on blocks
     * @param count n
     * @param lags largest lag, in recorded times
     * @return for one collector
     * @throws IllegalArgumentException if n is not positive, or there are negative or 2³¹ − 1 lags
     */
    public static RecentValues of(VectorField functions, int count, int lags) {
        if (!(count >= 1)) {
            throw new IllegalArgumentException("count must be at least 1, got " + count);
        }
        if (!(lags >= 0 && lags < Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("lags must be from 0 to 2³¹ − 2, got " + lags);
        }
        return new RecentValues(functions, count, lags);
    }

    /**
     * Begins with a block.
     *
     * @param size number of its paths
     */
    public void begin(int size) {
        if (times.length != size) {
            allocate(size);
        }
        Arrays.fill(times, 0);
        time = 0;
        inBlock = true;
    }

    private void allocate(int size) {
        values = new double[count][size];
        recent = new double[lags + 1][count][size];
        times = new long[size];
    }

    /**
     * Takes the values of one recorded time.
     *
     * @param block the paths
     */
    public void record(PathBlock block) {
        int paths = block.paths();
        functions.atBlock(block.states(), paths, values);
        block.requireFinite(values);
        double[][] now = recent[(int) (time % (lags + 1))];
        for (int k = 0; k < paths; k++) {
            int slot = block.slot(k);
            times[slot]++;
            for (int f = 0; f < count; f++) {
                now[f][slot] = values[f][k];
            }
        }
        time++;
    }

    /** Ends the block. */
    public void end() {
        inBlock = false;
    }

    /**
     * The number of paths of the block.
     *
     * @return 0 between blocks
     */
    public int size() {
        return inBlock ? times.length : 0;
    }

    /**
     * The largest lag of which there are values.
     *
     * @return at most {@code lags}; −1 before the first time
     */
    public int reach() {
        return (int) Math.min(lags, time - 1);
    }

    /**
     * The values of a function some recorded times ago.
     *
     * @param function which one
     * @param lag how long ago, at most {@link #reach()}; 0 for the last time
     * @return by slot; not to be changed
     */
    public double[] ago(int lag, int function) {
        return recent[(int) ((time - 1 - lag) % (lags + 1))][function];
    }

    /**
     * The number of recorded times of a path.
     *
     * @param slot of the path in its block
     * @return how many
     */
    public long times(int slot) {
        return times[slot];
    }

    /**
     * Writes a checkpoint.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    public void write(StateWriter out) throws IOException {
        out.count(size());
        if (inBlock) {
            out.counts(times);
            out.count(time);
            for (double[][] then : recent) {
                out.rows(then);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in where from
     * @throws IOException if it cannot be read or is not of these functions and lags
     */
    public void read(StateReader in) throws IOException {
        int size = (int) in.count("paths of a block", in.blockPaths());
        inBlock = size > 0;
        if (inBlock) {
            allocate(size);
            in.countsInto("times", times, in.times());
            time = in.count("times", in.times());
            for (int k = 0; k < recent.length; k++) {
                recent[k] = in.rows("values", count, size);
                in.require(recent[k].length == count && recent[k][0].length == size, "values must be of the block");
            }
        }
    }

    @Override
    public String toString() {
        return "values of " + count + " functions at lags up to " + lags + ", " + time + " times recorded";
    }
}
