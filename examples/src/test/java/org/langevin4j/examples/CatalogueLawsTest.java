package org.langevin4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.StationaryMoments;
import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.analytic.ActiveBrownianParticle;
import org.langevin4j.models.analytic.Brusselator;
import org.langevin4j.models.analytic.Catalogue;
import org.langevin4j.models.analytic.CoxIngersollRoss;
import org.langevin4j.models.analytic.DrivenDoubleWell;
import org.langevin4j.models.analytic.GeneticToggle;
import org.langevin4j.models.analytic.HeatConductingChain;
import org.langevin4j.models.analytic.Kuramoto;
import org.langevin4j.models.analytic.MertonJumpDiffusion;
import org.langevin4j.models.analytic.NoisyLorenz;
import org.langevin4j.models.analytic.Schloegl;
import org.langevin4j.models.analytic.SpinOnSphere;
import org.langevin4j.models.analytic.StuartLandau;
import org.langevin4j.models.analytic.TiltedWashboard;
import org.langevin4j.solvers.ensemble.CheckpointException;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Heun;
import org.langevin4j.solvers.sde.PlatenWeak2;
import org.langevin4j.solvers.sde.Scheme;

/**
 * What the catalogue says of its models against many paths of them, at temperatures that are not 1: fixed seeds, bounds of four
 * standard errors and, where it is said, what a weak-noise formula leaves out.
 */
class CatalogueLawsTest {

    private static RunningMoments atTheEnd(
            Sde sde, Scheme scheme, double until, long paths, double[] start, VectorField functions, int count) {
        FunctionMoments moments = FunctionMoments.of(functions, count);
        return Ensemble.of(sde)
                .scheme(scheme)
                .paths(paths)
                .until(until)
                .startingAt(start)
                .seed(20)
                .observe(moments)
                .run()
                .get(moments);
    }

    private static RunningMoments atTheEnd(
            Model model, double temperature, double step, double until, long paths, double... start) {
        return atTheEnd(
                model.sde(Temperature.of(temperature)),
                PlatenWeak2.withStep(step),
                until,
                paths,
                start,
                (x, out) -> System.arraycopy(x, 0, out, 0, out.length),
                model.dimension());
    }

    /** Euler and Maruyama's steps with a map after each: for what no scheme of the library does by itself. */
    private static RunningMoments bySteps(
            Sde sde, double h, int steps, int paths, double[] start, Consumer<double[][]> after, VectorField g, int n) {
        Random random = new Random(21);
        int d = sde.dimension();
        double[][] x = new double[d][paths];
        double[][] drift = new double[d][paths];
        double[][] noise = new double[d][paths];
        double[][] xi = new double[sde.diffusion().noiseDimension()][paths];
        for (int i = 0; i < d; i++) {
            Arrays.fill(x[i], start[i]);
        }
        for (int step = 0; step < steps; step++) {
            Sde now = sde.atTime(step * h).toIto();
            double scale = Math.sqrt(2.0 * now.temperature().value() * h);
            for (double[] row : xi) {
                Arrays.setAll(row, p -> random.nextGaussian());
            }
            now.drift().atBlock(x, paths, drift);
            now.diffusion().factorTimesBlock(x, xi, paths, noise);
            for (int i = 0; i < d; i++) {
                for (int p = 0; p < paths; p++) {
                    x[i][p] += h * drift[i][p] + scale * noise[i][p];
                }
            }
            after.accept(x);
        }
        RunningMoments moments = new RunningMoments(n);
        double[][] values = new double[n][paths];
        g.atBlock(x, paths, values);
        moments.addBlock(values, paths);
        return moments;
    }

    private static void isMean(RunningMoments found, int i, double expected) {
        assertThat(found.mean(i)).isCloseTo(expected, within(4.0 * found.standardError(i)));
    }

    /**
     * The phase spreads with β⁻¹(1 + q²)/μ; without shear half as fast. The frame turns with the cycle, and |E[z]| falls as
     * e^(−D_φt). 20,000 paths: 7e-4 at four standard errors, and weak noise leaves out a few per cent.
     */
    @ParameterizedTest
    @CsvSource({"1", "0"})
    void shearMakesThePhaseSpreadFaster(double shear) {
        StuartLandau model = new StuartLandau(1.0, shear, shear);
        double early = atTheEnd(model, 0.01, 0.05, 5.0, 20_000, 1.0, 0.0).mean(0);
        double late = atTheEnd(model, 0.01, 0.05, 15.0, 20_000, 1.0, 0.0).mean(0);
        double expected = model.phaseDiffusion(Temperature.of(0.01));
        assertThat(Math.log(early / late) / 10.0).isCloseTo(expected, within(0.0015));
    }

