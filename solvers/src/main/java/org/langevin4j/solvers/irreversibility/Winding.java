package org.langevin4j.solvers.irreversibility;

import java.io.IOException;
import java.util.Objects;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;

/**
 * How an angle advances along paths, followed through all its turns: the change θ(t) of each path, its mean rate and its
 * phase diffusion coefficient D_θ = Var θ(t)/(2t). Each increment is taken the shorter way round; one of more than a quarter
 * of a turn might have gone the other way and is counted as ambiguous. Paths that stop are left out.
 *
 * <p><b>Winding about a point of the plane.</b> Where the stationary density ρ at the point is positive, the diffusion of the
 * angle has no limit as the steps h get small: with noise √(2β⁻¹), dθ has the variance 2β⁻¹⟨1/r²⟩dt, and ⟨1/r²⟩ diverges at
 * r → 0. Recorded at the interval h the coefficient grows by
 *
 * <pre>dD_θ/d log(1/h) = πβ⁻¹ρ(0)</pre>
 *
 * and has no limit: single paths pass close by the point and turn quickly there (Spitzer 1958 for Brownian motion). Without
 * a smallest interval even θ(t)/t would not settle at its mean, but keep the law of Cauchy of half width 2πβ⁻¹ρ(0) about it
 * (Geiger and Kersting 1994, Potential Anal. 3, 189, for stationary diffusions); records that end at distances √h from the
 * point do not reach its tails. The winding of a noisy limit cycle is therefore meaningful as far as πβ⁻¹ρ(0) is small
 * against D_θ; otherwise the eigenvalues of {@link org.langevin4j.solvers.fokkerplanck.RelaxationModes} or the spectral line are to
 * be asked.
 *
 * @param angle of the state, defined up to multiples of 2π
 */
public record Winding(ScalarField angle) implements PathObservable<Winding.Summary> {

    /** Checks the angle. */
    public Winding {
        Objects.requireNonNull(angle, "angle");
    }

    /**
     * The winding of an angle.
     *
     * @param angle of the state, radians; on a ring the coordinate itself
     * @return the observable
     */
    public static Winding of(ScalarField angle) {
        return new Winding(angle);
    }

    /**
     * The winding about a point of the plane.
     *
     * @param c1 first coordinate
     * @param c2 second coordinate
     * @return the observable
     */
    public static Winding about(double c1, double c2) {
        return of(PhaseAngle.about(c1, c2));
    }

    @Override
    public Collector<Summary> collector(int dimension) {
        return new WindingCollector(angle, dimension);
    }

    @Override
    public String identity(int dimension) {
        return "Winding[" + PathObservable.fingerprint((x, out) -> out[0] = angle.at(x), dimension, 1) + "]";
    }

    /**
     * What is known of the angle.
     *
     * @param paths moments over paths of (θ(t)/t, its square)
     * @param duration t
     * @param increments number of increments of all paths
     * @param ambiguous how many of them were larger than π/2
     */
    public record Summary(RunningMoments paths, double duration, long increments, long ambiguous) {

        /**
         * The mean rate.
         *
         * @return ⟨θ(t)⟩/t, radians per unit of time
         */
        public double rate() {
            return paths.mean(0);
        }

        /**
         * The standard error of the mean rate.
         *
         * @return over independent paths
         */
        public double rateError() {
            return paths.standardError(0);
        }

        /**
         * The phase diffusion coefficient.
         *
         * @return D_θ = Var θ(t)/(2t), square radians per unit of time; with an error of order 1/t where the angle has a
         *     memory
         */
        public double diffusion() {
            return 0.5 * duration * paths.variance(0);
        }

        /**
         * The standard error of the phase diffusion coefficient.
         *
         * @return by linear propagation, from the fourth moments
         */
        public double diffusionError() {
            double a = -2.0 * paths.mean(0);
            double variance = a * a * paths.variance(0) + 2.0 * a * paths.covariance(0, 1) + paths.variance(1);
            return 0.5 * duration * Math.sqrt(Math.max(0.0, variance) / paths.count());
        }
    }

    private static final class WindingCollector implements Collector<Summary> {

        private final ScalarField angle;
        private RunningMoments moments = new RunningMoments(2);
        private double duration;
        private long increments;
        private long ambiguous;
        private final double[] state;
        private double[] last = new double[0];
        private double[] sums = new double[0];
        private long[] times = new long[0];
        private long time;
        private double since;
        private double until;

        WindingCollector(ScalarField angle, int dimension) {
            this.state = new double[dimension];
            this.angle = angle;
        }

        @Override
        public void begin(PathBlock block) {
            last = new double[block.size()];
            sums = new double[block.size()];
            times = new long[block.size()];
            time = 0;
        }

        @Override
        public void record(PathBlock block) {
            since = time == 0 ? block.time() : since;
            until = block.time();
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                block.copyState(k, state);
                double now = angle.at(state);
                if (time > 0) {
                    double change = PhaseAngle.change(last[slot], now);
                    sums[slot] += change;
                    increments++;
                    ambiguous += Math.abs(change) > 0.5 * Math.PI ? 1 : 0;
                }
                last[slot] = now;
                times[slot]++;
            }
            time++;
        }

        @Override
        public void end() {
            double t = until - since;
            for (int slot = 0; slot < times.length; slot++) {
                if (times[slot] == time && t > 0.0) {
                    double rate = sums[slot] / t;
                    if (!(Math.abs(rate) <= Double.MAX_VALUE)) {
                        throw new IllegalArgumentException("angle must be finite, got a rate of " + rate);
                    }
                    moments.add(rate, rate * rate);
                    duration = t;
                }
            }
            last = new double[0];
            sums = new double[0];
            times = new long[0];
        }

        @Override
        public void merge(Collector<Summary> later) {
            Summary other = later.result();
            moments.merge(other.paths());
            duration = Math.max(duration, other.duration());
            increments += other.increments();
            ambiguous += other.ambiguous();
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(moments);
            out.number(duration);
            out.count(increments);
            out.count(ambiguous);
            out.counts(times);
            out.rows(new double[][] {last, sums});
            out.count(time);
            out.number(since);
            out.number(until);
        }

        @Override
        public void read(StateReader in) throws IOException {
            moments = in.moments(2, in.paths());
            duration = in.number();
            increments = in.count("increments", in.records());
            ambiguous = in.count("ambiguous increments", increments);
            times = in.counts("times", in.blockPaths(), in.times());
            double[][] rows = in.rows("angles", 2, in.blockPaths());
            in.require(rows.length == 2 && rows[0].length == times.length, "angles must be of the block");
            last = rows[0];
            sums = rows[1];
            time = in.count("times", in.times());
            since = in.number();
            until = in.number();
        }

        @Override
        public Summary result() {
            return new Summary(moments, duration, increments, ambiguous);
        }
    }
}
