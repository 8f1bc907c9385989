package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * The times that single turns take. The angle is followed through all its turns, and a turn ends where it first exceeds the
 * next multiple of 2π: what noise carries back and forth across the end of a turn counts once. Times of crossing are
 * interpolated between recorded ones.
 *
 * <p>A phase that advances as dθ = ω dt + √(2D_θ) dW has independent periods with the law of Wald (inverse Gaussian), of mean
 * 2π/ω and variance 4πD_θ/ω³. In general D_θ = 2π² σ²(1 + 2Σρₖ)/⟨T⟩³, with the correlations ρₖ of a period and the k-th after
 * it. What is said at {@link Winding} of points where the density is positive holds here too.
 *
 * @param angle of the state, defined up to multiples of 2π
 * @param forward whether turns count in the direction of growing angles, or of falling ones
 * @param axis cells of the histogram of periods
 */
public record Periods(ScalarField angle, boolean forward, Axis axis) implements PathObservable<Periods.Summary> {

    /** Checks the parts. */
    public Periods {
        Objects.requireNonNull(angle, "angle");
        Objects.requireNonNull(axis, "axis");
    }

    /**
     * The periods of an angle that grows in the mean.
     *
     * @param angle of the state, radians
     * @param axis cells of the histogram, units of time
     * @return the observable
     */
    public static Periods of(ScalarField angle, Axis axis) {
        return new Periods(angle, true, axis);
    }

    @Override
    public Collector<Summary> collector(int dimension) {
        return new PeriodCollector(this, dimension);
    }

    @Override
    public String identity(int dimension) {
        return "Periods[" + PathObservable.fingerprint((x, out) -> out[0] = angle.at(x), dimension, 1) + ", forward="
                + forward + ", " + axis.min() + " to " + axis.max() + " in " + axis.cells() + "]";
    }

    /** What is known of the periods. */
    public static final class Summary {

        private final RunningMoments successive;
        private final RunningMoments paths;
        private final long[] counts;
        private final Axis axis;

        private Summary(RunningMoments successive, RunningMoments paths, long[] counts, Axis axis) {
            this.successive = successive;
            this.paths = paths;
            this.counts = counts;
            this.axis = axis;
        }

        /**
         * The number of periods.
         *
         * @return those that have one after them on their path
         */
        public long count() {
            return successive.count();
        }

        /**
         * The mean period.
         *
         * @return ⟨T⟩
         */
        public double mean() {
            return successive.mean(0);
        }

        /**
         * The standard error of the mean period.
         *
         * @return over N independent paths: √(Σ(Sₚ − nₚ⟨T⟩)² N/(N − 1))/Σnₚ for paths with nₚ periods of sum Sₚ; NaN for a
         *     single path
         */
        public double meanError() {
            if (paths.count() < 2) {
                return Double.NaN;
            }
            // (S − nT)² has the mean square S² − 2T·Sn + T²n² over paths.
            double t = mean();
            double square =
                    paths.secondMoment(1, 1) - 2.0 * t * paths.secondMoment(0, 1) + t * t * paths.secondMoment(0, 0);
            return Math.sqrt(Math.max(0.0, square) / (paths.count() - 1)) / paths.mean(0);
        }

        /**
         * The spread of the periods.
         *
         * @return standard deviation σ
         */
        public double deviation() {
            return Math.sqrt(successive.variance(0));
        }

        /**
         * The correlation of a period with the next.
         *
         * @return ρ₁
         */
        public double correlation() {
            return successive.covariance(0, 1) / Math.sqrt(successive.variance(0) * successive.variance(1));
        }

        /**
         * The phase diffusion coefficient of independent periods.
         *
         * @return 2π²σ²/⟨T⟩³
         */
        public double renewalDiffusion() {
            return 2.0 * Math.PI * Math.PI * successive.variance(0) / Math.pow(mean(), 3);
        }

        /**
         * The density of periods in a cell of the histogram.
         *
         * @param cell number of the cell
         * @return fraction per unit of time
         */
        public double density(int cell) {
            return counts[cell] / (successive.count() * axis.width(cell));
        }

