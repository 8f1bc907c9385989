package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Solves (sI − A)p = r for a generator A and a shift s ≥ 0 by elimination without a single subtraction (Grassmann, Taksar
 * and Heyman 1985; for s > 0 see Alfa, Xue and Ye 2002).
 *
 * <p>To eliminate a state k is to watch the process only while it is elsewhere: the rate from j to i grows by
 * aᵢₖaₖⱼ/pivotₖ. The pivot is not taken from the diagonal, where digits would cancel, but summed from what leaves the
 * state: the rates to the states that remain and the excess, the shift that has come down to it. All numbers stay ≥ 0, so
 * each is accurate to a few units of rounding, and a right-hand side ≥ 0 gives a solution ≥ 0.
 *
 * <p>The order is that of a {@link Dissection}. Each of its nodes works on a small dense matrix, the front: its own states
 * first, then those states of its ancestors that they have come to touch (Duff and Reid 1983). For an n×n grid that is
 * O(n³) operations and O(n² log n) numbers to keep.
 *
 * <p>The sums hold for an operator some of whose rates are negative as well; what is lost is the guarantee of sign and
 * digits. A solution is then improved by its residual until this is rounding.
 */
public final class Elimination implements ShiftedSolver {

    /** States eliminated together before the rest of the front is updated. */
    private static final int PANEL = 4;

    /** Up to so many states memory is no question, even if all are joined. */
    private static final int SURELY_FIT = 4_000;

    private final Generator generator;
    private final int states;
    private final boolean singular;

    /** Of an operator with negative rates, where elimination may lose digits: what is solved with. */
    private final @Nullable Refinement refinement;

    /** Of a singular matrix: a state of the one closed class, whose probability is set to 1. */
    private int kept = -1;

    private final List<EliminatedNode> nodes = new ArrayList<>();

    /** What a node leaves to its parent: rates among the states that remain, and their excess. */
    private static final class Update {

        final int[] states;
        final double[] rates;
        final double[] excess;

        Update(int[] states, double[] rates, double[] excess) {
            this.states = states;
            this.rates = rates;
            this.excess = excess;
        }
    }

    private Elimination(Generator generator, boolean singular, @Nullable Refinement refinement) {
        this.generator = generator;
        this.states = generator.states();
        this.singular = singular;
        this.refinement = refinement;
    }

    /**
     * Eliminates all states.
     *
     * @param generator A
     * @param dissection order of the states
     * @param shift s ≥ 0; zero for the steady state
     * @return the factorisation
     * @throws ReducibleGeneratorException if s = 0 and there is more than one set of states that cannot be left
     * @throws IllegalArgumentException if it needs more memory than there is
     */
    public static Elimination of(Generator generator, Dissection dissection, double shift) {
        if (generator.states() > SURELY_FIT) {
            EliminationCost.of(generator, dissection).requireMemory();
        }
        boolean singular = shift == 0.0 && generator.isConservative();
        Refinement refinement = generator.hasNegativeRates() ? new Refinement(generator, shift) : null;
        Elimination elimination = new Elimination(generator, singular, refinement);
        try {
            new Factory(elimination, generator, shift).eliminate(dissection);
        } catch (ReducibleGeneratorException e) {
            if (elimination.singular) {
                // Throws by itself if the rates say so.
                ClosedClass.of(generator);
                throw ReducibleGeneratorException.beyondRange(e.state());
            }
            throw e;
        }
        return elimination;
    }

    /** The working space of one factorisation. */
    private static final class Factory {

        private final Elimination result;
        private final Generator generator;
        private final double shift;
        private final int[] positions;
        private final boolean[] eliminated;
        private double[] space = new double[0];

        /** Rates into each state, the transpose of the generator. */
        private final int[] starts;

        private final int[] sources;
        private final double[] rates;

        Factory(Elimination result, Generator generator, double shift) {
            this.result = result;
            this.generator = generator;
            this.shift = shift;
            int n = generator.states();
            this.positions = new int[n];
            Arrays.fill(positions, -1);
            this.eliminated = new boolean[n];
            this.starts = new int[n + 1];
            this.sources = new int[generator.rateCount()];
            this.rates = new double[generator.rateCount()];
            for (int j = 0; j < n; j++) {
                generator.forEachRateFrom(j, (from, to, rate) -> starts[to + 1]++);
            }
            for (int j = 0; j < n; j++) {
                starts[j + 1] += starts[j];
            }
            int[] next = Arrays.copyOf(starts, n);
            for (int j = 0; j < n; j++) {
                generator.forEachRateFrom(j, (from, to, rate) -> {
                    int k = next[to]++;
                    sources[k] = from;
                    rates[k] = rate;
                });
            }
        }

