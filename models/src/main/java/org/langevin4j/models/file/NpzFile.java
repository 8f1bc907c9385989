package org.langevin4j.models.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** NumPy's {@code .npz}: a zip with a {@code .npy} for each array. Sizes in a zip are claims as well as those in a header. */
final class NpzFile implements ArrayFile {

    private static final String SUFFIX = ".npy";

    private final Path file;
    private final List<String> names;

    private NpzFile(Path file, List<String> names) {
        this.file = file;
        this.names = names;
    }

    static NpzFile open(Path file) throws ArrayFileException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<String> entries = zip.stream().map(ZipEntry::getName).toList();
            List<String> names = entries.stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .toList();
            if (names.isEmpty() && entries.stream().anyMatch(name -> name.endsWith(".pkl"))) {
                throw new ArrayFileException(
                        file.toString(),
                        "is a PyTorch file, and pickles are never loaded; convert it in Python: import torch,"
                                + " safetensors.torch; safetensors.torch.save_file(torch.load('FILE.pt'),"
                                + " 'FILE.safetensors')");
            }
            Set<String> distinct = new HashSet<>();
            for (String name : names) {
                if (!distinct.add(name)) {
                    throw new ArrayFileException(file.toString(), "holds two arrays of the name " + name);
                }
            }
            return new NpzFile(file, names);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file.toString(), e);
        }
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public StoredArray array(String name) throws ArrayFileException {
        String shown = Names.shown(file, name);
        try (ZipFile zip = new ZipFile(file.toFile());
                InputStream in = zip.getInputStream(entry(zip, name))) {
            NpyHeader header = NpyHeader.read(in, shown);
            return new StoredArray(header.claim(), false, () -> numbers(name, shown));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(shown, e);
        }
    }

    private ZipEntry entry(ZipFile zip, String name) throws ArrayFileException {
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
            throw Names.missing(file, name, names);
        }
        return entry;
    }

    private NumberReader numbers(String name, String shown) throws IOException {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(shown, e);
        }
        try {
            ZipEntry entry = entry(zip, name);
            CheckedInputStream in =
                    new CheckedInputStream(new BufferedInputStream(zip.getInputStream(entry)), new CRC32());
            NumberReader numbers = NpyFile.stream(in, shown, () -> {
                if (in.getChecksum().getValue() != entry.getCrc()) {
                    throw new ArrayFileException(shown, "is damaged: its checksum is not the one in the zip");
                }
            });
            return new Member(zip, numbers, shown);
        } catch (IOException | IllegalArgumentException e) {
            zip.close();
            throw damaged(shown, e);
        }
    }

    /** Closes the zip as well, and says of its faults that they are the zip's. */
    private record Member(ZipFile zip, NumberReader numbers, String shown) implements NumberReader {

        @Override
        public void read(double[] to, int offset, int count) throws IOException {
            try {
                numbers.read(to, offset, count);
            } catch (IOException e) {
                throw damaged(shown, e);
            }
        }

        @Override
        public void close() throws IOException {
            zip.close();
        }
    }

    /** ZipFile throws IllegalArgumentException for names in another encoding, and some of its faults have no text. */
    private static ArrayFileException damaged(String shown, Exception e) {
        if (e instanceof ArrayFileException said) {
            return said;
        }
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return what.contains("compression method")
                ? new ArrayFileException(
                        shown, "is a zip compressed by bzip2 or lzma; write it with numpy.savez_compressed", e)
                : new ArrayFileException(shown, "is damaged, it cannot be read as a zip: " + what, e);
    }
}
