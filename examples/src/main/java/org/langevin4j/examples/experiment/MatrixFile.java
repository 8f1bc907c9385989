package org.langevin4j.examples.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.models.network.NpyArray;

/** Reads a matrix named on a command line: {@code F.csv}, {@code F.npy}, {@code file.npz:array}. */
public final class MatrixFile {

    private MatrixFile() {}

    /**
     * Reads the matrix. A text file ({@code .csv}, {@code .txt}) has one row a line, numbers apart by commas, semicolons or
     * blanks, and comments after #; everything else is NumPy's.
     *
     * @param name of the file, after a colon that of the array in an archive
     * @return the matrix, all entries finite
     * @throws IOException if the file cannot be read, in one line that names file and fault
     * @throws IllegalArgumentException if there is no matrix in it
     */
    public static RealMatrix read(String name) throws IOException {
        int colon = name.lastIndexOf(':');
        if (colon > 1 && !Files.exists(Path.of(name))) {
            return matrix(name, NpyArray.read(Path.of(name.substring(0, colon)), name.substring(colon + 1)));
        }
        Path file = Path.of(name);
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") || lower.endsWith(".txt") ? text(file) : matrix(name, NpyArray.read(file));
    }

    private static RealMatrix matrix(String name, NpyArray array) {
        if (array.shape().length != 2) {
            throw new IllegalArgumentException(
                    name + ": must be a matrix, got an array of " + array.shape().length + " dimensions");
        }
        return array.toMatrix();
    }

    private static RealMatrix text(Path file) throws IOException {
        List<double[]> rows = new ArrayList<>();
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        for (int k = 0; k < lines.size(); k++) {
            String content =
                    lines.get(k).replaceFirst("#.*", "").replace("\uFEFF", "").trim();
            if (content.isEmpty()) {
                continue;
            }
            String[] words = content.split("\\s*[,;]\\s*|\\s+", -1);
            double[] row = new double[words.length];
            for (int j = 0; j < row.length; j++) {
                row[j] = number(words[j], file, k + 1, j + 1);
            }
            if (!rows.isEmpty() && rows.get(0).length != row.length) {
                throw new IllegalArgumentException(file + ": rows must be of one length, got " + rows.get(0).length
                        + " numbers in the first and " + row.length + " in line " + (k + 1));
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(file + ": holds no numbers");
        }
        return new Array2DRowRealMatrix(rows.toArray(double[][]::new), false);
    }

    private static double number(String word, Path file, int line, int column) {
        try {
            double value = Double.parseDouble(word);
            if (Math.abs(value) <= Double.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String shown = word.length() > 40 ? word.substring(0, 40) + "…" : word;
        throw new IllegalArgumentException(
                file + ": line " + line + ", column " + column + " must be a finite number, got '" + shown + "'");
    }
}
