package org.langevin4j.solvers.markov;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringTokenizer;
import java.util.function.IntFunction;

/**
 * The entries of a square matrix in a Matrix Market file in coordinate form (Boisvert, Pozo and Remington 1996): real or integer,
 * general or symmetric. Entries of one place stand there as often as in the file.
 */
final class MatrixMarketEntries {

    /** A column sum below this part of its entries is rounding. */
    private static final double ROUNDING = 1e-12;

    /** States that a file may announce without an entry for each: what is allocated follows what is there. */
    private static final int MOST_EMPTY = 1 << 16;

    /** Number of rows and of columns. */
    final int order;

    /** Rows and columns, counted from 0, the values and the lines they stand in. */
    int[] rows = new int[64];

    int[] columns = new int[64];
    double[] values = new double[64];
    int[] lines = new int[64];
    int size;

    private MatrixMarketEntries(int order) {
        this.order = order;
    }

    static MatrixMarketEntries read(Reader in) throws IOException {
        BufferedReader reader = in instanceof BufferedReader buffered ? buffered : new BufferedReader(in);
        boolean symmetric = isSymmetric(reader.readLine());
        int number = 1;
        MatrixMarketEntries entries = null;
        long announced = 0;
        long read = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            StringTokenizer tokens = new StringTokenizer(line);
            if (!tokens.hasMoreTokens() || line.stripLeading().startsWith("%")) {
                continue;
            }
            if (tokens.countTokens() != 3) {
                throw refused(number, entries == null ? "rows, columns and entries" : "row, column and value", line);
            }
            if (entries == null) {
                long rows = integer(tokens.nextToken(), number);
                long columns = integer(tokens.nextToken(), number);
                announced = integer(tokens.nextToken(), number);
                if (!(rows >= 1 && rows == columns && rows <= Integer.MAX_VALUE - 8)) {
                    throw refused(number, "a square matrix of at least one row", line);
                }
                entries = new MatrixMarketEntries((int) rows);
                continue;
            }
            if (!(read < announced)) {
                throw refused(number, "no more than the " + announced + " entries announced", line);
            }
            int row = entries.index(tokens.nextToken(), number);
            int column = entries.index(tokens.nextToken(), number);
            double value = real(tokens.nextToken(), number);
            read++;
            entries.add(row, column, value, number);
            if (symmetric && row != column) {
                if (!(row > column)) {
                    throw refused(number, "an entry of the lower triangle of a symmetric matrix", line);
                }
                entries.add(column, row, value, number);
            }
        }
        if (entries == null) {
            throw refused(number, "a line of rows, columns and entries", "the end of the file");
        }
        if (read != announced) {
            throw refused(number, announced + " entries", "only " + read);
        }
        if (!(entries.order <= Math.max(MOST_EMPTY, read))) {
            throw new IllegalArgumentException("a matrix of more than " + MOST_EMPTY
                    + " rows must have an entry for each row, got " + read + " entries for " + entries.order + " rows");
        }
        return entries;
    }

    /** What the columns lack to a sum of zero; a matrix that is no generator in this orientation is refused. */
    double[] exits() {
        double[] columnSums = new double[order];
        double[] rowSums = new double[order];
        double[] columnSizes = new double[order];
        double[] rowSizes = new double[order];
        for (int e = 0; e < size; e++) {
            double value = values[e];
            columnSums[columns[e]] += value;
            rowSums[rows[e]] += value;
            columnSizes[columns[e]] += Math.abs(value);
            rowSizes[rows[e]] += Math.abs(value);
            if (rows[e] != columns[e] && !(value >= 0.0)) {
                throw refused(lines[e], "a rate ≥ 0 off the diagonal", Double.toString(value));
            }
        }
        for (int j = 0; j < order; j++) {
            if (!(columnSizes[j] <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(
                        "columns must have finite sums, got more than " + Double.MAX_VALUE + " for column " + (j + 1));
            }
        }
        int tooLarge = -1;
        boolean columnsVanish = true;
        boolean rowsVanish = true;
        double[] exits = new double[order];
        for (int j = 0; j < order; j++) {
            double rounding = ROUNDING * columnSizes[j];
            if (tooLarge < 0 && !(columnSums[j] <= rounding)) {
                tooLarge = j;
            }
            exits[j] = columnSums[j] < -rounding ? -columnSums[j] : 0.0;
            columnsVanish &= Math.abs(columnSums[j]) <= rounding;
            rowsVanish &= Math.abs(rowSums[j]) <= ROUNDING * rowSizes[j];
        }
        if (rowsVanish && !columnsVanish) {
            throw new IllegalArgumentException("columns must sum to zero, or to less where probability is absorbed, got"
                    + " rows that do: the file holds the transpose, with rates from row to column; write A.T instead");
        }
        if (tooLarge >= 0) {
            throw new IllegalArgumentException(
                    "columns must sum to zero, or to less where probability is absorbed, got " + columnSums[tooLarge]
                            + " for column " + (tooLarge + 1));
        }
        return exits;
    }

    private static boolean isSymmetric(String header) {
        String[] words = header == null
                ? new String[0]
                : header.trim().toLowerCase(Locale.ROOT).split("\\s+");
        if (words.length != 5 || !words[0].equals("%%matrixmarket") || !words[1].equals("matrix")) {
            throw refused(
                    1, "%%MatrixMarket matrix coordinate real general", header == null ? "an empty file" : header);
        }
        if (!words[2].equals("coordinate")) {
            throw refused(1, "the form coordinate (SciPy: mmwrite of a sparse matrix)", header);
        }
        if (!words[3].equals("real") && !words[3].equals("integer") && !words[3].equals("double")) {
            throw refused(1, "entries that are real or integer", header);
        }
        if (!words[4].equals("general") && !words[4].equals("symmetric")) {
            throw refused(1, "a matrix that is general or symmetric", header);
        }
        return words[4].equals("symmetric");
    }

    private void add(int row, int column, double value, int line) {
        if (size == rows.length) {
            if (size > Integer.MAX_VALUE / 2 - 8) {
                throw new IllegalArgumentException("matrix must have fewer than 2^30 entries");
            }
            rows = Arrays.copyOf(rows, 2 * size);
            columns = Arrays.copyOf(columns, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
        }
        rows[size] = row;
        columns[size] = column;
        values[size] = value;
        lines[size] = line;
        size++;
    }

    private int index(String token, int line) {
        long index = integer(token, line);
        if (!(index >= 1 && index <= order)) {
            throw refused(line, "a row and a column from 1 to " + order, token);
        }
        return (int) index - 1;
    }

    private static long integer(String token, int line) {
        try {
            return Long.parseLong(token);
        } catch (NumberFormatException e) {
            throw refused(line, "a whole number", token);
        }
    }

    private static double real(String token, int line) {
        try {
            // Fortran writes 1.5D-3, and Java would take a trailing d or f for a mark of type.
            String text = token.replace('D', 'E').replace('d', 'e');
            char last = text.charAt(text.length() - 1);
            double value = Character.isDigit(last) || last == '.' ? Double.parseDouble(text) : Double.NaN;
            if (Math.abs(value) <= Double.MAX_VALUE) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refused(line, "a finite number", token);
        }
        throw refused(line, "a finite number", token);
    }

    static IllegalArgumentException refused(int line, String expected, String got) {
        String shown = got.length() > 80 ? got.substring(0, 80) + "…" : got;
        return new IllegalArgumentException("line " + line + " must hold " + expected + ", got " + shown);
    }

    /** The text of a square matrix from its columns. */
    static void write(int order, IntFunction<SortedMap<Integer, Double>> column, Appendable out) throws IOException {
        List<SortedMap<Integer, Double>> columns = new ArrayList<>(order);
        long entries = 0;
        for (int j = 0; j < order; j++) {
            columns.add(column.apply(j));
            entries += columns.get(j).size();
        }
        out.append("%%MatrixMarket matrix coordinate real general\n");
        out.append("% generator A of dp/dt = A p; entry (i, j) is the rate from state j to state i, counted from 1\n");
        out.append(order + " " + order + " " + entries + "\n");
        for (int j = 0; j < order; j++) {
            for (Map.Entry<Integer, Double> entry : columns.get(j).entrySet()) {
                out.append((entry.getKey() + 1) + " " + (j + 1) + " " + entry.getValue() + "\n");
            }
        }
    }
}
