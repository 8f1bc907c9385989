package org.langevin4j.solvers.adaptive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.random.BrownianPath;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.sde.DrivingNoise;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.langevin4j.solvers.sde.Milstein;
import org.langevin4j.solvers.sde.Scheme;
import org.langevin4j.solvers.sde.Sra1;
import org.langevin4j.solvers.sde.Sra3;
import org.langevin4j.solvers.sde.Sri1w1;
import org.langevin4j.solvers.sde.Stepper;

class AdaptiveSolverTest {

    private static final Temperature UNIT = Temperature.of(0.5);

    /** dx = −a² sin x cos³x dt + a cos²x dW, x = arctan(aW + tan x₀) (Kloeden and Platen 1992, eq. 4.4.46). */
    private static Sde kloedenPlaten(double a) {
        return Sde.ito(
                (x, out) -> out[0] = -a * a * Math.sin(x[0]) * Math.pow(Math.cos(x[0]), 3),
                Diffusion.automaticFactor(1, 1, x ->
                        new Gradient[][] {{x[0].cos().square().multiply(a)}}),
                UNIT);
    }

    /** dx = σx dW, dy = dW: y is the noise that the solution has seen. */
    private static Sde seeingItsNoise(double sigma) {
        return Sde.ito(
                (x, out) -> Arrays.fill(out, 0.0),
                Diffusion.automaticFactor(2, 1, x -> new Gradient[][] {
                    {x[0].multiply(sigma)}, {x[0].multiply(0.0).add(1.0)}
                }),
                UNIT);
    }

    /** dx = −25x³ dt + dW: from 10 a burst with the rate 7,500, later a rate near 10. */
    private static Sde burst() {
        return Sde.ito((x, out) -> out[0] = -25.0 * x[0] * x[0] * x[0], Diffusion.isotropic(1, 1.0), UNIT);
    }

    private static BrownianPath path(long seed, long index) {
        return BrownianPath.of(Seed.of(seed), index, 1, 1.0);
    }

    private static double w(BrownianPath path) {
        double[] w = new double[path.components()];
        path.at(0, 1, w);
        return w[0];
    }

    /** A scheme with equal steps along a path. */
    private static double[] equalSteps(
            Sde sde, DoubleFunction<? extends Scheme> scheme, int level, BrownianPath path, double... start) {
        double h = Math.scalb(path.horizon(), -level);
        Stepper stepper = scheme.apply(h).stepper(sde);
        double[][] x = new double[start.length][1];
        for (int i = 0; i < start.length; i++) {
            x[i][0] = start[i];
        }
        stepper.begin(1);
        path.visit(level, (i, w, area) -> stepper.stepAlong(0.0, x, 1, noise(h, w[0], area[0])));
        return Arrays.stream(x).mapToDouble(row -> row[0]).toArray();
    }

