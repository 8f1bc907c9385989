package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The null vector of a singular matrix that was eliminated in {@code double}, with a bound of what underflow has taken from each
 * probability: pₖ = Σⱼ uₖⱼpⱼ/pivotₖ, where every uₖⱼ and the pivot are wrong by no more than the rate that j or k has lost. The sums
 * are in {@link WideNumbers}, so that the vector may extend beyond the range of {@code double} where the rates do not.
 */
final class BoundedNullVector {

    /** The part of a probability that may be lost; where it is below the range of double, of the least in range. */
    private static final double ROUNDING = 0x1p-50;

    /** Sums of products below this may have lost digits to underflow. */
    private static final double SAFE = 0x1p-1000;

    private final Generator generator;
    private final List<EliminatedNode> nodes;
    private final int kept;

    private final WideNumbers p;

    /** A bound of the error of each p. */
    private final WideNumbers missing;

    private double @Nullable [] values;

    private BoundedNullVector(Generator generator, List<EliminatedNode> nodes, int kept) {
        this.generator = generator;
        this.nodes = nodes;
        this.kept = kept;
        this.p = new WideNumbers(generator.states());
        this.missing = new WideNumbers(generator.states());
    }

    /**
     * Substitutes back.
     *
     * @param generator A
     * @param nodes its elimination
     * @param kept a state of the closed class, whose pivot was zero; its p becomes 1
     * @param unit what was set as its pivot
     * @return the vector
     */
    static BoundedNullVector of(Generator generator, List<EliminatedNode> nodes, int kept, double unit) {
        BoundedNullVector vector = new BoundedNullVector(generator, nodes, kept);
        double[] p = new double[generator.states()];
        p[kept] = unit;
        EliminatedNode.substituteBack(nodes, p);
        if (isInRange(nodes, p)) {
            vector.values = p;
        } else if (vector.isFinite() && vector.substituteBack() && vector.isFound()) {
            vector.values = vector.p.values();
        }
        return vector;
    }

    /** The vector; null if more than rounding may have been lost. */
    double @Nullable [] values() {
        return values;
    }

    /** Compares the sizes of two probabilities, where there are no values. */
    int compare(int state, int other) {
        return p.compare(state, p, other);
    }

    /** Whether nothing was lost, and no probability, and no sum that gives one, is zero, too small or too large. */
    private static boolean isInRange(List<EliminatedNode> nodes, double[] p) {
        for (EliminatedNode node : nodes) {
            for (double rate : node.lost) {
                if (rate != 0.0) {
                    return false;
                }
            }
            for (int k = 0; k < node.eliminated; k++) {
                double value = Math.abs(p[node.front[k]]);
                if (!(value >= Double.MIN_NORMAL
                        && value <= WideNumbers.LARGEST
                        && value * Math.abs(node.pivots[k]) >= SAFE)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Negative rates may let rates grow without limit. */
    private boolean isFinite() {
        return nodes.stream()
                .allMatch(node -> Arrays.stream(node.upper).allMatch(Double::isFinite)
                        && Arrays.stream(node.pivots).allMatch(Double::isFinite)
                        && Arrays.stream(node.lost).allMatch(Double::isFinite));
    }

    /** False if half of a pivot or more may be lost; the vector is a guess then. */
    private boolean substituteBack() {
        ClosedClass closed = null;
        WideNumbers lostByKept = WideNumbers.of(lostByKept());
        WideNumbers divisor = new WideNumbers(1);
        boolean afterKept = true;
        boolean known = true;
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            WideNumbers lost = WideNumbers.of(node.lost);
            for (int k = node.eliminated - 1; k >= 0; k--) {
                int state = node.front[k];
                if (state == kept) {
                    p.set(state, 1.0);
                    afterKept = false;
                    continue;
                }
                WideNumbers rates = WideNumbers.of(Arrays.copyOfRange(node.upper, k * size, (k + 1) * size));
                for (int j = k + 1; j < size; j++) {
                    p.addProduct(state, rates, j, p, node.front[j]);
                }
                if (p.isZero(state)) {
                    closed = closed == null ? ClosedClass.of(generator) : closed;
                    if (closed.number[state] < 0) {
                        continue;
                    }
                }
                for (int j = k + 1; j < size; j++) {
                    missing.addSize(state, rates, j, missing, node.front[j]);
                    missing.addSize(state, lost, j, p, node.front[j]);
                    missing.addSize(state, lost, j, missing, node.front[j]);
                }
                if (afterKept) {
                    // All that leaves the kept state unseen may come by here.
                    missing.add(state, lostByKept, 0);
                }
                double pivot = Math.abs(node.pivots[k]);
                boolean certain = 2.0 * node.lost[k] <= pivot;
                known &= certain;
                divisor.set(0, node.pivots[k]);
                p.divide(state, divisor, 0);
                missing.addSize(state, lost, k, p, state);
                divisor.set(0, certain ? pivot - node.lost[k] : pivot);
                missing.divide(state, divisor, 0);
            }
        }
        return known;
    }

    private double[] lostByKept() {
        for (EliminatedNode node : nodes) {
            for (int k = 0; k < node.eliminated; k++) {
                if (node.front[k] == kept) {
                    return new double[] {node.lost[k]};
                }
            }
        }
        throw new IllegalArgumentException("kept must be one of the states, got " + kept);
    }

    /** Whether no more than rounding was lost of any probability. */
    private boolean isFound() {
        WideNumbers part = WideNumbers.of(new double[] {1.0, ROUNDING, ROUNDING * Double.MIN_NORMAL});
        WideNumbers total = new WideNumbers(1);
        for (int state = 0; state < p.length(); state++) {
            total.addSize(0, part, 0, p, state);
        }
        for (int state = 0; state < p.length(); state++) {
            WideNumbers allowed = new WideNumbers(1);
            allowed.addSize(0, part, 1, p, state);
            allowed.addSize(0, part, 2, total, 0);
            if (missing.compare(state, allowed, 0) > 0) {
                return false;
            }
        }
        return true;
    }
}
