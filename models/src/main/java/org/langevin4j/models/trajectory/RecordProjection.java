package org.langevin4j.models.trajectory;

import org.langevin4j.core.linear.Vectors;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.StoredArray;

/** Parts of a record in memory, and what slow drift does to them. */
public final class RecordProjection {

    /** Powers of two whose squares are numbers with all their digits. */
    private static final int USUAL = 200;

    private RecordProjection() {}

    /**
     * Reads the last rows of a record.
     *
     * @param record rows in the order of time
     * @param count how many, at most as many as there are
     * @return them
     * @throws ArrayFileException if the record cannot be read
     */
    public static double[][] last(StoredArray record, int count) throws ArrayFileException {
        long from = record.rows() - count;
        if (!(count >= 1 && from >= 0)) {
            throw new IllegalArgumentException("count must be from 1 to " + record.rows() + ", got " + count);
        }
        double[][] kept = new double[count][];
        record.forEachBlock((start, rows, held) -> {
            for (int k = 0; k < held; k++) {
                if (start + k >= from) {
                    kept[(int) (start + k - from)] = rows[k].clone();
                }
            }
        });
        return kept;
    }

    /**
     * The leading principal directions of a record, each coordinate over its deviation.
     *
     * @param record rows in the order of time
     * @param most directions
     * @return one row for each, at most so many columns
     * @throws ArrayFileException if the record cannot be read
     */
    public static double[][] principal(StoredArray record, int most) throws ArrayFileException {
        return PrincipalCoordinates.of(record, Math.toIntExact(record.rows()), most)
                .of(record);
    }

    /**
     * Takes off the mean of each stretch of rows: what changes more slowly is gone. A surrogate must have the same done to it.
     *
     * @param rows in the order of time; not modified
     * @param length of a stretch; what is left at the end is dropped
     * @return ⌊T/length⌋·length rows
     */
    public static double[][] withoutSlowDrift(double[][] rows, int length) {
        if (!(length >= 2 && length <= rows.length)) {
            throw new IllegalArgumentException("length must be from 2 to " + rows.length + ", got " + length);
        }
        int m = rows[0].length;
        double[][] rest = new double[rows.length / length * length][m];
        for (int start = 0; start < rest.length; start += length) {
            double[] mean = new double[m];
            for (int t = start; t < start + length; t++) {
                Vectors.addMultiple(1.0 / length, rows[t], mean);
            }
            for (int t = start; t < start + length; t++) {
                for (int i = 0; i < m; i++) {
                    rest[t][i] = rows[t][i] - mean[i];
                }
            }
        }
        return rest;
    }

    /**
     * How far the mean moves from one half to the other.
     *
     * @param rows in the order of time
     * @return ‖x̄₂ − x̄₁‖ over the root of the total variance within the halves; infinite if nothing varies there, NaN if nothing varies at all
     * @throws IllegalArgumentException if there are fewer than two rows, or they differ in length or are not finite
     */
    public static double drift(double[][] rows) {
        requireRecord(rows);
        int half = rows.length / 2;
        double largest = 0.0;
        for (double[] row : rows) {
            for (double value : row) {
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("rows must be finite, got " + value);
                }
                largest = Math.max(largest, Math.abs(value));
            }
        }
        // Squares of very large or small numbers are none: then in units of a power of two.
        int size = Math.getExponent(largest);
        int unit = largest == 0.0 || Math.abs(size) <= USUAL ? 0 : size;
        double moved = 0.0;
        double within = 0.0;
        for (int i = 0; i < rows[0].length; i++) {
            double[] mean = new double[2];
            double[] square = new double[2];
            for (int t = 0; t < 2 * half; t++) {
                mean[t / half] += Math.scalb(rows[t][i], -unit) / half;
            }
            for (int t = 0; t < 2 * half; t++) {
                double off = Math.scalb(rows[t][i], -unit) - mean[t / half];
                square[t / half] += off * off / half;
            }
            moved += (mean[1] - mean[0]) * (mean[1] - mean[0]);
            within += 0.5 * (square[0] + square[1]);
        }
        return Math.sqrt(moved / within);
    }

    static void requireRecord(double[][] rows) {
        if (!(rows.length >= 2 && rows[0].length >= 1)) {
            throw new IllegalArgumentException(
                    "rows must number at least 2 and have coordinates, got " + rows.length + " rows");
        }
        for (double[] row : rows) {
            if (row.length != rows[0].length) {
                throw new IllegalArgumentException(
                        "rows must all have " + rows[0].length + " coordinates, got " + row.length);
            }
        }
    }
}
