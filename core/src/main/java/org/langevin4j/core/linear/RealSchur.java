package org.langevin4j.core.linear;

import java.util.Arrays;
import java.util.Comparator;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.util.FastMath;

/**
 * The real Schur form A = ZTZᵀ: Z orthogonal, T upper triangular but for 2×2 blocks on its diagonal, one for each pair
 * of complex eigenvalues. It gives the eigenvalues and, by substitution from below, the eigenvectors of any matrix.
 */
public final class RealSchur {

    private static final double EPSILON = 0x1p-52;

    private static final Comparator<Complex> ORDER =
            Comparator.comparingDouble((Complex z) -> -z.getReal()).thenComparingDouble(z -> -z.getImaginary());

    private final RealMatrix vectors;
    private final RealMatrix form;
    private final Complex[] eigenvalues;

    /** Where on the diagonal of T the eigenvalue of a place begins. */
    private final int[] starts;

    private RealSchur(RealMatrix vectors, RealMatrix form) {
        this.vectors = vectors;
        this.form = form;
        int n = form.getRowDimension();
        Complex[] values = onDiagonal(form);
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> ORDER.compare(values[i], values[j]));
        this.eigenvalues = new Complex[n];
        this.starts = new int[n];
        for (int k = 0; k < n; k++) {
            int i = order[k];
            eigenvalues[k] = values[i];
            starts[k] = i > 0 && form.getEntry(i, i - 1) != 0.0 ? i - 1 : i;
        }
    }

    /**
     * The form with the given parts, which are not copied.
     *
     * @param vectors Z
     * @param form T, exactly zero below its blocks
     * @return the form
     * @throws IllegalArgumentException if the parts are not square of one order
     */
    public static RealSchur of(RealMatrix vectors, RealMatrix form) {
        int n = form.getRowDimension();
        if (form.getColumnDimension() != n || vectors.getRowDimension() != n || vectors.getColumnDimension() != n) {
            throw new IllegalArgumentException("vectors and form must be square of one order, got "
                    + vectors.getRowDimension() + "×" + vectors.getColumnDimension() + " and " + n + "×"
                    + form.getColumnDimension());
        }
        return new RealSchur(vectors, form);
    }

    private static Complex[] onDiagonal(RealMatrix form) {
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
            double above = form.getEntry(i, i + 1);
            double below = form.getEntry(i + 1, i);
            double half = 0.5 * (a - d);
            double mean = d + half;
            // Scaled, so that no square leaves the numbers.
            double scale = FastMath.max(FastMath.abs(half), FastMath.max(FastMath.abs(above), FastMath.abs(below)));
            double discriminant = half / scale * (half / scale) + above / scale * (below / scale);
            double root = scale * FastMath.sqrt(FastMath.abs(discriminant));
            values[i] = discriminant < 0.0 ? new Complex(mean, root) : new Complex(mean + root);
            values[i + 1] = discriminant < 0.0 ? new Complex(mean, -root) : new Complex(mean - root);
            i += 2;
        }
        return values;
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
     * @return by falling real part; of a pair of complex ones that with the positive imaginary part first
     */
    public Complex[] eigenvalues() {
        return eigenvalues.clone();
    }

    /**
     * An eigenvector of A. Where an eigenvalue is multiple and has fewer vectors, those of its places are nearly parallel.
     *
     * @param k place of its eigenvalue among the {@link #eigenvalues}
     * @return v of Euclidean norm 1, real for a real eigenvalue
     */
    public Complex[] eigenvector(int k) {
        int n = form.getRowDimension();
        Complex value = eigenvalues[k];
        int start = starts[k];
        double[] re = new double[n];
        double[] im = new double[n];
        int end = start + 1;
        if (start + 1 < n && form.getEntry(start + 1, start) != 0.0) {
            // (a − λ)x + by = 0 in the block, by its larger row.
            end = start + 2;
            double scale = FastMath.max(
                    FastMath.abs(form.getEntry(start, start + 1)), FastMath.abs(form.getEntry(start + 1, start)));
            if (FastMath.abs(form.getEntry(start, start + 1)) == scale) {
                re[start] = form.getEntry(start, start + 1) / scale;
                re[start + 1] = (value.getReal() - form.getEntry(start, start)) / scale;
                im[start + 1] = value.getImaginary() / scale;
            } else {
                re[start + 1] = form.getEntry(start + 1, start) / scale;
                re[start] = (value.getReal() - form.getEntry(start + 1, start + 1)) / scale;
                im[start] = value.getImaginary() / scale;
            }
        } else {
            re[start] = 1.0;
        }
        substitute(value, start, end, re, im);
        double[] x = vectors.operate(re);
        double[] y = vectors.operate(im);
        double size = FastMath.hypot(Vectors.norm(x), Vectors.norm(y));
        Complex[] vector = new Complex[n];
        Arrays.setAll(vector, i -> new Complex(x[i] / size, y[i] / size));
        return vector;
    }

    /** Solves the rows above: (T − λ)w = 0, where an exact zero on the diagonal is replaced by rounding. */
    private void substitute(Complex value, int start, int end, double[] re, double[] im) {
        double norm = 0.0;
        for (int i = 0; i < end; i++) {
            for (int j = FastMath.max(0, i - 1); j < end; j++) {
                norm = FastMath.max(norm, FastMath.abs(form.getEntry(i, j)));
            }
        }
        double smallest = FastMath.max(EPSILON * norm, Double.MIN_NORMAL);
        int i = start - 1;
        while (i >= 0) {
            boolean block = i > 0 && form.getEntry(i, i - 1) != 0.0;
            int first = block ? i - 1 : i;
            double[][] right = new double[2][2];
            for (int r = first; r <= i; r++) {
                for (int j = i + 1; j < end; j++) {
                    right[r - first][0] -= form.getEntry(r, j) * re[j];
                    right[r - first][1] -= form.getEntry(r, j) * im[j];
                }
            }
            Complex a = atLeast(new Complex(form.getEntry(first, first)).subtract(value), block ? 0.0 : smallest);
            if (block) {
                double b = form.getEntry(first, i);
                double c = form.getEntry(i, first);
                Complex d = new Complex(form.getEntry(i, i)).subtract(value);
                // Cramer's rule in units of the block, of which the determinant vanishes only for its own eigenvalue.
                double unit =
                        FastMath.max(FastMath.max(size(a), size(d)), FastMath.max(FastMath.abs(b), FastMath.abs(c)));
                Complex determinant = atLeast(
                        a.divide(unit).multiply(d.divide(unit)).subtract(b / unit * (c / unit)), smallest / unit);
                Complex p = new Complex(right[0][0], right[0][1]).divide(unit);
                Complex q = new Complex(right[1][0], right[1][1]).divide(unit);
                Complex x = d.divide(unit)
                        .multiply(p)
                        .subtract(q.multiply(b / unit))
                        .divide(determinant);
                Complex y = a.divide(unit)
                        .multiply(q)
                        .subtract(p.multiply(c / unit))
                        .divide(determinant);
                set(re, im, first, x);
                set(re, im, i, y);
            } else {
                set(re, im, i, new Complex(right[0][0], right[0][1]).divide(a));
            }
            shrink(re, im, first, end);
            i = first - 1;
        }
    }

    private static Complex atLeast(Complex z, double smallest) {
        return size(z) < smallest ? new Complex(smallest) : z;
    }

    private static double size(Complex z) {
        return FastMath.hypot(z.getReal(), z.getImaginary());
    }

    private static void set(double[] re, double[] im, int i, Complex z) {
        re[i] = z.getReal();
        im[i] = z.getImaginary();
    }

    /** Near a multiple eigenvalue the vector grows by 2⁵² with each row. */
    private static void shrink(double[] re, double[] im, int first, int end) {
        double largest = 0.0;
        for (int j = first; j < end; j++) {
            largest = FastMath.max(largest, FastMath.max(FastMath.abs(re[j]), FastMath.abs(im[j])));
        }
        if (largest > 0x1p100) {
            double factor = FastMath.scalb(1.0, -FastMath.getExponent(largest));
            for (int j = first; j < end; j++) {
                re[j] *= factor;
                im[j] *= factor;
            }
        }
    }

    @Override
    public String toString() {
        return "real Schur form of order " + form.getRowDimension();
    }
}
