package org.langevin4j.solvers.orbit;

import java.util.Arrays;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.linear.Vectors;

/**
 * A Poincaré section: the hyperplane n·(x − a) = 0, crossed in the direction of n. Immutable.
 */
public final class Section {

    private final double[] point;
    private final double[] normal;

    private Section(double[] point, double[] normal) {
        this.point = point;
        this.normal = normal;
    }

    /**
     * The hyperplane through a point.
     *
     * @param point a
     * @param normal n, not zero; orbits count that cross to its side
     * @return the section
     */
    public static Section of(double[] point, double... normal) {
        double norm = Vectors.norm(normal);
        if (!(normal.length == point.length && norm > 0.0 && norm <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("normal must be finite, not zero and of length " + point.length
                    + ", got " + Arrays.toString(normal));
        }
        if (!(Vectors.norm(point) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("point must be finite, got " + Arrays.toString(point));
        }
        double[] unit = normal.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
        }
        return new Section(point.clone(), unit);
    }

    /**
     * The hyperplane x_k = value, crossed upwards.
     *
     * @param dimension d
     * @param k 0 … d−1
     * @param value of the coordinate
     * @return the section
     */
    public static Section coordinate(int dimension, int k, double value) {
        if (!(k >= 0 && k < dimension)) {
            throw new IllegalArgumentException("k must be 0 to " + (dimension - 1) + ", got " + k);
        }
        Memory.require("a section in dimension " + dimension, 16.0 * dimension, "smaller dimensions need less");
        double[] point = new double[dimension];
        double[] normal = new double[dimension];
        point[k] = value;
        normal[k] = 1.0;
        return of(point, normal);
    }

    /**
     * The same hyperplane, crossed the other way.
     *
     * @return a new section
     */
    public Section reversed() {
        double[] opposite = normal.clone();
        Vectors.negate(opposite);
        return new Section(point, opposite);
    }

    /**
     * The unit normal.
     *
     * @return n/|n|, a new array
     */
    public double[] normal() {
        return normal.clone();
    }

    /**
     * The signed distance from the hyperplane.
     *
     * @param x state
     * @return n·(x − a)/|n|
     */
    public double height(double[] x) {
        double sum = 0.0;
        for (int i = 0; i < normal.length; i++) {
            sum += normal[i] * (x[i] - point[i]);
        }
        return sum;
    }

    /** The component of a vector along the normal. */
    double rate(double[] v) {
        return Vectors.dot(normal, v);
    }

    /** The nearest point of the hyperplane. */
    double[] project(double[] x) {
        double height = height(x);
        double[] foot = x.clone();
        for (int i = 0; i < foot.length; i++) {
            foot[i] -= height * normal[i];
        }
        return foot;
    }

    void requireDimension(int dimension) {
        if (normal.length != dimension) {
            throw new IllegalArgumentException("section must be in " + dimension + " dimensions, got " + normal.length);
        }
    }

    @Override
    public String toString() {
        return "n·(x − a) = 0 with n = " + OrbitException.text(normal) + ", a = " + OrbitException.text(point);
    }
}
