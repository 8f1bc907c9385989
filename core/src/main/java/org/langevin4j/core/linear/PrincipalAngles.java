package org.langevin4j.core.linear;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;

/**
 * The principal angles between two subspaces: θ₁ is the smallest angle between vectors of one and the other, θ₂ the smallest at right angles to
 * these, and so on. Small angles come from sines and large ones from cosines, so that all have their digits (Björck and Golub 1973).
 */
public final class PrincipalAngles {

    private PrincipalAngles() {}

    /**
     * The angles.
     *
     * @param a n×k with orthonormal columns, as the eigenvectors of {@link Eigenpairs}
     * @param b n×m with orthonormal columns
     * @return min(k, m) angles from 0 to π/2 in radians, ascending
     * @throws IllegalArgumentException if the vectors have other lengths than each other
     */
    public static double[] between(RealMatrix a, RealMatrix b) {
        if (a.getRowDimension() != b.getRowDimension()) {
            throw new IllegalArgumentException("subspaces must lie in the same space, got vectors of length "
                    + a.getRowDimension() + " and " + b.getRowDimension());
        }
        boolean swap = a.getColumnDimension() < b.getColumnDimension();
        RealMatrix larger = swap ? b : a;
        RealMatrix smaller = swap ? a : b;
        RealMatrix products = larger.transposeMultiply(smaller);
        double[] cosines = SingularVectors.of(products).values();
        // What the larger space lacks of the smaller one.
        double[] sines =
                SingularVectors.of(smaller.subtract(larger.multiply(products))).values();
        int count = cosines.length;
        double[] angles = new double[count];
        for (int j = 0; j < count; j++) {
            double sine = sines[count - 1 - j];
            angles[j] = sine * sine < 0.5 ? Math.asin(sine) : Math.acos(Math.min(1.0, cosines[j]));
        }
        Arrays.sort(angles);
        return angles;
    }
}
