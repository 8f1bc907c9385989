package org.langevin4j.examples.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.Ruling.Kind;

/** The short lines of a run for a terminal. */
public final class RunSummary {

    private RunSummary() {}

    /**
     * One experiment in a line: {@code lemma-7 ✓ 19 checks 3.1 s closest: 12 % of tolerance}.
     *
     * @param result what it found
     * @return the line
     */
    public static String line(ExperimentResult result) {
        long claims = result.checks().stream().filter(Check::isClaim).count();
        long failed = result.checks().stream().filter(check -> !check.holds()).count();
        String count = claims == 1 ? "1 check" : claims + " checks";
        String closest = result.checks().stream()
                .filter(Check::isClaim)
                .map(Check::used)
                .filter(Objects::nonNull)
                .filter(used -> used <= Double.MAX_VALUE)
                .max(Comparator.naturalOrder())
                .map(used -> "  closest: " + Numbers.percent(used) + " of tolerance")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%s %s %s %.1f s%s",
                result.name(),
                failed == 0 ? "✓" : "✗",
                failed == 0 ? count : failed + " of " + count + " failed",
                result.provenance().seconds(),
                closest);
    }

    /**
     * The rulings: how many of each kind, and in a line each those that do not simply hold.
     *
     * @param rulings on all statements
     * @param width of the terminal in characters
     * @return several lines, each ended
     */
    public static String rulings(List<Ruling> rulings, int width) {
        StringBuilder text = new StringBuilder("Rulings on the paper:");
        for (Kind kind : Kind.values()) {
            long count =
                    rulings.stream().filter(ruling -> ruling.kind() == kind).count();
            text.append(' ').append(count).append(' ').append(kind).append(kind == Kind.NOT_DECIDED ? "\n" : " ·");
        }
        for (Ruling ruling : rulings) {
            if (ruling.kind() == Kind.HOLDS_UNDER || ruling.kind() == Kind.DOES_NOT_HOLD) {
                String line = "  " + ruling.statement().place() + " " + ruling.kind()
                        + (ruling.isInDoubt() ? " (a run failed)" : "") + ": " + ruling.condition();
                text.append(cut(line, width)).append('\n');
            }
        }
        return text.toString();
    }

    private static String cut(String line, int width) {
        return line.codePointCount(0, line.length()) <= width
                ? line
                : line.substring(0, line.offsetByCodePoints(0, width - 1)) + "…";
    }
}
