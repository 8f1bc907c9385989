package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.langevin4j.core.field.MatrixField;
import org.langevin4j.core.field.VectorField;

/** D(x) given by its entries; B(x) is its Cholesky factor, columns of zeros where D is singular. */
final class MatrixDiffusion implements Diffusion {

    /** A pivot below this fraction of the largest diagonal entry is a zero of a singular D, not a direction. */
    private static final double ROUNDING = 1e-13;

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
    public void factorTimes(double[] x, double[] xi, double[] out) {
        int d = dimension();
        double[] l = new double[d * d];
        field.at(x, l);
        double largest = 0.0;
        for (int i = 0; i < d; i++) {
            largest = Math.max(largest, l[i * d + i]);
            for (int j = 0; j < i; j++) {
                if (!(Math.abs(l[i * d + j] - l[j * d + i])
                        <= ROUNDING * (Math.abs(l[i * d + i]) + Math.abs(l[j * d + j])))) {
                    throw notPositive(
                            x,
                            "symmetric",
                            "D[" + i + "][" + j + "] = " + l[i * d + j] + " and D[" + j + "][" + i + "] = "
                                    + l[j * d + i]);
                }
            }
        }
        double zero = ROUNDING * d * largest;
        for (int j = 0; j < d; j++) {
            double pivot = l[j * d + j];
            for (int k = 0; k < j; k++) {
                pivot -= l[j * d + k] * l[j * d + k];
            }
            if (!(pivot >= -zero)) {
                throw notPositive(x, "positive semi-definite", "pivot " + j + " = " + pivot);
            }
            double root = pivot > zero ? Math.sqrt(pivot) : 0.0;
            l[j * d + j] = root;
            for (int i = j + 1; i < d; i++) {
                double sum = l[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * d + k] * l[j * d + k];
                }
                if (root > 0.0) {
                    l[i * d + j] = sum / root;
                } else if (Math.abs(sum) <= Math.sqrt(zero * largest)) {
                    l[i * d + j] = 0.0;
                } else {
                    throw notPositive(x, "positive semi-definite", "a zero pivot " + j + " with remainder " + sum);
                }
            }
        }
        for (int i = 0; i < d; i++) {
            double sum = 0.0;
            for (int k = 0; k <= i; k++) {
                sum += l[i * d + k] * xi[k];
            }
            out[i] = sum;
        }
    }

    private static IllegalArgumentException notPositive(double[] x, String requirement, String found) {
        return new IllegalArgumentException(
                "diffusion must be " + requirement + ", got " + found + " at x = " + Arrays.toString(x));
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
