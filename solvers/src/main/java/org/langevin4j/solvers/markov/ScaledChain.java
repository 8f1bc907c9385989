package org.langevin4j.solvers.markov;

import java.util.Arrays;

/**
 * One level of a {@link AggregationHierarchy}: the M-matrix M = diag(excess) − A of a chain, its columns scaled by a reference
 * vector x > 0, its rows by what then stands on the diagonal,
 *
 * <pre>
 * D⁻¹ M diag(x) = I − G,   D = diag(x)·diag(M),   Gᵢⱼ = Aᵢⱼxⱼ/Dᵢ ≥ 0.
 * </pre>
 *
 * <p>The unknown is u = p/x. If x is nearly stationary, the rows of G add up to nearly 1 however small x is there: states
 * deep in the tails count as much as the others. Dᵢ is the flow out of state i if p = x.
 *
 * <p>Sweeps of Gauss and Seidel go strip by strip ({@link ParallelStrips}) where the strips that run side by side are not
 * coupled.
 */
final class ScaledChain {

    /** Entries of the reference vector are at least this, the largest being 1. */
    static final double SMALLEST_MASS = 1e-280;

    /** Smaller entries tell nothing of how well a law is found. */
    static final double RESOLVED = 1e-250;

    /** States worked on together, so that they stay in the cache. */
    private static final int BLOCK = 1024;

    /** Rows that are swept for trial; what is not known before them fades by half or so with each. */
    private static final int LEAD = 4;

    final int states;

    /** D. */
    final double[] outflow;

    /** x. */
    final double[] mass;

    /** excess·x; empty for a level of all states without excess. */
    final double[] lost;

    private final Rows rows;
    final ParallelStrips strips;
    private final ParallelStrips sweeps;

    private ScaledChain(Rows rows, double[] outflow, double[] mass, double[] lost, boolean apart) {
        this.states = mass.length;
        this.rows = rows;
        this.outflow = outflow;
        this.mass = mass;
        this.lost = lost;
        this.strips = ParallelStrips.of(states);
        this.sweeps = apart ? strips : ParallelStrips.whole(states);
    }

    /** The chain of aggregates. */
    private ScaledChain(CompressedRows rows, double[] outflow, double[] mass, double[] lost) {
        this(rows, outflow, mass, lost, apart(rows));
    }

    /** Whether no rate joins two strips that run side by side. */
    private static boolean apart(CompressedRows rows) {
        ParallelStrips strips = ParallelStrips.of(rows.starts.length - 1);
        return strips.count() == 1
                || strips.max((from, to) -> {
                            int other = (strips.stripOf(from) + 2) % 4;
                            double found = 0.0;
                            for (int k = rows.starts[from]; k < rows.starts[to]; k++) {
                                if (strips.stripOf(rows.sources[k]) == other) {
                                    found = 1.0;
                                }
                            }
                            return found;
                        })
                        == 0.0;
    }

    /**
     * The finest level, with x = 1, its rows compressed.
     *
     * @param generator A
     * @param excess killing rates, one a state, ≥ 0; not kept
     * @param number new number of each state, −1 for those left out, to which no rate of the others leads
     * @param states how many are not left out
     */
    static ScaledChain compressed(Generator generator, double[] excess, int[] number, int states) {
        double[] lost = new double[states];
        for (int j = 0; j < number.length; j++) {
            if (number[j] >= 0) {
                lost[number[j]] = excess[j];
            }
        }
        CompressedRows rows = CompressedRows.of(generator, number, states);
        double[] mass = ones(states);
        double[] outflow = new double[states];
        rows.scale(mass, lost, outflow);
        return new ScaledChain(rows, outflow, mass, lost, apart(rows));
    }

    /**
     * A level of all states; it has rows when x has been set by {@link #rescale}, which is 1 before.
     *
     * @param generator A
     * @param excess killing rates, one a state, ≥ 0; kept as {@link #lost}; or empty
     */
    static ScaledChain of(Generator generator, double[] excess) {
        int n = generator.states();
        StencilColumns columns = StencilColumns.of(generator.columns);
        if (columns == null) {
            int[] number = new int[n];
            Arrays.setAll(number, i -> i);
            return compressed(generator, excess.length == 0 ? new double[n] : excess, number, n);
        }
        ParallelStrips strips = ParallelStrips.of(n);
        return new ScaledChain(
                new StencilRows(columns, strips), new double[n], ones(n), excess, !columns.joins(strips));
    }

