package org.langevin4j.core.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hipparchus.linear.Array2DRowRealMatrix;

/**
 * The largest eigenvalues of a symmetric matrix that is known by its products with vectors alone, by block Lanczos with full
 * orthogonalisation from a random block (Golub and Underwood 1977; Musco and Musco 2015): Rayleigh and Ritz on the space spanned by Ω, AΩ, A²Ω …
 * Within {@link #residual} of a value there is an eigenvalue of A (Parlett 1998, §4.5). That none was missed is no theorem: what is
 * left out has measure zero in the choice of Ω. Immutable.
 */
public final class LeadingEigenpairs {

    /** Vectors in a block: eigenvalues that are repeated that often are found. */
    private static final int BLOCK = 8;

    /** What is shorter than this after orthogonalisation, beside what it was, lay in the space already. */
    private static final double NOTHING = 1e-12;

    private final Eigenpairs pairs;
    private final double[] residuals;
    private final int products;

    private LeadingEigenpairs(Eigenpairs pairs, double[] residuals, int products) {
        this.pairs = pairs;
        this.residuals = residuals;
        this.products = products;
    }

    /** Products of a symmetric matrix with several vectors at once. */
    @FunctionalInterface
    public interface Products {

        /**
         * Multiplies.
         *
         * @param vectors one vector of length n a row; not modified
         * @return A times each of them, one row each
         */
        double[][] of(double[][] vectors);
    }

    /**
     * Finds the leading pairs.
     *
     * @param order n
     * @param matrix A
     * @param k how many, from 1 to n
     * @param tolerance largest residual, as a fraction of the largest eigenvalue
     * @param most how many products are allowed; the space takes 2n numbers for each
     * @return the pairs
     * @throws ArithmeticException if the products are used up before; the message has the residual that was reached
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static LeadingEigenpairs of(int order, Products matrix, int k, double tolerance, int most) {
        if (!(k >= 1 && k <= order)) {
            throw new IllegalArgumentException("k must be between 1 and " + order + ", got " + k);
        }
        if (!(tolerance > 0.0)) {
            throw new IllegalArgumentException("tolerance must be positive, got " + tolerance);
        }
        if (!(most >= k)) {
            throw new IllegalArgumentException("products must be at least " + k + ", got " + most);
        }
        return new Search(order, matrix, k).run(tolerance, most);
    }

    /**
     * What was found.
     *
     * @return the k largest eigenvalues with their vectors
     */
    public Eigenpairs pairs() {
        return pairs;
    }

    /**
     * How far a pair is from being one.
     *
     * @param j from 0, that of the largest eigenvalue
     * @return ‖Av − λv‖
     */
    public double residual(int j) {
        return residuals[j];
    }

    /**
     * The work.
     *
     * @return how many vectors A was multiplied with
     */
    public int products() {
        return products;
    }

    @Override
    public String toString() {
        return pairs + " after " + products + " products";
    }

    /** The space that grows. */
    private static final class Search {

        private final int n;
        private final Products matrix;
        private final int k;
        private final Random random = new Random(1);
        private final List<double[]> space = new ArrayList<>();
        private final List<double[]> images = new ArrayList<>();
        private final List<double[]> projected = new ArrayList<>();

        Search(int n, Products matrix, int k) {
            this.n = n;
            this.matrix = matrix;
            this.k = k;
        }

        LeadingEigenpairs run(double tolerance, int most) {
            double[][] block = new double[Math.min(BLOCK, most)][n];
            for (double[] vector : block) {
                renew(vector);
            }
            while (true) {
                int before = space.size();
                int room = Math.min(n, most) - before;
                for (int j = 0; j < block.length && j < room; j++) {
                    extend(block[j]);
                }
                double[][] added = space.subList(before, space.size()).toArray(double[][]::new);
                double[][] products = matrix.of(added);
                images.addAll(Arrays.asList(products));
                project(before);
                if (space.size() >= k) {
                    LeadingEigenpairs found = ritz();
                    double worst = Arrays.stream(found.residuals).max().orElseThrow();
                    double bound = tolerance * Math.abs(found.pairs.value(0));
                    if (worst <= bound || space.size() == n) {
                        return found;
                    }
                    if (space.size() >= most) {
                        throw new ArithmeticException("the " + k + " largest eigenvalues are not found in " + most
                                + " products: a residual is " + worst + ", more than " + bound);
                    }
                }
                block = products;
            }
        }

        private void renew(double[] vector) {
            for (int i = 0; i < n; i++) {
                vector[i] = random.nextGaussian();
            }
        }

        /** Adds the direction of a vector, or a random one where that lies in the space already. */
        private void extend(double[] vector) {
            double[] direction = vector.clone();
            double before = Vectors.norm(direction);
            double length = orthogonalise(direction);
            while (!(length > NOTHING * before)) {
                renew(direction);
                before = Vectors.norm(direction);
                length = orthogonalise(direction);
            }
            space.add(Vectors.scaled(direction, 1.0 / Vectors.norm(direction)));
        }

        /** Twice is enough (Kahan, in Parlett 1998, §6.9); the length after the first time is given back. */
        private double orthogonalise(double[] vector) {
            double length = 0.0;
            for (int time = 0; time < 2; time++) {
                for (double[] other : space) {
                    Vectors.addMultiple(-Vectors.dot(other, vector), other, vector);
                }
                length = time == 0 ? Vectors.norm(vector) : length;
                if (length > 0.0 && time == 0) {
                    // What is left may be small beside what it was, and is brought to one size.
                    double scale = 1.0 / length;
                    for (int i = 0; i < n; i++) {
                        vector[i] *= scale;
                    }
                }
            }
            return length;
        }

        /** The new rows of QᵀAQ, a triangle. */
        private void project(int before) {
            for (int i = before; i < space.size(); i++) {
                double[] row = new double[i + 1];
                for (int j = 0; j <= i; j++) {
                    row[j] = Vectors.dot(space.get(j), images.get(i));
                }
                projected.add(row);
            }
        }

        private LeadingEigenpairs ritz() {
            int m = space.size();
            double[][] small = new double[m][m];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    small[i][j] = projected.get(i)[j];
                    small[j][i] = small[i][j];
                }
            }
            Eigenpairs inside = LinearAlgebra.forOrder(m).symmetricEigen(new Array2DRowRealMatrix(small, false));
            double[][] vectors = new double[k][n];
            double[] residuals = new double[k];
            for (int j = 0; j < k; j++) {
                double[] weights = inside.vector(j);
                double[] residual = new double[n];
                for (int i = 0; i < m; i++) {
                    Vectors.addMultiple(weights[i], space.get(i), vectors[j]);
                    Vectors.addMultiple(weights[i], images.get(i), residual);
                }
                Vectors.addMultiple(-inside.value(j), vectors[j], residual);
                residuals[j] = Vectors.norm(residual);
            }
            return new LeadingEigenpairs(
                    Eigenpairs.of(
                            Arrays.copyOf(inside.values(), k), new Array2DRowRealMatrix(vectors, false).transpose()),
                    residuals,
                    m);
        }
    }
}
