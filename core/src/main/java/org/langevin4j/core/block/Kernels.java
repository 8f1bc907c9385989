package org.langevin4j.core.block;

/** The loops that exist twice, in plain Java and on the vector unit, with the same bits. */
interface Kernels {

    /** Which implementation it is, and how wide. */
    String name();

    /** How many values it takes at once. */
    int lanes();

    void exp(double[] x, int n, double[] out);

    void log(double[] x, int n, double[] out);

    void sin(double[] x, int n, double[] out);

    void cos(double[] x, int n, double[] out);

    /** See {@link BlockMath#areWithin}. */
    boolean areWithin(double[] x, int n, double bound);

    /** See {@link BlockMath#haveSameSigns}. */
    boolean haveSameSigns(double[] x, double[] y, int n);

    /** See {@link BlockMath#normals}. */
    void normals(long key0, long key1, long first, int n, long counter, double[] even, double[] odd);

    /** The same with first counters of any order, for pairs of rows. */
    void normals(long key0, long key1, long[] first, int n, long counter, double[][] rows, int from, int to);
}
