package org.langevin4j.models.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.models.Budget;

/** Files of version 5, put together by hand; those of other programs are in {@link ArrayFileTest}. */
class MatlabFileTest {

    private static final int DOUBLE = 6;
    private static final int CELL = 1;
    private static final int OPAQUE = 17;

    private static final int MATRIX = MatlabElement.MATRIX;

    @TempDir
    private Path folder;

    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    /** [[1, 3], [2, 4]] as doubles, and as bytes in a tag of their own. */
    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void readsBothOrdersOfBytes(String name) throws IOException {
        order = name.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] whole = matrix(DOUBLE, "whole", element(9, doubles(1, 2, 3, 4)));
        byte[] small = matrix(DOUBLE, "small", small(2, 1, 2, 3, 4));
        Path file = file(0, whole, deflated(small), deflated(whole("packed")));
        assertThat(ArrayFile.open(file).names()).containsExactly("whole", "small", "packed");
        for (String array : List.of("whole", "small", "packed")) {
            assertThat(ArrayFile.open(file).array(array).read().values()).containsExactly(1, 3, 2, 4);
        }
    }

    /** Cells may hold anything, and objects of the newer kinds have no shape, and data in an array without a name. */
    @Test
    void passesOverWhatIsNoNumbers() throws IOException {
        byte[] cell = matrix(CELL, "cell", whole("a"), whole("b"), whole("c"), whole("d"));
        byte[] opaque = element(MATRIX, flags(OPAQUE), text("table"), text("MCOS"), text("table"), whole(""));
        byte[] before = joined(cell, opaque);
        Path file = file(128 + before.length, before, whole(""), whole("x"));
        assertThat(ArrayFile.open(file).names()).containsExactly("x");
        assertThatThrownBy(() -> ArrayFile.open(file).array("cell")).hasMessageContaining("is cell; only arrays of");
        assertThatThrownBy(() -> ArrayFile.open(file).array("table")).hasMessageContaining("is opaque; only arrays of");
    }

    /** A name of two billion bytes, an array of as many, an element beyond the file, and each of them under deflate. */
    @Test
    void claimsBeyondTheFileAreRefusedByTheirTags() throws IOException {
        byte[] name = element(MATRIX, flags(DOUBLE), shape(), tag(1, 2_000_000_000));
        byte[] data = matrix(DOUBLE, "x", tag(9, 2_000_000_000));
        byte[] shape = element(MATRIX, flags(DOUBLE), tag(5, 2_000_000_000));
        for (byte[] damaged : List.of(name, data, shape)) {
            assertRefused(file(0, damaged), "claims 2000000000 bytes where ");
            assertRefused(file(0, deflated(damaged)), "claims 2000000000 bytes where ");
        }
        assertRefused(file(0, tag(MATRIX, -8), whole("x")), "claims 4294967288 bytes where ");
        byte[] outer = deflated(tag(MATRIX, 2_000_000_000));
        assertRefused(file(0, outer), "claims 2000000000 bytes where ");
        byte[] packed = deflated(whole("x"));
        assertRefused(file(0, Arrays.copyOf(packed, packed.length - 8)), "claims " + (packed.length - 8) + " bytes");
    }

    @Test
    void damageIsRefused() throws IOException {
        assertRefused(file(0, matrix(DOUBLE, "x", element(9, doubles(1, 2, 3)))), "is damaged: it claims shape (2, 2)");
        assertRefused(file(0, matrix(DOUBLE, "x", element(16, new byte[32]))), "32 bytes of no numbers");
        assertRefused(file(0, matrix(DOUBLE, "x", whole("y"))), "bytes of no numbers");
        assertRefused(file(0, element(9, doubles(1))), "type 9, neither a matrix nor compressed");
        assertRefused(file(0, element(MATRIX, tag(6, 4), new byte[8])), "has 1 words of flags, not 2");
        assertRefused(file(0, element(MATRIX, flags(DOUBLE), text("x"))), "has type 1, not 5");
        assertRefused(file(0, element(MATRIX, words(9 << 16 | 6, 0))), "9 bytes is said to lie in its tag");
        byte[] packed = deflated(whole("x"));
        packed[packed.length - 1]++;
        assertRefused(file(0, packed), "incorrect data check");
    }

    private void assertRefused(Path file, String fault) throws IOException {
        Budget.within(
                0,
                () -> assertThatThrownBy(() -> ArrayFile.open(file).array("x").read())
                        .isInstanceOf(ArrayFileException.class)
                        .hasMessageContaining(fault));
    }

    private Path file(long objects, byte[]... elements) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(128).order(order);
        header.put("MATLAB 5.0 MAT-file".getBytes(ISO_8859_1));
        header.putLong(116, objects).putShort(124, (short) 0x100).putShort(126, (short) ('M' << 8 | 'I'));
        return Files.write(folder.resolve("a.mat"), joined(header.array(), joined(elements)));
    }

    private byte[] whole(String name) {
        return matrix(DOUBLE, name, element(9, doubles(1, 2, 3, 4)));
    }

    /** 2 × 2. */
    private byte[] matrix(int kind, String name, byte[]... content) {
        return element(MATRIX, flags(kind), shape(), text(name), joined(content));
    }

    private byte[] flags(int kind) {
        return element(6, words(kind, 0));
    }

    private byte[] shape() {
        return element(5, words(2, 2));
    }

    private byte[] text(String text) {
        return element(1, text.getBytes(ISO_8859_1));
    }

    private byte[] element(int type, byte[]... content) {
        byte[] bytes = joined(content);
        return joined(tag(type, bytes.length), bytes, new byte[-bytes.length & 7]);
    }

    private byte[] small(int type, int... bytes) {
        ByteBuffer element = ByteBuffer.allocate(8).order(order).putInt(bytes.length << 16 | type);
        for (int each : bytes) {
            element.put((byte) each);
        }
        return element.array();
    }

    private byte[] deflated(byte[] element) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(element);
        }
        return joined(tag(MatlabElement.COMPRESSED, packed.size()), packed.toByteArray());
    }

    private byte[] tag(int type, int size) {
        return words(type, size);
    }

    private byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(order);
        Arrays.stream(words).forEach(bytes::putInt);
        return bytes.array();
    }

    private byte[] doubles(double... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(order);
        Arrays.stream(numbers).forEach(bytes::putDouble);
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }
}
