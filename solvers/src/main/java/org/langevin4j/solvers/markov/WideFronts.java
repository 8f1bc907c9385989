package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The null vector of a singular generator by the steps of {@link DoubleFronts}, in {@link WideNumbers}: a rate or a part of it that
 * falls below the range of {@code double} may be all that joins two wells, and what is small in one front is divided by something
 * as small in a later one. Where nothing leaves the range the bits are the same.
 */
final class WideFronts extends Fronts<WideFronts.Rates> {

    /** With fewer numbers to update, a second thread costs more than it brings. */
    private static final int SHORTEST = 40_000;

    private final List<Node> nodes = new ArrayList<>();
    private int kept = -1;
    private WideNumbers space = new WideNumbers(0);

    /** Rates among the states that remain, and their excess. */
    static final class Rates extends Fronts.Update {

        final WideNumbers rates;
        final WideNumbers excess;

        Rates(int[] states, WideNumbers rates, WideNumbers excess) {
            super(states);
            this.rates = rates;
            this.excess = excess;
        }
    }

    /** What is kept of a node: the rates from the other states of its front to its own, and the pivots. */
    private static final class Node {

        final int[] front;
        final WideNumbers upper;
        final WideNumbers pivots;

        Node(int[] front, WideNumbers upper, WideNumbers pivots) {
            this.front = front;
            this.upper = upper;
            this.pivots = pivots;
        }
    }

    private WideFronts(Generator generator) {
        super(generator);
    }

    /**
     * Finds the vector with Ap = 0.
     *
     * @param generator A, with one closed class
     * @param dissection order of the states
     * @return p; zero in states that are left for ever or whose probability is below the range of double
     * @throws ReducibleGeneratorException if negative rates cancel the outflow of a state
     */
    static double[] nullVector(Generator generator, Dissection dissection) {
        WideFronts fronts = new WideFronts(generator);
        fronts.eliminate(dissection);
        return fronts.nullVector();
    }

    @Override
    @Nullable
    Rates reduce(int own, int[] front, List<Rates> updates) {
        int size = front.length;
        if (space.length() < size * size) {
            space = new WideNumbers(size * size);
        } else {
            space.clear(size * size);
        }
        WideNumbers m = space;
        WideNumbers excess = new WideNumbers(size);
        assemble(own, front, updates, m, excess);
        WideNumbers pivots = new WideNumbers(own);
        eliminate(m, excess, pivots, front);
        WideNumbers upper = new WideNumbers(own * size);
        m.copy(0, upper, 0, own * size);
        nodes.add(new Node(front, upper, pivots));
        if (size == own) {
            return null;
        }
        int rest = size - own;
        WideNumbers remaining = new WideNumbers(rest * rest);
        for (int i = 0; i < rest; i++) {
            m.copy((own + i) * size + own, remaining, i * rest, rest);
        }
        WideNumbers left = new WideNumbers(rest);
        excess.copy(own, left, 0, rest);
        return new Rates(Arrays.copyOfRange(front, own, size), remaining, left);
    }

    private void assemble(int own, int[] front, List<Rates> updates, WideNumbers m, WideNumbers excess) {
        int size = front.length;
        for (Rates update : updates) {
            int rest = update.states.length;
            for (int i = 0; i < rest; i++) {
                int row = position(update.states[i]);
                excess.add(row, update.excess, i);
                for (int j = 0; j < rest; j++) {
                    m.add(row * size + position(update.states[j]), update.rates, i * rest + j);
                }
            }
        }
        WideNumbers one = new WideNumbers(1);
        for (int k = 0; k < own; k++) {
            forEachRate(k, own, front, (row, column, rate) -> {
                one.set(0, rate);
                m.add(row * size + column, one, 0);
            });
        }
    }

    private void eliminate(WideNumbers m, WideNumbers excess, WideNumbers pivots, int[] front) {
        int size = front.length;
        int own = pivots.length();
        for (int start = 0; start < own; start += DoubleFronts.PANEL) {
            int end = Math.min(start + DoubleFronts.PANEL, own);
            for (int k = start; k < end; k++) {
                pivots.add(k, excess, k);
                for (int i = k + 1; i < size; i++) {
                    pivots.add(k, m, i * size + k);
                }
                if (pivots.isZero(k)) {
                    if (kept >= 0) {
                        throw ReducibleGeneratorException.cancelled(front[k]);
                    }
                    kept = front[k];
                    excess.set(k, 1.0);
                    pivots.set(k, 1.0);
                }
                for (int i = k + 1; i < size; i++) {
                    m.divide(i * size + k, pivots, k);
                }
                excess.divide(k, pivots, k);
                for (int j = k + 1; j < size; j++) {
                    excess.addProduct(j, excess, k, m, k * size + j);
                }
                for (int i = k + 1; i < size; i++) {
                    m.addRow(i * size, k * size, k, k + 1, i < end ? size : end);
                }
            }
            update(m, size, start, end);
        }
    }

    /** The rows behind the panel take their parts of it; they do not depend on each other. */
    private static void update(WideNumbers m, int size, int start, int end) {
        IntStream rows = IntStream.range(end, size);
        boolean worthIt = (size - end) * (long) (size - end) > SHORTEST;
        (worthIt ? rows.parallel() : rows).forEach(i -> {
            if (end - start == DoubleFronts.PANEL) {
                m.addPanel(i * size, start * size, size, start, end, size);
            } else {
                for (int k = start; k < end; k++) {
                    m.addRow(i * size, k * size, k, end, size);
                }
            }
        });
    }

    private double[] nullVector() {
        WideNumbers p = new WideNumbers(generator.states());
        p.set(kept, 1.0);
        for (int n = nodes.size() - 1; n >= 0; n--) {
            Node node = nodes.get(n);
            int size = node.front.length;
            for (int k = node.pivots.length() - 1; k >= 0; k--) {
                int state = node.front[k];
                for (int j = k + 1; j < size; j++) {
                    p.addProduct(state, node.upper, k * size + j, p, node.front[j]);
                }
                p.divide(state, node.pivots, k);
            }
        }
        return p.values();
    }
}
