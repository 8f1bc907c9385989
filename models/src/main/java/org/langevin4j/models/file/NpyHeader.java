package org.langevin4j.models.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a {@code .npy} file claims (NumPy Enhancement Proposal 1): the magic bytes, the version, the length
 * of the text, and the text of a Python dictionary with the keys {@code descr}, {@code fortran_order}, {@code shape}.
 * Nothing here is believed before it is compared with the data.
 *
 * @param claim shape and type
 * @param length bytes before the data
 * @param type of the numbers
 * @param order of their bytes
 * @param columnMajor whether the first index runs fastest
 */
record NpyHeader(Claim claim, long length, NumberType type, ByteOrder order, boolean columnMajor) {

    /** The first bytes of every {@code .npy} file, "\x93NUMPY". */
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy's own bound, {@code max_header_size}. A header of numbers needs a hundred bytes. */
    private static final int LONGEST = 10_000;

    /** An order of bytes, then a kind and its bytes, or a character of Python's {@code struct}, or a name. */
    private static final Pattern DESCRIPTION = Pattern.compile("([<>=|]?)([a-zA-Z?][a-zA-Z]*[0-9]*)");

    /** What others than the names themselves mean; bfloat16 is what JAX's {@code ml_dtypes} writes as two bytes. */
    private static final Map<String, NumberType> TYPES = Map.ofEntries(
            Map.entry("f2", NumberType.FLOAT16),
            Map.entry("f4", NumberType.FLOAT32),
            Map.entry("f8", NumberType.FLOAT64),
            Map.entry("i1", NumberType.INT8),
            Map.entry("i2", NumberType.INT16),
            Map.entry("i4", NumberType.INT32),
            Map.entry("i8", NumberType.INT64),
            Map.entry("u1", NumberType.UINT8),
            Map.entry("u2", NumberType.UINT16),
            Map.entry("u4", NumberType.UINT32),
            Map.entry("u8", NumberType.UINT64),
            Map.entry("b1", NumberType.BOOL),
            Map.entry("V2", NumberType.BFLOAT16),
            Map.entry("e", NumberType.FLOAT16),
            Map.entry("f", NumberType.FLOAT32),
            Map.entry("d", NumberType.FLOAT64),
            Map.entry("b", NumberType.INT8),
            Map.entry("h", NumberType.INT16),
            Map.entry("i", NumberType.INT32),
            Map.entry("q", NumberType.INT64),
            Map.entry("B", NumberType.UINT8),
            Map.entry("H", NumberType.UINT16),
            Map.entry("I", NumberType.UINT32),
            Map.entry("Q", NumberType.UINT64),
            Map.entry("?", NumberType.BOOL));

    private static final Set<String> NAMES = Set.of(
            "float16",
            "bfloat16",
            "float32",
            "float64",
            "int8",
            "int16",
            "int32",
            "int64",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "bool");

    /** Reads up to the first byte of the data. */
    static NpyHeader read(InputStream in, String shown) throws IOException {
        byte[] start = bytes(in, MAGIC.length + 2, shown);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new ArrayFileException(shown, "does not begin with the magic bytes of .npy");
        }
        int major = start[MAGIC.length];
        int minor = start[MAGIC.length + 1];
        if (!(major >= 1 && major <= 3 && minor == 0)) {
            throw new ArrayFileException(
                    shown,
                    "has .npy version " + (major & 0xFF) + "." + (minor & 0xFF) + "; known are 1.0, 2.0 and 3.0");
        }
        int lengthBytes = major == 1 ? 2 : 4;
        byte[] littleEndian = bytes(in, lengthBytes, shown);
        long textLength = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            textLength = textLength << 8 | (littleEndian[i] & 0xFF);
        }
        if (!(textLength <= LONGEST)) {
            throw new ArrayFileException(
                    shown, "claims a header of " + textLength + " bytes, more than the " + LONGEST + " allowed");
        }
        Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        HeaderText text = HeaderText.parse(new String(bytes(in, (int) textLength, shown), charset), shown);
        Matcher description = DESCRIPTION.matcher(text.type());
        NumberType type = description.matches() ? type(description.group(2)) : null;
        if (type == null) {
            throw new ArrayFileException(shown, unsupported(text.type()));
        }
        return new NpyHeader(
                Claim.of(shown, type.toString(), text.shape()),
                start.length + lengthBytes + textLength,
                type,
                switch (description.group(1)) {
                    case "<" -> ByteOrder.LITTLE_ENDIAN;
                    case ">" -> ByteOrder.BIG_ENDIAN;
                    default -> ByteOrder.nativeOrder();
                },
                text.columnMajor() && text.shape().length > 1);
    }

    private static @Nullable NumberType type(String word) {
        return NAMES.contains(word) ? NumberType.valueOf(word.toUpperCase(Locale.ROOT)) : TYPES.get(word);
    }

    private static byte[] bytes(InputStream in, int length, String shown) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ArrayFileException(shown, "is truncated: it ends inside the .npy header");
        }
        return bytes;
    }

    private static String unsupported(String type) {
        if (type.endsWith("O")) {
            return "has dtype '" + type + "', pickled Python objects; pickles are never loaded, save the numbers as"
                    + " float32 or float64";
        }
        return "has dtype '" + type + "'; only real numbers of 16 to 64 bits, integers and bool are read";
    }
}
