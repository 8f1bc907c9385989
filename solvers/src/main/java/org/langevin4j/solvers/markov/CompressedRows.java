package org.langevin4j.solvers.markov;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows of any chain, stored compressed. */
final class CompressedRows extends Rows {

    final int[] starts;
    final int[] sources;
    final double[] g;

    /** Aᵢⱼ, if x is to be changed without loss; else null. */
    private final double @Nullable [] rates;

    /** Σᵢ Aᵢⱼ, if the rates are there; else empty. */
    private final double[] leaving;

    private final ParallelStrips strips;

    /** Rows with a G that is known. */
    CompressedRows(int[] starts, int[] sources, double[] g) {
        this(starts, sources, g, null, new double[0]);
    }

    private CompressedRows(int[] starts, int[] sources, double[] g, double @Nullable [] rates, double[] leaving) {
        this.leaving = leaving;
        this.starts = starts;
        this.sources = sources;
        this.g = g;
        this.rates = rates;
        this.strips = ParallelStrips.of(starts.length - 1);
    }

    /** Rows, these themselves if they are stored so. */
    static CompressedRows of(Rows rows, int states) {
        if (rows instanceof CompressedRows compressed) {
            return compressed;
        }
        int[] starts = new int[states + 1];
        for (int i = 0; i < states; i++) {
            starts[i + 1] = starts[i] + rows.size(i);
        }
        int[] sources = new int[starts[states]];
        double[] values = new double[starts[states]];
        for (int i = 0; i < states; i++) {
            rows.copy(i, sources, values, starts[i]);
        }
        return new CompressedRows(starts, sources, values);
    }

    /**
     * The rows of a generator, G not yet set.
     *
     * @param number new number of each state, −1 for those left out, to which no rate of the others leads
     * @param states how many are not left out
     */
    static CompressedRows of(Generator generator, int[] number, int states) {
        Columns columns = generator.columns;
        int[] starts = new int[states + 1];
        for (int j = 0; j < number.length; j++) {
            for (int k = columns.begin(j); number[j] >= 0 && k < columns.end(j); k++) {
                if (columns.rate(j, k) > 0.0) {
                    starts[number[columns.target(j, k)] + 1]++;
                }
            }
        }
        for (int i = 0; i < states; i++) {
            starts[i + 1] += starts[i];
        }
        int[] next = Arrays.copyOf(starts, states);
        int[] sources = new int[starts[states]];
        double[] rates = new double[starts[states]];
        double[] leaving = new double[states];
        for (int j = 0; j < number.length; j++) {
            for (int k = columns.begin(j); number[j] >= 0 && k < columns.end(j); k++) {
                double rate = columns.rate(j, k);
                if (rate > 0.0) {
                    int place = next[number[columns.target(j, k)]]++;
                    sources[place] = number[j];
                    rates[place] = rate;
                    leaving[number[j]] += rate;
                }
            }
        }
        return new CompressedRows(starts, sources, new double[rates.length], rates, leaving);
    }

    @Override
    void scale(double[] mass, double[] lost, double[] outflow) {
        if (rates == null) {
            throw new IllegalStateException("only the finest level keeps its rates");
        }
        double[] a = rates;
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                outflow[i] = leaving[i] * mass[i] + (lost.length == 0 ? 0.0 : lost[i]);
                double inverse = 1.0 / outflow[i];
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    double source = mass[sources[k]];
                    g[k] = source <= NEGLIGIBLE ? 0.0 : a[k] * source * inverse;
                }
                followNeighbours(mass, i);
            }
        });
    }

    boolean hasRates() {
        return rates != null;
    }

    /** The same after x has become x·u, from G itself, where the rates are not known. */
    void rescale(double[] mass, double[] u) {
        strips.each((from, to) -> {
            for (int i = from; i < to; i++) {
                double inverse = 1.0 / u[i];
                for (int k = starts[i]; k < starts[i + 1]; k++) {
                    int j = sources[k];
                    g[k] = mass[j] <= NEGLIGIBLE ? 0.0 : g[k] * u[j] * inverse;
                }
                followNeighbours(mass, i);
            }
        });
    }

    /** The entry of row i from j, 0 if there is none. */
    double entry(int i, int j) {
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            if (sources[k] == j) {
                return g[k];
            }
        }
        return 0.0;
    }

    /** A negligible state takes the mean u of its neighbours, so that it does not disturb them. */
    private void followNeighbours(double[] mass, int i) {
        if (mass[i] <= NEGLIGIBLE) {
            Arrays.fill(g, starts[i], starts[i + 1], 1.0 / (starts[i + 1] - starts[i]));
        }
    }

    private double gather(double[] u, int i) {
        double sum = 0.0;
        for (int k = starts[i]; k < starts[i + 1]; k++) {
            sum += g[k] * u[sources[k]];
        }
        return sum;
    }

    @Override
    void times(double[] u, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] = gather(u, i);
        }
    }

    @Override
    void addFlows(double[] u, double[] outflow, double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            out[i] += outflow[i] * gather(u, i);
        }
    }

    @Override
    void sweep(boolean forward, double[] u, double @Nullable [] r, int from, int to) {
        for (int n = from; n < to; n++) {
            int i = forward ? n : from + to - 1 - n;
            u[i] = (r == null ? 0.0 : r[i]) + gather(u, i);
        }
    }

    @Override
    void start(double[] u, double[] r, int from, int to, int lowest) {
        for (int i = from; i < to; i++) {
            double sum = r[i];
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                int j = sources[k];
                if (j < i && j >= lowest) {
                    sum += g[k] * u[j];
                }
            }
            u[i] = sum;
        }
    }

    @Override
    void unmet(double[] u, double[] out, int from, int to, int lowest) {
        for (int i = from; i < to; i++) {
            double sum = 0.0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                int j = sources[k];
                if (!(j < i && j >= lowest)) {
                    sum += g[k] * u[j];
                }
            }
            out[i] = sum;
        }
    }

    @Override
    void sums(double[] out, int from, int to) {
        for (int i = from; i < to; i++) {
            double sum = 0.0;
            for (int k = starts[i]; k < starts[i + 1]; k++) {
                sum += g[k];
            }
            out[i - from] = sum;
        }
    }

    @Override
    int reach() {
        return starts.length - 1;
    }

    @Override
    int size(int i) {
        return starts[i + 1] - starts[i];
    }

    @Override
    void copy(int i, int[] columns, double[] values, int place) {
        System.arraycopy(sources, starts[i], columns, place, size(i));
        System.arraycopy(g, starts[i], values, place, size(i));
    }
}
