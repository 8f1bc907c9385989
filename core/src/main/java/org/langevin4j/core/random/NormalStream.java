package org.langevin4j.core.random;

import java.util.Objects;

/**
 * Independent standard normal numbers, one for each (path, step, component).
 *
 * <p>Two uniforms u ∈ (0, 1] and v ∈ [0, 1) of 52 bits become √(−2 ln u)·(cos 2πv, sin 2πv), components 2p and 2p+1. The
 * logarithm, sine and cosine are polynomials with an error below 3 units in the last place; the largest number possible
 * is √(104 ln 2) ≈ 8.49.
 */
public final class NormalStream {

    /** Bits of the counter word that hold the pair of components; the other 40 hold the step. */
    private static final int PAIR_BITS = 24;

    private static final long MAX_STEP = (1L << (64 - PAIR_BITS)) - 1;

    private static final long MANTISSA = 0x000F_FFFF_FFFF_FFFFL;
    private static final long ONE = 0x3FF0_0000_0000_0000L;

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
     */
    public void fill(long firstPath, int paths, long step, double[][] out) {
        int components = out.length;
        for (int k = 0; k + 1 < components; k += 2) {
            fillPair(firstPath, paths, counter(step, k >> 1), out[k], out[k + 1]);
        }
        if ((components & 1) != 0) {
            fillPair(firstPath, paths, counter(step, components >> 1), out[components - 1], new double[paths]);
        }
    }

    private static long counter(long step, int pair) {
        if (!(step >= 0 && step <= MAX_STEP)) {
            throw new IllegalArgumentException("step must be in [0, 2^40), got " + step);
        }
        if (!(pair >= 0 && pair < 1 << PAIR_BITS)) {
            throw new IllegalArgumentException("component must be in [0, 2^25), got pair " + pair);
        }
        return (step << PAIR_BITS) | pair;
    }

    private void fillPair(long firstPath, int paths, long counter, double[] even, double[] odd) {
        long[] words = new long[2];
        for (int p = 0; p < paths; p++) {
            words[0] = firstPath + p;
            words[1] = counter;
            Threefry.hash(seed.value(), Threefry.NORMALS, words);
            double u = 2.0 - Double.longBitsToDouble(ONE | (words[0] & MANTISSA));
            double v = Double.longBitsToDouble(ONE | (words[1] & MANTISSA)) - 1.0;
            double radius = Math.sqrt(-2.0 * logarithm(u));
            // Quarter turns: 4v = quadrant + t with t in [−½, ½], exactly.
            double turns = 4.0 * v;
            int quadrant = (int) (turns + 0.5);
            double t = turns - quadrant;
            double s = sine(t);
            double c = cosine(t);
            boolean swapped = (quadrant & 1) != 0;
            double cosine = swapped ? s : c;
            double sine = swapped ? c : s;
            even[p] = ((quadrant + 1) & 2) != 0 ? -(radius * cosine) : radius * cosine;
            odd[p] = (quadrant & 2) != 0 ? -(radius * sine) : radius * sine;
        }
    }

    /**
     * ln u for u ∈ [2⁻⁵², 1]: u = 2ᵉm with m ∈ [√½, √2), ln m = 2s + s³R(s²) with s = (m−1)/(m+1). R is the Chebyshev
     * interpolant of (2 artanh s − 2s)/s³ on the range of s², of relative error 5·10⁻¹⁸.
     */
    static double logarithm(double u) {
        long bits = Double.doubleToRawLongBits(u);
        // Adding 1 − √½ in the mantissa moves the exponent's border from 1 to √2.
        long shifted = bits + 0x0009_5F61_9980_C433L;
        long exponent = (shifted >> 52) - 1023;
        double m = Double.longBitsToDouble(bits - (exponent << 52));
        double f = m - 1.0;
        double s = f / (2.0 + f);
        double z = s * s;
        double r = Math.fma(z, 0.14616585424888623, 0.15331710618210773);
        r = Math.fma(z, r, 0.18182889455674947);
        r = Math.fma(z, r, 0.22222211130259878);
        r = Math.fma(z, r, 0.2857142862600327);
        r = Math.fma(z, r, 0.39999999999899444);
        r = Math.fma(z, r, 0.666666666666667);
        // f − s·(f − z·r) = 2s + s³r without the cancellation of 2s rounded.
        double lnM = f - s * (f - z * r);
        return Math.fma((double) exponent, 0.6931471805599453, lnM);
    }

    /** sin(πt/2) for |t| ≤ ½; Chebyshev interpolant in t², relative error 3·10⁻¹⁸. */
    static double sine(double t) {
        double z = t * t;
        double r = Math.fma(z, 5.633933781537854e-08, -3.59864335298231e-06);
        r = Math.fma(z, r, 0.0001604411507421909);
        r = Math.fma(z, r, -0.004681754132340976);
        r = Math.fma(z, r, 0.07969262624604301);
        r = Math.fma(z, r, -0.6459640975062443);
        r = Math.fma(z, r, 1.5707963267948966);
        return t * r;
    }

    /** cos(πt/2) for |t| ≤ ½; Chebyshev interpolant in t², error 3·10⁻²⁰. */
    static double cosine(double t) {
        double z = t * t;
        double r = Math.fma(z, -6.321256869628588e-09, 4.710609726757823e-07);
        r = Math.fma(z, r, -2.520203677046026e-05);
        r = Math.fma(z, r, 0.0009192602741831558);
        r = Math.fma(z, r, -0.02086348076331121);
        r = Math.fma(z, r, 0.2536695079010467);
        r = Math.fma(z, r, -1.2337005501361697);
        return Math.fma(z, r, 1.0);
    }
}
