package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.decomposition.Decomposition;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.AntisymmetricField;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.sde.UnderdampedLangevin;
import org.langevin4j.solvers.fokkerplanck.DrivenFokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.Integrator;
import org.langevin4j.solvers.markov.Generator;

/**
 * How often the functions of an equation are called when it is built: once a centre, once half-way between the cells of each
 * pair, once half-way to absorbing walls; Q and Φ once a corner.
 */
class EvaluationCountTest {

    private static final Temperature T = Temperature.of(0.4);

    /** Where a function was called. */
    private static final class Calls {

        private final ConcurrentLinkedQueue<List<Double>> points = new ConcurrentLinkedQueue<>();

        void at(double[] x) {
            points.add(Arrays.stream(x).boxed().toList());
        }

        VectorField counting(VectorField field) {
            return (x, out) -> {
                at(x);
                field.at(x, out);
            };
        }

        void are(int expected) {
            assertThat(points).hasSize(expected);
        }

        void areAllDifferent() {
            assertThat(new HashSet<>(points)).hasSameSizeAs(points);
        }
    }

    private final Calls b = new Calls();
    private final Calls dd = new Calls();

    private static final VectorField DRIFT = (x, out) -> {
        for (int i = 0; i < x.length; i++) {
            out[i] = Math.sin(x[(i + 1) % x.length]) - 0.3 * Math.sin(x[i]);
        }
    };

