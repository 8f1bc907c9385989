package org.langevin4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyWriterTest {

    @TempDir
    Path folder;

    @Test
    void isReadableAfterEachBlock() throws IOException {
        Path file = folder.resolve("g.npy");
        double[][] rows = new double[1000][37];
        for (int i = 0; i < rows.length; i++) {
            int row = i;
            Arrays.setAll(rows[i], j -> row + j / 64.0);
        }
        try (NpyWriter writer = NpyWriter.singles(file, 37)) {
            assertThatThrownBy(() -> ArrayFile.find(file.toString()))
                    .hasMessageContaining("empty array of shape (0, 37)");
            writer.write(rows, 600);
            assertThat(ArrayFile.find(file.toString()).read().toRows()).isDeepEqualTo(Arrays.copyOf(rows, 600));
            writer.write(Arrays.copyOfRange(rows, 600, 1000), 400);
            assertThat(writer.rows()).isEqualTo(1000);
        }
        StoredArray array = ArrayFile.find(file.toString());
        assertThat(array.type()).isEqualTo("float32");
        assertThat(array.read().toRows()).isDeepEqualTo(rows);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes).hasSize(128 + 4 * 37 * 1000);
        assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (1000, 37), } ")
                .endsWith(" \n");
    }

    @Test
    void keepsTheDigitsOfDoubles() throws IOException {
        Path file = folder.resolve("g.npy");
        try (NpyWriter writer = NpyWriter.doubles(file, 1)) {
            writer.write(new double[][] {{Math.PI}, {Double.MIN_VALUE}}, 2);
        }
        assertThat(ArrayFile.find(file.toString()).read().values()).containsExactly(Math.PI, Double.MIN_VALUE);
    }

    @Test
    void refusesWhatCannotBeReadAgain() throws IOException {
        Path file = folder.resolve("g.npy");
        try (NpyWriter writer = NpyWriter.singles(file, 2)) {
            writer.write(new double[][] {{1, 2}}, 1);
            assertThatThrownBy(() -> writer.write(new double[][] {{3, 4}, {5, 1e39}}, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("numbers must be finite as float32, got 1.0E39 in row 2, column 1");
            assertThat(ArrayFile.find(file.toString()).rows()).isEqualTo(1);
        }
        assertThatThrownBy(() -> NpyWriter.doubles(file, 2)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> NpyWriter.doubles(folder.resolve("h.npy"), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A file that was broken off behind its last header, and gone on with, is the file of one go. */
    @Test
    void goesOnAfterAnInterruption() throws IOException {
        double[][] rows = new double[100][3];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {i, -i, 0.1 * i};
        }
        Path whole = folder.resolve("whole.npy");
        try (NpyWriter writer = NpyWriter.singles(whole, 3)) {
            writer.write(rows, 100);
        }
        Path broken = folder.resolve("broken.npy");
        try (NpyWriter writer = NpyWriter.singles(broken, 3)) {
            writer.write(rows, 70);
        }
        Files.write(broken, new byte[5], StandardOpenOption.APPEND);
        try (NpyWriter writer = NpyWriter.resume(broken, 3, 60)) {
            assertThat(writer.rows()).isEqualTo(60);
            assertThat(ArrayFile.find(broken.toString()).read().rows()).isEqualTo(60);
            writer.write(Arrays.copyOfRange(rows, 60, 100), 40);
            writer.force();
        }
        assertThat(broken).hasSameBinaryContentAs(whole);
        assertThatThrownBy(() -> NpyWriter.resume(broken, 3, 101))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("must have 101 rows to be gone on with, got 100");
        assertThatThrownBy(() -> NpyWriter.resume(broken, 4, 10)).hasMessageContaining("must have rows of 4 numbers");
        assertThat(broken).hasSameBinaryContentAs(whole);
    }
}
