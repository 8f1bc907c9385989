package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;

/** D(x) given by its entries; B(x) is its Cholesky factor, or its symmetric root, see {@link SemiDefinite}. */
final class MatrixDiffusion implements Diffusion {

    private final MatrixField field;

    MatrixDiffusion(MatrixField field) {
        this.field = Objects.requireNonNull(field, "field");
    }

    @Override
    public int dimension() {
        return field.dimension();
    }

    @Override
    public int noiseDimension() {
        return field.dimension();
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
    public void requireWritten(double t, double[] x) {
        VectorField entries = field::at;
        entries.requireWritten("diffusion", t, x, dimension() * dimension());
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        int d = dimension();
        double[] b = new double[d * d];
        Entries.write("diffusion", field::at, x, b);
        for (double entry : b) {
            // An infinite entry is the overflow of a path that blows up; NaN at an ordinary state is the field's fault.
            if (!(Math.abs(entry) <= Double.MAX_VALUE) && (Double.isInfinite(entry) || Entries.blownUp(x))) {
                Arrays.fill(out, 0, d, Double.NaN);
                return;
            }
        }
        SemiDefinite.factor(b, d, x);
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int k = 0; k < d; k++) {
                sum += b[i * d + k] * xi[k];
            }
            out[i] = sum;
        }
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        int d = dimension();
        double[] m = new double[d * d];
        field.at(x, m);
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int j = 0; j < d; j++) {
                sum += m[i * d + j] * v[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void matrix(double[] x, double[] out) {
        field.at(x, out);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        field.divergence(x, out);
    }

    /** Not known: the derivative of a factor is not determined by that of D. */
    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.empty();
    }
}
