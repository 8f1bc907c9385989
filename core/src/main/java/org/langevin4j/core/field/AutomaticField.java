package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;

/** A field written with {@link Gradient}s. */
record AutomaticField(Function<Gradient[], Gradient[]> f) implements DifferentiableField {

    AutomaticField {
        Objects.requireNonNull(f, "f");
    }

    private Gradient[] values(Gradient[] x, int expected) {
        Gradient[] values = f.apply(x);
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "field must give " + expected + " components for d = " + x.length + ", got " + values.length);
        }
        return values;
    }

    @Override
    public void at(double[] x, double[] out) {
        Gradient[] values = values(Automatic.constants(x), out.length);
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i].getValue();
        }
    }

    @Override
    public void jacobian(double[] x, double[] out) {
        int d = x.length;
        Gradient[] values = values(Automatic.variables(x), out.length / d);
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < d; j++) {
                out[i * d + j] = values[i].getPartialDerivative(j);
            }
        }
    }

    /** One pass with a single variable ε in x + εu. */
    @Override
    public void along(double[] x, double[] u, double[] out) {
        Gradient[] values = values(Automatic.along(x, u), out.length);
        for (int i = 0; i < out.length; i++) {
            out[i] = values[i].getPartialDerivative(0);
        }
    }
}
