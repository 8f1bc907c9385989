package org.langevin4j.solvers.ensemble;

import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/** What stands for a function that has no name that outlives a process: its values at many states, hashed. */
final class Fingerprint {

    /** States at which a function is compared, and numbers of them that this may cost at most. */
    private static final int PROBES = 32;

    static final int MOST_NUMBERS = 1 << 20;

    private Fingerprint() {}

    /** The values of a function at fixed states, hashed. */
    static String of(VectorField function, int dimension, int count) {
        return of(function, dimension, count, (path, out) -> {});
    }

    /** The same around the start of path 0. */
    static String of(VectorField function, int dimension, int count, Start start) {
        if (!(dimension >= 1 && count >= 0)) {
            throw new IllegalArgumentException(
                    "dimension must be at least 1 and the number of values not negative, got " + dimension + " and "
                            + count);
        }
        Memory.require("a state of dimension " + dimension, 8.0 * dimension + 8.0 * count, "smaller ones need less");
        double[] x = new double[dimension];
        double[] value = new double[count];
        NormalStream normals = NormalStream.of(Seed.of(0));
        long hash = 17;
        int probes = Math.max(4, Math.min(PROBES, MOST_NUMBERS / dimension));
        for (int k = 0; k < probes; k++) {
            start.at(0, x);
            // From close by to some units away.
            double scale = 1e-3 * Math.pow(10.0, (k % 8) * 0.5);
            for (int i = 0; i < dimension; i++) {
                x[i] += scale * normals.at(k, 0, i) * Math.max(1.0, Math.abs(x[i]));
            }
            try {
                function.at(x, value);
            } catch (RuntimeException outside) {
                hash = mixed(hash, 1);
                continue;
            }
            for (double v : value) {
                hash = mixed(hash, Double.doubleToLongBits(v));
            }
        }
        return Long.toHexString(hash);
    }

    /** A step of Sebastiano Vigna's SplitMix64. */
    static long mixed(long hash, long value) {
        long z = (hash ^ value) + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
