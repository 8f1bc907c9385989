package org.langevin4j.examples.report;

import java.util.ArrayList;
import java.util.List;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.Finding;

/** A result as lines of text for a terminal. */
public final class ResultTable {

    private ResultTable() {}

    /**
     * The result as a table with aligned columns under each of its findings.
     *
     * @param result what was found
     * @param failuresOnly whether to leave out the checks that hold
     * @param width of the terminal in characters
     * @return several lines, each ended
     */
    public static String of(ExperimentResult result, boolean failuresOnly, int width) {
        StringBuilder text = new StringBuilder();
        for (Finding finding : result.findings()) {
            List<Check> shown = finding.checks().stream()
                    .filter(check -> !failuresOnly || !check.holds())
                    .toList();
            if (!shown.isEmpty()) {
                wrap(text, heading(finding), width);
                table(text, shown);
            }
        }
        return text.toString();
    }

    private static String heading(Finding finding) {
        var statement = finding.statement();
        return switch (finding.bearing()) {
            case SUPPORTS -> (statement == null ? "" : statement.place()) + " holds for " + finding.text();
            case CONTRADICTS -> (statement == null ? "" : statement.place()) + " fails for " + finding.text();
            case SUPPLEMENTS -> finding.text();
            case CONSISTENCY -> "Consistency: " + finding.text();
        };
    }

    private static void table(StringBuilder text, List<Check> checks) {
        List<String[]> rows = new ArrayList<>();
        for (Check check : checks) {
            String verdict = !check.isClaim() ? "" : check.holds() ? "✓" : "✗ FAILS";
            rows.add(new String[] {
                check.name(),
                Numbers.value(check),
                Numbers.expectation(check),
                Numbers.z(check.z()),
                check.unit(),
                verdict
            });
        }
        int[] widths = new int[6];
        for (String[] row : rows) {
            for (int c = 0; c < widths.length; c++) {
                widths[c] = Math.max(widths[c], length(row[c]));
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder("    ");
            for (int c = 0; c < widths.length; c++) {
                if (widths[c] > 0) {
                    String padding = " ".repeat(widths[c] - length(row[c]));
                    line.append(c == 1 || c == 3 ? padding + row[c] : row[c] + padding)
                            .append("  ");
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    private static void wrap(StringBuilder text, String words, int width) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : words.trim().split("\\s+", -1)) {
            if (length(line.toString()) + 1 + length(word) > width && line.length() > 1) {
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
