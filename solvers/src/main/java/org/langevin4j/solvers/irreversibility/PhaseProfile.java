package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * The density along a cycle and the spread across it: how long paths are in each of n equal parts of the range of an angle,
 * and mean and variance there of a distance u from the cycle. Near a cycle whose deviations decay as u′ = −κu + √(2β⁻¹D) W′
 * linear theory says Var u = β⁻¹D/κ. Errors are those of independent paths.
 *
 * @param angle of the state, defined up to multiples of 2π
 * @param distance u, a signed distance or any other function
 * @param bins n, parts of [−π, π)
 */
public record PhaseProfile(ScalarField angle, ScalarField distance, int bins)
        implements PathObservable<PhaseProfile.Profile> {

    /** Checks the parts. */
    public PhaseProfile {
        Objects.requireNonNull(angle, "angle");
        Objects.requireNonNull(distance, "distance");
        if (!(bins > 0)) {
            throw new IllegalArgumentException("bins must be positive, got " + bins);
        }
        Memory.require("moments of " + bins + " bins", 400.0 * bins, "fewer bins need less");
    }

    /**
     * The profile of a cycle.
     *
     * @param angle of the state, radians
     * @param distance u
     * @param bins n
     * @return the observable
     */
    public static PhaseProfile of(ScalarField angle, ScalarField distance, int bins) {
        return new PhaseProfile(angle, distance, bins);
    }

    @Override
    public Collector<Profile> collector(int dimension) {
        return new ProfileCollector(this, dimension);
    }

    @Override
    public String identity(int dimension) {
        String functions = PathObservable.fingerprint(
                (x, out) -> {
                    out[0] = angle.at(x);
                    out[1] = distance.at(x);
                },
                dimension,
                2);
        return "PhaseProfile[" + functions + ", bins=" + bins + "]";
    }

    /** Density, mean and variance in each bin. */
    public static final class Profile {

        /** For each bin the moments over paths of the time averages of (1, u, u²) in it. */
        private final List<RunningMoments> moments;

        private Profile(List<RunningMoments> moments) {
            this.moments = moments;
        }

        /**
         * The middle of a bin.
         *
         * @param bin number of the bin
         * @return angle
         */
        public double angle(int bin) {
            return 2.0 * Math.PI * (bin + 0.5) / moments.size() - Math.PI;
        }

        /**
         * The density of the angle.
         *
         * @param bin number of the bin
         * @return probability per radian
         */
        public double density(int bin) {
            return moments.get(bin).mean(0) * moments.size() / (2.0 * Math.PI);
        }

        /**
         * The standard error of the density.
         *
         * @param bin number of the bin
         * @return over independent paths
         */
        public double densityError(int bin) {
            return moments.get(bin).standardError(0) * moments.size() / (2.0 * Math.PI);
        }

        /**
         * The mean distance.
         *
         * @param bin number of the bin
         * @return ⟨u⟩ there
         */
        public double mean(int bin) {
            RunningMoments m = moments.get(bin);
            return m.mean(1) / m.mean(0);
        }

        /**
         * The standard error of the mean distance.
         *
         * @param bin number of the bin
         * @return by linear propagation
         */
        public double meanError(int bin) {
            double p = moments.get(bin).mean(0);
            return error(bin, -mean(bin) / p, 1.0 / p, 0.0);
        }

        /**
         * The variance of the distance.
         *
         * @param bin number of the bin
         * @return Var u there
         */
        public double variance(int bin) {
            RunningMoments m = moments.get(bin);
            double mean = mean(bin);
            return m.mean(2) / m.mean(0) - mean * mean;
        }

        /**
         * The standard error of the variance.
         *
         * @param bin number of the bin
         * @return by linear propagation
         */
        public double varianceError(int bin) {
            double p = moments.get(bin).mean(0);
            double mean = mean(bin);
            return error(bin, (mean * mean - variance(bin)) / p, -2.0 * mean / p, 1.0 / p);
        }

        private double error(int bin, double... gradient) {
            RunningMoments m = moments.get(bin);
            double sum = 0.0;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    sum += gradient[i] * gradient[j] * m.covariance(i, j);
                }
            }
            return Math.sqrt(Math.max(0.0, sum) / m.count());
        }

        @Override
        public String toString() {
            return "profile over " + moments.size() + " bins of phase";
        }
    }

    private static final class ProfileCollector implements Collector<Profile> {

        private final PhaseProfile observable;
        private final List<RunningMoments> moments = new ArrayList<>();

        /** {@code sums[slot][3·bin + power]}. */
        private double[][] sums = new double[0][0];

        private long[] times = new long[0];
        private final double[] state;

        ProfileCollector(PhaseProfile observable, int dimension) {
            if (!(dimension >= 1)) {
                throw new IllegalArgumentException("dimension must be at least 1, got " + dimension);
            }
            this.state = new double[dimension];
            this.observable = observable;
            for (int bin = 0; bin < observable.bins; bin++) {
                moments.add(new RunningMoments(3));
            }
        }

        @Override
        public void begin(PathBlock block) {
            sums = new double[block.size()][3 * observable.bins];
            times = new long[block.size()];
        }

        @Override
        public void record(PathBlock block) {
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                block.copyState(k, state);
                double turns = observable.angle.at(state) / (2.0 * Math.PI) + 0.5;
                double u = observable.distance.at(state);
                if (!(Math.abs(turns) <= Double.MAX_VALUE && Math.abs(u) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException("angle and distance must be finite, got "
                            + 2.0 * Math.PI * (turns - 0.5) + " and " + u + " for path " + block.path(k) + " at time "
                            + block.time());
                }
                int bin = Math.min(observable.bins - 1, (int) ((turns - Math.floor(turns)) * observable.bins));
                sums[slot][3 * bin]++;
                sums[slot][3 * bin + 1] += u;
                sums[slot][3 * bin + 2] += u * u;
                times[slot]++;
            }
        }

        @Override
        public void end() {
            double[] averages = new double[3];
            for (int slot = 0; slot < times.length; slot++) {
                for (int bin = 0; bin < observable.bins && times[slot] > 0; bin++) {
                    for (int power = 0; power < 3; power++) {
                        averages[power] = sums[slot][3 * bin + power] / times[slot];
                    }
                    moments.get(bin).add(averages);
                }
            }
            sums = new double[0][0];
            times = new long[0];
        }

        @Override
        public void merge(Collector<Profile> later) {
            List<RunningMoments> others = later.result().moments;
            for (int bin = 0; bin < moments.size(); bin++) {
                moments.get(bin).merge(others.get(bin));
            }
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
            out.counts(times);
            out.rows(sums);
        }

        @Override
        public void read(StateReader in) throws IOException {
            in.momentsInto(moments, in.paths());
            times = in.counts("times", in.blockPaths(), in.times());
            sums = in.rows("sums", times.length, 3 * observable.bins);
            in.require(
                    sums.length == times.length && (sums.length == 0 || sums[0].length == 3 * observable.bins),
                    "sums must be of the block");
        }

        @Override
        public Profile result() {
            return new Profile(List.copyOf(moments));
        }
    }
}
