package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * An array of numbers m·2^(480e) with whole e: of a range far beyond that of {@code double}. Sums, products and quotients have the
 * bits that {@code double} would give if its range were wide enough. With so wide steps most neighbours have the same e, and their
 * sums of products are computed as those of any {@code double}.
 */
final class WideNumbers {

    /** Memory of one number. */
    static final double BYTES = 12.0;

    /** Values up to here have a sum in the range of double. */
    static final double LARGEST = 0x1p980;

    private static final int BITS = 480;
    private static final double UP = 0x1p480;
    private static final double DOWN = 0x1p-480;

    /** Mantissas are 0 or from here … */
    private static final double LOW = 0x1p-240;

    /** … to below here, so that products and quotients of two stay in the range of double. */
    private static final double HIGH = 0x1p240;

    /** Exponent of zero: below those of all products, and far from overflow where some are added or subtracted. */
    private static final int NONE = -(1 << 29);

    private static final double[] POWERS = {1.0, DOWN, DOWN * DOWN, 0.0};

    private final double[] mantissas;

    private final int[] exponents;

    WideNumbers(int length) {
        this.mantissas = new double[length];
        this.exponents = new int[length];
        Arrays.fill(exponents, NONE);
    }

    int length() {
        return mantissas.length;
    }

    static WideNumbers of(double[] values) {
        WideNumbers numbers = new WideNumbers(values.length);
        for (int i = 0; i < values.length; i++) {
            numbers.set(i, values[i]);
        }
        return numbers;
    }

    void clear(int length) {
        Arrays.fill(mantissas, 0, length, 0.0);
        Arrays.fill(exponents, 0, length, NONE);
    }

    void copy(int from, WideNumbers target, int to, int length) {
        System.arraycopy(mantissas, from, target.mantissas, to, length);
        System.arraycopy(exponents, from, target.exponents, to, length);
    }

    boolean isZero(int index) {
        return mantissas[index] == 0.0;
    }

    /** Compares |this[index]| with |other[at]|. */
    int compare(int index, WideNumbers other, int at) {
        return exponents[index] == other.exponents[at]
                ? Double.compare(Math.abs(mantissas[index]), Math.abs(other.mantissas[at]))
                : Integer.compare(exponents[index], other.exponents[at]);
    }

    void set(int index, double value) {
        store(index, value, 0);
    }

    void add(int index, WideNumbers other, int at) {
        addProduct(index, 1.0, 0, other, at);
    }

    /** Adds a[i]·b[j]. */
    void addProduct(int index, WideNumbers a, int i, WideNumbers b, int j) {
        addProduct(index, a.mantissas[i], a.exponents[i], b, j);
    }

    /** Adds |a[i]·b[j]|. */
    void addSize(int index, WideNumbers a, int i, WideNumbers b, int j) {
        add(index, Math.abs(a.mantissas[i] * b.mantissas[j]), a.exponents[i] + b.exponents[j]);
    }

    private void addProduct(int index, double a, int e, WideNumbers b, int j) {
        add(index, a * b.mantissas[j], e + b.exponents[j]);
    }

    private void add(int index, double product, int theirs) {
        if (product == 0.0) {
            return;
        }
        double mine = mantissas[index];
        int most = Math.max(theirs, exponents[index]);
        store(index, mine * power(exponents[index] - most) + product * power(theirs - most), most);
    }

    /** {@code this[row + j] += this[row + k]·this[source + j]}, for j from {@code from} to {@code to}. */
    void addRow(int row, int source, int k, int from, int to) {
        double part = mantissas[row + k];
        if (part == 0.0) {
            return;
        }
        int ofPart = exponents[row + k];
        for (int j = from; j < to; j++) {
            int e = exponents[row + j];
            int theirs = ofPart + exponents[source + j];
            double m = mantissas[row + j];
            double product = part * mantissas[source + j];
            if (e != theirs) {
                if (product == 0.0) {
                    continue;
                }
                if (theirs > e) {
                    m *= power(e - theirs);
                    e = theirs;
                } else {
                    product *= power(theirs - e);
                }
            }
            keep(row + j, m + product, e);
        }
    }

