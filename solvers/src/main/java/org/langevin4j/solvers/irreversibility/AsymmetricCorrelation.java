package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * The {@link TimeAsymmetry} of functions of the state, ½[Cᵢⱼ(τ) − Cⱼᵢ(τ)], from the averages over each path. A lag is the
 * interval of the schedule. The functions should have means near zero: an offset c adds cᵢ[gⱼ(t+τ) − gⱼ(t)], which has the
 * mean zero but adds to the error. A path with no more recorded times than lags is left out.
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n, at least 2
 * @param lags largest lag, in recorded times
 */
public record AsymmetricCorrelation(VectorField functions, int count, int lags)
        implements PathObservable<TimeAsymmetry> {

    /** Checks the parts. */
    public AsymmetricCorrelation {
        functions.requireAutonomous("AsymmetricCorrelation");
        TimeAsymmetry.pairs(count);
        if (!(lags > 0)) {
            throw new IllegalArgumentException("lags must be positive, got " + lags);
        }
    }

    /**
     * The asymmetry of functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @param lags largest lag
     * @return the observable
     */
    public static AsymmetricCorrelation of(VectorField functions, int count, int lags) {
        return new AsymmetricCorrelation(functions, count, lags);
    }

    /**
     * The asymmetry of the coordinates.
     *
     * @param dimension d
     * @param lags largest lag
     * @return the observable
     */
    public static AsymmetricCorrelation ofCoordinates(int dimension, int lags) {
        return of((x, out) -> System.arraycopy(x, 0, out, 0, dimension), dimension, lags);
    }

    @Override
    public Collector<TimeAsymmetry> collector(int dimension) {
        return new AsymmetryCollector(functions, count, lags);
    }

    @Override
    public String identity(int dimension) {
        return "AsymmetricCorrelation[" + count + " functions "
                + PathObservable.fingerprint(functions, dimension, count) + ", lags=" + lags + "]";
    }

    private static final class AsymmetryCollector implements Collector<TimeAsymmetry> {

        private final VectorField functions;
        private final int count;
        private final int lags;
        private RunningMoments moments;
        private double interval = Double.NaN;
        private double[][] values = new double[0][0];

        /** The last values, {@code recent[t mod (lags + 1)][f][slot]}. */
        private double[][][] recent = new double[0][0][0];

        private double[][] sums = new double[0][0];
        private long[] times = new long[0];
        private long time;
        private double lastTime;

        AsymmetryCollector(VectorField functions, int count, int lags) {
            this.functions = functions;
            this.count = count;
            this.lags = lags;
            this.moments = new RunningMoments(TimeAsymmetry.pairs(count) * lags);
        }

        @Override
        public void begin(PathBlock block) {
            values = new double[count][block.size()];
            recent = new double[lags + 1][count][block.size()];
            sums = new double[moments.dimension()][block.size()];
            times = new long[block.size()];
            time = 0;
        }

        @Override
        public void record(PathBlock block) {
            int paths = block.paths();
            functions.atBlock(block.states(), paths, values);
            block.requireFinite(values);
            if (time == 1) {
                interval = block.time() - lastTime;
            }
            lastTime = block.time();
            double[][] now = recent[(int) (time % (lags + 1))];
            for (int k = 0; k < paths; k++) {
                int slot = block.slot(k);
                times[slot]++;
                for (int f = 0; f < count; f++) {
                    now[f][slot] = values[f][k];
                }
            }
            for (int lag = 1; lag <= lags && lag <= time; lag++) {
                double[][] then = recent[(int) ((time - lag) % (lags + 1))];
                int pair = 0;
                for (int i = 0; i < count; i++) {
                    for (int j = i + 1; j < count; j++) {
                        add(block, then[i], then[j], now[i], now[j], sums[pair * lags + lag - 1]);
                        pair++;
                    }
                }
            }
            time++;
        }

        private static void add(
                PathBlock block, double[] thenI, double[] thenJ, double[] nowI, double[] nowJ, double[] sum) {
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                sum[slot] += 0.5 * (thenI[slot] * nowJ[slot] - thenJ[slot] * nowI[slot]);
            }
        }

        @Override
        public void end() {
            double[] row = new double[sums.length];
            for (int slot = 0; slot < times.length; slot++) {
                if (times[slot] > lags) {
                    for (int k = 0; k < row.length; k++) {
                        row[k] = sums[k][slot] / (times[slot] - (k % lags + 1));
                    }
                    moments.add(row);
                }
            }
            times = new long[0];
            sums = new double[0][0];
            recent = new double[0][0][0];
        }

        @Override
        public void merge(Collector<TimeAsymmetry> later) {
            AsymmetryCollector other = (AsymmetryCollector) later;
            moments.merge(other.moments);
            interval = Double.isNaN(interval) ? other.interval : interval;
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
            out.number(interval);
            out.counts(times);
            out.rows(sums);
            for (double[][] then : recent) {
                out.rows(then);
            }
            out.count(time);
            out.number(lastTime);
        }

        @Override
        public void read(StateReader in) throws IOException {
            moments = in.moments(moments.dimension(), in.paths());
            interval = in.number();
            times = in.counts("times", in.blockPaths(), in.times());
            sums = in.rows("sums", moments.dimension(), times.length);
            recent = new double[times.length == 0 ? 0 : lags + 1][][];
            for (int k = 0; k < recent.length; k++) {
                recent[k] = in.rows("values", count, times.length);
                in.require(
                        recent[k].length == count && recent[k][0].length == times.length,
                        "values must be of the block");
            }
            in.require(
                    times.length == 0 || (sums.length == moments.dimension() && sums[0].length == times.length),
                    "sums must be of the block");
            values = new double[count][times.length];
            time = in.count("times", in.times());
            lastTime = in.number();
        }

        @Override
        public TimeAsymmetry result() {
            if (moments.count() == 0) {
                throw new IllegalArgumentException("no path has more recorded times than the " + lags + " lags");
            }
            return TimeAsymmetry.of(moments, count, lags, interval);
        }
    }
}
