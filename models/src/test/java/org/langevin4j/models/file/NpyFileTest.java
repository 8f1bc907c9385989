package org.langevin4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyFileTest {

    private static final double[][] MATRIX = {{1.5, -2.25, 3.0}, {4.0, 5.125, -6e10}};

    private static final String ONE_LINE = "\\P{Cntrl}+";

    @TempDir
    Path folder;

    static Stream<byte[]> matricesByNumPy() {
        return Stream.of(
                NumPyFiles.LITTLE_DOUBLES,
                NumPyFiles.BIG_DOUBLES,
                NumPyFiles.LITTLE_FLOATS,
                NumPyFiles.BIG_FLOATS_BY_COLUMN,
                NumPyFiles.DOUBLES_BY_COLUMN,
                NumPyFiles.VERSION_2,
                NumPyFiles.VERSION_3);
    }

    @ParameterizedTest
    @MethodSource("matricesByNumPy")
    void readsWhatNumPyWrote(byte[] bytes) throws IOException {
        boolean floats = new String(bytes, StandardCharsets.ISO_8859_1).contains("f4");
        NumberArray array = read(file(bytes));

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.rows()).isEqualTo(2);
        assertThat(array.columns()).isEqualTo(3);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                // −6·10¹⁰ is no float; the others are exact in both types.
                assertThat(array.get(i, j)).isEqualTo(floats ? (float) MATRIX[i][j] : MATRIX[i][j]);
                assertThat(array.toRows()[i][j]).isEqualTo(array.get(i, j));
                assertThat(array.toMatrix().getEntry(i, j)).isEqualTo(array.get(i, j));
            }
        }
    }

    @Test
    void readsOtherThanTwoDimensions() throws IOException {
        NumberArray number = read(file(NumPyFiles.NUMBER));
        assertThat(number.shape()).isEmpty();
        assertThat(number.toRows()).isDeepEqualTo(new double[][] {{7.5}});

        NumberArray vector = read(file(NumPyFiles.VECTOR));
        assertThat(vector.shape()).containsExactly(3);
        assertThat(vector.toRows()).isDeepEqualTo(new double[][] {{1, 2, 3}});

        NumberArray cube = read(file(NumPyFiles.CUBE_BY_COLUMN));
        assertThat(cube.shape()).containsExactly(2, 3, 4);
        assertThat(cube.rows()).isEqualTo(2);
        assertThat(cube.columns()).isEqualTo(12);
        assertThat(cube.values())
                .containsExactly(IntStream.range(0, 24).asDoubleStream().toArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'shape': (1, 2), 'fortran_order': False, 'descr': '<f8'}",
                "  {\"descr\" :\n'<f8' ,'shape':( 1 ,2, ) ,\t'fortran_order':True,}  \n",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1L, 2L), }"
            })
    void acceptsAnyOrderAndSpacing(String header) throws IOException {
        assertThat(read(file(npy(header, 3.0, 4.0))).toRows()).isDeepEqualTo(new double[][] {{3, 4}});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {'descr': '<f8', 'fortran_order': False}                                 | 'shape' is missing
                    {'descr': '<f8', 'shape': (2,)}                                          | 'fortran_order' is missing
                    {}                                                                       | 'descr' is missing
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'shape': (2,)}   | unexpected or repeated key 'shape'
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'x': 1}          | unexpected or repeated key 'x'
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2)}                   | is written (n,)
                    {'descr': '<f8', 'fortran_order': False, 'shape': (1,,2)}                | no integer
                    {'descr': '<f8', 'fortran_order': False, 'shape': (1.0, 2)}              | ')' is missing
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2,)                   | '}' is missing
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2,)} import os        | text after the closing brace
                    {'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}                      | neither True nor False
                    {'descr': '<f8, 'fortran_order': False, 'shape': (2,)}                   | malformed
                    {'descr': __import__('os').system('ls'), 'fortran_order': False}         | a quoted string is missing
                    {'descr': '<f8                                                           | not closed
                    nothing                                                                  | '{' is missing
                    {'descr': '<f8', 'fortran_order': False, 'shape': (-2, 1)}               | has a negative shape, (-2, 1)
                    {'descr': '<f8', 'fortran_order': False, 'shape': (0, 917)}              | is an empty array of shape (0, 917)
                    {'descr': '<f8', 'fortran_order': False, 'shape': (0, 9000000000, 9000000000)} | is an empty array
                    {'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)}    | product overflows
                    {'descr': '<f8', 'fortran_order': False, 'shape': (2147483648, 536870912)}     | product overflows
                    {'descr': '<f8', 'fortran_order': False, 'shape': (1152921504606846975,)}      | is truncated
                    {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}     | overflows
                    {'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 1000000)}    | is truncated: its header claims shape (1000000, 1000000) of float64, 8000000000000 bytes of data, of which 16 are there
                    {'descr': '<f8', 'fortran_order': False, 'shape': (3,)}                  | is truncated
                    {'descr': '<U5', 'fortran_order': False, 'shape': (2,)}                  | has dtype '<U5'; only real numbers
                    {'descr': '<c8', 'fortran_order': False, 'shape': (2,)}                  | has dtype '<c8'; only real numbers
                    """)
    void refusesFalseHeaders(String header, String fault) throws IOException {
        assertRefused(file(npy(header, 1.0, 2.0)), fault);
    }

    @Test
    void refusesObjectsAndStructures() throws IOException {
        assertRefused(file(NumPyFiles.OBJECTS), "pickles are never loaded");
        assertRefused(file(NumPyFiles.STRUCTURED), "has a structured dtype");
    }

    @Test
    void refusesWhatIsNoArrayFile() throws IOException {
        assertRefused(folder.resolve("nowhere.npy"), "does not exist");
        assertRefused(folder, "is a folder, and no file in it has a number in its name");
        assertRefused(file(new byte[0]), "is empty");
        assertRefused(file(new byte[] {1, 2, 3, 4}), "first bytes are 01 02 03 04");
        assertRefused(file(new byte[] {(byte) 0x80, 4, (byte) 0x95, 1, 2, 3, 4}), "pickles are never loaded");
        byte[] version = NumPyFiles.LITTLE_DOUBLES.clone();
        version[6] = 4;
        assertRefused(file(version), "has .npy version 4.0");
        byte[] longHeader = NumPyFiles.VERSION_2.clone();
        longHeader[11] = 127;
        assertRefused(file(longHeader), "claims a header of 2130706548 bytes");
    }

    @Test
    void refusesEveryTruncation() throws IOException {
        for (byte[] whole : new byte[][] {NumPyFiles.BIG_FLOATS_BY_COLUMN, NumPyFiles.VERSION_3, NumPyFiles.DEFLATED}) {
            for (int length = 0; length < whole.length; length++) {
                assertRefused(file(Arrays.copyOf(whole, length)), "");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void namesTheEntryThatIsNotFinite(double bad) throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': %s, 'shape': (2, 3)}";
        assertRefused(
                file(npy(header.replace("%s", "False"), 1, 2, 3, 4, bad, 6)),
                "the entry " + bad + " in row 1, column 1");
        assertRefused(
                file(npy(header.replace("%s", "True"), 1, 2, 3, 4, 5, bad)),
                "the entry " + bad + " in row 1, column 2");
    }

    static Stream<byte[]> archivesByNumPy() {
        return Stream.of(NumPyFiles.STORED, NumPyFiles.DEFLATED);
    }

    @ParameterizedTest
    @MethodSource("archivesByNumPy")
    void readsArchives(byte[] bytes) throws IOException {
        Path npz = file(bytes);

        assertThat(ArrayFile.open(npz).names()).containsExactly("first", "second");
        assertThat(ArrayFile.open(npz).array("first").read().toRows()).isDeepEqualTo(MATRIX);
        assertThat(ArrayFile.open(npz).array("second").read().values()).containsExactly(1.0, 2.0);
        assertRefused(npz, "say which array to read, FILE:ARRAY; it holds first, second");
        assertThatThrownBy(() -> ArrayFile.open(npz).array("third"))
                .isInstanceOf(ArrayFileException.class)
                .hasMessage(npz + ": has no array 'third'; it holds first, second");
    }

    @Test
    void readsTheOnlyArrayOfAnArchiveWithoutItsName() throws IOException {
        assertThat(read(npz("gradients.npy", NumPyFiles.LITTLE_DOUBLES)).toRows())
                .isDeepEqualTo(MATRIX);
        assertRefused(npz("readme.txt", new byte[3]), "it holds no arrays");
        Path npy = file(NumPyFiles.LITTLE_DOUBLES);
        assertThat(ArrayFile.open(npy).names()).isEmpty();
        assertThatThrownBy(() -> ArrayFile.open(npy).array("x"))
                .hasMessageContaining("is one array, which has no name");
    }

    @Test
    void doesNotTrustArchives() throws IOException {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (%s,)}";
        assertRefused(npz("x.npy", npy(header.replace("%s", "3"), 1, 2)), "of which 16 are there");
        long heap = Runtime.getRuntime().maxMemory();
        assertRefused(npz("x.npy", npy(header.replace("%s", "1000000000000"), 1, 2)), "8000000000000 bytes of heap");
        assertRefused(npz("x.npy", npy(header.replace("%s", "" + (heap / 8 + 1)), 1, 2)), "has " + heap + " bytes at");
        // Fits the heap as far as the header goes, and yet is not allocated.
        assertRefused(
                npz("x.npy", npy(header.replace("%s", "" + Math.min(heap / 8, Integer.MAX_VALUE - 9)), 1, 2)),
                "of which 16 are there");
        assertRefused(npz("x.npy", NumPyFiles.OBJECTS), "pickles are never loaded");
    }

    @Test
    void refusesDamagedArchives() throws IOException {
        byte[] stored = NumPyFiles.STORED.clone();
        // The last byte of the first number; the checksum alone can tell.
        stored[indexOf(stored, new byte[] {(byte) 0xf8, 0x3f})] ^= 1;
        Path npz = file(stored);
        assertThatThrownBy(() -> ArrayFile.open(npz).array("first").read())
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("array 'first': is damaged: its checksum");
        byte[] deflated = NumPyFiles.DEFLATED.clone();
        Arrays.fill(deflated, 70, 100, (byte) 0xff);
        Path broken = file(deflated);
        assertThatThrownBy(() -> ArrayFile.open(broken).array("first").read())
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("is damaged");
    }

    /** Whatever the bytes, the outcome is an array or a fault in one line. */
    @Test
    void survivesAnyBytes() throws IOException {
        Random random = new Random(20261120);
        byte[][] files = {
            NumPyFiles.LITTLE_DOUBLES,
            NumPyFiles.VERSION_3,
            NumPyFiles.STORED,
            NumPyFiles.DEFLATED,
            NumPyFiles.STRUCTURED
        };
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++) {
            byte[] bytes = files[trial % files.length].clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path file = file(bytes);
            try {
                if (bytes[0] == 'P') {
                    ArrayFile.open(file).array("second").read();
                } else {
                    read(file);
                }
            } catch (ArrayFileException e) {
                assertThat(e).hasMessageStartingWith(file.toString());
                assertThat(e).hasMessageMatching(ONE_LINE);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void isImmutable() throws IOException {
        NumberArray array = read(file(NumPyFiles.LITTLE_DOUBLES));
        array.shape()[0] = 9;
        array.values()[0] = 9;
        array.toRows()[0][0] = 9;
        array.toMatrix().setEntry(0, 0, 9);

        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.toRows()).isDeepEqualTo(MATRIX);
        assertThatThrownBy(() -> array.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static NumberArray read(Path file) throws IOException {
        return ArrayFile.open(file).only().read();
    }

    private static void assertRefused(Path file, String fault) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(fault)
                .hasMessageMatching(ONE_LINE);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("array"), bytes);
    }

    private Path npz(String entry, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        }
        return file(bytes.toByteArray());
    }

    /** A file of version 1.0 with this header and little-endian doubles. */
    private static byte[] npy(String header, double... data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length + 8 * data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text);
        for (double value : data) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return IntStream.range(0, bytes.length - part.length)
                .filter(i -> Arrays.equals(bytes, i, i + part.length, part, 0, part.length))
                .findFirst()
                .orElseThrow();
    }
}
