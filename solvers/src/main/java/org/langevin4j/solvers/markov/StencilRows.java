package org.langevin4j.solvers.markov;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a chain on a grid: rates lead from a state to others whose numbers differ by one of few offsets. G is stored offset by
 * offset, without the numbers of states, so that all but the step from one neighbour to the next is done on several states at
 * once.
 */
final class StencilRows extends Rows {

    /** With more offsets, or more places for each rate, compressed rows are shorter. */
    private static final int MOST_OFFSETS = 32;

    private static final double MOST_PLACES = 2.5;

    /** States worked on together, so that they stay in the cache. */
    private static final int BLOCK = 1024;

    private final Generator generator;
    private final int states;

    /** j − i of the entries Gᵢⱼ, ascending; and G, {@code [offset][i]}. */
    private final int[] offsets;

    private final double[][] g;

    /** The numbers of all offsets, of those below zero and of those above. */
    private final int[] all;

    private final int[] lower;
    private final int[] upper;

    /** The offsets in the order in which the columns of most states have them. */
    private final int[] usual;

    private final ParallelStrips strips;

    /** In a block of so many states only the direct neighbours depend on each other. */
    private final int block;

    private StencilRows(Generator generator, int[] offsets, ParallelStrips strips) {
        this.generator = generator;
        this.states = generator.states();
        this.offsets = offsets;
        this.g = new double[offsets.length][states];
        this.strips = strips;
        this.all = new int[offsets.length];
        Arrays.setAll(all, s -> s);
        this.lower = Arrays.stream(all).filter(s -> offsets[s] < 0).toArray();
        this.upper = Arrays.stream(all).filter(s -> offsets[s] > 0).toArray();
        this.usual = usual(generator, offsets);
        int nearest = BLOCK;
        for (int offset : offsets) {
            nearest = Math.abs(offset) > 1 ? Math.min(nearest, Math.abs(offset)) : nearest;
        }
        this.block = nearest;
    }

    /** The rows of a generator, G not yet set; null if there are too many offsets. */
    static @Nullable StencilRows of(Generator generator, ParallelStrips strips) {
        int[][] found = new int[strips.count()][];
        strips.each((from, to) -> found[strips.stripOf(from)] = offsets(generator, from, to));
        int[] offsets = new int[0];
        for (int[] part : found) {
            for (int offset : part) {
                if (place(offsets, offset) < 0) {
                    offsets = Arrays.copyOf(offsets, offsets.length + 1);
                    offsets[offsets.length - 1] = offset;
                }
            }
        }
        if (offsets.length > MOST_OFFSETS
                || (double) offsets.length * generator.states() > MOST_PLACES * generator.rateCount()) {
            return null;
        }
        Arrays.sort(offsets);
        return new StencilRows(generator, offsets, strips);
    }

    private static int[] usual(Generator generator, int[] offsets) {
        int typical = generator.states() / 2;
        for (int j = typical; j < generator.states() && generator.rateCountFrom(typical) < offsets.length; j++) {
            typical = generator.rateCountFrom(j) > generator.rateCountFrom(typical) ? j : typical;
        }
        int column = typical;
        return Arrays.stream(generator.targets, generator.starts[column], generator.starts[column + 1])
                .map(target -> place(offsets, column - target))
                .toArray();
    }

