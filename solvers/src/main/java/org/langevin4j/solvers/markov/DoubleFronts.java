package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fronts of an {@link Elimination} in {@code double}. Of a singular matrix it also bounds what underflow takes: a number that
 * falls below the range is a way out of a state that is not seen, and grows from state to state as such a way does. There rates
 * and parts are held times powers of two, which changes no bits: rates can fall to 1e-590 of the largest and parts to 1e-440.
 */
final class DoubleFronts extends Fronts<DoubleFronts.Rates> {

    /** States eliminated together before the rest of the front is updated. */
    static final int PANEL = 4;

    /** The power of two of the largest rate of a singular matrix, if rates are not larger already. */
    private static final int LARGEST = 900;

    /** Parts of the outflow are held times this, the rates that they multiply over it. */
    private static final double UP = 0x1p450;

    /** Smaller pivots have no digits to spare. */
    private static final double SMALL = 0x1p-500;

    /** What one underflow takes at most. */
    private static final double UNDERFLOW = Double.MIN_VALUE;

    final List<EliminatedNode> nodes = new ArrayList<>();

    /** Of a singular matrix: a state of the one closed class, whose probability is set to 1. */
    int kept = -1;

    private final double shift;
    private final boolean singular;
    private final boolean negative;

    /** Factor of all rates and of all parts of the outflow; both 1 unless the matrix is singular. */
    private final double unit;

    private final double up;

    private double[] space = new double[0];

    /** Of a singular matrix: the last front before its states are eliminated. */
    private @Nullable Rates last;

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
        int room = LARGEST - Math.getExponent(generator.largestOutflow());
        this.unit = singular ? Math.scalb(1.0, Math.max(0, Math.min(room, 1000))) : 1.0;
        this.up = singular ? UP : 1.0;
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
        if (singular && size == own) {
            last = new Rates(front, Arrays.copyOf(matrix, size * size), excess.clone(), missing.clone());
        }
        double[] pivots = new double[own];
        eliminate(matrix, excess, missing, pivots, front);
        nodes.add(node(matrix, pivots, front, missing));
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
            forEachRate(k, own, front, (row, column, rate) -> matrix[row * size + column] += rate * unit);
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
                    excess[k] = unit;
                    pivot = unit;
                } else if (shift == 0.0 && !singular && pivot > 0.0 && pivot < Double.MIN_NORMAL) {
                    // Its digits are gone, and a rate lost to underflow would count for more than rounding.
                    throw new ReducibleGeneratorException(front[k]);
                }
                pivots[k] = pivot;
                double factor = Math.abs(pivot) < SMALL ? up : 1.0;
                double divisor = Math.abs(pivot) < SMALL ? pivot : pivot / up;
                if (singular) {
                    bound(m, excess, missing, k, factor / Math.abs(divisor));
                }
                for (int i = k + 1; i < size; i++) {
                    m[i * size + k] = m[i * size + k] * factor / divisor;
                }
                double toExcess = excess[k] * factor / divisor;
                for (int j = k + 1; j < size; j++) {
                    m[k * size + j] /= up;
                    excess[j] += toExcess * m[k * size + j];
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

    /**
     * What the other states lose as state k is eliminated. A part of their rates into it goes astray, no larger than the part of
     * its own outflow that is lost; and some products underflow.
     */
    private void bound(double[] m, double[] excess, double[] missing, int k, double scale) {
        int size = excess.length;
        double leastOut = excess[k] > 0.0 ? excess[k] : Double.POSITIVE_INFINITY;
        double leastIn = Double.POSITIVE_INFINITY;
        for (int i = k + 1; i < size; i++) {
            double out = Math.abs(m[i * size + k]);
            double in = Math.abs(m[k * size + i]);
            leastOut = out > 0.0 && out < leastOut ? out : leastOut;
            leastIn = in > 0.0 && in < leastIn ? in : leastIn;
        }
        double part = leastOut * scale;
        double rate = leastIn / up;
        double astray = part < Double.MIN_NORMAL ? size * UNDERFLOW : 0.0;
        if (missing[k] > 0.0) {
            astray = Math.min(up, missing[k] * scale + size * UNDERFLOW);
        }
        double taken = part * rate < Double.MIN_NORMAL ? size * UNDERFLOW : 0.0;
        if (rate < Double.MIN_NORMAL) {
            taken += 2.0 * up * UNDERFLOW;
        }
        if (astray == 0.0 && taken == 0.0) {
            return;
        }
        for (int j = k + 1; j < size; j++) {
            double in = Math.abs(m[k * size + j]);
            if (in > 0.0) {
                missing[j] += astray * (in / up) + taken + UNDERFLOW;
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

    private EliminatedNode node(double[] m, double[] pivots, int[] front, double[] missing) {
        int own = pivots.length;
        int size = front.length;
        double[] lower = new double[singular ? 0 : own * size];
        double[] upper = new double[own * size];
        for (int k = 0; k < own; k++) {
            for (int i = k + 1; i < size; i++) {
                if (!singular) {
                    lower[k * size + i] = m[i * size + k];
                }
                upper[k * size + i] = m[k * size + i] * up;
            }
        }
        return new EliminatedNode(own, front, lower, upper, pivots, missing);
    }

    /**
     * The vector with Ap = 0, of a singular matrix.
     *
     * @return p ≥ 0 with every digit; null if more than rounding hangs on numbers that have left the range
     */
    double @Nullable [] nullVector() {
        BoundedNullVector vector = BoundedNullVector.of(generator, nodes, kept, unit);
        if (vector.values() == null && last != null) {
            eliminateAgain(last, vector);
            vector = BoundedNullVector.of(generator, nodes, kept, unit);
        }
        return vector.values();
    }

    /**
     * Eliminates the states of the last front in the order of their probabilities. If a state of hardly any probability comes last,
     * all others are computed from it, and what was lost on the way up to it counts; on the way down nothing does.
     */
    private void eliminateAgain(Rates rates, BoundedNullVector vector) {
        int size = rates.states.length;
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> vector.compare(rates.states[i], rates.states[j]));
        int[] front = new int[size];
        double[] matrix = matrix(size);
        double[] excess = new double[size];
        double[] missing = new double[size];
        for (int i = 0; i < size; i++) {
            front[i] = rates.states[order[i]];
            excess[i] = rates.excess[order[i]];
            missing[i] = rates.lost[order[i]];
            for (int j = 0; j < size; j++) {
                matrix[i * size + j] = rates.rates[order[i] * size + order[j]];
            }
            if (front[i] == kept) {
                kept = -1;
            }
        }
        double[] pivots = new double[size];
        eliminate(matrix, excess, missing, pivots, front);
        nodes.set(nodes.size() - 1, node(matrix, pivots, front, missing));
    }
}
