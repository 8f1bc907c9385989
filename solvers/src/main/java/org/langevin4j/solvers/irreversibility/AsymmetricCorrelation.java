package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.core.statistics.TimeAsymmetry;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.RecentValues;
import org.langevin4j.solvers.ensemble.SamplingInterval;
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

        private final int count;
        private final int lags;
        private final RecentValues recent;
        private final SamplingInterval interval = SamplingInterval.unknown();
        private RunningMoments moments;
        private double[][] sums = new double[0][0];

        AsymmetryCollector(VectorField functions, int count, int lags) {
            this.count = count;
            this.lags = lags;
            this.recent = RecentValues.of(functions, count, lags);
            this.moments = new RunningMoments(TimeAsymmetry.pairs(count) * lags);
        }

        @Override
        public void begin(PathBlock block) {
            recent.begin(block.size());
            interval.begin();
            sums = new double[moments.dimension()][block.size()];
        }

        @Override
        public void record(PathBlock block) {
            recent.record(block);
            interval.record(block.time());
            for (int lag = 1; lag <= recent.reach(); lag++) {
                int pair = 0;
                for (int i = 0; i < count; i++) {
                    for (int j = i + 1; j < count; j++) {
                        add(
                                block,
                                recent.ago(lag, i),
                                recent.ago(lag, j),
                                recent.ago(0, i),
                                recent.ago(0, j),
                                sums[pair * lags + lag - 1]);
                        pair++;
                    }
                }
            }
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
            for (int slot = 0; slot < recent.size(); slot++) {
                long times = recent.times(slot);
                if (times > lags) {
                    for (int k = 0; k < row.length; k++) {
                        row[k] = sums[k][slot] / (times - (k % lags + 1));
                    }
                    moments.add(row);
                }
            }
            recent.end();
            sums = new double[0][0];
        }

        @Override
        public void merge(Collector<TimeAsymmetry> later) {
            AsymmetryCollector other = (AsymmetryCollector) later;
            moments.merge(other.moments);
            interval.merge(other.interval);
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
            interval.write(out);
            recent.write(out);
            out.rows(sums);
        }

        @Override
        public void read(StateReader in) throws IOException {
            moments = in.moments(moments.dimension(), in.paths());
            interval.read(in);
            recent.read(in);
            int size = recent.size();
            sums = in.rows("sums", moments.dimension(), size);
            in.require(
                    size == 0 || (sums.length == moments.dimension() && sums[0].length == size),
                    "sums must be of the block");
        }

        @Override
        public TimeAsymmetry result() {
            if (moments.count() == 0) {
                throw new IllegalArgumentException("no path has more recorded times than the " + lags + " lags");
            }
            return TimeAsymmetry.of(moments, count, lags, interval.value());
        }
    }
}
