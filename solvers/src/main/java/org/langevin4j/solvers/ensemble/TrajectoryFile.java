package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The first paths at every recorded time, written to a NumPy file ({@code .npy}, format 1.0) that grows while the run goes.
 *
 * <p>A row is (t, x of path 0, x of path 1, …), of each path the chosen coordinates: an array of shape (times, 1 +
 * paths·coordinates). Where a path has stopped there is NaN. Rows go to the file once a second, or when there are 64 kB of
 * them, and then its header is written anew: at every instant the file can be read, and holds at least the rows that its
 * header tells of, also after the process was killed. A run that goes on from a checkpoint cuts the file back to
 * what the checkpoint knows. All paths must be in the first block, which holds 16 paths or more if the ensemble does.
 *
 * @param file where to; replaced by a run that begins
 * @param paths number of paths, those with the smallest indices
 * @param coordinates which coordinates, in the order of the columns
 * @param precision of numbers in the file
 */
public record TrajectoryFile(Path file, int paths, List<Integer> coordinates, Precision precision)
        implements PathObservable<TrajectoryFile.Written> {

    /** How numbers are written. */
    public enum Precision {
        /** 4 bytes, {@code <f4}; times too have 7 digits only. */
        FLOAT32("<f4", Float.BYTES),
        /** 8 bytes, {@code <f8}. */
        FLOAT64("<f8", Double.BYTES);

        private final String descriptor;
        private final int bytes;

        Precision(String descriptor, int bytes) {
            this.descriptor = descriptor;
            this.bytes = bytes;
        }
    }

    /**
     * What was written.
     *
     * @param file where
     * @param rows number of recorded times
     * @param columns numbers in a row
     */
    public record Written(Path file, long rows, int columns) {

        @Override
        public String toString() {
            return rows + " rows of " + columns + " numbers in " + file;
        }
    }

    /** Bytes before the first number; the length of the text in them leaves room for any number of rows. */
    private static final int HEADER = 128;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    private static final int BUFFER = 1 << 16;
    private static final long FLUSH_NANOS = 1_000_000_000L;

    /** Checks the parts. */
    public TrajectoryFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(precision, "precision");
        coordinates = List.copyOf(coordinates);
        if (!(paths > 0)) {
            throw new IllegalArgumentException("paths must be positive, got " + paths);
        }
        if (coordinates.isEmpty() || coordinates.stream().anyMatch(i -> i < 0)) {
            throw new IllegalArgumentException("coordinates must be given and not negative, got " + coordinates);
        }
        if (!((double) paths * coordinates.size() < BUFFER)) {
            throw new IllegalArgumentException("a row must have less than " + BUFFER + " numbers, got " + paths
                    + " paths of " + coordinates.size());
        }
    }

    /**
     * A file of some coordinates of the first path, in double precision.
     *
     * @param file where to
     * @param coordinates which coordinates
     * @return the observable
     */
    public static TrajectoryFile of(Path file, int... coordinates) {
        return new TrajectoryFile(file, 1, Arrays.stream(coordinates).boxed().toList(), Precision.FLOAT64);
    }

    /**
     * The same of more paths.
     *
     * @param number how many, those with the smallest indices
     * @return the changed observable
     */
    public TrajectoryFile ofFirst(int number) {
        return new TrajectoryFile(file, number, coordinates, precision);
    }

    /**
     * The same in another precision.
     *
     * @param value the precision
     * @return the changed observable
     */
    public TrajectoryFile in(Precision value) {
        return new TrajectoryFile(file, paths, coordinates, value);
    }

    /** Numbers in a row. */
    private int columns() {
        return 1 + paths * coordinates.size();
    }

    @Override
    public Collector<Written> collector(int dimension) {
        for (int i : coordinates) {
            if (!(i < dimension)) {
                throw new IllegalArgumentException("coordinates must be less than " + dimension + ", got " + i);
            }
        }
        return new FileCollector(this);
    }

    @Override
    public String identity(int dimension) {
        return "TrajectoryFile[" + paths + " paths, coordinates " + coordinates + ", " + precision + "]";
    }

    private static final class FileCollector implements Collector<Written> {

        private final TrajectoryFile target;
        private final int rowBytes;
        private final ByteBuffer buffer;
        private final double[] row;
        private long rows;

        /** Of them, those in the file. */
        private long written;

        /** Whether the block under way has the paths of the file. */
        private boolean active;

        /** Whether the file may have more rows than this collector knows, from before the checkpoint it was read from. */
        private boolean mayBeLonger;

        private long lastFlush = System.nanoTime();

        FileCollector(TrajectoryFile target) {
            this.target = target;
            this.rowBytes = target.columns() * target.precision.bytes;
            this.buffer = ByteBuffer.allocate(Math.max(BUFFER / rowBytes, 1) * rowBytes)
                    .order(ByteOrder.LITTLE_ENDIAN);
            this.row = new double[target.columns()];
        }

        @Override
        public void begin(PathBlock block) {
            active = block.path(0) == 0;
            if (!active) {
                return;
            }
            if (!(block.size() >= target.paths)) {
                throw new IllegalArgumentException("paths of a trajectory file must be at most " + block.size()
                        + ", those of the first block, got " + target.paths);
            }
            rows = 0;
            written = 0;
            buffer.clear();
            mayBeLonger = true;
            flush();
        }

        @Override
        public void record(PathBlock block) {
            if (!active) {
                return;
            }
            double[][] x = block.states();
            int n = target.coordinates.size();
            Arrays.fill(row, Double.NaN);
            row[0] = block.time();
            boolean any = false;
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                if (slot < target.paths) {
                    any = true;
                    for (int c = 0; c < n; c++) {
                        row[1 + slot * n + c] = x[target.coordinates.get(c)][k];
                    }
                }
            }
            if (!any) {
                return;
            }
            for (double value : row) {
                if (target.precision == Precision.FLOAT32) {
                    buffer.putFloat((float) value);
                } else {
                    buffer.putDouble(value);
                }
            }
            rows++;
            if (!buffer.hasRemaining() || System.nanoTime() - lastFlush > FLUSH_NANOS) {
                flush();
            }
        }

        @Override
        public void end() {
            if (active) {
                flush();
                active = false;
            }
        }

        /** Rows first, then the header that tells of them. The file is not held open: a run may be left at any time. */
        private void flush() {
            lastFlush = System.nanoTime();
            buffer.flip();
            try (FileChannel channel =
                    FileChannel.open(target.file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                long end = HEADER + written * rowBytes;
                if (written > 0 && (mayBeLonger ? channel.size() < end : channel.size() != end)) {
                    throw new IOException("it must have " + end + " bytes by now, got " + channel.size()
                            + ": changed by someone else");
                }
                if (mayBeLonger) {
                    // The header must never tell of rows that are gone.
                    writeFully(channel, header(written), 0);
                    channel.truncate(end);
                    mayBeLonger = false;
                }
                writeFully(channel, buffer, end);
                written = rows;
                writeFully(channel, header(written), 0);
            } catch (IOException failed) {
                throw new UncheckedIOException("trajectory file " + target.file + " cannot be written", failed);
            }
            buffer.clear();
        }

        private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
            long at = position;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        }

        private ByteBuffer header(long shownRows) {
            String text = "{'descr': '" + target.precision.descriptor + "', 'fortran_order': False, 'shape': ("
                    + shownRows + ", " + target.columns() + "), }";
            ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            bytes.put(MAGIC).putShort((short) (HEADER - MAGIC.length - Short.BYTES));
            bytes.put(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.position() < HEADER - 1) {
                bytes.put((byte) ' ');
            }
            bytes.put((byte) '\n').flip();
            return bytes;
        }

        @Override
        public void merge(Collector<Written> later) {
            rows += later.result().rows();
        }

        @Override
        public void write(StateWriter out) throws IOException {
            if (active) {
                flush();
            }
            out.flags(active);
            out.count(rows);
        }

        @Override
        public void read(StateReader in) throws IOException {
            boolean[] flags = in.flags("paths under way", 1);
            in.require(flags.length == 1, "paths under way must be told");
            active = flags[0];
            rows = in.count("rows", in.times());
            written = rows;
            mayBeLonger = true;
        }

        @Override
        public Written result() {
            return new Written(target.file, rows, target.columns());
        }
    }
}
