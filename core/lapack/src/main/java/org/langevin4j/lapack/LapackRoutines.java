package org.langevin4j.lapack;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_full;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.DenseRoutines;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.RealSchur;
import org.langevin4j.core.linear.SymmetricStorage;

/**
 * Calls of BLAS and LAPACK, on copies of the matrices row by row.
 */
final class LapackRoutines implements DenseRoutines {

    /** Entries that are copied at once for a product of a matrix with itself, which may be as large as the memory. */
    private static final int PANEL = 1 << 22;

    private static final long SAMPLE_MILLISECONDS = 100;

    private final String name;

    private LapackRoutines(String name) {
        this.name = name;
    }

    /** Loads the native code and gives it the idle processors. */
    static LapackRoutines load() {
        Loader.load(openblas_full.class);
        int threads = idleProcessors();
        openblas_full.openblas_set_num_threads(threads);
        String[] words = openblas_full.openblas_get_config().getString().split(" ", 3);
        return new LapackRoutines("LAPACK (" + words[0] + " " + (words.length > 1 ? words[1] : "") + ", " + threads
                + (threads == 1 ? " thread)" : " threads)"));
    }

    /**
     * The threads of OpenBLAS spin while they wait for each other: one too many on a busy machine makes everything several
     * times slower, where one too few costs little.
     */
    private static int idleProcessors() {
        int processors = Runtime.getRuntime().availableProcessors();
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            return processors;
        }
        // What others use, of the time between two calls: a load average would count what this program itself has done
        // in the last minute.
        system.getCpuLoad();
        system.getProcessCpuLoad();
        NativeCall.pause(SAMPLE_MILLISECONDS);
        // Negative or NaN where the system does not tell.
        double others = processors * (system.getCpuLoad() - system.getProcessCpuLoad());
        return (int) Math.max(1, Math.min(processors, processors - Math.round(others)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RealMatrix multiply(RealMatrix a, RealMatrix b) {
        int n = a.getRowDimension();
        int k = a.getColumnDimension();
        int m = b.getColumnDimension();
        double[] left = rows(a);
        double[] right = rows(b);
        double[] product = room(n, m);
        NativeCall.onLargeStack(() -> {
            openblas_full.cblas_dgemm(
                    openblas_full.CblasRowMajor,
                    openblas_full.CblasNoTrans,
                    openblas_full.CblasNoTrans,
                    n,
                    m,
                    k,
                    1.0,
                    left,
                    k,
                    right,
                    m,
                    0.0,
                    product,
                    m);
            return 0;
        });
        return matrix(product, n, m);
    }

    @Override
    public RealMatrix columnProducts(RealMatrix a) {
        int k = a.getColumnDimension();
        int height = Math.max(1, PANEL / k);
        double[] product = room(k, k);
        for (int start = 0; start < a.getRowDimension(); start += height) {
            int rows = Math.min(height, a.getRowDimension() - start);
            double[] panel = block(a, start, rows, 0, k);
            NativeCall.onLargeStack(() -> {
                openblas_full.cblas_dsyrk(
                        openblas_full.CblasRowMajor,
                        openblas_full.CblasUpper,
                        openblas_full.CblasTrans,
                        k,
                        rows,
                        1.0,
                        panel,
                        k,
                        1.0,
                        product,
                        k);
                return 0;
            });
        }
        return symmetric(product, k);
    }

    @Override
    public RealMatrix rowProducts(RealMatrix a) {
        int n = a.getRowDimension();
        int width = Math.max(1, PANEL / n);
        double[] product = room(n, n);
        for (int start = 0; start < a.getColumnDimension(); start += width) {
            int columns = Math.min(width, a.getColumnDimension() - start);
            double[] panel = block(a, 0, n, start, columns);
            NativeCall.onLargeStack(() -> {
                openblas_full.cblas_dsyrk(
                        openblas_full.CblasRowMajor,
                        openblas_full.CblasUpper,
                        openblas_full.CblasNoTrans,
                        n,
                        columns,
                        1.0,
                        panel,
                        columns,
                        1.0,
                        product,
                        n);
                return 0;
            });
        }
        return symmetric(product, n);
    }

    @Override
    public RealMatrix solve(RealMatrix a, RealMatrix b) {
        int n = a.getRowDimension();
        int m = b.getColumnDimension();
        double[] factors = rows(a);
        double[] solution = rows(b);
        int info = NativeCall.onLargeStack(() ->
                openblas_full.LAPACKE_dgesv(openblas_full.LAPACK_ROW_MAJOR, n, m, factors, n, new int[n], solution, m));
        NativeCall.requireNoError("dgesv", info);
        if (info > 0) {
            throw new ArithmeticException("the matrix of order " + n + " is singular");
        }
        return matrix(solution, n, m);
    }

    @Override
    public RealSchur schur(RealMatrix a) {
        int n = a.getRowDimension();
        double[] form = rows(a);
        double[] vectors = room(n, n);
        int info = NativeCall.onLargeStack(() -> openblas_full.LAPACKE_dgees(
                openblas_full.LAPACK_ROW_MAJOR,
                (byte) 'V',
                (byte) 'N',
                null,
                n,
                form,
                n,
                new int[1],
                new double[n],
                new double[n],
                vectors,
                n));
        NativeCall.requireConverged("dgees", info, n);
        return RealSchur.of(matrix(vectors, n, n), matrix(form, n, n));
    }

    @Override
    public Eigenpairs symmetricEigen(RealMatrix a) {
        int n = a.getRowDimension();
        double[] vectors = rows(a);
        double[] values = eigenvalues('V', vectors, n);
        // Column-major, as LAPACK has them, each vector is a row.
        double[][] found = new double[n][n];
        for (int k = 0; k < n; k++) {
            System.arraycopy(vectors, k * n, found[k], 0, n);
        }
        return Eigenpairs.ofRows(values, found);
    }

    @Override
    public double[] symmetricEigenvalues(RealMatrix a) {
        return Eigenpairs.descending(eigenvalues('N', rows(a), a.getRowDimension()));
    }

    @Override
    public SymmetricStorage symmetric(int order) {
        return new NativeSymmetric(order);
    }

    /** Ascending; the entries become the vectors if they are asked for. */
    private static double[] eigenvalues(char job, double[] entries, int n) {
        double[] values = new double[n];
        int info = NativeCall.onLargeStack(() -> openblas_full.LAPACKE_dsyevd(
                openblas_full.LAPACK_COL_MAJOR, (byte) job, (byte) 'L', n, entries, n, values));
        NativeCall.requireConverged("dsyevd", info, n);
        return values;
    }

    /** Native code asks no array for its length. */
    private static double[] room(int n, int m) {
        if ((long) n * m > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "a matrix for native code must have less than 2³¹ entries, got " + n + "×" + m);
        }
        return new double[n * m];
    }

    private static double[] rows(RealMatrix matrix) {
        return block(matrix, 0, matrix.getRowDimension(), 0, matrix.getColumnDimension());
    }

    private static double[] block(RealMatrix matrix, int row, int n, int column, int m) {
        double[] entries = room(n, m);
        for (int i = 0; i < n; i++) {
            if (matrix instanceof Array2DRowRealMatrix array) {
                System.arraycopy(array.getDataRef()[row + i], column, entries, i * m, m);
            } else {
                for (int j = 0; j < m; j++) {
                    entries[i * m + j] = matrix.getEntry(row + i, column + j);
                }
            }
        }
        return entries;
    }

    /** The upper triangle, and below it its mirror image. */
    private static RealMatrix symmetric(double[] upper, int n) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                rows[i][j] = upper[i * n + j];
                rows[j][i] = rows[i][j];
            }
        }
        return new Array2DRowRealMatrix(rows, false);
    }

    private static RealMatrix matrix(double[] entries, int n, int m) {
        double[][] rows = new double[n][m];
        for (int i = 0; i < n; i++) {
            System.arraycopy(entries, i * m, rows[i], 0, m);
        }
        return new Array2DRowRealMatrix(rows, false);
    }
}
