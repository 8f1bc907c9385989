package org.langevin4j.core.linear;

import java.util.Objects;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * Stein's equation X = AXAᵀ + C for symmetric C, the discrete Lyapunov equation: X is the stationary covariance of the recursion
 * x′ = Ax + ξ with independent ξ of the covariance C. With all eigenvalues of A inside the unit circle X = Σₖ AᵏC(Aᵀ)ᵏ, summed here by doubling
 * the number of terms (Smith 1968, SIAM J. Appl. Math. 16, 198): X ← X + AXAᵀ, A ← A². Immutable and safe for use by several threads.
 */
public final class SteinEquation {

    /** The square of a power below it no longer changes a sum of doubles. */
    private static final double NEGLIGIBLE = 0x1p-28;

    /** Beyond, a power of a matrix with eigenvalues below 1 − 2⁻⁵³ has vanished, unless rounding keeps it up. */
    private static final int DOUBLINGS = 64;

    private final RealMatrix a;
    private final LinearAlgebra algebra;
    private final double spectralRadius;

    private SteinEquation(RealMatrix a, LinearAlgebra algebra, double spectralRadius) {
        this.a = a;
        this.algebra = algebra;
        this.spectralRadius = spectralRadius;
    }

    /**
     * The equation of a matrix.
     *
     * @param a A, d×d, finite, with all eigenvalues inside the unit circle
     * @param algebra who computes
     * @return the equation
     * @throws IllegalArgumentException if A is not square or not finite, or an eigenvalue is not inside
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    public static SteinEquation of(RealMatrix a, LinearAlgebra algebra) {
        Objects.requireNonNull(algebra, "algebra");
        RealMatrix copy = new Array2DRowRealMatrix(Rows.copy(Rows.finiteSquare("a", a)), false);
        double radius = 0.0;
        for (Complex value : algebra.eigenvalues(copy)) {
            radius = FastMath.max(radius, value.norm());
        }
        if (!(radius < 1.0)) {
            throw new IllegalArgumentException("the spectral radius of a must be below 1, got " + radius);
        }
        return new SteinEquation(copy, algebra, radius);
    }

    /**
     * The largest modulus of an eigenvalue of A; a disturbance decays by this factor a step.
     *
     * @return in [0, 1)
     */
    public double spectralRadius() {
        return spectralRadius;
    }

    /**
     * Solves X = AXAᵀ + C.
     *
     * @param c C, d×d, finite, symmetric to 10⁻¹² of its largest entry; what is not is averaged
     * @return X, symmetric to the last bit
     * @throws IllegalArgumentException if C is not what it must be
     * @throws ArithmeticException if the eigenvalues are so near the unit circle that rounding hides whether they are inside
     */
    public RealMatrix solve(RealMatrix c) {
        if (c.getRowDimension() != a.getRowDimension()) {
            throw new IllegalArgumentException(
                    "c must have the order of a, " + a.getRowDimension() + ", got " + c.getRowDimension());
        }
        RealMatrix x = new Array2DRowRealMatrix(Rows.copy(Rows.symmetric("c", c, Rows.ASYMMETRY)), false);
        RealMatrix power = a;
        for (int k = 0; k < DOUBLINGS; k++) {
            x = x.add(algebra.multiply(algebra.multiply(power, x), power.transpose()));
            // Rounding of the two products differs.
            x = x.add(x.transpose()).scalarMultiply(0.5);
            power = algebra.multiply(power, power);
            if (Vectors.norm(power) < NEGLIGIBLE) {
                return x;
            }
        }
        throw new ArithmeticException("powers of a do not vanish, its spectral radius is " + spectralRadius);
    }

    @Override
    public String toString() {
        return "Stein equation of order " + a.getRowDimension() + ", spectral radius " + spectralRadius;
    }
}
