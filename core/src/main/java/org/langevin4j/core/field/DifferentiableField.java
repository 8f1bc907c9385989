package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;

/** A vector field together with its Jacobian, v: ℝᵈ → ℝᵈ, Jᵢⱼ = ∂ⱼvᵢ. */
public interface DifferentiableField extends VectorField {

    /**
     * Evaluates the Jacobian.
     *
     * @param x state, length d; not modified
     * @param out receives ∂ⱼvᵢ(x) in row-major order, length d²
     */
    void jacobian(double[] x, double[] out);

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
            public void jacobian(double[] x, double[] out) {
                jacobian.at(x, out);
            }
        };
    }

    /**
     * A field whose Jacobian comes from automatic differentiation, exact to rounding.
     *
     * @param f the d components, written with the arithmetic of {@link Gradient}
     * @return the field
     */
    static DifferentiableField automatic(Function<Gradient[], Gradient[]> f) {
        Objects.requireNonNull(f, "f");
        return of(
                (x, out) -> {
                    Gradient[] values = f.apply(Automatic.constants(x));
                    for (int i = 0; i < out.length; i++) {
                        out[i] = values[i].getValue();
                    }
                },
                (x, out) -> {
                    Gradient[] values = f.apply(Automatic.variables(x));
                    for (int i = 0; i < x.length; i++) {
                        for (int j = 0; j < x.length; j++) {
                            out[i * x.length + j] = values[i].getPartialDerivative(j);
                        }
                    }
                });
    }
}
