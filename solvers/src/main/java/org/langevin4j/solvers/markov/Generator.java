package org.langevin4j.solvers.markov;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The generator of a Markov chain in continuous time: dp/dt = Ap for the probabilities p of its states, where
 * Aᵢⱼ ≥ 0 for i ≠ j is the rate from state j to state i (Gardiner 2009, section 3.5.1). Column j sums to −exitⱼ, where
 * exitⱼ ≥ 0 is the rate at which probability is absorbed; without absorption every column sums to zero. Texts that let the
 * rows sum to zero have the transpose. Arrays of fewer numbers than states are an {@link IllegalArgumentException}. Immutable.
 *
 * <p>Discretisations of higher order have the same form and sums, with some rates negative ({@link Builder#correction}).
 * Elimination and the analyses that say so solve with them; what needs a process asks for {@link #requirePositive}.
 */
public final class Generator {

    /** With more offsets a stencil does not suit. */
    public static final int MOST_OFFSETS = StencilColumns.MOST_OFFSETS;

    final Columns columns;

    /** Rates of absorption, one a state; empty if there are none. */
    private final double[] exits;

    private final boolean signed;

    private Generator(Columns columns, double[] exits, boolean signed) {
        this.columns = columns;
        this.exits = exits;
        this.signed = signed;
    }

    /**
     * The generator with given columns, for many states; {@link #builder} takes rates one by one. The arrays are not
     * copied and must not be changed afterwards.
     *
     * @param starts column j has the entries starts[j] … starts[j + 1] − 1; one number more than there are states
     * @param targets the state i ≠ j of each entry
     * @param rates Aᵢⱼ ≥ 0 of each entry, per unit of time; entries of one pair add up
     * @param exits rates of absorption ≥ 0, one a state, or empty if there are none
     * @return the generator
     * @throws IllegalArgumentException if the arrays do not fit together, or a rate is negative or not finite
     */
    public static Generator ofColumns(int[] starts, int[] targets, double[] rates, double[] exits) {
        CompressedColumns columns = CompressedColumns.checked(starts, targets, rates);
        return new Generator(columns, requireExits(columns.states(), exits), false);
    }

    /**
     * The generator of a chain on a grid: all rates lead from a state j to j + offset for few offsets. It needs less memory, and
     * solvers of grids are made for it. The arrays are not copied and must not be changed afterwards.
     *
     * @param offsets the differences i − j ≠ 0, each once
     * @param rates Aᵢⱼ ≥ 0, {@code [offset][j]}, per unit of time; 0 where j + offset is no state, or there is no rate
     * @param exits rates of absorption ≥ 0, one a state, or empty if there are none
     * @return the generator
     * @throws IllegalArgumentException if the arrays do not fit together, or a rate is negative or not finite, or leads to no other
     *     state
     */
    public static Generator ofStencil(int[] offsets, double[][] rates, double[] exits) {
        StencilColumns columns = StencilColumns.checked(offsets, rates);
        return new Generator(columns, requireExits(columns.states(), exits), false);
    }

    /**
     * Whether a stencil is shorter, or nearly, than columns with targets.
     *
     * @param offsets how many offsets there are
     * @param states number of states
     * @param rateCount how many rates there are
     * @return whether {@link #ofStencil} suits
     */
    public static boolean suitsStencil(int offsets, int states, long rateCount) {
        return StencilColumns.suits(offsets, states, rateCount);
    }

    /**
     * The same rates with other exits.
     *
     * @param exits rates of absorption ≥ 0, one a state, or empty if there are none; not copied
     * @return the generator
     * @throws IllegalArgumentException if their number is wrong, or one is negative or not finite
     */
    public Generator withExits(double[] exits) {
        return new Generator(columns, requireExits(states(), exits), signed);
    }

    private static double[] requireExits(int n, double[] exits) {
        if (!(exits.length == 0 || exits.length == n)) {
            throw new IllegalArgumentException("exits must number 0 or " + n + ", got " + exits.length);
        }
        for (int j = 0; j < exits.length; j++) {
            Columns.requireRate("exit rate", j, -1, exits[j]);
        }
        return exits;
    }

    /**
     * Collects rates one by one.
     *
     * @param states number of states, at least 1
     * @return a builder without rates
     */
    public static Builder builder(int states) {
        if (!(states >= 1)) {
            throw new IllegalArgumentException("states must number at least 1, got " + states);
        }
        return new Builder(states);
    }

    /** At least so many numbers as there are states. */
    void requireStates(String name, int length) {
        if (!(length >= states())) {
            throw new IllegalArgumentException(
                    name + " must have one number for each of the " + states() + " states, got " + length);
        }
    }

    /**
     * The number of states.
     *
     * @return n
     */
    public int states() {
        return columns.states();
    }

    /**
     * The number of pairs of states with a rate; rates that were given as zero are among them, but not those of a stencil.
     *
     * @return number of off-diagonal entries
     */
    public int rateCount() {
        return columns.rateCount();
    }

    /**
     * Writes A as a Matrix Market file (coordinate, real, general; Boisvert, Pozo and Remington 1996), column by column with
     * the diagonal, numbers in full precision: what SciPy's {@code mmread} and Julia's {@code MatrixMarket.jl} read.
     *
     * @param out receives the text, in ASCII
     * @throws IOException if writing fails
     */
    public void writeMatrixMarket(Appendable out) throws IOException {
        MatrixMarketEntries.write(states(), this::column, out);
    }

    private SortedMap<Integer, Double> column(int j) {
        // Two rates of one pair are one entry.
        SortedMap<Integer, Double> column = new TreeMap<>();
        column.put(j, -outflow(j));
        forEachRateFrom(j, (from, to, rate) -> column.merge(to, rate, Double::sum));
        return column;
    }

    /**
     * Reads A from a Matrix Market file in coordinate form (real or integer, general or symmetric), as
     * {@link #writeMatrixMarket} and SciPy's {@code mmwrite} write it: entry (i, j) is the rate from state j to state i, and
     * what a column lacks to a sum of zero is absorbed. Entries of one place add up; states are counted from 0 here.
     *
     * @param in the text; not closed
     * @return the generator; deficits below 1e-12 of a diagonal entry count as rounding
     * @throws IllegalArgumentException if the text is not such a file, the matrix is not square, an off-diagonal entry is
     *     negative or a column sums to more than zero, with its line or column; if instead the rows sum to zero it says how to
     *     turn the matrix; also if there are more than 65,536 states and more states than entries
     * @throws IOException if reading fails
     */
    public static Generator readMatrixMarket(Reader in) throws IOException {
        MatrixMarketEntries entries = MatrixMarketEntries.read(in);
        double[] exits = entries.exits();
        Builder builder = builder(entries.order);
        for (int e = 0; e < entries.size; e++) {
            if (entries.rows[e] != entries.columns[e]) {
                builder.rate(entries.columns[e], entries.rows[e], entries.values[e]);
            }
        }
        builder.exits = Arrays.stream(exits).anyMatch(exit -> exit > 0.0) ? exits : new double[0];
        return builder.build();
    }

    /**
     * The rates from j to i as rates from i to j, without absorption.
     *
     * @return the generator with the off-diagonal entries of Aᵀ; not the process run backwards, which has the rates Aⱼᵢπⱼ/πᵢ
     */
    public Generator transposed() {
        return new Generator(CompressedColumns.transposed(columns), new double[0], signed);
    }

    /**
     * Whether this is no process: some rates are negative.
     *
     * @return true after some {@linkplain Builder#correction corrections}
     */
    public boolean hasNegativeRates() {
        return signed;
    }

    /**
     * Requires rates that are not negative.
     *
     * @param who needs a process, as for a sentence
     * @return this generator
     * @throws IllegalArgumentException if some rates are negative
     */
    public Generator requirePositive(String who) {
        if (signed) {
            throw new IllegalArgumentException(who + " needs rates that are not negative");
        }
        return this;
    }

    int rateCountFrom(int state) {
        return columns.countFrom(state);
    }

    /**
     * The rate of absorption out of a state.
     *
     * @param state the state
     * @return exit rate ≥ 0, per unit of time
     */
    public double exitRate(int state) {
        return exits.length == 0 ? 0.0 : exits[state];
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
     * The total rate out of a state.
     *
     * @param state the state j
     * @return −Aⱼⱼ, absorption included
     */
    public double outflow(int state) {
        return columns.addedFrom(state, exitRate(state));
    }

    /** Receives the rates one by one. */
    @FunctionalInterface
    public interface RateVisitor {

        /**
         * One off-diagonal entry.
         *
         * @param from state j
         * @param to state i ≠ j
         * @param rate Aᵢⱼ ≥ 0, per unit of time
         */
        void visit(int from, int to, double rate);
    }

    /**
     * Visits the rates out of one state.
     *
     * @param from the state
     * @param visitor receives them, in the order in which they, or the offsets of a stencil, were given
     */
    public void forEachRateFrom(int from, RateVisitor visitor) {
        for (int k = columns.begin(from); k < columns.end(from); k++) {
            if (columns.has(from, k)) {
                visitor.visit(from, columns.target(from, k), columns.rate(from, k));
            }
        }
    }

    /**
     * The rate from one state to another.
     *
     * @param from state j
     * @param to state i ≠ j
     * @return Aᵢⱼ, summed if the pair came more than once
     */
    public double rateBetween(int from, int to) {
        double sum = 0.0;
        for (int k = columns.begin(from); k < columns.end(from); k++) {
            if (columns.target(from, k) == to) {
                sum += columns.rate(from, k);
            }
        }
        return sum;
    }

    /**
     * Computes dp/dt.
     *
     * @param p probabilities, one a state; not modified
     * @param out receives Ap
     */
    public void times(double[] p, double[] out) {
        requireStates("p and out", Math.min(p.length, out.length));
        Arrays.fill(out, 0, states(), 0.0);
        for (int j = 0; j < states(); j++) {
            double mass = p[j];
            double outflow = exitRate(j) * mass;
            for (int k = columns.begin(j); k < columns.end(j); k++) {
                double rate = columns.rate(j, k);
                if (rate != 0.0) {
                    double flow = rate * mass;
                    out[columns.target(j, k)] += flow;
                    outflow += flow;
                }
            }
            out[j] -= outflow;
        }
    }

    /**
     * The rate at which probability is absorbed.
     *
     * @param p probabilities, one a state
     * @return Σⱼ exitⱼpⱼ
     */
    public double absorption(double[] p) {
        requireStates("p", p.length);
        double sum = 0.0;
        for (int j = 0; j < exits.length; j++) {
            sum += exits[j] * p[j];
        }
        return sum;
    }

    /**
     * The largest total rate out of a state.
     *
     * @return Λ = max −Aⱼⱼ
     */
    public double largestOutflow() {
        return IntStream.range(0, states()).mapToDouble(this::outflow).max().orElse(0.0);
    }

    /**
     * Computes du/dt of the backward equation, the generator of expectations: (Aᵀu)ⱼ = Σᵢ Aᵢⱼ(uᵢ − uⱼ) − exitⱼuⱼ.
     *
     * @param u values, one a state; not modified
     * @param out receives Aᵀu
     */
    public void backwardTimes(double[] u, double[] out) {
        requireStates("u and out", Math.min(u.length, out.length));
        for (int j = 0; j < states(); j++) {
            double sum = -exitRate(j) * u[j];
            for (int k = columns.begin(j); k < columns.end(j); k++) {
                double rate = columns.rate(j, k);
                if (rate != 0.0) {
                    sum += rate * (u[columns.target(j, k)] - u[j]);
                }
            }
            out[j] = sum;
        }
    }

    /**
     * How far p is from the steady state.
     *
     * @param p probabilities
     * @return Σᵢ|(Ap)ᵢ| / Σⱼ 2|Aⱼⱼ|pⱼ, between 0 and 1; rounding alone gives about 1e-16; 0 where nothing flows
     */
    public double residual(double[] p) {
        return balance(p).residual();
    }

    /**
     * How far the single states are from balance, however small their probabilities are.
     *
     * @param p probabilities
     * @return the largest |(Ap)ᵢ| / (|Aᵢᵢ|pᵢ) over the states whose pᵢ is at least 1e-270 of the largest; 0 where nothing flows
     */
    public double componentwiseResidual(double[] p) {
        return balance(p).componentwise();
    }

    Balance balance(double[] p) {
        requireStates("p and out", p.length);
        return Balance.of(columns, this::outflow, p);
    }

    /** Collects the rates of a generator. */
    public static final class Builder {

        private final int states;
        private final RateList list = new RateList();
        private double[] exits = new double[0];
        private boolean corrected;

        private Builder(int states) {
            this.states = states;
        }

        /**
         * Adds a rate. Rates of one pair that come several times add up.
         *
         * @param source state j
         * @param target state i ≠ j
         * @param rate Aᵢⱼ ≥ 0, per unit of time
         * @return this builder
         */
        public Builder rate(int source, int target, double rate) {
            Columns.requireRate("rate", source, target, rate);
            return add(source, target, rate);
        }

        /**
         * Adds to a rate, with either sign: what a discretisation of higher order makes of it.
         *
         * @param source state j
         * @param target state i ≠ j
         * @param amount what Aᵢⱼ grows by, finite
         * @return this builder
         */
        public Builder correction(int source, int target, double amount) {
            Columns.requireRate("correction", source, target, Math.abs(amount));
            corrected = true;
            return add(source, target, amount);
        }

        private Builder add(int source, int target, double rate) {
            Columns.requirePair(states, source, target);
            list.add(source, target, rate);
            return this;
        }

        /**
         * Adds the rates of both directions.
         *
         * @param a one state
         * @param b another one
         * @param forth the rate from a to b
         * @param back the rate from b to a
         * @return this builder
         */
        public Builder pair(int a, int b, double forth, double back) {
            return rate(a, b, forth).rate(b, a, back);
        }

        /**
         * Adds to the rate of absorption out of a state.
         *
         * @param state the state
         * @param rate exit rate ≥ 0, per unit of time
         * @return this builder
         */
        public Builder exit(int state, double rate) {
            if (!(state >= 0 && state < states)) {
                throw new IllegalArgumentException("state must be from 0 to " + (states - 1) + ", got " + state);
            }
            Columns.requireRate("exit rate", state, -1, rate);
            if (exits.length == 0) {
                exits = new double[states];
            }
            exits[state] += rate;
            return this;
        }

        /**
         * The generator with these rates.
         *
         * @return the generator
         */
        public Generator build() {
            CompressedColumns columns = list.columns(states);
            columns = corrected ? columns.merged() : columns;
            return new Generator(columns, exits.clone(), corrected && columns.hasNegativeRates());
        }

        @Override
        public String toString() {
            return "builder of a generator of " + states + " states, " + list.size() + " rates so far";
        }
    }

    @Override
    public String toString() {
        return "generator of " + states() + " states and " + rateCount() + " rates"
                + (isConservative() ? "" : ", with absorption");
    }
}
