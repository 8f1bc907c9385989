package org.langevin4j.models.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.models.Budget;

/**
 * Any bytes give arrays or an {@link ArrayFileException} of one line, within the {@link Budget}. How to go on from the
 * seeds is told in docs/trials/fuzzing.md.
 */
class ArrayFileFuzzTest {

    private static final String SHOWN = "input";

    private static final int MATLAB_HEADER = 128;

    /** A byte of deflate may become so many (zlib, "Maximum Compression Factor"). */
    private static final long DEFLATE = 1032;

    /** Bytes of heap for a byte of the file: eight of a double, read twice, and what growing arrays leave behind. */
    private static final long PLAIN = 100;

    /** The same where each character may be a word. */
    private static final long TEXT = 600;

    @MethodSource("npySeeds")
    @FuzzTest(maxDuration = "")
    void npy(byte[] bytes) throws IOException {
        within(PLAIN * bytes.length, () -> {
            NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes), SHOWN);
            useUp(new StoredArray(
                    header.claim(), false, () -> NpyFile.stream(new ByteArrayInputStream(bytes), SHOWN, () -> {})));
        });
    }

    @MethodSource("safetensorsSeeds")
    @FuzzTest(maxDuration = "")
    void safetensors(byte[] bytes) throws IOException {
        within(PLAIN * bytes.length, () -> {
            Path path = Path.of(SHOWN);
            SafetensorsFile file = new SafetensorsFile(
                    path, SafetensorsHeader.read(new ByteArrayInputStream(bytes), bytes.length, path));
            for (String name : file.names()) {
                skipRefused(() -> file.array(name).shape());
            }
        });
    }

    @MethodSource("textSeeds")
    @FuzzTest(maxDuration = "")
    void text(byte[] bytes) throws IOException {
        within(TEXT * bytes.length, () -> useUp(TextFile.array(new ByteArrayInputStream(bytes), SHOWN)));
    }

    @MethodSource("npzSeeds")
    @FuzzTest(maxDuration = "")
    void npz(byte[] bytes) throws IOException {
        inFile(bytes);
    }

    @MethodSource("hdf5Seeds")
    @FuzzTest(maxDuration = "")
    void hdf5(byte[] bytes) throws IOException {
        inFile(bytes);
    }

    @MethodSource("matSeeds")
    @FuzzTest(maxDuration = "")
    void mat(byte[] bytes) throws IOException {
        inFile(bytes);
    }

    @MethodSource("gzipSeeds")
    @FuzzTest(maxDuration = "")
    void gzip(byte[] bytes) throws IOException {
        inFile(bytes);
    }

    @MethodSource("allSeeds")
    @FuzzTest(maxDuration = "")
    void anyFile(byte[] bytes) throws IOException {
        inFile(bytes);
    }

    /** A file that a killed process left, taken up to be gone on with. */
    @MethodSource("growingSeeds")
    @FuzzTest(maxDuration = "")
    void growing(byte[] bytes) throws IOException {
        Path file = written(bytes);
        within(PLAIN * bytes.length, () -> {
            try (NpyWriter writer = NpyWriter.resume(file, 3, 1)) {
                writer.write(new double[][] {{1.0, 2.0, 3.0}}, 1);
            }
            if (ArrayFile.open(file).only().rows() != 2) {
                throw new AssertionError("must have two rows");
            }
        });
    }

    private static void inFile(byte[] bytes) throws IOException {
        Path path = written(bytes);
        within(PLAIN * DEFLATE * bytes.length, () -> {
            ArrayFile file = ArrayFile.open(path);
            int most = 16;
            for (String name : file.names()) {
                if (most-- > 0) {
                    skipRefused(() -> useUp(file.array(name)));
                }
            }
        });
    }

    /** Both ways to read give the same. */
    private static void useUp(StoredArray array) throws ArrayFileException {
        NumberArray whole = array.read();
        int width = (int) array.columns();
        array.forEachBlock((first, rows, count) -> {
            for (int k = 0; k < count; k += Math.max(1, count - 1)) {
                int place = (int) (first + k) * width;
                if (whole.values()[place] != rows[k][0] || !(Math.abs(rows[k][0]) <= Double.MAX_VALUE)) {
                    throw new AssertionError(
                            "row " + (first + k) + " is " + rows[k][0] + " and " + whole.values()[place]);
                }
            }
        });
    }

    private static void within(long most, Budget.Reading reading) throws IOException {
        Budget.within(most, () -> skipRefused(reading));
    }

    private static void skipRefused(Budget.Reading reading) throws IOException {
        try {
            reading.run();
        } catch (ArrayFileException refused) {
            String message = String.valueOf(refused.getMessage());
            if (message.isBlank() || message.lines().count() != 1 || message.length() > 10_000) {
                throw new AssertionError("not one line: " + message);
            }
        }
    }

    /** One file for all inputs of a process. */
    private static Path written(byte[] bytes) throws IOException {
        return Files.write(
                File.PATH,
                bytes,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static final class File {

        static final Path PATH = make();

        private static Path make() {
            try {
                Path path = Files.createTempFile("fuzz", "");
                path.toFile().deleteOnExit();
                return path;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<byte[]> npySeeds() {
        return List.of(
                NumPyFiles.LITTLE_DOUBLES,
                NumPyFiles.BIG_DOUBLES,
                NumPyFiles.LITTLE_FLOATS,
                NumPyFiles.BIG_FLOATS_BY_COLUMN,
                NumPyFiles.DOUBLES_BY_COLUMN,
                NumPyFiles.VERSION_2,
                NumPyFiles.VERSION_3,
                NumPyFiles.NUMBER,
                NumPyFiles.VECTOR,
                NumPyFiles.CUBE_BY_COLUMN,
                NumPyFiles.OBJECTS,
                NumPyFiles.STRUCTURED,
                npy("(1000000000000,)"),
                npy("(1000000, 1000000)"),
                npy("(9223372036854775807, 9223372036854775807)"));
    }

    private static byte[] npy(String shape) {
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': " + shape + ", }";
        ByteBuffer bytes = ByteBuffer.allocate(10 + text.length() + 16).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) text.length());
        return bytes.put(text.getBytes(ISO_8859_1)).array();
    }

    static List<byte[]> safetensorsSeeds() {
        return List.of(
                safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}", 16),
                safetensors(
                        "{\"__metadata__\":{\"k\":\"v\\u0041\"},\"b\":{\"dtype\":\"BF16\",\"shape\":[3],"
                                + "\"data_offsets\":[8,14]},\"../../c\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]}}",
                        14),
                safetensors(
                        "{\"a\":{\"dtype\":\"I8\",\"shape\":[1000000000000],\"data_offsets\":[0,1000000000000]}}", 8),
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[-1,-4],\"data_offsets\":[0,4]}}", 4),
                safetensors("{\"a\":[[[[[[[[[[[[1]]]]]]]]]]]]}", 0));
    }

    private static byte[] safetensors(String header, int data) {
        byte[] text = header.getBytes(UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putLong(text.length).put(text).array();
    }

    static List<byte[]> textSeeds() {
        return Stream.of(
                        "1,2\n3,4\n",
                        "a,b\n1.5,-2e3\n# comment\n.5,\"6.\"\n",
                        "0,1,2\n0.5,1.5,2.5\n",
                        "1;2\n3;4",
                        "1,5;2\n",
                        "\uFEFF1 2\t3\r\n4 5 6\r\n",
                        "nan,inf\n1,2\n",
                        "1e400,1\n",
                        "0x1p1,2d\n",
                        "\u0661,\u0662\n",
                        // Found: time that grew with the square of the length of a line.
                        ";".repeat(300_000) + "\n",
                        "1".repeat(300_000) + "x\n",
                        "1 2\n" + " ".repeat(300_000) + "3" + " ".repeat(300_000) + "x\n")
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    static List<byte[]> npzSeeds() {
        return List.of(NumPyFiles.STORED, NumPyFiles.DEFLATED);
    }

    static List<byte[]> hdf5Seeds() {
        return List.of(
                OtherFiles.HDF5,
                OtherFiles.HDF5_CHUNKS,
                OtherFiles.HDF5_IN_PARTS,
                OtherFiles.HDF5_THAT_MAY_GROW,
                OtherFiles.HDF5_LZF,
                OtherFiles.HDF5_LZ4,
                OtherFiles.HDF5_BITSHUFFLE,
                OtherFiles.MATLAB_7_3);
    }

    static List<byte[]> matSeeds() {
        return List.of(
                OtherFiles.MATLAB_5,
                OtherFiles.MATLAB_7,
                OtherFiles.MATLAB_UNSIGNED,
                followed(OtherFiles.MATLAB_5, OtherFiles.MATLAB_5));
    }

    /** With the variables of the second behind those of the first. */
    private static byte[] followed(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.write(second, MATLAB_HEADER, second.length - MATLAB_HEADER);
        return both.toByteArray();
    }

    /** The last is a bomb: sixteen million zeros in some kilobytes. */
    static List<byte[]> gzipSeeds() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        bomb.writeBytes(npy("(1000000000000,)"));
        bomb.writeBytes(new byte[1 << 24]);
        return List.of(
                zipped(NumPyFiles.LITTLE_DOUBLES), zipped(NumPyFiles.DOUBLES_BY_COLUMN), zipped(bomb.toByteArray()));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    static List<byte[]> growingSeeds() {
        return List.of(grown("<f8", 2), grown("<f4", 1), grown("<f8", 5));
    }

    private static byte[] grown(String type, int rows) {
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + rows + ", 3), }";
        ByteBuffer bytes = ByteBuffer.allocate(128 + 48).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) 118);
        return bytes.put((text + " ".repeat(117 - text.length()) + "\n").getBytes(ISO_8859_1))
                .array();
    }

    static List<byte[]> allSeeds() throws IOException {
        return Stream.of(
                        npySeeds(),
                        safetensorsSeeds(),
                        textSeeds(),
                        npzSeeds(),
                        hdf5Seeds(),
                        matSeeds(),
                        gzipSeeds().subList(0, 2))
                .flatMap(List::stream)
                .toList();
    }
}
