package org.langevin4j.models.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a matrix to a {@code .npy} file, some rows at a time. The header has room for any number of rows and is brought up to date after each
 * block, so that NumPy and {@link ArrayFile} read at any time, and after an interruption, the blocks written so far.
 * For one thread.
 */
public final class NpyWriter implements Closeable {

    /** Room for the widest shape, at a multiple of 64 as NumPy has it. */
    private static final int HEADER = 128;

    private static final int CHUNK = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final int columns;
    private final boolean single;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    private long rows;

    private NpyWriter(Path file, FileChannel channel, int columns, boolean single) {
        this.file = file;
        this.channel = channel;
        this.columns = columns;
        this.single = single;
    }

    /**
     * Begins a file of float32.
     *
     * @param file made anew; must not exist
     * @param columns length of a row, at least 1
     * @return the writer
     * @throws IOException if the file exists or cannot be written
     * @throws IllegalArgumentException if there are no columns
     */
    public static NpyWriter singles(Path file, int columns) throws IOException {
        return create(file, columns, true);
    }

    /**
     * Begins a file of float64.
     *
     * @param file made anew; must not exist
     * @param columns length of a row, at least 1
     * @return the writer
     * @throws IOException if the file exists or cannot be written
     * @throws IllegalArgumentException if there are no columns
     */
    public static NpyWriter doubles(Path file, int columns) throws IOException {
        return create(file, columns, false);
    }

    private static NpyWriter create(Path file, int columns, boolean single) throws IOException {
        if (!(columns >= 1)) {
            throw new IllegalArgumentException("columns must be at least 1, got " + columns);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        NpyWriter writer = new NpyWriter(file, channel, columns, single);
        try {
            writer.header();
            return writer;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Goes on with a file that another writer has begun, which may have been killed. Rows beyond those kept are cut off.
     *
     * @param file written by this class
     * @param columns length of a row, as it was
     * @param kept rows to keep, at most as many as there are
     * @return the writer, behind those rows
     * @throws ArrayFileException if the file is no such file, has other columns or fewer rows
     * @throws IOException if it cannot be read or written
     */
    public static NpyWriter resume(Path file, int columns, long kept) throws IOException {
        NpyHeader header;
        try (InputStream in = Files.newInputStream(file)) {
            header = NpyHeader.read(in, file.toString());
        }
        boolean single = header.type() == NumberType.FLOAT32;
        long[] shape = header.claim().shape();
        if (!(header.length() == HEADER
                && (single || header.type() == NumberType.FLOAT64)
                && header.order() == ByteOrder.LITTLE_ENDIAN
                && !header.columnMajor()
                && shape.length == 2
                && shape[1] == columns)) {
            throw new ArrayFileException(
                    file.toString(),
                    "is not one that can be gone on with: it must have rows of " + columns + " numbers");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            NpyWriter writer = new NpyWriter(file, channel, columns, single);
            long length = HEADER + kept * columns * writer.size();
            if (!(kept >= 0 && kept <= shape[0] && channel.size() >= length)) {
                throw new ArrayFileException(
                        file.toString(), "must have " + kept + " rows to be gone on with, got " + shape[0]);
            }
            writer.rows = kept;
            writer.header();
            channel.truncate(length);
            return writer;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Waits until all that has been written is on the disk.
     *
     * @throws IOException if that fails
     */
    public void force() throws IOException {
        channel.force(false);
    }

    /**
     * Appends rows.
     *
     * @param block rows, each of the given length or longer
     * @param count number of rows that count
     * @throws IOException if they cannot be written
     * @throws IllegalArgumentException if a number is not finite, or is not as a float32
     */
    public void write(double[][] block, int count) throws IOException {
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < columns; j++) {
                double value = single ? (float) block[k][j] : block[k][j];
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("numbers must be finite" + (single ? " as float32" : "")
                            + ", got " + block[k][j] + " in row " + (rows + k) + ", column " + j);
                }
            }
        }
        channel.position(HEADER + rows * columns * size());
        chunk.clear();
        for (int k = 0; k < count; k++) {
            for (int j = 0; j < columns; j++) {
                if (!chunk.hasRemaining()) {
                    drain();
                }
                if (single) {
                    chunk.putFloat((float) block[k][j]);
                } else {
                    chunk.putDouble(block[k][j]);
                }
            }
        }
        drain();
        rows += count;
        header();
    }

    private long size() {
        return single ? Float.BYTES : Double.BYTES;
    }

    private void drain() throws IOException {
        chunk.flip();
        while (chunk.hasRemaining()) {
            channel.write(chunk);
        }
        chunk.clear();
    }

    private void header() throws IOException {
        String text = "{'descr': '" + (single ? "<f4" : "<f8") + "', 'fortran_order': False, 'shape': (" + rows + ", "
                + columns + "), }";
        int length = HEADER - NpyHeader.MAGIC.length - 4;
        String padded = text + " ".repeat(length - 1 - text.length()) + "\n";
        ByteBuffer bytes = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
        bytes.put(padded.getBytes(StandardCharsets.ISO_8859_1)).flip();
        for (long at = 0; bytes.hasRemaining(); at = bytes.position()) {
            channel.write(bytes, at);
        }
    }

    /**
     * The number of rows so far.
     *
     * @return N
     */
    public long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return file + ", " + rows + " rows of " + columns + (single ? " float32" : " float64");
    }
}
