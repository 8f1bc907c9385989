package org.langevin4j.solvers.orbit;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** n equations F(y) = 0 in n + 1 unknowns, the last one the parameter p: their solutions are curves. */
interface CurveEquation {

    /** n. */
    int size();

    /** F(y). */
    double[] value(double[] y);

    /** F′(y), n×(n+1). */
    RealMatrix derivative(double[] y);

    /** F′(y) over a row tᵀ. */
    default RealMatrix bordered(double[] y, double[] tangent) {
        int n = size();
        RealMatrix matrix = MatrixUtils.createRealMatrix(n + 1, n + 1);
        matrix.setSubMatrix(derivative(y).getData(), 0, 0);
        matrix.setRow(n, tangent);
        return matrix;
    }
}
