package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a chain on a grid, made of its {@link StencilColumns} as they are needed: Gᵢⱼ = Aᵢⱼxⱼ/Dᵢ. Nothing is stored, and all but
 * the step from one neighbour to the next is done on several states at once.
 */
final class StencilRows extends Rows {

    /** States worked on together, so that they stay in the cache. */
    private static final int BLOCK = 1024;

    private static final int[] NONE = {};

    private final int states;

    /** j − i of the entries Gᵢⱼ, ascending; and Aᵢⱼ, {@code [offset][j]}. */
    private final int[] offsets;

    private final double[][] rates;

    /** x and D. */
    private double[] mass = new double[0];

    private double[] outflow = new double[0];

    /** The states that take the mean of their neighbours instead, ascending. */
    private int[] followers = NONE;

    /** The numbers of all offsets, of those below zero and of those above. */
    private final int[] all;

    private final int[] lower;
    private final int[] upper;

    /** All but the neighbour before, upwards and downwards; and those below zero but it. */
    private final int[] others;

    private final int[] othersDown;
    private final int[] lowerOthers;

    private final ParallelStrips strips;

    /** In a block of so many states only the direct neighbours depend on each other. */
    private final int block;

    /** The rows of some columns, to be scaled first. */
    StencilRows(StencilColumns columns, ParallelStrips strips) {
        this.states = columns.states();
        this.strips = strips;
        this.offsets =
                Arrays.stream(columns.offsets).map(offset -> -offset).sorted().toArray();
        this.rates = new double[offsets.length][];
        Arrays.setAll(rates, s -> columns.rates[StencilColumns.place(columns.offsets, -offsets[s])]);
        this.all = new int[offsets.length];
        Arrays.setAll(all, s -> s);
        this.lower = Arrays.stream(all).filter(s -> offsets[s] < 0).toArray();
        this.upper = Arrays.stream(all).filter(s -> offsets[s] > 0).toArray();
        this.others = without(all, StencilColumns.place(offsets, -1));
        this.othersDown = without(all, StencilColumns.place(offsets, 1));
        this.lowerOthers = without(lower, StencilColumns.place(offsets, -1));
        int nearest = BLOCK;
        for (int offset : offsets) {
            nearest = Math.abs(offset) > 1 ? Math.min(nearest, Math.abs(offset)) : nearest;
        }
        this.block = nearest;
    }

    @Override
    void scale(double[] mass, double[] lost, double[] outflow) {
        this.mass = mass;
        this.outflow = outflow;
        int[][] found = new int[strips.count()][];
        strips.each((from, to) -> {
            for (int begin = from; begin < to; begin += BLOCK) {
                leaving(outflow, begin, Math.min(begin + BLOCK, to));
            }
            int[] small = NONE;
            int count = 0;
            for (int j = from; j < to; j++) {
                outflow[j] = outflow[j] * mass[j] + (lost.length == 0 ? 0.0 : lost[j]);
                if (mass[j] <= NEGLIGIBLE) {
                    small = count == small.length ? Arrays.copyOf(small, 2 * count + 8) : small;
                    small[count++] = j;
                }
            }
            found[strips.stripOf(from)] = Arrays.copyOf(small, count);
        });
        followers = Arrays.stream(found).flatMapToInt(Arrays::stream).toArray();
    }

    private void leaving(double[] out, int from, int to) {
        Arrays.fill(out, from, to, 0.0);
        for (double[] some : rates) {
            for (int j = from; j < to; j++) {
                out[j] += some[j];
            }
        }
    }

    /** The states of a range that are negligible. */
    private void follow(int from, int to, IntConsumer state) {
        int place = followers.length == 0 ? 0 : Arrays.binarySearch(followers, from);
        for (int f = place < 0 ? -1 - place : place; f < followers.length && followers[f] < to; f++) {
            state.accept(followers[f]);
        }
    }

    /**
     * A negligible state takes the mean u of its neighbours, so that it does not disturb them: what those along some offsets with
     * numbers low ≤ j < high bring.
     */
    private double mean(int[] some, double[] u, int i, int low, int high) {
        double sum = 0.0;
        for (int s : some) {
            int j = i + offsets[s];
            sum += j >= low && j < high && leads(s, j) ? u[j] : 0.0;
        }
        return sum / size(i);
    }

