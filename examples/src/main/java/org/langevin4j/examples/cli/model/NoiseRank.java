package org.langevin4j.examples.cli.model;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.sde.Sde;

/** Whether noise moves every coordinate. */
final class NoiseRank {

    private static final double ZERO = 1e-12;

    private static final int LOOKED_AT = 7;

    private NoiseRank() {}

    /** D(x) of an autonomous equation. */
    static RealMatrix diffusion(Sde sde, double[] x) {
        int d = x.length;
        double[] entries = new double[d * d];
        sde.diffusion().matrix(x, entries);
        RealMatrix matrix = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                // To the last bit symmetric, as decompositions ask.
                matrix.setEntry(i, j, 0.5 * (entries[i * d + j] + entries[j * d + i]));
            }
        }
        return matrix;
    }

    /** At one state. */
    static boolean isSingular(Sde sde, double[] x) {
        double[] values = LinearAlgebra.pureJava().symmetricEigenvalues(diffusion(sde, x));
        double least = Double.POSITIVE_INFINITY;
        double largest = 0.0;
        for (double value : values) {
            least = Math.min(least, value);
            largest = Math.max(largest, value);
        }
        return !(least > ZERO * largest);
    }

    /** At cells spread over a grid. */
    static boolean isSingular(Sde sde, Grid grid) {
        double[] x = new double[grid.dimension()];
        for (int k = 0; k < LOOKED_AT; k++) {
            grid.centre((int) ((long) grid.cells() * (2 * k + 1) / (2L * LOOKED_AT)), x);
            if (isSingular(sde, x)) {
                return true;
            }
        }
        return false;
    }
}
