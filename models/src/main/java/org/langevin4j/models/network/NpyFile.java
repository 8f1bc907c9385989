package org.langevin4j.models.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Reads NumPy's files for {@link NpyArray}; nothing is allocated on the word of a header alone. */
final class NpyFile {

    private static final String SUFFIX = ".npy";

    /** Bytes taken from the file at once; a multiple of the size of a number. */
    private static final int CHUNK = 1 << 16;

    /** The longest array that a Java virtual machine surely makes. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private NpyFile() {}

    static NpyArray read(Path file) throws ArrayFileException {
        String shown = file.toString();
        if (isZip(file)) {
            List<String> names = names(file);
            if (names.size() != 1) {
                throw new ArrayFileException(shown, "is an .npz file, say which array to read; it " + holds(names));
            }
            return read(file, names.get(0));
        }
        try (InputStream in = Files.newInputStream(file)) {
            NpyHeader header = NpyHeader.read(in, shown);
            long present = Files.size(file) - header.length();
            if (present < header.dataBytes()) {
                throw truncated(header, present, shown);
            }
            if (present > header.dataBytes()) {
                throw new ArrayFileException(
                        shown, "has trailing bytes: its header claims " + header + ", but " + present + " are there");
            }
            // The size of the file bears the header out: all of it may be allocated at once.
            return array(header, numbers(in, header, LONGEST, shown), shown);
        } catch (ArrayFileException e) {
            throw e;
        } catch (IOException e) {
            throw new ArrayFileException(shown, "cannot be read: " + e, e);
        }
    }

    static NpyArray read(Path npz, String arrayName) throws ArrayFileException {
        requireZip(npz);
        String shown = npz + ", array '" + arrayName + "'";
        try (ZipFile zip = new ZipFile(npz.toFile())) {
            ZipEntry entry = zip.getEntry(arrayName + SUFFIX);
            if (entry == null) {
                throw new ArrayFileException(
                        npz.toString(), "has no array '" + arrayName + "'; it " + holds(names(zip)));
            }
            CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
            NpyHeader header = NpyHeader.read(in, shown);
            // The sizes in a zip are claims as well: what is allocated grows with what is really there.
            double[] numbers = numbers(in, header, CHUNK, shown);
            if (in.read() >= 0) {
                throw new ArrayFileException(shown, "has bytes after its data; its header claims " + header);
            }
            if (in.getChecksum().getValue() != entry.getCrc()) {
                throw new ArrayFileException(shown, "is damaged: its checksum is not the one in the zip");
            }
            return array(header, numbers, shown);
        } catch (ArrayFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(shown, e);
        }
    }

    static List<String> names(Path file) throws ArrayFileException {
        if (!isZip(file)) {
            return List.of();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return names(zip);
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(file.toString(), e);
        }
    }

    private static List<String> names(ZipFile zip) {
        return zip.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                .toList();
    }

    private static String holds(List<String> names) {
        return names.isEmpty() ? "holds no arrays" : "holds " + String.join(", ", names);
    }

    /** ZipFile throws IllegalArgumentException for names in another encoding, and some of its faults have no text. */
    private static ArrayFileException damaged(String shown, Exception e) {
        String what = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new ArrayFileException(shown, "is damaged, it cannot be read as a zip: " + what, e);
    }

    private static void requireZip(Path file) throws ArrayFileException {
        if (!isZip(file)) {
            throw new ArrayFileException(file.toString(), "is a .npy file: one array, which has no name");
        }
    }

