package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;

/** A scalar field together with its gradient: a potential Φ, a loss f, or any other differentiable function. */
public interface Potential extends ScalarField {

    /**
     * Evaluates the gradient.
     *
     * @param x state, length d; not modified
     * @param out receives ∇Φ(x), length d
     */
    void gradient(double[] x, double[] out);

    /**
     * A potential given in closed form.
     *
     * @param value Φ
     * @param gradient ∇Φ
     * @return the potential
     */
    static Potential of(ScalarField value, VectorField gradient) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(gradient, "gradient");
        return new Potential() {
            @Override
            public double at(double[] x) {
                return value.at(x);
            }

            @Override
            public void gradient(double[] x, double[] out) {
                gradient.at(x, out);
            }

            @Override
            public void atBlock(double[][] x, int paths, double[] out) {
                value.atBlock(x, paths, out);
            }
        };
    }

    /**
     * A potential whose gradient comes from automatic differentiation, exact to rounding.
     *
     * @param f the function, written with the arithmetic of {@link Gradient}
     * @return the potential
     */
    static Potential automatic(Function<Gradient[], Gradient> f) {
        Objects.requireNonNull(f, "f");
        return of(x -> f.apply(Automatic.constants(x)).getValue(), (x, out) -> {
            Gradient value = f.apply(Automatic.variables(x));
            for (int i = 0; i < x.length; i++) {
                out[i] = value.getPartialDerivative(i);
            }
        });
    }

    /**
     * A potential whose gradient comes from central differences; steps and errors are those of {@link
     * CentralDifferences}.
     *
     * @param f the function, smooth around the states where the gradient is asked for
     * @return the potential
     */
    static Potential byDifferences(ScalarField f) {
        Objects.requireNonNull(f, "f");
        CentralDifferences differences = new CentralDifferences((x, out) -> out[0] = f.at(x));
        return of(f, differences::jacobian);
    }
}