    private static Axis graded(int cells) {
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            edges[i] = Math.sinh(2.0 * i / cells - 0.9);
        }
        return Axis.of(edges);
    }

    private static Axis circle(int cells) {
        return Axis.uniform(0.0, 2.0 * Math.PI, cells);
    }

    private GridGenerator diagonal(Region region) {
        int d = region.grid().dimension();
        VectorField entries = (x, out) -> {
            for (int i = 0; i < d; i++) {
                out[i] = 1.0 + 0.5 * Math.sin(x[i] + i);
            }
        };
        return GridGenerator.of(Sde.ito(b.counting(DRIFT), Diffusion.diagonal(d, dd.counting(entries)), T), region);
    }

    private GridGenerator full(Region region, VectorField entries) {
        int d = region.grid().dimension();
        return GridGenerator.of(
                Sde.ito(
                        b.counting(DRIFT),
                        Diffusion.of(MatrixField.of(d, dd.counting(entries), (x, out) -> Arrays.fill(out, 0.0))),
                        T),
                region);
    }

    private void bothAre(int expected) {
        b.are(expected);
        dd.are(expected);
        b.areAllDifferent();
    }

    @Test
    void reflectingBoxOfAnyAxesHasCentresAndInnerFaces() {
        diagonal(Region.of(Grid.of(graded(17), Axis.uniform(-1.3, 2.0, 23)), Boundary.REFLECTING));
        bothAre(17 * 23 + 16 * 23 + 17 * 22);
    }

    /** 11 faces on an axis of 10 cells with walls, 10 on a circle. */
    @Test
    void absorbingWallsHaveFacesToo() {
        Region region = Region.of(Grid.of(graded(10), circle(12), Axis.uniform(-1.0, 1.0, 9)), Boundary.ABSORBING)
                .withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC)
                .withFaces(2, Boundary.REFLECTING, Boundary.ABSORBING);
        diagonal(region);
        bothAre(10 * 12 * 9 + 11 * 12 * 9 + 10 * 12 * 9 + 10 * 12 * 9);
    }

    @Test
    void manyRangesOfCellsShareTheirFaces() {
        diagonal(Region.of(Grid.of(circle(250), circle(200)), Boundary.PERIODIC));
        bothAre(3 * 250 * 200);
    }

    @Test
    void fourAndOneDimensionsToo() {
        Axis a = Axis.uniform(-1.0, 1.5, 6);
        diagonal(Region.of(Grid.of(a, a, a, a), Boundary.REFLECTING));
        bothAre(6 * 6 * 6 * 6 + 4 * 5 * 6 * 6 * 6);
        Calls one = new Calls();
        GridGenerator.of(
                Sde.ito(one.counting(DRIFT), Diffusion.isotropic(1, 0.7), T),
                Region.of(Grid.of(graded(50)), Boundary.ABSORBING));
        one.are(50 + 51);
    }

    @Test
    void masksHaveTheFacesOfTheirCells() {
        Grid grid = Grid.of(graded(20), Axis.uniform(-1.5, 1.5, 30));
        for (Boundary rim : List.of(Boundary.REFLECTING, Boundary.ABSORBING)) {
            Region region = Region.of(grid, Boundary.REFLECTING).where(x -> x[0] * x[0] + x[1] * x[1] < 1.1, rim);
            Calls calls = new Calls();
            GridGenerator.of(Sde.ito(calls.counting(DRIFT), Diffusion.isotropic(2, 0.7), T), region);
            int expected = region.size();
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 30; j++) {
                    boolean here = region.contains(i * 30 + j);
                    for (int[] step : new int[][] {{1, 0}, {0, 1}}) {
                        boolean there = i + step[0] < 20
                                && j + step[1] < 30
                                && region.contains((i + step[0]) * 30 + j + step[1]);
                        boolean inBox = i + step[0] < 20 && j + step[1] < 30;
                        expected += here && there ? 1 : 0;
                        expected += rim == Boundary.ABSORBING && inBox && here != there ? 1 : 0;
                    }
                }
            }
            calls.are(expected);
            calls.areAllDifferent();
        }
    }

    /** D = Σ λ eeᵀ with e = (1, 0), (1, 1), (2, 1), whose weights no flip can change. */
    @Test
    void offsetsOfFullDiffusionHaveOneCallAPairAndOneAWall() {
        VectorField entries = (x, out) -> {
            out[0] = 0.5 + 0.7 + 4 * 0.2;
            out[1] = 0.7 + 2 * 0.2;
            out[2] = out[1];
            out[3] = 0.7 + 0.2;
        };
        int n = 18;
        int m = 15;
        Axis first = Axis.uniform(0.0, 1.8, n);
        Axis second = Axis.uniform(-1.0, 0.5, m);
        full(Region.of(Grid.of(first, second), Boundary.ABSORBING), entries);
        int expected = n * m;
        for (int[] e : new int[][] {{1, 0}, {1, 1}, {2, 1}}) {
            int pairs = (n - e[0]) * (m - e[1]);
            // Where an offset leads out of the box it meets a wall, on both sides.
            expected += pairs + 2 * (n * m - pairs);
        }
        b.are(expected);
        dd.are(expected);
        Calls periodic = new Calls();
        GridGenerator.of(
                Sde.ito(
                        (x, out) -> out[0] = out[1] = Math.sin(x[0]),
                        Diffusion.of(MatrixField.of(2, periodic.counting(entries), (x, out) -> Arrays.fill(out, 0.0))),
                        T),
                Region.of(
                        Grid.of(Axis.uniform(0, 2 * Math.PI, 2 * n), Axis.uniform(0, 2 * Math.PI, 2 * n)),
                        Boundary.PERIODIC));
        periodic.are(4 * 4 * n * n);
        periodic.areAllDifferent();
    }

    /** The six offsets of the lattice of D in three dimensions: e₁, e₂, e₃, e₁ + e₂, e₂ + e₃, e₁ + e₂ + e₃. */
    @Test
    void sixOffsetsInThreeDimensionsHaveSevenCallsACell() {
        int[][] offsets = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {0, 1, 1}, {1, 1, 1}};
        VectorField entries = (x, out) -> {
            Arrays.fill(out, 0.0);
            for (int e = 0; e < 6; e++) {
                double weight = (1.0 + 0.2 * e) * (1.0 + 0.3 * Math.sin(x[0] - x[1]));
                for (int i = 0; i < 9; i++) {
                    out[i] += weight * offsets[e][i / 3] * offsets[e][i % 3];
                }
            }
        };
        Axis a = circle(12);
        full(Region.of(Grid.of(a, a, a), Boundary.PERIODIC), entries);
        bothAre(7 * 12 * 12 * 12);
    }

    /** Where offsets differ from cell to cell, walls are slid along and axes are graded: the pairs are those of the chain. */
    @Test
    void turningDiffusionHasOneCallForEachPairOfCellsThatExchange() {
        VectorField entries = (x, out) -> {
            double c = Math.cos(1.3 * x[0] + x[1]);
            double s = Math.sin(1.3 * x[0] + x[1]);
            out[0] = c * c + 0.02 * s * s;
            out[1] = 0.98 * c * s;
            out[2] = out[1];
            out[3] = s * s + 0.02 * c * c;
        };
        Axis uniform = Axis.uniform(-2.0, 1.0, 150);
        for (Boundary boundary : List.of(Boundary.REFLECTING, Boundary.PERIODIC)) {
            Calls calls = new Calls();
            GridGenerator chain = GridGenerator.of(
                    Sde.ito(
                            DRIFT,
                            Diffusion.of(MatrixField.of(2, calls.counting(entries), (x, out) -> Arrays.fill(out, 0.0))),
                            T),
                    Region.of(Grid.of(uniform, Axis.uniform(-1.5, 1.5, 150)), boundary));
            calls.are(chain.region().size() + pairs(chain.generator()));
        }
    }

    private static int pairs(Generator generator) {
        Set<Long> pairs = new HashSet<>();
        for (int k = 0; k < generator.states(); k++) {
            generator.forEachRateFrom(
                    k,
                    (from, to, rate) -> pairs.add((long) Math.min(from, to) * generator.states() + Math.max(from, to)));
        }
        return pairs.size();
    }

    @Test
    void noiseAlongOneAxisHasFacesOnThatAxisOnly() {
        GridGenerator.of(
                Sde.ito(
                        b.counting((x, out) -> {
                            out[0] = x[1];
                            out[1] = x[1] * (1.0 - x[0] * x[0]) - x[0];
                        }),
                        Diffusion.diagonal(2, dd.counting((x, out) -> {
                            out[0] = 0.0;
                            out[1] = 0.125;
                        })),
                        T),
                Region.of(Grid.of(graded(30), Axis.uniform(-5.0, 5.0, 40)), Boundary.REFLECTING));
        bothAre(30 * 40 + 30 * 39);
    }

    /** The columns of D are not asked for one by one. */
    @Test
    void factorsAreEvaluatedOnceAPoint() {
        Diffusion factor = Diffusion.factor(2, 1, dd.counting((x, out) -> {
            out[0] = 1.0;
            out[1] = 0.0;
        }));
        double[] matrix = new double[4];
        factor.matrix(new double[] {0.3, -0.2}, matrix);
        assertThat(matrix).containsExactly(1.0, 0.0, 0.0, 0.0);
        dd.are(1);
        Calls friction = new Calls();
        UnderdampedLangevin particle = UnderdampedLangevin.of(
                        2,
                        Potential.of(
                                x -> 0.5 * (x[0] * x[0] + x[1] * x[1]), (x, out) -> System.arraycopy(x, 0, out, 0, 2)),
                        1.0,
                        T)
                .withFriction(friction.counting((x, out) -> {
                    out[0] = 1.0 + x[0] * x[0];
                    out[1] = 2.0;
                }));
        double[] large = new double[16];
        particle.sde().diffusion().matrix(new double[] {0.5, 0.1, 3.0, 4.0}, large);
        friction.are(1);
        double[] expected = new double[16];
        double[] unit = new double[4];
        double[] column = new double[4];
        for (int j = 0; j < 4; j++) {
            Arrays.fill(unit, 0.0);
            unit[j] = 1.0;
            particle.sde().diffusion().times(new double[] {0.5, 0.1, 3.0, 4.0}, unit, column);
            for (int i = 0; i < 4; i++) {
                expected[4 * i + j] = column[i];
            }
        }
        assertThat(large).containsExactly(expected);
    }

    private final Calls phi = new Calls();
    private final Calls q = new Calls();

    private void balanced(Region region) {
        Potential potential = Potential.of(
                x -> {
                    phi.at(x);
                    double sum = 0.0;
                    for (double value : x) {
                        sum += 1.0 - Math.cos(value);
                    }
                    return sum;
                },
                (x, out) -> Arrays.setAll(out, i -> Math.sin(x[i])));
        int d = region.grid().dimension();
        AntisymmetricField rotation = AntisymmetricField.planar(Potential.of(
                x -> {
                    q.at(x);
                    return 0.7 + 0.1 * Math.cos(x[0]);
                },
                (x, out) -> {
                    out[0] = -0.1 * Math.sin(x[0]);
                    out[1] = 0.0;
                }));
        VectorField entries = (x, out) -> Arrays.setAll(out, i -> 1.0 + 0.1 * Math.cos(x[i]));
        GridGenerator.of(
                new Decomposition(potential, Diffusion.diagonal(d, dd.counting(entries)), rotation), T, region);
    }

    @Test
    void systemHasPotentialAtCentresAndCornersAndRotationAtCorners() {
        balanced(Region.of(Grid.of(graded(21), Axis.uniform(-1.0, 1.0, 14)), Boundary.REFLECTING));
        dd.are(21 * 14);
        q.are(20 * 13);
        phi.are(21 * 14 + 20 * 13);
        phi.areAllDifferent();
    }

    @Test
    void systemOnACircleWithAbsorbingWallsHasTheirCornersAndFacesToo() {
        balanced(Region.of(Grid.of(circle(150), graded(120)), Boundary.ABSORBING)
                .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC));
        dd.are(150 * 120);
        q.are(150 * 121);
        phi.are(150 * 120 + 150 * 121 + 2 * 150);
        phi.areAllDifferent();
    }

    @Test
    void systemOnAMaskHasCornersWithinTheMask() {
        Region region = Region.of(Grid.square(-1.5, 1.5, 40), Boundary.REFLECTING)
                .where(x -> x[0] * x[0] + x[1] * x[1] < 1.3, Boundary.REFLECTING);
        balanced(region);
        int corners = 0;
        for (int i = 0; i + 1 < 40; i++) {
            for (int j = 0; j + 1 < 40; j++) {
                int cell = 40 * i + j;
                corners += region.contains(cell)
                                && region.contains(cell + 1)
                                && region.contains(cell + 40)
                                && region.contains(cell + 41)
                        ? 1
                        : 0;
            }
        }
        q.are(corners);
        phi.are(region.size() + corners);
        phi.areAllDifferent();
    }

    /** Edges along the third axis lie at corners of the first two, and so on; Q₀₂ = 0 needs no Φ. */
    @Test
    void systemInThreeDimensionsHasEdges() {
        AntisymmetricField rotation = AntisymmetricField.constant(
                new Array2DRowRealMatrix(new double[][] {{0.0, 0.8, 0.0}, {-0.8, 0.0, 0.3}, {0.0, -0.3, 0.0}}));
        Potential potential = Potential.of(
                x -> {
                    phi.at(x);
                    return 0.5 * (x[0] * x[0] + x[1] * x[1] + x[2] * x[2]);
                },
                (x, out) -> System.arraycopy(x, 0, out, 0, 3));
        GridGenerator.of(
                new Decomposition(potential, Diffusion.isotropic(3, 0.6), rotation),
                T,
                Region.of(
                        Grid.of(graded(9), Axis.uniform(-1.0, 1.0, 8), Axis.uniform(-2.0, 1.0, 7)),
                        Boundary.REFLECTING));
        phi.are(9 * 8 * 7 + 8 * 7 * 7 + 9 * 7 * 6);
        phi.areAllDifferent();
    }

    /** The flow that positions without noise have into their walls is asked for there: corners at these walls besides. */
    @Test
    void particleHasCornersAtTheWallsOfItsPosition() {
        UnderdampedLangevin particle = UnderdampedLangevin.of(
                1,
                Potential.of(
                        x -> {
                            phi.at(x);
                            return 0.25 * x[0] * x[0] * x[0] * x[0];
                        },
                        (x, out) -> out[0] = x[0] * x[0] * x[0]),
                0.5,
                T);
        GridGenerator.of(
                particle.sde(), Region.of(Grid.of(graded(25), Axis.uniform(-3.0, 3.0, 18)), Boundary.REFLECTING));
        phi.are(25 * 18 + 24 * 17 + 2 * 19);
    }

    /** Every stage builds the equation of its time, once. */
    @Test
    void drivenEquationHasTheSameCountInEveryStage() {
        int n = 12;
        Grid grid = Grid.of(Axis.uniform(-2.0, 2.0, n), circle(n));
        Sde sde = Sde.ito(
                VectorField.driven(t -> b.counting((x, out) -> {
                    out[0] = Math.cos(t) - x[0];
                    out[1] = Math.sin(x[1]);
                })),
                Diffusion.diagonal(2, dd.counting((x, out) -> Arrays.fill(out, 0.5))),
                T);
        Region region = Region.of(grid, Boundary.REFLECTING).withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC);
        double[] uniform = new double[n * n];
        Arrays.fill(uniform, 1.0);
        Density start = Density.of(grid, uniform).normalized();
        int each = n * n + (n - 1) * n + n * n;
        for (Integrator method :
                List.of(Integrator.implicitEuler(0.1), Integrator.crankNicolson(0.1), Integrator.sdirk2(0.1))) {
            b.points.clear();
            dd.points.clear();
            DrivenFokkerPlanck.of(sde, region).evolve(start, 0.0, new double[] {0.5}, method);
            int stages = method instanceof Integrator.Sdirk2 ? 10 : 5;
            b.are(stages * each);
            dd.are(stages * each);
        }
    }
}
