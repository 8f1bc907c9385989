package org.langevin4j.core.linear;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * A symmetric positive semi-definite matrix C = Σ AᵀA, n×n, summed up block by block of rows: second moments of more rows than there is
 * memory for, by rank-k updates. It is held once, with OpenBLAS outside the heap: n = 27,000 takes 5.8 GB. Trace and Frobenius norm are
 * exact sums over the entries and need no eigenvalues. Not safe for several threads while rows are added.
 *
 * <p>Rows are to be scaled such that their squares are numbers; sums of them that overflow are refused by {@link #eigenvalues}.
 */
public final class GramMatrix {

    /** Numbers in a block of rows that is worth a call. */
    private static final int BLOCK = 1 << 22;

    private static final int MOST_ROWS = 4096;

    private final int order;
    private final SymmetricStorage storage;
    private final String computedBy;
    private double operations;
    private long nanoseconds;

    GramMatrix(int order, SymmetricStorage storage, String computedBy) {
        this.order = order;
        this.storage = storage;
        this.computedBy = computedBy;
    }

    /**
     * How many rows to add at a time.
     *
     * @param order n
     * @return from 64 to 4,096, less for large n
     */
    public static int blockRows(int order) {
        if (!(order >= 1)) {
            throw new IllegalArgumentException("order must be positive, got " + order);
        }
        return Math.max(64, Math.min(MOST_ROWS, BLOCK / order));
    }

    /**
     * Adds the products of the columns of a block, C ← C + AᵀA, in n² operations a row.
     *
     * @param rows A, row by row, length at least {@code count}·n
     * @param count number of rows
     * @throws IllegalArgumentException if the array is too short
     */
    public void add(double[] rows, int count) {
        if (!(count >= 0 && (long) count * order <= rows.length)) {
            throw new IllegalArgumentException(
                    "rows must hold " + count + "·" + order + " numbers, got " + rows.length);
        }
        if (count > 0) {
            measured((double) order * order * count, () -> storage.addProducts(rows, count));
        }
    }

    /**
     * Multiplies all entries.
     *
     * @param factor not negative
     */
    public void multiply(double factor) {
        if (!(factor >= 0.0)) {
            throw new IllegalArgumentException("factor must not be negative, got " + factor);
        }
        storage.multiply(factor);
    }

    private void measured(double work, Runnable task) {
        long start = System.nanoTime();
        task.run();
        nanoseconds += System.nanoTime() - start;
        operations += work;
    }

    /**
     * The order.
     *
     * @return n
     */
    public int order() {
        return order;
    }

    /**
     * A row from the diagonal on.
     *
     * @param i which, counted from 0
     * @param out receives Cᵢⱼ at j for j from i to n − 1; length at least n
     * @throws IllegalArgumentException if {@code out} is too short
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void row(int i, double[] out) {
        Objects.checkIndex(i, order);
        // Native code would write beyond the end.
        if (out.length < order) {
            throw new IllegalArgumentException("out must have length at least " + order + ", got " + out.length);
        }
        storage.row(i, out);
    }

    /**
     * Adds to a row from the diagonal on, and so to the column: for products that were summed up elsewhere.
     *
     * @param i which, counted from 0
     * @param row what is added to Cᵢⱼ at j for j from i to n − 1; length at least n
     * @throws IllegalArgumentException if {@code row} is too short
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public void addRow(int i, double[] row) {
        Objects.checkIndex(i, order);
        if (row.length < order) {
            throw new IllegalArgumentException("row must have length at least " + order + ", got " + row.length);
        }
        storage.addRow(i, row);
    }

    /**
     * The trace.
     *
     * @return Σᵢ Cᵢᵢ
     */
    public double trace() {
        double[] row = new double[order];
        double sum = 0.0;
        for (int i = 0; i < order; i++) {
            storage.row(i, row);
            sum += row[i];
        }
        return sum;
    }

    /**
     * The Frobenius norm of C − cI: of C itself for c = 0, and with c the mean of the eigenvalues √n times their standard deviation,
     * without the loss of digits of a difference of squares.
     *
     * @param c number
     * @return ‖C − cI‖ = √Σ(λ − c)²
     */
    public double distanceFromMultiple(double c) {
        double[] row = new double[order];
        double sum = 0.0;
        double largest = largest();
        int exponent = largest == 0.0 ? 0 : Math.getExponent(largest);
        for (int i = 0; i < order; i++) {
            storage.row(i, row);
            double below = Math.scalb(row[i] - c, -exponent);
            double square = 0.0;
            for (int j = i + 1; j < order; j++) {
                double entry = Math.scalb(row[j], -exponent);
                square += entry * entry;
            }
            sum += below * below + 2.0 * square;
        }
        return Math.scalb(Math.sqrt(sum), exponent);
    }

    /** The largest entry is on the diagonal. */
    private double largest() {
        double[] row = new double[order];
        double largest = 0.0;
        for (int i = 0; i < order; i++) {
            storage.row(i, row);
            if (!(Math.abs(row[i]) <= Double.MAX_VALUE)) {
                throw new ArithmeticException("entries must be finite, got [" + i + "][" + i + "] = " + row[i]);
            }
            largest = Math.max(largest, row[i]);
        }
        return largest;
    }

    /**
     * Products with vectors.
     *
     * @param vectors V, one vector of length n a row
     * @return VC, one row for each
     * @throws IllegalArgumentException if a vector has another length, or there are more numbers than an array holds
     */
    public double[][] times(double[][] vectors) {
        if ((long) vectors.length * order > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "vectors must hold less than 2³¹ numbers, got " + vectors.length + "·" + order);
        }
        for (double[] vector : vectors) {
            if (vector.length != order) {
                throw new IllegalArgumentException("vectors must have length " + order + ", got " + vector.length);
            }
        }
        double[] flat = new double[vectors.length * order];
        double[] products = new double[flat.length];
        for (int k = 0; k < vectors.length; k++) {
            System.arraycopy(vectors[k], 0, flat, k * order, order);
        }
        storage.times(flat, vectors.length, products);
        double[][] rows = new double[vectors.length][];
        Arrays.setAll(rows, k -> Arrays.copyOfRange(products, k * order, (k + 1) * order));
        return rows;
    }

    /**
     * All eigenvalues, without a second copy of the matrix where OpenBLAS computes them; about 4n³/3 operations.
     *
     * @return descending
     * @throws ArithmeticException if an entry is not finite or the iteration does not converge
     */
    public double[] eigenvalues() {
        double largest = largest();
        int exponent = largest == 0.0 ? 0 : Scale.TOP - Math.getExponent(largest);
        double[][] found = new double[1][];
        measured(4.0 / 3.0 * order * order * order, () -> found[0] = storage.eigenvalues(exponent));
        return Scale.back(Eigenpairs.descending(found[0]), -exponent);
    }

    /**
     * All entries, for moderate n.
     *
     * @return a new n×n matrix
     */
    public RealMatrix toMatrix() {
        double[][] rows = new double[order][order];
        for (int i = 0; i < order; i++) {
            storage.row(i, rows[i]);
            for (int j = i + 1; j < order; j++) {
                rows[j][i] = rows[i][j];
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    /**
     * Who computed sums and eigenvalues, and how fast.
     *
     * @return such as "LAPACK (OpenBLAS 0.3.31, 2 threads), 61.2 s, 42 GFLOP/s"
     */
    public String work() {
        return String.format(
                Locale.ROOT,
                "%s, %.3g s, %.3g GFLOP/s",
                computedBy,
                1e-9 * nanoseconds,
                nanoseconds == 0 ? 0.0 : operations / nanoseconds);
    }

    @Override
    public String toString() {
        return "symmetric matrix of order " + order + " by " + work();
    }
}
