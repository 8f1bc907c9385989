package org.langevin4j.solvers.markov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

public class EliminationTest {

    static Generator random(Grid grid, long seed) {
        NormalStream normals = NormalStream.of(Seed.of(seed));
        Generator.Builder builder = Generator.builder(grid.cells());
        int pair = 0;
        for (int cell = 0; cell < grid.cells(); cell++) {
            for (int a = 0; a < grid.dimension(); a++) {
                if (grid.position(cell, a) + 1 < grid.axis(a).cells()) {
                    builder.pair(
                            cell,
                            cell + grid.stride(a),
                            Math.exp(2 * normals.at(pair, 0, 0)),
                            Math.exp(2 * normals.at(pair, 0, 1)));
                    pair++;
                }
            }
        }
        return builder.build();
    }

    public static RealMatrix dense(Generator generator) {
        int n = generator.states();
        RealMatrix a = MatrixUtils.createRealMatrix(n, n);
        for (int j = 0; j < n; j++) {
            generator.forEachRateFrom(j, (from, to, rate) -> a.addToEntry(to, from, rate));
            a.addToEntry(j, j, -generator.outflow(j));
        }
        return a;
    }

    static Grid grid(int dimension, int n) {
        Axis[] axes = new Axis[dimension];
        for (int a = 0; a < dimension; a++) {
            axes[a] = Axis.uniform(0, 1, n + a);
        }
        return Grid.of(axes);
    }

    /** Against a dense LU decomposition, in one, two and three dimensions. */
    @Property(tries = 40)
    void solvesTheShiftedSystem(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @IntRange(min = 2, max = 6) int n,
            @ForAll long seed) {
        Grid grid = grid(dimension, n);
        Generator generator = random(grid, seed);
        double shift = 0.7;
        double[] right = new double[grid.cells()];
        for (int i = 0; i < right.length; i++) {
            right[i] = i % 3;
        }
        double[] p = Elimination.of(generator, Dissection.of(generator), shift).solve(right);
        RealMatrix matrix = MatrixUtils.createRealIdentityMatrix(grid.cells())
                .scalarMultiply(shift)
                .subtract(dense(generator));
        double[] expected = new LUDecomposition(matrix)
                .getSolver()
                .solve(new ArrayRealVector(right))
                .toArray();
        double largest = 0.0;
        for (double value : expected) {
            largest = Math.max(largest, value);
        }
        assertThat(p).containsExactly(expected, within(1e-11 * largest));
        for (double value : p) {
            assertThat(value).isNotNegative();
        }
    }

    @Property(tries = 40)
    void nullVectorIsStationary(
            @ForAll @IntRange(min = 1, max = 3) int dimension,
            @ForAll @IntRange(min = 2, max = 9) int n,
            @ForAll long seed) {
        Grid grid = grid(dimension, n);
        Generator generator = random(grid, seed);
        double[] p = Elimination.of(generator, Dissection.of(generator), 0.0).nullVector();
        assertThat(generator.residual(p)).isLessThan(1e-14);
        for (double value : p) {
            assertThat(value).isPositive();
        }
    }

    /**
     * A chain with rates uᵢ up and dᵢ down has p_{i+1}/pᵢ = uᵢ/dᵢ. Over 120 cells the probabilities fall by 250 orders of
     * magnitude, and each keeps its digits: what elimination with subtractions cannot do.
     */
    @Test
    void tinyProbabilitiesKeepTheirDigits() {
        int n = 120;
        Generator.Builder builder = Generator.builder(n);
        double[] ratio = new double[n - 1];
        for (int i = 0; i + 1 < n; i++) {
            double up = 0.013 * (1 + 0.3 * Math.sin(i));
            double down = 1.7 + 0.2 * Math.cos(i);
            ratio[i] = up / down;
            builder.pair(i, i + 1, up, down);
        }
        Generator generator = builder.build();
        double[] p = Elimination.of(generator, Dissection.of(generator), 0.0).nullVector();
        double expected = p[0];
        for (int i = 0; i + 1 < n; i++) {
            expected *= ratio[i];
            assertThat(p[i + 1] / expected).isCloseTo(1.0, within(1e-13));
        }
        assertThat(p[n - 1] / p[0]).isLessThan(1e-200);
    }

    /** Cells 0 and 1 are left for ever for 2 and 3, which are in equilibrium 2 : 1. Any of them may be eliminated last. */
    @Test
    void transientCellsHaveNoProbability() {
        int[][] orders = {{0, 1, 2, 3}, {2, 3, 0, 1}, {3, 0, 2, 1}};
        for (int[] order : orders) {
            Generator.Builder builder = Generator.builder(4);
            builder.pair(order[0], order[1], 1.0, 3.0);
            builder.pair(order[1], order[2], 2.0, 0.0);
            builder.pair(order[2], order[3], 1.0, 2.0);
            double[] p = Elimination.of(builder.build(), Dissection.of(new int[] {0, 1, 2, 3}, List.of()), 0.0)
                    .nullVector();
            assertThat(p[order[0]]).isZero();
            assertThat(p[order[1]]).isZero();
            assertThat(p[order[2]] / p[order[3]]).isCloseTo(2.0, within(1e-15));
        }
    }

    @Test
    void reducibleGeneratorIsRefused() {
        Generator.Builder builder = Generator.builder(4);
        builder.pair(0, 1, 1, 1);
        builder.pair(1, 2, 0, 0);
        builder.pair(2, 3, 1, 1);
        Generator generator = builder.build();
        Dissection dissection = Dissection.of(generator);
        assertThatThrownBy(() -> Elimination.of(generator, dissection, 0.0))
                .isInstanceOf(ReducibleGeneratorException.class)
                .hasMessageContaining("the generator is reducible");
        // With a shift there is nothing wrong with it.
        assertThat(Elimination.of(generator, dissection, 1.0).solve(new double[] {1, 0, 0, 0}))
                .containsExactly(new double[] {2.0 / 3, 1.0 / 3, 0, 0}, within(1e-15));
    }
}
