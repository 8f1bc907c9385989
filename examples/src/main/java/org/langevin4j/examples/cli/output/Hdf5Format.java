package org.langevin4j.examples.cli.output;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableDataset;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** HDF5 by jHDF, which writes to a file of its own only. */
final class Hdf5Format {

    private Hdf5Format() {}

    static void write(Result result, OutputStream out) throws IOException {
        Path folder = Files.createTempDirectory("langevin4j-");
        Path file = folder.resolve("result.h5");
        try {
            try (WritableHdfFile hdf = HdfFile.write(file)) {
                for (NamedArray array : result.everything()) {
                    WritableDataset data = hdf.putDataset(array.name(), nested(array, 0, 0, array.values().length));
                    data.putAttribute("unit", array.unit());
                }
                result.about().forEach((key, value) -> hdf.putAttribute(key, JsonFormat.inLine(value)));
            }
            Files.copy(file, out);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static Object nested(NamedArray array, int level, int from, int to) {
        int[] shape = array.shape();
        if (shape.length == 0) {
            return array.values()[0];
        }
        if (level == shape.length - 1) {
            return Arrays.copyOfRange(array.values(), from, to);
        }
        int[] sizes = new int[shape.length - level];
        System.arraycopy(shape, level, sizes, 0, sizes.length);
        Object all = Array.newInstance(double.class, sizes);
        int stride = shape[level] == 0 ? 0 : (to - from) / shape[level];
        for (int k = 0; k < shape[level]; k++) {
            Array.set(all, k, nested(array, level + 1, from + k * stride, from + (k + 1) * stride));
        }
        return all;
    }
}
