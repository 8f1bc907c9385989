package org.langevin4j.core.random;

import java.util.Objects;

/**
 * A path of m-dimensional Brownian motion on [0, T]: one fixed function of time, known at every dyadic time iT/2ˡ, to be
 * looked at as coarsely or finely as one likes. It is a pure function of (seed, path, T, m); nothing is stored.
 *
 * <p>Each dyadic interval of length h carries, for each component, its increment W and its space-time Lévy area
 * H = (1/h)∫(W_s − W_a)ds − ½W, independent normals of variances h and h/12, so that the time integral
 * ∫(W_s − W_a)ds = h(½W + H) is exact at every level. An interval splits by Lévy's construction for the pair (Foster,
 * Lyons and Oberhauser 2020, "An optimal polynomial approximation of Brownian motion"; Jelinčič and Foster 2024):
 *
 * <pre>W₁ = ½W + 3/2 H + Z,   W₂ = W − W₁,   H₁ = ¼H − ½Z + ½N,   H₂ = ¼H − ½Z − ½N,</pre>
 *
 * with Z of variance h/16 and N of variance h/12, keyed by (seed, path, interval, component).
 *
 * <p>Lévy areas Aⱼₖ = ½∫(WʲdWᵏ − WᵏdWʲ) have no such finite description. {@link #levyAreas} adds those of 2ⁿ
 * subintervals by Chen's relation and takes in each the conditional expectation HʲWᵏ − WʲHᵏ; the error that remains has
 * mean square h²/(12·2ⁿ).
 */
public final class BrownianPath {

    /** The deepest level. */
    public static final int MAX_LEVEL = 39;

    /** Keeps the normals of paths apart from those an ensemble draws from the same seed. */
    private static final long PART = 0x42524F574EL;

    private final Seed seed;
    private final NormalStream normals;
    private final long path;
    private final int components;
    private final double horizon;

    /** W(T) and H if they are given, else empty. */
    private final double[][] whole;

    private BrownianPath(Seed seed, long path, int components, double horizon, double[][] whole) {
        this.seed = seed;
        this.normals = NormalStream.of(seed.derive(PART));
        this.path = path;
        this.components = components;
        this.horizon = horizon;
        this.whole = whole;
    }

