package org.langevin4j.solvers.fokkerplanck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The generator of a Markov process on the cells of a region: dp/dt = Ap for the probabilities p of the cells, where
 * Aᵢⱼ ≥ 0 for i ≠ j is the rate from cell j to cell i. Column j sums to −exitⱼ, where exitⱼ ≥ 0 is the rate at which
 * probability is absorbed; without absorption every column sums to zero. Immutable.
 */
public final class Generator {

    private final int[] starts;
    private final int[] targets;
    private final double[] rates;

    /** Rates of absorption, one a cell; empty if there are none. */
    private final double[] exits;

    /** Takes the arrays over: column j has the entries starts[j] … starts[j + 1] − 1. */
    Generator(int[] starts, int[] targets, double[] rates, double[] exits) {
        this.starts = starts;
        this.targets = targets;
        this.rates = rates;
        this.exits = exits;
    }

    /**
     * The number of cells.
     *
     * @return n
     */
    public int cells() {
        return starts.length - 1;
    }

    /**
     * The number of pairs of cells with a rate, zero rates of a pair included.
     *
     * @return number of off-diagonal entries
     */
    public int rateCount() {
        return rates.length;
    }

    /**
     * Writes A as a Matrix Market file (coordinate, real, general; Boisvert, Pozo and Remington 1996), column by column with
     * the diagonal, numbers in full precision: what SciPy's {@code mmread} and Julia's {@code MatrixMarket.jl} read.
     *
     * @param out receives the text, in ASCII
     * @throws IOException if writing fails
     */
    public void writeMatrixMarket(Appendable out) throws IOException {
        List<SortedMap<Integer, Double>> columns = new ArrayList<>(cells());
        long entries = 0;
        for (int j = 0; j < cells(); j++) {
            // Two rates of one pair are one entry.
            SortedMap<Integer, Double> column = new TreeMap<>();
            column.put(j, -outflow(j));
            forEachRateFrom(j, (from, to, rate) -> column.merge(to, rate, Double::sum));
            columns.add(column);
            entries += column.size();
        }
        out.append("%%MatrixMarket matrix coordinate real general\n");
        out.append("% generator A of dp/dt = A p; entry (i, j) is the rate from cell j to cell i, counted from 1\n");
        out.append(cells() + " " + cells() + " " + entries + "\n");
        for (int j = 0; j < cells(); j++) {
            for (Map.Entry<Integer, Double> entry : columns.get(j).entrySet()) {
                out.append((entry.getKey() + 1) + " " + (j + 1) + " " + entry.getValue() + "\n");
            }
        }
    }

