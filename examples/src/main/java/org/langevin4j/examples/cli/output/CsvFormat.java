package org.langevin4j.examples.cli.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of numbers that are read back to the last bit, a line of names above them, and all else as comments. */
final class CsvFormat {

    private CsvFormat() {}

    static void write(Result result, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        result.about()
                .forEach((key, value) -> head.append("# ")
                        .append(key)
                        .append(": ")
                        .append(JsonFormat.inLine(value).replaceAll("\\R", " "))
                        .append('\n'));
        if (!result.columns().isEmpty()) {
            for (Result.Quantity quantity : result.quantities()) {
                head.append("# ").append(quantity.name()).append(" = ").append(quantity.value());
                head.append(quantity.hasError() ? " ± " + quantity.error() : "");
                head.append(quantity.unit().equals("1") ? "" : " " + quantity.unit());
                head.append('\n');
            }
        }
        if (!result.arrays().isEmpty()) {
            head.append("# not here, as they are no columns: ")
                    .append(result.arrays().stream().map(NamedArray::name).collect(Collectors.joining(", ")))
                    .append("; .npz, .json and .h5 have them\n");
        }
        List<NamedArray> table = result.table();
        head.append("# units: ")
                .append(table.stream().map(NamedArray::unit).collect(Collectors.joining(", ")))
                .append('\n');
        head.append(table.stream().map(NamedArray::name).collect(Collectors.joining(",")))
                .append('\n');
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
        int rows = table.isEmpty() ? 0 : table.get(0).values().length;
        StringBuilder line = new StringBuilder();
        for (int r = 0; r < rows; r++) {
            line.setLength(0);
            for (int c = 0; c < table.size(); c++) {
                line.append(c == 0 ? "" : ",").append(table.get(c).values()[r]);
            }
            out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
