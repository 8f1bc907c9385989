package org.langevin4j.core.density;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.linear.LinearAlgebra;

/**
 * Local entropy (Baldassi et al. 2015; Chaudhari et al. 2017; Chaudhari and Soatto 2018, Section V-C) in few dimensions:
 *
 * <pre>
 * fᵧ(x) = −log (Gᵧ ∗ e⁻ᶠ)(x) = −log E[e^(−f(x + √γ z))],   ∇fᵧ(x) = (x − ⟨x′⟩)/γ,
 * </pre>
 *
 * <p>with the density Gᵧ of N(0, γI), z ~ N(0, I), and ⟨·⟩ the mean with the weights e^(−f(x′))Gᵧ(x − x′). For
 * f = ½xᵀHx it is ½xᵀH(I + γH)⁻¹x + ½ log det(I + γH). The integral is a product of Gauss–Hermite rules around x: exact to
 * rounding where e⁻ᶠ is smooth over a distance of √γ; {@link #error} tells. Weights are kept as logarithms, so that f may be
 * of any size. For many dimensions see {@link SampledLocalEntropy}.
 */
public final class LocalEntropy implements Potential {

    private static final int MOST_POINTS = 128;

    private static final int MOST_NODES = 10_000_000;

    /** On a grid that ends the Gaussian of a wider one is flat, but for its images, which would take long to add up. */
    private static final double MOST_LENGTHS = 100.0;

    private final ScalarField f;
    private final int dimension;
    private final double variance;
    private final Rule rule;
    private final Rule coarse;

    /** Gauss' rule for the mean over N(0, 1) (Golub and Welsch 1969). */
    private static final class Rule {

        final double[] nodes;
        final double[] logWeights;

        Rule(int points) {
            RealMatrix jacobi = MatrixUtils.createRealMatrix(points, points);
            for (int k = 1; k < points; k++) {
                jacobi.setEntry(k, k - 1, Math.sqrt(k));
                jacobi.setEntry(k - 1, k, Math.sqrt(k));
            }
            nodes = LinearAlgebra.pureJava().symmetricEigenvalues(jacobi);
            logWeights = new double[points];
            for (int i = 0; i < points; i++) {
                // 1/Σpₖ² over the orthonormal polynomials: accurate also where the weight is tiny.
                double x = nodes[i];
                double before = 0.0;
                double p = 1.0;
                double sum = 1.0;
                for (int k = 1; k < points; k++) {
                    double next = (x * p - Math.sqrt(k - 1.0) * before) / Math.sqrt(k);
                    before = p;
                    p = next;
                    sum += p * p;
                }
                logWeights[i] = -Math.log(sum);
            }
        }
    }

    private LocalEntropy(ScalarField f, int dimension, double variance, Rule rule, Rule coarse) {
        this.f = f;
        this.dimension = dimension;
        this.variance = variance;
        this.rule = rule;
        this.coarse = coarse;
    }

    /**
     * The local entropy of a function.
     *
     * @param f the function; it may be +∞ where the weight is zero
     * @param dimension d
     * @param variance γ > 0
     * @param points of the Gauss–Hermite rule along each axis, from 2 to 128; pointsᵈ at most 10⁷
     * @return fᵧ with its gradient
     */
    public static LocalEntropy of(ScalarField f, int dimension, double variance, int points) {
        Objects.requireNonNull(f, "f");
        requireVariance(variance);
        if (!(points >= 2 && points <= MOST_POINTS)) {
            throw new IllegalArgumentException("points must be from 2 to " + MOST_POINTS + ", got " + points);
        }
        if (!(dimension >= 1 && Math.pow(points, dimension) <= MOST_NODES)) {
            throw new IllegalArgumentException("points to the power of the dimension must be at most " + MOST_NODES
                    + ", got " + points + "^" + dimension);
        }
        return new LocalEntropy(f, dimension, variance, new Rule(points), new Rule(Math.max(2, points / 2)));
    }

