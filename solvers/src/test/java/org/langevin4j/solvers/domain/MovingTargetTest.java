package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.special.Erf;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** Brownian motion of variance 2Tt = 0.8t, T = 0.4, against closed forms. */
class MovingTargetTest {

    private static final double T = 0.4;

    private static final Sde BROWNIAN =
            Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(1, 1.0), Temperature.of(T));

    private static double normal(double z) {
        return 0.5 * Erf.erfc(-z / Math.sqrt(2.0));
    }

    /** P(T > t) for the boundary a + vt, a > 0 (Cox and Miller 1965, section 5.7). */
    private static double linearSurvival(double a, double v, double t) {
        double s = Math.sqrt(2.0 * T * t);
        return normal((a + v * t) / s) - Math.exp(-a * v / T) * normal((v * t - a) / s);
    }

    /** Daniels (1969): where images at δ and 2δ of the strengths κ₁ and κ₂ cancel the density of the start, s = 2Tt. */
    private static double daniels(double s) {
        return 0.5 - s * Math.log(0.25 + Math.sqrt(0.0625 + 0.25 * Math.exp(-1.0 / s)));
    }

    private static double danielsSurvival(double t) {
        double s = 2.0 * T * t;
        double x = daniels(s);
        double root = Math.sqrt(s);
        return normal(x / root) - 0.5 * normal((x - 1.0) / root) - 0.25 * normal((x - 2.0) / root);
    }

    private static FirstPassage.Times passages(MovingTarget target, double h, double end, int paths) {
        double[] edges = new double[(int) Math.round(end / h) + 1];
        Arrays.setAll(edges, k -> (k + 0.5) * h);
        FirstPassage passage = FirstPassage.outOfDomain(Axis.of(edges));
        return Ensemble.of(target.sde())
                .scheme(EulerMaruyama.withStep(h))
                .within(target.domain())
                .startingAt(target.start(0.0))
                .paths(paths)
                .until(end + h)
                .seed(7)
                .observe(passage)
                .run()
                .get(passage);
    }

    private static double error(double p, int paths) {
        return Math.sqrt(p * (1.0 - p) / paths);
    }

    /** Exact at a step of 0.25, in which a path moves by half of the distance; to look at the ends of the steps alone misses a fifth of the passages. */
    @Test
    void linearBoundaryIsExactAtAnyStep() {
        int paths = 10_000;
        for (double v : new double[] {-0.3, 0.4}) {
            VectorField gradient = (z, out) -> {
                out[0] = -1.0;
                out[1] = v;
            };
            MovingTarget target = MovingTarget.of(BROWNIAN, z -> 0.8 + v * z[1] - z[0], gradient, 0.0);
            FirstPassage.Times times = passages(target, 0.25, 2.0, paths);
            for (int k = 1; k <= 8; k++) {
                double expected = linearSurvival(0.8, v, 0.25 * k);
                assertThat(times.survival(k)).isCloseTo(expected, within(4.0 * error(expected, paths)));
            }
            FirstPassage unaided = FirstPassage.outOfDomain(Axis.uniform(0.0, 4.0, 4));
            Event crossing = Event.falling("crossing", target.domain().function());
            double blind = Ensemble.of(target.sde())
                    .scheme(EulerMaruyama.withStep(0.25))
                    .stoppingAt(crossing)
                    .startingAt(target.start(0.0))
                    .paths(paths)
                    .until(2.0)
                    .seed(8)
                    .observe(unaided)
                    .run()
                    .get(unaided)
                    .passed();
            assertThat(1.0 - blind / paths).isGreaterThan(linearSurvival(0.8, v, 2.0) + 10.0 * error(0.5, paths));
        }
    }

    @Test
    void curvedBoundaryOfDaniels() {
        int paths = 8000;
        double c = 1e-6;
        VectorField gradient = (z, out) -> {
            double s = 2.0 * T * Math.max(z[1], 1e-3);
            out[0] = -1.0;
            out[1] = 2.0 * T * (daniels(s + c) - daniels(s - c)) / (2.0 * c);
        };
        MovingTarget target =
                MovingTarget.of(BROWNIAN, z -> daniels(2.0 * T * Math.max(z[1], 1e-9)) - z[0], gradient, 0.0);
        FirstPassage.Times times = passages(target, 0.04, 2.0, paths);
        for (int k = 5; k <= 50; k += 5) {
            double expected = danielsSurvival(0.04 * k);
            assertThat(times.survival(k)).isCloseTo(expected, within(4.0 * error(expected, paths) + 0.001));
        }
        assertThat(danielsSurvival(2.0)).isBetween(0.1, 0.6);
    }

    /** The same on a grid in the frame of the boundary, from x = 0 spread over a cell. */
    @Test
    void gridInTheMovingFrame() {
        double v = 0.4;
        Sde moving = MovingTarget.frame(BROWNIAN, t -> new double[] {0.8 + v * t}, t -> new double[] {v});
        Region region = Region.of(Grid.of(Axis.uniform(-7.2, 0.0, 360)), Boundary.REFLECTING)
                .withFaces(0, Boundary.REFLECTING, Boundary.ABSORBING);
        Density start = Density.gaussian(region.grid(), new double[] {-0.8}, 0.02);
        double survived = DrivenFokkerPlanck.of(moving, region)
                .evolve(start, 0.0, new double[] {2.0}, Integrator.implicitEuler(0.004))
                .last()
                .mass();
        assertThat(survived).isCloseTo(linearSurvival(0.8, v, 2.0), within(0.002));
    }

    /** A boundary that runs with the mean of a driven Ornstein–Uhlenbeck process is one at rest for the process at rest. */
    @Test
    void drivenEquation() {
        double theta = 1.0;
        VectorField drift = VectorField.driven(t -> (x, out) -> out[0] = -theta * (x[0] - 0.5 * t) + 0.5);
        Sde driven = Sde.ito(drift, Diffusion.isotropic(1, 1.0), Temperature.of(T));
        MovingTarget target = MovingTarget.of(
                driven,
                z -> 0.7 + 0.5 * z[1] - z[0],
                (z, out) -> {
                    out[0] = -1.0;
                    out[1] = 0.5;
                },
                0.0);
        MovingTarget still = MovingTarget.of(
                Sde.ito((x, out) -> out[0] = -theta * x[0], Diffusion.isotropic(1, 1.0), Temperature.of(T)),
                z -> 0.7 - z[0],
                (z, out) -> {
                    out[0] = -1.0;
                    out[1] = 0.0;
                },
                0.0);
        FirstPassage.Times moved = passages(target, 0.05, 2.0, 2000);
        FirstPassage.Times rested = passages(still, 0.05, 2.0, 2000);
        // The same noise: but for rounding the same paths.
        for (int k = 1; k <= 40; k++) {
            assertThat(moved.survival(k)).isCloseTo(rested.survival(k), within(0.002));
        }
    }

    @Test
    void badInputIsRefused() {
        MovingTarget target = MovingTarget.of(
                BROWNIAN,
                z -> 1.0 - z[0],
                (z, out) -> {
                    out[0] = -1.0;
                    out[1] = 0.0;
                },
                0.0);
        assertThatThrownBy(() -> target.start(0.0, 0.0)).hasMessage("start must have length 1, got 2");
        Sde noisy =
                Sde.ito((x, out) -> out[0] = 0.0, Diffusion.isotropic(1, x -> 1.0 + x[0] * x[0]), Temperature.of(T));
        assertThatThrownBy(() -> MovingTarget.frame(noisy, t -> new double[1], t -> new double[1]))
                .hasMessageContaining("constant diffusion");
    }
}
