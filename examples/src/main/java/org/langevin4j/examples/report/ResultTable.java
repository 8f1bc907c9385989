package org.langevin4j.examples.report;

import java.util.ArrayList;
import java.util.List;

/** A result as lines of text for a terminal. */
public final class ResultTable {

    private static final int TEXT_WIDTH = 100;

    private ResultTable() {}

    /**
     * The result as a table with aligned columns.
     *
     * @param result what was found
     * @return several lines, each ended
     */
    public static String of(ExampleResult result) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"measurement", "value", "expected", "unit", ""});
        for (Measurement m : result.measurements()) {
            String claim = Numbers.claim(m);
            String verdict = claim.isEmpty() ? "" : m.holds() ? "holds" : "FAILS";
            rows.add(new String[] {m.name(), Numbers.text(m.value()), claim, m.unit(), verdict});
        }
        int[] widths = new int[5];
        for (String[] row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], length(row[c]));
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(result.name()).append("  (seed ").append(result.seed()).append(")\n");
        wrap(text, result.claim());
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int c = 0; c < widths.length; c++) {
                String padding = " ".repeat(widths[c] - length(row[c]));
                line.append(c == 1 ? padding + row[c] : row[c] + padding).append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        text.append("  ")
                .append(result.holds() ? "The claim holds." : "THE CLAIM DOES NOT HOLD.")
                .append('\n');
        return text.toString();
    }

    private static void wrap(StringBuilder text, String claim) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : claim.trim().split("\\s+", -1)) {
            if (length(line.toString()) + 1 + length(word) > TEXT_WIDTH && line.length() > 1) {
                text.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        text.append(line).append('\n');
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