    static void requireVariance(double variance) {
        if (!(variance > 0.0 && variance <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("variance must be positive and finite, got " + variance);
        }
    }

    @Override
    public double at(double[] x) {
        return sum(rule, x).value();
    }

    /**
     * Evaluates the gradient (x − ⟨x′⟩)/γ.
     *
     * @throws ArithmeticException if f is +∞ at all nodes
     */
    @Override
    public void gradient(double[] x, double[] out) {
        WeightedSum sum = sum(rule, x);
        sum.requireFinite(x);
        for (int a = 0; a < x.length; a++) {
            out[a] = -sum.mean(a) / Math.sqrt(variance);
        }
    }

    /**
     * How far the value is from that of half as many points along each axis.
     *
     * @param x state
     * @return |fᵧ(x) − value by the smaller rule|, in most cases far above the error of fᵧ(x)
     */
    public double error(double[] x) {
        return Math.abs(at(x) - sum(coarse, x).value());
    }

    private WeightedSum sum(Rule rule, double[] x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException("x must have length " + dimension + ", got " + x.length);
        }
        int n = rule.nodes.length;
        WeightedSum sum = new WeightedSum(x.length);
        double scale = Math.sqrt(variance);
        int[] index = new int[x.length];
        double[] z = new double[x.length];
        double[] at = new double[x.length];
        int axis;
        do {
            double logWeight = 0.0;
            for (int a = 0; a < x.length; a++) {
                z[a] = rule.nodes[index[a]];
                at[a] = x[a] + scale * z[a];
                logWeight += rule.logWeights[index[a]];
            }
            sum.add(logWeight - WeightedSum.requireNumber(f.at(at), at), z);
            axis = x.length - 1;
            while (axis >= 0 && ++index[axis] == n) {
                index[axis--] = 0;
            }
        } while (axis >= 0);
        return sum;
    }

    /**
     * The local entropy of a function given on a grid: the convolution with Gᵧ axis by axis, sums over cells in logarithms.
     * On uniform axes it is exact but for 2e^(−2π²γ/Δ²) where f is smooth, on others of second order.
     *
     * @param f one value a cell; NaN marks cells that do not exist, where the weight is zero
     * @param variance γ, at least the square of the widest cell's width Δ, at most that of 100 lengths of an axis
     * @param beyond what f is outside the grid: {@code REFLECTING} mirrored at the faces, {@code PERIODIC} repeated,
     *     {@code ABSORBING} +∞, so that fᵧ rises within a few √γ of the faces
     * @return fᵧ on the same grid, NaN where f is
     * @throws IllegalArgumentException if the variance is out of its range, f is −∞ in a cell, or the weights, n² numbers for an axis of
     *     n cells, do not fit into memory
     */
    public static CellFunction onGrid(CellFunction f, double variance, Boundary beyond) {
        requireVariance(variance);
        if (beyond == Boundary.SPECULAR) {
            throw new IllegalArgumentException("beyond must be reflecting, periodic or absorbing, got " + beyond);
        }
        Grid grid = f.grid();
        double[] logs = new double[grid.cells()];
        for (int cell = 0; cell < logs.length; cell++) {
            double value = f.value(cell);
            if (!(value > Double.NEGATIVE_INFINITY || Double.isNaN(value))) {
                throw new IllegalArgumentException("f must be above -Infinity, got " + value + " in cell " + cell);
            }
            logs[cell] = Double.isNaN(value) ? Double.NEGATIVE_INFINITY : -value;
        }
        for (int a = 0; a < grid.dimension(); a++) {
            double[][] weights = logWeights(grid.axis(a), variance, beyond);
            convolve(logs, grid, a, weights);
        }
        for (int cell = 0; cell < logs.length; cell++) {
            logs[cell] = Double.isNaN(f.value(cell)) ? Double.NaN : -logs[cell];
        }
        return CellFunction.of(grid, logs);
    }

