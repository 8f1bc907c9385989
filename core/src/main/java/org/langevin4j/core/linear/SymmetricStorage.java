package org.langevin4j.core.linear;

/**
 * Where the entries of a {@link GramMatrix} lie: one triangle of a symmetric n×n matrix C, zero at first, in Java arrays or in native
 * memory. Whoever brings {@link DenseRoutines} brings this; arguments have been checked. Not safe for several threads while it changes.
 */
public interface SymmetricStorage {

    /**
     * Adds AᵀA.
     *
     * @param rows A, row by row, length at least {@code count}·n; not modified
     * @param count number of rows
     */
    void addProducts(double[] rows, int count);

    /**
     * Multiplies all entries.
     *
     * @param factor c
     */
    void multiply(double factor);

    /**
     * Copies a row from the diagonal on.
     *
     * @param i which
     * @param out receives Cᵢⱼ at j for j from i to n − 1; what is before is left as it is
     */
    void row(int i, double[] out);

    /**
     * Adds to a row from the diagonal on.
     *
     * @param i which
     * @param row what is added to Cᵢⱼ at j for j from i to n − 1; not modified
     */
    void addRow(int i, double[] row);

    /**
     * Multiplies vectors.
     *
     * @param vectors V, one vector a row, length at least {@code count}·n; not modified
     * @param count number of vectors
     * @param out receives VC, row by row
     */
    void times(double[] vectors, int count, double[] out);

    /**
     * The eigenvalues of C times a power of two. C is afterwards what it was, to the bit.
     *
     * @param exponent p, such that no intermediate number overflows
     * @return of 2ᵖC, in any order
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     */
    double[] eigenvalues(int exponent);
}
