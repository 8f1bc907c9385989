package org.langevin4j.core.field;

import java.util.Objects;
import java.util.Optional;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;

/**
 * The affine field v(x) = Ax + c for a d×d matrix A: drift of an Ornstein–Uhlenbeck process whose mean need not be the
 * origin, and of Brownian motion with constant drift (A = 0). Its Jacobian is A.
 */
public final class AffineField implements DifferentiableField {

    private final LinearField linear;
    private final double[] offset;

    private AffineField(LinearField linear, double[] offset) {
        this.linear = linear;
        this.offset = offset;
    }

    /**
     * The field x ↦ Ax + c.
     *
     * @param matrix A, d×d, finite entries; copied
     * @param offset c, length d, finite; copied
     * @return the field
     * @throws IllegalArgumentException if A is not square, the lengths do not match or an entry is not finite
     */
    public static AffineField of(RealMatrix matrix, double... offset) {
        if (matrix.getRowDimension() != matrix.getColumnDimension()) {
            throw new IllegalArgumentException(
                    "matrix must be square, got " + matrix.getRowDimension() + "×" + matrix.getColumnDimension());
        }
        if (offset.length != matrix.getRowDimension()) {
            throw new IllegalArgumentException(
                    "offset must have length " + matrix.getRowDimension() + ", got " + offset.length);
        }
        for (int i = 0; i < offset.length; i++) {
            if (!(Math.abs(offset[i]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("offset must be finite, got c[" + i + "] = " + offset[i]);
            }
        }
        return new AffineField(LinearField.of(matrix), offset.clone());
    }

    /**
     * Recognises a field that is affine by its type: this class, or a square {@link LinearField}.
     *
     * @param field any field
     * @return the same field as an affine one, or empty if its type does not tell
     */
    public static Optional<AffineField> recognise(VectorField field) {
        Objects.requireNonNull(field, "field");
        if (field instanceof AffineField affine) {
            return Optional.of(affine);
        }
        if (field instanceof LinearField linear && linear.rows() == linear.columns()) {
            return Optional.of(new AffineField(linear, new double[linear.rows()]));
        }
        return Optional.empty();
    }

    /**
     * The dimension d of argument and value.
     *
     * @return d
     */
    public int dimension() {
        return offset.length;
    }

    /**
     * The matrix A.
     *
     * @return a new d×d matrix
     */
    public RealMatrix matrix() {
        int d = offset.length;
        RealMatrix a = MatrixUtils.createRealMatrix(d, d);
        double[] unit = new double[d];
        double[] column = new double[d];
        for (int j = 0; j < d; j++) {
            unit[j] = 1.0;
            linear.at(unit, column);
            unit[j] = 0.0;
            a.setColumn(j, column);
        }
        return a;
    }

    /**
     * The vector c.
     *
     * @return a new array of length d
     */
    public double[] offset() {
        return offset.clone();
    }

    @Override
    public void requireShape(int arguments, int values) {
        linear.requireShape(arguments, values);
    }

    @Override
    public void at(double[] x, double[] out) {
        linear.at(x, out);
        for (int i = 0; i < offset.length; i++) {
            out[i] += offset[i];
        }
    }

    @Override
    public void atBlock(double[][] x, int paths, double[][] out) {
        linear.atBlock(x, paths, out);
        for (int i = 0; i < offset.length; i++) {
            double c = offset[i];
            double[] row = out[i];
            for (int p = 0; p < paths; p++) {
                row[p] += c;
            }
        }
    }

    @Override
    public void jacobian(double[] x, double[] out) {
        int d = offset.length;
        RealMatrix a = matrix();
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                out[i * d + j] = a.getEntry(i, j);
            }
        }
    }

    @Override
    public String toString() {
        return linear + " plus " + VectorText.of(offset);
    }
}
