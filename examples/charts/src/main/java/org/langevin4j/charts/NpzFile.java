package org.langevin4j.charts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An {@code .npz} file of NumPy in memory: a zip of float64 arrays in format 1.0 (NumPy Enhancement Proposal 1). */
final class NpzFile {

    private static final int ALIGNMENT = 64;

    /** Magic string, version and length of the header. */
    private static final int PREAMBLE = 10;

    /** Of DOS, whose zip entries begin in 1980; the same input shall give the same bytes. */
    private static final long NO_TIME = 315_532_800_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /** Adds an array of the shape, its last index running fastest. */
    void add(String name, double[] values, int... shape) throws IOException {
        String sizes = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int padding = ALIGNMENT - (PREAMBLE + header.length() + 1) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer array = ByteBuffer.allocate(PREAMBLE + text.length + Double.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        array.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) text.length);
        array.put(text);
        for (double value : values) {
            array.putDouble(value);
        }
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setTime(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(array.array());
        zip.closeEntry();
    }

    byte[] finish() throws IOException {
        zip.close();
        return bytes.toByteArray();
    }
}
