package org.langevin4j.examples.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.langevin4j.models.network.NpyArray;

/** Finds the matrix of per-sample gradients in a file. */
public final class NpyGradients {

    /** The array looked for in an archive unless another is named. */
    public static final String DEFAULT_ARRAY = "gradients";

    private NpyGradients() {}

    /**
     * Reads the N×d matrix of gradients.
     *
     * @param file {@code .npy} or {@code .npz}
     * @param array name of the array in an archive; if absent {@value #DEFAULT_ARRAY}, or the only array there is
     * @return the matrix
     * @throws IOException if the file cannot be read, in one line that names file and fault
     * @throws IllegalArgumentException if the array is not a matrix of at least two rows
     */
    public static NpyArray read(Path file, Optional<String> array) throws IOException {
        List<String> names = NpyArray.names(file);
        NpyArray found = array.isPresent()
                ? NpyArray.read(file, array.get())
                : names.contains(DEFAULT_ARRAY) ? NpyArray.read(file, DEFAULT_ARRAY) : NpyArray.read(file);
        if (found.shape().length != 2) {
            throw new IllegalArgumentException(file + ": gradients must be a matrix, one row a sample, got "
                    + found.shape().length + " dimensions");
        }
        if (found.rows() < 2) {
            throw new IllegalArgumentException(
                    file + ": gradients must have at least 2 rows, one for each sample, got " + found.rows());
        }
        return found;
    }
}