    private void keep(int index, double mantissa, int exponent) {
        double size = Math.abs(mantissa);
        if (size >= LOW && size < HIGH) {
            mantissas[index] = mantissa;
            exponents[index] = exponent;
        } else {
            store(index, mantissa, exponent);
        }
    }

    /**
     * {@code this[row + j] += Σₖ this[row + start + k]·this[panel + k·stride + j]} over four k, for j from {@code from} to
     * {@code to}, in the order of {@link DoubleFronts}.
     */
    void addPanel(int row, int panel, int stride, int start, int from, int to) {
        double a = mantissas[row + start];
        double b = mantissas[row + start + 1];
        double c = mantissas[row + start + 2];
        double d = mantissas[row + start + 3];
        if (a == 0.0 && b == 0.0 && c == 0.0 && d == 0.0) {
            return;
        }
        int ea = exponents[row + start];
        int eb = exponents[row + start + 1];
        int ec = exponents[row + start + 2];
        int ed = exponents[row + start + 3];
        int p0 = panel;
        int p1 = panel + stride;
        int p2 = p1 + stride;
        int p3 = p2 + stride;
        for (int j = from; j < to; j++) {
            int e = exponents[row + j];
            int e0 = ea + exponents[p0 + j];
            int e1 = eb + exponents[p1 + j];
            int e2 = ec + exponents[p2 + j];
            int e3 = ed + exponents[p3 + j];
            double m = mantissas[row + j];
            double m0 = a * mantissas[p0 + j];
            double m1 = b * mantissas[p1 + j];
            double m2 = c * mantissas[p2 + j];
            double m3 = d * mantissas[p3 + j];
            if (((e ^ e0) | (e ^ e1) | (e ^ e2) | (e ^ e3)) != 0) {
                int most = Math.max(Math.max(e0, e1), Math.max(e2, e3));
                if (e - 2 >= most) {
                    // Products are below 2^480, what is there at least 2^-240: two steps are more than it has digits.
                    continue;
                }
                most = Math.max(most, e);
                m *= power(e - most);
                m0 *= power(e0 - most);
                m1 *= power(e1 - most);
                m2 *= power(e2 - most);
                m3 *= power(e3 - most);
                e = most;
            }
            keep(row + j, m + ((m0 + m1) + (m2 + m3)), e);
        }
    }

    /** Divides by another number, not zero. */
    void divide(int index, WideNumbers by, int at) {
        store(index, mantissas[index] / by.mantissas[at], exponents[index] - by.exponents[at]);
    }

    private void store(int index, double mantissa, int exponent) {
        double m = mantissa;
        int e = m == 0.0 ? NONE : exponent;
        while (Math.abs(m) >= HIGH) {
            m *= DOWN;
            e++;
        }
        while (Math.abs(m) < LOW && m != 0.0) {
            m *= UP;
            e--;
        }
        mantissas[index] = m;
        exponents[index] = e;
    }

    /** 2^(480e) for what is e steps below the largest term of a sum; 0 where the sum does not feel it. Of zero it matters not. */
    private static double power(int e) {
        return POWERS[Math.min(-e, 3)];
    }

    /**
     * All values as {@code double}: as they are if that is possible, else over a power of two that makes the largest about 1, and
     * 0 where they are below the range then.
     */
    double[] values() {
        long smallest = 0;
        long largest = Long.MIN_VALUE;
        for (int i = 0; i < mantissas.length; i++) {
            if (mantissas[i] != 0.0) {
                smallest = Math.min(smallest, exponent(i));
                largest = Math.max(largest, exponent(i));
            }
        }
        boolean fit = smallest >= Double.MIN_EXPONENT && largest < Math.getExponent(LARGEST);
        double[] values = new double[mantissas.length];
        for (int i = 0; i < values.length; i++) {
            if (mantissas[i] != 0.0) {
                int shift = Math.getExponent(mantissas[i]);
                long exponent = Math.max(exponent(i) - (fit ? 0 : largest), -2000);
                values[i] = Math.scalb(Math.scalb(mantissas[i], -shift), (int) exponent);
            }
        }
        return values;
    }

    /** The power of two that a number not zero begins with. */
    private long exponent(int index) {
        return (long) BITS * exponents[index] + Math.getExponent(mantissas[index]);
    }
}