    /** log of the weight of cell j for cell i: Gᵧ at all images of j, times the width of j. */
    private static double[][] logWeights(Axis axis, double variance, Boundary beyond) {
        int n = axis.cells();
        double length = axis.max() - axis.min();
        for (int j = 0; j < n; j++) {
            if (!(axis.width(j) * axis.width(j) <= variance)) {
                throw new IllegalArgumentException("variance must be at least the square of the widest cell, "
                        + axis.width(j) * axis.width(j) + ", got " + variance);
            }
        }
        if (!(Math.sqrt(variance) <= MOST_LENGTHS * length)) {
            throw new IllegalArgumentException("variance must be at most the square of " + MOST_LENGTHS
                    + " lengths of an axis, here of " + length + ", got " + variance);
        }
        Memory.require("local entropy on an axis of " + n + " cells", 8.0 * n * n, "fewer cells need less");
        // Images further away than this weigh less than 1e-300 of the nearest.
        int turns = (int) Math.ceil(40.0 * Math.sqrt(variance) / length) + 1;
        double[][] weights = new double[n][n];
        double norm = -0.5 * Math.log(2.0 * Math.PI * variance);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double off = axis.centre(j) - axis.centre(i);
                double scale = norm + Math.log(axis.width(j));
                if (beyond == Boundary.ABSORBING) {
                    weights[i][j] = scale + logGaussian(off, variance);
                    continue;
                }
                WeightedSum images = new WeightedSum(0);
                double mirrored = 2.0 * axis.min() - axis.centre(j) - axis.centre(i);
                for (int t = -turns; t <= turns; t++) {
                    if (beyond == Boundary.REFLECTING) {
                        images.add(logGaussian(off + 2.0 * t * length, variance));
                        images.add(logGaussian(mirrored + 2.0 * t * length, variance));
                    } else {
                        images.add(logGaussian(off + t * length, variance));
                    }
                }
                weights[i][j] = scale - images.value();
            }
        }
        return weights;
    }

    private static double logGaussian(double off, double variance) {
        double z = off / Math.sqrt(variance);
        return -0.5 * z * z;
    }

    private static void convolve(double[] logs, Grid grid, int a, double[][] weights) {
        int n = weights.length;
        int stride = grid.stride(a);
        double[] line = new double[n];
        for (int cell = 0; cell < logs.length; cell++) {
            if (grid.position(cell, a) != 0) {
                continue;
            }
            for (int j = 0; j < n; j++) {
                line[j] = logs[cell + j * stride];
            }
            for (int i = 0; i < n; i++) {
                double[] row = weights[i];
                double largest = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < n; j++) {
                    largest = Math.max(largest, line[j] + row[j]);
                }
                double sum = 0.0;
                for (int j = 0; j < n && largest > Double.NEGATIVE_INFINITY; j++) {
                    sum += Math.exp(line[j] + row[j] - largest);
                }
                logs[cell + i * stride] = sum > 0.0 ? largest + Math.log(sum) : Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** Σ eˡ over terms given by their logarithms l, the same of e²ˡ, and means of z with these weights; nothing overflows. */
    static final class WeightedSum {

        private final double[] means;
        private double largest = Double.NEGATIVE_INFINITY;
        private double sum;
        private double squares;

        WeightedSum(int dimension) {
            this.means = new double[dimension];
        }

        static double requireNumber(double value, double[] x) {
            if (!(value > Double.NEGATIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "f must be a number above -Infinity, got " + value + " at x = " + Arrays.toString(x));
            }
            return value;
        }

        void add(double log, double... z) {
            if (log == Double.NEGATIVE_INFINITY) {
                return;
            }
            if (log > largest) {
                double factor = Math.exp(largest - log);
                sum *= factor;
                squares *= factor * factor;
                for (int a = 0; a < means.length; a++) {
                    means[a] *= factor;
                }
                largest = log;
            }
            double weight = Math.exp(log - largest);
            sum += weight;
            squares += weight * weight;
            for (int a = 0; a < means.length; a++) {
                means[a] += weight * z[a];
            }
        }

        /** −log Σ eˡ; +∞ if there is no term. */
        double value() {
            return -(largest + Math.log(sum));
        }

        double mean(int a) {
            return means[a] / sum;
        }

        /** (Σ eˡ)²/Σ e²ˡ. */
        double effectiveSize() {
            return sum * sum / squares;
        }

        void requireFinite(double[] x) {
            if (!(sum > 0.0)) {
                throw new ArithmeticException(
                        "the local entropy has no gradient at x = " + Arrays.toString(x) + ", f is infinite around it");
            }
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "local entropy by quadrature, variance γ = %.5g", variance);
    }
}