    /** True for {@code .npz}, false for {@code .npy}, told by the first bytes. */
    private static boolean isZip(Path file) throws ArrayFileException {
        String shown = file.toString();
        if (!Files.exists(file)) {
            throw new ArrayFileException(shown, "does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new ArrayFileException(shown, Files.isDirectory(file) ? "is a directory" : "is not a file");
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(NpyHeader.MAGIC.length);
        } catch (IOException e) {
            throw new ArrayFileException(shown, "cannot be read: " + e, e);
        }
        if (start.length == 0) {
            throw new ArrayFileException(shown, "is empty");
        }
        if (start.length > 1 && start[0] == 'P' && start[1] == 'K') {
            return true;
        }
        if (!Arrays.equals(start, NpyHeader.MAGIC)) {
            String first = HexFormat.ofDelimiter(" ").formatHex(start);
            boolean pickle = start[0] == (byte) 0x80;
            throw new ArrayFileException(
                    shown,
                    "is neither .npy nor .npz, its first bytes are " + first
                            + (pickle ? "; it looks like a Python pickle, and pickles are never loaded" : ""));
        }
        return false;
    }

    /**
     * Reads the claimed count of numbers in the order of the file.
     *
     * @param trusted how many numbers may be allocated before they are seen
     */
    private static double[] numbers(InputStream in, NpyHeader header, int trusted, String shown) throws IOException {
        long heap = Runtime.getRuntime().maxMemory();
        if (!(header.count() <= heap / Double.BYTES)) {
            throw tooLarge(header, heap, shown, null);
        }
        if (!(header.count() <= LONGEST)) {
            throw new ArrayFileException(
                    shown,
                    "is too large: its header claims " + header + ", more than the " + LONGEST
                            + " numbers that one Java array holds");
        }
        int count = (int) header.count();
        int itemBytes = header.itemBytes();
        byte[] chunk = new byte[CHUNK];
        ByteBuffer bytes = ByteBuffer.wrap(chunk).order(header.order());
        try {
            double[] numbers = new double[Math.min(count, trusted)];
            int filled = 0;
            while (filled < count) {
                int wanted = Math.min(CHUNK / itemBytes, count - filled);
                int got = in.readNBytes(chunk, 0, wanted * itemBytes);
                if (got < wanted * itemBytes) {
                    throw truncated(header, (long) filled * itemBytes + got, shown);
                }
                if (numbers.length < filled + wanted) {
                    numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * numbers.length));
                }
                for (int i = 0; i < wanted; i++) {
                    numbers[filled + i] =
                            itemBytes == Float.BYTES ? bytes.getFloat(i * itemBytes) : bytes.getDouble(i * itemBytes);
                }
                filled += wanted;
            }
            return header.columnMajor() ? rowMajor(numbers, header.shape()) : numbers;
        } catch (OutOfMemoryError e) {
            // Below the limit, but other things live in the heap as well.
            throw tooLarge(header, heap, shown, e);
        }
    }

    /** From Fortran order, where the first index runs fastest, to C order. */
    private static double[] rowMajor(double[] columnMajor, int[] shape) {
        double[] values = new double[columnMajor.length];
        int[] index = new int[shape.length];
        for (double value : columnMajor) {
            int flat = 0;
            for (int axis = 0; axis < shape.length; axis++) {
                flat = flat * shape[axis] + index[axis];
            }
            values[flat] = value;
            for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
                index[axis] = 0;
            }
        }
        return values;
    }

    private static NpyArray array(NpyHeader header, double[] values, String shown) throws ArrayFileException {
        NpyArray array = new NpyArray(header.shape(), values);
        for (int k = 0; k < values.length; k++) {
            if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                throw new ArrayFileException(
                        shown,
                        "has the entry " + values[k] + " in row " + k / array.columns() + ", column "
                                + k % array.columns() + " (counted from 0); all must be finite");
            }
        }
        return array;
    }

    private static ArrayFileException truncated(NpyHeader header, long present, String shown) {
        return new ArrayFileException(
                shown, "is truncated: its header claims " + header + ", of which " + present + " are there");
    }

    private static ArrayFileException tooLarge(NpyHeader header, long heap, String shown, @Nullable Throwable cause) {
        return new ArrayFileException(
                shown,
                "is too large: its header claims " + header + ", which take " + header.count() * Double.BYTES
                        + " bytes of heap as doubles; the heap has " + heap
                        + " bytes at most, for everything (option -Xmx)",
                cause);
    }
}
