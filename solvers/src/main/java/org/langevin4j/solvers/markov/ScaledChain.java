package org.langevin4j.solvers.markov;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
 * <p>Rows are stored compressed. Sweeps of Gauss and Seidel go strip by strip ({@link ParallelStrips}) where the strips that run
 * side by side are not coupled.
 */
final class ScaledChain {

    /** Entries of the reference vector are at least this, the largest being 1. */
    static final double SMALLEST_MASS = 1e-280;

    /** States with at most this exchange nothing with the others. */
    private static final double NEGLIGIBLE = 1e-278;

    final int states;
    final int[] starts;
    final int[] sources;
    final double[] g;

    /** D. */
    final double[] outflow;

    /** x. */
    final double[] mass;

    /** excess·x. */
    final double[] lost;

    /** Aᵢⱼ and diag(M), if x is to be changed without loss; else null. */
    private final double @Nullable [] rates;

    private final double @Nullable [] diagonal;

    final ParallelStrips strips;
    private final ParallelStrips sweeps;

    private ScaledChain(
            int states,
            int[] starts,
            int[] sources,
            double[] g,
            double[] outflow,
            double[] mass,
            double[] lost,
            double @Nullable [] rates,
            double @Nullable [] diagonal) {
        this.states = states;
        this.starts = starts;
        this.sources = sources;
        this.g = g;
        this.outflow = outflow;
        this.mass = mass;
        this.lost = lost;
        this.rates = rates;
        this.diagonal = diagonal;
        this.strips = ParallelStrips.of(states);
        this.sweeps = strips.count() == 1 || neighboursOnly() ? strips : ParallelStrips.whole(states);
    }

    /** Whether no rate joins two strips that run side by side. */
    private boolean neighboursOnly() {
        return strips.max((from, to) -> {
                    int other = (strips.stripOf(from) + 2) % 4;
                    double found = 0.0;
                    for (int k = starts[from]; k < starts[to]; k++) {
                        if (strips.stripOf(sources[k]) == other) {
                            found = 1.0;
                        }
                    }
                    return found;
                })
                == 0.0;
    }

    /**
     * The finest level, with x = 1.
     *
     * @param generator A
     * @param excess killing rates, one a state, ≥ 0; not kept
     * @param number new number of each state, −1 for those left out, to which no rate of the others leads
     * @param states how many are not left out
     */
    static ScaledChain of(Generator generator, double[] excess, int[] number, int states) {
        int[] starts = new int[states + 1];
        double[] diagonal = new double[states];
        double[] lost = new double[states];
        for (int j = 0; j < number.length; j++) {
            if (number[j] >= 0) {
                lost[number[j]] = excess[j];
                diagonal[number[j]] = excess[j];
                generator.forEachRateFrom(j, (from, to, rate) -> {
                    if (rate > 0.0) {
                        starts[number[to] + 1]++;
                        diagonal[number[from]] += rate;
                    }
                });
            }
        }
        for (int i = 0; i < states; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, states);
        int[] sources = new int[starts[states]];
        double[] rates = new double[starts[states]];
        for (int j = 0; j < number.length; j++) {
            if (number[j] >= 0) {
                generator.forEachRateFrom(j, (from, to, rate) -> {
                    if (rate > 0.0) {
                        int k = next[number[to]]++;
                        sources[k] = number[from];
                        rates[k] = rate;
                    }
                });
            }
        }
        double[] mass = new double[states];
        Arrays.fill(mass, 1.0);
        ScaledChain level = new ScaledChain(
                states, starts, sources, new double[starts[states]], new double[states], mass, lost, rates, diagonal);
        level.scale();
        return level;
    }

