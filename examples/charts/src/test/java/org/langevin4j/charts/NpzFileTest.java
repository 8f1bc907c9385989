package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;

class NpzFileTest {

    /** NumPy Enhancement Proposal 1: magic string, version 1.0, length and text of the header, the numbers. */
    private static Map<String, ByteBuffer> read(byte[] npz, List<String> headers) throws IOException {
        Map<String, ByteBuffer> arrays = new HashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(npz))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteBuffer bytes = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
                byte[] magic = new byte[8];
                bytes.get(magic);
                assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
                byte[] header = new byte[bytes.getShort()];
                bytes.get(header);
                assertThat(bytes.position() % 64).isZero();
                headers.add(entry.getName() + " " + new String(header, StandardCharsets.US_ASCII).strip());
                arrays.put(entry.getName(), bytes.slice().order(ByteOrder.LITTLE_ENDIAN));
            }
        }
        return arrays;
    }

    @Test
    void fieldsAreWrittenByTheirCoordinates(@TempDir Path folder) throws IOException {
        Grid grid = Grid.of(Axis.uniform(0, 2, 2), Axis.uniform(0, 3, 3));
        FieldPanel panel = FieldPanel.titled("", grid)
                .heatMap(CellFunction.of(grid, x -> 10.0 * x[0] + x[1]), "v", 20.0)
                .arrows("", (x, out) -> {
                    out[0] = x[0];
                    out[1] = -x[1];
                });
        Path file = folder.resolve("x.npz");
        assertThat(Figure.titled("").row(panel).writeFieldsTo(file)).isTrue();
        List<String> headers = new ArrayList<>();
        Map<String, ByteBuffer> arrays = read(Files.readAllBytes(file), headers);
        assertThat(headers)
                .contains(
                        "p1_f1_x2.npy {'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
                        "p1_f1_heatmap.npy {'descr': '<f8', 'fortran_order': False, 'shape': (2, 3,), }",
                        "p1_f2_arrows.npy {'descr': '<f8', 'fortran_order': False, 'shape': (2, 201, 201,), }");
        ByteBuffer values = Objects.requireNonNull(arrays.get("p1_f1_heatmap.npy"));
        double[] found = new double[6];
        values.asDoubleBuffer().get(found);
        assertThat(found).containsExactly(5.5, 6.5, 7.5, 15.5, 16.5, 17.5);
        // The second component at the upper end of the first axis and the middle of the second.
        ByteBuffer arrows = Objects.requireNonNull(arrays.get("p1_f2_arrows.npy"));
        assertThat(arrows.asDoubleBuffer().get(201 * 201 + 200 * 201 + 100)).isEqualTo(-1.5);
        assertThat(Figure.titled("").row(XyPanel.titled("")).writeFieldsTo(folder.resolve("y.npz")))
                .isFalse();
        assertThat(folder.resolve("y.npz")).doesNotExist();
    }
}
