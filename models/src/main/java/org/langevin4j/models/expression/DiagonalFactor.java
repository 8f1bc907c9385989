package org.langevin4j.models.expression;

import java.util.Optional;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.FactorDerivative;
import org.langevin4j.core.sde.Noise;

/**
 * A diagonal factor as typed, B = diag(b₁(x) … b_d(x)); bᵢ may have any sign and be zero.
 *
 * @param dimension d
 * @param entries b, of d components, or of one for all
 * @param isScalar whether one component stands for all
 * @param ownOnly whether bᵢ depends on xᵢ alone
 */
record DiagonalFactor(int dimension, DifferentiableField entries, boolean isScalar, boolean ownOnly)
        implements Diffusion {

    private int components() {
        return isScalar ? 1 : dimension;
    }

    private int component(int i) {
        return isScalar ? 0 : i;
    }

    private double[] entriesAt(double[] x) {
        double[] b = new double[components()];
        entries.at(x, b);
        return b;
    }

    @Override
    public int noiseDimension() {
        return dimension;
    }

    @Override
    public Structure structure() {
        return isScalar || dimension == 1 ? Structure.ISOTROPIC : Structure.DIAGONAL;
    }

    @Override
    public boolean isConstant() {
        return false;
    }

    @Override
    public Noise noise() {
        return dimension == 1 ? Noise.SCALAR : ownOnly ? Noise.DIAGONAL : Noise.GENERAL;
    }

    @Override
    public void requireWritten(double t, double[] x) {
        entries.requireWritten("factor", t, x, components());
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        double[] b = entriesAt(x);
        for (int i = 0; i < dimension; i++) {
            out[i] = b[component(i)] * xi[i];
        }
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        // Alone they may be written to where the product goes.
        double[][] b = isScalar ? new double[1][paths] : out;
        entries.atBlock(x, paths, b);
        for (int i = 0; i < dimension; i++) {
            times(b[component(i)], xi[i], paths, out[i]);
        }
    }

    private static void times(double[] b, double[] xi, int paths, double[] out) {
        for (int p = 0; p < paths; p++) {
            out[p] = b[p] * xi[p];
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        double[] b = entriesAt(x);
        for (int i = 0; i < dimension; i++) {
            double entry = b[component(i)];
            out[i] = entry * entry * v[i];
        }
    }

    /** bᵢ ∂ᵢbᵢ. */
    private void slopes(double[] x, double factor, double[] out) {
        double[] b = entriesAt(x);
        double[] jacobian = new double[components() * dimension];
        entries.jacobian(x, jacobian);
        for (int i = 0; i < dimension; i++) {
            int k = component(i);
            out[i] = factor * b[k] * jacobian[k * dimension + i];
        }
    }

    /** ∂ᵢbᵢ² = 2bᵢ∂ᵢbᵢ. */
    @Override
    public void divergence(double[] x, double[] out) {
        slopes(x, 2.0, out);
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> slopes(x, 1.0, out));
    }

    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> {
            double[] derivative = new double[components()];
            entries.along(x, v, derivative);
            for (int i = 0; i < dimension; i++) {
                out[i] = derivative[component(i)] * xi[i];
            }
        });
    }
}
