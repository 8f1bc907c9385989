package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fronts of an {@link Elimination} in {@code double}. Of a singular matrix it also bounds what underflow takes: a number that
 * falls below the range is a way out of a state that is not seen, and grows from state to state as such a way does.
 */
final class DoubleFronts extends Fronts<DoubleFronts.Rates> {

    /** States eliminated together before the rest of the front is updated. */
    static final int PANEL = 4;

    /** The unit of {@link #lost}: what one underflow takes at most. */
    private static final double UNDERFLOW = Double.MIN_VALUE;

    /** The part of a probability that may be lost. */
    private static final double ROUNDING = 0x1p-50;

    /** Sums of products below this may have lost digits to underflow. */
    private static final double SAFE = 0x1p-1000;

    final List<EliminatedNode> nodes = new ArrayList<>();

    /** Of a singular matrix: a state of the one closed class, whose probability is set to 1. */
    int kept = -1;

    private final double shift;
    private final boolean singular;
    private final boolean negative;

    /** Of a singular matrix: a bound of the rate out of each state that was lost when it was eliminated, in underflows. */
    private final double[] lost;

    private double[] space = new double[0];

    /** Rates among the states that remain, their excess, and what their rates have lost. */
    static final class Rates extends Fronts.Update {

        final double[] rates;
        final double[] excess;
        final double[] lost;

        Rates(int[] states, double[] rates, double[] excess, double[] lost) {
            super(states);
            this.rates = rates;
            this.excess = excess;
            this.lost = lost;
        }
    }

    private DoubleFronts(Generator generator, double shift) {
        super(generator);
        this.shift = shift;
        this.singular = shift == 0.0 && generator.isConservative();
        this.negative = generator.hasNegativeRates();
        this.lost = new double[singular ? generator.states() : 0];
    }

    /**
     * Eliminates all states.
     *
     * @throws ReducibleGeneratorException if a second set of states cannot be left, by the rates or since they underflow
     */
    static DoubleFronts of(Generator generator, Dissection dissection, double shift) {
        DoubleFronts fronts = new DoubleFronts(generator, shift);
        fronts.eliminate(dissection);
        return fronts;
    }

    @Override
    @Nullable
    Rates reduce(int own, int[] front, List<Rates> updates) {
        int size = front.length;
        double[] matrix = matrix(size);
        double[] excess = new double[size];
        double[] missing = new double[size];
        assemble(own, front, updates, matrix, excess, missing);
        double[] pivots = new double[own];
        eliminate(matrix, excess, missing, pivots, front);
        keep(matrix, pivots, front, own);
        if (size == own) {
            return null;
        }
        int rest = size - own;
        double[] remaining = new double[rest * rest];
        for (int i = 0; i < rest; i++) {
            System.arraycopy(matrix, (own + i) * size + own, remaining, i * rest, rest);
        }
        return new Rates(
                Arrays.copyOfRange(front, own, size),
                remaining,
                Arrays.copyOfRange(excess, own, size),
                Arrays.copyOfRange(missing, own, size));
    }

    private double[] matrix(int size) {
        int needed = size * size;
        if (space.length < needed) {
            space = new double[needed];
        } else {
            Arrays.fill(space, 0, needed, 0.0);
        }
        return space;
    }

    /** Row i, column j holds the rate from j to i. The diagonal is never read. */
    private void assemble(
            int own, int[] front, List<Rates> updates, double[] matrix, double[] excess, double[] missing) {
        int size = front.length;
        for (Rates update : updates) {
            int rest = update.states.length;
            for (int i = 0; i < rest; i++) {
                int row = position(update.states[i]);
                excess[row] += update.excess[i];
                missing[row] += update.lost[i];
                for (int j = 0; j < rest; j++) {
                    matrix[row * size + position(update.states[j])] += update.rates[i * rest + j];
                }
            }
        }
        for (int k = 0; k < own; k++) {
            excess[k] += shift + generator.exitRate(front[k]);
            forEachRate(k, own, front, (row, column, rate) -> matrix[row * size + column] += rate);
        }
    }

    private void eliminate(double[] m, double[] excess, double[] missing, double[] pivots, int[] front) {
        int size = front.length;
        int own = pivots.length;
        for (int start = 0; start < own; start += PANEL) {
            int end = Math.min(start + PANEL, own);
            for (int k = start; k < end; k++) {
                double pivot = excess[k];
                for (int i = k + 1; i < size; i++) {
                    pivot += m[i * size + k];
                }
                if (!(pivot > 0.0) && !(pivot < 0.0 && negative)) {
                    // A closed class: this state and those that lead to it alone. What the others send here is
                    // lost to them, as by absorption.
                    if (!singular || kept >= 0) {
                        throw new ReducibleGeneratorException(front[k]);
                    }
                    kept = front[k];
                    excess[k] = 1.0;
                    pivot = 1.0;
                } else if (shift == 0.0 && pivot > 0.0 && pivot < Double.MIN_NORMAL) {
                    // Its digits are gone, and a rate lost to underflow would count for more than rounding.
                    throw new ReducibleGeneratorException(front[k]);
                }
                pivots[k] = pivot;
                if (singular) {
                    lost[front[k]] = missing[k];
                    bound(m, missing, k, size, pivot);
                }
                for (int i = k + 1; i < size; i++) {
                    m[i * size + k] /= pivot;
                }
                for (int j = k + 1; j < size; j++) {
                    excess[j] += excess[k] / pivot * m[k * size + j];
                }
                // Within the panel: its remaining columns in every row, its remaining rows in every column.
                for (int i = k + 1; i < size; i++) {
                    double part = m[i * size + k];
                    int stop = i < end ? size : end;
                    for (int j = k + 1; j < stop; j++) {
                        m[i * size + j] += part * m[k * size + j];
                    }
                }
            }
            if (end - start == PANEL) {
                for (int i = end; i < size; i++) {
                    addPanel(m, i * size, start * size, size, start, end, size);
                }
            } else {
                for (int i = end; i < size; i++) {
                    for (int k = start; k < end; k++) {
                        double part = m[i * size + k];
                        for (int j = end; j < size; j++) {
                            m[i * size + j] += part * m[k * size + j];
                        }
                    }
                }
            }
        }
    }