    private static DrivingNoise noise(double h, double w, double area) {
        double[][] xi = {{w / Math.sqrt(h)}};
        double[][] zeta = {{area * Math.sqrt(12.0 / h)}};
        return new DrivingNoise() {
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
                return new double[0][0];
            }
        };
    }

    /** Mean error and mean numbers of steps of a set of paths. */
    private record Measured(double error, double accepted, double rejected) {}

    private static Measured measure(AdaptiveSolver solver, long seed, int paths, double[] exact) {
        double error = 0.0;
        double accepted = 0.0;
        double rejected = 0.0;
        for (int p = 0; p < paths; p++) {
            AdaptiveSolution solution = solver.along(path(seed, p));
            error += Math.abs(solution.state()[0] - exact[p]) / paths;
            accepted += (double) solution.accepted() / paths;
            rejected += (double) solution.rejected() / paths;
        }
        return new Measured(error, accepted, rejected);
    }

    /** 60 paths. An estimate of order h^1.5 gives an error of order h^1.5, proportional to the tolerance once steps are small. */
    @Test
    void errorFollowsTheTolerance() {
        int paths = 60;
        double[] exact = new double[paths];
        for (int p = 0; p < paths; p++) {
            exact[p] = Math.atan(2.0 * w(path(1, p)) + Math.tan(0.5));
        }
        AdaptiveSolver solver =
                AdaptiveSolver.of(kloedenPlaten(2.0), Sri1w1::withStep).startingAt(0.5);
        double previous = Double.POSITIVE_INFINITY;
        double first = 0.0;
        for (int n = 2; n <= 4; n++) {
            Measured measured = measure(solver.withTolerances(Math.pow(10.0, -n), 0.0), 1, paths, exact);
            assertThat(measured.error()).isLessThan(0.5 * previous);
            previous = measured.error();
            first = n == 2 ? previous : first;
        }
        assertThat(Math.log10(first / previous) / 2.0).isBetween(0.6, 1.1);
    }

    /**
     * Explicit steps are stable in the burst up to about 2/7,500, and equal ones have to be so small to the end: 1,024 blow
     * up. A step tried costs one step of the scheme, whose estimate is its own.
     */
    @Test
    void burstNeedsFewerStepsThanEqualOnes() {
        int paths = 20;
        double[] reference = new double[paths];
        for (int p = 0; p < paths; p++) {
            reference[p] = equalSteps(burst(), Sra3::withStep, 16, path(3, p), 10.0)[0];
            assertThat(equalSteps(burst(), Sra1::withStep, 10, path(3, p), 10.0)[0])
                    .isNaN();
        }
        AdaptiveSolver solver =
                AdaptiveSolver.of(burst(), Sra1::withStep).startingAt(10.0).withTolerances(1e-3, 0.0);
        Measured measured = measure(solver, 3, paths, reference);
        assertThat(measured.accepted() + measured.rejected()).isLessThan(1024.0);
        assertThat(measured.error()).isLessThan(2e-3);
    }

    /** dx = λe^(−λt)dt + dW with t as a coordinate: x = 1 − e^(−λ) + W, all the drift in a thin layer at the start. */
    @Test
    void layerIsSolvedBetterThanByEqualSteps() {
        int paths = 20;
        double rate = 500.0;
        Sde sde = Sde.ito(
                (x, out) -> {
                    out[0] = rate * Math.exp(-rate * x[1]);
                    out[1] = 1.0;
                },
                Diffusion.constantFactor(MatrixUtils.createRealMatrix(new double[][] {{1.0}, {0.0}})),
                UNIT);
        double[] exact = new double[paths];
        double equal = 0.0;
        for (int p = 0; p < paths; p++) {
            exact[p] = 1.0 - Math.exp(-rate) + w(path(9, p));
            equal += Math.abs(equalSteps(sde, Sra1::withStep, 8, path(9, p), 0.0, 0.0)[0] - exact[p]) / paths;
        }
        AdaptiveSolver solver = AdaptiveSolver.of(sde, Sra1::withStep);
        Measured measured = measure(solver.withTolerances(1e-3, 0.0), 9, paths, exact);
        assertThat(measured.accepted() + measured.rejected()).isLessThan(256.0);
        assertThat(measured.error()).isLessThan(0.01 * equal);
    }

    /** 16,000 paths; E W = 0, E W² = 1, E x = 1, E x² = e^{σ²}. The bounds are 4 standard errors of the exact law. */
    @Test
    void rejectionsLeaveTheLawOfTheNoiseAlone() {
        int paths = 16_000;
        double sigma = 1.0;
        AdaptiveSolver solver = AdaptiveSolver.of(seeingItsNoise(sigma), Sri1w1::withStep)
                .startingAt(1.0, 0.0)
                .withTolerances(0.02, 0.02)
                .withLevels(0, 30);
        RunningMoments moments = new RunningMoments(2);
        long rejected = 0;
        long accepted = 0;
        for (int p = 0; p < paths; p++) {
            BrownianPath path = path(4, p);
            AdaptiveSolution solution = solver.along(path);
            double[] x = solution.state();
            assertThat(x[1]).isCloseTo(w(path), within(1e-12));
            moments.add(x);
            rejected += solution.rejected();
            accepted += solution.accepted();
        }
        double error = 1.0 / Math.sqrt(paths);
        assertThat(moments.mean(1)).isCloseTo(0.0, within(4.0 * error));
        assertThat(moments.secondMoment(1, 1)).isCloseTo(1.0, within(4.0 * Math.sqrt(2.0) * error));
        // Var x = e^{σ²} − 1; Var xW from E x²W² = e^{σ²}(1 + 4σ²) and E xW = σ.
        double e = Math.exp(sigma * sigma);
        assertThat(moments.mean(0)).isCloseTo(1.0, within(4.0 * Math.sqrt(e - 1.0) * error));
        assertThat(moments.secondMoment(0, 1))
                .isCloseTo(sigma, within(4.0 * Math.sqrt(e * (1.0 + 4.0 * sigma * sigma) - sigma * sigma) * error));
        assertThat(rejected).isGreaterThan(accepted / 4);
    }

    /** The control, 16,000 paths: with numbers drawn anew after a rejection W has too small a variance, by 8 standard errors. */
    @Test
    void drawingAnewAfterARejectionIsBiased() {
        int paths = 16_000;
        double sigma = 1.0;
        double tolerance = 0.02;
        Stepper[] steppers = new Stepper[32];
        for (int l = 0; l < steppers.length; l++) {
            steppers[l] = new Sri1w1(Math.scalb(1.0, -l)).stepper(seeingItsNoise(sigma));
        }
        RunningMoments moments = new RunningMoments(2);
        double[][] draw = new double[4][1];
        for (int p = 0; p < paths; p++) {
            NormalStream normals = NormalStream.of(Seed.of(5));
            double[][] x = {{1.0}, {0.0}};
            int level = 0;
            long index = 0;
            int drawn = 0;
            while (index < 1L << level) {
                normals.fill(p, 1, drawn++, draw);
                double h = Math.scalb(1.0, -level);
                double[] w = new double[2];
                double[] area = new double[2];
                for (int k = 0; k < 2; k++) {
                    w[k] = Math.sqrt(0.5 * h) * draw[2 * k][0];
                    area[k] = Math.sqrt(0.5 * h / 12.0) * draw[2 * k + 1][0];
                }
                double wholeArea = 0.25 * (w[0] - w[1]) + 0.5 * (area[0] + area[1]);
                double[][] whole = {x[0].clone(), x[1].clone()};
                double[][] halves = {x[0].clone(), x[1].clone()};
                steppers[level].stepAlong(0.0, whole, 1, noise(h, w[0] + w[1], wholeArea));
                steppers[level + 1].stepAlong(0.0, halves, 1, noise(0.5 * h, w[0], area[0]));
                steppers[level + 1].stepAlong(0.0, halves, 1, noise(0.5 * h, w[1], area[1]));
                double error = Math.abs(whole[0][0] - halves[0][0])
                        / (tolerance * (1.0 + Math.max(Math.abs(x[0][0]), Math.abs(halves[0][0]))));
                if (!(error <= 1.0)) {
                    level++;
                    index *= 2;
                    continue;
                }
                x = halves;
                index++;
                if (level > 0 && index % 2 == 0 && 4.0 * error <= 0.5) {
                    level--;
                    index /= 2;
                }
            }
            moments.add(x[0][0], x[1][0]);
        }
        double error = Math.sqrt(2.0 / paths);
        assertThat(Math.abs(moments.secondMoment(1, 1) - 1.0)).isGreaterThan(8.0 * error);
    }

    @Test
    void samePathGivesSameBits() {
        AdaptiveSolver solver = AdaptiveSolver.of(seeingItsNoise(1.0), Milstein::withStep)
                .startingAt(1.0, 0.0)
                .withTrajectory();
        AdaptiveSolution coarse = solver.withTolerances(1e-2, 1e-2).along(path(6, 3));
        AdaptiveSolution again = solver.withTolerances(1e-2, 1e-2).along(path(6, 3));
        AdaptiveSolution fine = solver.withTolerances(1e-4, 1e-4).along(path(6, 3));
        assertThat(again.state()).containsExactly(coarse.state());
        assertThat(again.trajectory()).hasSameSizeAs(coarse.trajectory());
        assertThat(fine.accepted()).isGreaterThan(coarse.accepted());
        assertThat(solver.along(path(6, 4)).state()[1]).isNotEqualTo(coarse.state()[1]);
        // Both see the same W at the times they visit.
        double[] w = new double[1];
        for (AdaptiveSolution solution : List.of(coarse, fine)) {
            assertThat(solution.trajectory()).hasSize((int) solution.accepted() + 1);
            for (AdaptiveSolution.Point point : solution.trajectory()) {
                path(6, 3).at(30, (long) Math.scalb(point.time(), 30), w);
                assertThat(point.state()[1]).isCloseTo(w[0], within(1e-13));
            }
        }
    }

    @Test
    void stepsCoverTheTimeExactly() {
        BrownianPath path = BrownianPath.of(Seed.of(7), 0, 1, 0.3);
        AdaptiveSolution solution = AdaptiveSolver.of(burst(), Sra1::withStep)
                .startingAt(10.0)
                .withTrajectory()
                .along(path);
        List<AdaptiveSolution.Point> points = solution.trajectory();
        assertThat(points.get(0).time()).isZero();
        assertThat(points.get(points.size() - 1).time()).isEqualTo(0.3);
        double smallest = 1.0;
        double largest = 0.0;
        for (int i = 1; i < points.size(); i++) {
            double step = points.get(i).time() - points.get(i - 1).time();
            smallest = Math.min(smallest, step);
            largest = Math.max(largest, step);
        }
        assertThat(smallest).isCloseTo(solution.smallestStep(), within(1e-15));
        assertThat(largest).isCloseTo(solution.largestStep(), within(1e-15));
        assertThat(largest).isGreaterThan(16.0 * smallest);
        assertThat(points.get(points.size() - 1).state()).containsExactly(solution.state());
        assertThat(AdaptiveSolver.of(burst(), Sra1::withStep)
                        .startingAt(10.0)
                        .along(path)
                        .trajectory())
                .isEmpty();
    }

    /** dx = x² dt + dW from 5 leaves the finite numbers near t = 0.2. */
    @Test
    void blowUpIsReportedWithItsNumbers() {
        Sde sde = Sde.ito((x, out) -> out[0] = x[0] * x[0], Diffusion.isotropic(1, 1.0), UNIT);
        AdaptiveSolver solver = AdaptiveSolver.of(sde, Sra1::withStep)
                .startingAt(5.0)
                .withTolerances(1e-3, 1e-4)
                .withLevels(2, 16);
        ToleranceException failure = catchThrowableOfType(ToleranceException.class, () -> solver.along(path(8, 11)));
        assertThat(failure.path()).isEqualTo(11);
        assertThat(failure.error()).isGreaterThan(1.0);
        assertThat(failure.absoluteTolerance()).isEqualTo(1e-3);
        assertThat(failure.relativeTolerance()).isEqualTo(1e-4);
        assertThat(failure.step()).isEqualTo(Math.scalb(1.0, -16));
        assertThat(failure.time()).isBetween(0.1, 0.4);
        assertThat(failure.state()[0]).isGreaterThan(100.0).isFinite();
        assertThat(failure).hasMessageContaining("path 11").hasMessageContaining("tolerances");
    }

    @Test
    void badArgumentsAreRefused() {
        AdaptiveSolver solver = AdaptiveSolver.of(burst(), Sra1::withStep);
        assertThatThrownBy(() -> solver.withTolerances(0.0, 1e-3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("absoluteTolerance must be positive and finite, got 0.0");
        assertThatThrownBy(() -> solver.withTolerances(Double.NaN, 1e-3))
                .hasMessage("absoluteTolerance must be positive and finite, got NaN");
        assertThatThrownBy(() -> solver.withTolerances(1e-3, -1.0))
                .hasMessage("relativeTolerance must be finite and not negative, got -1.0");
        assertThatThrownBy(() -> solver.withLevels(5, 4))
                .hasMessage("levels must be ordered within [0, 38], got 5 to 4");
        assertThatThrownBy(() -> solver.withLevels(5, 39))
                .hasMessage("levels must be ordered within [0, 38], got 5 to 39");
        assertThatThrownBy(() -> solver.startingAt(1.0, 2.0)).hasMessage("start must have length 1, got 2");
        assertThatThrownBy(() -> solver.startingAt(Double.NaN)).hasMessage("start must be finite, got x[0] = NaN");
        assertThatThrownBy(() -> solver.along(BrownianPath.of(Seed.of(1), 0, 2, 1.0)))
                .hasMessage("path must have 1 components, got 2");
        assertThatThrownBy(() -> AdaptiveSolver.of(kloedenPlaten(1.0), EulerMaruyama::withStep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scheme must have a strong order of at least 1 for adaptive steps, EulerMaruyama has 0.5"
                        + " for SCALAR noise");
        Sde general = Sde.ito(
                (x, out) -> Arrays.fill(out, 0.0),
                Diffusion.automaticFactor(2, 2, x ->
                        new Gradient[][] {{x[1], x[0].multiply(0.5)}, {x[0].multiply(0.2), x[1].multiply(-0.6)}}),
                UNIT);
        assertThatThrownBy(() -> AdaptiveSolver.of(general, Milstein::withStep))
                .hasMessage("scheme must do without Lévy areas, Milstein needs them for GENERAL noise");
    }
}
