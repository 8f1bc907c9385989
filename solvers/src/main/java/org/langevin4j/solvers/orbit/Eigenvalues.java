package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.Comparator;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.hipparchus.linear.FieldVector;
import org.hipparchus.linear.RealMatrix;

/** Eigenvalues of small matrices, and the eigenvector of one of them. */
final class Eigenvalues {

    private Eigenvalues() {}

    /** Sorted by falling real part, the positive imaginary part of a pair first. */
    static Complex[] of(RealMatrix matrix) {
        int d = matrix.getRowDimension();
        Complex[] values = new Complex[d];
        Arrays.fill(values, Complex.ZERO);
        if (matrix.getNorm1() > 0.0) {
            // The threshold at which an imaginary part counts as zero would else be relative to nothing.
            values = new EigenDecompositionNonSymmetric(matrix, 1e-14 * matrix.getNorm1()).getEigenvalues();
        }
        Arrays.sort(
                values,
                Comparator.comparingDouble((Complex z) -> -z.getReal()).thenComparingDouble(z -> -z.getImaginary()));
        return values;
    }

    /** A unit eigenvector of the eigenvalue nearest to the given one. */
    static Complex[] vector(RealMatrix matrix, Complex eigenvalue) {
        EigenDecompositionNonSymmetric decomposition =
                new EigenDecompositionNonSymmetric(matrix, 1e-14 * matrix.getNorm1());
        Complex[] values = decomposition.getEigenvalues();
        int nearest = 0;
        for (int i = 1; i < values.length; i++) {
            if (distance(values[i], eigenvalue) < distance(values[nearest], eigenvalue)) {
                nearest = i;
            }
        }
        FieldVector<Complex> vector = decomposition.getEigenvector(nearest);
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            double size = modulus(vector.getEntry(i));
            sum += size * size;
        }
        Complex[] unit = new Complex[values.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector.getEntry(i).divide(Math.sqrt(sum));
        }
        return unit;
    }

    static double modulus(Complex z) {
        return Math.hypot(z.getReal(), z.getImaginary());
    }

    private static double distance(Complex a, Complex b) {
        return modulus(a.subtract(b));
    }
}
