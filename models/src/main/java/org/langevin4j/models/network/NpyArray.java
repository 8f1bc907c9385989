package org.langevin4j.models.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * An array of finite numbers from a NumPy file: {@code .npy} (format 1.0, 2.0, 3.0) or a member of an {@code .npz},
 * float32 or float64, either byte order, C or Fortran order, any number of dimensions. Immutable, held as doubles in
 * row-major order.
 *
 * <p>Seen as a matrix, an array with two or more dimensions has one row for each index of the first, the rest laid side
 * by side; a vector is one row, a number 1×1.
 *
 * <p>The kind of file is told by its first bytes, not by its name. Every fault — no file, truncation, another dtype,
 * pickled objects, an empty array, entries that are not finite, a header that claims more than is there or than fits
 * the heap, a damaged zip — is a {@link ArrayFileException} of one line. Nothing is allocated on the word of a
 * header alone, and no pickle is ever loaded.
 *
 * <p>Source of the format: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}.
 */
public final class NpyArray {

    private final int[] shape;
    private final double[] values;

    /** An array of the given shape, which holds at least one number; neither argument is copied. */
    NpyArray(int[] shape, double[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * Reads a {@code .npy} file, or the only array of an {@code .npz} file.
     *
     * @param file the file
     * @return the array
     * @throws ArrayFileException if the file cannot be used, or is an {@code .npz} that does not hold exactly one
     *     array; the message says why
     */
    public static NpyArray read(Path file) throws ArrayFileException {
        return NpyFile.read(file);
    }

    /**
     * Reads one array of an {@code .npz} file.
     *
     * @param npz the file
     * @param arrayName the name of the array, without {@code .npy}
     * @return the array
     * @throws ArrayFileException if the file cannot be used or does not hold that array; the message says why
     */
    public static NpyArray read(Path npz, String arrayName) throws ArrayFileException {
        return NpyFile.read(npz, Objects.requireNonNull(arrayName, "arrayName"));
    }

    /**
     * The names of the arrays of an {@code .npz} file.
     *
     * @param file the file
     * @return the names, without {@code .npy}, in the order of the file; empty for a {@code .npy} file, whose one array
     *     has no name
     * @throws ArrayFileException if the file cannot be read
     */
    public static List<String> names(Path file) throws ArrayFileException {
        return NpyFile.names(file);
    }

    /**
     * The shape as NumPy has it.
     *
     * @return a copy; length 0 for a single number
     */
    public int[] shape() {
        return shape.clone();
    }

    /**
     * The number of rows.
     *
     * @return the first extent, or 1 for a vector or a number
     */
    public int rows() {
        return shape.length < 2 ? 1 : shape[0];
    }

    /**
     * The number of columns.
     *
     * @return the product of all extents but the first; the length of a vector
     */
    public int columns() {
        return values.length / rows();
    }

    /**
     * One entry.
     *
     * @param i row, counted from 0
     * @param j column, counted from 0
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such row or column
     */
    public double get(int i, int j) {
        return values[Objects.checkIndex(i, rows()) * columns() + Objects.checkIndex(j, columns())];
    }

    /**
     * All entries.
     *
     * @return a copy, row-major: the last index runs fastest
     */
    public double[] values() {
        return values.clone();
    }

    /**
     * The rows.
     *
     * @return a copy, rows × columns
     */
    public double[][] toRows() {
        double[][] rows = new double[rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * columns(), (i + 1) * columns());
        }
        return rows;
    }

    /**
     * The matrix.
     *
     * @return a copy, rows × columns
     */
    public RealMatrix toMatrix() {
        return new Array2DRowRealMatrix(toRows(), false);
    }

    @Override
    public String toString() {
        return "array of shape " + Arrays.toString(shape);
    }
}
