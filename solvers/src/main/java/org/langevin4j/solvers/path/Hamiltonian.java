package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/**
 * The Hamiltonian H(x, p) = p·D(x)p + b(x)·p of Freidlin and Wentzell in affine coordinates x = origin + scale·y, one scale a
 * coordinate, p = ∂V/∂y. Not safe for several threads: it holds scratch space.
 */
final class Hamiltonian {

    /** Step of central differences, in units of y. */
    private final double difference;

    private final VectorField drift;
    private final Diffusion diffusion;
    private final double[] origin;
    private final double[] scale;
    private final int d;
    private final double[] state;
    private final double[] shifted;
    private final double[] b;
    private final double[] matrix;
    private final double[] jacobian;
    private final double[] product;

    /** With y measured from an origin in units of the scales; differences are of a given length in y. */
    Hamiltonian(VectorField drift, Diffusion diffusion, double[] origin, double[] scale, double difference) {
        this.drift = drift;
        this.diffusion = diffusion;
        this.origin = origin.clone();
        this.scale = scale.clone();
        this.difference = difference;
        this.d = origin.length;
        this.state = new double[d];
        this.shifted = new double[d];
        this.b = new double[d];
        this.matrix = new double[d * d];
        this.jacobian = new double[d * d];
        this.product = new double[d];
        if (diffusion.isConstant()) {
            diffusion(new double[d], matrix);
        }
    }

    /** In the coordinates of the state. */
    static Hamiltonian of(VectorField drift, Diffusion diffusion, double difference) {
        double[] unit = new double[diffusion.dimension()];
        Arrays.fill(unit, 1.0);
        return new Hamiltonian(drift, diffusion, new double[unit.length], unit, difference);
    }

    int dimension() {
        return d;
    }

    private void toState(double[] y) {
        for (int i = 0; i < d; i++) {
            state[i] = origin[i] + scale[i] * y[i];
        }
    }

    /** b in units of y. */
    void drift(double[] y, double[] out) {
        toState(y);
        drift.at(state, out);
        for (int i = 0; i < d; i++) {
            out[i] /= scale[i];
        }
    }

    /** D in units of y, row-major. */
    void diffusion(double[] y, double[] out) {
        toState(y);
        diffusion.matrix(state, out);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                out[i * d + j] /= scale[i] * scale[j];
            }
        }
    }

    /** ∂ⱼbᵢ in units of y, row-major. */
    void jacobian(double[] y, double[] out) {
        if (drift instanceof DifferentiableField field) {
            toState(y);
            field.jacobian(state, out);
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    out[i * d + j] *= scale[j] / scale[i];
                }
            }
            return;
        }
        System.arraycopy(y, 0, shifted, 0, d);
        for (int j = 0; j < d; j++) {
            shifted[j] = y[j] + difference;
            drift(shifted, b);
            shifted[j] = y[j] - difference;
            drift(shifted, product);
            shifted[j] = y[j];
            for (int i = 0; i < d; i++) {
                out[i * d + j] = (b[i] - product[i]) / (2.0 * difference);
            }
        }
    }

    private double value(double[] y, double[] p) {
        drift(y, b);
        if (!diffusion.isConstant()) {
            diffusion(y, matrix);
        }
        double sum = 0.0;
        for (int i = 0; i < d; i++) {
            double row = b[i];
            for (int j = 0; j < d; j++) {
                row += matrix[i * d + j] * p[j];
            }
            sum += p[i] * row;
        }
        return sum;
    }

    /** −∂H/∂y, the rate of p. */
    void momentumRate(double[] y, double[] p, double[] out) {
        if (diffusion.isConstant() && drift instanceof DifferentiableField) {
            jacobian(y, jacobian);
            for (int k = 0; k < d; k++) {
                double sum = 0.0;
                for (int i = 0; i < d; i++) {
                    sum += jacobian[i * d + k] * p[i];
                }
                out[k] = -sum;
            }
            return;
        }
        System.arraycopy(y, 0, shifted, 0, d);
        for (int k = 0; k < d; k++) {
            shifted[k] = y[k] + difference;
            double plus = value(shifted, p);
            shifted[k] = y[k] - difference;
            double minus = value(shifted, p);
            shifted[k] = y[k];
            out[k] = (minus - plus) / (2.0 * difference);
        }
    }

    /** ∂H/∂p = b + 2Dp, the velocity of the characteristic; returns p·Dp, the rate of V. */
    double velocity(double[] y, double[] p, double[] out) {
        drift(y, out);
        if (!diffusion.isConstant()) {
            diffusion(y, matrix);
        }
        double rate = 0.0;
        for (int i = 0; i < d; i++) {
            double row = 0.0;
            for (int j = 0; j < d; j++) {
                row += matrix[i * d + j] * p[j];
            }
            out[i] += 2.0 * row;
            rate += p[i] * row;
        }
        return rate;
    }

    /**
     * Scales p, keeping its direction, until H = 0; returns the factor, not positive where no multiple of p solves it.
     */
    double toZeroEnergy(double[] y, double[] p) {
        double rate = velocity(y, p, b);
        double along = 0.0;
        for (int i = 0; i < d; i++) {
            along += b[i] * p[i];
        }
        // b·p = velocity·p − 2 p·Dp.
        double factor = (2.0 * rate - along) / rate;
        for (int i = 0; i < d; i++) {
            p[i] *= factor;
        }
        return factor;
    }
}
