package org.langevin4j.solvers.orbit;

import java.util.Optional;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Vectors;

/** Derivatives of a field that gives none, by central differences extrapolated to step zero (Ridders 1982). */
final class ExtrapolatedDifferences {

    private static final int LEVELS = 8;

    /** First step relative to the coordinate; it is halved until the estimates no longer agree better. */
    private static final double FIRST_STEP = 0.0625;

    /** Relative error from which on a worse estimate means rounding, and not yet a step too long for the field. */
    private static final double RESOLVED = 1e-6;

    private ExtrapolatedDifferences() {}

    /** The field with the Jacobian it knows itself, or else by differences. */
    static DifferentiableField differentiable(VectorField field) {
        if (field instanceof DifferentiableField known) {
            return known;
        }
        Optional<AffineField> affine = AffineField.recognise(field);
        if (affine.isPresent()) {
            return affine.get();
        }
        return DifferentiableField.of(field, (x, out) -> jacobian(field, x, x.length, out));
    }

    /**
     * The matrix ∂ⱼfᵢ.
     *
     * @param f from ℝᵈ to ℝⁿ
     * @param x length d
     * @param n number of components
     * @param out receives n×d entries in row-major order
     */
    static void jacobian(VectorField f, double[] x, int n, double[] out) {
        int d = x.length;
        double[] shifted = x.clone();
        for (int k = 0; k < d; k++) {
            double[] column = derivative(f, shifted, k, n);
            for (int i = 0; i < n; i++) {
                out[i * d + k] = column[i];
            }
        }
    }

    /** ∂f/∂x_k; x is shifted and put back. */
    static double[] derivative(VectorField f, double[] x, int k, int n) {
        // A power of two, so that x ± h differ by exactly 2h for most x.
        double h = Math.scalb(FIRST_STEP, Math.getExponent(Math.max(1.0, Math.abs(x[k]))));
        double[][] previous = new double[0][];
        double[] best = new double[0];
        double error = Double.POSITIVE_INFINITY;
        for (int level = 0; level < LEVELS; level++, h *= 0.5) {
            double[][] row = new double[level + 1][];
            row[0] = central(f, x, k, n, h);
            if (level == 0) {
                best = row[0];
            }
            double factor = 1.0;
            for (int j = 1; j <= level; j++) {
                factor *= 4.0;
                row[j] = new double[n];
                double gap = 0.0;
                for (int i = 0; i < n; i++) {
                    row[j][i] = (factor * row[j - 1][i] - previous[j - 1][i]) / (factor - 1.0);
                    gap = Math.max(gap, Math.abs(row[j][i] - row[j - 1][i]));
                    gap = Math.max(gap, Math.abs(row[j][i] - previous[j - 1][i]));
                }
                if (gap < error) {
                    error = gap;
                    best = row[j];
                }
            }
            if (level > 0
                    && error < RESOLVED * Vectors.norm(best)
                    && distance(row[level], previous[level - 1]) > 2.0 * error) {
                break;
            }
            previous = row;
        }
        return best;
    }

    private static double[] central(VectorField f, double[] x, int k, int n, double h) {
        double centre = x[k];
        double[] right = new double[n];
        double[] left = new double[n];
        double high = centre + h;
        double low = centre - h;
        x[k] = high;
        f.at(x, right);
        x[k] = low;
        f.at(x, left);
        x[k] = centre;
        for (int i = 0; i < n; i++) {
            right[i] = (right[i] - left[i]) / (high - low);
        }
        return right;
    }

    private static double distance(double[] a, double[] b) {
        double largest = 0.0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