    private static double[] ones(int states) {
        double[] mass = new double[states];
        Arrays.fill(mass, 1.0);
        return mass;
    }

    /**
     * Of the chain in reversed time, diag(x)Mᵀ: what solves the backward equation is then u itself. Not to be rescaled.
     *
     * @param generator A, of rates ≥ 0; its exit rates are the excess
     * @param x reference vector, kept
     */
    static ScaledChain backward(Generator generator, double[] x) {
        int n = generator.states();
        CompressedColumns columns = CompressedColumns.of(generator.columns);
        double[] g = new double[columns.rates.length];
        double[] outflow = new double[n];
        double[] lost = new double[n];
        ParallelStrips.of(n).each((from, to) -> {
            for (int j = from; j < to; j++) {
                double diagonal = generator.outflow(j);
                for (int k = columns.starts[j]; k < columns.starts[j + 1]; k++) {
                    g[k] = columns.rates[k] / diagonal;
                }
                outflow[j] = diagonal * x[j];
                lost[j] = generator.exitRate(j) * x[j];
            }
        });
        return new ScaledChain(new CompressedRows(columns.starts, columns.targets, g), outflow, x, lost);
    }

    /** The rows one by one. */
    CompressedRows rows() {
        return CompressedRows.of(rows, states);
    }

