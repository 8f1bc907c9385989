package org.langevin4j.core.linear;

import java.util.Arrays;
import java.util.Optional;
import java.util.ServiceLoader;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * The operations on dense matrices whose cost grows with the cube of the order. What is not finite, not square or not
 * symmetric where it must be is refused here, with its place and size, and what is decomposed is brought to one scale by a
 * power of two, so that a matrix of 10²⁰⁰ or 10⁻²⁰⁰ is treated as well as any and 2ᵏA gives the bits of A. The work is
 * done by {@link DenseRoutines}. Safe for use by several threads; arguments are not modified.
 */
public final class LinearAlgebra {

    /** The order from which native code is worth being loaded: below it everything takes milliseconds. */
    private static final int LARGE = 64;

    private static final LinearAlgebra PURE_JAVA = new LinearAlgebra(new JavaRoutines());

    private final DenseRoutines routines;

    private LinearAlgebra(DenseRoutines routines) {
        this.routines = routines;
    }

    /**
     * The one in Java, which needs nothing else.
     *
     * @return always there
     */
    public static LinearAlgebra pureJava() {
        return PURE_JAVA;
    }

    /**
     * The one that uses the given routines.
     *
     * @param routines who computes
     * @return the operations
     */
    public static LinearAlgebra by(DenseRoutines routines) {
        return new LinearAlgebra(routines);
    }

    /**
     * What is fastest for matrices of an order: for small ones pure Java, for others native code if there is any.
     *
     * @param order n
     * @return the operations
     */
    public static LinearAlgebra forOrder(int order) {
        if (order < LARGE) {
            return pureJava();
        }
        for (Provider provider : ServiceLoader.load(Provider.class)) {
            Optional<LinearAlgebra> found = provider.load();
            if (found.isPresent()) {
                return found.get();
            }
        }
        return pureJava();
    }

    /** Brings native code; found by {@link ServiceLoader}. */
    public interface Provider {

        /**
         * Loads the code, once in the life of the virtual machine.
         *
         * @return the operations, or empty where there is no code for this platform
         */
        Optional<LinearAlgebra> load();
    }

    /**
     * Who computes, for a person to read.
     *
     * @return such as "pure Java" or "LAPACK (OpenBLAS 0.3.31, 2 threads)"
     */
    public String name() {
        return routines.name();
    }

    /**
     * The product. Nothing is checked or scaled.
     *
     * @param a n×k
     * @param b k×m
     * @return AB, n×m
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public RealMatrix multiply(RealMatrix a, RealMatrix b) {
        if (a.getColumnDimension() != b.getRowDimension()) {
            throw new IllegalArgumentException("matrices must fit, got " + a.getRowDimension() + "×"
                    + a.getColumnDimension() + " times " + b.getRowDimension() + "×" + b.getColumnDimension());
        }
        return routines.multiply(a, b);
    }

    /**
     * The inner products of the columns, in half the time of a product. Nothing is scaled.
     *
     * @param a n×k
     * @return AᵀA, k×k, symmetric
     */
    public RealMatrix columnProducts(RealMatrix a) {
        return routines.columnProducts(a);
    }

    /**
     * The inner products of the rows, in half the time of a product. Nothing is scaled.
     *
     * @param a n×k
     * @return AAᵀ, n×n, symmetric
     */
    public RealMatrix rowProducts(RealMatrix a) {
        return routines.rowProducts(a);
    }

    /**
     * Solves AX = B by Gaussian elimination with row exchanges.
     *
     * @param a n×n, finite
     * @param b n×m, finite
     * @return X, n×m, finite
     * @throws ArithmeticException if a pivot is exactly zero, or X is beyond the numbers
     * @throws IllegalArgumentException if A or B is not what it must be
     */
    public RealMatrix solve(RealMatrix a, RealMatrix b) {
        double[][] left = Rows.finiteSquare("matrix", a);
        double[][] right = Rows.finite("right-hand side", b);
        if (left.length != right.length) {
            throw new IllegalArgumentException(
                    "right-hand side must have " + left.length + " rows, got " + right.length);
        }
        int ofA = Scale.TOP - Scale.exponent(left);
        int ofB = -Scale.exponent(right);
        RealMatrix x = routines.solve(Scale.by(left, ofA), Scale.by(right, ofB));
        return Scale.back(x, ofA - ofB);
    }

