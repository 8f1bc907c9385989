package org.langevin4j.solvers.domain;

import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * Decides whether a Brownian bridge with both ends inside has touched a flat boundary between them: yes if and only if
 * −ln U &gt; 2a₀a₁/s for a uniform U, with the ends' distances a₀ and a₁ and the variance s of the step along the normal.
 * The exponential number −ln U is half the square of a two-dimensional normal vector of a stream of its own.
 */
final class Bridge {

    /** "bridge" in ASCII: apart from the small numbers with which users derive seeds. */
    private static final long PART = 0x627269646765L << 16;

    /** No −ln U is larger: the normals' length is at most √(104 ln 2). */
    private static final double LARGEST = 52.0 * 0.6931471805599454;

    private final NormalStream normals;
    private final double[][] pair = new double[2][1];

    Bridge(Seed seed, int face) {
        this.normals = NormalStream.of(seed.derive(PART + face));
    }

    /**
     * Whether a look at the bridge is needed; if not it has not touched, whatever is drawn.
     *
     * @param exponent 2a₀a₁/s, not negative; +∞ where s = 0
     */
    static boolean mayTouch(double exponent) {
        return exponent <= LARGEST;
    }

    /**
     * Whether the bridge has touched.
     *
     * @param exponent 2a₀a₁/s, not negative; +∞ where s = 0
     */
    boolean touches(double exponent, long path, long step) {
        if (!mayTouch(exponent)) {
            return false;
        }
        normals.fill(path, 1, step, pair);
        return 0.5 * (pair[0][0] * pair[0][0] + pair[1][0] * pair[1][0]) > exponent;
    }
}
