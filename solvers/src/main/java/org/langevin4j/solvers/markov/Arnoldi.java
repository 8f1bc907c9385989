package org.langevin4j.solvers.markov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.RealSchur;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * The eigenvalues of largest modulus of an operator by band Arnoldi iteration (Ruhe 1979): the basis starts with several
 * vectors, so that an eigenvalue of as much multiplicity is found with all its eigenvectors, and grows one application at
 * a time. Orthonormal in a weighted inner product.
 */
final class Arnoldi {

    /** Vectors at the start: the largest multiplicity that is certainly found. */
    private static final int BLOCK = 3;

    /** A vector that orthogonalisation makes as much shorter holds rounding alone. */
    private static final double NEGLIGIBLE = 1e-13;

    private final UnaryOperator<double[]> operator;
    private final double[] weights;
    private final boolean symmetric;
    private final boolean meanFree;
    private final List<double[]> basis = new ArrayList<>();

    /** Column j: the coefficients of the operator applied to basis vector j. */
    private final List<double[]> columns = new ArrayList<>();

    /** An approximate eigenpair in the basis. */
    record Ritz(Complex value, List<Complex> coefficients, double residual) {}

    /**
     * Starts an iteration.
     *
     * @param operator the operator; leaves its argument alone
     * @param weights of the inner product, positive
     * @param meanFree whether to stay orthogonal to the constants, which the operator and its adjoint must map to constants
     * @param symmetric whether the operator is its own adjoint in the inner product
     */
    Arnoldi(UnaryOperator<double[]> operator, double[] weights, boolean meanFree, boolean symmetric) {
        this.operator = operator;
        this.weights = weights;
        this.meanFree = meanFree;
        this.symmetric = symmetric;
        NormalStream normals = NormalStream.of(Seed.of(0));
        for (int v = 0; v < BLOCK; v++) {
            double[] start = new double[weights.length];
            for (int i = 0; i < start.length; i++) {
                start[i] = normals.at(i, v, 0);
            }
            // Smooth from the beginning, also where the weight is tiny and the inner product blind.
            double[] once = operator.apply(start);
            removeMean(once);
            double[] twice = operator.apply(once);
            removeMean(twice);
            append(twice, new double[0]);
        }
    }

    /** The number of times the operator has been applied to the basis. */
    int size() {
        return columns.size();
    }

    /** Whether the basis spans an invariant subspace. */
    boolean isComplete() {
        return columns.size() == basis.size();
    }

    /** Applies the operator to the next vector of the basis. */
    void expand() {
        double[] image = operator.apply(basis.get(columns.size()));
        double[] column = new double[basis.size()];
        columns.add(append(image, column));
    }

    /** Takes the part in the basis out of a vector and adds the rest to the basis, unless nothing is left. */
    private double[] append(double[] vector, double[] column) {
        double before = Math.sqrt(product(vector, vector));
        // Twice is enough (Parlett 1980).
        for (int round = 0; round < 2; round++) {
            removeMean(vector);
            // All parts before any is taken out: one pass over the weighted vector, classical Gram and Schmidt.
            double[] weighted = new double[vector.length];
            for (int i = 0; i < vector.length; i++) {
                weighted[i] = weights[i] * vector[i];
            }
            for (int k = 0; k < basis.size(); k++) {
                double part = dot(basis.get(k), weighted);
                if (k < column.length) {
                    column[k] += part;
                }
                subtract(vector, part, basis.get(k));
            }
        }
        double norm = Math.sqrt(product(vector, vector));
        if (!(norm > NEGLIGIBLE * before)) {
            return column;
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= norm;
        }
        basis.add(vector);
        double[] longer = Arrays.copyOf(column, column.length + 1);
        longer[column.length] = norm;
        return longer;
    }

    /** The mode of eigenvalue 0 is known and taken out. */
    private void removeMean(double[] vector) {
        if (!meanFree) {
            return;
        }
        double mean = 0.0;
        for (int i = 0; i < vector.length; i++) {
            mean += weights[i] * vector[i];
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= mean;
        }
    }

