package org.langevin4j.solvers.orbit;

/** n equations F(y) = 0 in n + 1 unknowns, the last one the parameter p: their solutions are curves. */
interface CurveEquation {

    /** n. */
    int size();

    /** F(y). */
    double[] value(double[] y);

    /**
     * The solution s of F′(y)s = r₁ … rₙ together with row·s = rₙ₊₁; empty if the matrix is singular.
     */
    double[] solve(double[] y, double[] row, double[] right);
}
