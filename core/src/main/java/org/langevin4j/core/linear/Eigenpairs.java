package org.langevin4j.core.linear;

import java.util.Arrays;
import java.util.Objects;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;

/**
 * Eigenvalues of a symmetric matrix, largest first, with orthonormal eigenvectors: all of them, A = VΛVᵀ, or the leading
 * ones. The sign of each vector is open.
 */
public final class Eigenpairs {

    private final double[] values;
    private final RealMatrix vectors;

    private Eigenpairs(double[] values, RealMatrix vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /**
     * The pairs with the given parts.
     *
     * @param values k eigenvalues, descending; copied
     * @param vectors d×k, not copied; column j belongs to value j
     * @return the pairs
     * @throws IllegalArgumentException if the values do not descend or number other than the columns
     */
    public static Eigenpairs of(double[] values, RealMatrix vectors) {
        if (values.length != vectors.getColumnDimension()) {
            throw new IllegalArgumentException("values must number as many as the vectors, "
                    + vectors.getColumnDimension() + ", got " + values.length);
        }
        for (int k = 1; k < values.length; k++) {
            if (!(values[k] <= values[k - 1])) {
                throw new IllegalArgumentException(
                        "values must descend, got " + values[k - 1] + " before " + values[k] + " at " + k);
            }
        }
        return new Eigenpairs(values.clone(), vectors);
    }

    /**
     * Eigenvalues in the order of this class.
     *
     * @param values in any order
     * @return a new array, descending
     */
    public static double[] descending(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        double[] descending = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            descending[k] = ascending[values.length - 1 - k];
        }
        return descending;
    }

    /**
     * All pairs of a matrix.
     *
     * @param values n eigenvalues in any order
     * @param rows n eigenvectors in that order, one row a vector; not copied
     * @return the pairs
     * @throws IllegalArgumentException if there is none, or not one vector of length n for each
     */
    public static Eigenpairs ofRows(double[] values, double[][] rows) {
        int n = values.length;
        if (!(n >= 1 && rows.length == n)) {
            throw new IllegalArgumentException(
                    "rows must be as many as values and at least 1, got " + rows.length + " for " + n);
        }
        for (double[] row : rows) {
            if (row.length != n) {
                throw new IllegalArgumentException("rows must have length " + n + ", got " + row.length);
            }
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, k -> k);
        Arrays.sort(order, (a, b) -> Double.compare(values[b], values[a]));
        double[] descending = new double[n];
        double[][] vectors = new double[n][n];
        for (int k = 0; k < n; k++) {
            descending[k] = values[order[k]];
            double[] row = rows[order[k]];
            for (int i = 0; i < n; i++) {
                vectors[i][k] = row[i];
            }
        }
        return new Eigenpairs(descending, new Array2DRowRealMatrix(vectors, false));
    }

    /** Of 2^exponent times the matrix. */
    Eigenpairs scaled(int exponent) {
        return new Eigenpairs(Scale.back(values, exponent), vectors);
    }

    /**
     * The number of pairs.
     *
     * @return k
     */
    public int size() {
        return values.length;
    }

    /**
     * The eigenvalues.
     *
     * @return a copy, descending
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * One eigenvalue.
     *
     * @param k from 0, the largest
     * @return λₖ
     */
    public double value(int k) {
        return values[k];
    }

    /**
     * The eigenvectors, VᵀV = I.
     *
     * @return V, d×k, not a copy; column j belongs to value j
     */
    public RealMatrix vectors() {
        return vectors;
    }

    /**
     * One eigenvector.
     *
     * @param k from 0, that of the largest eigenvalue
     * @return a copy, length d
     */
    public double[] vector(int k) {
        Objects.checkIndex(k, values.length);
        return vectors.getColumn(k);
    }

    /**
     * The leading eigenvectors, as arrays.
     *
     * @param count how many
     * @return one row for each of the largest eigenvalues
     * @throws IllegalArgumentException if there are not so many
     */
    public double[][] leadingVectors(int count) {
        if (!(count >= 0 && count <= values.length)) {
            throw new IllegalArgumentException("count must be from 0 to " + values.length + ", got " + count);
        }
        double[][] rows = new double[count][];
        for (int k = 0; k < count; k++) {
            rows[k] = vectors.getColumn(k);
        }
        return rows;
    }

    @Override
    public String toString() {
        return "eigenvalues " + VectorText.of(values);
    }
}
