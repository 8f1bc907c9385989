package org.langevin4j.examples.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How numbers are written for people. */
final class Numbers {

    private Numbers() {}

    /** Six digits, in powers of ten where that is shorter. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e15) {
            return String.format(Locale.ROOT, "%.0f", value + 0.0);
        }
        if (size >= 1e-3 && size < 1e6) {
            int decimals = Math.max(0, 5 - (int) Math.floor(Math.log10(size)));
            return withoutTrailingZeros(String.format(Locale.ROOT, "%." + decimals + "f", value));
        }
        String[] parts = String.format(Locale.ROOT, "%.5e", value).split("e", 2);
        return withoutTrailingZeros(parts[0]) + "e" + Integer.parseInt(parts[1]);
    }

    private static String withoutTrailingZeros(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        String shorter = digits.replaceAll("0+$", "");
        return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    /** The claim about a value: "1 ± 0.01", "≤ 0.0001", "≥ 3.6", or nothing. */
    static String claim(Measurement m) {
        @Nullable Double expected = m.expected();
        @Nullable Double tolerance = m.tolerance();
        if (expected == null) {
            return tolerance == null ? "" : "≤ " + text(tolerance);
        }
        if (tolerance == null) {
            return "≥ " + text(expected);
        }
        if (tolerance == 0.0) {
            return "= " + text(expected);
        }
        // |value − 0| ≤ t says no more of a value that is not negative.
        return expected == 0.0 && !(m.value() < 0.0)
                ? "≤ " + text(tolerance)
                : text(expected) + " ± " + text(tolerance);
    }
}
