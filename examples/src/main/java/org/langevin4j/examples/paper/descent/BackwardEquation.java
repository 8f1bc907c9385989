package org.langevin4j.examples.paper.descent;

import java.util.List;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.StochasticGradientDescent;

/**
 * Expectations E g(x) at a time as functions of the start, without sampling. Of gradient descent one step is u ← mean of u(x − η∇f_b(x)) over all
 * mini-batches, of an equation ∂u/∂t = b·∇u + β⁻¹D:∇∇u, both for the polynomial through the values at Chebyshev points. No condition is set at the edge of
 * the box, where the drift points inwards: what is outside is never asked for.
 */
final class BackwardEquation {

    /** Terms of the exponential series for a step whose norm is at most this. */
    private static final double NORM = 4.0;

    private final ChebyshevGrid grid;
    private final double[] start;
    private final ScalarField function;

    BackwardEquation(ChebyshevGrid grid, double[] start, ScalarField function) {
        this.grid = grid;
        this.start = start.clone();
        this.function = function;
    }

    /** After a number of steps. */
    double descent(FiniteSum loss, StochasticGradientDescent descent, List<int[]> batches, int steps) {
        double[][] matrix = new double[grid.size()][grid.size()];
        double[] g = new double[grid.dimension()];
        for (int i = 0; i < matrix.length; i++) {
            for (int[] batch : batches) {
                double[] x = grid.point(i);
                loss.gradient(batch, x, g);
                descent.step(x, new double[g.length], g);
                grid.addInterpolation(x, 1.0 / batches.size(), matrix[i]);
            }
        }
        double[] u = values();
        for (int step = 0; step < steps; step++) {
            u = times(matrix, u);
        }
        return atStart(u);
    }

    /** At a time. */
    double equation(Sde sde, double time) {
        int d = grid.dimension();
        double[][] matrix = new double[grid.size()][grid.size()];
        double[] drift = new double[d];
        double[] entries = new double[d * d];
        double norm = 0.0;
        for (int i = 0; i < matrix.length; i++) {
            double[] x = grid.point(i);
            sde.drift().at(x, drift);
            sde.diffusion().matrix(x, entries);
            for (int a = 0; a < d; a++) {
                grid.addDerivative(i, a, -1, drift[a], matrix[i]);
                for (int b = 0; b < d; b++) {
                    grid.addDerivative(i, a, b, sde.temperature().value() * entries[a * d + b], matrix[i]);
                }
            }
            double sum = 0.0;
            for (double entry : matrix[i]) {
                sum += Math.abs(entry);
            }
            norm = Math.max(norm, sum);
        }
        int steps = (int) Math.ceil(norm * time / NORM);
        double h = time / steps;
        double[] u = values();
        for (int step = 0; step < steps; step++) {
            double[] term = u;
            for (int k = 1; Vectors.norm(term) > 1e-17 * Vectors.norm(u); k++) {
                term = Vectors.scaled(times(matrix, term), h / k);
                u = Vectors.moved(u, term, 1.0);
            }
        }
        return atStart(u);
    }

    private double[] values() {
        double[] u = new double[grid.size()];
        for (int i = 0; i < u.length; i++) {
            u[i] = function.at(grid.point(i));
        }
        return u;
    }

    private double atStart(double[] u) {
        double[] row = new double[u.length];
        grid.addInterpolation(start, 1.0, row);
        return Vectors.dot(row, u);
    }

    private static double[] times(double[][] matrix, double[] u) {
        double[] out = new double[u.length];
        for (int i = 0; i < u.length; i++) {
            out[i] = Vectors.dot(matrix[i], u);
        }
        return out;
    }
}
