package org.langevin4j.solvers.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.sde.ATypeEuler;
import org.langevin4j.solvers.sde.EulerMaruyama;

class EnsembleTest {

    private static final VectorField DECAY = (x, out) -> {
        for (int i = 0; i < out.length; i++) {
            out[i] = -x[i];
        }
    };

    private static Sde ornsteinUhlenbeck(int dimension, double inverseBeta) {
        return Sde.ito(DECAY, Diffusion.isotropic(dimension, 1.0), Temperature.of(inverseBeta));
    }

    private static Ensemble standard() {
        return Ensemble.of(ornsteinUhlenbeck(3, 0.5))
                .scheme(EulerMaruyama.withStep(0.01))
                .until(0.5)
                .startingAt(1.0, 0.0, -2.0)
                .seed(42);
    }

    @Test
    void threadsDoNotChangeABit() {
        Grid grid = Grid.of(Axis.uniform(-3, 3, 5), Axis.uniform(-3, 3, 5), Axis.uniform(-3, 3, 5));
        List<Long> bits = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3, 7}) {
            EnsembleResult run = standard()
                    .paths(10_000)
                    .threads(threads)
                    .observe(Moments.of(3))
                    .observe(When.every(10, 0.2), Histogram.on(grid))
                    .run();
            RunningMoments moments = run.get(Moments.of(3));
            Histogram.Counts counts = run.get(Histogram.on(grid));
            assertThat(moments.count()).isEqualTo(10_000);
            assertThat(counts.total()).isEqualTo(4 * 10_000);
            long hash = 17;
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    hash = 31 * hash + Double.doubleToLongBits(moments.covariance(i, j));
                }
                hash = 31 * hash + Double.doubleToLongBits(moments.mean(i));
            }
            for (int cell = 0; cell < grid.cells(); cell++) {
                hash = 31 * hash + counts.count(cell);
            }
            bits.add(hash);
        }
        assertThat(bits).containsOnly(bits.get(0));
    }

    @Test
    void seedsDifferAndFreshOnesAreReported() {
        EnsembleResult a = standard().paths(10).observe(Moments.of(3)).run();
        EnsembleResult b = standard().paths(10).seed(43).observe(Moments.of(3)).run();
        assertThat(a.seed().value()).isEqualTo(42);
        assertThat(a.get(Moments.of(3)).mean(0))
                .isNotEqualTo(b.get(Moments.of(3)).mean(0));
        EnsembleResult fresh = Ensemble.of(ornsteinUhlenbeck(1, 1.0))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(1.0)
                .paths(3)
                .observe(Moments.of(1))
                .run();
        EnsembleResult again = Ensemble.of(ornsteinUhlenbeck(1, 1.0))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(1.0)
                .paths(3)
                .seed(fresh.seed())
                .observe(Moments.of(1))
                .run();
        assertThat(again.get(Moments.of(1)).mean(0))
                .isEqualTo(fresh.get(Moments.of(1)).mean(0));
    }

    /** Euler–Maruyama on dx = −x dt + √(2/β) dW: mean (1−h)ⁿx₀ and variance β⁻¹(1 − (1−h)²ⁿ)/(1 − h/2), exactly. */
    @Test
    void momentsAreThoseOfTheScheme() {
        double h = 0.1;
        int paths = 200_000;
        EnsembleResult run = Ensemble.of(ornsteinUhlenbeck(2, 0.5))
                .scheme(EulerMaruyama.withStep(h))
                .until(1.0)
                .startingAt(1.0, -2.0)
                .paths(paths)
                .seed(7)
                .observe(Moments.of(2))
                .run();
        RunningMoments moments = run.get(Moments.of(2));
        double decay = Math.pow(1 - h, 10);
        double variance = 0.5 * (1 - decay * decay) / (1 - h / 2);
        double error = 4 * Math.sqrt(variance / paths);
        assertThat(moments.mean(0)).isCloseTo(decay, within(error));
        assertThat(moments.mean(1)).isCloseTo(-2 * decay, within(error));
        double varianceError = 4 * variance * Math.sqrt(2.0 / paths);
        assertThat(moments.variance(0)).isCloseTo(variance, within(varianceError));
        assertThat(moments.variance(1)).isCloseTo(variance, within(varianceError));
        assertThat(moments.covariance(0, 1)).isCloseTo(0.0, within(varianceError));
        // The exact law of the equation, without the bias of the scheme, is told apart.
        assertThat(Math.abs(moments.variance(0) - 0.5 * (1 - Math.exp(-2.0)))).isGreaterThan(varianceError);
    }

    /**
     * dx = −3x dt + √(2D/β) dW, D = 1 + x², β = 2: read A-type the law is (8/3π)(1+x²)⁻³, P(|x| < 1) = (8/3π)(½ + 3π/16);
     * read Itô it is (16/5π)(1+x²)⁻⁴, P = 0.9668. Each integrator reaches its own and misses the other.
     */
    @Test
    void eachReadingReachesItsOwnLaw() {
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        VectorField drift = (x, out) -> out[0] = -3 * x[0];
        Sde aType = new Sde(drift, diffusion, Temperature.of(0.5), new Calculus.AType(AntisymmetricField.zero(1)));
        Sde ito = Sde.ito(drift, diffusion, Temperature.of(0.5));
        double h = 0.005;
        int paths = 15_000;
        Histogram inside = Histogram.on(Grid.of(Axis.uniform(-1, 1, 2)));
        Ensemble first = Ensemble.of(aType).scheme(ATypeEuler.withStep(h));
        Ensemble second = Ensemble.of(ito).scheme(EulerMaruyama.withStep(h));
        double expectedAType = 8 / (3 * Math.PI) * (0.5 + 3 * Math.PI / 16);
        double expectedIto = 16 / (5 * Math.PI) * (1.0 / 24 + 5.0 / 6 * (0.5 + 3 * Math.PI / 16));
        double foundAType = fractionInside(first, inside, paths);
        double foundIto = fractionInside(second, inside, paths);
        double error = 4 * Math.sqrt(expectedAType * (1 - expectedAType) / paths);
        assertThat(foundAType).isCloseTo(expectedAType, within(error));
        assertThat(foundIto).isCloseTo(expectedIto, within(error));
        assertThat(Math.abs(foundIto - expectedAType)).isGreaterThan(2 * error);
    }

    private static double fractionInside(Ensemble ensemble, Histogram histogram, int paths) {
        Histogram.Counts counts = ensemble.until(2.5)
                .paths(paths)
                .seed(5)
                .observe(histogram)
                .run()
                .get(histogram);
        return 1.0 - (double) counts.outside() / counts.total();
    }

    /** A constant function of time has no error; the mean over time of x² of a stationary process is its variance. */
    @Test
    void timeAveragesHaveTheErrorOfIndependentPaths() {
        VectorField functions = (x, out) -> {
            out[0] = x[0] * x[0];
            out[1] = 1.0;
        };
        TimeAverage average = TimeAverage.of(functions, 2);
        double h = 0.02;
        RunningMoments result = Ensemble.of(ornsteinUhlenbeck(1, 1.0))
                .scheme(EulerMaruyama.withStep(h))
                .until(40.0)
                .paths(400)
                .seed(3)
                .observe(When.every(5, 5.0), average)
                .run()
                .get(average);
        assertThat(result.count()).isEqualTo(400);
        assertThat(result.mean(1)).isEqualTo(1.0);
        assertThat(result.variance(1)).isZero();
        double expected = 1.0 / (1 - h / 2);
        assertThat(result.mean(0)).isCloseTo(expected, within(4 * result.standardError(0)));
        // var of the average of x² over T of an Ornstein–Uhlenbeck process is 2/T for unit variance and decay rate 1.
        assertThat(result.variance(0)).isCloseTo(2.0 / 35, within(4 * 2.0 / 35 * Math.sqrt(2.0 / 400)));
    }

    @Test
    void aPathThatBlowsUpIsReportedWithStepAndState() {
        VectorField explosive = (x, out) -> out[0] = x[0] * x[0] * x[0];
        Ensemble ensemble = Ensemble.of(Sde.ito(explosive, Diffusion.isotropic(1, 1.0), Temperature.of(1e-12)))
                .scheme(EulerMaruyama.withStep(0.5))
                .until(100.0)
                .paths(300)
                .startingFrom((path, out) -> out[0] = path == 271 ? 3.0 : 0.0)
                .seed(1)
                .observe(Moments.of(1));
        assertThatThrownBy(ensemble::run).isInstanceOfSatisfying(NonFinitePathException.class, thrown -> {
            assertThat(thrown.path()).isEqualTo(271);
            // x ← x + x³/2 from 3: finite for a handful of steps. Counted here.
            double x = 3.0;
            int step = 0;
            while (Math.abs(x) <= NonFinite.LARGEST) {
                x += 0.5 * x * x * x;
                step++;
            }
            assertThat(thrown.step()).isEqualTo(step);
            assertThat(thrown.time()).isEqualTo(0.5 * step);
            assertThat(thrown.lastFinite()[0]).isFinite().isGreaterThan(1e80);
            assertThat(thrown).hasMessageStartingWith("path 271 is not finite after step " + step);
        });
    }

    @Test
    void progressIsHeardAndEndsAtTheTotal() {
        List<Long> heard = Collections.synchronizedList(new ArrayList<>());
        standard()
                .paths(1000)
                .onProgress(progress -> {
                    assertThat(progress.total()).isEqualTo(50_000);
                    assertThat(progress.rate()).isPositive();
                    assertThat(progress.remaining().isNegative()).isFalse();
                    heard.add(progress.done());
                })
                .run();
        assertThat(heard).isNotEmpty().isSorted();
        assertThat(heard.get(heard.size() - 1)).isEqualTo(50_000);
    }

    @Test
    void errorsOfUserFunctionsReachTheCaller() {
        VectorField faulty = (x, out) -> {
            throw new UnsupportedOperationException("not today");
        };
        Ensemble ensemble = Ensemble.of(Sde.ito(faulty, Diffusion.isotropic(1, 1.0), Temperature.of(1.0)))
                .scheme(EulerMaruyama.withStep(0.1))
                .until(1.0)
                .paths(100_000);
        assertThatThrownBy(ensemble::run)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("not today");
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> EulerMaruyama.withStep(Double.NaN))
                .hasMessage("stepSize must be positive and finite, got NaN");
        assertThatThrownBy(() -> ATypeEuler.withStep(-1)).hasMessage("stepSize must be positive and finite, got -1.0");
        assertThatThrownBy(() -> standard().paths(0)).hasMessage("paths must be positive, got 0");
        assertThatThrownBy(() -> standard().until(Double.NaN)).hasMessage("until must be finite, got NaN");
        assertThatThrownBy(() -> standard().threads(0)).hasMessage("threads must be positive, got 0");
        assertThatThrownBy(() -> standard().startingAt(1)).hasMessage("start must have length 3, got 1");
        assertThatThrownBy(() -> standard().startingAt(1, Double.NaN, 0))
                .hasMessage("start must be finite, got x[1] = NaN");
        assertThatThrownBy(() -> standard().observe(Moments.of(2)))
                .hasMessage("moments must have the dimension of the state, 3, got 2");
        assertThatThrownBy(() -> standard().observe(Moments.of(3)).observe(Moments.of(3)))
                .hasMessageStartingWith("observable must be added once, got it twice");
        assertThatThrownBy(() -> standard().until(0.505).run())
                .hasMessageStartingWith("until must be a whole number of steps of 0.01, got 0.505");
        assertThatThrownBy(() -> Ensemble.of(ornsteinUhlenbeck(1, 1.0)).run())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> standard().run().get(Moments.of(3)))
                .hasMessageStartingWith("observable must have been observed");
        assertThatThrownBy(() -> When.every(0, 1)).hasMessage("steps must be positive, got 0");
    }

    @Test
    void schemesRefuseTheOtherCalculus() {
        Diffusion diffusion = Diffusion.automaticDiagonal(
                1, x -> new Gradient[] {x[0].square().add(1.0)});
        Sde stratonovich = new Sde(DECAY, diffusion, Temperature.of(1.0), Calculus.STRATONOVICH);
        assertThatThrownBy(() -> Ensemble.of(stratonovich).scheme(EulerMaruyama.withStep(0.1)))
                .hasMessage("EulerMaruyama solves Itô equations, this one is Stratonovich; convert it by toIto()");
        assertThatThrownBy(() -> Ensemble.of(stratonovich.toIto()).scheme(ATypeEuler.withStep(0.1)))
                .hasMessage("ATypeEuler solves A-type equations, this one is Itô; use EulerMaruyama");
    }
}
