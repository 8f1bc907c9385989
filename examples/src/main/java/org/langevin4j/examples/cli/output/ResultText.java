package org.langevin4j.examples.cli.output;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A result for a reader at a terminal. */
final class ResultText {

    /** Rows of the table that are shown, evenly from first to last along what grows, as a time. */
    private static final int ROWS = 40;

    private static final int WIDTH = 14;

    private ResultText() {}

    static void print(Result result, PrintWriter out) {
        int name = result.quantities().stream()
                .mapToInt(each -> each.name().length())
                .max()
                .orElse(0);
        for (Result.Quantity each : result.quantities()) {
            String number = String.format(Locale.ROOT, each.hasError() ? "%.6g ± %.2g" : "%.8g", numbers(each));
            String unit = each.unit().equals("1") ? "" : " " + each.unit();
            out.println(String.format(Locale.ROOT, "%-" + name + "s  %s", each.name(), number + unit)
                    + (each.remark().isEmpty() ? "" : "  (" + each.remark() + ")"));
        }
        table(result.columns(), out);
        for (NamedArray array : result.arrays()) {
            out.println(array.name() + ": "
                    + Arrays.stream(array.shape()).mapToObj(Integer::toString).collect(Collectors.joining("×"))
                    + " numbers; --out FILE.npz keeps them");
        }
        result.notes().forEach(out::println);
    }

    private static Object[] numbers(Result.Quantity each) {
        return each.hasError() ? new Object[] {each.value(), each.error()} : new Object[] {each.value()};
    }

    private static void table(List<NamedArray> columns, PrintWriter out) {
        if (columns.isEmpty()) {
            return;
        }
        out.println(columns.stream()
                .map(column ->
                        cell(column.name() + (column.unit().equals("1") ? "" : " [" + column.unit() + "]"), column))
                .collect(Collectors.joining("  ")));
        double[] first = columns.get(0).values();
        int rows = first.length;
        boolean grows = IntStream.range(1, rows).allMatch(r -> first[r - 1] < first[r]);
        int shown = Math.min(rows, ROWS);
        for (int k = 0; k < shown; k++) {
            int row = grows && rows > ROWS ? (int) ((long) k * (rows - 1) / (ROWS - 1)) : k;
            out.println(columns.stream()
                    .map(column -> cell(String.format(Locale.ROOT, "%.7g", column.values()[row]), column))
                    .collect(Collectors.joining("  ")));
        }
        if (rows > ROWS) {
            out.println((grows ? "" : "the first ") + ROWS + " of " + rows + " rows; --out FILE keeps all");
        }
    }

    private static String cell(String text, NamedArray column) {
        int width = Math.max(
                WIDTH,
                column.name().length()
                        + (column.unit().equals("1") ? 0 : column.unit().length() + 3));
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
