package org.langevin4j.examples.experiment;

import java.io.IOException;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.StoredArray;

/** Reads a matrix named on a command line: {@code FILE} or {@code FILE:ARRAY}, of any kind that {@link ArrayFile} reads. */
public final class MatrixFile {

    private MatrixFile() {}

    /**
     * Reads the matrix.
     *
     * @param name of the file, after a colon that of the array in it
     * @return the matrix, all entries finite
     * @throws IOException if the file cannot be read, in one line that names file and fault
     * @throws IllegalArgumentException if there is no matrix in it
     */
    public static RealMatrix read(String name) throws IOException {
        StoredArray array = ArrayFile.find(name);
        if (array.shape().length != 2) {
            throw new IllegalArgumentException(
                    name + ": must be a matrix, got an array of " + array.shape().length + " dimensions");
        }
        return array.read().toMatrix();
    }
}