        @Nullable
        Update eliminate(Dissection node) {
            List<Update> updates = new ArrayList<>(node.children.size());
            for (Dissection child : node.children) {
                Update update = eliminate(child);
                if (update != null) {
                    updates.add(update);
                }
            }
            int[] front = front(node.own, updates);
            int size = front.length;
            double[] matrix = matrix(size);
            double[] excess = new double[size];
            assemble(node.own, updates, size, matrix, excess);
            int own = node.own.length;
            double[] pivots = new double[own];
            reduce(matrix, excess, pivots, size, own, front);
            keep(matrix, pivots, front, own);
            for (int state : node.own) {
                eliminated[state] = true;
            }
            for (int state : front) {
                positions[state] = -1;
            }
            if (size == own) {
                return null;
            }
            int rest = size - own;
            double[] remaining = new double[rest * rest];
            for (int i = 0; i < rest; i++) {
                System.arraycopy(matrix, (own + i) * size + own, remaining, i * rest, rest);
            }
            return new Update(Arrays.copyOfRange(front, own, size), remaining, Arrays.copyOfRange(excess, own, size));
        }

        /** Own states first; every state's position is noted. */
        private int[] front(int[] own, List<Update> updates) {
            int capacity = own.length;
            for (int state : own) {
                capacity += starts[state + 1] - starts[state] + generator.rateCountFrom(state);
            }
            for (Update update : updates) {
                capacity += update.states.length;
            }
            int[] front = new int[capacity];
            int[] size = {0};
            for (int state : own) {
                append(front, size, state);
            }
            for (Update update : updates) {
                for (int state : update.states) {
                    append(front, size, state);
                }
            }
            for (int state : own) {
                for (int k = starts[state]; k < starts[state + 1]; k++) {
                    append(front, size, sources[k]);
                }
                generator.forEachRateFrom(state, (from, to, rate) -> append(front, size, to));
            }
            return Arrays.copyOf(front, size[0]);
        }

