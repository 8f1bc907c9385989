package org.langevin4j.models.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.network.DataSet;

/**
 * Colour images in the binary format of CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning multiple layers of features from
 * tiny images", 2009), plain or compressed by gzip: labels of one byte each, then the red, the green and the blue
 * plane of 32×32 bytes, row by row from the top. A file that does not end with an image is refused, and one with a
 * label that there is not.
 */
public final class CifarFiles {

    /** The labels of CIFAR-100 that count. */
    public enum Labels {
        /** The hundred classes. */
        FINE,
        /** The twenty classes of five others each. */
        COARSE
    }

    private static final int PIXELS = 3 * 32 * 32;
    private static final int COARSE_CLASSES = 20;
    private static final int FINE_CLASSES = 100;

    private CifarFiles() {}

    /**
     * Reads CIFAR-10.
     *
     * @param batches files, at least one
     * @return the images of all of them in order: 3,072 numbers each, byte/255, in single precision, in 10 classes
     * @throws ArrayFileException if a file cannot be used; says which and why
     * @throws IllegalArgumentException if there is no file
     */
    public static DataSet readCifar10(List<Path> batches) throws ArrayFileException {
        return read(batches, 0, new int[] {10}, new String[] {"label "});
    }

    /**
     * Reads CIFAR-100.
     *
     * @param files at least one
     * @param labels which count; the others are checked as well
     * @return the images of all files in order: 3,072 numbers each, byte/255, in single precision, in 100 or 20
     *     classes
     * @throws ArrayFileException if a file cannot be used; says which and why
     * @throws IllegalArgumentException if there is no file
     */
    public static DataSet readCifar100(List<Path> files, Labels labels) throws ArrayFileException {
        return read(files, labels == Labels.COARSE ? 0 : 1, new int[] {COARSE_CLASSES, FINE_CLASSES}, new String[] {
            "coarse label ", "fine label "
        });
    }

    private static DataSet read(List<Path> files, int wanted, int[] classes, String[] kinds) throws ArrayFileException {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("files must be at least 1, got 0");
        }
        List<float[]> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        byte[] record = new byte[classes.length + PIXELS];
        for (Path path : files) {
            try (DataFile file = DataFile.open(path)) {
                if (file.exact() && file.bound() % record.length != 0) {
                    throw file.fault("is truncated or of another format: its " + file.bound()
                            + " bytes are no whole number of images of " + record.length);
                }
                if (file.exact()) {
                    requireHeap(file, images.size() + file.bound() / record.length);
                }
                int got = file.take(record);
                for (int n = 0; got > 0; n++) {
                    if (got < record.length) {
                        throw file.fault("is truncated or of another format: image " + n + " (counted from 0) has "
                                + got + " bytes in place of " + record.length);
                    }
                    for (int k = 0; k < classes.length; k++) {
                        int label = file.label(record[k], n, classes[k], kinds[k]);
                        if (k == wanted) {
                            labels.add(label);
                        }
                    }
                    images.add(file.pixels(record, classes.length));
                    requireHeap(file, images.size());
                    got = file.take(record);
                }
                if (file.taken() == 0) {
                    throw file.fault("holds no images");
                }
                file.requireEnd();
            }
        }
        return DataSet.ofSingles(
                images.toArray(float[][]::new),
                labels.stream().mapToInt(Integer::intValue).toArray(),
                classes[wanted]);
    }

    private static void requireHeap(DataFile file, long images) throws ArrayFileException {
        if (images > Runtime.getRuntime().maxMemory() / (Float.BYTES * PIXELS)) {
            throw file.tooLarge(images + " images, as numbers,");
        }
    }
}
