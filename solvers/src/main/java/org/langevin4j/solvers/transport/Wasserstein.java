package org.langevin4j.solvers.transport;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.SingularVectors;
import org.langevin4j.core.linear.Vectors;

/** The Wasserstein distance W₂ where it is known in closed form: in one dimension, and between Gaussians. */
public final class Wasserstein {

    /** Relative size of what counts as rounding in a covariance. */
    private static final double ROUNDING = 1e-12;

    private Wasserstein() {}

    /**
     * The distance of two densities in one dimension, W₂² = ∫₀¹ (Q₁(u) − Q₂(u))² du with the quantile functions Qᵢ. Densities
     * are constant in each cell, so that the quantile functions are piecewise linear; the integral is exact. Linear time.
     *
     * @param first a density on a grid of one axis; divided by its mass
     * @param second another, on the same or any other axis; divided by its mass
     * @return W₂, in the unit of x
     * @throws IllegalArgumentException if a grid has more than one axis or a density no mass
     */
    public static double distance(Density first, Density second) {
        Quantiles a = new Quantiles(first);
        Quantiles b = new Quantiles(second);
        double sum = 0.0;
        while (a.hasMass() && b.hasMass()) {
            double mass = Math.min(a.remaining, b.remaining);
            double before = a.position() - b.position();
            a.advance(mass);
            b.advance(mass);
            double after = a.position() - b.position();
            sum += mass * (before * before + before * after + after * after) / 3.0;
            a.turn();
            b.turn();
        }
        return Math.sqrt(sum);
    }

    /** Walks along a quantile function, from cell to cell of positive mass. */
    private static final class Quantiles {

        private final Axis axis;
        private final double[] masses;
        private int cell = -1;

        /** Mass of the cell above the position. */
        private double remaining;

        Quantiles(Density density) {
            if (density.grid().dimension() != 1) {
                throw new IllegalArgumentException("density must have 1 axis for the exact distance, got "
                        + density.grid().dimension() + "; Sinkhorn takes any number");
            }
            axis = density.grid().axis(0);
            masses = density.normalized().probabilities();
            turn();
        }

        boolean hasMass() {
            return cell < masses.length;
        }

        double position() {
            return axis.edge(cell + 1) - axis.width(cell) * (remaining / masses[cell]);
        }

        void advance(double mass) {
            remaining -= mass;
        }

        /** Goes on to the next cell with mass if this one is used up. */
        void turn() {
            while (!(remaining > 0.0) && hasMass()) {
                cell++;
                remaining = hasMass() ? masses[cell] : 0.0;
            }
        }
    }

    /**
     * The distance of two Gaussians in any dimension,
     *
     * <pre>
     * W₂² = |m₁ − m₂|² + tr(C₁ + C₂ − 2(C₁^½ C₂ C₁^½)^½)      (Dowson and Landau 1982; Bures)
     *     = |m₁ − m₂|² + min over orthogonal R of ‖C₁^½ − C₂^½R‖²,
     * </pre>
     *
     * <p>computed in the second form, which has no cancellation: R = UVᵀ from C₂^½C₁^½ = UΣVᵀ.
     *
     * @param firstMean m₁, length d
     * @param firstCovariance C₁, d×d, symmetric, positive semi-definite
     * @param secondMean m₂, length d
     * @param secondCovariance C₂, d×d, symmetric, positive semi-definite
     * @return W₂
     * @throws IllegalArgumentException if sizes differ or a covariance is not symmetric or not positive semi-definite
     */
    public static double betweenGaussians(
            double[] firstMean, RealMatrix firstCovariance, double[] secondMean, RealMatrix secondCovariance) {
        int d = firstMean.length;
        if (secondMean.length != d) {
            throw new IllegalArgumentException(
                    "means must have the same length, got " + d + " and " + secondMean.length);
        }
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            sum += (firstMean[i] - secondMean[i]) * (firstMean[i] - secondMean[i]);
        }
        RealMatrix first = root(firstCovariance, d);
        RealMatrix second = root(secondCovariance, d);
        RealMatrix rotated =
                second.multiply(SingularVectors.of(second.multiply(first)).rotation());
        double apart = Vectors.norm(first.subtract(rotated));
        return Math.sqrt(sum + apart * apart);
    }

    /** C^½. */
    private static RealMatrix root(RealMatrix covariance, int d) {
        if (covariance.getRowDimension() != d || covariance.getColumnDimension() != d) {
            throw new IllegalArgumentException("covariance must be " + d + "×" + d + ", got "
                    + covariance.getRowDimension() + "×" + covariance.getColumnDimension());
        }
        double scale = Vectors.norm(covariance);
        double asymmetry = Vectors.norm(covariance.subtract(covariance.transpose()));
        if (!(scale <= Double.MAX_VALUE && asymmetry <= ROUNDING * scale)) {
            throw new IllegalArgumentException("covariance must be finite and symmetric, got " + covariance);
        }
        if (scale == 0.0) {
            return MatrixUtils.createRealMatrix(d, d);
        }
        Eigenpairs eigen = LinearAlgebra.forOrder(d)
                .symmetricEigen(covariance.add(covariance.transpose()).scalarMultiply(0.5));
        RealMatrix vectors = eigen.vectors();
        RealMatrix scaled = vectors.copy();
        for (int k = 0; k < d; k++) {
            double value = eigen.value(k);
            if (!(value >= -ROUNDING * scale)) {
                throw new IllegalArgumentException(
                        "covariance must be positive semi-definite, got the eigenvalue " + value);
            }
            // Rounding of a zero would be enlarged by the root.
            double root = value > d * Math.ulp(scale) ? Math.sqrt(value) : 0.0;
            for (int i = 0; i < d; i++) {
                scaled.multiplyEntry(i, k, root);
            }
        }
        return scaled.multiplyTransposed(vectors);
    }
}
