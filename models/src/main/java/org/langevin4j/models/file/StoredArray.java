package org.langevin4j.models.file;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * One array in a file or a folder, not read yet: what it says of itself, and ways to read it, whole or row by row. It may
 * be larger than memory. The file has to stay as it is.
 *
 * <p>An array with two or more dimensions has one row for each index of the first, the rest laid side by side; a vector
 * is one row, a number 1×1. All numbers become doubles, and all have to be finite.
 */
public final class StoredArray {

    /** Numbers of a block of rows. */
    private static final int BLOCK = 1 << 19;

    private final Claim claim;
    private final boolean borneOut;
    private final NumberReader.Source source;

    /**
     * An array.
     *
     * @param claim what is known of it
     * @param borneOut whether the size of the file bears the claim out
     * @param source opens it
     */
    StoredArray(Claim claim, boolean borneOut, NumberReader.Source source) {
        this.claim = claim;
        this.borneOut = borneOut;
        this.source = source;
    }

    /** Receives rows. */
    @FunctionalInterface
    public interface RowVisitor {

        /**
         * Receives a block of rows.
         *
         * @param first number of its first row, counted from 0
         * @param rows the rows, each of the length of a row; only lent, and overwritten afterwards
         * @param count number of rows that count
         */
        void accept(long first, double[][] rows, int count);
    }

    /** Receives a column. */
    @FunctionalInterface
    public interface ColumnVisitor {

        /**
         * Receives a column.
         *
         * @param column its number, counted from 0
         * @param values one of each row; may be kept and changed
         */
        void accept(long column, double[] values);
    }

    /**
     * The shape.
     *
     * @return a copy; length 0 for a single number
     */
    public long[] shape() {
        return claim.shape().clone();
    }

    /**
     * The number of rows.
     *
     * @return the first extent, or 1 for a vector or a number
     */
    public long rows() {
        return claim.shape().length < 2 ? 1 : claim.shape()[0];
    }

    /**
     * The length of a row.
     *
     * @return the product of all extents but the first; the length of a vector
     */
    public long columns() {
        return claim.count() / rows();
    }

    /**
     * How a number is stored.
     *
     * @return such as {@code float32}
     */
    public String type() {
        return claim.type();
    }

    /**
     * Where it is.
     *
     * @return file and array, for messages
     */
    public String name() {
        return claim.shown();
    }

    /**
     * Reads all of it.
     *
     * @return the array
     * @throws ArrayFileException if the file cannot be used, an entry is not finite, or the heap is too small
     */
    public NumberArray read() throws ArrayFileException {
        Growing.requireFits(claim.count(), claim);
        try (NumberReader reader = source.open()) {
            double[] values = Growing.take(reader, claim.count(), borneOut, claim);
            int columns = (int) columns();
            for (int k = 0; k < values.length; k++) {
                requireFinite(values[k], k / columns, k % columns);
            }
            int[] shape = new int[claim.shape().length];
            for (int axis = 0; axis < shape.length; axis++) {
                shape[axis] = (int) claim.shape()[axis];
            }
            return new NumberArray(claim.shown(), shape, values);
        } catch (IOException e) {
            throw ArrayFileException.of(claim.shown(), e);
        }
    }

    /**
     * Reads the rows in their order, once, in blocks of a few megabytes.
     *
     * @param visitor receives them
     * @throws ArrayFileException if the file cannot be used, an entry is not finite, or the heap is too small for a row
     */
    public void forEachBlock(RowVisitor visitor) throws ArrayFileException {
        forEachBlock(0, rows(), visitor);
    }

    /**
     * Reads some of the rows in their order, once, in blocks of a few megabytes. What is before them is not read where the file has a way to them: in all
     * formats but those that are compressed as a whole. A checksum is looked at only if the last row is among them.
     *
     * @param from number of the first row, counted from 0
     * @param to one more than that of the last
     * @param visitor receives them
     * @throws ArrayFileException as {@link #forEachBlock(RowVisitor)}
     * @throws IndexOutOfBoundsException if there are no such rows
     */
    public void forEachBlock(long from, long to, RowVisitor visitor) throws ArrayFileException {
        Objects.checkFromToIndex(from, to, rows());
        Growing.requireFits(columns(), claim);
        int columns = (int) columns();
        int most = (int) Math.max(1, Math.min(to - from, BLOCK / columns));
        double[][] block = new double[most][];
        try (NumberReader reader = source.open()) {
            reader.skip(from * columns);
            for (long first = from; first < to; first += most) {
                int count = (int) Math.min(most, to - first);
                for (int k = 0; k < count; k++) {
                    if (block[k] == null) {
                        block[k] = Growing.take(reader, columns, borneOut, claim);
                    } else {
                        reader.read(block[k], 0, columns);
                    }
                    for (int j = 0; j < columns; j++) {
                        requireFinite(block[k][j], first + k, j);
                    }
                }
                visitor.accept(first, block, count);
            }
        } catch (IOException e) {
            throw ArrayFileException.of(claim.shown(), e);
        }
    }

    /**
     * Reads the columns in their order. The array is read once for each group of them.
     *
     * @param group how many columns are held at a time, at least 1
     * @param visitor receives them
     * @throws ArrayFileException as {@link #forEachBlock(RowVisitor)}, or if the heap is too small for the group
     */
    public void forEachColumn(int group, ColumnVisitor visitor) throws ArrayFileException {
        if (!(group >= 1)) {
            throw new IllegalArgumentException("group must be at least 1, got " + group);
        }
        Growing.requireFits(rows() * Math.min(group, columns()), claim);
        for (long first = 0; first < columns(); first += group) {
            int from = (int) first;
            // Where only a header says how many rows there are, columns grow with those that come.
            long some = borneOut ? rows() : Math.min(rows(), BLOCK / group + 1);
            double[][] columns = new double[(int) Math.min(group, columns() - first)][(int) some];
            forEachBlock((start, rows, count) -> {
                for (int c = 0; c < columns.length; c++) {
                    if (columns[c].length < start + count) {
                        columns[c] = Arrays.copyOf(columns[c], (int)
                                Math.min(rows(), Math.max(start + count, 2L * columns[c].length)));
                    }
                    for (int k = 0; k < count; k++) {
                        columns[c][(int) start + k] = rows[k][from + c];
                    }
                }
            });
            for (int c = 0; c < columns.length; c++) {
                visitor.accept(first + c, columns[c]);
            }
        }
    }

    private void requireFinite(double value, long row, long column) throws ArrayFileException {
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new ArrayFileException(
                    claim.shown(),
                    "has the entry " + value + " in row " + row + ", column " + column
                            + " (counted from 0); all must be finite");
        }
    }

    /** The numbers, row-major. */
    NumberReader open() throws IOException {
        return source.open();
    }

    Claim claim() {
        return claim;
    }

    boolean borneOut() {
        return borneOut;
    }

    @Override
    public String toString() {
        return claim.shown() + ", " + claim;
    }
}
