package org.langevin4j.core.random;

import java.util.Objects;
import org.langevin4j.core.block.Threefry;

/**
 * Independent numbers uniform in (0, 1), one for each (path, step, component): the upper 52 bits of a word of {@link
 * Threefry}, each taken at the middle of its cell. They are independent of the normals of the same seed.
 */
public final class UniformStream {

    /** Bits of the counter word that hold the component; the other 40 hold the step. */
    private static final int COMPONENT_BITS = 24;

    /** Second key word: keeps these numbers apart from derived seeds and normals. */
    private static final long UNIFORMS = 3L;

    private static final double CELL = 0x1p-52;

    private final Seed seed;

    private UniformStream(Seed seed) {
        this.seed = seed;
    }

    /**
     * The stream of a seed.
     *
     * @param seed the seed
     * @return the stream; immutable, safe for any number of threads
     */
    public static UniformStream of(Seed seed) {
        return new UniformStream(Objects.requireNonNull(seed, "seed"));
    }

    /**
     * One number.
     *
     * @param path index of the path
     * @param step index of the step, 0 ≤ step &lt; 2⁴⁰
     * @param component which number of the step, 0 ≤ component &lt; 2²⁴
     * @return u ∈ (0, 1), a function of the arguments and the seed alone
     */
    public double at(long path, long step, int component) {
        if (!(step >= 0 && step < 1L << (64 - COMPONENT_BITS))) {
            throw new IllegalArgumentException("step must be in [0, 2^40), got " + step);
        }
        if (!(component >= 0 && component < 1 << COMPONENT_BITS)) {
            throw new IllegalArgumentException("component must be in [0, 2^24), got " + component);
        }
        long[] words = {path, (step << COMPONENT_BITS) | component};
        Threefry.hash(seed.value(), UNIFORMS, words);
        return ((words[0] >>> 12) + 0.5) * CELL;
    }

    @Override
    public String toString() {
        return "uniform numbers of " + seed;
    }
}
