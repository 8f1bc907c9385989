package org.langevin4j.core.sde;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.field.Automatic;
import org.langevin4j.core.field.VectorField;

/** D(x) = B(x) B(x)ᵀ with a factor that is differentiated automatically. */
final class FactorDiffusion implements Diffusion {

    private final int dimension;
    private final int noiseDimension;
    private final Function<Gradient[], Gradient[][]> factor;

    FactorDiffusion(int dimension, int noiseDimension, Function<Gradient[], Gradient[][]> factor) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        if (!(noiseDimension > 0)) {
            throw new IllegalArgumentException("noiseDimension must be positive, got " + noiseDimension);
        }
        this.dimension = dimension;
        this.noiseDimension = noiseDimension;
        this.factor = Objects.requireNonNull(factor, "factor");
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int noiseDimension() {
        return noiseDimension;
    }

    @Override
    public Structure structure() {
        return Structure.FULL;
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        Gradient[][] b = factor.apply(Automatic.constants(x));
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int k = 0; k < noiseDimension; k++) {
                sum += b[i][k].getValue() * xi[k];
            }
            out[i] = sum;
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        Gradient[][] b = factor.apply(Automatic.constants(x));
        double[] projected = new double[noiseDimension];
        for (int k = 0; k < noiseDimension; k++) {
            for (int i = 0; i < dimension; i++) {
                projected[k] += b[i][k].getValue() * v[i];
            }
        }
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int k = 0; k < noiseDimension; k++) {
                sum += b[i][k].getValue() * projected[k];
            }
            out[i] = sum;
        }
    }

    /** ∂ⱼDᵢⱼ = Σₖ (∂ⱼBᵢₖ Bⱼₖ + Bᵢₖ ∂ⱼBⱼₖ), summed over j. */
    @Override
    public void divergence(double[] x, double[] out) {
        Gradient[][] b = factor.apply(Automatic.variables(x));
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k < noiseDimension; k++) {
                    sum += b[i][k].getPartialDerivative(j) * b[j][k].getValue()
                            + b[i][k].getValue() * b[j][k].getPartialDerivative(j);
                }
            }
            out[i] = sum;
        }
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> {
            Gradient[][] b = factor.apply(Automatic.variables(x));
            for (int i = 0; i < dimension; i++) {
                double sum = 0.0;
                for (int j = 0; j < dimension; j++) {
                    for (int k = 0; k < noiseDimension; k++) {
                        sum += b[j][k].getValue() * b[i][k].getPartialDerivative(j);
                    }
                }
                out[i] = sum;
            }
        });
    }

    /** One pass with a single variable ε in x + εv. */
    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> {
            Gradient[][] b = factor.apply(Automatic.along(x, v));
            for (int i = 0; i < dimension; i++) {
                double sum = 0.0;
                for (int k = 0; k < noiseDimension; k++) {
                    sum += b[i][k].getPartialDerivative(0) * xi[k];
                }
                out[i] = sum;
            }
        });
    }
}
