package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.discretisation.GridGenerator;

class SolverChoiceTest {

    private static GridGenerator oscillator(int cells, VectorField drift, Diffusion diffusion) {
        Grid grid = Grid.of(Axis.uniform(-4, 4, cells), Axis.uniform(-5, 5, cells));
        return GridGenerator.of(Sde.ito(drift, diffusion, Temperature.of(1.0)), Region.of(grid, Boundary.REFLECTING));
    }

    /** Van der Pol's oscillator with noise on the velocity alone: multigrid stagnates there. */
    @Test
    void degenerateNoiseIsEliminated() {
        GridGenerator chain = oscillator(
                150,
                (x, b) -> {
                    b[0] = x[1];
                    b[1] = x[1] * (1 - x[0] * x[0]) - x[0];
                },
                Diffusion.diagonal(0, 0.125));
        StationaryDistribution law = StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC);
        assertThat(law.method()).isEqualTo(SteadyStateMethod.ELIMINATION);
        assertThat(law.residual()).isLessThan(1e-12);
    }

    @Test
    void wellsAreLeftToMultigrid() {
        GridGenerator chain = oscillator(
                150,
                (x, b) -> {
                    b[0] = -x[0];
                    b[1] = -x[1];
                },
                Diffusion.isotropic(2, 1.0));
        assertThat(StationaryDistribution.of(chain, SteadyStateMethod.AUTOMATIC).method())
                .isEqualTo(SteadyStateMethod.MULTIGRID);
    }

    /** One front of all n states: Σ k² multiplications for k = 1 … n. */
    @Test
    void workOfADenseEliminationIsASumOfSquares() {
        int n = 60;
        EliminationCost cost = EliminationCost.of(ring(n), oneFront(n));
        assertThat(cost.work()).isEqualTo(n * (n + 1) * (2 * n + 1) / 6.0);
        assertThat(cost.fits()).isTrue();
    }

    /** A front that no array holds is refused beforehand, whatever the memory. */
    @Test
    void anEliminationTooLargeIsRefusedInWords() {
        int n = 50_000;
        assertThat(EliminationCost.of(ring(n), oneFront(n)).fits()).isFalse();
        assertThatThrownBy(() -> Elimination.of(ring(n), oneFront(n), 0.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elimination")
                .hasMessageContaining("multigrid needs less");
    }

    private static Generator ring(int n) {
        Generator.Builder builder = Generator.builder(n);
        for (int i = 0; i < n; i++) {
            builder.pair(i, (i + 1) % n, 2.0, 1.0);
        }
        return builder.build();
    }

    private static Dissection oneFront(int n) {
        int[] all = new int[n];
        Arrays.setAll(all, i -> i);
        return Dissection.of(all, List.of());
    }
}
