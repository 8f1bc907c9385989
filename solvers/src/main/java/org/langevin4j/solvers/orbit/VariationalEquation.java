package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.langevin4j.core.field.DifferentiableField;

/**
 * The orbit with its derivative by the start, V̇ = J(x)V from V = I, and log det V = ∫∇·b dt; one after the other in an array
 * of length d + d² + 1.
 *
 * @param field b
 * @param d dimension
 */
record VariationalEquation(DifferentiableField field, int d) implements OrdinaryDifferentialEquation {

    double[] start(double[] x) {
        double[] start = new double[d + d * d + 1];
        System.arraycopy(x, 0, start, 0, d);
        for (int i = 0; i < d; i++) {
            start[d + i * d + i] = 1.0;
        }
        return start;
    }

    Tangent tangent(double[] end) {
        return new Tangent(Arrays.copyOf(end, d), matrix(end, d, d), end[d + d * d]);
    }

    /** A square matrix of row-major entries. */
    static RealMatrix matrix(double[] entries, int offset, int d) {
        RealMatrix m = MatrixUtils.createRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                m.setEntry(i, j, entries[offset + i * d + j]);
            }
        }
        return m;
    }

    @Override
    public int getDimension() {
        return d + d * d + 1;
    }

    @Override
    public double[] computeDerivatives(double t, double[] y) {
        double[] x = Arrays.copyOf(y, d);
        double[] velocity = new double[d];
        double[] jacobian = new double[d * d];
        field.at(x, velocity);
        field.jacobian(x, jacobian);
        double[] out = Arrays.copyOf(velocity, d + d * d + 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                double sum = 0.0;
                for (int k = 0; k < d; k++) {
                    sum += jacobian[i * d + k] * y[d + k * d + j];
                }
                out[d + i * d + j] = sum;
            }
            out[d + d * d] += jacobian[i * d + i];
        }
        return out;
    }
}
