package org.langevin4j.solvers.ensemble;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.langevin4j.core.random.Seed;

/**
 * The file of a checkpoint: magic number, version of the format, the problem item by item, the merged results, and the
 * CRC-32 of all that.
 */
final class Checkpoint {

    interface Writer {
        void write(DataOutput out) throws IOException;
    }

    interface Reader {
        void read(DataInput in) throws IOException;
    }

    /** "LV4J-ENS" in ASCII. */
    private static final long MAGIC = 0x4C56344A2D454E53L;

    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = Long.BYTES;

    private final Path file;
    private final Map<String, String> problem;

    Checkpoint(Path file, Map<String, String> problem) {
        this.file = file;
        this.problem = problem;
    }

    /** Replaces the file: another name first, to the disk, then renamed in one go. */
    void write(Writer content) {
        Path absolute = file.toAbsolutePath();
        Path aside = absolute.resolveSibling(absolute.getFileName() + ".new");
        try {
            try (FileOutputStream stream = new FileOutputStream(aside.toFile());
                    CheckedOutputStream checked =
                            new CheckedOutputStream(new BufferedOutputStream(stream, 1 << 16), new CRC32());
                    DataOutputStream out = new DataOutputStream(checked)) {
                out.writeLong(MAGIC);
                out.writeInt(VERSION);
                out.writeInt(problem.size());
                for (Map.Entry<String, String> item : problem.entrySet()) {
                    out.writeUTF(item.getKey());
                    out.writeUTF(item.getValue());
                }
                content.write(out);
                out.writeLong(checked.getChecksum().getValue());
                out.flush();
                stream.getFD().sync();
            }
            Files.move(aside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(absolute);
        } catch (IOException failed) {
            throw new UncheckedIOException("checkpoint " + file + " cannot be written", failed);
        }
    }

    /** The rename too is to survive a power cut. Some systems do not let a folder be opened; there is nothing to do then. */
    private static void syncFolder(Path absolute) {
        Path folder = absolute.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unsupported) {
            // The file itself is whole either way.
        }
    }

    /** Reads the file if it is whole and of this problem. */
    void read(Reader content) {
        try {
            requireWhole(file);
            try (DataInputStream in = open(file)) {
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
                content.read(in);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("checkpoint " + file + " cannot be read", failed);
        }
    }

    /** The seed of the run that wrote a checkpoint. */
    static Seed seed(Path file) {
        try {
            requireWhole(file);
            try (DataInputStream in = open(file)) {
                String seed = readProblem(in).get("seed");
                if (seed == null) {
                    throw new CheckpointException(file, "has no seed");
                }
                return Seed.of(Long.parseLong(seed));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("checkpoint " + file + " cannot be read", failed);
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    private static Map<String, String> readProblem(DataInput in) throws IOException {
        in.readLong();
        in.readInt();
        int items = in.readInt();
        Map<String, String> found = new LinkedHashMap<>();
        for (int i = 0; i < items; i++) {
            String key = in.readUTF();
            found.put(key, in.readUTF());
        }
        return found;
    }

    private static void requireWhole(Path file) throws IOException {
        long length = Files.size(file) - CHECKSUM_BYTES;
        if (!(length >= Long.BYTES + 2 * Integer.BYTES)) {
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
