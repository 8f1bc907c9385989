package org.langevin4j.models.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.langevin4j.models.file.ArrayFileException;

/** The bytes of a file from its start to its end, unpacked if it is compressed by gzip, which its first bytes tell. */
final class DataFile implements Closeable {

    /** No block of deflate unpacks to more than so many times its length (zlib, "Maximum Compression Factor"). */
    private static final long DEFLATE_AT_MOST = 1032;

    private static final int TRAILER = 8;
    private static final int BUFFER = 1 << 16;

    private final Path path;
    private final long size;
    private final boolean compressed;
    private final CheckedInputStream in;
    private long taken;

    private DataFile(Path path, long size, boolean compressed, InputStream in) {
        this.path = path;
        this.size = size;
        this.compressed = compressed;
        this.in = new CheckedInputStream(in, new CRC32());
    }

    static DataFile open(Path path) throws ArrayFileException {
        String shown = path.toString();
        if (!Files.exists(path)) {
            throw new ArrayFileException(shown, "does not exist");
        }
        if (!Files.isRegularFile(path)) {
            throw new ArrayFileException(shown, Files.isDirectory(path) ? "is a directory" : "is not a file");
        }
        try {
            long size = Files.size(path);
            if (size == 0) {
                throw new ArrayFileException(shown, "is empty");
            }
            boolean compressed = isGzip(path);
            InputStream raw = new BufferedInputStream(Files.newInputStream(path), BUFFER);
            try {
                return new DataFile(path, size, compressed, compressed ? new GZIPInputStream(raw, BUFFER) : raw);
            } catch (IOException e) {
                raw.close();
                throw e;
            }
        } catch (ArrayFileException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(shown, e);
        }
    }

    private static boolean isGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** The most bytes that can come out of it, whatever it says of itself. */
    long bound() {
        return compressed ? DEFLATE_AT_MOST * size : size;
    }

    /** Whether the bound is the exact number. */
    boolean exact() {
        return !compressed;
    }

    /** How many bytes have come out of it. */
    long taken() {
        return taken;
    }

    /**
     * Takes the next bytes.
     *
     * @return as many as there are, up to the length of the array
     */
    int take(byte[] to) throws ArrayFileException {
        try {
            int got = in.readNBytes(to, 0, to.length);
            taken += got;
            return got;
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    /** Makes sure that there is nothing more, and that what has been unpacked is what was packed. */
    void requireEnd() throws ArrayFileException {
        if (take(new byte[1]) != 0) {
            throw fault("has trailing bytes: more than the " + (taken - 1) + " that belong to it");
        }
        if (!compressed) {
            return;
        }
        ByteBuffer trailer = ByteBuffer.allocate(TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            channel.position(size - TRAILER);
            while (trailer.hasRemaining() && channel.read(trailer) >= 0) {
                // Until it is full.
            }
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
        // The stream has checked the trailer of what it has unpacked, but passes over what comes after it.
        if (trailer.getInt(0) != (int) in.getChecksum().getValue() || trailer.getInt(4) != (int) taken) {
            throw fault("has trailing bytes: it goes on after the end of its gzip data");
        }
    }

    /** One byte as a class. */
    int label(byte read, long image, int classes, String kind) throws ArrayFileException {
        int label = read & 0xff;
        if (label >= classes) {
            throw fault("gives image " + image + " (counted from 0) the " + kind + label + ", but there are " + classes
                    + " classes");
        }
        return label;
    }

    /** Bytes as numbers from 0 to 1. */
    float[] pixels(byte[] record, int from) throws ArrayFileException {
        try {
            float[] pixels = new float[record.length - from];
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (record[from + p] & 0xff) / 255.0f;
            }
            return pixels;
        } catch (OutOfMemoryError e) {
            throw tooLarge("images of " + taken + " bytes, as numbers,");
        }
    }

    ArrayFileException fault(String what) {
        return new ArrayFileException(path.toString(), what);
    }

    ArrayFileException tooLarge(String what) {
        return fault("is too large: " + what + " take more than the heap of "
                + Runtime.getRuntime().maxMemory() + " bytes (option -Xmx)");
    }

    private static ArrayFileException unreadable(String shown, IOException e) {
        if (e instanceof EOFException) {
            return new ArrayFileException(shown, "is truncated: its gzip data end too early", e);
        }
        if (e instanceof ZipException) {
            return new ArrayFileException(shown, "is damaged: " + e.getMessage(), e);
        }
        return new ArrayFileException(shown, "cannot be read: " + e, e);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // All that was wanted has been read: nothing is lost.
            return;
        }
    }
}