    double weight(int state) {
        return weights[state];
    }

    private double product(double[] a, double[] b) {
        double sum = 0.0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * a[i] * b[i];
        }
        return sum;
    }

    /** Four sums side by side: a single one waits for each addition. */
    private static double dot(double[] a, double[] b) {
        double s0 = 0.0;
        double s1 = 0.0;
        double s2 = 0.0;
        double s3 = 0.0;
        int whole = a.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (int i = whole; i < a.length; i++) {
            s0 += a[i] * b[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void subtract(double[] vector, double part, double[] other) {
        for (int i = 0; i < vector.length; i++) {
            vector[i] -= part * other[i];
        }
    }

    /** The Ritz pairs, largest modulus first, coefficients of Euclidean norm 1; none if they cannot be computed. */
    List<Ritz> ritz() {
        int m = columns.size();
        if (m == 0) {
            return List.of();
        }
        RealMatrix h = MatrixUtils.createRealMatrix(m, m);
        double scale = 0.0;
        for (int j = 0; j < m; j++) {
            double[] column = columns.get(j);
            for (int i = 0; i < Math.min(m, column.length); i++) {
                h.setEntry(i, j, column[i]);
                scale = Math.max(scale, Math.abs(column[i]));
            }
        }
        if (!(scale > 0.0)) {
            return List.of();
        }
        List<Ritz> pairs = new ArrayList<>(m);
        LinearAlgebra algebra = LinearAlgebra.forOrder(m);
        if (symmetric) {
            Eigenpairs eigen = algebra.symmetricEigen(h.add(h.transpose()).scalarMultiply(0.5 / scale));
            for (int k = 0; k < m; k++) {
                List<Complex> y = new ArrayList<>(m);
                for (double entry : eigen.vector(k)) {
                    y.add(new Complex(entry));
                }
                pairs.add(ritz(new Complex(eigen.value(k) * scale), y));
            }
        } else {
            RealSchur schur = algebra.schur(h.scalarMultiply(1.0 / scale));
            Complex[] values = schur.eigenvalues();
            for (int k = 0; k < m; k++) {
                pairs.add(ritz(values[k].multiply(scale), List.of(schur.eigenvector(k))));
            }
        }
        pairs.sort(Comparator.comparingDouble((Ritz pair) -> -pair.value().norm())
                .thenComparingDouble(pair -> -pair.value().getImaginary()));
        return pairs;
    }

    /** The residual is what the operator leads out of the basis, and what the small decomposition lacks. */
    private Ritz ritz(Complex value, List<Complex> y) {
        int m = columns.size();
        double[][] image = new double[2][basis.size()];
        for (int j = 0; j < m; j++) {
            double[] column = columns.get(j);
            double re = y.get(j).getRealPart();
            double im = y.get(j).getImaginaryPart();
            for (int i = 0; i < column.length; i++) {
                image[0][i] += column[i] * re;
                image[1][i] += column[i] * im;
            }
        }
        double residual = 0.0;
        for (int i = 0; i < image[0].length; i++) {
            Complex expected = i < m ? value.multiply(y.get(i)) : Complex.ZERO;
            residual = Math.hypot(
                    residual,
                    Math.hypot(image[0][i] - expected.getRealPart(), image[1][i] - expected.getImaginaryPart()));
        }
        return new Ritz(value, y, residual / value.norm());
    }

    /** The real (part 0) or imaginary (part 1) part of a Ritz vector. */
    double[] vector(Ritz pair, int part) {
        double[] sum = new double[weights.length];
        for (int k = 0; k < pair.coefficients().size(); k++) {
            Complex y = pair.coefficients().get(k);
            double factor = part == 0 ? y.getRealPart() : y.getImaginaryPart();
            double[] vector = basis.get(k);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += factor * vector[i];
            }
        }
        return sum;
    }
}