    /** Whether there is a rate from a state. */
    private boolean leads(int s, int from) {
        return from >= 0 && from < states && rates[s][from] > 0.0;
    }

    @Override
    void times(double[] u, double[] out, int from, int to) {
        Arrays.fill(out, from, to, 0.0);
        add(all, u, out, 0, from, to, 0);
        divide(out, from, to);
        follow(from, to, i -> out[i] = mean(all, u, i, 0, states));
    }

    @Override
    void addFlows(double[] u, double[] outflow, double[] out, int from, int to) {
        add(all, u, out, 0, from, to, 0);
        // Instead of what has just been added.
        follow(from, to, i -> out[i] += outflow[i] * mean(all, u, i, 0, states) - inflow(u, i));
    }

    /** Σⱼ Aᵢⱼxⱼuⱼ. */
    private double inflow(double[] u, int i) {
        double sum = 0.0;
        for (int s : all) {
            int j = i + offsets[s];
            sum += leads(s, j) ? rates[s][j] * (mass[j] * u[j]) : 0.0;
        }
        return sum;
    }

    @Override
    void unmet(double[] u, double[] out, int from, int to, int lowest) {
        Arrays.fill(out, from, to, 0.0);
        add(upper, u, out, 0, from, to, 0);
        for (int s : lower) {
            add(s, u, out, 0, from, Math.min(to, lowest - offsets[s]), 0);
        }
        divide(out, from, to);
        follow(from, to, i -> out[i] = mean(upper, u, i, 0, states) + mean(lower, u, i, 0, lowest));
    }

    private void divide(double[] out, int from, int to) {
        double[] d = outflow;
        for (int i = from; i < to; i++) {
            out[i] /= d[i];
        }
    }

    /**
     * out[i − shift] += Σⱼ Aᵢⱼxⱼuⱼ along some offsets, ascending, over j ≥ lowest, for begin ≤ i < end; several at once where all
     * lead to such states.
     */
    private void add(int[] some, double[] u, double[] out, int shift, int begin, int end, int lowest) {
        int s = 0;
        if (some.length > 1 && begin + offsets[some[0]] >= lowest && end + offsets[some[some.length - 1]] <= states) {
            for (; some.length - s > 1; s += 2) {
                add(some[s], some[s + 1], u, out, shift, begin, end);
            }
        }
        for (; s < some.length; s++) {
            add(some[s], u, out, shift, begin, end, lowest);
        }
    }

    private void add(int one, int two, double[] u, double[] out, int shift, int begin, int end) {
        double[] x = mass;
        double[] first = rates[one];
        double[] second = rates[two];
        int a = offsets[one];
        int b = offsets[two];
        for (int i = begin; i < end; i++) {
            out[i - shift] += first[i + a] * (x[i + a] * u[i + a]) + second[i + b] * (x[i + b] * u[i + b]);
        }
    }

    private void add(int one, double[] u, double[] out, int shift, int begin, int end, int lowest) {
        double[] x = mass;
        double[] some = rates[one];
        int offset = offsets[one];
        int first = Math.max(begin, lowest - offset);
        int last = Math.min(end, states - offset);
        for (int i = first; i < last; i++) {
            out[i - shift] += some[i + offset] * (x[i + offset] * u[i + offset]);
        }
    }

    @Override
    void sweep(boolean forward, double[] u, double @Nullable [] r, int from, int to) {
        int before = StencilColumns.place(offsets, forward ? -1 : 1);
        sweep(forward, forward ? others : othersDown, before, u, r, from, to, 0);
    }

    @Override
    void start(double[] u, double[] r, int from, int to, int lowest) {
        sweep(true, lowerOthers, StencilColumns.place(offsets, -1), u, r, from, to, lowest);
    }

    private static int[] without(int[] some, int one) {
        return Arrays.stream(some).filter(s -> s != one).toArray();
    }

