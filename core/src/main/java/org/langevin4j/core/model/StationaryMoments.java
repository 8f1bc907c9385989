package org.langevin4j.core.model;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** Mean and covariance of a stationary law, known in closed form or to rounding. */
public final class StationaryMoments {

    private final double[] mean;
    private final RealMatrix covariance;

    private StationaryMoments(double[] mean, RealMatrix covariance) {
        this.mean = mean;
        this.covariance = covariance;
    }

    /**
     * The moments of a law in d dimensions.
     *
     * @param mean E[x], length d; copied
     * @param covariance E[xxᵀ] − E[x]E[x]ᵀ, d×d; copied
     * @return the moments
     * @throws IllegalArgumentException if the sizes do not match
     */
    public static StationaryMoments of(double[] mean, RealMatrix covariance) {
        int d = mean.length;
        if (covariance.getRowDimension() != d || covariance.getColumnDimension() != d) {
            throw new IllegalArgumentException("covariance must be " + d + "×" + d + " as the mean has length " + d
                    + ", got " + covariance.getRowDimension() + "×" + covariance.getColumnDimension());
        }
        return new StationaryMoments(mean.clone(), covariance.copy());
    }

    /**
     * The moments of a law with uncorrelated coordinates.
     *
     * @param mean E[x], length d; copied
     * @param variances diagonal of the covariance, length d
     * @return the moments
     */
    public static StationaryMoments uncorrelated(double[] mean, double... variances) {
        if (!(variances.length >= 1 && variances.length == mean.length)) {
            throw new IllegalArgumentException("mean and variances must have the same length, at least 1, got "
                    + mean.length + " and " + variances.length);
        }
        return of(mean, MatrixUtils.createRealDiagonalMatrix(variances));
    }

    /**
     * The mean.
     *
     * @return a new array of length d
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The covariance.
     *
     * @return a new d×d matrix
     */
    public RealMatrix covariance() {
        return covariance.copy();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StationaryMoments moments
                && Arrays.equals(mean, moments.mean)
                && covariance.equals(moments.covariance);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + covariance.hashCode();
    }

    @Override
    public String toString() {
        return mean.length > 8
                ? "mean and covariance of " + mean.length + " coordinates"
                : "mean " + Arrays.toString(mean) + ", covariance " + Arrays.deepToString(covariance.getData());
    }
}
