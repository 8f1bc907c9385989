package org.langevin4j.models.file;

import java.util.Arrays;
import java.util.Objects;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * An array of finite numbers out of a file, any number of dimensions. Immutable, held as doubles in row-major order.
 *
 * <p>Seen as a matrix, an array with two or more dimensions has one row for each index of the first, the rest laid side
 * by side; a vector is one row, a number 1×1.
 */
public final class NumberArray {

    private final String name;
    private final int[] shape;
    private final double[] values;

    /** An array of the given shape, which holds at least one number; neither array is copied. */
    NumberArray(String name, int[] shape, double[] values) {
        this.name = name;
        this.shape = shape;
        this.values = values;
    }

    /**
     * The shape.
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
     * All entries as integers, such as labels.
     *
     * @return a new array, row-major
     * @throws ArrayFileException if an entry is no integer of 32 bits
     */
    public int[] integers() throws ArrayFileException {
        int[] integers = new int[values.length];
        for (int k = 0; k < values.length; k++) {
            integers[k] = (int) values[k];
            if (integers[k] != values[k]) {
                throw new ArrayFileException(
                        name, "must hold integers, got " + values[k] + " at place " + k + " (counted from 0)");
            }
        }
        return integers;
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
        return name + ", array of shape " + Arrays.toString(shape);
    }
}
