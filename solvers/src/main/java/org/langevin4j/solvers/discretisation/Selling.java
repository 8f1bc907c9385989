package org.langevin4j.solvers.discretisation;

/**
 * Selling's decomposition of a positive semi-definite matrix, M = Σₖ λₖ eₖeₖᵀ with integer offsets eₖ and λₖ ≥ 0, in up
 * to three dimensions (Selling 1874; Conway and Sloane 1992; for finite differences Bonnans and Zidani 2003, Fehrenbach
 * and Mirebeau 2014).
 *
 * <p>A superbase b₀ + … + b_d = 0 of the integer lattice is flipped until all bᵢ·Mbⱼ ≤ 0, i ≠ j; then λ = −bᵢ·Mbⱼ belongs
 * to the offset that is orthogonal to all other vectors of the superbase. The offsets are at most about √κ long, κ the
 * ratio of the eigenvalues. A singular M whose kernel has no rational direction has no such decomposition, and a nearly
 * singular one has offsets longer than a grid: where an offset is longer than the reach, or so long that rounding shows,
 * M is thickened to M + δ·I with the smallest δ of a geometric sequence for which they fit. A diagonal M needs no flip, in any dimension.
 *
 * <p>Mutable: one object a thread. After {@link #decompose} the fields hold the result.
 */
final class Selling {

    /** Largest error of the sum, relative to the trace. */
    private static final double TOLERANCE = 1e-10;

    private static final int MAX_FLIPS = 5000;
    private static final double FIRST_THICKNESS = 1e-6;
    private static final double THICKNESS_RATIO = 2.0;

    private final int d;
    private final int[] reach;
    private final double[] thick;
    private final int[][] base;

    /** Number of offsets with a positive weight. */
    int count;

    /** {@code offsets[k*d + i]}. */
    final int[] offsets;

    /** λₖ > 0. */
    final double[] weights;

    /** δ, 0 unless the matrix had to be thickened. */
    double thickness;

    /**
     * @param d the dimension
     * @param reach the longest offset allowed, one number an axis
     */
    Selling(int d, int[] reach) {
        this.d = d;
        this.reach = reach.clone();
        this.thick = new double[d * d];
        this.base = new int[d + 1][d];
        int most = d * (d + 1) / 2;
        this.offsets = new int[most * d];
        this.weights = new double[most];
    }

    /**
     * Decomposes M + {@link #thickness}·I.
     *
     * @param m M, symmetric and positive semi-definite, row-major; diagonal if d > 3
     */
    void decompose(double[] m) {
        thickness = 0.0;
        if (isDiagonal(m)) {
            count = 0;
            for (int i = 0; i < d; i++) {
                if (m[i * d + i] > 0.0) {
                    add(m[i * d + i]);
                    offsets[(count - 1) * d + i] = 1;
                }
            }
            return;
        }
        double trace = 0.0;
        for (int i = 0; i < d; i++) {
            trace += m[i * d + i];
        }
        System.arraycopy(m, 0, thick, 0, m.length);
        for (double delta = FIRST_THICKNESS * trace; !reduce(); delta *= THICKNESS_RATIO) {
            thickness = delta;
            for (int i = 0; i < d; i++) {
                thick[i * d + i] = m[i * d + i] + delta;
            }
        }
    }

    private boolean isDiagonal(double[] m) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < i; j++) {
                if (m[i * d + j] != 0.0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Decomposes the thickened matrix; false if an offset does not fit. */
    private boolean reduce() {
        for (int i = 0; i < d; i++) {
            base[d][i] = -1;
            for (int k = 0; k < d; k++) {
                base[k][i] = k == i ? 1 : 0;
            }
        }
        for (int flips = 0; flip(); flips++) {
            if (flips == MAX_FLIPS) {
                return false;
            }
        }
        count = 0;
        for (int i = 0; i <= d; i++) {
            for (int j = 0; j < i; j++) {
                double weight = -product(base[i], base[j]);
                if (weight > 0.0) {
                    add(weight);
                    orthogonal(i, j);
                    for (int a = 0; a < d; a++) {
                        if (Math.abs(offsets[(count - 1) * d + a]) > reach[a]) {
                            return false;
                        }
                    }
                }
            }
        }
        return isAccurate();
    }

    /** Whether the sum is the matrix up to rounding; offsets of 10⁴ cells and more lose too many digits. */
    private boolean isAccurate() {
        double largest = 0.0;
        double trace = 0.0;
        for (int i = 0; i < d; i++) {
            trace += thick[i * d + i];
            for (int j = 0; j < d; j++) {
                double error = -thick[i * d + j];
                for (int k = 0; k < count; k++) {
                    error += weights[k] * offsets[k * d + i] * offsets[k * d + j];
                }
                largest = Math.max(largest, Math.abs(error));
            }
        }
        return largest <= TOLERANCE * trace;
    }

    private void add(double weight) {
        weights[count] = weight;
        for (int a = 0; a < d; a++) {
            offsets[count * d + a] = 0;
        }
        count++;
    }

    /** Flips the pair with the largest positive product, which lessens Σ bᵢ·Mbᵢ most; false if there is none. */
    private boolean flip() {
        int first = -1;
        int second = -1;
        double largest = 0.0;
        for (int i = 0; i <= d; i++) {
            for (int j = 0; j < i; j++) {
                double product = product(base[i], base[j]);
                if (product > largest && product > rounding(base[i], base[j])) {
                    largest = product;
                    first = i;
                    second = j;
                }
            }
        }
        if (first < 0) {
            return false;
        }
        // Every third vector takes up b of the pair; in two dimensions the only one takes it up twice.
        int times = d == 2 ? 2 : 1;
        for (int k = 0; k <= d; k++) {
            if (k != first && k != second) {
                for (int a = 0; a < d; a++) {
                    base[k][a] += times * base[first][a];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            base[first][a] = -base[first][a];
        }
        return true;
    }

    /** Rounding must not flip back and forth for ever. */
    private double rounding(int[] u, int[] v) {
        return 1e-15 * Math.sqrt(product(u, u) * product(v, v));
    }

    private double product(int[] u, int[] v) {
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                sum += u[i] * thick[i * d + j] * v[j];
            }
        }
        return sum;
    }

    /** Writes the last offset: orthogonal to the vectors of the superbase other than the two given. */
    private void orthogonal(int i, int j) {
        int at = (count - 1) * d;
        if (d == 2) {
            int[] b = base[3 - i - j];
            offsets[at] = -b[1];
            offsets[at + 1] = b[0];
            return;
        }
        int k = 0;
        while (k == i || k == j) {
            k++;
        }
        int[] b = base[k];
        int[] c = base[6 - i - j - k];
        offsets[at] = b[1] * c[2] - b[2] * c[1];
        offsets[at + 1] = b[2] * c[0] - b[0] * c[2];
        offsets[at + 2] = b[0] * c[1] - b[1] * c[0];
    }
}
