package org.langevin4j.models.file;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of arrays of numbers, or a folder of such files: NumPy's {@code .npy} (also under gzip) and {@code .npz},
 * safetensors, HDF5, MATLAB's {@code .mat} (version 5 to 7.3), text with a row a line. The kind is told by the first
 * bytes, not by the name.
 *
 * <pre>{@code
 * NumberArray hessian = ArrayFile.find("run.npz:hessian").read();
 * ArrayFile.find("gradients.safetensors").forEachBlock((first, rows, count) -> …);   // larger than memory
 * }</pre>
 *
 * <p>Every fault — no file, truncation, objects instead of numbers, entries that are not finite, a header that claims
 * more than is there or than fits the heap, damage — is an {@link ArrayFileException} of one line. Nothing is
 * allocated on the word of a header alone, and no pickle is ever loaded.
 */
public interface ArrayFile {

    /**
     * Opens a file, or a folder whose files are parts of one array in the order of the numbers in their names.
     *
     * @param file the file
     * @return what is in it, nothing of which is read yet
     * @throws ArrayFileException if the file cannot be used; the message says why
     */
    static ArrayFile open(Path file) throws ArrayFileException {
        if (Files.isDirectory(file)) {
            return ShardFolder.open(file);
        }
        return switch (FileKind.of(file)) {
            case NPY -> new LoneArray(file, NpyFile.array(file));
            case GZIP -> new LoneArray(file, NpyFile.unzipped(file));
            case TEXT -> new LoneArray(file, TextFile.array(file));
            case ZIP -> NpzFile.open(file);
            case SAFETENSORS -> SafetensorsFile.open(file);
            case HDF5 -> Hdf5File.open(file, false);
            case MATLAB_HDF5 -> Hdf5File.open(file, true);
            case MATLAB -> MatlabFile.open(file);
        };
    }

    /**
     * Finds an array by its name on a command line.
     *
     * @param fileAndArray {@code FILE}, if there is one array in it, {@code FILE:ARRAY}, or {@code FILE:ARRAY,ARRAY…} for
     *     arrays whose columns are laid side by side
     * @return the array, not read yet
     * @throws ArrayFileException if it cannot be used; the message says why
     */
    static StoredArray find(String fileAndArray) throws ArrayFileException {
        return find(fileAndArray, "");
    }

    /**
     * Finds an array by its name on a command line, where one name is expected.
     *
     * @param fileAndArray as {@link #find(String)} has it
     * @param preferred the array that is meant by {@code FILE} alone if there are several
     * @return the array, not read yet
     * @throws ArrayFileException if it cannot be used; the message says why
     */
    static StoredArray find(String fileAndArray, String preferred) throws ArrayFileException {
        try {
            int colon = Files.exists(Path.of(fileAndArray)) ? -1 : fileAndArray.indexOf(':', 2);
            int last = colon;
            while (colon > 0 && !Files.exists(Path.of(fileAndArray.substring(0, colon)))) {
                colon = fileAndArray.indexOf(':', colon + 1);
                last = Math.max(last, colon);
            }
            if (last < 0) {
                ArrayFile file = open(Path.of(fileAndArray));
                return file.names().contains(preferred) ? file.array(preferred) : file.only();
            }
            int end = colon > 0 ? colon : last;
            return open(Path.of(fileAndArray.substring(0, end))).select(fileAndArray.substring(end + 1));
        } catch (InvalidPathException e) {
            String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
            throw new ArrayFileException(
                    fileAndArray,
                    "is no name of a file"
                            + (encoding.equals("UTF-8")
                                    ? ""
                                    : " in this locale, whose names are in " + encoding
                                            + "; set LC_ALL=C.UTF-8, or rename it"),
                    e);
        }
    }

    /**
     * The file.
     *
     * @return file or folder
     */
    Path path();

    /**
     * The names of the arrays.
     *
     * @return the names in the order of the file; empty where there is one array without a name
     */
    List<String> names();

    /**
     * One of the arrays.
     *
     * @param name its name
     * @return the array, not read yet
     * @throws ArrayFileException if the file does not hold it, or it is no array of numbers
     */
    StoredArray array(String name) throws ArrayFileException;

    /**
     * The array of a file with one array.
     *
     * @return the array, not read yet
     * @throws ArrayFileException if the file does not hold exactly one array, or it is no array of numbers
     */
    default StoredArray only() throws ArrayFileException {
        if (names().size() != 1) {
            throw new ArrayFileException(
                    path().toString(), "say which array to read, FILE:ARRAY; it " + Names.held(names()));
        }
        return array(names().get(0));
    }

    /**
     * An array, or several whose columns are laid side by side, such as the layers of a network.
     *
     * @param names a name, or several apart by commas
     * @return the array, not read yet
     * @throws ArrayFileException if the file does not hold them, or they do not have the same number of rows
     */
    default StoredArray select(String names) throws ArrayFileException {
        if (names().contains(names) || names.indexOf(',') < 0) {
            return array(names);
        }
        List<StoredArray> parts = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            parts.add(array(name.strip()));
        }
        return Joined.columns(Names.shown(path(), names), parts);
    }
}
