package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.langevin4j.core.Extremes.answer;
import static org.langevin4j.core.Extremes.times;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.langevin4j.core.Extremes;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Temperature;

/** Axes, grids, densities and local entropies at the ends of the doubles. */
@Domain(Extremes.class)
class ExtremeDensityTest {

    private static void everyCellIsFound(Axis axis) {
        for (int i = 0; i < axis.cells(); i++) {
            assertThat(axis.width(i)).isPositive().isFinite();
            assertThat(axis.cellOf(axis.centre(i))).as("%s, centre", axis).isEqualTo(i);
            assertThat(axis.cellOf(axis.edge(i))).as("%s, edge", axis).isEqualTo(i);
            assertThat(axis.cellOf(Math.nextDown(axis.edge(i + 1))))
                    .as("%s, end", axis)
                    .isEqualTo(i);
        }
        assertThat(axis.cellOf(axis.max())).isEqualTo(-1);
        assertThat(axis.cellOf(Double.NaN)).isEqualTo(-1);
    }

    @Property(tries = 400, seed = "1")
    void anAxisKnowsItsCellsOrIsRefused(@ForAll double min, @ForAll double max, @ForAll int cells) {
        int few = cells == Integer.MAX_VALUE ? 1000 : cells;
        answer("axis|cells", () -> Axis.uniform(min, max, few)).ifPresent(ExtremeDensityTest::everyCellIsFound);
    }

    @Property(tries = 400, seed = "1")
    void edgesMakeAnAxisOrAreRefused(@ForAll double[] edges) {
        answer("edges", () -> Axis.of(edges)).ifPresent(ExtremeDensityTest::everyCellIsFound);
    }

    /** Subnormal widths have no reciprocal; cells a few roundings wide lie where a quotient does not say. */
    @Property(tries = 300, seed = "1")
    @Domain(DomainContext.Global.class)
    void narrowAxesKnowTheirCells(
            @ForAll @IntRange(min = 2, max = 40) int cells,
            @ForAll @IntRange(min = 2, max = 9) int roundings,
            @ForAll @IntRange(min = 0, max = 3) int where) {
        double min = new double[] {0.0, 1.0, 1e16 / 3.0, -1e-310}[where];
        double max = min + (double) cells * roundings * Math.ulp(min);
        answer("axis", () -> Axis.uniform(min, max, cells)).ifPresent(ExtremeDensityTest::everyCellIsFound);
    }

    @Property(tries = 300, seed = "1")
    void volumesAreNumbers(@ForAll double width, @ForAll double other, @ForAll double third) {
        Optional<Grid> grid = answer(
                "axis|axes",
                () -> Grid.of(Axis.uniform(0.0, width, 2), Axis.uniform(0.0, other, 2), Axis.uniform(0.0, third, 2)));
        grid.ifPresent(g -> {
            Density density = Density.gibbs(g, x -> 0.0, Temperature.of(1.0));
            assertThat(density.mass()).isCloseTo(1.0, within(1e-14));
            assertThat(density.entropy()).isCloseTo(Math.log(width) + Math.log(other) + Math.log(third), within(1e-12));
        });
    }

    /** e^(−Φ/T) of (sΦ, sT) has the same bits, and so has that of Φ + 10³⁰⁰ where T is of that size too. */
    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void gibbsHasNoUnits(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        Grid grid = Grid.square(-1.0, 1.0, 4);
        double[] once =
                Density.gibbs(grid, x -> 3.0 * x[0] + x[1], Temperature.of(0.5)).values();
        double[] scaled = Density.gibbs(
                        grid, x -> Math.scalb(3.0 * x[0] + x[1], power), Temperature.of(Math.scalb(0.5, power)))
                .values();
        assertThat(scaled).isEqualTo(once);
        double unit = 0x1p960;
        assertThat(Density.gibbs(grid, x -> 0x1p1000 + (3.0 * x[0] + x[1]) * unit, Temperature.of(0.5 * unit))
                        .values())
                .isEqualTo(once);
    }

    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void normalizingHasNoUnits(@ForAll @IntRange(min = -1020, max = 1020) int power) {
        Grid grid = Grid.of(Axis.uniform(0.0, 4.0, 4));
        Density once = Density.of(grid, 1.0, 0.5, 2.0, 0.25).normalized();
        Density scaled = Density.of(grid, times(power, 1.0, 0.5, 2.0, 0.25)).normalized();
        assertThat(scaled.values()).containsExactly(once.values(), within(1e-15));
        assertThat(scaled.mass()).isCloseTo(1.0, within(1e-15));
    }