    /** The rates from j to i as rates from i to j, without absorption. */
    Generator transposed() {
        int n = cells();
        int[] turned = new int[n + 1];
        for (int target : targets) {
            turned[target + 1]++;
        }
        for (int i = 0; i < n; i++) {
            turned[i + 1] += turned[i];
        }
        int[] next = Arrays.copyOf(turned, n);
        int[] sources = new int[targets.length];
        double[] values = new double[targets.length];
        for (int j = 0; j < n; j++) {
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                int at = next[targets[k]]++;
                sources[at] = j;
                values[at] = rates[k];
            }
        }
        return new Generator(turned, sources, values, new double[0]);
    }

    /** The number of rates out of a cell. */
    int rateCountFrom(int cell) {
        return starts[cell + 1] - starts[cell];
    }

    /**
     * The rate of absorption out of a cell.
     *
     * @param cell the cell
     * @return exit rate ≥ 0, per unit of time
     */
    public double exitRate(int cell) {
        return exits.length == 0 ? 0.0 : exits[cell];
    }

    /**
     * Whether no probability is absorbed.
     *
     * @return true if every column sums to zero
     */
    public boolean isConservative() {
        return exits.length == 0;
    }

    /**
     * The total rate out of a cell.
     *
     * @param cell the cell j
     * @return −Aⱼⱼ, absorption included
     */
    public double outflow(int cell) {
        double sum = exitRate(cell);
        for (int k = starts[cell]; k < starts[cell + 1]; k++) {
            sum += rates[k];
        }
        return sum;
    }

    /** Receives the rates one by one. */
    @FunctionalInterface
    public interface RateVisitor {

        /**
         * One off-diagonal entry.
         *
         * @param from cell j
         * @param to cell i ≠ j
         * @param rate Aᵢⱼ ≥ 0, per unit of time
         */
        void visit(int from, int to, double rate);
    }

    /**
     * Visits the rates out of one cell.
     *
     * @param from the cell
     * @param visitor receives them, in the order of the target cells' axes
     */
    public void forEachRateFrom(int from, RateVisitor visitor) {
        for (int k = starts[from]; k < starts[from + 1]; k++) {
            visitor.visit(from, targets[k], rates[k]);
        }
    }

    /** The rate from one cell to another, summed if the pair came more than once. */
    double rateBetween(int from, int to) {
        double sum = 0.0;
        for (int k = starts[from]; k < starts[from + 1]; k++) {
            if (targets[k] == to) {
                sum += rates[k];
            }
        }
        return sum;
    }

    /**
     * Computes dp/dt.
     *
     * @param p probabilities, one a cell; not modified
     * @param out receives Ap
     */
    public void times(double[] p, double[] out) {
        Arrays.fill(out, 0, cells(), 0.0);
        for (int j = 0; j < cells(); j++) {
            double mass = p[j];
            double outflow = exitRate(j) * mass;
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                double flow = rates[k] * mass;
                out[targets[k]] += flow;
                outflow += flow;
            }
            out[j] -= outflow;
        }
    }

    /**
     * One jump of the uniformised chain, (I + A/Λ)p, without a subtraction that could turn negative.
     *
     * @param p probabilities; not modified
     * @param rate Λ, at least the largest outflow
     * @param out receives the probabilities after the jump
     */
    void jump(double[] p, double rate, double[] out) {
        Arrays.fill(out, 0, cells(), 0.0);
        for (int j = 0; j < cells(); j++) {
            double mass = p[j];
            double outflow = exitRate(j);
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                out[targets[k]] += rates[k] / rate * mass;
                outflow += rates[k];
            }
            out[j] += Math.max(0.0, 1.0 - outflow / rate) * mass;
        }
    }

    /** The largest total rate out of a cell. */
    double largestOutflow() {
        double largest = 0.0;
        for (int j = 0; j < cells(); j++) {
            largest = Math.max(largest, outflow(j));
        }
        return largest;
    }

    /**
     * Computes du/dt of the backward equation, the generator of expectations: (Aᵀu)ⱼ = Σᵢ Aᵢⱼ(uᵢ − uⱼ) − exitⱼuⱼ.
     *
     * @param u values, one a cell; not modified
     * @param out receives Aᵀu
     */
    public void backwardTimes(double[] u, double[] out) {
        for (int j = 0; j < cells(); j++) {
            double sum = -exitRate(j) * u[j];
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                sum += rates[k] * (u[targets[k]] - u[j]);
            }
            out[j] = sum;
        }
    }

    /**
     * How far p is from the steady state.
     *
     * @param p probabilities
     * @return Σᵢ|(Ap)ᵢ| / Σⱼ 2|Aⱼⱼ|pⱼ, between 0 and 1; rounding alone gives about 1e-16
     */
    public double residual(double[] p) {
        double[] change = new double[cells()];
        times(p, change);
        double sum = 0.0;
        double scale = 0.0;
        for (int j = 0; j < cells(); j++) {
            sum += Math.abs(change[j]);
            scale += 2.0 * outflow(j) * p[j];
        }
        return sum / scale;
    }

    /**
     * How far the single cells are from balance, however small their probabilities are.
     *
     * @param p probabilities
     * @return the largest |(Ap)ᵢ| / (|Aᵢᵢ|pᵢ) over the cells whose pᵢ is at least 1e-270 of the largest
     */
    public double componentwiseResidual(double[] p) {
        double[] change = new double[cells()];
        times(p, change);
        double largest = 0.0;
        for (double value : p) {
            largest = Math.max(largest, value);
        }
        double worst = 0.0;
        for (int i = 0; i < cells(); i++) {
            if (p[i] >= 1e-270 * largest) {
                worst = Math.max(worst, Math.abs(change[i]) / (outflow(i) * p[i]));
            }
        }
        return worst;
    }

    /** Collects the rates of a generator, a pair of cells at a time. */
    static final class Builder {

        private final int cells;
        private int[] first = new int[16];
        private int[] second = new int[16];
        private double[] forth = new double[16];
        private double[] back = new double[16];
        private double[] exits = new double[0];
        private int pairs;

        Builder(int cells) {
            this.cells = cells;
        }

        /** Adds the rates a → b and b → a of one pair. A pair that comes twice has the sum of its rates. */
        void pair(int a, int b, double rateForth, double rateBack) {
            if (pairs == first.length) {
                int capacity = 2 * pairs;
                first = Arrays.copyOf(first, capacity);
                second = Arrays.copyOf(second, capacity);
                forth = Arrays.copyOf(forth, capacity);
                back = Arrays.copyOf(back, capacity);
            }
            first[pairs] = a;
            second[pairs] = b;
            forth[pairs] = rateForth;
            back[pairs] = rateBack;
            pairs++;
        }

        /** Adds to the rate of absorption out of a cell. */
        void exit(int cell, double rate) {
            if (exits.length == 0) {
                exits = new double[cells];
            }
            exits[cell] += rate;
        }

        Generator build() {
            int[] starts = new int[cells + 1];
            for (int e = 0; e < pairs; e++) {
                starts[first[e] + 1]++;
                starts[second[e] + 1]++;
            }
            for (int j = 0; j < cells; j++) {
                starts[j + 1] += starts[j];
            }
            int[] next = Arrays.copyOf(starts, cells);
            int[] targets = new int[2 * pairs];
            double[] rates = new double[2 * pairs];
            for (int e = 0; e < pairs; e++) {
                int k = next[first[e]]++;
                targets[k] = second[e];
                rates[k] = forth[e];
                k = next[second[e]]++;
                targets[k] = first[e];
                rates[k] = back[e];
            }
            return new Generator(starts, targets, rates, exits);
        }
    }

    @Override
    public String toString() {
        return "generator of " + cells() + " cells and " + rateCount() + " rates"
                + (isConservative() ? "" : ", some of them out of the region");
    }
}
