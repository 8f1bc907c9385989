package org.langevin4j.core.decomposition;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.LyapunovEquation.Symmetry;
import org.langevin4j.core.sde.Temperature;

/**
 * Integrated currents of a linear system dx = −Fx dt + √(2β⁻¹D) dW in its stationary state, and what they say of entropy production: for any matrix M the
 * current J(t) = ∫ (Mx)·∘dx, an area for an antisymmetric M, has for long times the mean ⟨J⟩ = rt and the variance vt,
 *
 * <pre>
 * r = β⁻¹ tr(MD) − tr(MᵀFΣ),   v = 2β⁻¹ tr(D(M + 2K)Σ(M + 2K)ᵀ),   FᵀK + KF = −½(MᵀF + FᵀM),
 * σ ≥ 2r²/v   (thermodynamic uncertainty relation; Barato and Seifert 2015, Phys. Rev. Lett. 114, 158101; Gingrich et al. 2016)
 * </pre>
 *
 * <p>for the rate σ of entropy production: the Itô integral of J less that of d(xᵀKx) is a martingale. Coordinates must be even under the reversal of
 * time. Immutable and safe for use by several threads.
 */
public final class LinearCurrents {

    /** Powers of two in between need no other units. */
    private static final int UNSCALED = 200;

    private final LinearAlgebra algebra;
    private final RealMatrix f;
    private final RealMatrix d;
    private final RealMatrix covariance;
    private final double temperature;
    private final LyapunovEquation equation;

    private LinearCurrents(LinearDecomposition decomposition, RealMatrix covariance, double temperature) {
        this.algebra = LinearAlgebra.forOrder(decomposition.dimension());
        this.f = decomposition.driftMatrix();
        this.d = decomposition.diffusionMatrix();
        this.covariance = covariance;
        this.temperature = temperature;
        this.equation = LyapunovEquation.of(f.transpose(), algebra);
    }

    /**
     * The currents of a system.
     *
     * @param decomposition F and D
     * @param temperature β⁻¹
     * @return its currents
     * @throws IllegalArgumentException if F is not stable, so that there is no stationary state
     */
    public static LinearCurrents of(LinearDecomposition decomposition, Temperature temperature) {
        RealMatrix covariance = decomposition
                .stationaryCovariance(temperature)
                .orElseThrow(() -> new IllegalArgumentException("F must be stable: " + decomposition.stability()));
        return new LinearCurrents(decomposition, covariance, temperature.value());
    }

    /**
     * A current.
     *
     * @param rate r, of its mean
     * @param varianceRate v, of its variance
     */
    public record Current(double rate, double varianceRate) {

        /**
         * What the current says of the rate of entropy production.
         *
         * @return 2r²/v ≤ σ, nats per unit of time; 0 of a current that vanishes, NaN if r and v are beyond the doubles
         */
        public double entropyBound() {
            if (rate == 0.0) {
                return 0.0;
            }
            double square = 2.0 * rate * rate;
            boolean isNumber = square >= Double.MIN_NORMAL && square <= Double.MAX_VALUE;
            return isNumber ? square / varianceRate : 2.0 * rate * (rate / varianceRate);
        }
    }

    /**
     * The current of a matrix.
     *
     * @param m M, d×d, finite; J = ∫ Σᵢⱼ Mᵢⱼ xⱼ ∘ dxᵢ
     * @return rates of mean and variance, infinite or zero where their size is beyond the doubles
     * @throws IllegalArgumentException if M is not finite or has another shape
     */
    public Current current(RealMatrix m) {
        int n = f.getRowDimension();
        if (m.getRowDimension() != n || m.getColumnDimension() != n) {
            throw new IllegalArgumentException(
                    "m must be " + n + "×" + n + ", got " + m.getRowDimension() + "×" + m.getColumnDimension());
        }
        double largest = 0.0;
        for (double[] row : m.getData()) {
            for (double entry : row) {
                if (!(Math.abs(entry) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("m must be finite, got an entry " + entry);
                }
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        int exponent = Math.getExponent(largest);
        if (largest == 0.0 || Math.abs(exponent) <= UNSCALED) {
            return ofUsualSize(m);
        }
        // Squares of M would overflow or vanish.
        Current current = ofUsualSize(m.scalarMultiply(Math.scalb(1.0, -exponent)));
        return new Current(Math.scalb(current.rate(), exponent), Math.scalb(current.varianceRate(), 2 * exponent));
    }

    private Current ofUsualSize(RealMatrix m) {
        RealMatrix mtf = algebra.multiply(m.transpose(), f);
        RealMatrix k = equation.solve(mtf.add(mtf.transpose()).scalarMultiply(-0.5), Symmetry.SYMMETRIC);
        RealMatrix martingale = m.add(k.scalarMultiply(2.0));
        double rate = temperature * trace(m, d) - trace(mtf, covariance);
        RealMatrix spread = algebra.multiply(algebra.multiply(martingale, covariance), martingale.transpose());
        return new Current(rate, 2.0 * temperature * trace(d, spread));
    }

    /**
     * The area that is swept in a plane, J = ½∫ (y₁∘dy₂ − y₂∘dy₁) with y₁ = p·x, y₂ = q·x.
     *
     * @param p length d
     * @param q length d
     * @return rates of mean and variance
     * @throws IllegalArgumentException if a vector has another length, or areas are beyond the doubles
     */
    public Current area(double[] p, double[] q) {
        int n = f.getRowDimension();
        if (p.length != n || q.length != n) {
            throw new IllegalArgumentException(
                    "p and q must have length " + n + ", got " + p.length + " and " + q.length);
        }
        double[][] m = new double[p.length][p.length];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < p.length; j++) {
                m[i][j] = 0.5 * (q[i] * p[j] - p[i] * q[j]);
            }
        }
        return current(new Array2DRowRealMatrix(m, false));
    }

    /** tr(AB). */
    private static double trace(RealMatrix a, RealMatrix b) {
        double sum = 0.0;
        for (int i = 0; i < a.getRowDimension(); i++) {
            for (int j = 0; j < a.getColumnDimension(); j++) {
                sum += a.getEntry(i, j) * b.getEntry(j, i);
            }
        }
        return sum;
    }

    @Override
    public String toString() {
        return "integrated currents of a linear system of order " + f.getRowDimension() + " at β⁻¹ = " + temperature;
    }
}
