package org.langevin4j.solvers.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Stepper;

class ConvergenceStudyTest {

    /** By hand: y = log(3·h²) exactly, equal weights w = 10⁴: Σ(x − x̄)² = 2(ln 2)², so the error is 1/(100·√2·ln 2). */
    @Test
    void powerLawIsFitted() {
        OrderEstimate estimate = OrderEstimate.fit(List.of(
                new StepError(1.0, 3.0, 0.03),
                new StepError(0.5, 0.75, 0.0075),
                new StepError(0.25, 0.1875, 0.001875)));
        assertThat(estimate.order()).isCloseTo(2.0, within(1e-12));
        assertThat(estimate.standardError()).isCloseTo(1.0 / (100.0 * Math.sqrt(2.0) * Math.log(2.0)), within(1e-12));
        assertThat(estimate.isResolved()).isTrue();
        // Student's law with one degree of freedom is Cauchy's: its 97.5 % point is tan(0.475π).
        assertThat(estimate.halfWidth(0.95))
                .isCloseTo(Math.tan(0.475 * Math.PI) * estimate.standardError(), within(1e-9));
    }

    @Test
    void errorsHiddenByNoiseAreReported() {
        OrderEstimate estimate = OrderEstimate.fit(
                List.of(new StepError(1.0, 1.0, 0.01), new StepError(0.5, 0.5, 0.01), new StepError(0.25, 0.02, 0.01)));
        assertThat(estimate.isResolved()).isFalse();
        assertThat(estimate.toString()).contains("(not resolved)").startsWith("order ");
        OrderEstimate exact = OrderEstimate.fit(
                List.of(new StepError(1.0, 0.0, 0.0), new StepError(0.5, 0.0, 0.0), new StepError(0.25, 0.0, 0.0)));
        assertThat(exact.order()).isNaN();
        assertThat(exact.isResolved()).isFalse();
        assertThatThrownBy(() -> estimate.halfWidth(1.0)).hasMessage("confidence must be in (0, 1), got 1.0");
    }

    /** What steps of two levels are given is what the path itself says, areas included. */
    @Test
    void blocksOfPathsAreThePaths() {
        int level = 6;
        BrownianPath[] paths = new BrownianPath[3];
        for (int p = 0; p < paths.length; p++) {
            paths[p] = BrownianPath.of(Seed.of(5), p, 3, 2.0);
        }
        BrownianIncrements block = new BrownianIncrements(paths, level, true);
        BrownianIncrements.Normalised target = block.target();
        double[] w = new double[3];
        double[] time = new double[3];
        for (int l : new int[] {6, 3, 0}) {
            block.coarsenTo(l);
            double h = Math.scalb(2.0, -l);
            for (int i = 0; i < block.intervals(); i++) {
                DrivingNoise noise = block.noise(i, target);
                for (int p = 0; p < paths.length; p++) {
                    paths[p].increment(l, i, i + 1L, w);
                    paths[p].timeIntegral(l, i, time);
                    double[][] areas = paths[p].levyAreas(l, i, level - l);
                    int pair = 0;
                    for (int j = 0; j < 3; j++) {
                        double xi = noise.increments()[j][p];
                        assertThat(xi).isCloseTo(w[j] / Math.sqrt(h), within(1e-12));
                        // I₍ₖ,₀₎ = ½h^{3/2}(ξ + ζ/√3)
                        assertThat(0.5 * Math.pow(h, 1.5) * (xi + noise.timeAreas()[j][p] / Math.sqrt(3.0)))
                                .isCloseTo(time[j], within(1e-12));
                        for (int k = j + 1; k < 3; k++, pair++) {
                            assertThat(noise.levyAreas()[pair][p]).isCloseTo(areas[j][k] / h, within(1e-12));
                        }
                    }
                }
            }
        }
    }

    /** dX = dW: Euler's scheme is exact on every level, for the noise of the study is that of the path. */
    @Test
    void allStepsSeeTheSamePath() {
        Sde sde = Sde.ito(
                (x, out) -> out[0] = 0.0,
                Diffusion.constantFactor(MatrixUtils.createRealIdentityMatrix(1)),
                Temperature.of(0.5));
        OrderEstimate estimate = ConvergenceStudy.of(sde)
                .levels(1, 4)
                .paths(50)
                .seed(1)
                .strong(EulerMaruyama::withStep, (path, start, out) -> path.at(0, 1, out));
        assertThat(estimate.errors()).allMatch(point -> point.error() < 1e-14);
    }

    /** A stepper with random numbers of its own is no function of the path. */
    @Test
    void schemesThatCannotBeDrivenAreRefused() {
        Sde sde = Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        record Extra(double stepSize) implements Scheme {

            @Override
            public double strongOrder() {
                return 0.0;
            }

            @Override
            public double weakOrder() {
                return 1.0;
            }

            @Override
            public Stepper stepper(Sde equation) {
                return new Stepper() {
                    @Override
                    public int noises() {
                        return 2;
                    }

                    @Override
                    public void step(double t, double[][] x, int paths, double[][] xi) {
                        x[0][0] += xi[1][0];
                    }
                };
            }
        }
        assertThatThrownBy(() -> ConvergenceStudy.of(sde).strong(Extra::new, (path, start, out) -> out[0] = 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("stepper must be a function of the increments of the path to be driven by one, it takes 2"
                        + " numbers a step where the path has 1");
    }

    @Test
    void pathsThatBlowUpAreReported() {
        Sde cubic = Sde.ito((x, out) -> out[0] = x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(0.5));
        assertThatThrownBy(() -> ConvergenceStudy.of(cubic)
                        .startingAt(50.0)
                        .levels(3, 7)
                        .paths(2)
                        .seed(1)
                        .weak(EulerMaruyama::withStep, x -> x[0], 0.0))
                .isInstanceOf(NonFiniteSolutionException.class)
                .hasMessageStartingWith("path 0 left the finite numbers at step size 0.125");
    }
}
