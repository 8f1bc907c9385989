package org.langevin4j.core.linear;

import java.util.Arrays;
import java.util.Objects;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * The Lyapunov equation AX + XAᵀ = C for symmetric or antisymmetric C, where X is of the same kind, by the method of
 * Bartels and Stewart (1972): with A = ZTZᵀ it is TY + YTᵀ = ZᵀCZ, X = ZYZᵀ, solved here by recursive halving of T
 * (Jonsson and Kågström 2002), so that nearly all work is in products of matrices. If A is exactly symmetric T = Λ is
 * diagonal and Yᵢⱼ = (ZᵀCZ)ᵢⱼ/(λᵢ + λⱼ).
 *
 * <p>Let λ be the eigenvalues of A. There is one antisymmetric X for every antisymmetric C if and only if λᵢ + λⱼ ≠ 0
 * for all i &lt; j; for symmetric matrices also 2λᵢ ≠ 0. Immutable and safe for use by several threads.
 */
public final class LyapunovEquation {

    /** The two kinds of C and X. */
    public enum Symmetry {
        /** Xᵀ = X. */
        SYMMETRIC(1.0),
        /** Xᵀ = −X. */
        ANTISYMMETRIC(-1.0);

        private final double sign;

        Symmetry(double sign) {
            this.sign = sign;
        }
    }

    private final LinearAlgebra algebra;
    /** The Schur form is that of 2^exponent·A, of which the largest entry is near 1. */
    private final int exponent;

    private final RealSchur schur;
    private final QuasiTriangular triangular;

    private LyapunovEquation(LinearAlgebra algebra, RealSchur schur, int exponent) {
        this.algebra = algebra;
        this.exponent = exponent;
        this.schur = schur;
        this.triangular = new QuasiTriangular(schur.form().getData(), algebra);
    }

    /**
     * The equation of a matrix, which takes its Schur form.
     *
     * @param a A, d×d, finite
     * @param algebra who computes
     * @return the equation
     * @throws IllegalArgumentException if A is not square or not finite
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    public static LyapunovEquation of(RealMatrix a, LinearAlgebra algebra) {
        Objects.requireNonNull(algebra, "algebra");
        double[][] rows = Rows.finiteSquare("a", a);
        int exponent = -Scale.exponent(rows);
        return new LyapunovEquation(algebra, algebra.schur(Scale.by(rows, exponent)), exponent);
    }

    /**
     * The eigenvalues of A.
     *
     * @return length d, by falling real part; of a pair of complex ones that with the positive imaginary part first
     */
    public Complex[] eigenvalues() {
        return Arrays.stream(schur.eigenvalues())
                .map(z -> new Complex(
                        FastMath.scalb(z.getReal(), -exponent), FastMath.scalb(z.getImaginary(), -exponent)))
                .toArray(Complex[]::new);
    }

    /**
     * Solves AX + XAᵀ = C.
     *
     * @param c C, d×d, of the given symmetry; what is not is taken away
     * @param symmetry of C and X
     * @return X, of that symmetry to the last bit; huge or not finite if the equation is singular
     */
    public RealMatrix solve(RealMatrix c, Symmetry symmetry) {
        RealMatrix z = schur.vectors();
        RealMatrix zt = z.transpose();
        double[][] rows = Rows.of(c);
        int ofC = -Scale.exponent(rows);
        double[][] y = partOf(algebra.multiply(zt, algebra.multiply(Scale.by(rows, ofC), z)), symmetry);
        triangular.solve(y, symmetry.sign);
        RealMatrix x = algebra.multiply(z, algebra.multiply(new Array2DRowRealMatrix(y, false), zt));
        return Scale.by(partOf(x, symmetry), exponent - ofC);
    }

    private static double[][] partOf(RealMatrix matrix, Symmetry symmetry) {
        double[][] rows = matrix.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j <= i; j++) {
                double part = 0.5 * (rows[i][j] + symmetry.sign * rows[j][i]);
                rows[i][j] = part;
                rows[j][i] = symmetry.sign * part;
            }
        }
        return rows;
    }

    /**
     * The condition of the equation for antisymmetric matrices: an estimate of ‖L‖₁‖L⁻¹‖₁ for the operator L of
     * Y ↦ TY + YTᵀ on the d(d − 1)/2 entries above the diagonal. ‖L‖₁ is bounded by 2‖T‖₁; ‖L⁻¹‖₁ is estimated from below
     * by Hager's method as Higham (1988) improved it, with some six triangular solutions, and is exact for a symmetric
     * A. A solution has about this many units of 10⁻¹⁶ as relative error.
     *
     * @return the estimate, at least 1; infinite if the equation is singular
     */
    public double antisymmetricCondition() {
        double inverse = triangular.inverseNorm();
        return Double.isNaN(inverse)
                ? Double.POSITIVE_INFINITY
                : FastMath.max(1.0, 2.0 * schur.form().getNorm1() * inverse);
    }

    @Override
    public String toString() {
        return "Lyapunov equation of order " + schur.form().getRowDimension();
    }
}