    /** A box of another unit of length: probabilities stay, the entropy grows by its logarithm. */
    @Property(tries = 200, seed = "1")
    @Domain(DomainContext.Global.class)
    void boxesHaveNoUnits(@ForAll @IntRange(min = -1000, max = 1000) int power) {
        Temperature one = Temperature.of(1.0);
        Density here = Density.gibbs(Grid.of(Axis.uniform(-1.0, 2.0, 6)), x -> x[0] * x[0], one);
        double unit = Math.scalb(1.0, power);
        Grid box = Grid.of(Axis.uniform(-unit, 2.0 * unit, 6));
        Density there = Density.gibbs(box, x -> Math.pow(Math.scalb(x[0], -power), 2), one);
        assertThat(there.probabilities()).containsExactly(here.probabilities(), within(1e-14));
        assertThat(there.entropy()).isCloseTo(here.entropy() + power * Math.log(2.0), within(1e-11));
        assertThat(Math.scalb(there.mean()[0], -power)).isCloseTo(here.mean()[0], within(1e-13));
    }

    /** ρ of 2⁻¹⁰⁶⁰ in a cell where π has 2⁴⁰: their quotient is below all doubles, its logarithm is −1100 log 2. */
    @Property(tries = 100, seed = "1")
    @Domain(DomainContext.Global.class)
    void relativeEntropyOfTails(@ForAll @IntRange(min = -1070, max = 30) int power) {
        double h = 0x1p-40;
        Grid grid = Grid.of(Axis.uniform(0.0, 2.0 * h, 2));
        double tail = Math.scalb(1.0, power);
        Density rho = Density.of(grid, tail, 0x1p40 - tail);
        Density even = Density.of(grid, 0x1p39, 0x1p39);
        double p = tail * h;
        double known = Math.log(2.0) + p * (power - 40) * Math.log(2.0) + (1.0 - p) * Math.log1p(-p);
        assertThat(rho.relativeEntropy(even)).isCloseTo(known, within(1e-14));
    }

    @Example
    void aMassBeyondTheDoublesIsInfiniteAndNotNaN() {
        Grid wide = Grid.of(Axis.uniform(0.0, 4.0, 2));
        Density huge = Density.of(wide, 1e308, 1e308);
        assertThat(huge.mass()).isInfinite();
        assertThat(huge.entropy()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(huge.normalized().values()).containsExactly(0.25, 0.25);
        assertThatThrownBy(() -> Density.of(wide, 0.0, -0.0).normalized())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mass");
    }

    @Property(tries = 300, seed = "1")
    void gaussiansAreDensitiesOrRefused(@ForAll double mean, @ForAll double deviation, @ForAll double[] point) {
        Grid grid = Grid.of(Axis.uniform(-4.0, 4.0, 16));
        Region circle = Region.of(grid, Boundary.PERIODIC);
        List<Optional<Density>> all = List.of(
                answer("mean|standardDeviation", () -> Density.gaussian(grid, new double[] {mean}, deviation)),
                answer("mean|standardDeviation", () -> Density.gaussian(circle, new double[] {mean}, deviation)),
                answer("^x must", () -> Density.at(grid, point)),
                answer("^x must", () -> Density.at(circle, point)));
        for (Optional<Density> found : all) {
            found.ifPresent(density -> assertThat(density.mass()).isCloseTo(1.0, within(1e-14)));
        }
    }

    /** Nothing but sums of e⁻ᶠ: f + c has the local entropy of f, plus c, for c of any size; NaN and lengths are refused. */
    @Property(tries = 300, seed = "1")
    void localEntropyIsANumberOrRefused(@ForAll double x, @ForAll double variance, @ForAll int points) {
        answer("variance|points", () -> LocalEntropy.of(at -> 1e308, 1, variance, Math.min(points, 20)))
                .ifPresent(entropy -> {
                    assertThat(entropy.at(new double[] {x})).isEqualTo(1e308);
                    double[] out = new double[1];
                    entropy.gradient(new double[] {x}, out);
                    assertThat(out[0] * Math.sqrt(variance)).isCloseTo(0.0, within(1e-14));
                });
        answer(
                        "variance|samples",
                        () -> SampledLocalEntropy.of(at -> -1e308, 1, variance, Math.min(points, 20), Seed.of(1)))
                .ifPresent(entropy -> assertThat(entropy.at(new double[] {x})).isEqualTo(-1e308));
    }

    @Property(tries = 200, seed = "1")
    void localEntropyOnAGridIsFlatWhereTheFunctionIs(@ForAll double value, @ForAll double variance) {
        Grid grid = Grid.of(Axis.uniform(0.0, 1.0, 8));
        answer(
                        "variance|f must",
                        () -> LocalEntropy.onGrid(CellFunction.of(grid, x -> value), variance, Boundary.REFLECTING))
                .ifPresent(found -> {
                    for (double v : Math.abs(value) <= Double.MAX_VALUE ? found.values() : new double[0]) {
                        assertThat(v).isCloseTo(value, within(Math.max(1e-7, 1e-15 * Math.abs(value))));
                    }
                });
    }

    @Example
    void pointsOfAnotherDimensionAreRefused() {
        LocalEntropy entropy = LocalEntropy.of(x -> 0.0, 2, 1.0, 8);
        assertThatThrownBy(() -> entropy.at(new double[40]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x must have length 2, got 40");
    }
}
