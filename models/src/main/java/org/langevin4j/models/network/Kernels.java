package org.langevin4j.models.network;

/**
 * The loops of networks over sixteen samples at a time, once for each precision. Numbers lie in rows of {@value #LANES}: row r of
 * an array holds one number of each sample, at r·{@value #LANES}. No operation mixes samples but {@link #laneSums}, and every sum is taken in
 * one fixed order with {@link Math#fma}, so that the bits are the same with and without a vector unit, for any number of threads.
 *
 * @param <A> {@code float[]} or {@code double[]}
 */
interface Kernels<A> {

    /** Samples in a row. */
    int LANES = 16;

    /** An array of zeros. */
    A allocate(int length);

    int length(A array);

    double get(A array, int index);

    void set(A array, int index, double value);

    /** to[start + j·16 + lane] = from[lane·length + j]: one row for each sample becomes one for each feature. */
    void interleave(double[] from, int length, A to, int start);

    /** to[start + j·16 + lane] = from[lane·length + j]. */
    void interleave(float[] from, int length, A to, int start);

    /** Sets {@code length} numbers from {@code start} on. */
    void fill(A array, int start, int length, double value);

    void copy(A from, int fromStart, A to, int toStart, int length);

    /**
     * out[m] = bias[m] + Σ_k w[k, m] x[k] for the rows m of a block, which is a dense layer, and a convolution at one position.
     *
     * @param taps which weights meet which rows
     * @param outputs how many m
     * @param w weights, m contiguous
     * @param wStart where they begin
     * @param x rows
     * @param xStart where they begin
     * @param bias one number for each m, or {@code w} with {@code biasStart} −1 for none
     * @param biasStart where they begin, or −1
     * @param out rows
     * @param outStart where row 0 goes
     * @param outStride from one m to the next
     */
    void products(
            Taps taps,
            int outputs,
            A w,
            int wStart,
            A x,
            int xStart,
            A bias,
            int biasStart,
            A out,
            int outStart,
            int outStride);

    /**
     * out[m] = Σ_p δ[m, p] x[p] for rows m, sample by sample: gradients of weights.
     *
     * @param pairs which rows meet
     * @param count how many of the pairs
     * @param add whether to add to what is there
     * @param outputs how many m
     * @param delta rows of δ
     * @param deltaStart where those of m = 0 begin
     * @param deltaStride from one m to the next
     * @param x rows
     * @param xStart where they begin
     * @param out rows
     * @param outStart where row 0 goes
     * @param outStride from one m to the next
     */
    void crossProducts(
            Pairs pairs,
            int count,
            boolean add,
            int outputs,
            A delta,
            int deltaStart,
            int deltaStride,
            A x,
            int xStart,
            A out,
            int outStart,
            int outStride);

    /** to[i] = Σ over the samples of row i, as a tree over halves, for {@code rows} rows from {@code start} on. */
    void laneSums(A from, int start, int rows, A to, int toStart);

    /** to[lane][i] = from[i, lane]: rows of weights become one row for each sample. */
    void lanes(A from, int lanes, double[][] to);

    /** out = x where it is positive, 0 elsewhere. */
    void relu(A x, int start, A out, int outStart, int length);

    /** delta = 0 where y is 0; y is not negative. */
    void reluBack(A y, int start, A delta, int deltaStart, int length);

    /** out = fma(x − centre, scale, shift). */
    void standardise(double centre, double scale, double shift, A x, int start, A out, int outStart, int length);

    /** x = x·factor, element by element. */
    void multiply(A factor, int factorStart, A x, int start, int length);

    /** x = x·factor. */
    void scale(double factor, A x, int start, int length);

    /** out = fma(a, x, out). */
    void addMultiple(double a, A x, int start, A out, int outStart, int length);

    /** out[lane] += Σ over rows of factor[lane]·x. */
    void addRows(A factor, int factorStart, A x, int start, int rows, A out, int outStart);

    /** out[lane] += Σ over rows of (factor[lane]·(x − centre))². */
    void addSquares(A factor, int factorStart, A x, int start, int rows, double centre, A out, int outStart);

    /** x = factor[lane]·x in each of the rows. */
    void multiplyRows(A factor, int factorStart, A x, int start, int rows);

    /** out[lane] += Σ over rows of ((x − centre)·scale)·y. */
    void addCentredProducts(
            A x, int start, double centre, double scale, A y, int yStart, int rows, A out, int outStart);

    /** out[lane] = the largest of the rows at the offsets. */
    void maximum(A x, int start, int[] rows, A out, int outStart);

    /** out[lane] = y at the first of the rows at the offsets where x is the largest. */
    void atMaximum(A x, int start, int[] rows, A largest, int largestStart, A y, int yStart, A out, int outStart);

    /** To the first of the rows at the offsets that is the largest goes δ, to the others 0; nothing is left of δ. */
    void maximumBack(
            A x, int start, int[] rows, A largest, int largestStart, A delta, int deltaStart, A out, int outStart);
}
