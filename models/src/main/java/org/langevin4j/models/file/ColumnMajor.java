package org.langevin4j.models.file;

import java.io.IOException;

/** Row-major reading of arrays in Fortran order, where the first index runs fastest. */
final class ColumnMajor {

    /** Numbers of a block of rows that is put together at once. */
    private static final int BLOCK = 1 << 19;

    private ColumnMajor() {}

    /** Reads all numbers first: where there is no way back in a file. */
    static NumberReader inMemory(NumberReader columnMajor, Claim claim) throws IOException {
        try (columnMajor) {
            double[] numbers = Growing.take(columnMajor, claim.count(), false, claim);
            return new MemoryNumbers(transposed(numbers, claim.shape(), claim));
        }
    }

    /** The numbers of an array in row-major order. */
    static double[] transposed(double[] columnMajor, long[] shape, Claim claim) throws ArrayFileException {
        try {
            double[] values = new double[columnMajor.length];
            long[] index = new long[shape.length];
            for (double value : columnMajor) {
                long flat = 0;
                for (int axis = 0; axis < shape.length; axis++) {
                    flat = flat * shape[axis] + index[axis];
                }
                values[(int) flat] = value;
                for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                    index[axis] = 0;
                }
            }
            return values;
        } catch (OutOfMemoryError e) {
            throw Growing.tooLarge(2L * columnMajor.length, claim, e);
        }
    }

    /** Puts blocks of rows together from a mapped file. */
    static NumberReader gathering(MappedNumbers columnMajor, Claim claim) {
        return new Gathering(columnMajor, claim);
    }

    private static final class Gathering implements NumberReader {

        private final MappedNumbers columnMajor;
        private final Claim claim;
        private final long[] shape;
        private final long rows;
        private final long columns;

        private double[] block = new double[0];
        private int position;
        private long nextRow;

        Gathering(MappedNumbers columnMajor, Claim claim) {
            this.columnMajor = columnMajor;
            this.claim = claim;
            this.shape = claim.shape();
            this.rows = shape[0];
            this.columns = claim.count() / rows;
        }

        @Override
        public void read(double[] to, int offset, int count) throws IOException {
            for (int done = 0; done < count; ) {
                if (position == block.length) {
                    gather();
                }
                int some = Math.min(count - done, block.length - position);
                System.arraycopy(block, position, to, offset + done, some);
                position += some;
                done += some;
            }
        }

        @Override
        public void skip(long count) throws IOException {
            int held = (int) Math.min(count, block.length - position);
            position += held;
            long whole = (count - held) / columns;
            nextRow += whole;
            NumberReader.super.skip(count - held - whole * columns);
        }

        private void gather() throws IOException {
            int some = (int) Math.max(1, Math.min(rows - nextRow, BLOCK / columns));
            Growing.requireFits(some * columns, claim);
            int width = (int) columns;
            if (block.length != some * width) {
                block = new double[some * width];
            }
            double[] column = new double[some];
            long[] index = new long[shape.length];
            for (int j = 0; j < width; j++) {
                long place = 0;
                for (int axis = shape.length - 1; axis > 0; axis--) {
                    place = place * shape[axis] + index[axis];
                }
                columnMajor.read(place * rows + nextRow, column, 0, some);
                for (int i = 0; i < some; i++) {
                    block[i * width + j] = column[i];
                }
                for (int axis = shape.length - 1; axis > 0 && ++index[axis] == shape[axis]; axis--) {
                    index[axis] = 0;
                }
            }
            nextRow += some;
            position = 0;
        }

        @Override
        public void close() throws IOException {
            columnMajor.close();
            block = new double[0];
        }
    }
}