    /** What the other states lose as state k is eliminated: what it has lost itself, and what underflows now. */
    private static void bound(double[] m, double[] missing, int k, int size, double pivot) {
        double leastPart = Double.POSITIVE_INFINITY;
        double leastRate = Double.POSITIVE_INFINITY;
        for (int i = k + 1; i < size; i++) {
            double out = Math.abs(m[i * size + k]);
            double in = Math.abs(m[k * size + i]);
            leastPart = out > 0.0 && out < leastPart ? out : leastPart;
            leastRate = in > 0.0 && in < leastRate ? in : leastRate;
        }
        leastPart /= Math.abs(pivot);
        double ofPart = missing[k] / Math.abs(pivot) + (leastPart < Double.MIN_NORMAL ? size : 0.0);
        double ofProduct = leastPart * leastRate < Double.MIN_NORMAL ? size : 0.0;
        if (ofPart == 0.0 && ofProduct == 0.0) {
            return;
        }
        for (int j = k + 1; j < size; j++) {
            double in = Math.abs(m[k * size + j]);
            if (in > 0.0) {
                missing[j] += ofPart * in + ofProduct;
            }
        }
    }

    /** row[j] += Σₖ row[k]·panelₖ[j] over four rows k; a method of its own, so that the loop is vectorised. */
    private static void addPanel(double[] m, int row, int panel, int stride, int start, int from, int to) {
        double a = m[row + start];
        double b = m[row + start + 1];
        double c = m[row + start + 2];
        double d = m[row + start + 3];
        int p0 = panel;
        int p1 = panel + stride;
        int p2 = p1 + stride;
        int p3 = p2 + stride;
        for (int j = from; j < to; j++) {
            m[row + j] = m[row + j] + ((a * m[p0 + j] + b * m[p1 + j]) + (c * m[p2 + j] + d * m[p3 + j]));
        }
    }

    private void keep(double[] m, double[] pivots, int[] front, int own) {
        int size = front.length;
        double[] lower = new double[own * size];
        double[] upper = new double[own * size];
        for (int k = 0; k < own; k++) {
            for (int i = k + 1; i < size; i++) {
                lower[k * size + i] = m[i * size + k];
            }
            System.arraycopy(m, k * size + k + 1, upper, k * size + k + 1, size - k - 1);
        }
        nodes.add(new EliminatedNode(own, front, lower, upper, pivots));
    }

    /**
     * The vector with Ap = 0, of a singular matrix.
     *
     * @return p ≥ 0 with every digit; null if a number that it takes has left the range of {@code double}
     */
    double @Nullable [] nullVector() {
        double[] p = new double[generator.states()];
        p[kept] = 1.0;
        EliminatedNode.substituteBack(nodes, p);
        return isInRange(p) && isFound(p) ? p : null;
    }

    /** Whether no probability, and no sum that gives one, is too small or too large; zero is right outside the closed class. */
    private boolean isInRange(double[] p) {
        ClosedClass closed = null;
        for (EliminatedNode node : nodes) {
            for (int k = 0; k < node.eliminated; k++) {
                int state = node.front[k];
                double value = Math.abs(p[state]);
                if (value == 0.0) {
                    closed = closed == null ? ClosedClass.of(generator) : closed;
                    if (closed.number[state] >= 0) {
                        return false;
                    }
                } else if (!(value >= Double.MIN_NORMAL
                        && value <= Double.MAX_VALUE
                        && value * Math.abs(node.pivots[k]) >= SAFE)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether no more than rounding was lost of any probability. */
    private boolean isFound(double[] p) {
        if (Arrays.stream(lost).allMatch(rate -> rate == 0.0)) {
            return true;
        }
        double[] missing = new double[p.length];
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            for (int k = node.eliminated - 1; k >= 0; k--) {
                int state = node.front[k];
                if (p[state] == 0.0) {
                    continue;
                }
                double sum = lost[state] * Math.abs(p[state]);
                for (int j = k + 1; j < size; j++) {
                    int from = node.front[j];
                    sum += Math.abs(node.upper[k * size + j]) * missing[from] + lost[from] * Math.abs(p[from]);
                }
                missing[state] = sum / Math.abs(node.pivots[k]);
                // Scaled in two steps: the inverse of an underflow is above the range.
                double allowed = Math.abs(p[state]) * 0x1p1022 * (ROUNDING / (0x1p1022 * UNDERFLOW));
                if (!(missing[state] <= allowed && missing[state] <= Double.MAX_VALUE)) {
                    return false;
                }
            }
        }
        return true;
    }
}
