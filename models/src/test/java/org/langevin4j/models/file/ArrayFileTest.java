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
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayFileTest {

    private static final double[][] MATRIX = {{1.5, -2.25, 3.0}, {4.0, 5.125, -6e10}};

    @TempDir
    Path folder;

    /** What the bytes of one number mean, by IEEE 754 and two's complement. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    <f2,    00 3c,                   1
                    >f2,    c0 00,                   -2
                    <f2,    ff 7b,                   65504
                    <f2,    01 00,                   5.9604644775390625e-8
                    <f2,    ff 03,                   6.097555160522461e-5
                    <f2,    01 80,                   -5.9604644775390625e-8
                    float16, 55 35,                  0.333251953125
                    <V2,    80 3f,                   1
                    <V2,    49 c0,                   -3.140625
                    bfloat16, 80 3f,                 1
                    <f4,    00 00 80 3f,             1
                    =f4,    00 00 80 3f,             1
                    float32, 00 00 80 3f,            1
                    >d,     3f f0 00 00 00 00 00 00, 1
                    f8,     00 00 00 00 00 00 f0 3f, 1
                    |i1,    ff,                      -1
                    |u1,    ff,                      255
                    >i2,    ff fe,                   -2
                    <u2,    fe ff,                   65534
                    <i4,    fe ff ff ff,             -2
                    <u4,    fe ff ff ff,             4294967294
                    >i8,    ff ff ff ff ff ff ff fe, -2
                    <u8,    ff ff ff ff ff ff ff ff, 18446744073709551616
                    <u8,    00 04 00 00 00 00 00 80, 9223372036854775808
                    <u8,    01 04 00 00 00 00 00 80, 9223372036854777856
                    |b1,    01,                      1
                    bool,   00,                      0
                    """)
    void readsEveryType(String type, String bytes, double expected) throws IOException {
        // Without an order the bytes are the machine's, which is little-endian on all that Java 17 commonly runs on.
        byte[] number = HexFormat.ofDelimiter(" ").parseHex(bytes);
        NumberArray array = read(npy(type, "(1,)", number));
        assertThat(array.values()).containsExactly(expected);
    }

    @Test
    void refusesHalvesThatAreNotFinite() throws IOException {
        Path file = npy("<f2", "(1, 2)", new byte[] {0, 0x3c, 0, 0x7c});
        assertThatThrownBy(() -> read(file)).hasMessageContaining("the entry Infinity in row 0, column 1");
    }

    @Test
    void bytesAfterTheDataAreNotLookedAt() throws IOException {
        assertThat(read(npy("|u1", "(2,)", new byte[] {1, 2, 3})).values()).containsExactly(1, 2);
    }

    @Test
    void readsUnderGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(NumPyFiles.CUBE_BY_COLUMN);
        }
        assertThat(read(file("a.npy.gz", bytes.toByteArray())).get(1, 11)).isEqualTo(23.0);
        byte[] damaged = bytes.toByteArray();
        damaged[damaged.length - 5] ^= 1;
        assertFault(file("b.npy.gz", damaged), "cannot be read");
        bytes.reset();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(NumPyFiles.STORED);
        }
        assertFault(file("c.npz.gz", bytes.toByteArray()), "what is in it is no .npy; unpack it first");
    }

    @Test
    void readsHdf5() throws IOException {
        Path file = file("a", OtherFiles.HDF5);
        assertThat(ArrayFile.open(file).names()).containsExactly("group/floats", "x");
        assertThat(find(file + ":x").toRows()).isDeepEqualTo(MATRIX);
        assertThat(find(file + ":/group/floats").get(1, 2)).isEqualTo((float) -6e10);
        assertFault(file, "say which array to read, FILE:ARRAY; it holds group/floats, x");
        assertThatThrownBy(() -> ArrayFile.find(file + ":text")).hasMessageContaining("has no array 'text'");

        Path chunks = file("b", OtherFiles.HDF5_CHUNKS);
        assertThat(find(chunks + ":x").toRows()).isDeepEqualTo(MATRIX);
        assertThat(find(chunks + ":u").values()).containsExactly(250, 251, 252, 253, 254, 255);
    }

    /** jHDF gives other numbers than are in these, without a word. */
    @Test
    void refusesHdf5ThatWouldBeMisread() throws IOException {
        assertFault(file("a", OtherFiles.HDF5_THAT_MAY_GROW), "so that it may grow along axis 1, which jHDF misreads");
        assertFault(file("b", OtherFiles.HDF5_IN_PARTS), "was written in parts only");
    }

    @Test
    void readsMatlab() throws IOException {
        Path old = file("a", OtherFiles.MATLAB_5);
        assertThat(ArrayFile.open(old).names()).containsExactly("x", "labels");
        assertThat(find(old + ":x").toRows()).isDeepEqualTo(MATRIX);
        assertThat(find(old + ":labels").integers()).containsExactly(0, 1, 2, 3, 4);
        assertThatThrownBy(() -> ArrayFile.find(old + ":z")).hasMessageContaining("array 'z': is complex");
        assertThatThrownBy(() -> ArrayFile.find(old + ":name")).hasMessageContaining("is character");

        Path packed = file("b", OtherFiles.MATLAB_7);
        assertThat(find(packed + ":x").toRows()).isDeepEqualTo(MATRIX);
        assertThat(find(packed + ":flags").values()).containsExactly(1, 0, 1, 1, 1, 0);

        Path unsigned = file("d", OtherFiles.MATLAB_UNSIGNED);
        assertThat(find(unsigned + ":u").values()).containsExactly(0x1p63 + 0x1p20, 5, 0x1p64, 7);
        assertThat(find(unsigned + ":u4").values()).containsExactly(4294967295.0, 3);

        Path hdf = file("c", OtherFiles.MATLAB_7_3);
        assertThat(find(hdf + ":x").toRows()).isDeepEqualTo(MATRIX);
        assertThat(find(hdf + ":c").toRows()).isDeepEqualTo(MATRIX);
    }

    @Test
    void integersAreIntegers() throws IOException {
        NumberArray matrix = find(file("a", OtherFiles.MATLAB_5) + ":x");
        assertThatThrownBy(matrix::integers).hasMessageContaining("must hold integers, got 1.5 at place 0");
    }

    @Test
    void laysColumnsSideBySide() throws IOException {
        Path file = folder.resolve("layers.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("w.npy"));
            zip.write(NumPyFiles.CUBE_BY_COLUMN);
            zip.putNextEntry(new ZipEntry("b.npy"));
            zip.write(bytes("|i1", "(2,)", new byte[] {-1, -2}));
            zip.putNextEntry(new ZipEntry("c.npy"));
            zip.write(bytes("|i1", "(3,)", new byte[] {-1, -2, -3}));
        }
        NumberArray both = find(file + ":b,w");
        assertThat(both.shape()).containsExactly(2, 13);
        assertThat(both.toRows()[1]).startsWith(-2, 12, 13).endsWith(22, 23);
        assertThatThrownBy(() -> ArrayFile.find(file + ":w,c"))
                .hasMessageContaining("array 'c': must have 2 rows as ")
                .hasMessageContaining("array 'w' has, got 3");
        assertThatThrownBy(() -> ArrayFile.find(file + ":w,d")).hasMessageContaining("has no array 'd'");
    }

    @Test
    void readsAFolderOfParts() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        for (int k = 0; k < 11; k++) {
            byte[] numbers = {(byte) k, (byte) -k};
            Files.write(parts.resolve("layer2-g" + k + ".npy"), bytes("|i1", k == 3 ? "(2, 1)" : "(1, 2)", numbers));
        }
        Files.writeString(parts.resolve("README.md"), "left aside", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ArrayFile.find(parts.toString()))
                .hasMessageContaining("layer2-g3.npy: must fit ")
                .hasMessageContaining("got (2, 1)");
        Files.write(parts.resolve("layer2-g3.npy"), bytes("|i1", "(2, 2)", new byte[] {3, -3, 33, -33}));
        NumberArray all = find(parts.toString());
        assertThat(all.rows()).isEqualTo(12);
        assertThat(all.toMatrix().getColumn(0)).containsExactly(0, 1, 2, 3, 33, 4, 5, 6, 7, 8, 9, 10);
        Files.delete(parts.resolve("layer2-g7.npy"));
        assertFault(parts, "lacks the part of the number 7, before layer2-g8.npy");
        Files.write(parts.resolve("layer3-g7.npy"), bytes("|i1", "(1, 2)", new byte[2]));
        assertFault(parts, "must hold parts whose names differ in their number only");
    }

    @Test
    void countsPartsWhoseNamesSayHowMany() throws IOException {
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Files.write(parts.resolve("g-00001-of-00003.h5"), OtherFiles.HDF5);
        Files.write(parts.resolve("g-00002-of-00003.h5"), OtherFiles.HDF5_CHUNKS);
        assertFault(parts, "must hold 3 parts by their names, got 2");
        Files.write(parts.resolve("g-00003-of-00003.h5"), OtherFiles.HDF5);
        assertThat(find(parts + ":x").rows()).isEqualTo(6);
        assertThatThrownBy(() -> ArrayFile.find(parts + ":group/floats"))
                .hasMessageContaining("g-00002-of-00003.h5: has no array 'group/floats'");
    }

    @Test
    void readsText() throws IOException {
        assertThat(text("\uFEFFw1;w2\n1.5;-2e3\n\n3;.5 # as it is\n").toRows())
                .isDeepEqualTo(new double[][] {{1.5, -2000}, {3, 0.5}});
        assertThat(text("\"1\", \"2\"\n3 ,4\n").toRows()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(text("1 2\t3\n").toRows()).isDeepEqualTo(new double[][] {{1, 2, 3}});
        assertThat(text("0,1,2\n3,4,5\n").rows()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    0,1,2~0.5,1.5,2.5    | begins with the row 0, 1, … 2 above numbers with a point: the header that pandas writes
                    1,5;2,5~3,5;4,5      | line 1 has both commas and semicolons; write decimal points, not commas
                    1,2~3                | rows must be of one length, got 2 numbers in the first and 1 in line 2
                    1,2~3,x              | line 2, column 2 must be a finite number, got 'x'
                    1,NaN                | line 1, column 2 must be a finite number, got 'NaN'
                    1,2d                 | line 1, column 2 must be a finite number, got '2d'
                    1,0x1p1              | line 1, column 2 must be a finite number, got '0x1p1'
                    1,1e999              | line 1, column 2 must be a finite number, got '1e999'
                    a,b~c,d              | line 2, column 1 must be a finite number, got 'c'
                    a,b                  | holds no numbers
                    """)
    void refusesOtherText(String lines, String fault) throws IOException {
        assertFault(file("a.csv", lines.replace('~', '\n').getBytes(StandardCharsets.UTF_8)), fault);
    }

    @Test
    void namesForeignFiles() throws IOException {
        assertFault(
                file("a", "\u00fcber 1\n".getBytes(StandardCharsets.ISO_8859_1)), "is not text in UTF-8, after line 0");
        assertFault(file("b", "1,2\n".getBytes(StandardCharsets.UTF_16)), "is text in UTF-16; save it as UTF-8");
        assertFault(file("c", "PAR1 and so on".getBytes(StandardCharsets.US_ASCII)), "is a Parquet file");
        assertFault(file("d", new byte[] {'B', 'Z', 'h', '9'}), "bunzip2");
        Path torch = folder.resolve("net.pt");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(torch))) {
            zip.putNextEntry(new ZipEntry("net/data.pkl"));
        }
        assertFault(torch, "is a PyTorch file, and pickles are never loaded; convert it in Python: import torch");
    }

    @Test
    void aNameWithAColonIsAFileFirst() throws IOException {
        file("a:b", NumPyFiles.LITTLE_DOUBLES);
        assertThat(find(folder.resolve("a:b").toString()).rows()).isEqualTo(2);
        file("c", OtherFiles.HDF5);
        assertThatThrownBy(() -> ArrayFile.find(folder.resolve("c") + ":x:y"))
                .hasMessageContaining("c: has no array 'x:y'");
        assertThatThrownBy(() -> ArrayFile.find(folder.resolve("d") + ":x")).hasMessageContaining("d: does not exist");
        assertThatThrownBy(() -> ArrayFile.find("a\0b")).hasMessageContaining("is no name of a file");
    }

    @Test
    void prefersTheExpectedArray() throws IOException {
        Path file = file("a", NumPyFiles.STORED);
        assertThat(ArrayFile.find(file.toString(), "second").read().values()).containsExactly(1, 2);
    }

    /** A row in the middle of an array in chunks, of which those before are not unpacked: written is 2.5 at (0, 1) alone. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 519, 520, 521, 999})
    void rowsOfChunksFromAnyPlace(int row) throws IOException {
        StoredArray array = ArrayFile.find(file("v", OtherFiles.HDF5_VAST) + ":y");
        double[] expected = new double[1000];
        expected[1] = row == 0 ? 2.5 : 0.0;
        array.forEachBlock(row, row + 1, (first, rows, count) -> {
            assertThat(first).isEqualTo(row);
            assertThat(count).isEqualTo(1);
            assertThat(rows[0]).isEqualTo(expected);
        });
    }

    /** Whatever the bytes, the outcome is an array or a fault in one line. */
    @Test
    void survivesAnyBytes() throws IOException {
        Random random = new Random(20261129);
        byte[][] files = {OtherFiles.HDF5, OtherFiles.HDF5_CHUNKS, OtherFiles.MATLAB_7_3, OtherFiles.MATLAB_7};
        int refused = 0;
        for (int trial = 0; trial < 400; trial++) {
            byte[] bytes = files[trial % files.length].clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (trial % 10 == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            Path file = file("any", bytes);
            try {
                ArrayFile.open(file).array("x").read();
            } catch (ArrayFileException e) {
                assertThat(e).hasMessageStartingWith(file.toString()).hasMessageMatching("\\P{Cntrl}+");
                refused++;
            }
        }
        assertThat(refused).isBetween(80, 390);
    }

    private NumberArray text(String content) throws IOException {
        return read(file("t.csv", content.getBytes(StandardCharsets.UTF_8)));
    }

    private static NumberArray read(Path file) throws IOException {
        return ArrayFile.open(file).only().read();
    }

    private static NumberArray find(String name) throws IOException {
        return ArrayFile.find(name).read();
    }

    private static void assertFault(Path file, String fault) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(fault)
                .hasMessageMatching("\\P{Cntrl}+");
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private Path npy(String type, String shape, byte[] data) throws IOException {
        return file("a.npy", bytes(type, shape, data));
    }

    private static byte[] bytes(String type, String shape, byte[] data) {
        byte[] text = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + "}")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + text.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(data)
                .array();
    }
}
