package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.List;

/**
 * Numbers m·2ᵉ with exponents far beyond those of {@code double}, one a state: weights of wells and of the barriers between
 * them, from which the weights of the next wells are computed. Products and sums have the bits that {@code double} would give
 * if its range were wide enough.
 */
final class WideRange {

    /** Rates below this have lost digits to underflow. */
    private static final double UNCERTAIN = 0x1p-1012;

    /** The part of all probability that may hang on such rates. */
    private static final double ACCURACY = 1e-10;

    /** Exponent of zero. */
    private static final int NONE = Integer.MIN_VALUE / 2;

    private final double[] mantissas;
    private final int[] exponents;

    /** The sum so far. */
    private double sum;

    private int exponent;

    WideRange(int length) {
        this.mantissas = new double[length];
        this.exponents = new int[length];
        Arrays.fill(exponents, NONE);
    }

    /**
     * The null vector of an eliminated generator, with a bound of what rates lost to underflow would have added: from there it
     * grows as probability does.
     *
     * @throws ReducibleGeneratorException if more than rounding hangs on rates below the range of double
     */
    static double[] nullVector(Generator generator, List<EliminatedNode> nodes, int kept) {
        int states = generator.states();
        WideRange p = new WideRange(states);
        WideRange lost = new WideRange(states);
        p.set(kept, 1.0);
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            for (int k = node.eliminated - 1; k >= 0; k--) {
                p.startWith(node.front[k]);
                lost.startWith(node.front[k]);
                for (int j = k + 1; j < size; j++) {
                    double rate = node.upper[k * size + j];
                    p.add(rate, p, node.front[j]);
                    lost.add(rate, lost, node.front[j]);
                    if (Math.abs(rate) < UNCERTAIN) {
                        lost.add(UNCERTAIN, p, node.front[j]);
                    }
                }
                p.store(node.front[k], node.pivots[k]);
                lost.store(node.front[k], Math.abs(node.pivots[k]));
            }
        }
        // A state that is left too rarely may have been taken for one that is never left.
        int[] number = ClosedClass.of(generator).number;
        for (int state = 0; state < states; state++) {
            if (number[state] >= 0 && p.isZero(state)) {
                throw ReducibleGeneratorException.beyondRange(state);
            }
        }
        if (!(lost.ratio(p) <= ACCURACY)) {
            throw ReducibleGeneratorException.beyondRange(kept);
        }
        return p.values();
    }

    void set(int index, double value) {
        start(value, 0);
        store(index, 1.0);
    }

    boolean isZero(int index) {
        return mantissas[index] == 0.0;
    }

    /** Begins a sum with a value that is kept. */
    void startWith(int index) {
        sum = mantissas[index];
        exponent = exponents[index];
    }

    /** Adds factor times a value, of these numbers or others. */
    void add(double factor, WideRange of, int index) {
        double product = factor * of.mantissas[index];
        if (product == 0.0) {
            return;
        }
        int shift = Math.getExponent(product);
        double term = Math.scalb(product, -shift);
        int level = of.exponents[index] + shift;
        if (level > exponent) {
            sum = exponent == NONE ? 0.0 : Math.scalb(sum, exponent - level);
            exponent = level;
        }
        sum += Math.scalb(term, level - exponent);
    }

    /** Keeps the sum divided by a number. */
    void store(int index, double divisor) {
        start(sum / divisor, exponent);
        mantissas[index] = sum;
        exponents[index] = exponent;
    }

    private void start(double value, int level) {
        if (value == 0.0) {
            sum = 0.0;
            exponent = NONE;
        } else {
            int shift = Math.getExponent(value);
            sum = Math.scalb(value, -shift);
            exponent = level + shift;
        }
    }

    /** The sum of all values over that of others. */
    double ratio(WideRange others) {
        sumUp();
        others.sumUp();
        return exponent == NONE ? 0.0 : Math.scalb(sum / others.sum, exponent - others.exponent);
    }

    private void sumUp() {
        start(0.0, 0);
        for (int i = 0; i < mantissas.length; i++) {
            add(1.0, this, i);
        }
    }

    /** All values over a power of two that makes the largest about 1; 0 where they are below the range then. */
    double[] values() {
        int largest = NONE;
        for (int e : exponents) {
            largest = Math.max(largest, e);
        }
        double[] values = new double[mantissas.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = mantissas[i] == 0.0 ? 0.0 : Math.scalb(mantissas[i], exponents[i] - largest);
        }
        return values;
    }
}
