package org.langevin4j.models.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;

/** Files written byte by byte. */
final class Bytes {

    private Bytes() {}

    static byte[] of(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** RFC 1952: header with the name of a file, deflate, CRC-32, length. */
    static byte[] gzip(byte[] content) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] packed = new byte[content.length + content.length / 1000 + 100];
        int length = deflater.deflate(packed);
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(content);
        return concat(
                of(0x1f, 0x8b, 8, 8, 1, 2, 3, 4, 2, 3),
                "name\0".getBytes(StandardCharsets.ISO_8859_1),
                Arrays.copyOf(packed, length),
                littleEndian((int) crc.getValue()),
                littleEndian(content.length));
    }

    private static byte[] littleEndian(int value) {
        return of(value, value >> 8, value >> 16, value >> 24);
    }

    /** Something that reads a file. */
    interface Reading {

        DataSet run() throws IOException;
    }

    /** The one line that refuses it. */
    static String refusal(Reading reading) {
        try {
            throw new AssertionError("not refused, got " + reading.run());
        } catch (ArrayFileException e) {
            String message = String.valueOf(e.getMessage());
            if (message.lines().count() != 1) {
                throw new AssertionError("not one line: " + message);
            }
            return message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
