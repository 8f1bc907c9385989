package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Collector;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.PathBlock;
import org.langevin4j.solvers.ensemble.PathEnd;
import org.langevin4j.solvers.ensemble.PathObservable;
import org.langevin4j.solvers.ensemble.StateReader;
import org.langevin4j.solvers.ensemble.StateWriter;
import org.langevin4j.solvers.sde.EulerMaruyama;

class DomainTest {

    /** A fixed drift; evaluated on blocks for speed. */
    private static VectorField constant(double... values) {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                System.arraycopy(values, 0, out, 0, out.length);
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int i = 0; i < out.length; i++) {
                    Arrays.fill(out[i], 0, paths, values[i]);
                }
            }
        };
    }

    /** dx = v dt + dW: D = ½, β = 1. */
    private static Sde brownian(double... drift) {
        return Sde.ito(constant(drift), Diffusion.isotropic(drift.length, 0.5), Temperature.of(1.0));
    }

    private static Ensemble ensemble(Sde sde, double h, double until, int paths) {
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .until(until)
                .paths(paths)
                .seed(20);
    }

    /** Weighted least squares of log|error| on log h. */
    private record Slope(double value, double standardError) {

        static Slope of(double[] h, double[] error, double[] standardError) {
            double w = 0;
            double wx = 0;
            double wy = 0;
            double wxx = 0;
            double wxy = 0;
            for (int k = 0; k < h.length; k++) {
                double x = Math.log(h[k]);
                double y = Math.log(Math.abs(error[k]));
                double weight = Math.pow(error[k] / standardError[k], 2);
                w += weight;
                wx += weight * x;
                wy += weight * y;
                wxx += weight * x * x;
                wxy += weight * x * y;
            }
            double determinant = w * wxx - wx * wx;
            return new Slope((w * wxy - wx * wy) / determinant, Math.sqrt(w / determinant));
        }

        void isOrder(double order) {
            assertThat(4 * standardError).isLessThan(0.2);
            assertThat(value).isCloseTo(order, within(0.2));
        }
    }

    /** Reference entry bm_interval: from 0 out of (−1, 1), E T = 1, var T = 2/3, P(T > 1) = 0.3707774297995239. */
    @Test
    void meanExitTimeConvergesAtOrderOneWithTheBridgeAndHalfWithout() {
        double[] steps = {0.2, 0.1, 0.05, 0.025};
        int paths = 300_000;
        double[] bridged = new double[steps.length];
        double[] naive = new double[steps.length];
        double[] error = new double[steps.length];
        double[] naiveError = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            double h = steps[k];
            // T > 1 if the path is stopped after the step that ends at 1.
            FirstPassage passage = FirstPassage.outOfDomain(Axis.of(0.0, 1.0 + 0.5 * h, 20.0));
            FirstPassage.Times times = ensemble(brownian(0.0), h, 20.0, paths)
                    .within(Box.of(Interval.absorbing(-1, 1)))
                    .observe(passage)
                    .run()
                    .get(passage);
            assertThat(times.passed()).isEqualTo(paths);
            assertThat(times.censored()).isZero();
            bridged[k] = times.moments().mean(0) - 1.0;
            error[k] = times.moments().standardError(0);
            double survival = 0.3707774297995239;
            assertThat(times.survival(1)).isCloseTo(survival, within(4 * Math.sqrt(survival * (1 - survival) / paths)));
            if (h == 0.025) {
                // E Tⁿ = |E₂ₙ| 2ⁿ n!/(2n)! with Euler's numbers 1, 5, 61, 1385: the fourth central moment is 3.924.
                // Times at the
                // ends of steps add h²/12 to the variance.
                double varianceError = Math.sqrt((3.924 - 4.0 / 9) / paths);
                assertThat(times.moments().variance(0)).isCloseTo(2.0 / 3 + h * h / 12, within(4 * varianceError));
            }
            RunningMoments looked = ensemble(brownian(0.0), h, 40.0, paths / 8)
                    .within(Box.of(new Interval(-1, Face.ABSORBING_AT_STEPS, 1, Face.ABSORBING_AT_STEPS)))
                    .observe(passage)
                    .run()
                    .get(passage)
                    .moments();
            naive[k] = looked.mean(0) - 1.0;
            naiveError[k] = looked.standardError(0);
        }
        Slope.of(steps, bridged, error).isOrder(1.0);
        Slope.of(steps, naive, naiveError).isOrder(0.5);
    }

    /** Brownian motion in the unit disc from its centre: E T = ½; the boundary is curved, the bridge's is flat. */
    @Test
    void exitFromADiscConvergesAtOrderOne() {
        double[] steps = {0.1, 0.05, 0.025, 0.0125};
        double[] error = new double[steps.length];
        double[] standardError = new double[steps.length];
        LevelSet disc = LevelSet.absorbing(2, x -> 1.0 - x[0] * x[0] - x[1] * x[1], (x, out) -> {
            out[0] = -2 * x[0];
            out[1] = -2 * x[1];
        });
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 10, 2));
        for (int k = 0; k < steps.length; k++) {
            RunningMoments times = ensemble(brownian(0.0, 0.0), steps[k], 10.0, 100_000)
                    .within(disc)
                    .observe(passage)
                    .run()
                    .get(passage)
                    .moments();
            error[k] = times.mean(0) - 0.5;
            standardError[k] = times.standardError(0);
        }
        Slope.of(steps, error, standardError).isOrder(1.0);
    }

    /** dx = x dW from 1 out of (½, 2): log x has the drift −½, E T = 2 log 2 · tanh(½ log 2) = ⅔ log 2. */
    @Test
    void bridgeFollowsADiffusionThatDependsOnTheState() {
        Sde geometric = Sde.ito(
                constant(0.0),
                Diffusion.automaticDiagonal(
                        1, x -> new Gradient[] {x[0].square().multiply(0.5)}),
                Temperature.of(1.0));
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 10, 2));
        double[] mean = new double[2];
        double[] error = new double[2];
        for (int k = 0; k < 2; k++) {
            RunningMoments times = ensemble(geometric, k == 0 ? 0.02 : 0.01, 10.0, 60_000)
                    .seed(k)
                    .startingAt(1.0)
                    .within(Box.of(Interval.absorbing(0.5, 2.0)))
                    .observe(passage)
                    .run()
                    .get(passage)
                    .moments();
            mean[k] = times.mean(0);
            error[k] = times.standardError(0);
        }
        // Richardson's extrapolation takes the first order away.
        double extrapolated = 2 * mean[1] - mean[0];
        assertThat(extrapolated)
                .isCloseTo(2.0 / 3 * Math.log(2), within(4 * Math.sqrt(4 * error[1] * error[1] + error[0] * error[0])));
    }

    @Test
    void aHalfSpaceAndAHalfLineStopTheSamePaths() {
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0, 1, 2));
        Ensemble ensemble =
                ensemble(brownian(-0.3), 0.05, 1.0, 5_000).startingAt(0.5).observe(passage, Moments.of(1));
        EnsembleResult line = ensemble.within(
                        Box.of(new Interval(0, Face.ABSORBING, Double.POSITIVE_INFINITY, Face.REFLECTING)))
                .run();
        EnsembleResult space =
                ensemble.within(HalfSpace.absorbing(new double[] {1}, 0)).run();
        assertThat(space.get(passage).moments().mean(0))
                .isEqualTo(line.get(passage).moments().mean(0));
        assertThat(space.get(passage).passed())
                .isEqualTo(line.get(passage).passed())
                .isEqualTo(space.pathEnds().count(PathEnd.Cause.ABSORBED));
        // The moments at the end are those of the survivors.
        assertThat(space.get(Moments.of(1)).count())
                .isEqualTo(space.get(passage).censored())
                .isEqualTo(5_000 - space.get(passage).passed());
        // P(T > 1) of Brownian motion with drift −µ from a: Φ(a − µ) − e^(2µa) Φ(−a − µ), a = ½, µ = 0.3.
        double survival = 0.5792597094391030 - Math.exp(0.3) * 0.2118553985833967;
        assertThat(space.get(passage).survival(2))
                .isCloseTo(survival, within(4 * Math.sqrt(survival * (1 - survival) / 5_000)));
    }

    /** Images: the mean of reflected Brownian motion on (0, 1) from x₀; the scheme is exact in law for any step. */
    @Test
    void reflectedBrownianMotionHasTheMeanOfTheMethodOfImages() {
        int paths = 200_000;
        double x0 = 0.2;
        double time = 0.3;
        double expected = 0.5;
        for (int n = 1; n < 20; n += 2) {
            double k = n * Math.PI;
            expected -= 4 / (k * k) * Math.cos(k * x0) * Math.exp(-0.5 * k * k * time);
        }
        RunningMoments moments = ensemble(brownian(0.0), 0.1, time, paths)
                .startingAt(x0)
                .within(Box.of(Interval.reflecting(0, 1)))
                .observe(Moments.of(1))
                .run()
                .get(Moments.of(1));
        assertThat(moments.mean(0)).isCloseTo(expected, within(4 * moments.standardError(0)));
        assertThat(Math.abs(moments.mean(0) - x0)).isGreaterThan(8 * moments.standardError(0));
    }

    /** dx = −dt + dW on x ≥ 0 has the stationary law 2e^(−2x) with mean ½. */
    @Test
    void normalReflectionHasWeakOrderOne() {
        double[] steps = {0.4, 0.2, 0.1};
        double[] error = new double[steps.length];
        double[] standardError = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            RunningMoments moments = ensemble(brownian(-1.0), steps[k], 16.0, 60_000)
                    .startingAt(0.5)
                    .within(HalfSpace.reflecting(new double[] {2}, 0))
                    .observe(Moments.of(1))
                    .run()
                    .get(Moments.of(1));
            error[k] = moments.mean(0) - 0.5;
            standardError[k] = moments.standardError(0);
        }
        Slope.of(steps, error, standardError).isOrder(1.0);
    }

    /**
     * Planar Brownian motion from 0 pushed along γ = (1, c) at x₁ = 0: x₂ = W₂ + cL with the local time L, which has the law
     * of |W₁|. So E x₂ = c√(2T/π) and E x₂² = T + c²T.
     */
    @Test
    void obliqueReflectionPushesAlongItsDirection() {
        double c = 1.5;
        VectorField functions = (x, out) -> {
            out[0] = x[1];
            out[1] = x[1] * x[1];
        };
        FunctionMoments observed = FunctionMoments.of(functions, 2);
        double[] steps = {0.2, 0.1, 0.05};
        double[] error = new double[steps.length];
        double[] standardError = new double[steps.length];
        for (int k = 0; k < steps.length; k++) {
            RunningMoments moments = ensemble(brownian(0.0, 0.0), steps[k], 1.0, 400_000)
                    .within(HalfSpace.reflecting(new double[] {1, 0}, 0, new double[] {2, 2 * c}))
                    .observe(observed)
                    .run()
                    .get(observed);
            assertThat(moments.mean(0)).isCloseTo(c * Math.sqrt(2 / Math.PI), within(4 * moments.standardError(0)));
            error[k] = moments.mean(1) - (1 + c * c);
            standardError[k] = moments.standardError(1);
        }
        Slope.of(steps, error, standardError).isOrder(1.0);
    }

    /** On the circle of length 1: E cos 2πx = e^(−2π²t) cos 2π(x₀ + vt), exact for any step. */
    @Test
    void periodicBoxWrapsAndKeepsTheLaw() {
        VectorField functions = (x, out) -> {
            out[0] = Math.cos(2 * Math.PI * x[0]);
            out[1] = x[0] >= 0 && x[0] < 1 ? 1.0 : 0.0;
        };
        FunctionMoments observed = FunctionMoments.of(functions, 2);
        RunningMoments moments = ensemble(brownian(20.0), 0.01, 0.05, 100_000)
                .startingAt(0.1)
                .within(Box.cube(1, Interval.periodic(0, 1)))
                .observe(observed)
                .run()
                .get(observed);
        double expected = Math.exp(-2 * Math.PI * Math.PI * 0.05) * Math.cos(2 * Math.PI * 1.1);
        assertThat(moments.mean(0)).isCloseTo(expected, within(4 * moments.standardError(0)));
        assertThat(moments.mean(1)).isEqualTo(1.0);
    }

    /** A step of −7.6 from 0.5 in [0, 2]: −7.1 ≡ 0.9 (mod 4), and so on. */
    @Test
    void aStepOverManyWidthsIsMirroredAsOftenAsItTakes() {
        for (double[] pair : new double[][] {{-7.6, 0.9}, {2.0, 1.5}, {3.6, 0.1}, {-0.75, 0.25}}) {
            Sde still = Sde.ito(constant(pair[0]), Diffusion.isotropic(1, 0.0), Temperature.of(1.0));
            double x = ensemble(still, 1.0, 1.0, 1)
                    .startingAt(0.5)
                    .within(Box.of(Interval.reflecting(0, 2)))
                    .observe(Moments.of(1))
                    .run()
                    .get(Moments.of(1))
                    .mean(0);
            assertThat(x).isCloseTo(pair[1], within(1e-14));
        }
    }

    /** How many paths leave through face 1. */
    private record ThroughUpperFace() implements PathObservable<Long> {

        @Override
        public Collector<Long> collector(int dimension) {
            return new Collector<>() {
                private long count;

                @Override
                public void record(PathBlock block) {}

                @Override
                public void stopped(int slot, PathEnd end) {
                    assertThat(end.cause()).isEqualTo(PathEnd.Cause.ABSORBED);
                    assertThat(end.state()[0]).isEqualTo(end.which() == 1 ? 1.0 : -1.0);
                    count += end.which();
                }

                @Override
                public void merge(Collector<Long> later) {
                    count += later.result();
                }

                @Override
                public Long result() {
                    return count;
                }

                @Override
                public void write(StateWriter out) throws IOException {
                    out.count(count);
                }

                @Override
                public void read(StateReader in) throws IOException {
                    count = in.count("paths", in.paths());
                }
            };
        }
    }

    /** Brownian motion with drift µ from 0 leaves (−1, 1) through 1 with the probability 1/(1 + e^(−2µ)). */
    @Test
    void facesAreToldApart() {
        int paths = 5_000;
        EnsembleResult run = ensemble(brownian(0.5, 0.0), 0.05, 20.0, paths)
                .within(Box.of(Interval.absorbing(-1, 1), Interval.unbounded()))
                .observe(new ThroughUpperFace())
                .run();
        assertThat(run.pathEnds().count(PathEnd.Cause.ABSORBED)).isEqualTo(paths);
        double expected = 1 / (1 + Math.exp(-1));
        assertThat((double) run.get(new ThroughUpperFace()) / paths)
                .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / paths)));
    }

    @Test
    void badDomainsAreRefused() {
        assertThatThrownBy(() -> Interval.reflecting(1, 1))
                .hasMessage("interval must run from a smaller to a larger end, got [1.0, 1.0]");
        assertThatThrownBy(() -> Interval.absorbing(Double.NaN, 1)).hasMessageContaining("got [NaN, 1.0]");
        assertThatThrownBy(() -> new Interval(0, Face.PERIODIC, 1, Face.ABSORBING))
                .hasMessage("interval must be periodic at both ends or at none, got PERIODIC and ABSORBING");
        assertThatThrownBy(() -> Interval.periodic(0, Double.POSITIVE_INFINITY))
                .hasMessage("a periodic interval must be finite, got [0.0, Infinity]");
        assertThatThrownBy(Box::of).hasMessage("intervals must number at least 1, got 0");
        assertThatThrownBy(() -> HalfSpace.reflecting(new double[] {0, 0}, 1))
                .hasMessage("normal must be finite and not zero, got [0.0, 0.0]");
        assertThatThrownBy(() -> HalfSpace.reflecting(new double[] {1, 0}, 1, new double[] {-1, 1}))
                .hasMessage("direction must have a positive product with the normal [1.0, 0.0], got [-1.0, 1.0]");
        assertThatThrownBy(() -> HalfSpace.absorbing(new double[] {1}, Double.NaN))
                .hasMessage("offset must be finite, got NaN");
        assertThatThrownBy(() -> Ensemble.of(brownian(0.0, 0.0)).within(Box.of(Interval.reflecting(0, 1))))
                .hasMessage("domain must have the dimension of the state, 2, got 1");
        assertThatThrownBy(() -> ensemble(brownian(0.0), 0.1, 1.0, 10)
                        .startingAt(2.0)
                        .within(Box.of(Interval.reflecting(0, 1)))
                        .run())
                .hasMessage("start must be in the domain, got [2.0] for path 0");
    }
}
