package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellFunctionTest {

    /** Cells of width ½ and 2: centres at ¼, ¾ and at 1, 3, 5. */
    @Test
    void aFieldIsTakenAtTheCentresOfTheCells() {
        Grid grid = Grid.of(Axis.uniform(0.0, 1.0, 2), Axis.uniform(0.0, 6.0, 3));
        CellFunction function = CellFunction.of(grid, x -> 8.0 * x[0] + 100.0 * x[1]);
        assertThat(function.values()).containsExactly(102.0, 302.0, 502.0, 106.0, 306.0, 506.0);
        assertThat(function.at(0.9, 0.1)).isEqualTo(106.0);
    }
}
