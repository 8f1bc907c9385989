package org.langevin4j.core.linear;

import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * The real Schur form A = ZTZᵀ: Z orthogonal, T upper triangular but for 2×2 blocks on its diagonal, one for each pair
 * of complex eigenvalues.
 */
public final class RealSchur {

    private final RealMatrix vectors;
    private final RealMatrix form;

    /**
     * The form with the given parts, which are not copied.
     *
     * @param vectors Z
     * @param form T, exactly zero below its blocks
     */
    public RealSchur(RealMatrix vectors, RealMatrix form) {
        this.vectors = vectors;
        this.form = form;
    }

    /**
     * The Schur vectors.
     *
     * @return Z, not a copy
     */
    public RealMatrix vectors() {
        return vectors;
    }

    /**
     * The quasi-triangular matrix.
     *
     * @return T, not a copy
     */
    public RealMatrix form() {
        return form;
    }

    /**
     * The eigenvalues of A.
     *
     * @return in the order of the diagonal of T; a pair of complex ones with the positive imaginary part first
     */
    public Complex[] eigenvalues() {
        int n = form.getRowDimension();
        Complex[] values = new Complex[n];
        int i = 0;
        while (i < n) {
            double a = form.getEntry(i, i);
            if (i + 1 == n || form.getEntry(i + 1, i) == 0.0) {
                values[i] = new Complex(a);
                i++;
                continue;
            }
            double d = form.getEntry(i + 1, i + 1);
            double half = 0.5 * (a - d);
            double mean = d + half;
            double discriminant = half * half + form.getEntry(i, i + 1) * form.getEntry(i + 1, i);
            double root = FastMath.sqrt(FastMath.abs(discriminant));
            values[i] = discriminant < 0.0 ? new Complex(mean, root) : new Complex(mean + root);
            values[i + 1] = discriminant < 0.0 ? new Complex(mean, -root) : new Complex(mean - root);
            i += 2;
        }
        return values;
    }

    @Override
    public String toString() {
        return "real Schur form of order " + form.getRowDimension();
    }
}