        private void append(int[] front, int[] size, int state) {
            if (positions[state] < 0 && !eliminated[state]) {
                positions[state] = size[0];
                front[size[0]++] = state;
            }
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
        private void assemble(int[] own, List<Update> updates, int size, double[] matrix, double[] excess) {
            for (Update update : updates) {
                int rest = update.states.length;
                for (int i = 0; i < rest; i++) {
                    int row = positions[update.states[i]];
                    excess[row] += update.excess[i];
                    for (int j = 0; j < rest; j++) {
                        matrix[row * size + positions[update.states[j]]] += update.rates[i * rest + j];
                    }
                }
            }
            for (int k = 0; k < own.length; k++) {
                int column = k;
                excess[k] += shift + generator.exitRate(own[k]);
                generator.forEachRateFrom(own[k], (from, to, rate) -> {
                    if (!eliminated[to]) {
                        matrix[positions[to] * size + column] += rate;
                    }
                });
                for (int e = starts[own[k]]; e < starts[own[k] + 1]; e++) {
                    // A rate between two own states has come in as an outgoing one.
                    if (!eliminated[sources[e]] && positions[sources[e]] >= own.length) {
                        matrix[k * size + positions[sources[e]]] += rates[e];
                    }
                }
            }
        }

        private void reduce(double[] m, double[] excess, double[] pivots, int size, int own, int[] front) {
            for (int start = 0; start < own; start += PANEL) {
                int end = Math.min(start + PANEL, own);
                for (int k = start; k < end; k++) {
                    double pivot = excess[k];
                    for (int i = k + 1; i < size; i++) {
                        pivot += m[i * size + k];
                    }
                    if (!(pivot > 0.0) && !(pivot < 0.0 && result.refinement != null)) {
                        // A closed class: this state and those that lead to it alone. What the others send here is
                        // lost to them, as by absorption.
                        if (!result.singular || result.kept >= 0) {
                            throw new ReducibleGeneratorException(front[k]);
                        }
                        result.kept = front[k];
                        excess[k] = 1.0;
                        pivot = 1.0;
                    } else if (shift == 0.0 && pivot > 0.0 && pivot < Double.MIN_NORMAL) {
                        // Its digits are gone, and a rate lost to underflow would count for more than rounding.
                        throw new ReducibleGeneratorException(front[k]);
                    }
                    pivots[k] = pivot;
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
            result.nodes.add(new EliminatedNode(own, front, lower, upper, pivots));
        }
    }

    /**
     * Solves (sI − A)p = r with s > 0, or with s = 0 and absorption that every state can reach.
     *
     * @param right r ≥ 0, one a state; not modified
     * @return p ≥ 0, unless there are negative rates
     * @throws ConvergenceException if there are negative rates and the residual stays above rounding
     */
    @Override
    public double[] solve(double[] right) {
        if (singular) {
            throw new IllegalStateException("a generator without shift has no inverse");
        }
        return refinement == null ? forward(right) : refinement.solve(right, this::forward, false);
    }

    private double[] forward(double[] right) {
        double[] p = right.clone();
        double[] local = new double[0];
        for (EliminatedNode node : nodes) {
            int size = node.front.length;
            local = gather(p, node.front, local);
            for (int k = 0; k < node.eliminated; k++) {
                double value = local[k];
                int row = k * size;
                for (int i = k + 1; i < size; i++) {
                    local[i] += node.lower[row + i] * value;
                }
            }
            for (int i = 0; i < size; i++) {
                p[node.front[i]] = local[i];
            }
        }
        substituteBack(p);
        return p;
    }

    /**
     * Solves the transposed system (sI − Aᵀ)u = r, with the conditions of {@link #solve}.
     *
     * @param right r ≥ 0, one a state; not modified
     * @return u ≥ 0, unless there are negative rates
     * @throws ConvergenceException if there are negative rates and the residual stays above rounding
     */
    public double[] solveTransposed(double[] right) {
        if (singular) {
            throw new IllegalStateException("a generator without shift has no inverse");
        }
        return refinement == null ? backward(right) : refinement.solve(right, this::backward, true);
    }

    private double[] backward(double[] right) {
        double[] u = right.clone();
        double[] local = new double[0];
        for (EliminatedNode node : nodes) {
            int size = node.front.length;
            local = gather(u, node.front, local);
            for (int k = 0; k < node.eliminated; k++) {
                double value = local[k] / node.pivots[k];
                local[k] = value;
                int row = k * size;
                for (int j = k + 1; j < size; j++) {
                    local[j] += node.upper[row + j] * value;
                }
            }
            for (int i = 0; i < size; i++) {
                u[node.front[i]] = local[i];
            }
        }
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            local = gather(u, node.front, local);
            for (int k = node.eliminated - 1; k >= 0; k--) {
                double sum = local[k];
                int row = k * size;
                for (int i = k + 1; i < size; i++) {
                    sum += node.lower[row + i] * local[i];
                }
                local[k] = sum;
                u[node.front[k]] = sum;
            }
        }
        return u;
    }

    /**
     * The vector with Ap = 0, for s = 0.
     *
     * @return p ≥ 0, not normalised; zero in states that are left for ever or whose probability is below the range of
     *     double
     */
    public double[] nullVector() {
        if (!singular) {
            throw new IllegalStateException("a shifted generator has no null vector");
        }
        double[] p = new double[states];
        p[kept] = 1.0;
        substituteBack(p);
        for (double value : p) {
            // What has left the range may be what the next well is computed from.
            if (!(Math.abs(value) >= Double.MIN_NORMAL && Math.abs(value) <= Double.MAX_VALUE)) {
                return WideRange.nullVector(generator, nodes, kept);
            }
        }
        return p;
    }

    private void substituteBack(double[] p) {
        double[] local = new double[0];
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            local = gather(p, node.front, local);
            for (int k = node.eliminated - 1; k >= 0; k--) {
                double sum = local[k];
                int row = k * size;
                for (int j = k + 1; j < size; j++) {
                    sum += node.upper[row + j] * local[j];
                }
                local[k] = sum / node.pivots[k];
                p[node.front[k]] = local[k];
            }
        }
    }

    private static double[] gather(double[] p, int[] front, double[] space) {
        double[] local = space.length < front.length ? new double[2 * front.length] : space;
        for (int i = 0; i < front.length; i++) {
            local[i] = p[front[i]];
        }
        return local;
    }

    @Override
    public String toString() {
        return "elimination of " + states + " states" + (singular ? ", singular" : "");
    }
}
