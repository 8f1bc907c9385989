package org.langevin4j.models.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;

/**
 * Grey images in the IDX format of MNIST and Fashion-MNIST (LeCun, Cortes and Burges, "The MNIST database"), plain or
 * compressed by gzip. A file that is not what it must be to the last byte is refused. Memory grows with what has been
 * read, not with what a header claims.
 */
public final class IdxFiles {

    /** Big-endian: two zeros, the type (8, unsigned bytes), the number of dimensions. */
    private static final int IMAGES = 0x803;

    private static final int LABELS = 0x801;

    /** More than any image has here, and few enough to be held. */
    private static final long MOST_PIXELS = 1 << 24;

    private static final int CHUNK = 1 << 16;

    private IdxFiles() {}

    /**
     * Reads images with their labels.
     *
     * @param images file of N images
     * @param labels file of their N labels
     * @param classes K ≥ 2; labels are from 0 to K − 1
     * @return N inputs, the pixels of an image row by row from the top, byte/255, in single precision
     * @throws ArrayFileException if one of the files cannot be used; says which and why
     */
    public static DataSet read(Path images, Path labels, int classes) throws ArrayFileException {
        int[] ofImages;
        try (DataFile file = DataFile.open(labels)) {
            ofImages = labels(file, classes);
        }
        try (DataFile file = DataFile.open(images)) {
            long[] sizes = header(file, IMAGES);
            if (sizes[0] != ofImages.length) {
                throw file.fault(
                        "holds " + sizes[0] + " images, but there are " + ofImages.length + " labels in " + labels);
            }
            byte[] record = new byte[(int) (sizes[1] * sizes[2])];
            List<float[]> inputs = new ArrayList<>();
            for (int n = 0; n < ofImages.length; n++) {
                if (file.take(record) < record.length) {
                    throw truncated(file, "images", sizes[0], n);
                }
                inputs.add(file.pixels(record, 0));
            }
            file.requireEnd();
            return DataSet.ofSingles(inputs.toArray(float[][]::new), ofImages, classes);
        }
    }

    private static int[] labels(DataFile file, int classes) throws ArrayFileException {
        long count = header(file, LABELS)[0];
        int[] labels = new int[(int) Math.min(count, CHUNK)];
        int filled = 0;
        while (filled < count) {
            byte[] chunk = new byte[(int) Math.min(CHUNK, count - filled)];
            int got = file.take(chunk);
            if (filled + got > labels.length) {
                labels = Arrays.copyOf(labels, (int) Math.min(count, 2L * labels.length));
            }
            for (int i = 0; i < got; i++) {
                labels[filled + i] = file.label(chunk[i], (long) filled + i, classes, "label ");
            }
            filled += got;
            if (got < chunk.length) {
                throw truncated(file, "labels", count, filled);
            }
        }
        file.requireEnd();
        return labels;
    }

    /** What the header claims, once it is known that the file may hold it. */
    private static long[] header(DataFile file, int magic) throws ArrayFileException {
        String what = magic == IMAGES ? "images" : "labels";
        int dimensions = magic & 0xff;
        byte[] header = new byte[4 * (1 + dimensions)];
        int got = file.take(header);
        int found = got < 4 ? -1 : (int) number(header, 0);
        if (found >>> 16 != 0) {
            throw file.fault("is no IDX file: it does not begin with two zeros, a type and a number of dimensions");
        }
        if (found != magic) {
            throw file.fault(
                    "is no IDX file of " + what + " as unsigned bytes: it begins with " + hex(found) + " in place of "
                            + hex(magic)
                            + (found == IMAGES ? "; it holds images" : found == LABELS ? "; it holds labels" : ""));
        }
        if (got < header.length) {
            throw file.fault("is truncated: it ends inside its IDX header");
        }
        long[] sizes = new long[dimensions];
        Arrays.setAll(sizes, d -> number(header, 4 * (d + 1)));
        requirePossible(file, sizes, header.length, what);
        return sizes;
    }

    private static void requirePossible(DataFile file, long[] sizes, int start, String what) throws ArrayFileException {
        boolean images = sizes.length == 3;
        String claims =
                "its header claims " + sizes[0] + " " + what + (images ? " of " + sizes[1] + "×" + sizes[2] : "");
        for (long size : sizes) {
            if (size == 0) {
                throw file.fault("holds nothing: " + claims);
            }
        }
        // Sizes are below 2³²: divided, not multiplied, until one of them is small.
        if (images && sizes[1] > MOST_PIXELS / sizes[2]) {
            throw file.fault("cannot be used: " + claims + ", more than " + MOST_PIXELS + " pixels each");
        }
        long pixels = images ? sizes[1] * sizes[2] : 1;
        long bytes = sizes[0] * pixels;
        long present = file.bound() - start;
        if (present < bytes) {
            throw file.fault("is truncated: " + claims + ", " + bytes + " bytes, "
                    + (file.exact() ? "of which " + present + " are there" : "more than it can be unpacked to"));
        }
        if (file.exact() && present > bytes) {
            throw file.fault("has trailing bytes: " + claims + ", " + bytes + " bytes, but " + present + " are there");
        }
        if (bytes > Runtime.getRuntime().maxMemory() / Float.BYTES) {
            throw file.tooLarge(sizes[0] + " " + what + ", as numbers,");
        }
        if (sizes[0] > Integer.MAX_VALUE - 8) {
            throw file.fault("is too large: " + claims + ", more than one Java array holds");
        }
    }

    private static ArrayFileException truncated(DataFile file, String what, long claimed, int present) {
        return file.fault(
                "is truncated: its header claims " + claimed + " " + what + ", of which " + present + " are there");
    }

    private static long number(byte[] bytes, int at) {
        long value = 0;
        for (int i = at; i < at + 4; i++) {
            value = (value << 8) | (bytes[i] & 0xff);
        }
        return value;
    }

    private static String hex(int magic) {
        return String.format(Locale.ROOT, "%08x", magic);
    }
}
