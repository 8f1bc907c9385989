package org.langevin4j.solvers.orbit;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.RealSchur;

/** Eigenvalues of Jacobians, and the eigenvector of one of them. */
final class Eigenvalues {

    private Eigenvalues() {}

    /** Sorted by falling real part, the positive imaginary part of a pair first. */
    static Complex[] of(RealMatrix matrix) {
        return LinearAlgebra.pureJava().eigenvalues(matrix);
    }

    /** A unit eigenvector of the eigenvalue nearest to the given one. */
    static Complex[] vector(RealMatrix matrix, Complex eigenvalue) {
        RealSchur schur = LinearAlgebra.pureJava().schur(matrix);
        Complex[] values = schur.eigenvalues();
        int nearest = 0;
        for (int i = 1; i < values.length; i++) {
            if (modulus(values[i].subtract(eigenvalue)) < modulus(values[nearest].subtract(eigenvalue))) {
                nearest = i;
            }
        }
        return schur.eigenvector(nearest);
    }

    static double modulus(Complex z) {
        return Math.hypot(z.getReal(), z.getImaginary());
    }
}
