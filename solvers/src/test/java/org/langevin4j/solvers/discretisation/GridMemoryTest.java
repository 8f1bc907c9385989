package org.langevin4j.solvers.discretisation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;

class GridMemoryTest {

    /** 46,000² and 1,250³ cells: some 460 and 550 GB. */
    @Test
    void whatNeedsMoreMemoryThanThereIsIsRefusedBeforeItIsAllocated() {
        Axis many = Axis.uniform(-2, 2, 46_000);
        Axis some = Axis.uniform(-2, 2, 1_250);
        for (Grid grid : new Grid[] {Grid.of(many, many), Grid.of(some, some, some)}) {
            int d = grid.dimension();
            Sde sde = Sde.ito(
                    (x, out) -> System.arraycopy(x, 0, out, 0, d), Diffusion.isotropic(d, 1.0), Temperature.of(0.5));
            assertThatThrownBy(() -> FokkerPlanck.of(sde, grid, Boundary.REFLECTING))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(
                            "the generator on " + grid.cells() + " cells needs ", " GB, the heap has at most ");
        }
    }
}