    /** Replaces x by x·u, scaled to a largest entry of 1. */
    void rescale(double[] u) {
        double largest = strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, mass[i] * u[i]);
            }
            return max;
        });
        boolean scales = !(rows instanceof CompressedRows compressed) || compressed.hasRates();
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                double before = mass[i];
                mass[i] = Math.max(before * u[i] / largest, SMALLEST_MASS);
                u[i] = mass[i] / before;
                if (lost.length > 0) {
                    lost[i] *= u[i];
                }
                if (!scales) {
                    outflow[i] *= u[i];
                }
            }
        });
        if (scales) {
            rows.scale(mass, lost, outflow);
        } else {
            CompressedRows.of(rows, states).rescale(mass, u);
        }
    }

    /**
     * The first sweep for (I − G)u = r, from u = 0; what u was does not matter. Unlike others it takes nothing from states of
     * higher numbers in strips that were swept before.
     */
    void start(double[] u, double[] r) {
        sweeps.sweep(true, (from, to) -> rows.start(u, r, from, to, lowest(from)));
    }

    /** The first state whose u is known when a strip is swept for the first time. */
    private int lowest(int from) {
        return sweeps.count() > 1 && sweeps.stripOf(from) % 2 == 0 ? from : 0;
    }

    /** One sweep for (I − G)u = r. */
    void sweep(boolean forward, double[] u, double[] r) {
        sweeps.sweep(forward, (from, to) -> rows.sweep(forward, u, r, from, to));
    }

    /**
     * The same, but where the two halves meet that are swept side by side it is as if they were swept one after the other, or
     * else what is left there is rough, and no coarser chain can mend it. The half that should follow first sweeps some
     * states of the other for trial; the one that should lead sees the other as it was.
     */
    void sweepInOrder(boolean forward, double[] u, double[] r) {
        int middle = sweeps.middle();
        // No state that another thread works on may come into it.
        int most = sweeps.count() == 1 ? 0 : Math.max(0, sweeps.besideMiddle() - rows.reach());
        int lead = Math.min(LEAD * rows.reach(), most);
        int below = middle - lead;
        double[] before = new double[2 * lead];
        double[] after = new double[lead];
        sweeps.sweep(forward, (from, to) -> {
            if ((forward ? from : to) == middle) {
                System.arraycopy(u, below, before, 0, 2 * lead);
                rows.sweep(forward, u, r, forward ? below : middle, forward ? middle : middle + lead);
                rows.sweep(forward, u, r, from, to);
            } else if ((forward ? to : from) == middle) {
                System.arraycopy(u, forward ? middle : below, after, 0, lead);
                System.arraycopy(before, 0, u, below, 2 * lead);
                rows.sweep(forward, u, r, from, to);
                System.arraycopy(after, 0, u, forward ? middle : below, lead);
            } else {
                rows.sweep(forward, u, r, from, to);
            }
        });
    }

    /** One sweep for (I − G)u = 0. */
    void sweep(boolean forward, double[] u) {
        sweeps.sweep(forward, (from, to) -> rows.sweep(forward, u, null, from, to));
    }

    /** out = (I − G)u. */
    void apply(double[] u, double[] out) {
        strips.each((from, to) -> apply(u, out, from, to));
    }

    /** The same for from ≤ i < to. */
    void apply(double[] u, double[] out, int from, int to) {
        for (int begin = from; begin < to; begin += BLOCK) {
            int end = Math.min(begin + BLOCK, to);
            rows.times(u, out, begin, end);
            for (int i = begin; i < end; i++) {
                out[i] = u[i] - out[i];
            }
        }
    }

    /** out = r − (I − G)u. */
    void residual(double[] u, double[] r, double[] out) {
        strips.each((from, to) -> {
            apply(u, out, from, to);
            for (int i = from; i < to; i++) {
                out[i] = r[i] - out[i];
            }
        });
    }

    /** flows = D(r − (I − G)u), what is missing in each state; returns Σ |flowsᵢ|. */
    double missing(double[] u, double[] r, double[] flows) {
        return strips.sum((from, to) -> {
            double sum = 0.0;
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                for (int i = begin; i < end; i++) {
                    flows[i] = outflow[i] * (r[i] - u[i]);
                }
                rows.addFlows(u, outflow, flows, begin, end);
                sum += absolute(flows, begin, end);
            }
            return sum;
        });
    }

    /** Σ |aᵢ|; four sums side by side, since each addition waits for the one before. */
    private static double absolute(double[] a, int from, int to) {
        double sum0 = 0.0;
        double sum1 = 0.0;
        double sum2 = 0.0;
        double sum3 = 0.0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            sum0 += Math.abs(a[i]);
            sum1 += Math.abs(a[i + 1]);
            sum2 += Math.abs(a[i + 2]);
            sum3 += Math.abs(a[i + 3]);
        }
        for (; i < to; i++) {
            sum0 += Math.abs(a[i]);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /**
     * p = x·u of an approximate solution of (I − G)u = r, r ≥ 0: its negative entries become 0, two sweeps without
     * subtraction make it even, and a factor gives it the balance of mass Σ excessᵢpᵢ = Σ Dᵢrᵢ.
     *
     * @param u overwritten by p and returned
     * @param total Σ Dᵢrᵢ
     */
    double[] positive(double[] u, double[] r, double total) {
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                u[i] = Math.max(u[i], 0.0);
            }
        });
        sweep(true, u, r);
        sweep(false, u, r);
        return balanced(u, total);
    }

    /**
     * p = x·u, and a factor that gives it the balance of mass Σ excessᵢpᵢ = Σ Dᵢrᵢ.
     *
     * @param u overwritten by p and returned
     * @param total Σ Dᵢrᵢ
     */
    double[] balanced(double[] u, double total) {
        double found = strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                sum += u[i] * lost[i];
            }
            return sum;
        });
        double balance = found > 0.0 ? total / found : 1.0;
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                u[i] *= mass[i] * balance;
            }
        });
        return u;
    }

    /**
     * What the {@link #start first sweep} has left of r, r − (I − G)u, added up over the parts of each coarse state with the weights
     * D and divided by the D there.
     *
     * @param rest room for one number a state
     */
    void restrict(Parts parts, ScaledChain coarse, double[] u, double[] rest, double[] out) {
        strips.each((from, to) -> {
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                rows.unmet(u, rest, begin, end, lowest(from));
                for (int i = begin; i < end; i++) {
                    rest[i] *= outflow[i];
                }
            }
        });
        coarse.strips.each((from, to) -> {
            parts.sums(rest, out, from, to);
            for (int a = from; a < to; a++) {
                out[a] /= coarse.outflow[a];
            }
        });
    }

    /** The largest |u − Gu|/u. */
    double imbalance(double[] u) {
        double[] image = new double[states];
        return strips.max((from, to) -> {
            rows.times(u, image, from, to);
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, Math.abs(u[i] - image[i]) / u[i]);
            }
            return max;
        });
    }

    /** The largest |1 − Σⱼ Gᵢⱼ|: how far x is from stationary. */
    double imbalance() {
        return strips.max((from, to) -> {
            double[] sums = new double[BLOCK];
            double max = 0.0;
            for (int begin = from; begin < to; begin += BLOCK) {
                int end = Math.min(begin + BLOCK, to);
                rows.sums(sums, begin, end);
                for (int i = begin; i < end; i++) {
                    max = Math.max(max, Math.abs(1.0 - sums[i - begin]));
                }
            }
            return max;
        });
    }

    /** Σ Dᵢaᵢbᵢ, the scalar product in which a reversible chain is symmetric. */
    double product(double[] a, double[] b) {
        return strips.sum((from, to) -> product(a, b, from, to));
    }

    /** The same over from ≤ i < to; two sums side by side, since each addition waits for the one before. */
    double product(double[] a, double[] b, int from, int to) {
        double even = 0.0;
        double odd = 0.0;
        int i = from;
        for (; i + 1 < to; i += 2) {
            even += outflow[i] * a[i] * b[i];
            odd += outflow[i + 1] * a[i + 1] * b[i + 1];
        }
        return i < to ? even + odd + outflow[i] * a[i] * b[i] : even + odd;
    }

    /**
     * The chain of the aggregates, PᵀM diag(x)P with P piecewise constant: flows between aggregates are the sums of those
     * between their states. Nothing is subtracted.
     */
    ScaledChain coarsened(Aggregation aggregation) {
        CompressedRows fine = rows();
        int[] starts = fine.starts;
        int[] sources = fine.sources;
        double[] g = fine.g;
        int count = aggregation.count;
        int[] first = aggregation.first;
        int[] members = aggregation.members;
        int[] coarseStarts = new int[count + 1];
        int[] coarseSources = new int[starts[states] / 2 + 16];
        double[] flows = new double[coarseSources.length];
        double[] coarseMass = new double[count];
        double[] coarseLost = new double[count];
        int size = 0;
        for (int a = 0; a < count; a++) {
            int begin = size;
            for (int m = first[a]; m < first[a + 1]; m++) {
                int i = members[m];
                coarseMass[a] += mass[i];
                coarseLost[a] += lost[i];
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    int b = aggregation.of[sources[k]];
                    if (b == a || b < 0) {
                        continue;
                    }
                    int place = begin;
                    while (place < size && coarseSources[place] != b) {
                        place++;
                    }
                    if (place == flows.length) {
                        coarseSources = Arrays.copyOf(coarseSources, size + size / 2);
                        flows = Arrays.copyOf(flows, coarseSources.length);
                    }
                    if (place == size) {
                        coarseSources[size++] = b;
                        flows[place] = 0.0;
                    }
                    flows[place] += g[k] * outflow[i];
                }
            }
            coarseStarts[a + 1] = size;
        }
        // What flows into states outside all aggregates is lost to the coarse chain.
        for (int i = 0; i < states; i++) {
            if (aggregation.of[i] < 0) {
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    int b = aggregation.of[sources[k]];
                    if (b >= 0) {
                        coarseLost[b] += g[k] * outflow[i];
                    }
                }
            }
        }
        double[] coarseOutflow = coarseLost.clone();
        for (int k = 0; k < size; k++) {
            coarseOutflow[coarseSources[k]] += flows[k];
        }
        for (int a = 0; a < count; a++) {
            for (int k = coarseStarts[a]; k < coarseStarts[a + 1]; k++) {
                flows[k] /= coarseOutflow[a];
            }
            if (coarseMass[a] <= Rows.NEGLIGIBLE || !(coarseOutflow[a] > 0.0)) {
                coarseOutflow[a] = Math.max(coarseOutflow[a], SMALLEST_MASS);
                Arrays.fill(flows, coarseStarts[a], coarseStarts[a + 1], 1.0 / (coarseStarts[a + 1] - coarseStarts[a]));
            }
        }
        CompressedRows coarse =
                new CompressedRows(coarseStarts, Arrays.copyOf(coarseSources, size), Arrays.copyOf(flows, size));
        return new ScaledChain(coarse, coarseOutflow, coarseMass, coarseLost);
    }
}
