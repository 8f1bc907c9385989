package org.langevin4j.core.sde;

import java.util.Arrays;

/**
 * How the coordinates of a state behave under the reversal of time: εᵢ = 1 for an even one, such as a position or a
 * charge, and εᵢ = −1 for an odd one, such as a velocity or a momentum (Risken 1989, §6.4). A film run backwards shows the
 * state εx.
 *
 * <p>A drift splits into the part that a reversal leaves as it is and the part that it does not,
 *
 * <pre>b(x) = b_rev(x) + b_irr(x),   b_rev(x) = ½(b(x) − ε b(εx)),   b_irr(x) = ½(b(x) + ε b(εx)),</pre>
 *
 * and what counts as irreversible, and so the entropy production, depends on ε. Parameters of the equation that would
 * have to be reversed too, such as a magnetic field, are not: here b is the same forwards and backwards. Immutable.
 */
public final class Parity {

    /** Degrees of freedom of which a state is an array. */
    private static final int MOST = 1 << 29;

    private final boolean[] odd;

    private Parity(boolean[] odd) {
        this.odd = odd;
        if (!(odd.length > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + odd.length);
        }
    }

    /**
     * The parity given by its signs.
     *
     * @param signs εᵢ, each 1 or −1
     * @return the parity
     * @throws IllegalArgumentException if there are none or one is something else
     */
    public static Parity of(int... signs) {
        boolean[] odd = new boolean[signs.length];
        for (int i = 0; i < signs.length; i++) {
            if (!(signs[i] == 1 || signs[i] == -1)) {
                throw new IllegalArgumentException("signs must be 1 or -1, got " + signs[i] + " at " + i);
            }
            odd[i] = signs[i] < 0;
        }
        return new Parity(odd);
    }

    /**
     * All coordinates even, as in an overdamped system.
     *
     * @param dimension d ≥ 1
     * @return ε = (1, …, 1)
     * @throws IllegalArgumentException if d is below 1 or above 2³⁰
     */
    public static Parity even(int dimension) {
        if (!(dimension <= 2 * MOST)) {
            throw new IllegalArgumentException("dimension must be from 1 to " + 2 * MOST + ", got " + dimension);
        }
        return new Parity(new boolean[Math.max(0, dimension)]);
    }

    /**
     * Positions before as many momenta, x = (q, p).
     *
     * @param degreesOfFreedom n ≥ 1
     * @return ε = (1, …, 1, −1, …, −1) of dimension 2n
     * @throws IllegalArgumentException if n is below 1 or above 2²⁹
     */
    public static Parity ofPhaseSpace(int degreesOfFreedom) {
        if (!(degreesOfFreedom >= 1 && degreesOfFreedom <= MOST)) {
            throw new IllegalArgumentException(
                    "degreesOfFreedom must be from 1 to " + MOST + ", got " + degreesOfFreedom);
        }
        boolean[] odd = new boolean[2 * degreesOfFreedom];
        Arrays.fill(odd, odd.length / 2, odd.length, true);
        return new Parity(odd);
    }

    /**
     * The dimension of the state.
     *
     * @return d
     */
    public int dimension() {
        return odd.length;
    }

    /**
     * Whether a coordinate changes its sign when time is reversed.
     *
     * @param i coordinate
     * @return whether εᵢ = −1
     */
    public boolean isOdd(int i) {
        return odd[i];
    }

    /**
     * Whether no coordinate is odd.
     *
     * @return whether ε = (1, …, 1)
     */
    public boolean isEven() {
        for (boolean one : odd) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    /**
     * The sign of a coordinate.
     *
     * @param i coordinate
     * @return εᵢ, 1.0 or −1.0
     */
    public double sign(int i) {
        return odd[i] ? -1.0 : 1.0;
    }

    /**
     * The state seen backwards.
     *
     * @param x state, length d
     * @param out receives εx; may be x itself
     */
    public void reverse(double[] x, double[] out) {
        for (int i = 0; i < odd.length; i++) {
            out[i] = odd[i] ? -x[i] : x[i];
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parity parity && Arrays.equals(odd, parity.odd);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(odd);
    }

    /** Such as {@code ++--}, one sign a coordinate. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (boolean one : odd) {
            text.append(one ? '-' : '+');
        }
        return text.toString();
    }
}
