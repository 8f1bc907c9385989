package org.langevin4j.solvers.markov;

import java.util.Arrays;

/** The inverse of I − G of a small {@link ScaledChain}; for a conservative chain the one with u = 0 at its heaviest state. */
final class CoarsestInverse {

    private final int size;
    private final double[] entries;

    private CoarsestInverse(int size, double[] entries) {
        this.size = size;
        this.entries = entries;
    }

    /** The flows between the states, row by row. */
    static double[] rates(ScaledChain level) {
        double[] rates = new double[level.states * level.states];
        CompressedRows rows = level.rows();
        for (int i = 0; i < level.states; i++) {
            for (int k = rows.starts[i]; k < rows.starts[i + 1]; k++) {
                rates[i * level.states + rows.sources[k]] = rows.g[k] * level.outflow[i];
            }
        }
        return rates;
    }

    static CoarsestInverse of(ScaledChain level, boolean conservative) {
        int n = level.states;
        double[] rates = rates(level);
        double[] excess = conservative ? new double[n] : level.lost.clone();
        int fixed = -1;
        if (conservative) {
            fixed = 0;
            for (int i = 1; i < n; i++) {
                fixed = level.outflow[i] > level.outflow[fixed] ? i : fixed;
            }
            for (int j = 0; j < n; j++) {
                excess[j] = rates[fixed * n + j];
                rates[fixed * n + j] = 0.0;
                rates[j * n + fixed] = 0.0;
            }
            excess[fixed] = 1.0;
        }
        DenseElimination elimination = DenseElimination.of(n, rates, excess);
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++) {
            inverse[j * n + j] = j == fixed ? 0.0 : level.outflow[j];
        }
        elimination.solveAll(inverse);
        if (fixed >= 0) {
            Arrays.fill(inverse, fixed * n, (fixed + 1) * n, 0.0);
        }
        return new CoarsestInverse(n, inverse);
    }

    /** Of {@link ScaledChain#backward}. */
    static CoarsestInverse backward(NestedChain chain) {
        Generator generator = chain.generator();
        Elimination elimination = Elimination.of(generator, chain.order(), 0.0);
        int n = generator.states();
        double[] inverse = new double[n * n];
        for (int j = 0; j < n; j++) {
            double[] column = new double[n];
            column[j] = generator.outflow(j);
            double[] u = elimination.solveTransposed(column);
            for (int i = 0; i < n; i++) {
                inverse[i * n + j] = u[i];
            }
        }
        return new CoarsestInverse(n, inverse);
    }

    /** u = (I − G)⁻¹r. */
    void times(double[] r, double[] u) {
        for (int i = 0; i < size; i++) {
            double sum = 0.0;
            for (int j = 0; j < size; j++) {
                sum += entries[i * size + j] * r[j];
            }
            u[i] = sum;
        }
    }
}
