package org.langevin4j.solvers.domain;

import java.util.Arrays;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/** The variance of a step along a direction n, 2β⁻¹ nᵀD(x)n h, at the state before the step. */
final class NormalVariance {

    private final Sde sde;
    private final double stepSize;
    private Diffusion diffusion;
    private double factor;
    private final double[] constant;
    private final double[] state;
    private final double[] direction;
    private final double[] product;

    /** The entries of D where it is constant and diagonal, else empty. */
    private final double[] diagonal;

    NormalVariance(Sde sde, double stepSize) {
        this.sde = sde;
        this.stepSize = stepSize;
        this.diffusion = sde.diffusion().atTime(0.0);
        int d = sde.dimension();
        this.state = new double[d];
        this.direction = new double[d];
        this.product = new double[d];
        this.constant = new double[diffusion.isConstant() ? d : 0];
        this.diagonal = new double[diffusion.structure() == Diffusion.Structure.FULL ? 0 : constant.length];
        freeze(0.0);
    }

    /** From here on at the time at which a step begins. */
    void at(double t) {
        if (!(sde.diffusion().isAutonomous() && sde.temperature().isConstant())) {
            freeze(t);
        }
    }

    private void freeze(double t) {
        diffusion = sde.diffusion().atTime(t);
        factor = 2.0 * sde.temperature().atTime(t).value() * stepSize;
        if (diagonal.length > 0) {
            // A diagonal at once: one product for each axis would cost d².
            Arrays.fill(direction, 1.0);
            diffusion.times(state, direction, diagonal);
            Arrays.fill(direction, 0.0);
            for (int i = 0; i < constant.length; i++) {
                constant[i] = factor * diagonal[i];
            }
            return;
        }
        for (int i = 0; i < constant.length; i++) {
            constant[i] = alongAxis(i);
        }
    }

    /** Along a coordinate axis. */
    double along(int axis, double[][] x, int p) {
        if (constant.length > 0) {
            return constant[axis];
        }
        load(x, p);
        return alongAxis(axis);
    }

    /** Along a coordinate axis, for a block. */
    void alongAxis(int axis, double[][] x, int paths, double[] out) {
        if (constant.length > 0) {
            Arrays.fill(out, 0, paths, constant[axis]);
            return;
        }
        for (int p = 0; p < paths; p++) {
            load(x, p);
            out[p] = alongAxis(axis);
        }
    }

    /** Along one vector for all paths, whose length counts. */
    void along(double[] vector, double[][] x, int paths, double[] out) {
        if (constant.length > 0) {
            Arrays.fill(out, 0, paths, along(vector));
            return;
        }
        for (int p = 0; p < paths; p++) {
            load(x, p);
            out[p] = along(vector);
        }
    }

    /** Along a vector for each path, {@code vectors[i][p]}, whose length counts. */
    void along(double[][] vectors, double[][] x, int paths, double[] out) {
        if (diagonal.length > 0) {
            Arrays.fill(out, 0, paths, 0.0);
            for (int i = 0; i < diagonal.length; i++) {
                addSquares(diagonal[i], vectors[i], paths, out);
            }
            for (int p = 0; p < paths; p++) {
                out[p] *= factor;
            }
            return;
        }
        for (int p = 0; p < paths; p++) {
            load(x, p);
            for (int i = 0; i < direction.length; i++) {
                direction[i] = vectors[i][p];
            }
            out[p] = along(direction);
        }
        Arrays.fill(direction, 0.0);
    }

    private static void addSquares(double entry, double[] vector, int paths, double[] out) {
        for (int p = 0; p < paths; p++) {
            out[p] += vector[p] * (entry * vector[p]);
        }
    }

    private double along(double[] vector) {
        diffusion.times(state, vector, product);
        double sum = 0.0;
        for (int i = 0; i < vector.length; i++) {
            sum += vector[i] * product[i];
        }
        return factor * sum;
    }

    private double alongAxis(int axis) {
        direction[axis] = 1.0;
        diffusion.times(state, direction, product);
        direction[axis] = 0.0;
        return factor * product[axis];
    }

    private void load(double[][] x, int p) {
        for (int i = 0; i < state.length; i++) {
            state[i] = x[i][p];
        }
    }
}
