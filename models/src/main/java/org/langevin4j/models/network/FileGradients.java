package org.langevin4j.models.network;

import java.io.UncheckedIOException;
import java.util.Objects;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.ArrayFileException;
import org.langevin4j.models.file.StoredArray;

/**
 * Gradients of samples from a file, one row a sample, written by PyTorch, JAX, NumPy, MATLAB or this project. The file may be larger than
 * memory; each pass reads it once.
 *
 * <pre>{@code
 * PerSampleGradients gradients = FileGradients.open("gradients.safetensors:grads");
 * PerSampleGradients layers = FileGradients.open("gradients.npz:fc1.weight,fc1.bias,fc2.weight,fc2.bias");
 * }</pre>
 */
public final class FileGradients implements PerSampleGradients {

    /** The array that is meant in a file with several, unless another is named. */
    public static final String DEFAULT_ARRAY = "gradients";

    private final StoredArray array;

    private FileGradients(StoredArray array) {
        this.array = array;
    }

    /**
     * Finds gradients in a file; they are read when asked for.
     *
     * @param fileAndArray {@code FILE}, {@code FILE:ARRAY} or {@code FILE:ARRAY,ARRAY…} as {@link ArrayFile#find(String)}
     *     has it; in a file with several arrays the default is {@value #DEFAULT_ARRAY}
     * @return the gradients
     * @throws ArrayFileException if the file cannot be used, or the array does not have at least two rows
     */
    public static FileGradients open(String fileAndArray) throws ArrayFileException {
        return of(ArrayFile.find(fileAndArray, DEFAULT_ARRAY));
    }

    /**
     * Takes an array for gradients.
     *
     * @param array N×d with N ≥ 2; more dimensions, such as those of a layer, are laid side by side in a row
     * @return the gradients
     * @throws ArrayFileException if the array is of another shape
     */
    public static FileGradients of(StoredArray array) throws ArrayFileException {
        long[] shape = array.shape();
        if (shape.length < 2) {
            throw new ArrayFileException(
                    array.name(),
                    "gradients must be a matrix, one row for each sample, got an array of " + shape.length
                            + (shape.length == 1 ? " dimension" : " dimensions"));
        }
        if (array.rows() < 2) {
            throw new ArrayFileException(
                    array.name(), "gradients must have at least 2 rows, one for each sample, got " + array.rows());
        }
        if (array.rows() > Integer.MAX_VALUE || array.columns() > Integer.MAX_VALUE) {
            throw new ArrayFileException(
                    array.name(),
                    "gradients must be of at most " + Integer.MAX_VALUE + " samples and weights, got " + array.rows()
                            + " by " + array.columns());
        }
        return new FileGradients(array);
    }

    /**
     * Refuses gradients of another network.
     *
     * @param network whose gradients they should be
     * @return these gradients
     * @throws ArrayFileException if the numbers of weights differ
     */
    public FileGradients requireOf(Architecture network) throws ArrayFileException {
        Objects.requireNonNull(network, "network");
        if (dimension() != network.dimension()) {
            throw new ArrayFileException(
                    array.name(),
                    "must be gradients of " + network + ", a row of " + network.dimension() + " for each sample, got "
                            + samples() + "×" + dimension());
        }
        return this;
    }

    @Override
    public int samples() {
        return (int) array.rows();
    }

    @Override
    public int dimension() {
        return (int) array.columns();
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException with an {@link ArrayFileException}, if the file cannot be used or an entry is not finite
     */
    @Override
    public void forEachBlock(Visitor visitor) {
        forEachBlock(0, samples(), visitor);
    }

    /**
     * {@inheritDoc}
     *
     * @throws UncheckedIOException with an {@link ArrayFileException}, if the file cannot be used or an entry is not finite
     */
    @Override
    public void forEachBlock(int from, int to, Visitor visitor) {
        try {
            array.forEachBlock(from, to, (first, rows, count) -> visitor.accept((int) first, rows, count));
        } catch (ArrayFileException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return "gradients from " + array;
    }
}
