package org.langevin4j.solvers.markov;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a chain on a grid: rates lead from a state to others whose numbers differ by one of few offsets, and are stored
 * offset by offset, without the numbers of states.
 */
final class StencilColumns extends Columns {

    /** With more offsets, or more places for each rate, compressed columns are shorter. */
    static final int MOST_OFFSETS = 32;

    static final double MOST_PLACES = 2.5;

    /** i − j of the rates Aᵢⱼ, in the order in which most columns have them. */
    final int[] offsets;

    /** Aᵢⱼ, {@code [offset][j]}; 0 where there is none. */
    final double[][] rates;

    private final int states;
    private final int count;

    StencilColumns(int states, int[] offsets, double[][] rates) {
        this.states = states;
        this.offsets = offsets;
        this.rates = rates;
        this.count = (int) ParallelStrips.of(states).sum((from, to) -> {
            int found = 0;
            for (double[] some : rates) {
                for (int j = from; j < to; j++) {
                    found += some[j] > 0.0 ? 1 : 0;
                }
            }
            return found;
        });
    }

    /** A stencil of which it is not known whether it is of a generator. */
    static StencilColumns checked(int[] offsets, double[][] rates) {
        if (!(offsets.length == rates.length && offsets.length >= 1 && rates[0].length >= 1)) {
            throw new IllegalArgumentException("rates must have one array for each offset, of one number a state, got "
                    + offsets.length + " offsets and " + rates.length + " arrays");
        }
        int n = rates[0].length;
        for (int s = 0; s < offsets.length; s++) {
            if (rates[s].length != n || place(offsets, offsets[s]) != s) {
                throw new IllegalArgumentException("offsets must differ and have " + n + " rates each, got offset "
                        + offsets[s] + " with " + rates[s].length + " rates");
            }
            require(offsets[s], rates[s]);
        }
        return new StencilColumns(n, offsets, rates);
    }

    private static void require(int offset, double[] rates) {
        int n = rates.length;
        boolean fit = ParallelStrips.of(n).max((from, to) -> fit(offset, rates, from, to) ? 0.0 : 1.0) == 0.0;
        for (int j = 0; j < n && !fit; j++) {
            if (rates[j] != 0.0) {
                requirePair(n, j, j + offset);
                requireRate("rate", j, j + offset, rates[j]);
            }
        }
    }

    private static boolean fit(int offset, double[] rates, int from, int to) {
        for (int j = from; j < to; j++) {
            boolean leads = offset != 0 && j + offset >= 0 && j + offset < rates.length;
            if (!(rates[j] == 0.0 || (leads && rates[j] > 0.0 && rates[j] <= Double.MAX_VALUE))) {
                return false;
            }
        }
        return true;
    }

    /** The columns of a chain in this form; null if they do not fit it. */
    static @Nullable StencilColumns of(Columns columns) {
        if (columns instanceof StencilColumns already) {
            return already;
        }
        int n = columns.states();
        int[] offsets = offsets(columns);
        if (!suits(offsets.length, n, columns.rateCount())) {
            return null;
        }
        double[][] rates = new double[offsets.length][n];
        ParallelStrips.of(n).each((from, to) -> {
            for (int j = from; j < to; j++) {
                int turn = 0;
                for (int k = columns.begin(j); k < columns.end(j); k++) {
                    int offset = columns.target(j, k) - j;
                    int place = turn < offsets.length && offsets[turn] == offset ? turn : place(offsets, offset);
                    turn = place + 1;
                    rates[place][j] += Math.max(columns.rate(j, k), 0.0);
                }
            }
        });
        return new StencilColumns(n, offsets, rates);
    }

    /** Whether so many offsets are few for so many rates. */
    static boolean suits(int offsets, int states, long rateCount) {
        return offsets <= MOST_OFFSETS && (double) offsets * states <= MOST_PLACES * rateCount;
    }

    /** Those of the longest column of the middle in its order, then others as they come; more than allowed if there are too many. */
    private static int[] offsets(Columns columns) {
        int n = columns.states();
        int typical = n / 2;
        for (int j = typical; j < n && j < typical + n / 4; j++) {
            typical = columns.countFrom(j) > columns.countFrom(typical) ? j : typical;
        }
        int[] first = offsets(columns, typical, typical + 1, new int[0]);
        ParallelStrips strips = ParallelStrips.of(n);
        int[][] found = new int[strips.count()][];
        strips.each((from, to) -> found[strips.stripOf(from)] = offsets(columns, from, to, first));
        int[] all = first;
        for (int[] part : found) {
            for (int offset : part) {
                if (place(all, offset) < 0) {
                    all = Arrays.copyOf(all, all.length + 1);
                    all[all.length - 1] = offset;
                }
            }
        }
        return all;
    }

    private static int[] offsets(Columns columns, int from, int to, int[] known) {
        int[] found = Arrays.copyOf(known, MOST_OFFSETS + 1);
        int count = Math.min(known.length, found.length);
        for (int j = from; j < to; j++) {
            int turn = 0;
            for (int k = columns.begin(j); k < columns.end(j) && count < found.length; k++) {
                int offset = columns.target(j, k) - j;
                int place = turn < count && found[turn] == offset ? turn : 0;
                while (place < count && found[place] != offset) {
                    place++;
                }
                if (place == count) {
                    found[count++] = offset;
                }
                turn = place + 1;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** The number of an offset; −1 if it is none of some. */
    static int place(int[] offsets, int offset) {
        for (int s = 0; s < offsets.length; s++) {
            if (offsets[s] == offset) {
                return s;
            }
        }
        return -1;
    }

    /** Whether some rate joins two strips that run side by side. */
    boolean joins(ParallelStrips strips) {
        int farthest = 0;
        for (int offset : offsets) {
            farthest = Math.max(farthest, Math.abs(offset));
        }
        return strips.count() > 1
                && farthest >= states / strips.count()
                && strips.max((from, to) -> joins(strips, from, to) ? 1.0 : 0.0) > 0.0;
    }

    private boolean joins(ParallelStrips strips, int from, int to) {
        int other = (strips.stripOf(from) + 2) % strips.count();
        for (int s = 0; s < offsets.length; s++) {
            for (int j = from; j < to; j++) {
                if (rates[s][j] > 0.0 && strips.stripOf(j + offsets[s]) == other) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    int states() {
        return states;
    }

    @Override
    int rateCount() {
        return count;
    }

    @Override
    int begin(int state) {
        return 0;
    }

    @Override
    int end(int state) {
        return offsets.length;
    }

    @Override
    int target(int state, int k) {
        return state + offsets[k];
    }

    @Override
    double rate(int state, int k) {
        return rates[k][state];
    }

    @Override
    boolean has(int state, int k) {
        return rates[k][state] > 0.0;
    }

    @Override
    int countFrom(int state) {
        int found = 0;
        for (double[] some : rates) {
            found += some[state] > 0.0 ? 1 : 0;
        }
        return found;
    }
}
