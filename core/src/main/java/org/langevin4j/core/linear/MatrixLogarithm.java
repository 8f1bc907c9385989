package org.langevin4j.core.linear;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The principal logarithm of a real matrix, whose eigenvalues have imaginary parts in (−π, π): square roots by the iteration of
 * Denman and Beavers (1976) until the matrix is near I, then log(I + E) = ∫₀¹ E(I + tE)⁻¹ dt by Gauss's rule, which is a Padé
 * approximant (Dieci, Morini and Papini 1996; Higham 2008, Functions of Matrices, chapter 11). For small matrices.
 */
public final class MatrixLogarithm {

    /** ‖A − I‖ at which eight nodes give all digits. */
    private static final double NEAR = 0.25;

    private static final int ROOTS = 100;
    private static final int ITERATIONS = 60;
    private static final double CONVERGED = 1e-14;

    /** Of Gauss's rule of eight points on [−1, 1], the positive half. */
    private static final double[] NODES = {
        0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363
    };

    private static final double[] WEIGHTS = {
        0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763
    };

    private MatrixLogarithm() {}

    /**
     * log A.
     *
     * @param a A, n×n, finite
     * @return the principal logarithm
     * @throws ArithmeticException if an eigenvalue is zero or negative, so that there is no principal logarithm
     */
    public static RealMatrix of(RealMatrix a) {
        for (Complex value : LinearAlgebra.pureJava().eigenvalues(a)) {
            if (!(value.norm() > 0.0
                    && (value.getReal() > 0.0 || Math.abs(value.getImaginary()) > 1e-12 * value.norm()))) {
                throw new ArithmeticException("a matrix with the eigenvalue " + value.getReal()
                        + " has no real logarithm that is its principal one");
            }
        }
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(a.getRowDimension());
        RealMatrix root = a;
        int roots = 0;
        while (!(root.subtract(one).getNorm1() <= NEAR)) {
            if (roots++ == ROOTS) {
                throw new ArithmeticException("square roots of the matrix do not come near the identity");
            }
            root = squareRoot(root, one);
        }
        RealMatrix e = root.subtract(one);
        RealMatrix sum = e.scalarMultiply(0.0);
        for (int k = 0; k < NODES.length; k++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double t = 0.5 * (1.0 + sign * NODES[k]);
                // E and (I + tE)⁻¹ commute.
                RealMatrix part = LuFactors.of(one.add(e.scalarMultiply(t))).solve(e);
                sum = sum.add(part.scalarMultiply(0.5 * WEIGHTS[k]));
            }
        }
        return sum.scalarMultiply(Math.scalb(1.0, roots));
    }

    private static RealMatrix squareRoot(RealMatrix a, RealMatrix one) {
        RealMatrix y = a;
        RealMatrix z = one;
        for (int k = 0; k < ITERATIONS; k++) {
            RealMatrix next = y.add(LuFactors.of(z).inverse()).scalarMultiply(0.5);
            z = z.add(LuFactors.of(y).inverse()).scalarMultiply(0.5);
            double change = next.subtract(y).getNorm1();
            y = next;
            if (change <= CONVERGED * y.getNorm1()) {
                return y;
            }
        }
        throw new ArithmeticException("the square root of a matrix has not converged");
    }
}