        /**
         * The number of periods in a cell of the histogram.
         *
         * @param cell number of the cell
         * @return count
         */
        public long count(int cell) {
            return counts[cell];
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%d periods, mean %.5g ± %.2g, standard deviation %.4g, correlation %.3g",
                    count(),
                    mean(),
                    paths.count() < 2 ? successive.standardError(0) : meanError(),
                    deviation(),
                    correlation());
        }
    }

    private static final class PeriodCollector implements Collector<Summary> {

        private final Periods observable;
        private final double sign;

        /** (T, next T) over periods with a successor. */
        private RunningMoments successive = new RunningMoments(2);

        /** (n, ΣT) over paths. */
        private RunningMoments perPath = new RunningMoments(2);

        private final long[] counts;
        private final double[] state;
        private double[] last = new double[0];
        private double[] unwrapped = new double[0];
        private double[] level = new double[0];
        private double[] crossed = new double[0];
        private double[] previous = new double[0];
        private double[][] sums = new double[0][0];
        private boolean[] seen = new boolean[0];
        private double lastTime;

        PeriodCollector(Periods observable, int dimension) {
            if (!(dimension >= 1)) {
                throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
            }
            this.state = new double[dimension];
            this.observable = observable;
            this.sign = observable.forward ? 1.0 : -1.0;
            this.counts = new long[observable.axis.cells()];
        }

        @Override
        public void begin(PathBlock block) {
            clear(block.size());
        }

        private void clear(int size) {
            last = new double[size];
            unwrapped = new double[size];
            level = new double[size];
            crossed = new double[size];
            previous = new double[size];
            sums = new double[2][size];
            seen = new boolean[size];
            Arrays.fill(crossed, Double.NaN);
            Arrays.fill(previous, Double.NaN);
        }

        @Override
        public void record(PathBlock block) {
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                block.copyState(k, state);
                double now = sign * observable.angle.at(state);
                if (!(Math.abs(now) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("angle must be finite, got " + now + " for path " + block.path(k)
                            + " at time " + block.time());
                }
                if (seen[slot]) {
                    double change = PhaseAngle.change(last[slot], now);
                    double before = unwrapped[slot];
                    unwrapped[slot] += change;
                    if (unwrapped[slot] >= level[slot]) {
                        double fraction = (level[slot] - before) / change;
                        cross(slot, lastTime + fraction * (block.time() - lastTime));
                        level[slot] += 2.0 * Math.PI;
                    }
                } else {
                    seen[slot] = true;
                    unwrapped[slot] = now;
                    level[slot] = 2.0 * Math.PI * (Math.floor(now / (2.0 * Math.PI)) + 1.0);
                }
                last[slot] = now;
            }
            lastTime = block.time();
        }

        private void cross(int slot, double time) {
            double period = time - crossed[slot];
            if (!Double.isNaN(previous[slot])) {
                successive.add(previous[slot], period);
                sums[0][slot]++;
                sums[1][slot] += previous[slot];
                int cell = observable.axis.cellOf(previous[slot]);
                if (cell >= 0) {
                    counts[cell]++;
                }
            }
            previous[slot] = period;
            crossed[slot] = time;
        }

        @Override
        public void end() {
            for (int slot = 0; slot < seen.length; slot++) {
                if (sums[0][slot] > 0.0) {
                    perPath.add(sums[0][slot], sums[1][slot]);
                }
            }
            clear(0);
        }

        @Override
        public void merge(Collector<Summary> later) {
            Summary other = later.result();
            successive.merge(other.successive);
            perPath.merge(other.paths);
            for (int cell = 0; cell < counts.length; cell++) {
                counts[cell] += other.counts[cell];
            }
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(successive, perPath);
            out.counts(counts);
            out.flags(seen);
            out.rows(new double[][] {last, unwrapped, level, crossed, previous});
            out.rows(sums);
            out.number(lastTime);
        }

        @Override
        public void read(StateReader in) throws IOException {
            successive = in.moments(2, in.records());
            perPath = in.moments(2, in.paths());
            in.countsInto("periods", counts, in.records());
            seen = in.flags("paths", in.blockPaths());
            double[][] rows = in.rows("phases", 5, in.blockPaths());
            sums = in.rows("sums", 2, in.blockPaths());
            in.require(rows.length == 5 && rows[0].length == seen.length, "phases must be of the block");
            in.require((sums.length == 0 ? 0 : sums[0].length) == seen.length, "sums must be of the block");
            last = rows[0];
            unwrapped = rows[1];
            level = rows[2];
            crossed = rows[3];
            previous = rows[4];
            lastTime = in.number();
        }

        @Override
        public Summary result() {
            return new Summary(successive, perPath, counts.clone(), observable.axis);
        }
    }
}
