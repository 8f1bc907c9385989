package org.langevin4j.core.decomposition;

import java.util.Arrays;

/**
 * How many eigenvalues lie to each side of zero: of a symmetric matrix the eigenvalues themselves, of another their real
 * parts.
 *
 * @param positive how many are positive
 * @param negative how many are negative
 * @param zero how many are zero to rounding
 */
public record Inertia(int positive, int negative, int zero) {

    static Inertia of(double[] values, double rounding) {
        int positive = (int) Arrays.stream(values).filter(v -> v > rounding).count();
        int negative = (int) Arrays.stream(values).filter(v -> v < -rounding).count();
        return new Inertia(positive, negative, values.length - positive - negative);
    }
}