    /** G and D from the rates and x. */
    private void scale() {
        if (rates == null || diagonal == null) {
            throw new IllegalStateException("only the finest level keeps its rates");
        }
        double[] a = rates;
        double[] d = diagonal;
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                outflow[i] = d[i] * mass[i];
                double inverse = 1.0 / outflow[i];
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    g[k] = isNegligible(sources[k]) ? 0.0 : a[k] * mass[sources[k]] * inverse;
                }
                followNeighbours(i);
            }
        });
    }

    private boolean isNegligible(int i) {
        return mass[i] <= NEGLIGIBLE;
    }

    /** A negligible state takes the mean u of its neighbours, so that it does not disturb them. */
    private void followNeighbours(int i) {
        if (isNegligible(i)) {
            Arrays.fill(g, starts[i], starts[i + 1], 1.0 / (starts[i + 1] - starts[i]));
        }
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
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                double before = mass[i];
                mass[i] = Math.max(before * u[i] / largest, SMALLEST_MASS);
                u[i] = mass[i] / before;
            }
        });
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                lost[i] *= u[i];
            }
        });
        if (rates != null) {
            scale();
            return;
        }
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                double inverse = 1.0 / u[i];
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    g[k] = isNegligible(sources[k]) ? 0.0 : g[k] * u[sources[k]] * inverse;
                }
                outflow[i] *= u[i];
                followNeighbours(i);
            }
        });
    }

    /** (Gu)ᵢ. */
    private double gather(double[] u, int i) {
        double sum = 0.0;
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            sum += g[k] * u[sources[k]];
        }
        return sum;
    }

    /** One sweep for (I − G)u = r. */
    void sweep(boolean forward, double[] u, double[] r) {
        sweeps.sweep(forward, (from, to) -> {
            if (forward) {
                for (int i = from; i < to; i++) {
                    u[i] = r[i] + gather(u, i);
                }
            } else {
                for (int i = to - 1; i >= from; i--) {
                    u[i] = r[i] + gather(u, i);
                }
            }
        });
    }

    /** One sweep for (I − G)u = 0. */
    void sweep(boolean forward, double[] u) {
        sweeps.sweep(forward, (from, to) -> {
            if (forward) {
                for (int i = from; i < to; i++) {
                    u[i] = gather(u, i);
                }
            } else {
                for (int i = to - 1; i >= from; i--) {
                    u[i] = gather(u, i);
                }
            }
        });
    }

    /** out = (I − G)u. */
    void apply(double[] u, double[] out) {
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                out[i] = u[i] - gather(u, i);
            }
        });
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

    /** r − (I − G)u, added up over the states of each aggregate with the weights D and divided by the D there. */
    void restrict(Aggregation aggregation, ScaledChain coarse, double[] u, double[] r, double[] out) {
        int[] first = aggregation.first;
        int[] members = aggregation.members;
        coarse.strips.each((from, to) -> {
            for (int a = from; a < to; a++) {
                double sum = 0.0;
                for (int m = first[a]; m < first[a + 1]; m++) {
                    int i = members[m];
                    sum += (r[i] - u[i] + gather(u, i)) * outflow[i];
                }
                out[a] = sum / coarse.outflow[a];
            }
        });
    }

    /** The largest |u − Gu|/u. */
    double imbalance(double[] u) {
        return strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                max = Math.max(max, Math.abs(u[i] - gather(u, i)) / u[i]);
            }
            return max;
        });
    }

    /** The largest |1 − Σⱼ Gᵢⱼ|: how far x is from stationary. */
    double imbalance() {
        return strips.max((from, to) -> {
            double max = 0.0;
            for (int i = from; i < to; i++) {
                double sum = 0.0;
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    sum += g[k];
                }
                max = Math.max(max, Math.abs(1.0 - sum));
            }
            return max;
        });
    }

    /** Σ Dᵢaᵢbᵢ, the scalar product in which a reversible chain is symmetric. */
    double product(double[] a, double[] b) {
        return strips.sum((from, to) -> {
            double sum = 0.0;
            for (int i = from; i < to; i++) {
                sum += outflow[i] * a[i] * b[i];
            }
            return sum;
        });
    }

    /** The flow from j to i if p = x. */
    double flow(int i, int j) {
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            if (sources[k] == j) {
                return g[k] * outflow[i];
            }
        }
        return 0.0;
    }

    /**
     * The chain of the aggregates, PᵀM diag(x)P with P piecewise constant: flows between aggregates are the sums of those
     * between their states. Nothing is subtracted.
     */
    ScaledChain coarsened(Aggregation aggregation) {
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
            if (coarseMass[a] <= NEGLIGIBLE || !(coarseOutflow[a] > 0.0)) {
                coarseOutflow[a] = Math.max(coarseOutflow[a], SMALLEST_MASS);
                Arrays.fill(flows, coarseStarts[a], coarseStarts[a + 1], 1.0 / (coarseStarts[a + 1] - coarseStarts[a]));
            }
        }
        return new ScaledChain(
                count,
                coarseStarts,
                Arrays.copyOf(coarseSources, size),
                Arrays.copyOf(flows, size),
                coarseOutflow,
                coarseMass,
                coarseLost,
                null,
                null);
    }
}
