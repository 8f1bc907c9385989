package org.langevin4j.core.random;

import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.block.BlockMath;

/**
 * Independent standard normal numbers, one for each (path, step, component).
 *
 * <p>Components 2p and 2p+1 are one pair of {@link BlockMath#normals}.
 */
public final class NormalStream {

    /** Bits of the counter word that hold the pair of components; the other 40 hold the step. */
    private static final int PAIR_BITS = 24;

    /** The number of steps a stream has for each path, 2⁴⁰. */
    public static final long STEPS = 1L << (64 - PAIR_BITS);

    /** Second key word: keeps noise and derived seeds apart. */
    private static final long NORMALS = 2L;

    private final Seed seed;

    private NormalStream(Seed seed) {
        this.seed = seed;
    }

    /**
     * The stream of a seed.
     *
     * @param seed the seed
     * @return the stream; immutable, safe for any number of threads
     */
    public static NormalStream of(Seed seed) {
        return new NormalStream(Objects.requireNonNull(seed, "seed"));
    }

    /**
     * One number.
     *
     * @param path index of the path
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param component index of the noise, 0 ≤ component &lt; 2²⁵
     * @return a standard normal number, a function of the arguments and the seed alone
     */
    public double at(long path, long step, int component) {
        double[][] pair = new double[2][1];
        fillPair(path, 1, counter(step, component >> 1), pair[0], pair[1]);
        return pair[component & 1][0];
    }

    /**
     * The numbers of one step for a block of consecutive paths.
     *
     * @param firstPath index of the first path
     * @param paths number of paths
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param out {@code out[k][p]} receives component k of path firstPath + p
     * @throws IllegalArgumentException if a row of {@code out} is shorter than the paths, or the step is out of range
     */
    public void fill(long firstPath, int paths, long step, double[][] out) {
        requireRoom(paths, out.length, out);
        int components = out.length;
        for (int k = 0; k + 1 < components; k += 2) {
            fillPair(firstPath, paths, counter(step, k >> 1), out[k], out[k + 1]);
        }
        if ((components & 1) != 0) {
            fillPair(firstPath, paths, counter(step, components >> 1), out[components - 1], new double[paths]);
        }
    }

    /**
     * The same with some components left out.
     *
     * @param firstPath index of the first path
     * @param paths number of paths
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param needed which components are asked for; a pair of components of which neither is, is not drawn
     * @param out {@code out[k][p]} receives component k of path firstPath + p, or stays as it is
     * @throws IllegalArgumentException if a row of {@code out} is shorter than the paths, or the step is out of range
     */
    public void fill(long firstPath, int paths, long step, boolean[] needed, double[][] out) {
        requireRoom(paths, needed.length, out);
        for (int k = 0; k < out.length; k += 2) {
            boolean paired = k + 1 < out.length;
            if (needed[k] || (paired && needed[k + 1])) {
                fillPair(firstPath, paths, counter(step, k >> 1), out[k], paired ? out[k + 1] : new double[paths]);
            }
        }
    }

    /**
     * The numbers of one step for any paths, the same bits as {@link #at}.
     *
     * @param paths {@code paths[p]}, index of each path; not modified
     * @param count number of paths
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param needed which components are asked for; a pair of components of which neither is, is not drawn
     * @param out {@code out[k][p]} receives component k of path paths[p], or stays as it is
     * @throws IllegalArgumentException if a row of {@code out} is shorter than the paths, or the step is out of range
     */
    public void fill(long[] paths, int count, long step, boolean[] needed, double[][] out) {
        requireRoom(count, needed.length, out);
        int pairs = out.length & ~1;
        int from = 0;
        while (from < pairs) {
            int to = from;
            while (to < pairs && (needed[to] || needed[to + 1])) {
                to += 2;
            }
            if (to > from) {
                BlockMath.normals(seed.value(), NORMALS, paths, count, counter(step, from >> 1), out, from, to);
            }
            from = to + 2;
        }
        if (pairs < out.length && needed[pairs]) {
            double[][] last = {out[pairs], new double[count]};
            BlockMath.normals(seed.value(), NORMALS, paths, count, counter(step, pairs >> 1), last, 0, 2);
        }
    }

    /**
     * The numbers of one step for any paths, all components.
     *
     * @param paths {@code paths[p]}, index of each path; not modified
     * @param count number of paths
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param out {@code out[k][p]} receives component k of path paths[p]
     * @throws IllegalArgumentException if a row of {@code out} is shorter than the paths, or the step is out of range
     */
    public void fill(long[] paths, int count, long step, double[][] out) {
        boolean[] needed = new boolean[out.length];
        Arrays.fill(needed, true);
        fill(paths, count, step, needed, out);
    }

    private static void requireRoom(int paths, int needed, double[][] out) {
        if (needed < out.length) {
            throw new IllegalArgumentException("needed must number " + out.length + " as out, got " + needed);
        }
        for (double[] row : out) {
            if (!(paths >= 0 && paths <= row.length)) {
                throw new IllegalArgumentException(
                        "paths must be from 0 to the length of the rows of out, " + row.length + ", got " + paths);
            }
        }
    }

    private static long counter(long step, int pair) {
        if (!(step >= 0 && step < STEPS)) {
            throw new IllegalArgumentException("step must be in [0, 2^40), got " + step);
        }
        if (!(pair >= 0 && pair < 1 << PAIR_BITS)) {
            throw new IllegalArgumentException("component must be in [0, 2^25), got pair " + pair);
        }
        return (step << PAIR_BITS) | pair;
    }

    private void fillPair(long firstPath, int paths, long counter, double[] even, double[] odd) {
        BlockMath.normals(seed.value(), NORMALS, firstPath, paths, counter, even, odd);
    }

    @Override
    public String toString() {
        return "normal numbers of " + seed;
    }
}
