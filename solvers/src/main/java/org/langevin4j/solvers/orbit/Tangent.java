package org.langevin4j.solvers.orbit;

import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.VectorText;

/** A state after a time with its derivative with respect to the start: the flow φₜ(x) and V = ∂φₜ/∂x. */
public final class Tangent {

    private final double[] state;
    private final RealMatrix matrix;
    private final double logDeterminant;

    Tangent(double[] state, RealMatrix matrix, double logDeterminant) {
        this.state = state;
        this.matrix = matrix;
        this.logDeterminant = logDeterminant;
    }

    /**
     * Where the orbit is.
     *
     * @return φₜ(x), a new array
     */
    public double[] state() {
        return state.clone();
    }

    /**
     * The derivative.
     *
     * @return V, d×d, a copy
     */
    public RealMatrix matrix() {
        return matrix.copy();
    }

    /**
     * The logarithm of det V, integrated as ∫∇·b dt (Liouville), so that it is exact where V is nearly singular.
     *
     * @return log det V
     */
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public String toString() {
        return "x = " + VectorText.of(state) + ", log determinant of the derivative " + logDeterminant;
    }
}
