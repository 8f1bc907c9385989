package org.langevin4j.models.network;

/**
 * The loops of networks over sixteen samples at a time, once for each precision. Numbers lie in rows of {@value #LANES}: row r of
 * an array holds one number of each sample, at r·{@value #LANES}. Of an image the rows are those of the channels of the first pixel, then of the second, and so
 * on; what is said of channels repeats with a period of C·{@value #LANES} numbers. No operation mixes samples but {@link #laneSums}, and every sum is taken in
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

    /** to[start + j·stride + lane] = from[lane·length + first + j] for j below {@code count}: one row for each sample becomes one for each feature. */
    void interleave(double[] from, int length, int first, int count, A to, int start, int stride);

    /** As for double precision. */
    void interleave(float[] from, int length, int first, int count, A to, int start, int stride);

    /** Sets {@code length} numbers from {@code start} on. */
    void fill(A array, int start, int length, double value);

    /** to[a·strides[0] + b·strides[1] + c·strides[2]] = the numbers from {@code start} on, c fastest. */
    void rearrange(A from, int start, int[] lengths, int[] strides, A to);

    void copy(A from, int fromStart, A to, int toStart, int length);

    /**
     * out[m] = bias[m] + Σ_k w[k, m] x[k] for the rows m of a block, which is a dense layer, and a convolution at one pixel.
     *
     * @param taps which weights meet which rows
     * @param outputs how many m
     * @param w weights, m contiguous
     * @param x rows
     * @param xStart where they begin
     * @param bias one number for each m, or anything with {@code biasStart} −1 for none
     * @param biasStart where they begin, or −1
     * @param out rows
     * @param outStart where row 0 goes
     */
    void products(Taps taps, int outputs, A w, A x, int xStart, A bias, int biasStart, A out, int outStart);

    /**
     * out[m, i, t] = Σ_p δ[p, m] x[p, i] for rows m and i and the positions t of a window, sample by sample: gradients of weights.
     *
     * @param window for each t where δ and x of each p begin
     * @param most how many p at most
     * @param add whether to add to what is there
     * @param outputs how many m
     * @param inputs how many i
     * @param delta rows of δ
     * @param deltaStart where they begin
     * @param x rows
     * @param xStart where they begin
     * @param out rows, t contiguous
     * @param outStart where that of m = i = t = 0 goes
     * @param outStride from one m to the next
     * @param inStride from one i to the next
     */
    void crossProducts(
            Pairs[] window,
            int most,
            boolean add,
            int outputs,
            int inputs,
            A delta,
            int deltaStart,
            A x,
            int xStart,
            A out,
            int outStart,
            int outStride,
            int inStride);

    /** to[i] = Σ over the samples of row i, as a tree over halves, for {@code rows} rows from {@code start} on. */
    void laneSums(A from, int start, int rows, A to, int toStart);

    /** to[i, lane] = from[i]: one number for each row becomes a row. */
    void spread(A from, int start, int rows, A to, int toStart);

    /** out[start + j] = factor·x[j] + 0, which is no −0, with the digits of x. */
    void multiples(double factor, A x, int length, double[] out, int start);

    /** to[toFirst + lane][i] = from[i, lane] for i from {@code first} on: rows of weights become one row for each sample. */
    void lanes(A from, int first, int rows, int lanes, double[][] to, int toFirst);

    /** out = x where it is positive, 0 elsewhere. */
    void relu(A x, int start, A out, int outStart, int length);

    /** delta = 0 where y is 0; y is not negative. */
    void reluBack(A y, int start, A delta, int deltaStart, int length);

    /** out = fma(x − centre, scale, shift), these with a period. */
    void standardise(A centre, A scale, A shift, int period, A x, int start, A out, int outStart, int length);

    /** As {@link #standardise}, and 0 in place of what is not positive. */
    void standardiseCut(A centre, A scale, A shift, int period, A x, int start, A out, int outStart, int length);

    /**
     * The way back through that, for what goes out and for scale and shift: delta = 0 where it was cut,
     * out[j] += Σ over the periods of ((x − centre)·inverse)·delta, and out[period + j] += Σ of delta.
     */
    void cutBack(
            A centre,
            A inverse,
            A scale,
            A shift,
            int period,
            A x,
            int start,
            A delta,
            int deltaStart,
            int length,
            A out,
            int outStart);

    /** out = fma(scale, delta, fma(x − centre, slope, shift)), these with a period. */
    void standardiseBack(
            A centre,
            A slope,
            A shift,
            A scale,
            int period,
            A x,
            int start,
            A delta,
            int deltaStart,
            A out,
            int outStart,
            int length);

    /** x = x·factor, element by element. */
    void multiply(A factor, int factorStart, A x, int start, int length);

    /** x = x·factor. */
    void scale(double factor, A x, int start, int length);

    /** out = fma(a, x, out). */
    void addMultiple(double a, A x, int start, A out, int outStart, int length);

    /** out[j] += Σ over the periods of x[j]. */
    void addPeriods(A x, int start, int length, A out, int outStart, int period);

    /** out[j] += Σ over the periods of (x[j] − centre[j])². */
    void addSquares(A centre, int centreStart, A x, int start, int length, A out, int outStart, int period);

    /** x = factor[lane]·x in each of the rows. */
    void multiplyRows(A factor, int factorStart, A x, int start, int rows);

    /** out[j] += Σ over the periods of ((x[j] − centre[j])·scale[j])·y[j]. */
    void addCentredProducts(
            A centre, A scale, A x, int start, A y, int yStart, int length, A out, int outStart, int period);

    /** out = factor·x, of which there is one period. */
    void repeat(double factor, A x, int start, A out, int outStart, int length, int period);

    /** out = the larger of x and out. */
    void maximum(A x, int start, A out, int outStart, int length);

    /** out[j] = y at the first of the offsets where x is the largest. */
    void atMaximum(
            A x,
            int start,
            int[] offsets,
            A largest,
            int largestStart,
            A y,
            int yStart,
            A out,
            int outStart,
            int length);

    /** Where x is the largest, which it never exceeds, δ moves to out and is 0 afterwards; elsewhere 0 goes out. */
    void takeBack(
            A x, int start, A largest, int largestStart, A delta, int deltaStart, A out, int outStart, int length);
}
