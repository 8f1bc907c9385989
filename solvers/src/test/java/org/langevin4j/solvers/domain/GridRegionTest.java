package org.langevin4j.solvers.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.hipparchus.linear.MatrixUtils;
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
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.sde.Baoab;
import org.langevin4j.solvers.sde.EulerMaruyama;

/** One Ω for paths and for grids. */
class GridRegionTest {

    private static final Face[] FACES = Face.values();

    private static Axis graded(double from, double to, int cells) {
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            double u = (double) i / cells;
            edges[i] = i == cells ? to : from + (to - from) * (u + 0.3 * u * u) / 1.3;
        }
        return Axis.of(edges);
    }

    private static LevelSet ball(int d, double radius, Face face) {
        VectorField gradient = (x, out) -> {
            for (int i = 0; i < out.length; i++) {
                out[i] = -2 * x[i];
            }
        };
        return new LevelSet(
                d, x -> radius * radius - Arrays.stream(x).map(xi -> xi * xi).sum(), gradient, face, gradient);
    }

    private static void refuses(Supplier<Region> region, String... words) {
        assertThatThrownBy(region::get)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    /** Every pair of faces on a graded axis and in three dimensions, there and back. */
    @Test
    void boxesThereAndBack() {
        Axis axis = graded(-1, 2, 9);
        List<Interval> intervals = new ArrayList<>();
        for (Face lower : FACES) {
            for (Face upper : FACES) {
                if ((lower == Face.PERIODIC) == (upper == Face.PERIODIC)) {
                    intervals.add(new Interval(-1, lower, 2, upper));
                }
            }
        }
        assertThat(intervals).hasSize(10);
        for (int k = 0; k < intervals.size(); k++) {
            Interval first = intervals.get(k);
            Interval last = intervals.get((3 * k + 1) % intervals.size());
            Box box = Box.of(first, last, Interval.reflecting(0, 1));
            Region region = box.region(Grid.of(axis, axis, Axis.uniform(0, 1, 4)));
            assertThat(region.size()).isEqualTo(324);
            assertThat(region.lower(0)).isEqualTo(expected(first.atLower()));
            assertThat(region.upper(0)).isEqualTo(expected(first.atUpper()));
            assertThat(region.lower(1)).isEqualTo(expected(last.atLower()));
            assertThat(region.upper(1)).isEqualTo(expected(last.atUpper()));
            assertThat(region.upper(2)).isEqualTo(Boundary.REFLECTING);
            assertThat(Box.of(region))
                    .isEqualTo(Box.of(inTheLimit(first), inTheLimit(last), Interval.reflecting(0, 1)));
        }
    }

    private static Boundary expected(Face face) {
        return face == Face.REFLECTING
                ? Boundary.REFLECTING
                : face == Face.PERIODIC ? Boundary.PERIODIC : Boundary.ABSORBING;
    }

    private static Interval inTheLimit(Interval interval) {
        Face lower = interval.atLower() == Face.ABSORBING_AT_STEPS ? Face.ABSORBING : interval.atLower();
        Face upper = interval.atUpper() == Face.ABSORBING_AT_STEPS ? Face.ABSORBING : interval.atUpper();
        return new Interval(interval.lower(), lower, interval.upper(), upper);
    }

    @Test
    void wallsInsideTheGrid() {
        Grid grid = Grid.of(Axis.uniform(-2, 2, 8), Axis.uniform(0, 3, 6));
        Box box = Box.of(Interval.absorbing(-1, 1.5), Interval.reflecting(0, Double.POSITIVE_INFINITY));
        Region inside = box.region(grid);
        assertThat(inside.size()).isEqualTo(5 * 6);
        assertThat(inside.rim()).isEqualTo(Boundary.ABSORBING);
        // A half-space across an axis is an end of the box; the tighter wall of two counts.
        Domain both = Intersection.of(
                Box.cube(2, Interval.reflecting(-7, 7)),
                HalfSpace.absorbing(new double[] {0, -2}, -6),
                HalfSpace.reflecting(new double[] {0, 1}, 0),
                Box.of(Interval.reflecting(-2, 2), Interval.unbounded()));
        Region ends = both.region(grid);
        assertThat(ends.size()).isEqualTo(48);
        assertThat(ends.upper(1)).isEqualTo(Boundary.ABSORBING);
        assertThat(ends.lower(1)).isEqualTo(Boundary.REFLECTING);
        Region wedge = Intersection.of(
                        HalfSpace.reflecting(new double[] {1, -1}, 0), HalfSpace.reflecting(new double[] {1, 0}, 0))
                .region(Grid.square(-1, 1, 20));
        assertThat(wedge.size()).isEqualTo(155);
        assertThat(wedge.rim()).isEqualTo(Boundary.REFLECTING);
        // The disc is redundant inside walls on all sides.
        Grid square = Grid.square(-1, 1, 6);
        assertThat(Intersection.of(ball(2, 5, Face.ABSORBING), Box.cube(2, Interval.reflecting(-1, 1)))
                        .region(square)
                        .size())
                .isEqualTo(36);
        Region circle = Box.of(Interval.periodic(0, 1), Interval.unbounded())
                .region(Grid.of(Axis.uniform(0, 1, 4), Axis.uniform(-3, 3, 5)));
        assertThat(circle.isPeriodic(0)).isTrue();
        assertThat(circle.lower(1)).isEqualTo(Boundary.REFLECTING);
    }

    @Test
    void mismatchesAreRefused() {
        Grid grid = Grid.square(-2, 2, 8);
        refuses(() -> Box.of(Interval.unbounded()).region(grid), "dimension of the domain, 1, got 2");
        refuses(
                () -> Box.cube(2, Interval.reflecting(-2, 2.1)).region(grid),
                "an edge of its cells at the wall 2.1 of axis 0, the nearest is at 2.0");
        refuses(() -> Box.cube(2, Interval.absorbing(-1.2, 2)).region(grid), "the wall -1.2", "nearest is at -1.0");
        refuses(
                () -> Box.cube(2, Interval.periodic(-1, 2)).region(grid),
                "one period long on the periodic axis 0, with an end at -1.0, got -2.0");
        refuses(
                () -> Box.cube(2, new Interval(-1, Face.REFLECTING, 1, Face.ABSORBING))
                        .region(grid),
                "walls of one kind",
                "REFLECTING at the lower end -1.0 of coordinate 0",
                "ABSORBING at the upper end 1.0");
        refuses(() -> ball(2, 5, Face.ABSORBING).region(grid), "reach beyond the walls");
        refuses(() -> ball(2, 0.01, Face.REFLECTING).region(grid), "at least 2 cells");
        refuses(
                () -> HalfSpace.reflecting(new double[] {1, 0}, 0, new double[] {1, 1})
                        .region(grid),
                "reflect along its normal",
                "region(grid, diffusion)");
        Region half = Region.of(grid, Boundary.REFLECTING).where(x -> x[0] > 0, Boundary.ABSORBING);
        assertThatThrownBy(() -> Box.of(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all cells of its grid, got 32 of the 64");
        Region specular = Region.of(grid, Boundary.REFLECTING).withFaces(0, Boundary.SPECULAR, Boundary.ABSORBING);
        assertThatThrownBy(() -> Box.of(specular))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("specular", "axis 0", "Walls.of");
    }

    /** Reflection along Dn is that of a grid, along n it is not if D is full. */
    @Test
    void directionsOfReflection() {
        Grid grid = Grid.square(-2, 2, 8);
        Diffusion full = Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{2, 1}, {1, 3}}));
        double[] normal = {1, 0};
        assertThat(HalfSpace.reflecting(normal, -2, new double[] {2, 1})
                        .region(grid, full)
                        .size())
                .isEqualTo(64);
        refuses(
                () -> HalfSpace.reflecting(normal, -2).region(grid, full),
                "co-normal Dn",
                "got (1.0000, 0.0000) where Dn is (2.0000, 1.0000)");
        refuses(() -> Box.cube(2, Interval.reflecting(-2, 2)).region(grid, full), "co-normal Dn");
        assertThat(Box.cube(2, Interval.reflecting(-2, 2))
                        .region(grid, Diffusion.diagonal(1, 5))
                        .size())
                .isEqualTo(64);
        assertThat(Box.cube(2, Interval.absorbing(-2, 2)).region(grid, full).size())
                .isEqualTo(64);
        LevelSet disc = ball(2, 1.8, Face.REFLECTING);
        assertThat(disc.region(grid, Diffusion.isotropic(2, x -> 1 + x[0] * x[0]))
                        .size())
                .isEqualTo(disc.region(grid).size());
        refuses(() -> disc.region(grid, Diffusion.diagonal(1, 5)), "co-normal Dn");
        LevelSet coNormal = LevelSet.reflecting(2, disc.function(), disc.gradient(), (x, out) -> {
            out[0] = -2 * x[0];
            out[1] = -10 * x[1];
        });
        assertThat(coNormal.region(grid, Diffusion.diagonal(1, 5)).size())
                .isEqualTo(disc.region(grid).size());
        // No noise reaches the wall.
        refuses(() -> HalfSpace.reflecting(normal, -2).region(grid, Diffusion.diagonal(0, 1)), "co-normal Dn");
    }

    /** dx = −x dt + √(2T) dW, x ∈ [−1, 0.8] reflected below and stopped above; a circle beside it turns along. */
    @Test
    void exitTimesFromPathsAndFromTheGrid() {
        VectorField drift = (x, out) -> {
            out[0] = -x[0] + 0.5 * Math.cos(x[1]);
            out[1] = 1.0;
        };
        Sde sde = Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(0.4));
        Box box = Box.of(new Interval(-1, Face.REFLECTING, 0.8, Face.ABSORBING), Interval.periodic(0, 2 * Math.PI));
        Region region = box.region(Grid.of(graded(-1, 0.8, 60), Axis.uniform(0, 2 * Math.PI, 48)));
        double[] start = {0.1, 2.0};
        double onGrid =
                HittingProblem.of(FokkerPlanck.of(sde, region)).meanTime().at(start);
        requireMeanExit(sde, Box.of(region), start, onGrid, 2e-3 * onGrid);
    }

    /** Out of a ball in three dimensions E τ = (R² − r²)/(2dT); the rim of cells is of first order. */
    @Test
    void exitFromABallInThreeDimensions() {
        double temperature = 0.7;
        Sde sde = Sde.ito((x, out) -> Arrays.fill(out, 0.0), Diffusion.isotropic(3, 1.0), Temperature.of(temperature));
        LevelSet ball = ball(3, 1.0, Face.ABSORBING);
        double exact = (1.0 - 0.09) / (6 * temperature);
        Axis axis = Axis.uniform(-1.1, 1.1, 44);
        Region region = ball.region(Grid.of(axis, axis, axis));
        double[] start = {0.3, 0, 0};
        assertThat(HittingProblem.of(FokkerPlanck.of(sde, region)).meanTime().at(start))
                .isCloseTo(exact, within(0.03 * exact));
        requireMeanExit(sde, ball, start, exact, 1e-3);
    }

    private static void requireMeanExit(Sde sde, Domain domain, double[] start, double expected, double allowed) {
        double h = 2.5e-3;
        FirstPassage exits = FirstPassage.outOfDomain(Axis.uniform(0, 40, 10));
        RunningMoments times = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(h))
                .until(40)
                .startingAt(start)
                .paths(8_000)
                .seed(3)
                .within(domain)
                .observe(exits)
                .run()
                .get(exits)
                .moments();
        // Exits are seen at the end of the step: half a step late.
        assertThat(times.mean(0) - 0.5 * h).isCloseTo(expected, within(4 * times.standardError(0) + allowed));
    }

    /** b = −g e₁ between reflecting walls: ρ ∝ e^(−βg x₁), flat along the others; in three dimensions. */
    @Test
    void steadyStatesBetweenReflectingWalls() {
        double g = 1.5;
        double temperature = 0.5;
        Sde sde = Sde.ito(
                (x, out) -> {
                    Arrays.fill(out, 0.0);
                    out[0] = -g;
                },
                Diffusion.diagonal(1.0, 2.0, 0.5),
                Temperature.of(temperature));
        Box box = Box.of(Interval.reflecting(0, 1), Interval.reflecting(-1, 1), Interval.periodic(0, 1));
        Region region = box.region(Grid.of(graded(0, 1, 30), graded(-1, 1, 8), Axis.uniform(0, 1, 6)), sde.diffusion());
        double k = g / temperature;
        double exact = 1 / k - 1 / Math.expm1(k);
        Density steady = FokkerPlanck.of(sde, region).steadyState().density();
        assertThat(steady.mean()).containsExactly(new double[] {exact, 0.0, 0.5}, within(1e-3));
        RunningMoments moments = Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(2.5e-3))
                .until(3)
                .startingAt(0.5, 0.0, 0.5)
                .paths(6_000)
                .seed(4)
                .within(Box.of(region))
                .observe(Moments.of(3))
                .run()
                .get(Moments.of(3));
        assertThat(moments.mean(0)).isCloseTo(exact, within(4 * moments.standardError(0) + 2e-3));
    }

    /** ∇U = g between specular walls: q as above, p Maxwell's; there and back. */
    @Test
    void kineticSystemsBetweenSpecularWalls() {
        double g = 1.5;
        double temperature = 0.5;
        Sde sde = UnderdampedLangevin.ofGradient(1, (q, out) -> out[0] = g, 1.0, Temperature.of(temperature))
                .sde();
        Walls walls = Walls.specular(Box.of(Interval.reflecting(0, 1)));
        Region region = walls.region(Grid.of(Axis.uniform(0, 1, 50), Axis.uniform(-4, 4, 50)));
        assertThat(List.of(region.lower(0), region.upper(0), region.lower(1), region.upper(1)))
                .containsExactly(Boundary.SPECULAR, Boundary.SPECULAR, Boundary.REFLECTING, Boundary.REFLECTING);
        assertThat(Walls.of(region)).isEqualTo(walls);
        double k = g / temperature;
        double exact = 1 / k - 1 / Math.expm1(k);
        Density steady = FokkerPlanck.of(sde, region).steadyState().density();
        assertThat(steady.mean()).containsExactly(new double[] {exact, 0.0}, within(0.02));
        RunningMoments moments = Ensemble.of(sde)
                .scheme(Baoab.withStep(0.05))
                .until(8)
                .startingAt(0.5, 0.0)
                .paths(10_000)
                .seed(4)
                .within(Walls.of(region))
                .observe(Moments.of(2))
                .run()
                .get(Moments.of(2));
        assertThat(moments.mean(0)).isCloseTo(exact, within(4 * moments.standardError(0) + 2e-3));
        assertThat(moments.mean(1)).isCloseTo(0.0, within(4 * moments.standardError(1)));
    }

    @Test
    void otherKineticWalls() {
        Grid grid =
                Grid.of(Axis.uniform(-2, 2, 8), Axis.uniform(0, 1, 4), Axis.uniform(-3, 3, 6), Axis.uniform(-1, 1, 4));
        Box positions = Box.of(new Interval(-2, Face.REFLECTING, 2, Face.ABSORBING), Interval.periodic(0, 1));
        Region region = Walls.specular(positions).region(grid);
        assertThat(region.lower(0)).isEqualTo(Boundary.SPECULAR);
        assertThat(region.upper(0)).isEqualTo(Boundary.ABSORBING);
        assertThat(region.isPeriodic(1)).isTrue();
        assertThat(Walls.of(region)).isEqualTo(Walls.specular(positions));
        // An absorbing disc of positions: the function of two coordinates is not asked about momenta.
        Region disc = Walls.specular(ball(2, 1.2, Face.ABSORBING)).region(grid);
        assertThat(disc.size()).isEqualTo(4 * 4 * 24);
        refuses(() -> Walls.specular(ball(2, 1.2, Face.REFLECTING)).region(grid), "must end at specular walls");
        refuses(() -> Walls.thermal(positions, Temperature.of(1)).region(grid), "specular on a grid, got thermal");
        assertThatThrownBy(() -> Walls.of(Region.of(grid, Boundary.REFLECTING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("at the positions, got REFLECTING on axis 0");
        assertThatThrownBy(() -> Walls.of(region.withFaces(2, Boundary.ABSORBING, Boundary.REFLECTING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("reflecting faces at the momenta, got ABSORBING on axis 2");
        assertThatThrownBy(() -> Walls.of(Region.of(Grid.of(Axis.uniform(0, 1, 2)), Boundary.ABSORBING)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("even number of axes, got 1");
    }
}