    private void sweep(
            boolean forward,
            int[] others,
            int before,
            double[] u,
            double @Nullable [] r,
            int from,
            int to,
            int lowest) {
        double[] known = new double[block];
        double[] steps = new double[block];
        for (int done = 0; done < to - from; done += block) {
            int length = Math.min(block, to - from - done);
            int begin = forward ? from + done : to - done - length;
            Arrays.fill(known, 0, length, 0.0);
            add(others, u, known, begin, begin, begin + length, lowest);
            flows(r, known, begin, length);
            follow(
                    begin,
                    begin + length,
                    i -> known[i - begin] = (r == null ? 0.0 : r[i]) + mean(others, u, i, lowest, states));
            if (before < 0) {
                System.arraycopy(known, 0, u, begin, length);
                continue;
            }
            steps(before, steps, begin, length);
            if (forward) {
                up(steps, u, known, begin, length, begin > lowest ? u[begin - 1] : 0.0);
            } else {
                down(steps, u, known, begin, length);
            }
        }
    }

    /** r + known/D. */
    private void flows(double @Nullable [] r, double[] known, int begin, int length) {
        double[] d = outflow;
        if (r == null) {
            for (int k = 0; k < length; k++) {
                known[k] /= d[begin + k];
            }
            return;
        }
        for (int k = 0; k < length; k++) {
            known[k] = r[begin + k] + known[k] / d[begin + k];
        }
    }

    /** Gᵢⱼ from the direct neighbours of a block. */
    private void steps(int before, double[] steps, int begin, int length) {
        double[] some = rates[before];
        double[] x = mass;
        double[] d = outflow;
        int first = begin + offsets[before];
        int low = Math.max(0, -first);
        int high = Math.min(length, states - first);
        Arrays.fill(steps, 0, low, 0.0);
        for (int k = low; k < high; k++) {
            steps[k] = some[first + k] * x[first + k] / d[begin + k];
        }
        Arrays.fill(steps, high, length, 0.0);
        follow(begin, begin + length, i -> steps[i - begin] = leads(before, i + offsets[before]) ? 1.0 / size(i) : 0.0);
    }

    /** uᵢ = known + Gᵢ,ᵢ₋₁uᵢ₋₁; two at a time, since each waits for the one before. */
    private static void up(double[] steps, double[] u, double[] known, int begin, int length, double below) {
        double last = below;
        int k = 0;
        for (; k + 1 < length; k += 2) {
            double one = steps[k];
            double two = steps[k + 1];
            double next = (known[k + 1] + two * known[k]) + two * one * last;
            u[begin + k] = known[k] + one * last;
            u[begin + k + 1] = next;
            last = next;
        }
        if (k < length) {
            u[begin + k] = known[k] + steps[k] * last;
        }
    }

    private static void down(double[] steps, double[] u, double[] known, int begin, int length) {
        double last = begin + length < u.length ? u[begin + length] : 0.0;
        int k = length - 1;
        for (; k > 0; k -= 2) {
            double one = steps[k];
            double two = steps[k - 1];
            double next = (known[k - 1] + two * known[k]) + two * one * last;
            u[begin + k] = known[k] + one * last;
            u[begin + k - 1] = next;
            last = next;
        }
        if (k == 0) {
            u[begin] = known[0] + steps[0] * last;
        }
    }

    @Override
    void sums(double[] out, int from, int to) {
        Arrays.fill(out, 0, to - from, 0.0);
        double[] x = mass;
        double[] d = outflow;
        for (int s = 0; s < offsets.length; s++) {
            double[] some = rates[s];
            int offset = offsets[s];
            int last = Math.min(to, states - offset);
            for (int i = Math.max(from, -offset); i < last; i++) {
                out[i - from] += some[i + offset] * x[i + offset];
            }
        }
        for (int i = from; i < to; i++) {
            out[i - from] /= d[i];
        }
        follow(from, to, i -> out[i - from] = 1.0);
    }

    @Override
    int reach() {
        return Arrays.stream(offsets)
                .map(Math::abs)
                .filter(offset -> offset <= states / 2)
                .max()
                .orElse(states);
    }

    @Override
    int size(int i) {
        int size = 0;
        for (int s : all) {
            size += leads(s, i + offsets[s]) ? 1 : 0;
        }
        return size;
    }

    @Override
    void copy(int i, int[] columns, double[] values, int place) {
        boolean follows = mass[i] <= NEGLIGIBLE;
        int k = place;
        for (int s : all) {
            int j = i + offsets[s];
            if (leads(s, j)) {
                columns[k] = j;
                values[k++] = follows ? 1.0 / size(i) : rates[s][j] * mass[j] / outflow[i];
            }
        }
    }
}
