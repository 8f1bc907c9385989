package org.langevin4j.models.djl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.langevin4j.models.file.ArrayFileException;

/** The file of {@code torch.jit.save}: a zip of weights, of pickles that say what is where, and of the source of its graph. */
final class Archive {

    private static final byte[] MAGIC = {'P', 'K', 3, 4};

    /** Times the length of the file that its entries may have together: weights are stored, only source and tables are packed. */
    private static final long LARGEST = 100;

    private static final String HOW = "; torch.jit.trace(model.eval(), x).save(FILE) writes one";

    private Archive() {}

    /**
     * Refuses what PyTorch should not be given: it is native code, and a damaged file its to misread.
     *
     * @param file where it is
     * @throws ArrayFileException if it is not there, not TorchScript, or a checksum is wrong
     */
    static void requireSound(Path file) throws ArrayFileException {
        String name = file.toString();
        try {
            if (!Files.isRegularFile(file)) {
                throw new ArrayFileException(name, "there is no such file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                    throw new ArrayFileException(name, "is no TorchScript file" + HOW);
                }
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                List<? extends ZipEntry> entries = zip.stream().toList();
                long left = LARGEST * Files.size(file);
                for (ZipEntry entry : entries) {
                    requireInFolder(entry, name);
                    left -= requireSound(zip, entry, left, name);
                }
                if (entries.stream().noneMatch(entry -> isSource(entry.getName()))) {
                    throw new ArrayFileException(name, "is a zip without a graph, no TorchScript file" + HOW);
                }
            }
        } catch (ArrayFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ArrayFileException(name, "is damaged, it cannot be read as a zip: " + Failures.line(e), e);
        }
    }

    /** All that torch.jit.save writes is in one folder, and PyTorch takes what is before the first slash for its name. */
    private static void requireInFolder(ZipEntry entry, String name) throws ArrayFileException {
        String path = entry.getName();
        if (path.indexOf('/') < 1 || Arrays.asList(path.split("[/\\\\]", -1)).contains("..")) {
            throw new ArrayFileException(name, "is no TorchScript file: its entry " + path + " is in no folder" + HOW);
        }
    }

    /** Reads an entry to its end, which must come within the bound, and returns its length. */
    private static long requireSound(ZipFile zip, ZipEntry entry, long most, String name) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            byte[] buffer = new byte[1 << 16];
            long length = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                length += count;
                if (length > most) {
                    throw new ArrayFileException(
                            name,
                            "unpacks to more than " + LARGEST + " times its length; torch.jit.save packs nothing");
                }
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new ArrayFileException(name, "is damaged: the checksum of " + entry.getName() + " is wrong");
            }
            return length;
        }
    }

    private static boolean isSource(String entry) {
        return entry.contains("/code/") && entry.endsWith(".py");
    }

    /**
     * The same network with a copy of its weights for each sample.
     *
     * @param file a sound one
     * @return what is to be loaded in its place; it has a method {@value EachSource#METHOD} that makes the copies
     * @throws IOException if it cannot be read
     */
    static byte[] withWeightsOfEach(Path file) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        String first = entries.keySet().iterator().next();
        String code = first.substring(0, first.indexOf('/')) + "/code/";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                String name = entry.getKey();
                if (isSource(name)) {
                    String text = new String(entry.getValue(), StandardCharsets.UTF_8);
                    String changed = EachSource.of(text, name.substring(code.length()));
                    store(out, name, changed.getBytes(StandardCharsets.UTF_8));
                } else if (!name.endsWith(".debug_pkl")) {
                    store(out, name, entry.getValue());
                }
            }
            store(out, code + EachSource.FILE, EachSource.operations().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream out, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(checksum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
