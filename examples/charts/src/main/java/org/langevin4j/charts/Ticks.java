package org.langevin4j.charts;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis and how they are written: −0.5, 2·10⁻³, 10⁻⁷. */
final class Ticks {

    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Ticks() {}

    /**
     * A position on an axis.
     *
     * @param value where
     * @param label its text; empty for a minor tick
     */
    record Tick(double value, String label) {}

    /**
     * Ticks at multiples of 1, 2 or 5 times a power of ten.
     *
     * @param min lower end
     * @param max upper end, above min
     * @param most about how many ticks fit
     * @return ticks within the ends
     */
    static List<Tick> linear(double min, double max, int most) {
        double rough = (max - min) / Math.max(1, most);
        int exponent = (int) Math.floor(Math.log10(rough));
        double fraction = rough / Math.pow(10, exponent);
        int digit = fraction <= 1.0 + 1e-9 ? 1 : fraction <= 2.0 + 1e-9 ? 2 : fraction <= 5.0 + 1e-9 ? 5 : 10;
        if (digit == 10) {
            digit = 1;
            exponent++;
        }
        double step = digit * Math.pow(10, exponent);
        double largest = Math.max(Math.abs(min), Math.abs(max));
        List<Tick> ticks = new ArrayList<>();
        double slack = 1e-9 * (max - min);
        for (long k = (long) Math.ceil((min - slack) / step); k * step <= max + slack; k++) {
            // Dividing by a power of ten keeps 0.3 = 3/10 exact where 3·0.1 is not.
            double value = exponent < 0 ? k * digit / Math.pow(10, -exponent) : k * step;
            ticks.add(new Tick(value, k == 0 ? "0" : label(value, exponent, largest)));
        }
        return ticks;
    }

    private static String label(double value, int stepExponent, double largest) {
        if (largest >= 1e5 || largest < 1e-3) {
            int common = (int) Math.floor(Math.log10(largest) + 1e-9);
            int decimals = Math.max(0, common - stepExponent);
            return power(fixed(value / Math.pow(10, common), decimals), common);
        }
        return fixed(value, Math.max(0, -stepExponent));
    }

    /**
     * Ticks at powers of ten, every so many that they fit; minor ticks between them where there is room. A range that
     * holds fewer than two powers of ten is ticked at 1, 2 and 5 times powers of ten or, if it is narrow, linearly. All labels
     * are decimals if the range is within 0.0005 and 5000, otherwise all are powers.
     *
     * @param min lower end, positive
     * @param max upper end, above min
     * @param most about how many labels fit
     * @return ticks within the ends
     */
    static List<Tick> logarithmic(double min, double max, int most) {
        double slack = 1e-9;
        int first = (int) Math.floor(Math.log10(min) + slack);
        int last = (int) Math.ceil(Math.log10(max) - slack);
        boolean few = Math.floor(Math.log10(max) + slack) - Math.ceil(Math.log10(min) - slack) < 1;
        int stride = few ? 1 : (last - first + most - 1) / Math.max(1, most);
        boolean plain = min > 5e-4 && max < 5e3;
        List<Tick> ticks = new ArrayList<>();
        int labels = 0;
        for (int e = first; e <= last; e++) {
            for (int m = 1; m <= 9; m++) {
                double value = m * Math.pow(10, e);
                if (value < min * (1 - slack) || value > max * (1 + slack)) {
                    continue;
                }
                boolean labelled = m == 1 ? Math.floorMod(e, stride) == 0 : few && (m == 2 || m == 5);
                if (labelled) {
                    labels++;
                    ticks.add(new Tick(value, decade(m, e, plain)));
                } else if (m == 1 || stride == 1) {
                    ticks.add(new Tick(value, ""));
                }
            }
        }
        return labels >= 2 ? ticks : linear(min, max, most);
    }

    /** A number in three significant digits, without trailing zeros. */
    static String text(double value) {
        double magnitude = Math.abs(value);
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros();
        if (value == 0.0 || (magnitude >= 1e-3 && magnitude < 1e4)) {
            return rounded.toPlainString().replace('-', '−');
        }
        int exponent = rounded.precision() - rounded.scale() - 1;
        return power(
                rounded.scaleByPowerOfTen(-exponent)
                        .stripTrailingZeros()
                        .toPlainString()
                        .replace('-', '−'),
                exponent);
    }

    private static String decade(int mantissa, int exponent, boolean plain) {
        if (plain || exponent == 0) {
            return fixed(mantissa * Math.pow(10, exponent), Math.max(0, -exponent));
        }
        return power(Integer.toString(mantissa), exponent);
    }

    private static String power(String mantissa, int exponent) {
        String power = "10" + superscript(exponent);
        return switch (mantissa) {
            case "1" -> power;
            case "−1" -> "−" + power;
            default -> mantissa + "·" + power;
        };
    }

    private static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
    }

    private static String superscript(int exponent) {
        StringBuilder text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return text.toString();
    }
}
