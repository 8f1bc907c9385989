package org.langevin4j.core.random;

import java.security.SecureRandom;
import org.langevin4j.core.block.Threefry;

/**
 * The seed of an experiment. Equal seeds give equal results, to the last bit.
 *
 * @param value any 64 bits
 */
public record Seed(long value) {

    /** Second key word: keeps derived seeds and noise apart. */
    private static final long DERIVED = 1L;

    /**
     * The given seed.
     *
     * @param value any 64 bits
     * @return the seed
     */
    public static Seed of(long value) {
        return new Seed(value);
    }

    /**
     * A seed from the system's entropy, to be reported with the result.
     *
     * @return a seed that differs from call to call; not negative, so that it is easy to type again
     */
    public static Seed fresh() {
        return new Seed(new SecureRandom().nextLong() >>> 1);
    }

    /**
     * A seed for another part of the same experiment, statistically independent of this one.
     *
     * @param part which part; equal numbers give equal seeds
     * @return the derived seed
     */
    public Seed derive(long part) {
        long[] words = {part, 0L};
        Threefry.hash(value, DERIVED, words);
        return new Seed(words[0]);
    }
}
