package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.MatrixUtils;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Temperature;

class DensityTest {

    private static final Grid GRID = Grid.square(-8, 8, 400);

    @Test
    void gaussianHasItsMomentsAndEntropy() {
        Density rho = Density.gaussian(GRID, new double[] {0.5, -1.0}, 0.8);
        assertThat(rho.mass()).isCloseTo(1.0, within(1e-14));
        assertThat(rho.mean()).containsExactly(new double[] {0.5, -1.0}, within(1e-12));
        assertThat(rho.covariance().getEntry(0, 0)).isCloseTo(0.64, within(1e-12));
        assertThat(rho.covariance().getEntry(0, 1)).isCloseTo(0.0, within(1e-12));
        assertThat(rho.entropy()).isCloseTo(Math.log(2 * Math.PI * Math.E * 0.64), within(1e-12));
        double[] x = new double[2];
        GRID.centre(rho.mode(), x);
        assertThat(x).containsExactly(new double[] {0.5, -1.0}, within(0.02));
    }

    /** KL(N(m₁,s₁²)‖N(m₂,s₂²)) in two independent directions, closed form. */
    @Test
    void relativeEntropyOfGaussians() {
        Density a = Density.gaussian(GRID, new double[] {0.5, 0.0}, 0.8);
        Density b = Density.gaussian(GRID, new double[] {0.0, 0.0}, 1.0);
        double expected = 2 * (Math.log(1.0 / 0.8) + 0.64 / 2 - 0.5) + 0.25 / 2;
        assertThat(a.relativeEntropy(b)).isCloseTo(expected, within(1e-11));
        assertThat(a.crossEntropy(b) - a.entropy()).isCloseTo(expected, within(1e-11));
        FreeEnergy f = FreeEnergy.of(a, b, Temperature.of(0.5));
        assertThat(f.total()).isCloseTo(0.5 * expected, within(1e-11));
        assertThat(f.energetic() + f.entropic()).isCloseTo(f.total(), within(1e-12));
    }

    /**
     * Theorem 5 between normal densities, D full: with g = ∇log(ρ/π) = (1 − 1/s²)(x − m) + m the rate is −β⁻²E[gᵀDg]
     * = −β⁻²(mᵀDm + (1 − 1/s²)²s² tr D). Differences of a quadratic are exact on a graded axis, too.
     */
    @Test
    void rateOfTheFreeEnergyOfGaussians() {
        double[] edges = new double[301];
        for (int i = 0; i <= 300; i++) {
            edges[i] = 8 * Math.sinh(1.5 * (i - 150) / 150) / Math.sinh(1.5);
        }
        for (Axis axis : new Axis[] {Axis.uniform(-8, 8, 400), Axis.of(edges)}) {
            Grid grid = Grid.of(axis, Axis.uniform(-8, 8, 300));
            Density rho = Density.gaussian(grid, new double[] {0.5, -1.0}, 0.8);
            Density steady = Density.gaussian(grid, new double[] {0.0, 0.0}, 1.0);
            Diffusion diffusion =
                    Diffusion.constant(MatrixUtils.createRealMatrix(new double[][] {{1.0, 0.9}, {0.9, 2.0}}));
            double mDm = 0.25 - 0.9 + 2.0;
            double spread = Math.pow((1 - 1 / 0.64) * 0.8, 2) * 3.0;
            assertThat(FreeEnergy.rate(rho, steady, diffusion, Temperature.of(0.5)))
                    .isCloseTo(-0.25 * (mDm + spread), within(1e-3));
            assertThat(FreeEnergy.rate(steady, steady, diffusion, Temperature.of(0.5)))
                    .isZero();
        }
        assertThatThrownBy(() -> FreeEnergy.rate(
                        Density.gaussian(GRID, new double[2], 1.0),
                        Density.gaussian(GRID, new double[2], 1.0),
                        Diffusion.isotropic(3, 1.0),
                        Temperature.of(1.0)))
                .hasMessage("diffusion must have the dimension of the grid, 2, got 3");
    }

