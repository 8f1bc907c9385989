package org.langevin4j.models.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;

/**
 * At most ℓ rows B in place of many rows A, with
 *
 * <pre>0 ≤ AᵀA − BᵀB ≤ Δ·I,   Δ ≤ (‖A‖² − Σ_{i ≤ k} σᵢ(A)²)/(ℓ + 1 − k) for every k ≤ ℓ,</pre>
 *
 * (Liberty 2013; Ghashami, Liberty, Phillips and Woodruff 2016). Where rows are more than ℓ, the squares of their singular values are lessened by the
 * (ℓ + 1)-th, and Δ is the sum of what they were lessened by, whatever the order of the rows and of merging.
 *
 * <p>Singular values come from the inner products of the rows, M = 2ℓ + 1 of them: MMᵀ = UΛUᵀ and B = (1 − δ/Λ)^½ UᵀM, without a division by small ones. The
 * small ones are rounded to the size of the largest square, but their rows are kept as they are, so that what this does to BᵀB is of the order of rounding of ‖M‖² and no
 * more; {@link #rounding} sums up a bound on it, see {@link #unit}.
 */
final class FrequentDirections implements Serializable {

    private static final long serialVersionUID = 1L;

    private final int limit;
    private double[][] rows;
    private double shrunk;
    private double rounding;

    /**
     * Rows as they are, without those that are zero.
     *
     * @param limit ℓ
     * @param rows any number; kept
     */
    FrequentDirections(int limit, double[][] rows) {
        this.limit = limit;
        this.rows = Arrays.stream(rows).filter(FrequentDirections::isNotZero).toArray(double[][]::new);
        shrink();
    }

    private static boolean isNotZero(double[] row) {
        for (double entry : row) {
            if (entry != 0.0) {
                return true;
            }
        }
        return false;
    }

    /** Takes in the rows of another one, and one more. */
    void merge(FrequentDirections other, double[] row) {
        List<double[]> all = new ArrayList<>(Arrays.asList(rows));
        all.addAll(Arrays.asList(other.rows));
        if (isNotZero(row)) {
            all.add(row);
        }
        rows = all.toArray(double[][]::new);
        shrunk += other.shrunk;
        rounding += other.rounding;
        shrink();
    }

    private void shrink() {
        int m = rows.length;
        if (m <= limit) {
            return;
        }
        int d = rows[0].length;
        RealMatrix all = new Array2DRowRealMatrix(rows, false);
        LinearAlgebra algebra = LinearAlgebra.pureJava();
        RealMatrix products = algebra.rowProducts(all);
        Eigenpairs pairs = algebra.symmetricEigen(products);
        double lessened = Math.max(0.0, pairs.value(limit));
        int kept = 0;
        while (kept < limit && pairs.value(kept) > lessened) {
            kept++;
        }
        shrunk += lessened;
        rounding += unit(m, d) * products.getTrace();
        if (kept == 0) {
            rows = new double[0][];
            return;
        }
        double[][] turned = new double[kept][m];
        for (int i = 0; i < kept; i++) {
            double factor = Math.sqrt(1.0 - lessened / pairs.value(i));
            for (int k = 0; k < m; k++) {
                turned[i][k] = factor * pairs.vectors().getEntry(k, i);
            }
        }
        rows = algebra.multiply(new Array2DRowRealMatrix(turned, false), all).getData();
    }

    /**
     * How far rounding moves BᵀB in one step, as a fraction of ‖M‖²: inner products of length d by at most d·2⁻⁵³ (Higham 2002, section 3.1), eigenvalues, eigenvectors and the product with
     * them, of order m, by a multiple of √m·m·2⁻⁵³ that is taken as 8.
     */
    static double unit(int m, int d) {
        return 0x1p-53 * (d + 8.0 * m * Math.sqrt(m));
    }

    /** At most ℓ; not to be changed. */
    double[][] rows() {
        return rows;
    }

    /** Δ. */
    double shrunk() {
        return shrunk;
    }

    double rounding() {
        return rounding;
    }

    /** Multiplies AᵀA. */
    void multiply(double factor) {
        double root = Math.sqrt(factor);
        for (double[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] *= root;
            }
        }
        shrunk *= factor;
        rounding *= factor;
    }
}
