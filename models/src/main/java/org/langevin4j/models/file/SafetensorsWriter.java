package org.langevin4j.models.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes vectors in the safetensors format: the length of the header in eight bytes, the header in JSON, the numbers, all little-endian. PyTorch, JAX and NumPy read it
 * without running anything.
 */
public final class SafetensorsWriter {

    private SafetensorsWriter() {}

    /**
     * Writes vectors in double precision.
     *
     * @param vectors by name; letters, digits, dots and underscores
     * @param out receives all bytes; is not closed
     * @throws IOException if they cannot be written
     * @throws IllegalArgumentException if a name has other characters
     */
    public static void write(Map<String, double[]> vectors, OutputStream out) throws IOException {
        StringBuilder header = new StringBuilder("{");
        long start = 0;
        for (Map.Entry<String, double[]> vector : vectors.entrySet()) {
            if (!vector.getKey().matches("[A-Za-z0-9._]+")) {
                throw new IllegalArgumentException(
                        "a name must be of letters, digits, dots and underscores, got \"" + vector.getKey() + "\"");
            }
            long end = start + (long) Double.BYTES * vector.getValue().length;
            header.append(header.length() > 1 ? "," : "")
                    .append('"')
                    .append(vector.getKey())
                    .append("\":{\"dtype\":\"F64\",\"shape\":[")
                    .append(vector.getValue().length)
                    .append("],\"data_offsets\":[")
                    .append(start)
                    .append(',')
                    .append(end)
                    .append("]}");
            start = end;
        }
        header.append('}');
        // Numbers begin at a multiple of eight.
        while (header.length() % Double.BYTES != 0) {
            header.append(' ');
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.write(length.putLong(header.length()).array());
        out.write(header.toString().getBytes(StandardCharsets.US_ASCII));
        for (double[] values : vectors.values()) {
            ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asDoubleBuffer().put(values);
            out.write(bytes.array());
        }
        out.flush();
    }
}
