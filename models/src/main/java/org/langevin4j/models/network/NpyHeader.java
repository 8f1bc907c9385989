package org.langevin4j.models.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * What the header of a {@code .npy} file claims (NumPy Enhancement Proposal 1): the magic bytes, the version, the length
 * of the text, and the text of a Python dictionary with the keys {@code descr}, {@code fortran_order}, {@code shape}.
 * Nothing here is believed before it is compared with the data.
 */
final class NpyHeader {

    /** The first bytes of every {@code .npy} file, "\x93NUMPY". */
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy's own bound, {@code max_header_size}. A header of floats needs a hundred bytes. */
    private static final int LONGEST = 10_000;

    private final long length;
    private final ByteOrder order;
    private final int itemBytes;
    private final boolean columnMajor;
    private final long[] shape;
    private final long count;

    private NpyHeader(long length, ByteOrder order, int itemBytes, boolean columnMajor, long[] shape, long count) {
        this.length = length;
        this.order = order;
        this.itemBytes = itemBytes;
        this.columnMajor = columnMajor;
        this.shape = shape;
        this.count = count;
    }

    /** Reads up to the first byte of the data. */
    static NpyHeader read(InputStream in, String file) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2, file);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new ArrayFileException(file, "does not begin with the magic bytes of .npy");
        }
        int major = start[MAGIC.length];
        int minor = start[MAGIC.length + 1];
        if (!(major >= 1 && major <= 3 && minor == 0)) {
            throw new ArrayFileException(
                    file, "has .npy version " + (major & 0xFF) + "." + (minor & 0xFF) + "; known are 1.0, 2.0 and 3.0");
        }
        int lengthBytes = major == 1 ? 2 : 4;
        byte[] littleEndian = bytes(in, lengthBytes, file);
        long textLength = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            textLength = textLength << 8 | (littleEndian[i] & 0xFF);
        }
        if (!(textLength <= LONGEST)) {
            throw new ArrayFileException(
                    file, "claims a header of " + textLength + " bytes, more than the " + LONGEST + " allowed");
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(bytes(in, (int) textLength, file), charset);
        HeaderText claims = HeaderText.parse(text, file);
        String type = claims.type();
        if (!type.matches("[<>]f[48]")) {
            throw new ArrayFileException(file, unsupported(type));
        }
        return new NpyHeader(
                start.length + lengthBytes + textLength,
                type.charAt(0) == '<' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN,
                type.charAt(2) - '0',
                claims.columnMajor(),
                claims.shape(),
                count(claims.shape(), file));
    }

    private static byte[] bytes(InputStream in, int length, String file) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ArrayFileException(file, "is truncated: it ends inside the .npy header");
        }
        return bytes;
    }

    private static String unsupported(String type) {
        if (type.endsWith("O")) {
            return "has dtype '" + type + "', pickled Python objects; pickles are never loaded, save the numbers as"
                    + " float32 or float64";
        }
        return "has dtype '" + type + "'; only float32 and float64 are read ('<f4', '>f4', '<f8', '>f8')";
    }

    /** The product of the shape, checked to be addressable: 8 bytes for each number must not overflow. */
    private static long count(long[] shape, String file) throws ArrayFileException {
        String shown = shown(shape);
        for (long extent : shape) {
            if (!(extent >= 1)) {
                throw new ArrayFileException(
                        file, extent < 0 ? "has a negative shape, " + shown : "is an empty array of shape " + shown);
            }
        }
        long count = 1;
        for (long extent : shape) {
            if (!(extent <= Long.MAX_VALUE / Double.BYTES / count)) {
                throw new ArrayFileException(file, "claims shape " + shown + ", whose product overflows");
            }
            count *= extent;
        }
        return count;
    }

    private static String shown(long[] shape) {
        String start = LongStream.of(shape).limit(8).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "(" + start + (shape.length == 1 ? ",)" : shape.length > 8 ? ", …)" : ")");
    }

    /** Bytes before the data. */
    long length() {
        return length;
    }

    ByteOrder order() {
        return order;
    }

    /** Bytes of one number, 4 or 8. */
    int itemBytes() {
        return itemBytes;
    }

    /** The claimed number of bytes after the header. */
    long dataBytes() {
        return count * itemBytes;
    }

    boolean columnMajor() {
        return columnMajor;
    }

    /** The claimed number of numbers, at least 1. */
    long count() {
        return count;
    }

    /** The shape; to be asked for only when the count fits an int. */
    int[] shape() {
        return LongStream.of(shape).mapToInt(Math::toIntExact).toArray();
    }

    /** For messages: shape, type and size. */
    @Override
    public String toString() {
        return "shape " + shown(shape) + " of float" + 8 * itemBytes + ", " + dataBytes() + " bytes of data";
    }
}