    /** Two densities that differ by ε(x) have KL = ½∫ε²/ρ to leading order; log differences would lose it at 1e-16. */
    @Test
    void relativeEntropyKeepsItsDigitsNearEquality() {
        Density b = Density.gaussian(GRID, new double[] {0.0, 0.0}, 1.0);
        double epsilon = 1e-9;
        double[] values = b.values();
        for (int cell = 0; cell < values.length; cell++) {
            double[] x = new double[2];
            GRID.centre(cell, x);
            values[cell] *= 1.0 + epsilon * Math.tanh(x[0]);
        }
        double expected = 0.5 * epsilon * epsilon * b.expectation(x -> Math.tanh(x[0]) * Math.tanh(x[0]));
        assertThat(Density.of(GRID, values).relativeEntropy(b)).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void relativeEntropyAtZeros() {
        Grid two = Grid.of(Axis.uniform(0, 1, 2));
        Density left = Density.of(two, 2.0, 0.0);
        Density both = Density.of(two, 1.0, 1.0);
        assertThat(left.relativeEntropy(both)).isCloseTo(Math.log(2), within(1e-15));
        assertThat(both.relativeEntropy(left)).isInfinite();
        assertThat(left.entropy()).isCloseTo(-Math.log(2), within(1e-15));
        assertThat(left.l1Distance(both)).isEqualTo(1.0);
    }

    @Test
    void gibbsSurvivesLargePotentials() {
        Density rho = Density.gibbs(GRID, x -> 1e6 + 50 * (x[0] * x[0] + x[1] * x[1]), Temperature.of(1.0));
        assertThat(rho.mass()).isCloseTo(1.0, within(1e-13));
        assertThat(rho.covariance().getEntry(1, 1)).isCloseTo(0.01, within(1e-6));
    }

    @Test
    void aGaussianFromOutsideTheGridIsRefused() {
        Grid grid = Grid.square(-3.0, 3.0, 12);
        for (double[] mean :
                new double[][] {{1000.0, 0.0}, {0.0, -3.1}, {Double.NaN, 0.0}, {0.0, Double.POSITIVE_INFINITY}}) {
            assertThatThrownBy(() -> Density.gaussian(grid, mean, 1.0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("mean must be on the grid, from -3.0 to 3.0 on axis");
        }
        assertThatThrownBy(() -> Density.gaussian(grid, new double[2], Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standardDeviation must be positive and finite");
        assertThat(Density.gaussian(grid, new double[] {3.0, -3.0}, 1.0).mass()).isCloseTo(1.0, within(1e-12));
    }

    @Test
    void badArgumentsAreRefused() {
        assertThatThrownBy(() -> Axis.uniform(1, -1, 10))
                .hasMessage("axis must run from a smaller to a larger finite end, got [1.0, -1.0]");
        assertThatThrownBy(() -> Axis.uniform(0, 1, 1)).hasMessage("cells must be at least 2, got 1");
        assertThatThrownBy(() -> Axis.of(0, 1, 1)).hasMessageStartingWith("edges must be finite and strictly");
        assertThatThrownBy(() -> Axis.uniform(Double.NaN, 1, 4)).isInstanceOf(IllegalArgumentException.class);
        Grid two = Grid.of(Axis.uniform(0, 1, 2));
        assertThatThrownBy(() -> Density.of(two, 1.0)).hasMessage("values must number 2, got 1");
        assertThatThrownBy(() -> Density.of(two, 1.0, -0.5))
                .hasMessage("density must be finite and not negative, got -0.5 in the cell at [0.75]");
        assertThatThrownBy(() -> Density.of(two, 0.0, 0.0).normalized())
                .hasMessage("density must have positive mass, got 0.0");
        assertThatThrownBy(() -> Density.gibbs(two, x -> Double.NaN, Temperature.of(1.0)))
                .hasMessageContaining("potential must be above −∞, got NaN");
        assertThatThrownBy(() -> Density.of(two, 1.0, 1.0).l1Distance(Density.of(Grid.of(Axis.uniform(0, 2, 2)), 1, 1)))
                .hasMessage("densities must be on the same grid");
        assertThatThrownBy(() -> Density.gaussian(GRID, new double[] {0, 0}, 0.0))
                .hasMessage("standardDeviation must be positive and finite, got 0.0");
        assertThatThrownBy(() -> Grid.of(Axis.uniform(0, 1, 50_000), Axis.uniform(0, 1, 50_000)))
                .hasMessage("grid must have fewer than 2^31 cells");
    }

    @Property(tries = 300)
    void everyPointIsInTheCellBetweenItsEdges(
            @ForAll @DoubleRange(min = -5, max = 5) double min,
            @ForAll @DoubleRange(min = 0.1, max = 7) double length,
            @ForAll @IntRange(min = 2, max = 1000) int cells,
            @ForAll @DoubleRange(min = -0.2, max = 1.2) double where) {
        Axis uniform = Axis.uniform(min, min + length, cells);
        double[] edges = new double[cells + 1];
        for (int i = 0; i <= cells; i++) {
            edges[i] = uniform.edge(i);
        }
        Axis given = Axis.of(edges);
        assertThat(uniform).isEqualTo(given).hasSameHashCodeAs(given);
        for (double x : new double[] {min + where * length, edges[cells / 2], edges[0], edges[cells]}) {
            int cell = uniform.cellOf(x);
            assertThat(given.cellOf(x)).isEqualTo(cell);
            if (cell < 0) {
                assertThat(x < edges[0] || x >= edges[cells]).isTrue();
            } else {
                assertThat(edges[cell] <= x && x < edges[cell + 1]).isTrue();
            }
        }
        assertThat(uniform.cellOf(Double.NaN)).isEqualTo(-1);
    }

    @Test
    void cellsAreNumberedRowMajor() {
        Grid grid = Grid.of(Axis.uniform(0, 2, 2), Axis.uniform(0, 3, 3), Axis.uniform(0, 4, 4));
        assertThat(grid.cells()).isEqualTo(24);
        assertThat(grid.cellOf(1.5, 2.5, 3.5)).isEqualTo(23);
        assertThat(grid.cellOf(1.5, 0.5, 2.5)).isEqualTo(12 + 2);
        assertThat(grid.cellOf(1.5, 3.5, 2.5)).isEqualTo(-1);
        double[] x = new double[3];
        grid.centre(14, x);
        assertThat(x).containsExactly(1.5, 0.5, 2.5);
        assertThat(Arrays.stream(new int[] {0, 1, 2})
                        .map(a -> grid.position(14, a))
                        .toArray())
                .containsExactly(1, 0, 2);
        assertThat(grid.volume(14)).isEqualTo(1.0);
    }
}
