package org.langevin4j.core.model;

import java.util.Locale;

/**
 * The values that a parameter may take: an interval of the finite numbers, perhaps without zero, perhaps whole numbers only.
 *
 * @param least lower end
 * @param greatest upper end
 * @param leastIncluded whether the lower end is allowed
 * @param greatestIncluded whether the upper end is allowed
 * @param zeroIncluded whether zero is allowed where the interval holds it
 * @param whole whether the value must be a whole number
 */
public record Range(
        double least,
        double greatest,
        boolean leastIncluded,
        boolean greatestIncluded,
        boolean zeroIncluded,
        boolean whole) {

    /** Every finite number. */
    public static final Range FINITE = new Range(-Double.MAX_VALUE, Double.MAX_VALUE, true, true, true, false);

    /** Every finite number but zero. */
    public static final Range NOT_ZERO = new Range(-Double.MAX_VALUE, Double.MAX_VALUE, true, true, false, false);

    /** Every finite number above zero. */
    public static final Range POSITIVE = new Range(0.0, Double.MAX_VALUE, false, true, true, false);

    /** Every finite number from zero on. */
    public static final Range NOT_NEGATIVE = new Range(0.0, Double.MAX_VALUE, true, true, true, false);

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if they are not finite or not in order
     */
    public Range {
        if (!(least < greatest && least >= -Double.MAX_VALUE && greatest <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("range must have finite ends in order, got " + least + ", " + greatest);
        }
    }

    /**
     * The closed interval.
     *
     * @param least lower end
     * @param greatest upper end
     * @return [least, greatest]
     */
    public static Range between(double least, double greatest) {
        return new Range(least, greatest, true, true, true, false);
    }

    /**
     * The whole numbers of a closed interval.
     *
     * @param least lower end
     * @param greatest upper end
     * @return least, least + 1, …, greatest
     */
    public static Range whole(int least, int greatest) {
        return new Range(least, greatest, true, true, true, true);
    }

    /**
     * Whether a value is allowed.
     *
     * @param value the value; NaN is never allowed
     * @return true if it is in the range
     */
    public boolean contains(double value) {
        return (leastIncluded ? value >= least : value > least)
                && (greatestIncluded ? value <= greatest : value < greatest)
                && (zeroIncluded || value != 0.0)
                && (!whole || value == Math.rint(value));
    }

    /**
     * The range in words that go on after "must be".
     *
     * @return for example "positive and finite" or "a whole number in [2, 100]"
     */
    @Override
    public String toString() {
        if (greatest == Double.MAX_VALUE) {
            if (least == -Double.MAX_VALUE) {
                return zeroIncluded ? "finite" : "finite and not zero";
            }
            if (least == 0.0) {
                return leastIncluded ? "finite and not negative" : "positive and finite";
            }
            return "finite and " + (leastIncluded ? "at least " : "above ") + number(least);
        }
        return (whole ? "a whole number in " : "in ") + (leastIncluded ? "[" : "(") + number(least) + ", "
                + number(greatest) + (greatestIncluded ? "]" : ")") + (zeroIncluded ? "" : " without 0");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%.0f", value)
                : Double.toString(value);
    }
}
