package org.langevin4j.models.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Arrays that are one: rows below rows, or columns beside columns. */
final class Joined {

    private Joined() {}

    /** The rows of all parts in their order; vectors are laid end to end. */
    static StoredArray rows(String shown, List<StoredArray> parts) throws ArrayFileException {
        StoredArray first = parts.get(0);
        long[] shape = first.shape();
        long width = shape.length == 0 ? 0 : first.claim().count() / shape[0];
        long length = 0;
        for (StoredArray part : parts) {
            long[] other = part.shape();
            if (shape.length == 0 || other.length == 0) {
                throw new ArrayFileException(part.name(), "is a single number, and no part of a larger array");
            }
            long otherWidth = part.claim().count() / other[0];
            if ((other.length == 1) != (shape.length == 1) || otherWidth != width) {
                throw new ArrayFileException(
                        part.name(),
                        "must fit " + first.name() + ", of shape " + Claim.text(shape)
                                + ", but for the number of rows, got " + Claim.text(other));
            }
            length += other[0];
        }
        shape[0] = length;
        return new StoredArray(
                Claim.of(shown, first.type(), shape), allBorneOut(parts), () -> new Below(new ArrayList<>(parts)));
    }

    /** The columns of all parts side by side. */
    static StoredArray columns(String shown, List<StoredArray> parts) throws ArrayFileException {
        long[] shape = {0, 0};
        long[] widths = new long[parts.size()];
        for (int p = 0; p < widths.length; p++) {
            StoredArray part = parts.get(p);
            long rows = part.shape().length == 0 ? 1 : part.shape()[0];
            if (p > 0 && rows != shape[0]) {
                throw new ArrayFileException(
                        part.name(),
                        "must have " + shape[0] + " rows as " + parts.get(0).name() + " has, got " + rows);
            }
            shape[0] = rows;
            widths[p] = part.claim().count() / rows;
            shape[1] += widths[p];
        }
        return new StoredArray(
                Claim.of(shown, parts.get(0).type(), shape), allBorneOut(parts), () -> Beside.of(parts, widths));
    }

    private static boolean allBorneOut(List<StoredArray> parts) {
        return parts.stream().allMatch(StoredArray::borneOut);
    }

    /** One file at a time is open. */
    private static final class Below implements NumberReader {

        private final List<StoredArray> parts;
        private NumberReader reader = new MemoryNumbers(new double[0]);
        private long left;

        Below(List<StoredArray> parts) {
            this.parts = parts;
        }

        @Override
        public void skip(long count) throws IOException {
            for (long done = 0; done < count; ) {
                if (left == 0) {
                    next();
                }
                long some = Math.min(left, count - done);
                reader.skip(some);
                done += some;
                left -= some;
            }
        }

        private void next() throws IOException {
            reader.close();
            StoredArray part = parts.remove(0);
            reader = part.open();
            left = part.claim().count();
        }

        @Override
        public void read(double[] to, int offset, int count) throws IOException {
            for (int done = 0; done < count; ) {
                if (left == 0) {
                    next();
                }
                int some = (int) Math.min(left, count - done);
                reader.read(to, offset + done, some);
                done += some;
                left -= some;
            }
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static final class Beside implements NumberReader {

        private final List<NumberReader> readers;
        private final long[] widths;
        private int part;
        private long left;

        private Beside(List<NumberReader> readers, long[] widths) {
            this.readers = readers;
            this.widths = widths;
            this.left = widths[0];
        }

        static NumberReader of(List<StoredArray> parts, long[] widths) throws IOException {
            Beside beside = new Beside(new ArrayList<>(), widths);
            try {
                for (StoredArray part : parts) {
                    beside.readers.add(part.open());
                }
                return beside;
            } catch (IOException e) {
                beside.close();
                throw e;
            }
        }

        @Override
        public void skip(long count) throws IOException {
            long row = Arrays.stream(widths).sum();
            long whole = part == 0 && left == widths[0] ? count / row : 0;
            for (int p = 0; p < widths.length; p++) {
                readers.get(p).skip(whole * widths[p]);
            }
            NumberReader.super.skip(count - whole * row);
        }

        @Override
        public void read(double[] to, int offset, int count) throws IOException {
            for (int done = 0; done < count; ) {
                if (left == 0) {
                    part = (part + 1) % widths.length;
                    left = widths[part];
                }
                int some = (int) Math.min(left, count - done);
                readers.get(part).read(to, offset + done, some);
                done += some;
                left -= some;
            }
        }

        @Override
        public void close() throws IOException {
            for (NumberReader reader : readers) {
                reader.close();
            }
        }
    }
}
