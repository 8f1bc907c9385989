package org.langevin4j.solvers.path;

import java.util.Arrays;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;

/**
 * The Hamiltonian H(x, p) = p·D(x)p + b(x)·p of Freidlin and Wentzell in affine coordinates x = origin + scale·y, one scale a
 * coordinate, p = ∂V/∂y; where b or D depend on time, at the time that was set. Not safe for several threads: it holds scratch space.
 */
final class Hamiltonian {

    /** Step of central differences, in units of y. */
    private final double difference;

    private final VectorField drivenDrift;
    private final Diffusion drivenDiffusion;
    private VectorField drift;
    private Diffusion diffusion;
    private final double[] origin;
    private final double[] scale;
    private final double unit;
    private final int d;
    private final double[] state;
    private final double[] shifted;
    private final double[] b;
    private final double[] matrix;
    private final double[] jacobian;
    private final double[] product;

    /** With y measured from an origin in units of the scales; differences are of a given length in y. */
    Hamiltonian(VectorField drift, Diffusion diffusion, double[] origin, double[] scale, double difference) {
        this(drift, diffusion, origin, scale, difference, 1.0);
    }

    /** With p and H in units of an action, which D is multiplied by. */
    Hamiltonian(
            VectorField drift, Diffusion diffusion, double[] origin, double[] scale, double difference, double unit) {
        this.unit = unit;
        this.drivenDrift = drift;
        this.drivenDiffusion = diffusion;
        this.drift = drift.atTime(0.0);
        this.diffusion = diffusion.atTime(0.0);
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
        if (this.diffusion.isConstant()) {
            diffusion(new double[d], matrix);
        }
    }

    /** Sets the time, where drift or diffusion depend on it; it is zero at first. */
    void moveTo(double t) {
        if (!drivenDrift.isAutonomous()) {
            drift = drivenDrift.atTime(t);
        }
        if (!drivenDiffusion.isAutonomous()) {
            diffusion = drivenDiffusion.atTime(t);
            if (diffusion.isConstant()) {
                diffusion(state, matrix);
            }
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
                out[i * d + j] /= scale[i] * scale[j] / unit;
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
     * Moves p to the nearest one with H = 0, in the metric of D: |p + ½D⁻¹b| = ½|D⁻¹b|. Where b is nearly along the level curves
     * the length of p stays and its direction changes, which keeps the errors of both small; scaling p alone would multiply an
     * error of its direction by |b|/|Dp|. In the plane only.
     *
     * @return the length of the new p over that of the old, not finite where b = 0
     */
    double toZeroEnergy(double[] y, double[] p) {
        drift(y, b);
        if (!diffusion.isConstant()) {
            diffusion(y, matrix);
        }
        double determinant = matrix[0] * matrix[3] - matrix[1] * matrix[2];
        double c1 = 0.5 * (matrix[3] * b[0] - matrix[1] * b[1]) / determinant;
        double c2 = 0.5 * (matrix[0] * b[1] - matrix[2] * b[0]) / determinant;
        double before = Math.hypot(p[0], p[1]);
        double q1 = p[0] + c1;
        double q2 = p[1] + c2;
        double factor = Math.sqrt(0.5
                * (c1 * b[0] + c2 * b[1])
                / (matrix[0] * q1 * q1 + (matrix[1] + matrix[2]) * q1 * q2 + matrix[3] * q2 * q2));
        p[0] = factor * q1 - c1;
        p[1] = factor * q2 - c2;
        return Math.hypot(p[0], p[1]) / before;
    }
}
