package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.markov.Generator;

class AxisSchemeTest {

    private static final VectorField DRIFT = (x, out) -> {
        for (int a = 0; a < out.length; a++) {
            out[a] = 3.0 * Math.sin(x[a]) - x[(a + 1) % out.length];
        }
    };

    static Stream<Region> regions() {
        Axis graded = Axis.of(-2.0, -1.5, -1.2, -0.7, 0.1, 0.6, 1.5, 2.0);
        Grid plane = Grid.of(graded, Axis.uniform(-3.0, 3.0, 21));
        Region disc =
                Region.of(plane, Boundary.REFLECTING).where(x -> x[0] * x[0] + x[1] * x[1] < 3.2, Boundary.ABSORBING);
        return Stream.of(
                Region.of(plane, Boundary.REFLECTING),
                Region.of(plane, Boundary.ABSORBING),
                Region.of(plane, Boundary.REFLECTING).withFaces(1, Boundary.PERIODIC, Boundary.PERIODIC),
                Region.of(plane, Boundary.REFLECTING).withFaces(0, Boundary.ABSORBING, Boundary.REFLECTING),
                disc,
                Region.of(Grid.of(graded, graded, Axis.uniform(0.0, 1.0, 5)), Boundary.REFLECTING)
                        .withFaces(2, Boundary.PERIODIC, Boundary.PERIODIC),
                Region.of(Grid.of(Axis.uniform(-1.0, 4.0, 40)), Boundary.ABSORBING));
    }

    /** The general scheme, which is not told that D is constant, has the same rates. */
    @ParameterizedTest
    @MethodSource("regions")
    void agreesWithTheGeneralScheme(Region region) {
        int d = region.grid().dimension();
        double[] strengths = Arrays.copyOf(new double[] {0.7, 1.3, 2.1}, d);
        Diffusion known = Diffusion.diagonal(strengths);
        Diffusion unknown = Diffusion.diagonal(d, (x, out) -> System.arraycopy(strengths, 0, out, 0, d));
        Sde first = Sde.ito(DRIFT, known, Temperature.of(0.5));
        Sde second = Sde.ito(DRIFT, unknown, Temperature.of(0.5));
        assertThat(AxisScheme.suits(first, region)).isTrue();
        assertThat(AxisScheme.suits(second, region)).isFalse();
        GridGenerator one = GridGenerator.of(first, region);
        GridGenerator other = GridGenerator.of(second, region);
        Generator rates = other.generator();
        assertThat(one.generator().rateCount()).isEqualTo(rates.rateCount());
        for (int k = 0; k < region.size(); k++) {
            one.generator()
                    .forEachRateFrom(
                            k,
                            (from, to, rate) ->
                                    assertThat(rate).isEqualTo(rates.rateBetween(from, to), within(1e-12 * rate)));
            double exit = rates.exitRate(k);
            assertThat(one.generator().exitRate(k)).isEqualTo(exit, within(1e-12 * exit));
        }
        assertThat(one.outwardWalls()).isEqualTo(other.outwardWalls());
        assertThat(one.isRough()).isEqualTo(other.isRough());
        for (int k = 0; k < region.size(); k++) {
            int cell = region.cell(k);
            double expected = other.pecletNumbers().value(cell);
            assertThat(one.pecletNumbers().value(cell)).isEqualTo(expected, within(1e-6 * expected));
        }
    }

    /** z/(eᶻ − 1) to 50 digits. */
    @ParameterizedTest
    @CsvSource({
        "0.001, 0.99950008333333194444",
        "0.25, 0.88020291604694961606",
        "-0.4375, 1.2346498677984809154",
        "0.49951171875, 0.77095084725005771562",
        "-0.5, 1.2707470412683991421",
        "0.5, 0.77074704126839914207",
        "3, 0.15718708947376785592",
        "0, 1"
    })
    void bernoulliFunction(double z, double expected) {
        assertThat(Coefficients.bernoulli(z)).isEqualTo(expected, within(2e-16 * expected));
    }

    /** Sums over the parts of wide cells are those that linear interpolation from wide cells adds to, cell by cell. */
    @Test
    void sumsOverTheParts() {
        Grid plane = Grid.of(Axis.uniform(-2.0, 2.0, 13), Axis.uniform(-3.0, 3.0, 18));
        Region box = Region.of(plane, Boundary.REFLECTING);
        Region disc = box.where(x -> x[0] * x[0] + x[1] * x[1] < 3.2, Boundary.REFLECTING);
        for (Region fine : new Region[] {box, disc}) {
            Grid wide = Grid.of(plane.axis(0).coarsened(), plane.axis(1).coarsened());
            Region coarse = fine.coarsened(wide);
            GridInterpolation interpolation = new GridInterpolation(fine, coarse);
            double[] values =
                    new SplittableRandom(3).doubles(fine.size(), 0.0, 1.0).toArray();
            double[] expected = new double[coarse.size()];
            double[] x = new double[2];
            for (int k = 0; k < fine.size(); k++) {
                plane.centre(fine.cell(k), x);
                expected[coarse.index(wide.cellOf(x))] += values[k];
            }
            double[] sums = new double[coarse.size()];
            // In ranges that end inside of rows.
            for (int from = 0; from < sums.length; from += 10) {
                interpolation.sums(values, sums, from, Math.min(from + 10, sums.length));
            }
            assertThat(sums).containsExactly(expected, within(1e-14));
        }
    }
}