    /**
     * A path.
     *
     * @param seed the seed of the experiment
     * @param path index of the path, any number
     * @param components m ≥ 1
     * @param horizon T > 0
     * @return the path; immutable, safe for any number of threads
     */
    public static BrownianPath of(Seed seed, long path, int components, double horizon) {
        Objects.requireNonNull(seed, "seed");
        if (!(components > 0 && components < 1 << 24)) {
            throw new IllegalArgumentException("components must be in [1, 2^24), got " + components);
        }
        if (!(horizon > 0.0 && horizon <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("horizon must be positive and finite, got " + horizon);
        }
        return new BrownianPath(seed, path, components, horizon, new double[0][]);
    }

    /**
     * A path of which the whole is known already, its increment and space-time area over [0, T]; only what lies between is
     * drawn.
     *
     * @param seed keys what lies between: paths with independent wholes need different ones
     * @param horizon T > 0
     * @param increment W(T), length m ≥ 1
     * @param spaceTimeArea H = (1/T)∫W dt − ½W(T), length m
     * @return the path
     */
    public static BrownianPath between(Seed seed, double horizon, double[] increment, double[] spaceTimeArea) {
        if (!(increment.length == spaceTimeArea.length)) {
            throw new IllegalArgumentException("increment and spaceTimeArea must have the same length, got "
                    + increment.length + " and " + spaceTimeArea.length);
        }
        BrownianPath checked = of(seed, 0, increment.length, horizon);
        return new BrownianPath(
                seed, 0, checked.components, horizon, new double[][] {increment.clone(), spaceTimeArea.clone()});
    }

    /**
     * The seed.
     *
     * @return the seed of the experiment
     */
    public Seed seed() {
        return seed;
    }

    /**
     * The index.
     *
     * @return index of the path
     */
    public long path() {
        return path;
    }

    /**
     * The number of components.
     *
     * @return m
     */
    public int components() {
        return components;
    }

    /**
     * The end of the path.
     *
     * @return T
     */
    public double horizon() {
        return horizon;
    }

    /**
     * The value at a dyadic time. Equal times give equal bits, whatever the level.
     *
     * @param level l, 0 ≤ l ≤ {@value #MAX_LEVEL}
     * @param index i, 0 ≤ i ≤ 2ˡ
     * @param out receives W at iT/2ˡ, length m
     */
    public void at(int level, long index, double[] out) {
        requireLevel(level);
        if (!(index >= 0 && index <= 1L << level)) {
            throw new IllegalArgumentException("index must be in [0, 2^" + level + "], got " + index);
        }
        Interval interval = new Interval();
        if (index == 1L << level) {
            System.arraycopy(interval.increment, 0, out, 0, components);
            return;
        }
        // In lowest terms, so that every level takes the same way to the same time.
        int reduced = index == 0 ? 0 : level - Long.numberOfTrailingZeros(index);
        interval.descend(reduced, index >> (level - reduced));
        System.arraycopy(interval.start, 0, out, 0, components);
    }

    /**
     * The increment over a dyadic interval.
     *
     * @param level l, 0 ≤ l ≤ {@value #MAX_LEVEL}
     * @param from i, index of the start
     * @param to j > i, index of the end, at most 2ˡ
     * @param out receives W(jT/2ˡ) − W(iT/2ˡ), length m
     */
    public void increment(int level, long from, long to, double[] out) {
        requireInterval(level, from, to);
        double[] start = new double[components];
        at(level, from, start);
        at(level, to, out);
        for (int k = 0; k < components; k++) {
            out[k] -= start[k];
        }
    }

    /**
     * The iterated integral I₍ₖ,₀₎ = ∫ (W_s − W_a) ds over one interval of a level, exact.
     *
     * @param level l, 0 ≤ l ≤ {@value #MAX_LEVEL}
     * @param index i, 0 ≤ i &lt; 2ˡ, the interval from iT/2ˡ to (i+1)T/2ˡ
     * @param out receives the integral of each component, length m
     */
    public void timeIntegral(int level, long index, double[] out) {
        requireInterval(level, index, index + 1);
        Interval interval = new Interval();
        interval.descend(level, index);
        for (int k = 0; k < components; k++) {
            out[k] = interval.length * (0.5 * interval.increment[k] + interval.area[k]);
        }
    }

    /**
     * The increment and the space-time area of one interval of a level, the numbers that {@link #visit} gives for it.
     *
     * @param level l, 0 ≤ l ≤ {@value #MAX_LEVEL}
     * @param index i, 0 ≤ i &lt; 2ˡ, the interval from iT/2ˡ to (i+1)T/2ˡ
     * @param increment receives ΔW, length m
     * @param spaceTimeArea receives H = (1/h)∫(W_s − W_a)ds − ½ΔW, length m
     */
    public void interval(int level, long index, double[] increment, double[] spaceTimeArea) {
        requireInterval(level, index, index + 1);
        Interval interval = new Interval();
        interval.descend(level, index);
        System.arraycopy(interval.increment, 0, increment, 0, components);
        System.arraycopy(interval.area, 0, spaceTimeArea, 0, components);
    }

    /**
     * The Lévy areas Aⱼₖ = ½∫(WʲdWᵏ − WᵏdWʲ) of one interval of a level, each W taken from the start of the interval. Its
     * Itô integrals are I₍ⱼ,ₖ₎ = ½(ΔWʲΔWᵏ − hδⱼₖ) + Aⱼₖ, its Stratonovich integrals J₍ⱼ,ₖ₎ = ½ΔWʲΔWᵏ + Aⱼₖ.
     *
     * @param level l
     * @param index i, 0 ≤ i &lt; 2ˡ
     * @param refinement n ≥ 0, with l + n ≤ {@value #MAX_LEVEL}: 2ⁿ subintervals, root mean square error h/√(12·2ⁿ)
     * @return the areas, m×m, antisymmetric
     */
    public double[][] levyAreas(int level, long index, int refinement) {
        requireInterval(level, index, index + 1);
        if (!(refinement >= 0 && refinement <= MAX_LEVEL - level)) {
            throw new IllegalArgumentException(
                    "refinement must be in [0, " + (MAX_LEVEL - level) + "], got " + refinement);
        }
        double[][] areas = new double[components][components];
        double[] sum = new double[components];
        Interval interval = new Interval();
        interval.descend(level, index);
        Subintervals add = (i, w, h) -> {
            for (int j = 0; j < components; j++) {
                for (int k = j + 1; k < components; k++) {
                    // Chen's relation with the increments so far, and the area of the piece itself.
                    areas[j][k] += 0.5 * (sum[j] * w[k] - sum[k] * w[j]) + (h[j] * w[k] - w[j] * h[k]);
                }
            }
            for (int j = 0; j < components; j++) {
                sum[j] += w[j];
            }
        };
        interval.visit(refinement, add);
        for (int j = 0; j < components; j++) {
            for (int k = 0; k < j; k++) {
                areas[j][k] = -areas[k][j];
            }
        }
        return areas;
    }

    /**
     * Visits all 2ˡ intervals of a level from left to right, in O(m·2ˡ).
     *
     * @param level l, 0 ≤ l ≤ {@value #MAX_LEVEL}
     * @param visitor is given the increments and space-time areas of each
     */
    public void visit(int level, Subintervals visitor) {
        requireLevel(level);
        new Interval().visit(level, visitor);
    }

    private static void requireLevel(int level) {
        if (!(level >= 0 && level <= MAX_LEVEL)) {
            throw new IllegalArgumentException("level must be in [0, " + MAX_LEVEL + "], got " + level);
        }
    }

    private static void requireInterval(int level, long from, long to) {
        requireLevel(level);
        if (!(from >= 0 && from < to && to <= 1L << level)) {
            throw new IllegalArgumentException(
                    "interval must be within [0, 2^" + level + "], got from " + from + " to " + to);
        }
    }

    /** A visitor of intervals. */
    @FunctionalInterface
    public interface Subintervals {

        /**
         * Receives one interval.
         *
         * @param index i, counted from the first
         * @param increment ΔW, length m; valid only during the call
         * @param spaceTimeArea H = (1/h)∫(W_s − W_a)ds − ½ΔW, length m; valid only during the call
         */
        void interval(long index, double[] increment, double[] spaceTimeArea);
    }

    /** A dyadic interval, on the way from the whole of [0, T] down to smaller ones. */
    private final class Interval {

        /** Heap order: the interval i of level l is 2ˡ + i; the whole has its own normals under 0. */
        private long node = 1;

        private double length = horizon;
        private final double[] start = new double[components];
        private final double[] increment = new double[components];
        private final double[] area = new double[components];
        private final double[][] draw = new double[2 * components][1];

        Interval() {
            if (whole.length > 0) {
                System.arraycopy(whole[0], 0, increment, 0, components);
                System.arraycopy(whole[1], 0, area, 0, components);
                return;
            }
            normals.fill(path, 1, 0, draw);
            for (int k = 0; k < components; k++) {
                increment[k] = Math.sqrt(horizon) * draw[2 * k][0];
                area[k] = Math.sqrt(horizon / 12.0) * draw[2 * k + 1][0];
            }
        }

        void descend(int level, long index) {
            for (int l = level - 1; l >= 0; l--) {
                split(((index >> l) & 1L) != 0, increment, area);
            }
        }

        /** Becomes one half of itself; the other half's increment and area go to the given arrays if those differ. */
        private void split(boolean right, double[] otherIncrement, double[] otherArea) {
            normals.fill(path, 1, node, draw);
            double z = Math.sqrt(length / 16.0);
            double n = Math.sqrt(length / 12.0);
            for (int k = 0; k < components; k++) {
                double noise = z * draw[2 * k][0];
                double first = 0.5 * increment[k] + (1.5 * area[k] + noise);
                double second = increment[k] - first;
                double mean = 0.25 * area[k] - 0.5 * noise;
                double half = 0.5 * n * draw[2 * k + 1][0];
                otherIncrement[k] = right ? first : second;
                otherArea[k] = right ? mean + half : mean - half;
                increment[k] = right ? second : first;
                area[k] = right ? mean - half : mean + half;
                if (right) {
                    start[k] += first;
                }
            }
            node = 2 * node + (right ? 1 : 0);
            length *= 0.5;
        }

        /** Depth first, so that only one interval of each level is held. */
        void visit(int depth, Subintervals visitor) {
            double[][] waitingIncrement = new double[depth + 1][components];
            double[][] waitingArea = new double[depth + 1][components];
            double[] lengths = new double[depth + 1];
            for (int l = 0; l <= depth; l++) {
                lengths[l] = Math.scalb(length, -l);
            }
            long root = node;
            int at = 0;
            for (long index = 0; index < 1L << depth; index++) {
                while (at < depth) {
                    split(false, waitingIncrement[at + 1], waitingArea[at + 1]);
                    at++;
                }
                visitor.interval(index, increment, area);
                if (index + 1 < 1L << depth) {
                    // The next leaf hangs on the right child below the deepest common ancestor.
                    at = depth - Long.numberOfTrailingZeros(index + 1);
                    System.arraycopy(waitingIncrement[at], 0, increment, 0, components);
                    System.arraycopy(waitingArea[at], 0, area, 0, components);
                    node = (root << at) + ((index + 1) >> (depth - at));
                    length = lengths[at];
                }
            }
        }
    }

    @Override
    public String toString() {
        return "Brownian path " + path + " of " + components + " components to time " + horizon + ", " + seed;
    }
}
