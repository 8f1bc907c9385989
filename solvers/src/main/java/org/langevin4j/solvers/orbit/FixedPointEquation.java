package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.SingularVectors;

/**
 * b(x; p) = 0 in y = (x, p), with the derivative (J, bₚ).
 *
 * @param family b(·; p) for each p
 * @param dimension d
 */
record FixedPointEquation(DoubleFunction<? extends VectorField> family, int dimension) implements CurveEquation {

    @Override
    public int size() {
        return dimension;
    }

    Flow flow(double parameter) {
        return Flow.of(family.apply(parameter), dimension);
    }

    DifferentiableField field(double parameter) {
        return ExtrapolatedDifferences.differentiable(family.apply(parameter));
    }

    /** b at (x, p), the first components of the argument. */
    @Override
    public double[] value(double[] y) {
        double[] out = new double[dimension];
        family.apply(y[dimension]).at(Arrays.copyOf(y, dimension), out);
        return out;
    }

    /** (J, bₚ), d×(d+1). */
    RealMatrix derivative(double[] y) {
        int d = dimension;
        double[] x = Arrays.copyOf(y, d);
        double[] jacobian = new double[d * d];
        field(y[d]).jacobian(x, jacobian);
        double[] slope = parameterDerivative(x, y[d]);
        RealMatrix matrix = MatrixUtils.createRealMatrix(d, d + 1);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                matrix.setEntry(i, j, jacobian[i * d + j]);
            }
            matrix.setEntry(i, d, slope[i]);
        }
        return matrix;
    }

    /** (J, bₚ) over a row. */
    RealMatrix bordered(double[] y, double[] row) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(dimension + 1, dimension + 1);
        matrix.setSubMatrix(derivative(y).getData(), 0, 0);
        matrix.setRow(dimension, row);
        return matrix;
    }

    @Override
    public double[] solve(double[] y, double[] row, double[] right) {
        return Newton.solution(bordered(y, row), right);
    }

    /** bₚ. */
    double[] parameterDerivative(double[] x, double parameter) {
        return ExtrapolatedDifferences.derivative(
                (p, out) -> family.apply(p[0]).at(x, out), new double[] {parameter}, 0, dimension);
    }

    /** Of (J, bₚ), as columns by falling singular value; the last is the tangent. */
    RealMatrix rightSingularVectors(double[] y) {
        return SingularVectors.of(bordered(y, new double[dimension + 1])).right();
    }
}
