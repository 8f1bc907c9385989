package org.langevin4j.models.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * NumPy's {@code .npy}, formats 1.0 to 3.0: one array, mapped into memory; or the same under gzip, read as a stream. Bytes after the data are
 * not looked at, as by NumPy. No pickle is ever loaded.
 *
 * <p>Source: NumPy Enhancement Proposal 1 and {@code numpy.lib.format}.
 */
final class NpyFile {

    private NpyFile() {}

    static StoredArray array(Path file) throws ArrayFileException {
        String shown = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            NpyHeader header = NpyHeader.read(in, shown);
            MappedNumbers.requireThere(Files.size(file), header.claim(), header.length(), header.type());
            return new StoredArray(header.claim(), true, () -> mapped(file, header));
        } catch (IOException e) {
            throw ArrayFileException.of(shown, e);
        }
    }

    private static NumberReader mapped(Path file, NpyHeader header) throws IOException {
        MappedNumbers numbers =
                MappedNumbers.open(file, header.claim(), header.length(), header.type(), header.order());
        return header.columnMajor() ? ColumnMajor.gathering(numbers, header.claim()) : numbers;
    }

    static StoredArray unzipped(Path file) throws ArrayFileException {
        String shown = file.toString();
        try (InputStream in = unzip(file)) {
            NpyHeader header = NpyHeader.read(in, shown);
            return new StoredArray(header.claim(), false, () -> {
                InputStream again = unzip(file);
                return stream(again, shown, () -> {});
            });
        } catch (IOException e) {
            throw ArrayFileException.of(shown, e);
        }
    }

    private static InputStream unzip(Path file) throws IOException {
        InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file)));
        in.mark(NpyHeader.MAGIC.length);
        if (!Arrays.equals(in.readNBytes(NpyHeader.MAGIC.length), NpyHeader.MAGIC)) {
            in.close();
            throw new ArrayFileException(
                    file.toString(), "is gzip, and what is in it is no .npy; unpack it first: gunzip -k FILE");
        }
        in.reset();
        return in;
    }

    /** The numbers after the header, at which the stream stands. */
    static NumberReader stream(InputStream in, String shown, StreamNumbers.End end) throws IOException {
        try {
            NpyHeader header = NpyHeader.read(in, shown);
            NumberReader numbers = new StreamNumbers(in, header.claim(), header.type(), header.order(), end);
            return header.columnMajor() ? ColumnMajor.inMemory(numbers, header.claim()) : numbers;
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
