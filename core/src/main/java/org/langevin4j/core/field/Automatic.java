package org.langevin4j.core.field;

import org.hipparchus.analysis.differentiation.Gradient;

/** Arguments for functions that are differentiated automatically. */
public final class Automatic {

    private Automatic() {}

    /**
     * The state as d independent variables.
     *
     * @param x state, length d
     * @return variables whose gradients are the unit vectors of ℝᵈ
     */
    public static Gradient[] variables(double[] x) {
        Gradient[] variables = new Gradient[x.length];
        for (int i = 0; i < x.length; i++) {
            variables[i] = Gradient.variable(x.length, i, x[i]);
        }
        return variables;
    }

    /**
     * The state as constants, for a value without derivatives.
     *
     * @param x state, length d
     * @return constants with no derivative
     */
    public static Gradient[] constants(double[] x) {
        Gradient[] constants = new Gradient[x.length];
        for (int i = 0; i < x.length; i++) {
            constants[i] = Gradient.constant(0, x[i]);
        }
        return constants;
    }

    /**
     * The line x + εv with the one variable ε, at ε = 0, for a derivative along a direction.
     *
     * @param x state, length d
     * @param v direction, length d
     * @return numbers with values x and derivatives v
     */
    public static Gradient[] along(double[] x, double[] v) {
        Gradient[] line = new Gradient[x.length];
        for (int i = 0; i < x.length; i++) {
            line[i] = new Gradient(x[i], v[i]);
        }
        return line;
    }

    /**
     * Checks what a function of the user's has given.
     *
     * @param matrix rows of numbers
     * @param rows how many there must be
     * @param columns of what length each
     * @return the matrix
     * @throws IllegalArgumentException if the shape is another
     */
    public static Gradient[][] requireShape(Gradient[][] matrix, int rows, int columns) {
        if (matrix.length != rows) {
            throw new IllegalArgumentException(
                    "matrix must be " + rows + "×" + columns + ", got " + matrix.length + " rows");
        }
        for (int i = 0; i < rows; i++) {
            if (matrix[i].length != columns) {
                throw new IllegalArgumentException("matrix must be " + rows + "×" + columns + ", got "
                        + matrix[i].length + " entries in row " + i);
            }
        }
        return matrix;
    }
}