    /** The offsets of the rates out of some states; more than are allowed if there are too many. */
    private static int[] offsets(Generator generator, int from, int to) {
        int[] found = new int[MOST_OFFSETS + 1];
        int count = 0;
        for (int j = from; j < to; j++) {
            for (int k = generator.starts[j]; k < generator.starts[j + 1]; k++) {
                int offset = j - generator.targets[k];
                int place = 0;
                while (place < count && found[place] != offset) {
                    place++;
                }
                if (place == count) {
                    found[count++] = offset;
                    if (count == found.length) {
                        return found;
                    }
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** Whether no rate joins two strips that run side by side. */
    boolean isApart() {
        int farthest = Math.max(-offsets[0], offsets[offsets.length - 1]);
        return strips.count() == 1
                || farthest < states / strips.count()
                || strips.max((from, to) -> {
                            int other = (strips.stripOf(from) + 2) % strips.count();
                            double found = 0.0;
                            for (int k = generator.starts[from]; k < generator.starts[to]; k++) {
                                if (strips.stripOf(generator.targets[k]) == other) {
                                    found = 1.0;
                                }
                            }
                            return found;
                        })
                        == 0.0;
    }

    private static int place(int[] offsets, int offset) {
        for (int s = 0; s < offsets.length; s++) {
            if (offsets[s] == offset) {
                return s;
            }
        }
        return -1;
    }

    @Override
    void scale(double[] mass, double[] lost, double[] outflow) {
        int[] starts = generator.starts;
        int[] targets = generator.targets;
        double[] rates = generator.rates;
        strips.each((from, to) -> {
            for (double[] entries : g) {
                Arrays.fill(entries, from, to, 0.0);
            }
            for (int j = from; j < to; j++) {
                double leaving = 0.0;
                for (int k = starts[j]; k < starts[j + 1]; k++) {
                    leaving += Math.max(rates[k], 0.0);
                }
                outflow[j] = leaving * mass[j] + (lost.length == 0 ? 0.0 : lost[j]);
            }
        });
        // A column writes its own entries only.
        strips.each((from, to) -> {
            for (int j = from; j < to; j++) {
                double source = mass[j] <= NEGLIGIBLE ? 0.0 : mass[j];
                int begin = starts[j];
                for (int k = begin; k < starts[j + 1]; k++) {
                    if (rates[k] > 0.0) {
                        int i = targets[k];
                        int turn = k - begin;
                        int s = turn < usual.length && offsets[usual[turn]] == j - i
                                ? usual[turn]
                                : place(offsets, j - i);
                        g[s][i] += mass[i] <= NEGLIGIBLE ? 1.0 : rates[k] * source / outflow[i];
                    }
                }
            }
        });
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                if (mass[i] <= NEGLIGIBLE) {
                    followNeighbours(i);
                }
            }
        });
    }

    /** A negligible state takes the mean u of its neighbours, so that it does not disturb them. */
    private void followNeighbours(int i) {
        int count = 0;
        for (double[] entries : g) {
            entries[i] = entries[i] > 0.0 ? 1.0 : 0.0;
            count += entries[i] > 0.0 ? 1 : 0;
        }
        for (double[] entries : g) {
            entries[i] /= count;
        }
    }

    @Override
    void times(double[] u, double[] out, int from, int to) {
        Arrays.fill(out, from, to, 0.0);
        add(all, u, out, 0, from, to, 0);
    }

    @Override
    void unmet(double[] u, double[] out, int from, int to, int lowest) {
        Arrays.fill(out, from, to, 0.0);
        add(upper, u, out, 0, from, to, 0);
        for (int s : lower) {
            add(s, u, out, 0, from, Math.min(to, lowest - offsets[s]), 0);
        }
    }

    /**
     * out[i − shift] += Σⱼ Gᵢⱼuⱼ along some offsets, ascending, over j ≥ lowest, for begin ≤ i < end; several at once where all
     * lead to such states.
     */
    private void add(int[] some, double[] u, double[] out, int shift, int begin, int end, int lowest) {
        int s = 0;
        if (some.length > 1 && begin + offsets[some[0]] >= lowest && end + offsets[some[some.length - 1]] <= states) {
            for (int left = some.length; left > 1; left = some.length - s) {
                if (left == 3 || left > 4) {
                    add(some[s++], some[s++], some[s++], u, out, shift, begin, end);
                } else {
                    add(some[s++], some[s++], u, out, shift, begin, end);
                }
            }
        }
        for (; s < some.length; s++) {
            add(some[s], u, out, shift, begin, end, lowest);
        }
    }

    private void add(int one, int two, int three, double[] u, double[] out, int shift, int begin, int end) {
        double[] first = g[one];
        double[] second = g[two];
        double[] third = g[three];
        int a = offsets[one];
        int b = offsets[two];
        int c = offsets[three];
        for (int i = begin; i < end; i++) {
            out[i - shift] += first[i] * u[i + a] + second[i] * u[i + b] + third[i] * u[i + c];
        }
    }

    private void add(int one, int two, double[] u, double[] out, int shift, int begin, int end) {
        double[] first = g[one];
        double[] second = g[two];
        int a = offsets[one];
        int b = offsets[two];
        for (int i = begin; i < end; i++) {
            out[i - shift] += first[i] * u[i + a] + second[i] * u[i + b];
        }
    }

    private void add(int one, double[] u, double[] out, int shift, int begin, int end, int lowest) {
        int offset = offsets[one];
        double[] entries = g[one];
        int first = Math.max(begin, lowest - offset);
        int last = Math.min(end, states - offset);
        for (int i = first; i < last; i++) {
            out[i - shift] += entries[i] * u[i + offset];
        }
    }

    @Override
    void sweep(boolean forward, double[] u, double @Nullable [] r, int from, int to) {
        int before = place(offsets, forward ? -1 : 1);
        sweep(forward, without(all, before), before, u, r, from, to, 0);
    }

    @Override
    void start(double[] u, double[] r, int from, int to, int lowest) {
        int before = place(offsets, -1);
        sweep(true, without(lower, before), before, u, r, from, to, lowest);
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
        for (int done = 0; done < to - from; done += block) {
            int length = Math.min(block, to - from - done);
            int begin = forward ? from + done : to - done - length;
            if (r == null) {
                Arrays.fill(known, 0, length, 0.0);
            } else {
                System.arraycopy(r, begin, known, 0, length);
            }
            add(others, u, known, begin, begin, begin + length, lowest);
            if (before < 0) {
                System.arraycopy(known, 0, u, begin, length);
            } else if (forward) {
                up(g[before], u, known, begin, length, begin > lowest ? u[begin - 1] : 0.0);
            } else {
                down(g[before], u, known, begin, length);
            }
        }
    }

    /** uᵢ = known + Gᵢ,ᵢ₋₁uᵢ₋₁; two at a time, since each waits for the one before. */
    private static void up(double[] entries, double[] u, double[] known, int begin, int length, double below) {
        double last = below;
        int k = 0;
        for (; k + 1 < length; k += 2) {
            double one = entries[begin + k];
            double two = entries[begin + k + 1];
            double next = (known[k + 1] + two * known[k]) + two * one * last;
            u[begin + k] = known[k] + one * last;
            u[begin + k + 1] = next;
            last = next;
        }
        if (k < length) {
            u[begin + k] = known[k] + entries[begin + k] * last;
        }
    }

    private static void down(double[] entries, double[] u, double[] known, int begin, int length) {
        double last = begin + length < u.length ? u[begin + length] : 0.0;
        int k = length - 1;
        for (; k > 0; k -= 2) {
            double one = entries[begin + k];
            double two = entries[begin + k - 1];
            double next = (known[k - 1] + two * known[k]) + two * one * last;
            u[begin + k] = known[k] + one * last;
            u[begin + k - 1] = next;
            last = next;
        }
        if (k == 0) {
            u[begin] = known[0] + entries[begin] * last;
        }
    }

    @Override
    void sums(double[] out, int from, int to) {
        Arrays.fill(out, 0, to - from, 0.0);
        for (double[] entries : g) {
            for (int i = from; i < to; i++) {
                out[i - from] += entries[i];
            }
        }
    }

    @Override
    int size(int i) {
        int size = 0;
        for (double[] entries : g) {
            size += entries[i] > 0.0 ? 1 : 0;
        }
        return size;
    }

    @Override
    void copy(int i, int[] columns, double[] values, int place) {
        int k = place;
        for (int s = 0; s < offsets.length; s++) {
            if (g[s][i] > 0.0) {
                columns[k] = i + offsets[s];
                values[k++] = g[s][i];
            }
        }
    }
}
