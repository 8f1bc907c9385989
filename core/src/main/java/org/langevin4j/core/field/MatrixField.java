package org.langevin4j.core.field;

import java.util.Arrays;
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
        entries.requireShape(dimension, dimension * dimension);
        divergence.requireShape(dimension, dimension);
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
     * A matrix field given by its entries alone. The divergence comes from the Jacobian of the entries if they are a
     * {@link DifferentiableField}, otherwise from {@link CentralDifferences} of them, whose error is stated there.
     *
     * @param dimension d
     * @param entries writes M(x) in row-major order
     * @return the field
     */
    static MatrixField of(int dimension, VectorField entries) {
        Objects.requireNonNull(entries, "entries");
        DifferentiableField m = entries instanceof DifferentiableField given ? given : new CentralDifferences(entries);
        return of(dimension, entries, (x, out) -> {
            double[] unit = new double[dimension];
            double[] derivatives = new double[dimension * dimension];
            Arrays.fill(out, 0, dimension, 0.0);
            for (int j = 0; j < dimension; j++) {
                unit[j] = 1.0;
                m.along(x, unit, derivatives);
                unit[j] = 0.0;
                for (int i = 0; i < dimension; i++) {
                    out[i] += derivatives[i * dimension + j];
                }
            }
        });
    }

    /**
     * A matrix field whose divergence comes from automatic differentiation, exact to rounding.
     *
     * @param dimension d
     * @param f the d×d entries, written with the arithmetic of {@link Gradient}
     * @return the field; if f gives another number of rows or columns, evaluating it throws an {@link
     *     IllegalArgumentException} with both numbers
     */
    static MatrixField automatic(int dimension, Function<Gradient[], Gradient[][]> f) {
        requireDimension(dimension);
        Objects.requireNonNull(f, "f");
        return of(
                dimension,
                (x, out) -> {
                    Gradient[][] m = Automatic.requireShape(f.apply(Automatic.constants(x)), dimension, dimension);
                    for (int i = 0; i < dimension; i++) {
                        for (int j = 0; j < dimension; j++) {
                            out[i * dimension + j] = m[i][j].getValue();
                        }
                    }
                },
                (x, out) -> {
                    Gradient[][] m = Automatic.requireShape(f.apply(Automatic.variables(x)), dimension, dimension);
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
