package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Temperature;

/** Densities from which a flow starts: what is on the grid is what was asked for, or it is refused. */
class DensityStartTest {

    private static Axis graded(double end, int cells) {
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            edges[i] = end * Math.sinh(2.0 * (2.0 * i / cells - 1.0)) / Math.sinh(2.0);
        }
        return Axis.of(edges);
    }

    private static void refuses(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    @Test
    void narrowGaussiansAreRefusedWhereTheCellsAreTooWide() {
        Axis coarse = Axis.uniform(-3, 3, 30);
        for (double mean : new double[] {0.0, 0.1, 0.0333, 0.0777, 2.95}) {
            for (double deviation : new double[] {1e-300, 1e-4, 0.02, 0.05}) {
                refuses(
                        () -> Density.gaussian(Grid.of(coarse), new double[] {mean}, deviation),
                        "standardDeviation must be at least about half the width of the cells, 0.",
                        "on axis 0, got " + deviation,
                        "Density.at");
                refuses(
                        () -> Density.gaussian(
                                Grid.of(Axis.uniform(-3, 3, 3000), graded(3, 40), coarse),
                                new double[] {0.0, 0.0, mean},
                                deviation),
                        "got " + deviation);
            }
        }
        // Fine cells at the mean, wide ones within its reach.
        refuses(
                () -> Density.gaussian(Grid.of(Axis.of(-3, -2, -0.1, 0.0, 0.1, 2, 3)), new double[1], 0.5),
                "half the width");
    }

    @Test
    void gaussiansOfWhichLittleIsOnTheGridAreRefused() {
        refuses(
                () -> Density.gaussian(Grid.of(Axis.uniform(-3, 3, 30)), new double[] {0.5}, 40.0),
                "standardDeviation must leave most of the density on the grid, from -3.0 to 3.0 on axis 0, got 40.0",
                "0.0597");
        refuses(
                () -> Density.gaussian(Grid.of(graded(20, 90), graded(1, 30), graded(20, 90)), new double[3], 3.0),
                "on axis 1, got 3.0");
    }

    /** Where they are accepted, mean and variance are those that were asked for. */
    @Test
    void acceptedGaussiansHaveTheirMoments() {
        Grid grid = Grid.of(Axis.uniform(-4, 4, 40), graded(5, 60), Axis.uniform(-3, 5, 50));
        Density density = Density.gaussian(grid, new double[] {0.3, -0.2, 0.77}, 0.5);
        assertThat(density.mean()).containsExactly(new double[] {0.3, -0.2, 0.77}, within(1e-3));
        assertThat(density.covariance().getEntry(0, 0)).isCloseTo(0.25, within(1e-3));
        assertThat(density.covariance().getEntry(1, 1)).isCloseTo(0.25, within(5e-3));
    }

    /** On a circle a normal density is wrapped around: its first Fourier coefficient is e^(iμ − σ²/2). */
    @Test
    void wrappedGaussian() {
        Axis circle = Axis.uniform(0, 2 * Math.PI, 80);
        Region region = Region.of(Grid.of(circle, graded(6, 80)), Boundary.REFLECTING)
                .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC);
        for (double deviation : new double[] {0.1, 0.6, 1.5}) {
            for (double mean : new double[] {0.02, 3.0, 6.2, 20.0, -1.0}) {
                Density density = Density.gaussian(region, new double[] {mean, 0.5}, deviation);
                double amplitude = Math.exp(-deviation * deviation / 2);
                assertThat(density.mass()).isCloseTo(1.0, within(1e-12));
                assertThat(density.expectation(x -> Math.cos(x[0])))
                        .isCloseTo(amplitude * Math.cos(mean), within(1e-4));
                assertThat(density.expectation(x -> Math.sin(x[0])))
                        .isCloseTo(amplitude * Math.sin(mean), within(1e-4));
            }
        }
        Density flat = Density.gaussian(Region.of(Grid.of(circle), Boundary.PERIODIC), new double[] {1.0}, 1e6);
        assertThat(flat.values()).containsOnly(flat.value(0));
        refuses(
                () -> Density.gaussian(region, new double[] {Double.NaN, 0}, 1.0),
                "mean must be finite, got NaN on axis 0");
        refuses(() -> Density.gaussian(region, new double[] {1, 0}, 0.01), "half the width");
        Region disc = region.where(x -> x[1] < -3, Boundary.ABSORBING);
        refuses(() -> Density.gaussian(disc, new double[] {1, 0}, 0.5), "mean must be in the region", "[1.0, 0.0]");
    }

    @Test
    void aPointIsSharedSoThatTheMeanIsExact() {
        Grid grid = Grid.of(graded(3, 21), Axis.uniform(-1, 2, 17), Axis.of(-2, -1.5, 0, 0.2, 1, 4));
        for (double[] x : new double[][] {{0.1, 0.2, 0.3}, {-2.0, 1.9, -1.0}, {1e-9, -0.9, 2.0}}) {
            Density start = Density.at(grid, x);
            assertThat(start.mass()).isCloseTo(1.0, within(1e-14));
            assertThat(start.mean()).containsExactly(x, within(1e-13));
            assertThat(Arrays.stream(start.values()).filter(value -> value > 0).count())
                    .isLessThanOrEqualTo(8);
        }
        // At a centre it is that cell alone; beyond the last centre of an axis that centre stands for x.
        double[] centre = new double[3];
        grid.centre(500, centre);
        assertThat(Density.at(grid, centre).probabilities()[500]).isCloseTo(1.0, within(1e-14));
        Density corner = Density.at(grid, 3.0, 2.0, -2.0);
        assertThat(corner.probabilities()[grid.cellOf(2.999, 1.999, -1.999)]).isEqualTo(1.0);
    }

    @Test
    void aPointOnACircleAndInARegion() {
        Region circle = Region.of(Grid.of(Axis.uniform(0, 1, 10)), Boundary.PERIODIC);
        double[] p = Density.at(circle, 1.98).probabilities();
        assertThat(p[9]).isCloseTo(0.7, within(1e-12));
        assertThat(p[0]).isCloseTo(0.3, within(1e-12));
        assertThat(Density.at(circle, 7.0).probabilities()[0]).isCloseTo(0.5, within(1e-12));
        Region half = Region.of(Grid.square(-1, 1, 10), Boundary.REFLECTING).where(x -> x[0] > 0, Boundary.ABSORBING);
        Density start = Density.at(half, 0.05, 0.5);
        assertThat(start.mass()).isCloseTo(1.0, within(1e-14));
        for (int cell = 0; cell < 100; cell++) {
            assertThat(half.contains(cell) || start.value(cell) == 0.0).isTrue();
        }
        refuses(() -> Density.at(half, -0.01, 0.5), "x must be in a cell of the region", "[-0.01, 0.5]");
        refuses(() -> Density.at(half, 1.01, 0.5), "x must be on the grid", "[1.01, 0.5]");
        refuses(() -> Density.at(half.grid(), Double.NaN, 0.5), "x must be on the grid", "NaN");
        refuses(() -> Density.at(circle, Double.POSITIVE_INFINITY), "x must be on the grid", "Infinity");
        refuses(() -> Density.at(half.grid(), 0.5), "x must have length 2, got 1");
    }

    @Test
    void whatTakesMoreMemoryThanThereIsIsRefused() {
        assumeThat(Runtime.getRuntime().maxMemory()).isLessThan(16_000_000_000L);
        Axis axis = Axis.uniform(-1, 1, 46_000);
        Grid grid = Grid.of(axis, axis);
        String[] words = {"on 2116000000 cells", " needs ", "GB", "the heap has at most", "fewer cells"};
        refuses(() -> Density.gibbs(grid, x -> 0.0, Temperature.of(1.0)), words);
        refuses(() -> Density.gaussian(grid, new double[2], 0.3), words);
        refuses(() -> Density.at(grid, 0.0, 0.0), words);
        refuses(() -> CellFunction.of(grid, x -> 0.0), words);
        refuses(() -> Region.of(grid, Boundary.REFLECTING).where(x -> true, Boundary.ABSORBING), words);
        refuses(() -> Axis.uniform(0, 1, Integer.MAX_VALUE - 8), "an axis of 2147483639 cells needs 17.2 GB");
    }

    @Test
    void axesWithoutRoomForTheirCellsAreRefused() {
        refuses(() -> Axis.uniform(1.0, 1.0 + 1e-15, 100), "axis must have room for 100 cells");
        refuses(() -> Axis.uniform(-1e308, 1e308, 100), "axis must have room for 100 cells");
        refuses(() -> Grid.square(0, 1, 4).cellOf(0.5), "x must have length 2, got 1");
    }
}
