package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hipparchus.analysis.differentiation.Gradient;
import org.langevin4j.core.field.Automatic;
import org.langevin4j.core.field.CentralDifferences;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;

/** D(x) = B(x) B(x)ᵀ, known by the d·m entries of B in row-major order, with their derivative. */
final class FactorDiffusion implements Diffusion {

    private static final String NAME = "factor";

    private final int dimension;
    private final int noiseDimension;
    private final DifferentiableField factor;

    private FactorDiffusion(int dimension, int noiseDimension, DifferentiableField factor) {
        this.dimension = dimension;
        this.noiseDimension = noiseDimension;
        this.factor = factor;
    }

    static FactorDiffusion of(int dimension, int noiseDimension, VectorField factor) {
        Objects.requireNonNull(factor, NAME);
        requireShape(dimension, noiseDimension);
        factor.requireShape(dimension, dimension * noiseDimension);
        return new FactorDiffusion(
                dimension,
                noiseDimension,
                factor instanceof DifferentiableField given ? given : DifferentiableField.byDifferences(factor));
    }

    static FactorDiffusion automatic(int dimension, int noiseDimension, Function<Gradient[], Gradient[][]> factor) {
        Objects.requireNonNull(factor, NAME);
        requireShape(dimension, noiseDimension);
        return new FactorDiffusion(dimension, noiseDimension, DifferentiableField.automatic(x -> {
            Gradient[][] rows = Automatic.requireShape(factor.apply(x), dimension, noiseDimension);
            Gradient[] entries = new Gradient[dimension * noiseDimension];
            for (int i = 0; i < dimension; i++) {
                System.arraycopy(rows[i], 0, entries, i * noiseDimension, noiseDimension);
            }
            return entries;
        }));
    }

    private static void requireShape(int dimension, int noiseDimension) {
        if (!(dimension > 0)) {
            throw new IllegalArgumentException("dimension must be positive, got " + dimension);
        }
        if (!(noiseDimension > 0)) {
            throw new IllegalArgumentException("noiseDimension must be positive, got " + noiseDimension);
        }
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

    private double[] entries(double[] x) {
        double[] b = new double[dimension * noiseDimension];
        Entries.write(NAME, factor, x, b);
        return b;
    }

    @Override
    public void requireWritten(double t, double[] x) {
        factor.requireWritten(NAME, t, x, dimension * noiseDimension);
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        product(entries(x), xi, out);
    }

    /** out = Bξ. */
    private void product(double[] b, double[] xi, double[] out) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int k = 0; k < noiseDimension; k++) {
                sum += b[i * noiseDimension + k] * xi[k];
            }
            out[i] = sum;
        }
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        double[][] b = new double[dimension * noiseDimension][paths];
        Entries.writeBlock(NAME, factor, x, paths, b);
        for (int i = 0; i < dimension; i++) {
            double[] sum = out[i];
            Arrays.fill(sum, 0, paths, 0.0);
            for (int k = 0; k < noiseDimension; k++) {
                double[] entry = b[i * noiseDimension + k];
                double[] noise = xi[k];
                for (int p = 0; p < paths; p++) {
                    sum[p] += entry[p] * noise[p];
                }
            }
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        double[] b = entries(x);
        double[] projected = new double[noiseDimension];
        for (int k = 0; k < noiseDimension; k++) {
            for (int i = 0; i < dimension; i++) {
                projected[k] += b[i * noiseDimension + k] * v[i];
            }
        }
        product(b, projected, out);
    }

    @Override
    public void matrix(double[] x, double[] out) {
        double[] b = entries(x);
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double sum = 0.0;
                for (int k = 0; k < noiseDimension; k++) {
                    sum += b[i * noiseDimension + k] * b[j * noiseDimension + k];
                }
                out[i * dimension + j] = sum;
            }
        }
    }

    /** ∂ⱼDᵢⱼ = Σₖ (∂ⱼBᵢₖ Bⱼₖ + Bᵢₖ ∂ⱼBⱼₖ), summed over j. */
    @Override
    public void divergence(double[] x, double[] out) {
        double[] b = entries(x);
        double[] jacobian = new double[b.length * dimension];
        factor.jacobian(x, jacobian);
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k < noiseDimension; k++) {
                    int ik = i * noiseDimension + k;
                    int jk = j * noiseDimension + k;
                    sum += jacobian[ik * dimension + j] * b[jk] + b[ik] * jacobian[jk * dimension + j];
                }
            }
            out[i] = sum;
        }
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        // By differences a derivative along each column of B costs less than one along each coordinate.
        boolean byColumns = factor instanceof CentralDifferences && noiseDimension < dimension;
        return Optional.of(byColumns ? this::derivativesOfColumns : this::noiseInduced);
    }

    private void noiseInduced(double[] x, double[] out) {
        double[] b = entries(x);
        double[] jacobian = new double[b.length * dimension];
        factor.jacobian(x, jacobian);
        for (int i = 0; i < dimension; i++) {
            double sum = 0.0;
            for (int j = 0; j < dimension; j++) {
                for (int k = 0; k < noiseDimension; k++) {
                    sum += b[j * noiseDimension + k] * jacobian[(i * noiseDimension + k) * dimension + j];
                }
            }
            out[i] = sum;
        }
    }

    /** Σₖ (∂_{Beₖ}B)eₖ. */
    private void derivativesOfColumns(double[] x, double[] out) {
        double[] b = entries(x);
        double[] column = new double[dimension];
        double[] derivative = new double[b.length];
        Arrays.fill(out, 0, dimension, 0.0);
        for (int k = 0; k < noiseDimension; k++) {
            for (int j = 0; j < dimension; j++) {
                column[j] = b[j * noiseDimension + k];
            }
            factor.along(x, column, derivative);
            for (int i = 0; i < dimension; i++) {
                out[i] += derivative[i * noiseDimension + k];
            }
        }
    }

    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> {
            double[] derivative = new double[dimension * noiseDimension];
            factor.along(x, v, derivative);
            product(derivative, xi, out);
        });
    }
}