    /**
     * Solves (A − z)x = v for complex z and v, as one real equation of twice the order.
     *
     * @param a A, n×n, finite
     * @param shift z
     * @param v length n, finite
     * @return x
     * @throws ArithmeticException if a pivot is exactly zero
     */
    public Complex[] solveShifted(RealMatrix a, Complex shift, Complex[] v) {
        int n = v.length;
        Complex[][] matrix = new Complex[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Complex entry = new Complex(a.getEntry(i, j));
                matrix[i][j] = i == j ? entry.subtract(shift) : entry;
            }
        }
        Complex[][] right = new Complex[n][1];
        Complex[] solution = new Complex[n];
        Arrays.setAll(right, i -> new Complex[] {v[i]});
        Complex[][] x = solve(matrix, right);
        Arrays.setAll(solution, i -> x[i][0]);
        return solution;
    }

    /**
     * Solves AX = B for complex matrices, as one real equation of twice the order.
     *
     * @param a n rows of length n, finite
     * @param b n rows of length m, finite
     * @return X, n rows of length m
     * @throws ArithmeticException if a pivot is exactly zero
     */
    public Complex[][] solve(Complex[][] a, Complex[][] b) {
        int n = a.length;
        int m = b[0].length;
        double[][] left = new double[2 * n][2 * n];
        double[][] right = new double[2 * n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                left[i][j] = a[i][j].getReal();
                left[n + i][n + j] = a[i][j].getReal();
                left[i][n + j] = -a[i][j].getImaginary();
                left[n + i][j] = a[i][j].getImaginary();
            }
            for (int j = 0; j < m; j++) {
                right[i][j] = b[i][j].getReal();
                right[n + i][j] = b[i][j].getImaginary();
            }
        }
        RealMatrix x = solve(new Array2DRowRealMatrix(left, false), new Array2DRowRealMatrix(right, false));
        Complex[][] solution = new Complex[n][m];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < m; j++) {
                solution[i][j] = new Complex(x.getEntry(i, j), x.getEntry(n + i, j));
            }
        }
        return solution;
    }

    /**
     * The real Schur form, and with it the eigenvalues; of a matrix that is exactly symmetric the diagonal one.
     *
     * @param a n×n, finite
     * @return Z and T
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge, or T is beyond the numbers
     * @throws IllegalArgumentException if A is not square or not finite
     */
    public RealSchur schur(RealMatrix a) {
        double[][] rows = Rows.finiteSquare("matrix", a);
        int exponent = Scale.TOP - Scale.exponent(rows);
        RealMatrix scaled = Scale.by(rows, exponent);
        if (!Rows.isSymmetric(rows)) {
            RealSchur schur = routines.schur(scaled);
            return RealSchur.of(schur.vectors(), Scale.back(schur.form(), -exponent));
        }
        Eigenpairs pairs = routines.symmetricEigen(scaled).scaled(-exponent);
        double[][] form = new double[rows.length][rows.length];
        for (int i = 0; i < form.length; i++) {
            form[i][i] = pairs.value(i);
        }
        return RealSchur.of(pairs.vectors(), new Array2DRowRealMatrix(form, false));
    }

    /**
     * The eigenvalues of any square matrix.
     *
     * @param a n×n, finite
     * @return by falling real part, of a pair of complex ones that with the positive imaginary part first
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     * @throws IllegalArgumentException if A is not square or not finite
     */
    public Complex[] eigenvalues(RealMatrix a) {
        return schur(a).eigenvalues();
    }

    /**
     * The eigenvalues and eigenvectors of a symmetric matrix.
     *
     * @param a n×n, finite, symmetric to 10⁻¹² of its largest entry; what is not is averaged
     * @return Λ, descending, and V
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     * @throws IllegalArgumentException if A is not what it must be; the message says how far from symmetric it is
     */
    public Eigenpairs symmetricEigen(RealMatrix a) {
        double[][] rows = Rows.symmetric("matrix", a, Rows.ASYMMETRY);
        int exponent = Scale.TOP - Scale.exponent(rows);
        return routines.symmetricEigen(Scale.by(rows, exponent)).scaled(-exponent);
    }

    /**
     * The eigenvalues of a symmetric matrix without the vectors, which takes a fraction of the time.
     *
     * @param a n×n, finite, symmetric to 10⁻¹² of its largest entry; what is not is averaged
     * @return descending
     * @throws ArithmeticException if the iteration for the eigenvalues does not converge
     * @throws IllegalArgumentException if A is not what it must be; the message says how far from symmetric it is
     */
    public double[] symmetricEigenvalues(RealMatrix a) {
        double[][] rows = Rows.symmetric("matrix", a, Rows.ASYMMETRY);
        int exponent = Scale.TOP - Scale.exponent(rows);
        return Scale.back(routines.symmetricEigenvalues(Scale.by(rows, exponent)), -exponent);
    }

    /**
     * A symmetric matrix to which products AᵀA of blocks of rows are added, for matrices of which there is memory for one.
     *
     * @param order n ≥ 1
     * @return zero
     * @throws IllegalArgumentException if there is not enough memory; the message says how much it takes
     */
    public GramMatrix gram(int order) {
        if (!(order >= 1)) {
            throw new IllegalArgumentException("order must be at least 1, got " + order);
        }
        return new GramMatrix(order, routines.symmetric(order), name());
    }

    /**
     * A matrix that should be symmetric, as one from a file in single precision.
     *
     * @param name what it is, for the message
     * @param matrix M, n×n, finite
     * @param tolerance how far it may be from symmetric, as a fraction of its largest entry
     * @return ½(M + Mᵀ)
     * @throws IllegalArgumentException if M is not what it must be; the message says how far from symmetric it is
     */
    public static RealMatrix symmetric(String name, RealMatrix matrix, double tolerance) {
        return new Array2DRowRealMatrix(Rows.symmetric(name, matrix, tolerance));
    }

    @Override
    public String toString() {
        return name();
    }
}
