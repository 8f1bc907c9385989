package org.langevin4j.core.field;

import java.util.Objects;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;

/** A square-matrix function of the state with its divergence, M: ℝᵈ → ℝᵈˣᵈ, (∇·M)ᵢ = Σⱼ ∂ⱼMᵢⱼ. */
public interface MatrixField {

    /**
     * The dimension d of the state and of the matrix.
     *
     * @return d ≥ 1
     */
    int dimension();

    /**
     * Evaluates the matrix.
     *
     * @param x state, length d; not modified
     * @param out receives M(x) in row-major order, length d²
     */
    void at(double[] x, double[] out);

    /**
     * Evaluates the divergence over the second index.
     *
     * @param x state, length d; not modified
     * @param out receives (∇·M)(x), length d
     */
    void divergence(double[] x, double[] out);

    /**
     * A matrix field given in closed form.
     *
     * @param dimension d
     * @param entries writes M(x) in row-major order
     * @param divergence writes (∇·M)(x)
     * @return the field
     */
    static MatrixField of(int dimension, VectorField entries, VectorField divergence) {
        requireDimension(dimension);
        Objects.requireNonNull(entries, "entries");
        Objects.requireNonNull(divergence, "divergence");
        return new MatrixField() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public void at(double[] x, double[] out) {
                entries.at(x, out);
            }

            @Override
            public void divergence(double[] x, double[] out) {
                divergence.at(x, out);
            }
        };
    }

    /**
     * A matrix field whose divergence comes from automatic differentiation, exact to rounding.
     *
     * @param dimension d
     * @param f the d×d entries, written with the arithmetic of {@link Gradient}
     * @return the field
     */
    static MatrixField automatic(int dimension, Function<Gradient[], Gradient[][]> f) {
        requireDimension(dimension);
        Objects.requireNonNull(f, "f");
        return of(
                dimension,
                (x, out) -> {
                    Gradient[][] m = f.apply(Automatic.constants(x));
                    for (int i = 0; i < dimension; i++) {
                        for (int j = 0; j < dimension; j++) {
                            out[i * dimension + j] = m[i][j].getValue();
                        }
                    }
                },
                (x, out) -> {
                    Gradient[][] m = f.apply(Automatic.variables(x));
                    for (int i = 0; i < dimension; i++) {
                        double sum = 0.0;
                        for (int j = 0; j < dimension; j++) {
                            sum += m[i][j].getPartialDerivative(j);
                        }
                        out[i] = sum;
                    }
                });
    }

    private static void requireDimension(int dimension) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
    }
}
