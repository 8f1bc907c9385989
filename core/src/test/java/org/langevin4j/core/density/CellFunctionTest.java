package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;

class CellFunctionTest {

    /** Cells of width ½ and 2: centres at ¼, ¾ and at 1, 3, 5. */
    @Test
    void aFieldIsTakenAtTheCentresOfTheCells() {
        Grid grid = Grid.of(Axis.uniform(0.0, 1.0, 2), Axis.uniform(0.0, 6.0, 3));
        CellFunction function = CellFunction.of(grid, x -> 8.0 * x[0] + 100.0 * x[1]);
        assertThat(function.values()).containsExactly(102.0, 302.0, 502.0, 106.0, 306.0, 506.0);
        assertThat(function.at(0.9, 0.1)).isEqualTo(106.0);
    }

    /** Multilinear functions are their own interpolants between the centres, on any axes. */
    @Test
    void multilinearFunctionsAreExactBetweenTheCentres() {
        Grid grid = Grid.of(Axis.of(-1, -0.7, 0, 2, 2.5), Axis.uniform(0, 6, 3), Axis.uniform(-2, 2, 7));
        ScalarField field = x -> 1 + x[0] - 2 * x[1] + x[0] * x[1] * x[2] - 0.3 * x[1] * x[2];
        CellFunction function = CellFunction.of(grid, field);
        for (double[] x : new double[][] {{-0.85, 1, -1.7}, {0.1, 2.2, 0.3}, {2.2, 4.99, 1.7}, {1.0, 3.0, 0.0}}) {
            assertThat(function.at(x)).isCloseTo(field.at(x), within(1e-13));
        }
        Density density = Density.gibbs(grid, x -> x[0] + x[2], Temperature.of(0.7));
        double[] centre = new double[3];
        grid.centre(30, centre);
        assertThat(density.at(centre)).isEqualTo(density.value(30));
        assertThat(density.at(2.4, 3.1, 3.0)).isZero();
    }

    @Test
    void beyondTheLastCentreAndOutside() {
        CellFunction f = CellFunction.of(Grid.of(Axis.uniform(0, 4, 4)), 1, 2, 3, Double.NaN);
        assertThat(f.at(0.0)).isEqualTo(1.0);
        assertThat(f.at(0.5)).isEqualTo(1.0);
        assertThat(f.at(0.75)).isEqualTo(1.25);
        // The cell without a value takes no part at the centre of its neighbour.
        assertThat(f.at(2.5)).isEqualTo(3.0);
        assertThat(f.at(2.6)).isNaN();
        assertThat(f.at(4.0)).isNaN();
        assertThat(f.at(-0.1)).isNaN();
        assertThat(f.at(Double.NaN)).isNaN();
        assertThat(CellFunction.of(Grid.of(Axis.uniform(0, 1, 2)), 3, 7).at(1.0))
                .isEqualTo(7.0);
        assertThatThrownBy(() -> f.at(1, 2)).hasMessage("x must have length 1, got 2");
    }

    @Test
    void whereADensityIsNotSmallAndFromTheDeepestWell() {
        Grid grid = Grid.of(Axis.of(0, 1, 3, 4));
        CellFunction f = CellFunction.of(grid, 5, Double.NaN, 3);
        assertThat(f.fromMinimum().values()).containsExactly(2, Double.NaN, 0);
        assertThat(f.where(Density.of(grid, 0.05, 1, 0.1), 0.1).values()).containsExactly(Double.NaN, Double.NaN, 3);
        assertThatThrownBy(() -> f.where(Density.of(grid, 1, 1, 1), Double.NaN))
                .hasMessage("fraction must be between 0 and 1, got NaN");
        assertThatThrownBy(() -> f.where(Density.of(Grid.of(Axis.uniform(0, 4, 3)), 1, 1, 1), 0.1))
                .hasMessage("density must be on the grid of the function");
    }
}
