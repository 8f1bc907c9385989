package org.langevin4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.NpyWriter;

class FileGradientsTest {

    @TempDir
    Path folder;

    private Path written(double[][] rows) throws IOException {
        Path file = folder.resolve("g.npy");
        try (NpyWriter writer = NpyWriter.doubles(file, rows[0].length)) {
            writer.write(rows, rows.length);
        }
        return file;
    }

    @Test
    void givesTheRowsOfAFileInBlocks() throws IOException {
        Random random = new Random(20261129);
        double[][] rows = new double[700][1000];
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextGaussian();
            }
        }
        FileGradients gradients = FileGradients.open(written(rows).toString());

        assertThat(gradients.samples()).isEqualTo(700);
        assertThat(gradients.dimension()).isEqualTo(1000);
        assertThat(gradients.toRows()).isDeepEqualTo(rows);
        int[] blocks = new int[1];
        gradients.forEachBlock((first, block, count) -> blocks[0]++);
        assertThat(blocks[0]).isGreaterThan(1);
    }

    /** More than a gigabyte, the size of a window into a file, of zeros that take no room on the disk; a block is far less. */
    @Test
    void readsAcrossTheWindowsOfALargeFile() throws IOException {
        int n = 132;
        int d = 1 << 20;
        Path file = written(new double[1][d]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            String shape = "'shape': (" + n + ", " + d + "), }";
            channel.write(ByteBuffer.wrap(shape.getBytes(StandardCharsets.US_ASCII)), 10 + 41);
            for (long number : new long[] {(1L << 27) - 1, 1L << 27, (long) n * d - 1}) {
                ByteBuffer one =
                        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, 1.0);
                channel.write(one, 128 + 8 * number);
            }
        }
        FileGradients gradients = FileGradients.open(file.toString());
        double[] sums = new double[n];
        int[] most = new int[1];
        gradients.forEachBlock((first, rows, count) -> {
            most[0] = Math.max(most[0], count);
            for (int k = 0; k < count; k++) {
                sums[first + k] = Arrays.stream(rows[k]).sum();
            }
        });
        assertThat(most[0]).isEqualTo(1);
        double[] expected = new double[n];
        expected[127] = 1.0;
        expected[128] = 1.0;
        expected[n - 1] = 1.0;
        assertThat(sums).containsExactly(expected);
    }

    @Test
    void refusesWhatIsNoSamplesByWeights() throws IOException {
        Path file = written(new double[][] {{1, 2, 3}});
        assertThatThrownBy(() -> FileGradients.open(file.toString()))
                .isInstanceOf(ArrayFileException.class)
                .hasMessage(file + ": gradients must have at least 2 rows, one for each sample, got 1");
        Path text = Files.writeString(folder.resolve("g.txt"), "1 2 3\n", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> FileGradients.open(text.toString())).hasMessageContaining("at least 2 rows");
    }

    @Test
    void refusesGradientsOfAnotherNetwork() throws IOException {
        FileGradients gradients = FileGradients.open(written(new double[3][917]).toString());
        Architecture tiny = Architectures.tinyFc();
        assertThat(gradients.requireOf(tiny)).isSameAs(gradients);
        assertThatThrownBy(() -> gradients.requireOf(Architectures.smallFc()))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageStartingWith(folder.resolve("g.npy") + ": must be gradients of ")
                .hasMessageContaining("a row of 3978 for each sample, got 3×917");
    }

    @Test
    void namesTheEntryThatIsNotFinite() throws IOException {
        Path file = written(new double[5][7]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer bad =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0, Double.NaN);
            channel.write(bad, 128 + 8 * (3 * 7 + 4));
        }
        FileGradients gradients = FileGradients.open(file.toString());
        assertThatThrownBy(() -> gradients.forEachBlock((first, rows, count) -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage(
                        file + ": has the entry NaN in row 3, column 4 (counted from 0); all must be finite");
    }
}
