package org.langevin4j.lapack;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_full;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.linear.SymmetricStorage;

/**
 * An n×n array outside the heap, row by row, of which the part above the diagonal is C. The part below is room for the eigenvalues, which
 * LAPACK computes in place: so no second array is needed, and C is kept.
 */
final class NativeSymmetric implements SymmetricStorage {

    private static final Cleaner CLEANER = Cleaner.create();

    /** Edge of the squares in which the triangle is mirrored. */
    private static final int TILE = 128;

    /** Below it the reduction in one stage is as fast. */
    private static final int TWO_STAGES = 1500;

    private static final int COLLECTIONS = 5;

    private final int n;
    private final DoublePointer entries;

    NativeSymmetric(int n) {
        this.n = n;
        double bytes = 8.0 * n * n;
        // Arrays that nobody needs any more are freed when their owner is collected.
        for (int i = 0; i < COLLECTIONS && bytes > freeBytes(); i++) {
            System.gc();
            NativeCall.pause(20);
        }
        Memory.requireNative("a symmetric matrix of order " + n, bytes, freeBytes(), "leading eigenpairs need less");
        Pointer memory = Pointer.calloc((long) n * n, Double.BYTES);
        if (memory == null || memory.isNull()) {
            throw new IllegalArgumentException("no memory for a symmetric matrix of order " + n);
        }
        this.entries = new DoublePointer(memory);
        CLEANER.register(this, () -> Pointer.free(memory));
    }

    /** What the system can give away, files that it keeps in memory included; not above the limit of a container. */
    private static double freeBytes() {
        double total = Double.MAX_VALUE;
        double free = Double.MAX_VALUE;
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
            total = system.getTotalMemorySize();
            free = system.getFreeMemorySize();
        }
        try {
            for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
                String[] words = line.toLowerCase(Locale.ROOT).split("\\s+", -1);
                if (words.length > 1 && words[0].equals("memavailable:")) {
                    free = 1024.0 * Long.parseLong(words[1]);
                }
            }
        } catch (IOException e) {
            // Not Linux: what the virtual machine says.
        }
        return Math.min(total, free);
    }

    @Override
    public void addProducts(double[] rows, int count) {
        NativeCall.onLargeStack(() -> {
            try (DoublePointer block = new DoublePointer(rows)) {
                openblas_full.cblas_dsyrk(
                        openblas_full.CblasRowMajor,
                        openblas_full.CblasUpper,
                        openblas_full.CblasTrans,
                        n,
                        count,
                        1.0,
                        block,
                        n,
                        1.0,
                        entries,
                        n);
            }
            return 0;
        });
    }

    @Override
    public void multiply(double factor) {
        double[] row = new double[n];
        for (int i = 0; i < n; i++) {
            row(i, row);
            for (int j = i; j < n; j++) {
                row[j] *= factor;
            }
            at(i, i).put(row, i, n - i);
        }
    }

    /** Pointers keep their memory by hand: this one belongs to {@link #entries}. */
    private DoublePointer at(int i, int j) {
        return entries.getPointer((long) i * n + j);
    }

    @Override
    public void row(int i, double[] out) {
        at(i, i).get(out, i, n - i);
    }

    @Override
    public void addRow(int i, double[] row) {
        double[] sum = new double[n];
        row(i, sum);
        for (int j = i; j < n; j++) {
            sum[j] += row[j];
        }
        at(i, i).put(sum, i, n - i);
    }

    @Override
    public void times(double[] vectors, int count, double[] out) {
        NativeCall.onLargeStack(() -> {
            try (DoublePointer left = new DoublePointer(vectors);
                    DoublePointer product = new DoublePointer((long) count * n)) {
                openblas_full.cblas_dsymm(
                        openblas_full.CblasRowMajor,
                        openblas_full.CblasRight,
                        openblas_full.CblasUpper,
                        count,
                        n,
                        1.0,
                        entries,
                        n,
                        left,
                        n,
                        0.0,
                        product,
                        n);
                product.get(out, 0, count * n);
            }
            return 0;
        });
    }

    @Override
    public double[] eigenvalues(int exponent) {
        double[] diagonal = new double[n];
        for (int i = 0; i < n; i++) {
            diagonal[i] = entries.get((long) i * n + i);
        }
        mirror(true);
        // In two steps, for the power itself need not be a number.
        multiply(Math.scalb(1.0, exponent / 2));
        multiply(Math.scalb(1.0, exponent - exponent / 2));
        double[] values = new double[n];
        try (DoublePointer found = new DoublePointer((long) n)) {
            // The upper triangle row by row is the lower one by columns, with which LAPACK is faster.
            int info = NativeCall.onLargeStack(() -> n < TWO_STAGES
                    ? openblas_full.LAPACKE_dsyevd(
                            openblas_full.LAPACK_COL_MAJOR, (byte) 'N', (byte) 'L', n, entries, n, found)
                    : openblas_full.LAPACKE_dsyevd_2stage(
                            openblas_full.LAPACK_COL_MAJOR, (byte) 'N', (byte) 'L', n, entries, n, found));
            NativeCall.requireConverged("dsyevd", info, n);
            found.get(values);
        } finally {
            mirror(false);
            for (int i = 0; i < n; i++) {
                entries.put((long) i * n + i, diagonal[i]);
            }
        }
        return values;
    }

    /** Copies what is above the diagonal to below it, or back. */
    private void mirror(boolean down) {
        double[][] tile = new double[TILE][TILE];
        double[] line = new double[TILE];
        for (int top = 0; top < n; top += TILE) {
            int height = Math.min(TILE, n - top);
            for (int left = top; left < n; left += TILE) {
                int width = Math.min(TILE, n - left);
                int rows = down ? height : width;
                int columns = down ? width : height;
                for (int i = 0; i < rows; i++) {
                    (down ? at(top + i, left) : at(left + i, top)).get(tile[i], 0, columns);
                }
                for (int j = 0; j < columns; j++) {
                    for (int i = 0; i < rows; i++) {
                        line[i] = tile[i][j];
                    }
                    // In a square on the diagonal only what lies on the other side of it.
                    int from = left > top || down ? 0 : j + 1;
                    int to = left > top || !down ? rows : j;
                    if (to > from) {
                        (down ? at(left + j, top + from) : at(top + j, left + from)).put(line, from, to - from);
                    }
                }
            }
        }
    }
}
