package org.langevin4j.models.network;

import org.langevin4j.core.linear.GramMatrix;

/**
 * What a {@link MeasuredDiffusion} is made of: a factor B with D = BBᵀ, d×m, of which either the columns are held or D itself. All is in units of
 * 2^exponent, so that squares of small and large entries are numbers.
 */
abstract class NoiseFactor {

    /** Entries between this and its inverse have squares, and squares of squares, with all their digits. */
    private static final double SMALL = 0x1p-100;

    /** Length of a column. */
    final int dimension;

    /** B times 2^−exponent is computed with: 0 but for entries whose squares would be no numbers or lose digits. */
    final int exponent;

    NoiseFactor(int dimension, int exponent) {
        this.dimension = dimension;
        this.exponent = exponent;
    }

    /** For entries of which the largest has the given size. */
    static int exponent(double largest) {
        return largest == 0.0 || (largest > SMALL && largest < 1.0 / SMALL) ? 0 : Math.getExponent(largest);
    }

    static void requireFinite(double[] row, int k, int d) {
        for (int i = 0; i < d; i++) {
            if (!(Math.abs(row[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("gradients must be finite, got [" + k + "][" + i + "] = " + row[i]);
            }
        }
    }

    /** The number m of columns. */
    abstract int noises();

    /** The trace, in units. */
    abstract double trace();

    /** The smaller of BᵀB, m×m, and D, d×d, in units. */
    abstract GramMatrix smaller();

    /** Whether that is BᵀB. */
    abstract boolean isGram();

    /** Σ vᵀDv over vectors v, one a row, in units. */
    abstract double squares(double[][] vectors);

    /** BU in units, for vectors in the space of noises: {@code vectors[k][j]} is entry k of vector j; one row of length d for each vector. */
    abstract void images(double[][] vectors, double[][] out);

    /** Bξ, in full. */
    abstract void times(double[] xi, double[] out);

    /** Bξ of several paths, in full; the same bits. */
    abstract void timesBlock(double[][] xi, int paths, double[][] out);

    /** Dv, in full. */
    abstract void productTimes(double[] v, double[] out);

    /** All entries of D, in full. */
    abstract double[][] matrix();

    /** √Σ(λ − c)² over all d eigenvalues, in units as c is. */
    double distanceFromMultiple(double c) {
        GramMatrix found = smaller();
        // Of BᵀB some eigenvalues are missing, which are zero.
        double missing = Math.sqrt(Math.max(0, dimension - found.order())) * c;
        return Math.hypot(found.distanceFromMultiple(c), missing);
    }

    /** tr(D₁D₂) in units of both, where at least one of the two holds columns. */
    abstract double innerProduct(NoiseFactor other);

    /** ‖D₁ − D₂‖/‖D₁‖. */
    static double relativeDistance(NoiseFactor one, NoiseFactor two) {
        int power = 2 * (two.exponent - one.exponent);
        double norm = one.distanceFromMultiple(0.0);
        if (!one.isGram() && !two.isGram()) {
            return difference(one.smaller(), two.smaller(), power) / norm;
        }
        double product = one.innerProduct(two);
        double other = Math.scalb(two.distanceFromMultiple(0.0), power) / norm;
        double cosine = Math.scalb(product, power) / norm / norm;
        return Math.sqrt(Math.max(0.0, 1.0 + other * other - 2.0 * cosine));
    }

    private static double difference(GramMatrix one, GramMatrix two, int power) {
        int d = one.order();
        double[] a = new double[d];
        double[] b = new double[d];
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            one.row(i, a);
            two.row(i, b);
            double square = 0.0;
            for (int j = i; j < d; j++) {
                double entry = a[j] - Math.scalb(b[j], power);
                square += (j == i ? 1.0 : 2.0) * entry * entry;
            }
            sum += square;
        }
        return Math.sqrt(sum);
    }
}
