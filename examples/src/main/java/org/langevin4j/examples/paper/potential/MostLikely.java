package org.langevin4j.examples.paper.potential;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.SingularVectors;
import org.langevin4j.solvers.orbit.FixedPoint;
import org.langevin4j.solvers.orbit.Flow;

/** The most likely point of a density in the plane, to a fraction of a cell. */
final class MostLikely {

    /** Cells to each side that take part. */
    private static final int HALF = 4;

    private MostLikely() {}

    /** Where the polynomial of fourth degree fitted to log ρ in nine by nine cells has its maximum. */
    static double[] point(Density density, double... near) {
        Grid grid = density.grid();
        int cell = highest(density, grid.cellOf(near));
        int side = 2 * HALF + 1;
        RealMatrix monomials = MatrixUtils.createRealMatrix(side * side, 15);
        double[] logs = new double[side * side];
        for (int i = -HALF; i <= HALF; i++) {
            for (int j = -HALF; j <= HALF; j++) {
                int row = (i + HALF) * side + j + HALF;
                monomials.setRow(row, monomials((double) i / HALF, (double) j / HALF));
                logs[row] = Math.log(density.value(cell + i * grid.stride(0) + j));
            }
        }
        double[] c = SingularVectors.of(monomials).leastSquares(logs);
        VectorField gradient = (u, out) -> {
            double h = 1e-4;
            out[0] = (value(c, u[0] + h, u[1]) - value(c, u[0] - h, u[1])) / (2.0 * h);
            out[1] = (value(c, u[0], u[1] + h) - value(c, u[0], u[1] - h)) / (2.0 * h);
        };
        double[] u = FixedPoint.near(Flow.of(gradient, 2), new double[2]).location();
        double[] point = new double[2];
        grid.centre(cell, point);
        for (int axis = 0; axis < 2; axis++) {
            point[axis] += HALF * grid.axis(axis).width(0) * u[axis];
        }
        return point;
    }

    /** The highest cell uphill of one. */
    private static int highest(Density density, int start) {
        int cell = start;
        for (boolean moved = true; moved; ) {
            moved = false;
            int stride = density.grid().stride(0);
            for (int step : new int[] {1, -1, stride, -stride}) {
                if (density.value(cell + step) > density.value(cell)) {
                    cell += step;
                    moved = true;
                }
            }
        }
        return cell;
    }

    private static double[] monomials(double u, double v) {
        double[] values = new double[15];
        int n = 0;
        for (int p = 0; p <= 4; p++) {
            for (int q = 0; p + q <= 4; q++) {
                values[n++] = Math.pow(u, p) * Math.pow(v, q);
            }
        }
        return values;
    }

    private static double value(double[] c, double u, double v) {
        double sum = 0.0;
        double[] values = monomials(u, v);
        for (int n = 0; n < c.length; n++) {
            sum += c[n] * values[n];
        }
        return sum;
    }
}
