package org.langevin4j.core.sde;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.LinearField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;

/** D = B Bᵀ constant, known by B. */
final class ConstantDiffusion implements Diffusion {

    /** Asymmetry and negative eigenvalues up to this fraction of the largest entry or eigenvalue are rounding. */
    private static final double ROUNDING = 1e-12;

    /** Diagonal entries below this fraction of the largest belong to coordinates with other units. */
    private static final double GRADED = 1e-4;

    private final LinearField factor;

    /** Which columns of B are zero. */
    private final boolean[] silent;

    ConstantDiffusion(LinearField factor) {
        this.factor = factor;
        this.silent = silent(factor);
    }

    /** A column that has no product with one vector of no special direction is then looked at itself. */
    private static boolean[] silent(LinearField factor) {
        double[] y = new double[factor.rows()];
        Arrays.setAll(y, i -> 1.0 + Math.sin(i + 1.0));
        double[] products = new double[factor.columns()];
        factor.transposed(y, products);
        boolean[] silent = new boolean[products.length];
        double[] unit = new double[products.length];
        double[] column = new double[y.length];
        for (int k = 0; k < silent.length; k++) {
            if (products[k] == 0.0) {
                unit[k] = 1.0;
                factor.at(unit, column);
                unit[k] = 0.0;
                silent[k] = Arrays.stream(column).allMatch(value -> value == 0.0);
            }
        }
        return silent;
    }

    @Override
    public boolean isSilent(int noise) {
        return silent[noise];
    }

    static ConstantDiffusion ofMatrix(RealMatrix d) {
        int n = d.getRowDimension();
        if (d.getColumnDimension() != n) {
            throw new IllegalArgumentException("diffusion must be square, got " + n + "×" + d.getColumnDimension());
        }
        double largest = 0.0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double entry = d.getEntry(i, j);
                if (!(Math.abs(entry) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "diffusion must be finite, got D[" + i + "][" + j + "] = " + entry);
                }
                largest = Math.max(largest, Math.abs(entry));
            }
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (!(Math.abs(d.getEntry(i, j) - d.getEntry(j, i)) <= ROUNDING * largest)) {
                    throw new IllegalArgumentException("diffusion must be symmetric, got D[" + i + "][" + j + "] = "
                            + d.getEntry(i, j) + " and D[" + j + "][" + i + "] = " + d.getEntry(j, i));
                }
            }
        }
        if (largest == 0.0) {
            return new ConstantDiffusion(LinearField.of(MatrixUtils.createRealMatrix(n, 1)));
        }
        // An even power of two costs no digit and keeps products of entries among the finite numbers.
        double root = Math.scalb(1.0, Math.getExponent(largest) >> 1);
        double[] scales = new double[n];
        Arrays.fill(scales, root);
        Eigenpairs eigen = scaled(d, scales);
        double smallest = eigen.value(n - 1);
        if (!isSemiDefinite(eigen)) {
            throw new IllegalArgumentException(
                    "diffusion must be positive semi-definite, its smallest eigenvalue is " + smallest * root * root);
        }
        RealMatrix factor = factor(eigen, scales);
        boolean graded = false;
        for (int i = 0; i < n; i++) {
            double entry = d.getEntry(i, i);
            if (entry > 0.0) {
                graded |= entry < GRADED * largest;
                scales[i] = Math.sqrt(entry);
            }
        }
        if (graded && factor.getColumnDimension() < n) {
            // What is small beside the largest may be large beside its own coordinates.
            Eigenpairs correlations = scaled(d, scales);
            if (isSemiDefinite(correlations)) {
                RealMatrix finer = factor(correlations, scales);
                factor = finer.getColumnDimension() > factor.getColumnDimension() ? finer : factor;
            }
        }
        return new ConstantDiffusion(LinearField.of(factor));
    }

    /** Of S⁻¹DS⁻¹. */
    private static Eigenpairs scaled(RealMatrix d, double[] scales) {
        double[][] rows = d.getData();
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                // What is beside the diagonal counts once: its asymmetry is rounding, which the scales may have made
                // large.
                rows[i][j] = d.getEntry(Math.max(i, j), Math.min(i, j)) / scales[i] / scales[j];
            }
        }
        return LinearAlgebra.pureJava().symmetricEigen(new Array2DRowRealMatrix(rows, false));
    }

    private static boolean isSemiDefinite(Eigenpairs eigen) {
        double[] values = eigen.values();
        int n = values.length;
        return values[n - 1] >= -ROUNDING * n * values[0];
    }

    /** SV√Λ without the columns of zero eigenvalues. */
    private static RealMatrix factor(Eigenpairs eigen, double[] scales) {
        double[] values = eigen.values();
        int n = values.length;
        int[] kept = IntStream.range(0, n)
                .filter(k -> values[k] > ROUNDING * n * values[0])
                .toArray();
        RealMatrix b = MatrixUtils.createRealMatrix(n, kept.length);
        for (int k = 0; k < kept.length; k++) {
            for (int i = 0; i < n; i++) {
                b.setEntry(i, k, scales[i] * (eigen.vectors().getEntry(i, kept[k]) * Math.sqrt(values[kept[k]])));
            }
        }
        return b;
    }

    @Override
    public int dimension() {
        return factor.rows();
    }

    @Override
    public int noiseDimension() {
        return factor.columns();
    }

    @Override
    public Structure structure() {
        return Structure.FULL;
    }

    @Override
    public boolean isConstant() {
        return true;
    }

    @Override
    public void factorTimes(double[] x, double[] xi, double[] out) {
        factor.at(xi, out);
    }

    @Override
    public void factorTimesBlock(double[][] x, double[][] xi, int paths, double[][] out) {
        factor.atBlock(xi, paths, out);
    }

    @Override
    public void times(double[] x, double[] v, double[] out) {
        double[] projected = new double[factor.columns()];
        factor.transposed(v, projected);
        factor.at(projected, out);
    }

    @Override
    public void divergence(double[] x, double[] out) {
        Arrays.fill(out, 0.0);
    }

    @Override
    public Optional<VectorField> noiseInducedDrift() {
        return Optional.of((x, out) -> Arrays.fill(out, 0.0));
    }

    @Override
    public Optional<FactorDerivative> factorDerivative() {
        return Optional.of((x, v, xi, out) -> Arrays.fill(out, 0.0));
    }
}
