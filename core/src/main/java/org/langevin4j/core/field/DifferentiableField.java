package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;

/** A vector field together with its Jacobian, v: ℝᵈ → ℝⁿ, Jᵢⱼ = ∂ⱼvᵢ; a drift has n = d. */
public interface DifferentiableField extends VectorField {

    /**
     * Evaluates the Jacobian.
     *
     * @param x state, length d; not modified
     * @param out receives ∂ⱼvᵢ(x) in row-major order, length n·d
     */
    void jacobian(double[] x, double[] out);

    /**
     * Evaluates the derivative along a direction, Σⱼ uⱼ ∂ⱼvᵢ. The default multiplies by the Jacobian.
     *
     * @param x state, length d; not modified
     * @param u direction, length d; not modified
     * @param out receives J(x)u, length n
     */
    default void along(double[] x, double[] u, double[] out) {
        int d = x.length;
        double[] jacobian = new double[out.length * d];
        jacobian(x, jacobian);
        for (int i = 0; i < out.length; i++) {
            double sum = 0.0;
            for (int j = 0; j < d; j++) {
                sum += jacobian[i * d + j] * u[j];
            }
            out[i] = sum;
        }
    }

    @Override
    default DifferentiableField atTime(double t) {
        return this;
    }

    /**
     * A field that depends on time, with its Jacobian; see {@link VectorField#driven}.
     *
     * @param field the autonomous field v(t, ·) of each time t; must be thread-safe
     * @return v(t, x)
     */
    static DifferentiableField driven(DoubleFunction<? extends DifferentiableField> field) {
        Objects.requireNonNull(field, "field");
        return new DifferentiableField() {
            @Override
            public void at(double[] x, double[] out) {
                throw DrivenField.timeless();
            }

            @Override
            public void jacobian(double[] x, double[] out) {
                throw DrivenField.timeless();
            }

            @Override
            public boolean isAutonomous() {
                return false;
            }

            @Override
            public DifferentiableField atTime(double t) {
                return Objects.requireNonNull(field.apply(t), "field at a time");
            }
        };
    }

    /**
     * A field given in closed form.
     *
     * @param field v, in either form
     * @param jacobian writes ∂ⱼvᵢ in row-major order
     * @return the field
     */
    static DifferentiableField of(VectorField field, VectorField jacobian) {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(jacobian, "jacobian");
        return new DifferentiableField() {
            @Override
            public void at(double[] x, double[] out) {
                field.at(x, out);
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                field.atBlock(x, paths, out);
            }

            @Override
            public void requireShape(int arguments, int values) {
                field.requireShape(arguments, values);
                jacobian.requireShape(arguments, arguments * values);
            }

            @Override
            public void requireWritten(String name, double t, double[] x, int values) {
                field.requireWritten(name, t, x, values);
            }

            @Override
            public void jacobian(double[] x, double[] out) {
                jacobian.at(x, out);
            }
        };
    }

    /**
     * A field whose Jacobian comes from automatic differentiation, exact to rounding. What that costs is on the page of
     * this package.
     *
     * @param f the n components, written with the arithmetic of {@link Gradient}
     * @return the field; evaluated with room for another number of components it throws an {@link
     *     IllegalArgumentException} with both numbers
     */
    static DifferentiableField automatic(Function<Gradient[], Gradient[]> f) {
        return new AutomaticField(f);
    }

    /**
     * A field whose Jacobian comes from central differences, for functions in plain doubles whose derivative is not at
     * hand.
     *
     * @param field v, smooth around the states where the Jacobian is asked for
     * @return the field, which also estimates the error of its Jacobian
     */
    static CentralDifferences byDifferences(VectorField field) {
        return new CentralDifferences(field);
    }
}