    /** Linear noise of the toggle around its one state: Σ₁₁ = β⁻¹x/(1 − s²) and Σ₁₂ = s Σ₁₁ with s = h′(x). Volume 2,000. */
    @Test
    void fluctuationsOfTheToggle() {
        GeneticToggle model = new GeneticToggle(0.8, 2);
        double x = model.restingPoints().get(0)[0];
        double s = -0.8 * 2.0 * x / Math.pow(1.0 + x * x, 2);
        long paths = 40_000;
        RunningMoments found = atTheEnd(model, 1.0 / 2000, 0.05, 14.0, paths, x, x);
        double variance = x / (1.0 - s * s) / 2000.0;
        double error = 4.0 * variance * Math.sqrt(2.0 / paths) + 0.01 * variance;
        assertThat(found.variance(0)).isCloseTo(variance, within(error));
        assertThat(found.variance(1)).isCloseTo(variance, within(error));
        assertThat(found.covariance(0, 1)).isCloseTo(s * variance, within(error));
    }

    /** Linear noise of the Brusselator below its bifurcation, whose noises are correlated. Volume 4,000. */
    @Test
    void fluctuationsOfTheBrusselator() {
        RealMatrix jacobian = MatrixUtils.createRealMatrix(new double[][] {{0.2, 1.0}, {-1.2, -1.0}});
        RealMatrix noise = MatrixUtils.createRealMatrix(new double[][] {{4.4, -2.4}, {-2.4, 2.4}})
                .scalarMultiply(-1.0 / 4000.0);
        RealMatrix covariance = LyapunovEquation.of(jacobian, LinearAlgebra.pureJava())
                .solve(noise, LyapunovEquation.Symmetry.SYMMETRIC);
        long paths = 40_000;
        RunningMoments found = atTheEnd(new Brusselator(1.0, 1.2), 1.0 / 4000, 0.05, 16.0, paths, 1.0, 1.2);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                double size = Math.sqrt(covariance.getEntry(i, i) * covariance.getEntry(j, j));
                assertThat(found.covariance(i, j))
                        .isCloseTo(covariance.getEntry(i, j), within(size * (4.0 * Math.sqrt(2.0 / paths) + 0.01)));
            }
        }
    }

    /** The moments by quadrature of Φ against the steady state on a grid with a reflecting wall at zero. */
    @Test
    void schloeglOnAGrid() {
        Schloegl model = new Schloegl();
        Temperature t = Temperature.of(0.1);
        Grid grid = Grid.of(Axis.uniform(0.0, 10.0, 2000));
        Density steady = FokkerPlanck.of(model.sde(t), grid, Boundary.REFLECTING)
                .steadyState()
                .density();
        StationaryMoments moments = model.stationaryMoments(t).orElseThrow();
        assertThat(steady.mean()[0]).isCloseTo(moments.mean()[0], within(2e-4));
        assertThat(steady.covariance().getEntry(0, 0))
                .isCloseTo(moments.covariance().getEntry(0, 0), within(1e-3));
    }

    /** E[cos(θ₁ − θ₂)] = I₁(x)/I₀(x) at x = K/(2β⁻¹) = 1, which is 0.446389965896534. */
    @Test
    void twoOscillators() {
        RunningMoments found = atTheEnd(
                new Kuramoto(2, 1.2, 0.0).sde(Temperature.of(0.6)),
                PlatenWeak2.withStep(0.05),
                8.0,
                40_000,
                new double[2],
                (x, out) -> out[0] = Math.cos(x[0] - x[1]),
                1);
        isMean(found, 0, 0.446389965896534);
    }

    /** Above the critical coupling a thousand oscillators keep the order of the limit, up to a term of order 1/n. */
    @Test
    void manyOscillatorsKeepTheirOrder() {
        Kuramoto model = new Kuramoto(1000, 2.1, 0.0);
        Temperature t = Temperature.of(0.7);
        RunningMoments found = atTheEnd(
                model.sde(t),
                PlatenWeak2.withStep(0.1),
                15.0,
                64,
                new double[1000],
                (x, out) -> out[0] = model.order(x),
                1);
        double limit = model.limitOfOrder(t).orElseThrow();
        assertThat(found.mean(0)).isCloseTo(limit, within(4.0 * found.standardError(0) + 2e-3));
    }

    /** k E[(q₁ − q₂)p₂], and the kinetic temperatures of the ends, of a chain of three. */
    @Test
    void heatFlowsThroughTheChain() {
        HeatConductingChain model = new HeatConductingChain(3, 1.3, 0.7, 3.0);
        Temperature t = Temperature.of(0.4);
        RunningMoments found = atTheEnd(
                model.sde(t),
                PlatenWeak2.withStep(0.05),
                40.0,
                20_000,
                new double[6],
                (x, out) -> {
                    out[0] = 1.3 * (x[0] - x[1]) * x[4];
                    out[1] = x[3] * x[3];
                    out[2] = x[5] * x[5];
                },
                3);
        double current = model.heatCurrent(t);
        isMean(found, 0, current);
        isMean(found, 1, 1.2 - current / 0.7);
        isMean(found, 2, 0.4 + current / 0.7);
    }

    /** Steps that end on the sphere, at h = 0.01 with 20,000 paths: E[s₃] = coth 2 − ½. */
    @Test
    void aSpinInAField() {
        RunningMoments found = bySteps(
                new SpinOnSphere(1.0, 1.0, 2.0).sde(Temperature.of(0.5)),
                0.01,
                500,
                20_000,
                new double[] {1.0, 0.0, 0.0},
                CatalogueLawsTest::toTheSphere,
                (x, out) -> {
                    out[0] = x[2];
                    out[1] = x[0];
                    out[2] = x[2] * x[2];
                },
                3);
        double langevin = 1.0 / Math.tanh(2.0) - 0.5;
        isMean(found, 0, langevin);
        isMean(found, 1, 0.0);
        isMean(found, 2, 1.0 - langevin);
    }

    /** Without field, Brownian motion on the sphere: E[s·s₀] = e^(−2β⁻¹at). */
    @Test
    void aSpinWithoutField() {
        RunningMoments found = bySteps(
                new SpinOnSphere(0.0, 0.8, 0.0).sde(Temperature.of(0.5)),
                0.01,
                100,
                20_000,
                new double[] {0.6, 0.0, 0.8},
                CatalogueLawsTest::toTheSphere,
                (x, out) -> out[0] = 0.6 * x[0] + 0.8 * x[2],
                1);
        isMean(found, 0, Math.exp(-0.8));
    }

    private static void toTheSphere(double[][] x) {
        for (int p = 0; p < x[0].length; p++) {
            double length = Math.sqrt(x[0][p] * x[0][p] + x[1][p] * x[1][p] + x[2][p] * x[2][p]);
            for (double[] row : x) {
                row[p] /= length;
            }
        }
    }

    /** E[xy] = bE[z], E[x²] − E[xy] = β⁻¹/σ and E[y²] + bE[z²] − rE[xy] = 2β⁻¹. */
    @Test
    void balancesOfTheLorenzEquations() {
        NoisyLorenz model = new NoisyLorenz();
        RunningMoments found = atTheEnd(
                model.sde(Temperature.of(50.0)),
                PlatenWeak2.withStep(0.002),
                8.0,
                4_000,
                new double[] {5.0, 5.0, 25.0},
                (x, out) -> {
                    out[0] = x[0] * x[1] - 8.0 / 3.0 * x[2];
                    out[1] = x[0] * x[0] - x[0] * x[1];
                    out[2] = x[1] * x[1] + 8.0 / 3.0 * x[2] * x[2] - 28.0 * x[0] * x[1];
                },
                3);
        isMean(found, 0, 0.0);
        isMean(found, 1, 5.0);
        isMean(found, 2, 100.0);
    }

    /** A Fokker–Planck equation driven in time, by Scharfetter and Gummel's rates in SciPy on 2,000 cells, extrapolated. */
    @ParameterizedTest
    @CsvSource({"12, 0.307018, 0.934069", "15, -0.073122, 0.892503"})
    void theDrivenWellFollowsItsForce(double time, double mean, double square) {
        RunningMoments found = bySteps(
                new DrivenDoubleWell(0.3, 0.6).sde(Temperature.of(0.5)),
                0.01,
                (int) Math.rint(time / 0.01),
                20_000,
                new double[] {0.0},
                x -> {},
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = x[0] * x[0];
                },
                2);
        isMean(found, 0, mean);
        isMean(found, 1, square);
    }

    /** Drift and spread between two times, when the start is forgotten. */
    @Test
    void theWashboardCarriesParticles() {
        TiltedWashboard model = new TiltedWashboard(1.0, 0.7);
        Temperature t = Temperature.of(0.5);
        long paths = 10_000;
        RunningMoments early = atTheEnd(model, 0.5, 0.05, 20.0, paths, 0.775);
        RunningMoments late = atTheEnd(model, 0.5, 0.05, 60.0, paths, 0.775);
        double error = 4.0 * Math.hypot(early.standardError(0), late.standardError(0)) / 40.0;
        assertThat((late.mean(0) - early.mean(0)) / 40.0).isCloseTo(model.meanVelocity(t), within(error));
        double spread = 4.0 * Math.sqrt(2.0 / paths) * Math.hypot(early.variance(0), late.variance(0)) / 80.0;
        assertThat((late.variance(0) - early.variance(0)) / 80.0)
                .isCloseTo(model.effectiveDiffusion(t), within(spread));
    }

    /** From one direction of swimming, E|r|² is the same as from any. */
    @Test
    void theActiveParticleSwims() {
        ActiveBrownianParticle model = new ActiveBrownianParticle(1.5, 0.3, 2.0);
        RunningMoments found = atTheEnd(
                model.sde(Temperature.of(0.6)),
                PlatenWeak2.withStep(0.02),
                2.0,
                40_000,
                new double[] {0.0, 0.0, 0.4},
                (x, out) -> out[0] = x[0] * x[0] + x[1] * x[1],
                1);
        isMean(found, 0, model.meanSquaredDisplacement(Temperature.of(0.6), 2.0));
    }

    /** Far from zero, where every scheme does. */
    @Test
    void theSquareRootProcess() {
        CoxIngersollRoss model = new CoxIngersollRoss(0.5, 0.04, 0.05);
        RunningMoments found = atTheEnd(model, 0.3, 0.02, 1.0, 40_000, 0.1);
        isMean(found, 0, model.mean(0.1, 1.0));
        double variance = model.variance(Temperature.of(0.3), 0.1, 1.0);
        assertThat(found.variance(0)).isCloseTo(variance, within(4.0 * variance * Math.sqrt(2.0 / 40_000)));
    }

    /** Mean, variance and E[S] of a price with jumps; the noise is additive, so that Euler's steps are exact. */
    @Test
    void aPriceThatJumps() {
        MertonJumpDiffusion model = new MertonJumpDiffusion(0.05, 0.2, 3.0, -0.1, 0.15);
        Temperature t = Temperature.of(0.8);
        RunningMoments found = atTheEnd(
                model.sde(t),
                EulerMaruyama.withStep(0.1),
                2.0,
                40_000,
                new double[] {0.0},
                (x, out) -> {
                    out[0] = x[0];
                    out[1] = Math.pow(x[0] - model.meanGrowth(t, 2.0), 2);
                    out[2] = Math.exp(x[0] - 0.1);
                    out[3] = Math.exp(-0.1) * Math.max(Math.exp(x[0]) - 1.1, 0.0);
                },
                4);
        isMean(found, 0, model.meanGrowth(t, 2.0));
        isMean(found, 1, model.variance(t, 2.0));
        isMean(found, 2, 1.0);
        isMean(found, 3, model.callPrice(t, 1.0, 1.1, 2.0));
    }

    /** A checkpoint knows a model by value: it goes on with an equal one, and with no other, however near its parameters. */
    @Test
    void aCheckpointTellsEachParameter(@TempDir Path folder) {
        int told = 0;
        for (Model model : Catalogue.models()) {
            if (!model.sde(Temperature.of(0.002)).isAutonomous()) {
                continue;
            }
            Path file = folder.resolve(model.name());
            toCheckpoint(model, file).run();
            double[] values =
                    model.parameters().stream().mapToDouble(Parameter::value).toArray();
            assertThat(toCheckpoint(model.withValues(values), file).resume().paths())
                    .isEqualTo(64);
            for (Parameter parameter : model.parameters()) {
                double value = parameter.value();
                double near = parameter.range().whole() ? value + 1.0 : value * (1.0 + 1e-9) + 1e-12;
                Model other = model.with(parameter.name(), near);
                if (other.dimension() == model.dimension()) {
                    assertThatThrownBy(() -> toCheckpoint(other, file).resume())
                            .as("%s of %s", parameter.name(), model.name())
                            .isInstanceOf(CheckpointException.class);
                    told++;
                }
            }
        }
        assertThat(told).isGreaterThan(40);
    }

    private static Ensemble toCheckpoint(Model model, Path file) {
        double[] start = new double[model.dimension()];
        Arrays.fill(start, 0.5);
        Sde sde = model.sde(Temperature.of(0.002));
        return Ensemble.of(sde)
                .scheme(
                        sde.calculus().equals(Calculus.STRATONOVICH)
                                ? Heun.withStep(0.01)
                                : EulerMaruyama.withStep(0.01))
                .paths(64)
                .until(0.05)
                .startingAt(start)
                .seed(1)
                .observe(Moments.of(model.dimension()))
                .checkpoint(file, Duration.ofDays(1));
    }
}
