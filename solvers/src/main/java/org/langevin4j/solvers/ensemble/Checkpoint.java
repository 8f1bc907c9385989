package org.langevin4j.solvers.ensemble;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * The file of a checkpoint: magic number, version of the format, the problem item by item (the library's version is the
 * first), the content, and the CRC-32 of all that. It is read to its last byte or refused.
 */
final class Checkpoint {

    interface Reader {
        void read(StateReader in) throws IOException;
    }

    /** "LV4J-ENS" in ASCII. */
    private static final long MAGIC = 0x4C56344A2D454E53L;

    private static final int VERSION = 3;
    private static final int CHECKSUM_BYTES = Long.BYTES;
    private static final int HEAD_BYTES = Long.BYTES + 2 * Integer.BYTES;

    /** No problem has more items. */
    private static final int MOST_ITEMS = 256;

    private final Path file;
    private final Map<String, String> problem;

    Checkpoint(Path file, Map<String, String> problem) {
        this.file = file;
        this.problem = problem;
    }

    /** Finds out before any work is done whether the file can be written. */
    void requireWritable() {
        try {
            AtomicFile.requireWritable(file);
        } catch (IOException failed) {
            throw new CheckpointException(file, "cannot be written: " + reason(failed), failed);
        }
    }

    private static String reason(IOException failed) {
        String message = failed.getMessage();
        return failed.getClass().getSimpleName() + (message == null ? "" : " " + message);
    }

    /** Replaces the file. */
    void write(StateWriter.Content content) throws IOException {
        AtomicFile.write(file, stream -> {
            CheckedOutputStream checked = new CheckedOutputStream(stream, new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeLong(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(problem.size());
            for (Map.Entry<String, String> item : problem.entrySet()) {
                out.writeUTF(item.getKey());
                out.writeUTF(item.getValue());
            }
            content.write(new StateWriter(out));
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
        });
    }

    /** Reads the file if it is whole and of this problem. */
    void read(Reader content) {
        open(file, in -> {
            Map<String, String> found = readProblem(in);
            for (Map.Entry<String, String> item : problem.entrySet()) {
                String value = found.get(item.getKey());
                if (!item.getValue().equals(value)) {
                    throw new CheckpointException(
                            file,
                            "belongs to another problem: its " + item.getKey() + " is " + value + ", here it is "
                                    + item.getValue());
                }
            }
            in.require(found.size() == problem.size(), "items must number " + problem.size());
            content.read(in);
            in.requireEnd();
        });
    }

    /** The problem of the run that wrote a checkpoint. */
    static Map<String, String> problem(Path file) {
        Map<String, String> found = new LinkedHashMap<>();
        open(file, in -> found.putAll(readProblem(in)));
        return found;
    }

    private static void open(Path file, Reader reader) {
        try {
            requireWhole(file);
            long length = Files.size(file) - CHECKSUM_BYTES;
            try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                reader.read(new StateReader(stream, length, new StateReader.Limits(0, 0, 0, 0, 0)));
            }
        } catch (StateReader.Refusal | EOFException | UTFDataFormatException refused) {
            throw new CheckpointException(file, "has content that it cannot have: " + reason(refused), refused);
        } catch (IllegalArgumentException refused) {
            throw new CheckpointException(file, "has content that it cannot have: " + refused.getMessage(), refused);
        } catch (IOException failed) {
            throw new CheckpointException(file, "cannot be read: " + reason(failed), failed);
        }
    }

    private static Map<String, String> readProblem(StateReader in) throws IOException {
        in.number();
        in.integer();
        int items = in.integer();
        in.require(items > 0 && items <= MOST_ITEMS, "items must be in [1, " + MOST_ITEMS + "], got " + items);
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < items; i++) {
            String key = in.text();
            found.put(key, in.text());
        }
        return found;
    }

    private static void requireWhole(Path file) throws IOException {
        long length = Files.size(file) - CHECKSUM_BYTES;
        if (!(length >= HEAD_BYTES)) {
            throw new CheckpointException(file, "is damaged: it has only " + Files.size(file) + " bytes");
        }
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                CheckedInputStream checked = new CheckedInputStream(stream, new CRC32());
                DataInputStream in = new DataInputStream(checked)) {
            if (in.readLong() != MAGIC) {
                throw new CheckpointException(file, "is no checkpoint of an ensemble, or its beginning is damaged");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new CheckpointException(
                        file, "has version " + version + " of the format, this library reads version " + VERSION);
            }
            in.skipNBytes(length - Long.BYTES - Integer.BYTES);
            long expected = checked.getChecksum().getValue();
            if (in.readLong() != expected) {
                throw new CheckpointException(file, "is damaged: its contents do not match its checksum");
            }
        }
    }
}
