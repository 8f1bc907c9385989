package org.langevin4j.core.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CoarseningTest {

    @Test
    void evenNumberOfCellsIsHalved() {
        assertThat(Axis.uniform(-3, 3, 12).coarsened()).isEqualTo(Axis.uniform(-3, 3, 6));
        assertThat(Axis.of(0, 1, 3, 6, 10).coarsened()).isEqualTo(Axis.of(0, 3, 10));
    }

    @Test
    void lastThreeOfAnOddNumberAreJoined() {
        assertThat(Axis.of(0, 1, 3, 6, 10, 15, 21, 28).coarsened()).isEqualTo(Axis.of(0, 3, 10, 28));
    }

    /** A uniform axis finds cells by a product, others by search. */
    @Test
    void pointsAreFoundOnCoarsenedAxes() {
        for (int cells : new int[] {40, 41}) {
            Axis axis = Axis.uniform(-1, 2, cells).coarsened();
            for (int i = 0; i < axis.cells(); i++) {
                assertThat(axis.cellOf(axis.edge(i))).isEqualTo(i);
                assertThat(axis.cellOf(axis.centre(i))).isEqualTo(i);
            }
        }
    }

    @Test
    void threeCellsAreTooFew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Axis.uniform(0, 1, 3).coarsened())
                .withMessage("cells must be at least 4, got 3");
    }

    @Test
    void coarseCellIsInsideIfAnyOfItsPartsIs() {
        Grid grid = Grid.square(0, 1, 9);
        Region region = Region.of(grid, Boundary.REFLECTING)
                .withFaces(0, Boundary.PERIODIC, Boundary.PERIODIC)
                .where(x -> x[0] + x[1] < 0.9, Boundary.ABSORBING);
        Axis coarse = grid.axis(0).coarsened();
        for (Grid wide : new Grid[] {Grid.of(coarse, coarse), Grid.of(coarse, grid.axis(1))}) {
            Region coarsened = region.coarsened(wide);
            boolean[] expected = new boolean[wide.cells()];
            double[] x = new double[2];
            for (int k = 0; k < region.size(); k++) {
                grid.centre(region.cell(k), x);
                expected[wide.cellOf(x)] = true;
            }
            int size = 0;
            for (int cell = 0; cell < expected.length; cell++) {
                assertThat(coarsened.contains(cell)).isEqualTo(expected[cell]);
                if (expected[cell]) {
                    assertThat(coarsened.cell(size)).isEqualTo(cell);
                    assertThat(coarsened.index(cell)).isEqualTo(size++);
                }
            }
            assertThat(coarsened.size()).isEqualTo(size);
            assertThat(coarsened.isPeriodic(0)).isTrue();
            assertThat(coarsened.isPeriodic(1)).isFalse();
            assertThat(coarsened.rim()).isEqualTo(Boundary.ABSORBING);
        }
    }

    @Test
    void anotherGridIsRefused() {
        Region region = Region.of(Grid.square(0, 1, 8), Boundary.REFLECTING);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> region.coarsened(Grid.square(0, 1, 3)))
                .withMessageContaining("axes of the grid");
    }
}
