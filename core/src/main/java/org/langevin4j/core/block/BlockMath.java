package org.langevin4j.core.block;

/**
 * Elementary functions of arrays, for users who write the block form of a field, and the normal numbers of a block of
 * paths. See the package page for accuracy and reproducibility.
 *
 * <p>{@code out} may be the array {@code x}. Arguments and results follow {@link Math} for zeros, infinities and NaN.
 */
public final class BlockMath {

    private static final Kernels KERNELS = choose();

    private BlockMath() {}

    /** The vector unit where its module is present and it holds four doubles or more, else plain Java. */
    private static Kernels choose() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
            try {
                // By name: this class must load where the module is missing.
                Kernels vector = Class.forName("org.langevin4j.core.block.VectorKernels")
                        .asSubclass(Kernels.class)
                        .getDeclaredConstructor()
                        .newInstance();
                if (vector.lanes() >= 4) {
                    return vector;
                }
            } catch (ReflectiveOperationException | LinkageError e) {
                // The module of this Java version is not the one that was compiled against.
                return new ScalarKernels();
            }
        }
        return new ScalarKernels();
    }

    /**
     * The implementation in use.
     *
     * @return "scalar", or "vector" with the number of bits
     */
    public static String implementation() {
        return KERNELS.name();
    }

    /**
     * The exponential function.
     *
     * @param x arguments
     * @param n how many
     * @param out receives eˣ
     */
    public static void exp(double[] x, int n, double[] out) {
        require(n, x.length, out.length);
        KERNELS.exp(x, n, out);
    }

    /**
     * The natural logarithm.
     *
     * @param x arguments
     * @param n how many
     * @param out receives ln x
     */
    public static void log(double[] x, int n, double[] out) {
        require(n, x.length, out.length);
        KERNELS.log(x, n, out);
    }

    /**
     * The sine.
     *
     * @param x arguments, radians; fast up to 10⁵
     * @param n how many
     * @param out receives sin x
     */
    public static void sin(double[] x, int n, double[] out) {
        require(n, x.length, out.length);
        KERNELS.sin(x, n, out);
    }

    /**
     * The cosine.
     *
     * @param x arguments, radians; fast up to 10⁵
     * @param n how many
     * @param out receives cos x
     */
    public static void cos(double[] x, int n, double[] out) {
        require(n, x.length, out.length);
        KERNELS.cos(x, n, out);
    }

    /**
     * The exponential function of one number, the same bits as in a block.
     *
     * @param x argument
     * @return eˣ
     */
    public static double exp(double x) {
        return ScalarKernels.exp(x);
    }

    /**
     * The natural logarithm of one number, the same bits as in a block.
     *
     * @param x argument
     * @return ln x
     */
    public static double log(double x) {
        return ScalarKernels.log(x);
    }

    /**
     * The sine of one number, the same bits as in a block.
     *
     * @param x argument, radians
     * @return sin x
     */
    public static double sin(double x) {
        return ScalarKernels.turn(x, 0);
    }

    /**
     * The cosine of one number, the same bits as in a block.
     *
     * @param x argument, radians
     * @return cos x
     */
    public static double cos(double x) {
        return ScalarKernels.turn(x, 1);
    }

    /**
     * Whether all of some numbers are small enough.
     *
     * @param x numbers
     * @param n how many
     * @param bound the largest absolute value allowed, not negative
     * @return whether |x| ≤ bound for each, which it is not for NaN
     * @throws IllegalArgumentException if the bound is negative or NaN
     */
    public static boolean areWithin(double[] x, int n, double bound) {
        require(n, x.length, n);
        if (!(bound >= 0.0)) {
            throw new IllegalArgumentException("bound must not be negative, got " + bound);
        }
        return KERNELS.areWithin(x, n, Math.abs(bound));
    }

    /**
     * Whether each number of a row has the sign of its neighbour in another one.
     *
     * @param x numbers
     * @param y others
     * @param n how many
     * @return whether all products xy are positive, which those with a NaN or a zero are not
     */
    public static boolean haveSameSigns(double[] x, double[] y, int n) {
        require(n, x.length, y.length);
        return KERNELS.haveSameSigns(x, y, n);
    }

    /**
     * Pairs of independent standard normal numbers: the counter (first + p, counter) under the key (key0, key1) of
     * {@link Threefry} gives two words, their low 52 bits two uniforms u ∈ (0, 1] and v ∈ [0, 1), and these
     * √(−2 ln u)·(cos 2πv, sin 2πv) (Box and Muller 1958). The largest number possible is √(104 ln 2) ≈ 8.49.
     *
     * @param key0 first key word, the seed
     * @param key1 second key word, what the numbers are for
     * @param first counter of the first pair
     * @param n number of pairs
     * @param counter second counter word, the same for all
     * @param even receives the cosine parts
     * @param odd receives the sine parts; another array than {@code even}
     */
    public static void normals(long key0, long key1, long first, int n, long counter, double[] even, double[] odd) {
        require(n, even.length, odd.length);
        KERNELS.normals(key0, key1, first, n, counter, even, odd);
    }

    /**
     * Pairs of independent standard normal numbers as above, under any first counters rather than consecutive ones, and for
     * consecutive second ones: rows from + 2j and from + 2j + 1 receive the cosine and sine parts of counter + j.
     *
     * @param key0 first key word, the seed
     * @param key1 second key word, what the numbers are for
     * @param first first counter word of each place of a row; not modified
     * @param n number of places
     * @param counter second counter word of the first two rows
     * @param rows receives the numbers; all different arrays
     * @param from the first row that does
     * @param to the row after the last; to − from is even
     * @throws IllegalArgumentException if the rows are not pairs, or one of them or {@code first} is shorter than n
     */
    public static void normals(
            long key0, long key1, long[] first, int n, long counter, double[][] rows, int from, int to) {
        if (!(from >= 0 && to >= from && to <= rows.length && (to - from) % 2 == 0)) {
            throw new IllegalArgumentException(
                    "rows must be pairs of the " + rows.length + " there are, got those from " + from + " to " + to);
        }
        for (int row = from; row < to; row++) {
            require(n, first.length, rows[row].length);
        }
        KERNELS.normals(key0, key1, first, n, counter, rows, from, to);
    }

    private static void require(int n, int length, int otherLength) {
        if (!(n >= 0 && n <= length && n <= otherLength)) {
            throw new IllegalArgumentException(
                    "n must be from 0 to the lengths of the arrays, " + length + " and " + otherLength + ", got " + n);
        }
    }
}
