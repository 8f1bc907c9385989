package org.langevin4j.examples.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Check.AtMost;
import org.langevin4j.examples.experiment.Check.Near;
import org.langevin4j.examples.experiment.Uncertainty;

/** How numbers are written for people: with the digits that their uncertainty deserves, a minus as a minus. */
final class Numbers {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /** Six digits, in powers of ten where that is shorter. */
    static String text(double value) {
        return rounded(value, 6);
    }

    /** So many digits, in powers of ten where that is shorter. */
    static String rounded(double value, int digits) {
        double size = Math.abs(value);
        if (!(size > 0.0 && size <= Double.MAX_VALUE)) {
            return special(value);
        }
        if (value == Math.rint(value) && size < 1e15 && (digits >= 6 || size < Math.pow(10, digits))) {
            return sign(value) + String.format(Locale.ROOT, "%.0f", size);
        }
        String scientific = String.format(Locale.ROOT, "%." + (digits - 1) + "e", size);
        int exponent = Integer.parseInt(scientific.substring(scientific.indexOf('e') + 1));
        if (exponent >= -3 && exponent < 6) {
            int decimals = Math.max(0, digits - 1 - exponent);
            return sign(value) + withoutTrailingZeros(String.format(Locale.ROOT, "%." + decimals + "f", size));
        }
        String mantissa = withoutTrailingZeros(scientific.substring(0, scientific.indexOf('e')));
        return sign(value) + (mantissa.equals("1") ? "" : mantissa + "·") + "10" + superscript(exponent);
    }

    private static String special(double value) {
        return Double.isNaN(value) ? "NaN" : value == 0.0 ? "0" : value > 0.0 ? "∞" : "−∞";
    }

    private static String sign(double value) {
        return value < 0.0 ? "−" : "";
    }

    private static String superscript(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }

    private static String withoutTrailingZeros(String digits) {
        if (digits.indexOf('.') < 0) {
            return digits;
        }
        String shorter = digits.replaceAll("0+$", "");
        return shorter.endsWith(".") ? shorter.substring(0, shorter.length() - 1) : shorter;
    }

    /** The value as far as it is known, with its uncertainty: "4.19 ± 0.06", "(1.2 ± 0.3)·10⁻⁵". */
    static String value(Check check) {
        Uncertainty uncertainty = check.uncertainty();
        double error = uncertainty.size();
        boolean known = uncertainty.kind() == Uncertainty.Kind.STATISTICAL
                || uncertainty.kind() == Uncertainty.Kind.DISCRETISATION;
        return known ? withError(check.value(), error) : text(check.value());
    }

    /** Two digits of the error if it begins with 1 or 2, else one. */
    static String withError(double value, double error) {
        if (!(error > 0.0 && error <= Double.MAX_VALUE && Math.abs(value) <= Double.MAX_VALUE)) {
            return text(value);
        }
        int magnitude = (int) Math.floor(Math.log10(error));
        int last = error / Math.pow(10, magnitude) < 2.95 ? magnitude - 1 : magnitude;
        int first = (int) Math.floor(Math.log10(Math.max(Math.abs(value), error)));
        if (last >= 1 || first < -3) {
            int power = first;
            double scale = Math.pow(10, -power);
            int decimals = Math.max(0, power - last);
            return String.format(
                            Locale.ROOT,
                            "(%s%." + decimals + "f ± %." + decimals + "f)·10",
                            sign(value),
                            Math.abs(value) * scale,
                            error * scale)
                    + superscript(power);
        }
        String format = "%." + Math.max(0, -last) + "f";
        String digits = String.format(Locale.ROOT, format, Math.abs(value));
        return (Double.parseDouble(digits) == 0.0 ? "" : sign(value)) + digits + " ± "
                + String.format(Locale.ROOT, format, error);
    }

    /** What was expected: "1 ± 0.01", "≤ 0.0001", "> 0", or nothing. */
    static String expectation(Check check) {
        if (check.expectation() instanceof Near near) {
            return near.tolerance() == 0.0
                    ? "= " + text(near.expected())
                    : near.expected() == 0.0
                            ? "0 ± " + rounded(near.tolerance(), 2)
                            : text(near.expected()) + " ± " + rounded(near.tolerance(), 2);
        }
        if (check.expectation() instanceof AtMost most) {
            return bound(most.limit(), "≤ ", "< 0") + margin(most.margin());
        }
        if (check.expectation() instanceof AtLeast least) {
            return bound(least.limit(), "≥ ", "> 0") + margin(least.margin());
        }
        return "";
    }

    /** The smallest double stands for "positive". */
    private static String bound(double limit, String relation, String strict) {
        return Math.abs(limit) == Double.MIN_VALUE ? strict : relation + text(limit);
    }

    private static String margin(double margin) {
        return margin == 0.0 ? "" : " by " + rounded(margin, 2);
    }

    /** The part of the tolerance that was used, in per cent. */
    static String percent(double part) {
        return rounded(100.0 * part, 2) + " %";
    }

    /** z with one decimal. */
    static String z(@Nullable Double z) {
        return z == null ? "" : sign(z) + String.format(Locale.ROOT, "%.1f", Math.abs(z));
    }
}
