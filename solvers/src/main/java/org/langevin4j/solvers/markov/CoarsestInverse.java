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

    /** u = (I − G)⁻¹r; four rows side by side, since each addition waits for the one before. */
    void times(double[] r, double[] u) {
        int i = 0;
        for (; i + 3 < size; i += 4) {
            int a = i * size;
            int b = a + size;
            int c = b + size;
            int d = c + size;
            double sumA = 0.0;
            double sumB = 0.0;
            double sumC = 0.0;
            double sumD = 0.0;
            for (int j = 0; j < size; j++) {
                sumA += entries[a + j] * r[j];
                sumB += entries[b + j] * r[j];
                sumC += entries[c + j] * r[j];
                sumD += entries[d + j] * r[j];
            }
            u[i] = sumA;
            u[i + 1] = sumB;
            u[i + 2] = sumC;
            u[i + 3] = sumD;
        }
        for (; i < size; i++) {
            double sum = 0.0;
            for (int j = 0; j < size; j++) {
                sum += entries[i * size + j] * r[j];
            }
            u[i] = sum;
        }
    }
}
