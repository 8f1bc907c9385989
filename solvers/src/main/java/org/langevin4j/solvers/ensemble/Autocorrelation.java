package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Autocorrelation of functions of the state of a stationary process, from many paths.
 *
 * <p>For each function g and each path with the recorded values g₀ … g_{n−1} the averages m = Σgₜ/n and
 * rₖ = Σₜ gₜgₜ₊ₖ/(n − k) over the n − k pairs are formed; they are unbiased for E[g] and E[gₜgₜ₊ₖ]. Their means over the N
 * paths, m̄ and r̄ₖ, give the autocovariance Cₖ = r̄ₖ − m̄² and the autocorrelation ρₖ = Cₖ/C₀, ρ₀ = 1. The mean of the whole
 * ensemble is subtracted, not that of the path, so that the bias is O(1/N) however short the paths. Standard errors come
 * from the spread of (m, rₖ, r₀) over the independent paths by linear propagation.
 *
 * <p>A path with no more recorded times than lags is left out. Memory is O(n_functions × lags × (block + lags)).
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n, number of functions
 * @param lags largest lag, in recorded times
 */
public record Autocorrelation(VectorField functions, int count, int lags)
        implements PathObservable<Autocorrelation.Estimate> {

    /** Checks the parts. */
    public Autocorrelation {
        Objects.requireNonNull(functions, "functions");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
        if (!(lags > 0)) {
            throw new IllegalArgumentException("lags must be positive, got " + lags);
        }
        Memory.require(
                "the autocorrelation of " + count + " functions at " + lags + " lags",
                memory(count, lags, 1),
                "fewer lags, or a longer interval between them, need less");
    }

    /**
     * The autocorrelation of functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @param lags largest lag; a lag is the interval of the schedule
     * @return the observable
     */
    public static Autocorrelation of(VectorField functions, int count, int lags) {
        return new Autocorrelation(functions, count, lags);
    }

    @Override
    public Collector<Estimate> collector(int dimension) {
        return new CorrelationCollector(functions, count, lags);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return memory(count, lags, blockPaths);
    }

    private static double memory(double functions, int lags, int blockPaths) {
        int rows = (int) Math.min(lags + 2L, Integer.MAX_VALUE);
        return functions * (RunningMoments.bytes(rows, true) + 16.0 * rows * blockPaths);
    }

    @Override
    public String identity(int dimension) {
        return "Autocorrelation[" + count + " functions " + PathObservable.fingerprint(functions, dimension, count)
                + ", lags=" + lags + "]";
    }

    /** Means, autocovariances and autocorrelations with their standard errors. */
    public static final class Estimate {

        /** Lags that are told one by one. */
        private static final int SHOWN = 6;

        /** For each function the moments over paths of (m, r₀, r₁ …). */
        private final List<RunningMoments> moments;

        private Estimate(List<RunningMoments> moments) {
            this.moments = moments;
        }

        /**
         * The number of paths that were long enough.
         *
         * @return N
         */
        public long paths() {
            return moments.get(0).count();
        }

        /**
         * The mean of a function.
         *
         * @param function which one
         * @return m̄
         */
        public double mean(int function) {
            return moments.get(function).mean(0);
        }

        /**
         * The standard error of the mean.
         *
         * @param function which one
         * @return over independent paths
         */
        public double meanError(int function) {
            return moments.get(function).standardError(0);
        }

        /**
         * The autocovariance.
         *
         * @param function which one
         * @param lag k
         * @return Cₖ
         */
        public double covariance(int function, int lag) {
            RunningMoments m = moments.get(function);
            return m.mean(lag + 1) - m.mean(0) * m.mean(0);
        }

        /**
         * The standard error of the autocovariance.
         *
         * @param function which one
         * @param lag k
         * @return of Cₖ, over independent paths
         */
        public double covarianceError(int function, int lag) {
            RunningMoments m = moments.get(function);
            return propagated(m, new int[] {0, lag + 1}, new double[] {-2.0 * m.mean(0), 1.0});
        }

        /**
         * The autocorrelation.
         *
         * @param function which one
         * @param lag k
         * @return ρₖ = Cₖ/C₀
         */
        public double correlation(int function, int lag) {
            return covariance(function, lag) / covariance(function, 0);
        }

        /**
         * The standard error of the autocorrelation.
         *
         * @param function which one
         * @param lag k
         * @return of ρₖ, over independent paths; zero for lag 0
         */
        public double correlationError(int function, int lag) {
            if (lag == 0) {
                return 0.0;
            }
            RunningMoments m = moments.get(function);
            double variance = covariance(function, 0);
            double rho = correlation(function, lag);
            return propagated(m, new int[] {0, 1, lag + 1}, new double[] {
                -2.0 * m.mean(0) * (1.0 - rho) / variance, -rho / variance, 1.0 / variance
            });
        }

        /** √(aᵀ cov a / N). */
        private static double propagated(RunningMoments m, int[] which, double[] a) {
            double sum = 0.0;
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a.length; j++) {
                    sum += a[i] * a[j] * m.covariance(which[i], which[j]);
                }
            }
            return Math.sqrt(Math.max(0.0, sum) / m.count());
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder().append(paths()).append(" paths");
            for (int f = 0; f < moments.size(); f++) {
                text.append(String.format(
                        Locale.ROOT,
                        "\ng[%d]: mean %.5g ± %.2g, variance %.5g ± %.2g, ρ",
                        f,
                        mean(f),
                        meanError(f),
                        covariance(f, 0),
                        covarianceError(f, 0)));
                for (int lag = 1; lag <= Math.min(SHOWN, moments.get(f).dimension() - 2); lag++) {
                    text.append(String.format(Locale.ROOT, lag == 1 ? " %.4g" : ", %.4g", correlation(f, lag)));
                }
                text.append(moments.get(f).dimension() - 2 > SHOWN ? ", …" : "");
            }
            return text.toString();
        }
    }

    private static final class CorrelationCollector implements Collector<Estimate> {

        private final int lags;
        private final RecentValues recent;
        private final List<RunningMoments> moments = new ArrayList<>();
        private double[][][] products = new double[0][0][0];
        private double[][] sums = new double[0][0];

        CorrelationCollector(VectorField functions, int count, int lags) {
            this.lags = lags;
            this.recent = RecentValues.of(functions, count, lags);
            for (int f = 0; f < count; f++) {
                moments.add(new RunningMoments(lags + 2));
            }
        }

        @Override
        public void begin(PathBlock block) {
            recent.begin(block.size());
            if (sums.length == 0 || sums[0].length != block.size()) {
                allocate(block.size());
            }
            for (int f = 0; f < moments.size(); f++) {
                for (double[] row : products[f]) {
                    Arrays.fill(row, 0.0);
                }
                Arrays.fill(sums[f], 0.0);
            }
        }

        private void allocate(int size) {
            products = new double[moments.size()][lags + 1][size];
            sums = new double[moments.size()][size];
        }

        private static double[][] rows(StateReader in, double[][] like) throws IOException {
            double[][] rows = in.rows("sums", like.length, like[0].length);
            in.require(rows.length == like.length && rows[0].length == like[0].length, "sums must be of the block");
            return rows;
        }

        @Override
        public void record(PathBlock block) {
            recent.record(block);
            int paths = block.paths();
            for (int f = 0; f < sums.length; f++) {
                double[] now = recent.ago(0, f);
                for (int k = 0; k < paths; k++) {
                    int slot = block.slot(k);
                    sums[f][slot] += now[slot];
                }
                for (int lag = 0; lag <= recent.reach(); lag++) {
                    double[] then = recent.ago(lag, f);
                    double[] product = products[f][lag];
                    for (int k = 0; k < paths; k++) {
                        int slot = block.slot(k);
                        product[slot] += now[slot] * then[slot];
                    }
                }
            }
        }

        @Override
        public void end() {
            double[] row = new double[lags + 2];
            for (int slot = 0; slot < recent.size(); slot++) {
                long times = recent.times(slot);
                if (times > lags) {
                    for (int f = 0; f < sums.length; f++) {
                        row[0] = sums[f][slot] / times;
                        for (int lag = 0; lag <= lags; lag++) {
                            row[lag + 1] = products[f][lag][slot] / (times - lag);
                        }
                        moments.get(f).add(row);
                    }
                }
            }
            recent.end();
        }

        @Override
        public void merge(Collector<Estimate> later) {
            List<RunningMoments> others = later.result().moments;
            for (int f = 0; f < moments.size(); f++) {
                moments.get(f).merge(others.get(f));
            }
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
            recent.write(out);
            if (recent.size() > 0) {
                out.rows(sums);
                for (double[][] product : products) {
                    out.rows(product);
                }
            }
        }

        @Override
        public void read(StateReader in) throws IOException {
            in.momentsInto(moments, in.paths());
            recent.read(in);
            if (recent.size() > 0) {
                allocate(recent.size());
                sums = rows(in, sums);
                for (int f = 0; f < sums.length; f++) {
                    products[f] = rows(in, products[f]);
                }
            }
        }

        @Override
        public Estimate result() {
            return new Estimate(List.copyOf(moments));
        }
    }
}
