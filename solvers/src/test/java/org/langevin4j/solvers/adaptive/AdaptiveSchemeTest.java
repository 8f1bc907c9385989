package org.langevin4j.solvers.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.convergence.ConvergenceStudy;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.ensemble.NonFinite;
import org.langevin4j.solvers.ensemble.NonFinitePathException;
import org.langevin4j.solvers.ensemble.PathEnd;
import org.langevin4j.solvers.ensemble.TimeSeries;
import org.langevin4j.solvers.ensemble.When;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Sra3;
import org.langevin4j.solvers.sde.Sri1w1;
import org.langevin4j.solvers.sde.Stepper;

/** Adaptive steps in ensembles, embedded estimates, driven equations. */
class AdaptiveSchemeTest {

    private static final Temperature UNIT = Temperature.of(0.5);

    /** dx = a x dt + s x dW. */
    private static Sde geometric(double a, double s) {
        return Sde.ito(
                (x, out) -> out[0] = a * x[0],
                Diffusion.automaticFactor(1, 1, x -> new Gradient[][] {{x[0].multiply(s)}}),
                UNIT);
    }

    /** Two coordinates and noises, β⁻¹ = 0.7, a drift that is stiff away from the origin. */
    private static Sde planar() {
        return Sde.ito(
                (x, out) -> {
                    out[0] = -5.0 * x[0] * x[0] * x[0] + x[1];
                    out[1] = -x[1] - 0.5 * x[0];
                },
                Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {{0.6, 0.3}, {0.0, 0.8}})),
                Temperature.of(0.7));
    }

    /** The scheme embedded in another: the new state less the estimate. */
    private record Embedded(Scheme scheme) implements Scheme {

        @Override
        public double stepSize() {
            return scheme.stepSize();
        }

        @Override
        public double strongOrder() {
            return 1.0;
        }

        @Override
        public double weakOrder() {
            return 1.0;
        }

        @Override
        public Stepper stepper(Sde sde) {
            Stepper whole = scheme.stepper(sde);
            return new Stepper() {
                @Override
                public int noises() {
                    return whole.noises();
                }

                @Override
                public DrivingNoise.Detail detail() {
                    return whole.detail();
                }

                @Override
                public void step(double t, double[][] x, int paths, double[][] xi) {
                    throw new UnsupportedOperationException("along paths only");
                }

                @Override
                public void stepAlong(double t, double[][] x, int paths, DrivingNoise noise) {
                    double[][] error = new double[x.length][paths];
                    whole.stepEstimating(t, x, paths, noise, error);
                    for (int i = 0; i < x.length; i++) {
                        for (int p = 0; p < paths; p++) {
                            x[i][p] -= error[i][p];
                        }
                    }
                }
            };
        }
    }

    /** Embedded in SRA1 and SRA3 is Euler–Maruyama, to rounding; in SRI1W1 a scheme of strong order 1. */
    @Test
    void embeddedSchemes() {
        double[][] xi = {{0.4, -1.1}, {0.9, 0.3}};
        double[][] zeta = {{1.2, 0.5}, {-0.6, 0.8}};
        DrivingNoise noise = new DrivingNoise() {
            @Override
            public double[][] increments() {
                return xi;
            }

            @Override
            public double[][] timeAreas() {
                return zeta;
            }

            @Override
            public double[][] levyAreas() {
                throw new UnsupportedOperationException();
            }
        };
        for (Scheme scheme : List.of(Sra1.withStep(0.1), Sra3.withStep(0.1))) {
            double[][] x = {{0.5, -0.2}, {0.1, 0.7}};
            double[][] y = {{0.5, -0.2}, {0.1, 0.7}};
            double[][] z = {{0.5, -0.2}, {0.1, 0.7}};
            new Embedded(scheme).stepper(planar()).stepAlong(0.0, x, 2, noise);
            EulerMaruyama.withStep(0.1).stepper(planar()).step(0.0, y, 2, xi);
            scheme.stepper(planar()).stepEstimating(0.0, z, 2, noise, new double[2][2]);
            double[][] same = {{0.5, -0.2}, {0.1, 0.7}};
            scheme.stepper(planar()).stepAlong(0.0, same, 2, noise);
            assertThat(z).isDeepEqualTo(same);
            for (int i = 0; i < 2; i++) {
                for (int p = 0; p < 2; p++) {
                    assertThat(x[i][p]).isCloseTo(y[i][p], within(1e-14));
                }
            }
        }
        double order = ConvergenceStudy.of(geometric(0.5, 0.8))
                .startingAt(1.0)
                .levels(5, 9)
                .paths(300)
                .seed(1)
                .strong(h -> new Embedded(Sri1w1.withStep(h)), (path, start, out) -> {
                    path.at(0, 1, out);
                    out[0] = Math.exp(0.5 - 0.32 + 0.8 * out[0]);
                })
                .order();
        assertThat(order).isCloseTo(1.0, within(0.2));
        Stepper milstein = Milstein.withStep(0.1).stepper(geometric(0.5, 0.8));
        assertThat(milstein.estimates()).isFalse();
        assertThatThrownBy(() -> milstein.stepEstimating(0.0, new double[1][1], 1, noise, new double[1][1]))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static EnsembleResult run(Sde sde, Scheme scheme, int threads, int paths) {
        return Ensemble.of(sde)
                .scheme(scheme)
                .paths(paths)
                .until(1.0)
                .startingAt(1.5, -0.5)
                .threads(threads)
                .seed(12)
                .observe(Moments.of(2))
                .run();
    }

    /** Any number of threads, and a path in a block of one, give the same bits. */
    @Test
    void threadsAndBlocksGiveTheSameBits() {
        Scheme scheme = AdaptiveScheme.of(Sra1::withStep, 0.25).withTolerances(1e-3, 1e-3);
        RunningMoments one = run(planar(), scheme, 1, 600).get(Moments.of(2));
        for (int threads : new int[] {3}) {
            RunningMoments many = run(planar(), scheme, threads, 600).get(Moments.of(2));
            for (int i = 0; i < 2; i++) {
                assertThat(many.mean(i)).isEqualTo(one.mean(i));
                assertThat(many.covariance(0, i)).isEqualTo(one.covariance(0, i));
            }
        }
        int paths = 7;
        NormalStream normals = NormalStream.of(Seed.of(3));
        Stepper block = scheme.stepper(planar());
        double[][] x = new double[2][paths];
        double[][] xi = new double[block.noises()][paths];
        block.begin(paths);
        for (int step = 0; step < 4; step++) {
            normals.fill(0, paths, step, xi);
            block.step(0.25 * step, x, paths, xi);
        }
        for (int p = 0; p < paths; p++) {
            Stepper alone = scheme.stepper(planar());
            double[][] y = new double[2][1];
            double[][] own = new double[alone.noises()][1];
            alone.begin(1);
            for (int step = 0; step < 4; step++) {
                normals.fill(p, 1, step, own);
                alone.step(0.25 * step, y, 1, own);
            }
            assertThat(y[0][0]).isEqualTo(x[0][p]);
            assertThat(y[1][0]).isEqualTo(x[1][p]);
        }
    }

    /** With a tolerance that nothing exceeds a whole step is one of the scheme; with small ones all agree on the solution. */
    @Test
    void stepsAreOfTheSamePath() {
        int paths = 30;
        double[][] coarse = ends(AdaptiveScheme.of(Sra1::withStep, 0.125).withTolerances(1e9, 0.0), paths);
        double[][] plain = ends(Sra1.withStep(0.125), paths);
        double[][] fine = ends(AdaptiveScheme.of(Sra1::withStep, 0.125).withTolerances(3e-4, 0.0), paths);
        double[][] finer = ends(AdaptiveScheme.of(Sra3::withStep, 0.125).withTolerances(1e-4, 0.0), paths);
        double far = 0.0;
        for (int p = 0; p < paths; p++) {
            assertThat(coarse[0][p]).isCloseTo(plain[0][p], within(1e-13));
            assertThat(fine[0][p]).isCloseTo(finer[0][p], within(5e-3));
            assertThat(fine[1][p]).isCloseTo(finer[1][p], within(5e-3));
            far = Math.max(far, Math.abs(plain[0][p] - finer[0][p]));
        }
        assertThat(far).isGreaterThan(0.02);
    }

    private static double[][] ends(Scheme scheme, int paths) {
        Stepper stepper = scheme.stepper(planar());
        NormalStream normals = NormalStream.of(Seed.of(5));
        double[][] x = new double[2][paths];
        Arrays.fill(x[0], 1.5);
        double[][] xi = new double[stepper.noises()][paths];
        stepper.begin(paths);
        for (int step = 0; step < 8; step++) {
            normals.fill(0, paths, step, xi);
            stepper.step(step * 0.125, x, paths, xi);
        }
        return x;
    }

    /** dx = ax dt + sx dW in an ensemble, 8,000 paths: E x = e^{at}, E x² = e^{(2a + s²)t} at two times, four standard errors. */
    @Test
    void lawAtGivenTimes() {
        double a = 0.3;
        double s = 0.9;
        TimeSeries<RunningMoments> series = TimeSeries.of(Moments.of(1));
        int paths = 8000;
        EnsembleResult result = Ensemble.of(geometric(a, s))
                .scheme(AdaptiveScheme.of(Sri1w1::withStep, 0.5).withTolerances(3e-3, 3e-3))
                .paths(paths)
                .until(1.0)
                .startingAt(1.0)
                .seed(8)
                .observe(When.every(1, 0.0), series)
                .run();
        for (int k = 0; k < 2; k++) {
            double t = 0.5 * (k + 1);
            RunningMoments moments = result.get(series).get(k).result();
            assertThat(result.get(series).get(k).time()).isEqualTo(t);
            double[] exact = {Math.exp(a * t), Math.exp((2.0 * a + s * s) * t)};
            double[] square = {exact[1], Math.exp((4.0 * a + 6.0 * s * s) * t)};
            double[] measured = {moments.mean(0), moments.secondMoment(0, 0)};
            for (int i = 0; i < 2; i++) {
                double error = Math.sqrt((square[i] - exact[i] * exact[i]) / paths);
                assertThat(measured[i]).isCloseTo(exact[i], within(4.0 * error + 0.005 * exact[i]));
            }
        }
    }

    /** x = sinh(c(t) + a(t)W) with coefficients that depend on time, path by path, from t = 2 to 3. */
    @Test
    void drivenEquations() {
        Sde sde = Sde.ito(
                VectorField.driven(t -> {
                    double c = 0.5 * Math.cos(4.0 * t);
                    double slopeC = -2.0 * Math.sin(4.0 * t);
                    double a = 0.7 + 0.3 * Math.sin(3.0 * t);
                    double slopeA = 0.9 * Math.cos(3.0 * t);
                    return (x, out) -> {
                        double root = Math.sqrt(1.0 + x[0] * x[0]);
                        double w = (Math.log(x[0] + root) - c) / a;
                        out[0] = root * (slopeC + slopeA * w) + 0.5 * a * a * x[0];
                    };
                }),
                Diffusion.driven(t -> {
                    double a = 0.7 + 0.3 * Math.sin(3.0 * t);
                    return Diffusion.automaticFactor(1, 1, x ->
                            new Gradient[][] {{x[0].square().add(1.0).sqrt().multiply(a)}});
                }),
                UNIT);
        double start = Math.sinh(0.5 * Math.cos(8.0));
        for (DoubleFunction<Scheme> scheme : List.<DoubleFunction<Scheme>>of(Sri1w1::withStep, Milstein::withStep)) {
            double mean = 0.0;
            double blind = 0.0;
            for (int p = 0; p < 20; p++) {
                BrownianPath path = BrownianPath.of(Seed.of(6), p, 1, 1.0);
                double[] w = new double[1];
                path.at(0, 1, w);
                double exact = Math.sinh(0.5 * Math.cos(12.0) + (0.7 + 0.3 * Math.sin(9.0)) * w[0]);
                AdaptiveSolver solver =
                        AdaptiveSolver.of(sde, scheme).startingAt(start).withTolerances(1e-4, 1e-4);
                mean += Math.abs(solver.beginningAt(2.0).along(path).state()[0] - exact) / 20;
                blind += Math.abs(solver.along(path).state()[0] - exact) / 20;
            }
            assertThat(mean).isLessThan(5e-3);
            assertThat(blind).isGreaterThan(0.1);
        }
    }

    /** dx = x² dt + dW leaves the finite numbers: the ensemble is told, path by path. */
    @Test
    void blowUpsAreTheEnsembles() {
        Sde sde = Sde.ito((x, out) -> out[0] = x[0] * x[0], Diffusion.isotropic(1, 1.0), UNIT);
        Ensemble ensemble = Ensemble.of(sde)
                .scheme(AdaptiveScheme.of(Sra1::withStep, 0.1)
                        .withTolerances(1e300, 0.0)
                        .withDeepestLevel(8))
                .paths(50)
                .until(2.0)
                .seed(4)
                .onNonFinite(NonFinite.STOP_PATH);
        // Without noise a path from 2 is at infinity at t = ½; one from 0 needs the noise to get there.
        assertThatThrownBy(() -> ensemble.startingAt(2.0).run())
                .isInstanceOf(NonFinitePathException.class)
                .hasMessageStartingWith("all 50 paths have left the finite numbers");
        EnsembleResult result = ensemble.startingAt(0.0).run();
        assertThat(result.pathEnds().count(PathEnd.Cause.NON_FINITE)).isBetween(1L, 49L);
    }

    @Test
    void badSettingsAreRefused() {
        assertThatThrownBy(() -> AdaptiveScheme.of(Sra1::withStep, 0.0))
                .hasMessage("stepSize must be positive and finite, got 0.0");
        assertThatThrownBy(() -> AdaptiveScheme.of(Sra1::withStep, 0.1).withTolerances(0.0, 1.0))
                .hasMessage("absoluteTolerance must be positive and finite, got 0.0");
        assertThatThrownBy(() -> AdaptiveScheme.of(Sra1::withStep, 0.1).withDeepestLevel(39))
                .hasMessage("levels must be ordered within [0, 38], got 0 to 39");
        assertThatThrownBy(() -> AdaptiveScheme.of(EulerMaruyama::withStep, 0.1).stepper(geometric(0.1, 0.2)))
                .hasMessageStartingWith("scheme must have a strong order of at least 1 for adaptive steps");
        assertThat(AdaptiveScheme.of(Sra1::withStep, 0.1))
                .hasToString("AdaptiveScheme[Sra1[stepSize=0.1], absoluteTolerance=0.001, relativeTolerance=0.001,"
                        + " finest=30]");
    }
}
