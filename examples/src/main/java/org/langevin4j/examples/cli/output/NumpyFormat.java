package org.langevin4j.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy's files of float64 in format 1.0 (NumPy Enhancement Proposal 1). */
final class NumpyFormat {

    private static final int ALIGNMENT = 64;

    /** Magic string, version and length of the header. */
    private static final int PREAMBLE = 10;

    private static final int CHUNK = 1 << 13;

    /** Of DOS, whose zip entries begin in 1980; the same result shall give the same bytes. */
    private static final long NO_TIME = 315_532_800_000L;

    private NumpyFormat() {}

    /** Of a table with one column a vector, else a matrix with a row for each row. */
    static void writeTable(Result result, OutputStream out) throws IOException {
        if (result.columns().isEmpty() && !result.arrays().isEmpty()) {
            write(result.arrays().get(0), out);
            return;
        }
        List<NamedArray> table = result.table();
        int rows = table.isEmpty() ? 0 : table.get(0).values().length;
        double[] values = new double[rows * table.size()];
        for (int c = 0; c < table.size(); c++) {
            for (int r = 0; r < rows; r++) {
                values[r * table.size() + c] = table.get(c).values()[r];
            }
        }
        write(new NamedArray("table", "1", values, rows, table.size()), out);
    }

    static void writeAll(Result result, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (NamedArray array : result.everything()) {
            begin(zip, array.name() + ".npy");
            write(array, zip);
            zip.closeEntry();
        }
        begin(zip, "metadata.json");
        zip.write(JsonFormat.metadata(result).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    private static void begin(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
    }

    private static void write(NamedArray array, OutputStream out) throws IOException {
        String sizes = Arrays.stream(array.shape()).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int padding = ALIGNMENT - (PREAMBLE + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer head = ByteBuffer.allocate(PREAMBLE + text.length).order(ByteOrder.LITTLE_ENDIAN);
        head.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text);
        out.write(head.array());
        ByteBuffer chunk = ByteBuffer.allocate(Double.BYTES * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < array.values().length; from += CHUNK) {
            int to = Math.min(from + CHUNK, array.values().length);
            chunk.clear();
            for (int k = from; k < to; k++) {
                chunk.putDouble(array.values()[k]);
            }
            out.write(chunk.array(), 0, chunk.position());
        }
    }
}
