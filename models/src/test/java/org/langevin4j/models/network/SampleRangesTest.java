package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.NpyWriter;

/** Some of the samples, which are to the bit those of a visit of all. */
class SampleRangesTest {

    private static final int[][] RANGES = {
        {0, 1}, {0, 16}, {1, 17}, {15, 16}, {3, 50}, {16, 48}, {49, 67}, {66, 67}, {0, 67}, {5, 5}, {67, 67}
    };

    @TempDir
    Path folder;

    private static double[][] random(int rows, int columns) {
        Random random = new Random(11);
        double[][] matrix = new double[rows][columns];
        for (double[] row : matrix) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return matrix;
    }

    private static void assertRangesOf(PerSampleGradients gradients, double[][] expected) {
        int n = expected.length;
        assertThat(gradients.samples()).isEqualTo(n);
        for (int[] range : RANGES) {
            double[][] found = new double[n][];
            int[] next = {range[0]};
            gradients.forEachBlock(range[0], range[1], (first, rows, count) -> {
                assertThat(first).isEqualTo(next[0]);
                for (int k = 0; k < count; k++) {
                    found[first + k] = Arrays.copyOf(rows[k], gradients.dimension());
                }
                next[0] = first + count;
            });
            assertThat(next[0]).isEqualTo(range[1]);
            for (int k = 0; k < n; k++) {
                if (k >= range[0] && k < range[1]) {
                    assertThat(found[k]).isEqualTo(expected[k]);
                } else {
                    assertThat(found[k]).isNull();
                }
            }
        }
        assertThatThrownBy(() -> gradients.forEachBlock(1, n + 1, (first, rows, count) -> {}))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void thoseInMemoryAndThoseThatKnowNoRanges() {
        double[][] rows = random(67, 5);
        PerSampleGradients held = PerSampleGradients.of(rows);
        assertRangesOf(held, rows);
        assertRangesOf(
                new PerSampleGradients() {
                    @Override
                    public int samples() {
                        return 67;
                    }

                    @Override
                    public int dimension() {
                        return 5;
                    }

                    @Override
                    public void forEachBlock(Visitor visitor) {
                        for (int first = 0; first < 67; first += 10) {
                            int to = Math.min(67, first + 10);
                            visitor.accept(first, Arrays.copyOfRange(rows, first, to), to - first);
                        }
                    }
                },
                rows);
    }

    private Path npy(String name, double[][] rows) throws IOException {
        Path file = folder.resolve(name);
        try (NpyWriter writer = NpyWriter.doubles(file, rows[0].length)) {
            writer.write(rows, rows.length);
        }
        return file;
    }

    /** Rows wide enough that a block of reading has a few only. */
    @Test
    void thoseOfFiles() throws IOException {
        double[][] rows = random(67, 30_011);
        Path file = npy("g.npy", rows);
        assertRangesOf(FileGradients.open(file.toString()), rows);
        byte[] bytes = Files.readAllBytes(file);

        Path zipped = folder.resolve("g.npy.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(bytes);
        }
        assertRangesOf(FileGradients.open(zipped.toString()), rows);

        Path twice = folder.resolve("g.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(twice))) {
            out.setLevel(1);
            for (String name : new String[] {"a", "b"}) {
                out.putNextEntry(new ZipEntry(name + ".npy"));
                out.write(bytes);
            }
        }
        double[][] beside = new double[67][];
        Arrays.setAll(beside, k -> {
            double[] row = Arrays.copyOf(rows[k], 2 * 30_011);
            System.arraycopy(rows[k], 0, row, 30_011, 30_011);
            return row;
        });
        assertRangesOf(FileGradients.open(twice + ":a,b"), beside);
    }

    @Test
    void thoseOfFoldersAndOfSafetensors() throws IOException {
        double[][] rows = random(67, 9);
        Files.createDirectory(folder.resolve("parts"));
        npy("parts/g-0.npy", Arrays.copyOfRange(rows, 0, 20));
        npy("parts/g-1.npy", Arrays.copyOfRange(rows, 20, 21));
        npy("parts/g-2.npy", Arrays.copyOfRange(rows, 21, 67));
        assertRangesOf(FileGradients.open(folder.resolve("parts").toString()), rows);

        Path file = folder.resolve("g.safetensors");
        byte[] header = "{\"gradients\":{\"dtype\":\"F64\",\"shape\":[67,9],\"data_offsets\":[0,4824]}}"
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 4824).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (double[] row : rows) {
            for (double entry : row) {
                bytes.putDouble(entry);
            }
        }
        Files.write(file, bytes.array());
        assertRangesOf(FileGradients.open(file.toString()), rows);
    }

    /** In Fortran order the rows of a block are gathered from all over the file. */
    @Test
    void thoseOfColumnMajorFiles() throws IOException {
        double[][] rows = random(67, 9_001);
        byte[] header = String.format(
                        Locale.ROOT, "%-117s\n", "{'descr': '<f8', 'fortran_order': True, 'shape': (67, 9001), }")
                .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length + 8 * 67 * 9_001).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) header.length);
        bytes.put(header);
        for (int i = 0; i < 9_001; i++) {
            for (double[] row : rows) {
                bytes.putDouble(row[i]);
            }
        }
        Path file = folder.resolve("f.npy");
        Files.write(file, bytes.array());
        assertRangesOf(FileGradients.open(file.toString()), rows);
    }

    /** Sixteen samples are computed at a time: which ones they are makes no difference to any of them. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void thoseOfNetworks(Precision precision) {
        double[][] inputs = random(67, 49);
        int[] labels = new int[67];
        Arrays.setAll(labels, k -> k % 10);
        DataSet data = DataSet.of(inputs, labels, 10);
        Network network = Network.initialised(Architectures.fullyConnected("narrow", 49, new int[] {8}, 10), Seed.of(5))
                .in(precision);
        PerSampleGradients gradients = network.perSampleGradients(data);
        assertRangesOf(gradients, gradients.toRows());
    }
}
