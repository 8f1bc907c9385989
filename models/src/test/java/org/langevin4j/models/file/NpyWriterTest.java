package org.langevin4j.models.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
