package org.langevin4j.solvers.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

class JoinedQuasiPotentialTest {

    private static final Diffusion IDENTITY = Diffusion.isotropic(2, 1.0);

    /** x⁴/4 − x²/2 + x/10 + y²/2, with rotation that leaves Φ alone: V = Φ − min Φ over both wells. */
    @Test
    void inATiltedDoubleWellItIsThePotential() {
        Potential potential = Potential.of(
                x -> 0.25 * Math.pow(x[0], 4) - 0.5 * x[0] * x[0] + 0.1 * x[0] + 0.5 * x[1] * x[1], (x, out) -> {
                    out[0] = x[0] * x[0] * x[0] - x[0] + 0.1;
                    out[1] = x[1];
                });
        VectorField drift = PathProblems.rotating(potential, IDENTITY, 0.5);
        Grid grid = Grid.of(Axis.uniform(-1.6, 1.6, 160), Axis.uniform(-1.0, 1.0, 100));
        // Roots of x³ − x + 0.1 by numpy.roots.
        double[] left = {-1.0466805318046022, 0.0};
        double[] right = {0.9456492739235919, 0.0};
        CharacteristicFronts method = CharacteristicFronts.of(drift, IDENTITY);
        JoinedQuasiPotential v =
                JoinedQuasiPotential.of(List.of(method.around(grid, left), method.around(grid, right)), left, right);
        double deepest = potential.at(left);
        assertThat(v.depth(0)).isZero();
        assertThat(v.depth(1)).isCloseTo(potential.at(right) - deepest, within(2e-3));
        for (double[] x :
                new double[][] {{-1.3, 0.2}, {-0.6, -0.4}, {-0.3, 0.1}, {0.6, 0.3}, {1.2, -0.3}, {0.95, 0.0}}) {
            assertThat(v.at(x)).isCloseTo(potential.at(x) - deepest, within(2e-3));
        }
        assertThat(v.toString()).startsWith("quasi-potential of 2 attractors");
    }

    /** Against all trees, that is all choices of one arrow for each point that lead to the root. */
    @Test
    void leastTreesByEnumeration() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 1; n <= 6; n++) {
            for (int repeat = 0; repeat < 20; repeat++) {
                double[][] costs = new double[n][n];
                for (double[] row : costs) {
                    for (int k = 0; k < n; k++) {
                        row[k] = random.nextDouble();
                    }
                }
                double[] expected = new double[n];
                double least = Double.POSITIVE_INFINITY;
                for (int root = 0; root < n; root++) {
                    expected[root] = byEnumeration(costs, root);
                    least = Math.min(least, expected[root]);
                }
                double[] depths = JoinedQuasiPotential.depths(costs);
                for (int root = 0; root < n; root++) {
                    assertThat(depths[root]).isCloseTo(expected[root] - least, within(1e-12));
                }
            }
        }
    }

    private static double byEnumeration(double[][] costs, int root) {
        int n = costs.length;
        long choices = Math.round(Math.pow(n, n));
        double best = Double.POSITIVE_INFINITY;
        for (long code = 0; code < choices; code++) {
            int[] next = new int[n];
            long rest = code;
            double sum = 0.0;
            for (int j = 0; j < n; j++) {
                next[j] = (int) (rest % n);
                rest /= n;
                sum += j == root ? 0.0 : costs[j][next[j]];
            }
            if (next[root] != root || sum >= best) {
                continue;
            }
            boolean tree = true;
            for (int start = 0; start < n; start++) {
                int j = start;
                for (int step = 0; step < n; step++) {
                    j = next[j];
                }
                tree &= j == root;
            }
            if (tree) {
                best = sum;
            }
        }
        return best;
    }

    @Test
    void badInputIsRefused() {
        assertThatThrownBy(() -> JoinedQuasiPotential.of(List.of(), new double[] {0.0, 0.0}))
                .hasMessage("attractors must be as many as quasi-potentials, got 1 and 0");
        assertThatThrownBy(() -> JoinedQuasiPotential.depths(new double[][] {{0.0, -1.0}, {1.0, 0.0}}))
                .hasMessage("costs must not be negative, got -1.0");
    }
}
