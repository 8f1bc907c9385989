package org.langevin4j.models.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.models.Budget;

/** Files that are whole and say two things, or more than they hold. */
class ForgedFilesTest {

    private static final int MATLAB_HEADER = 128;

    @TempDir
    private Path folder;

    /** The sizes would be those of one and the numbers those of the other. */
    @Test
    void twoVariablesOfOneNameAreRefused() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(OtherFiles.MATLAB_5);
        both.write(OtherFiles.MATLAB_5, MATLAB_HEADER, OtherFiles.MATLAB_5.length - MATLAB_HEADER);
        Path file = Files.write(folder.resolve("two.mat"), both.toByteArray());
        assertThatThrownBy(() -> ArrayFile.open(file))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("holds two variables of the name ");
    }

    @Test
    void twoArraysOfOneNameAreRefused() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(zipped)) {
            for (String name : new String[] {"same1.npy", "same2.npy"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(NumPyFiles.LITTLE_DOUBLES);
                zip.closeEntry();
            }
        }
        String text = zipped.toString(ISO_8859_1).replace("same2", "same1");
        Path file = Files.write(folder.resolve("two.npz"), text.getBytes(ISO_8859_1));
        assertThatThrownBy(() -> ArrayFile.open(file))
                .isInstanceOf(ArrayFileException.class)
                .hasMessageContaining("holds two arrays of the name same1");
    }

    /** Twelve million rows are claimed, two are there. */
    @Test
    void columnsTakeMemoryForWhatIsThereOnly() throws IOException {
        String header = new String(NumPyFiles.LITTLE_DOUBLES, ISO_8859_1)
                .replace("'shape': (2, 3), }       ", "'shape': (12000000, 3), }");
        Path file = folder.resolve("long.npy.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header.getBytes(ISO_8859_1));
        }
        StoredArray array = ArrayFile.open(file).only();
        assertThat(array.rows()).isEqualTo(12_000_000);
        Budget.within(
                16L << 20,
                () -> assertThatThrownBy(() -> array.forEachColumn(1, (column, values) -> {}))
                        .isInstanceOf(ArrayFileException.class)
                        .hasMessageContaining("is truncated"));
    }

    /** The time of a line was that of the square of its length. */
    @Test
    void longLinesAreReadInProportion() throws IOException {
        String[] lines = {"1".repeat(2_000_000) + "x", "1,1" + ";".repeat(1_000_000), "1" + " ".repeat(2_000_000) + "x"
        };
        for (String line : lines) {
            Budget.within(
                    1L << 30,
                    () -> assertThatThrownBy(
                                    () -> TextFile.array(new ByteArrayInputStream(line.getBytes(ISO_8859_1)), "line"))
                            .isInstanceOf(ArrayFileException.class));
        }
    }
}
