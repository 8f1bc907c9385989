package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.AffineField;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.linear.LuFactors;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.StochasticGradientDescent;

/**
 * Linear regression, f(x) = (1/2N) Σₖ (aₖ·x − yₖ)², a network of one linear neuron. With the minimum w, z = x − w and the residuals
 * rₖ = aₖ·w − yₖ the gradient of sample k is aₖ(aₖ·z + rₖ), the Hessian F = (1/N) Σ aₖaₖᵀ, and D(x) is quadratic in x: near the minimum it is that of the
 * residuals, further away noise grows with the distance. So moments of stochastic gradient descent close. Immutable.
 */
public final class LeastSquares {

    /** The part of Σ that comes from Σ itself shrinks by a factor near η·tr F/(2b) a turn. */
    /** What is beyond grows without bound. */
    private static final double LARGEST = 1e300;

    private static final int MOST_TURNS = 10_000;

    private final double[][] inputs;
    private final double[] outputs;
    private final RealMatrix hessian;
    private final double[] minimum;
    private final double[] residuals;

    private LeastSquares(double[][] inputs, double[] outputs, RealMatrix hessian, double[] minimum) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.hessian = hessian;
        this.minimum = minimum;
        this.residuals = new double[outputs.length];
        for (int k = 0; k < outputs.length; k++) {
            residuals[k] = Vectors.dot(inputs[k], minimum) - outputs[k];
        }
    }

    /**
     * The regression of a data set.
     *
     * @param inputs aₖ, N ≥ 2 rows of length d, which span ℝᵈ; copied
     * @param outputs yₖ, length N; copied
     * @return the loss
     * @throws IllegalArgumentException if shapes do not fit or the inputs do not span ℝᵈ
     */
    public static LeastSquares of(double[][] inputs, double... outputs) {
        int n = inputs.length;
        if (!(n >= 2 && n == outputs.length)) {
            throw new IllegalArgumentException(
                    "inputs and outputs must be as many and at least 2, got " + n + " and " + outputs.length);
        }
        int d = inputs[0].length;
        if (!(d >= 1)) {
            throw new IllegalArgumentException("inputs must have at least 1 coordinate, got 0");
        }
        double[][] rows = new double[n][];
        RealMatrix hessian = MatrixUtils.createRealMatrix(d, d);
        double[] correlation = new double[d];
        for (int k = 0; k < n; k++) {
            if (inputs[k].length != d) {
                throw new IllegalArgumentException(
                        "inputs must have the length " + d + ", got " + inputs[k].length + " of sample " + k);
            }
            rows[k] = inputs[k].clone();
            addSquare(1.0 / n, rows[k], hessian);
            Vectors.addMultiple(outputs[k] / n, rows[k], correlation);
        }
        LuFactors factors = LuFactors.of(hessian);
        if (factors.isSingularToRounding()) {
            throw new IllegalArgumentException("inputs must span all " + d + " dimensions");
        }
        return new LeastSquares(rows, outputs.clone(), hessian, factors.solve(correlation));
    }

    /**
     * The number of samples.
     *
     * @return N
     */
    public int samples() {
        return outputs.length;
    }

    /**
     * The number of weights.
     *
     * @return d
     */
    public int dimension() {
        return minimum.length;
    }

    /**
     * Where the loss is least.
     *
     * @return w, a copy
     */
    public double[] minimum() {
        return minimum.clone();
    }

    /**
     * The Hessian.
     *
     * @return F, d×d, a copy
     */
    public RealMatrix hessian() {
        return hessian.copy();
    }

    /**
     * The gradient of the loss.
     *
     * @return ∇f(x) = F(x − w)
     */
    public AffineField gradient() {
        double[] offset = hessian.operate(minimum);
        Vectors.negate(offset);
        return AffineField.of(hessian, offset);
    }

    /**
     * The gradient of one sample.
     *
     * @param sample k
     * @param x weights
     * @param factor by which it is multiplied
     * @param out to which factor·∇fₖ(x) is added
     */
    public void addGradient(int sample, double[] x, double factor, double[] out) {
        Vectors.addMultiple(factor * (Vectors.dot(inputs[sample], x) - outputs[sample]), inputs[sample], out);
    }

    /**
     * The gradients of all samples.
     *
     * @param x weights
     * @return N×d
     */
    public PerSampleGradients perSampleGradients(double... x) {
        double[][] rows = new double[samples()][dimension()];
        for (int k = 0; k < rows.length; k++) {
            addGradient(k, x, 1.0, rows[k]);
        }
        return PerSampleGradients.of(rows);
    }

    /**
     * The diffusion of stochastic gradient descent.
     *
     * @param sampling with or without replacement
     * @return D(x) by its factor of N columns, √(c/N)·(∇fₖ − ∇f), c = 1 or N/(N − 1); derivatives are exact
     * @throws IllegalArgumentException if the sampling is that of the misprint
     */
    public Diffusion diffusion(Sampling sampling) {
        int n = samples();
        int d = dimension();
        double root = Math.sqrt(scale(sampling) / n);
        // ∇fₖ − ∇f = (aₖaₖᵀ − F)z + aₖrₖ; the residuals are orthogonal to the inputs.
        double[] jacobian = new double[d * n * d];
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < n; k++) {
                for (int j = 0; j < d; j++) {
                    jacobian[(i * n + k) * d + j] = root * (inputs[k][i] * inputs[k][j] - hessian.getEntry(i, j));
                }
            }
        }
        return Diffusion.factor(
                d,
                n,
                DifferentiableField.of(
                        (x, out) -> {
                            for (int i = 0; i < d; i++) {
                                for (int k = 0; k < n; k++) {
                                    int entry = i * n + k;
                                    out[entry] = root * inputs[k][i] * residuals[k];
                                    for (int j = 0; j < d; j++) {
                                        out[entry] += jacobian[entry * d + j] * (x[j] - minimum[j]);
                                    }
                                }
                            }
                        },
                        (x, out) -> System.arraycopy(jacobian, 0, out, 0, jacobian.length)));
    }

    /**
     * The mean of D(x) over a law of the weights.
     *
     * @param mean E z, z = x − w
     * @param secondMoment E zzᵀ
     * @param sampling with or without replacement
     * @return c[(1/N) Σ aₖaₖᵀ E(aₖ·z + rₖ)² − F E zzᵀ F]
     * @throws IllegalArgumentException if the sampling is that of the misprint, or a shape does not fit
     */
    public RealMatrix meanDiffusion(double[] mean, RealMatrix secondMoment, Sampling sampling) {
        int d = hessian.getRowDimension();
        if (mean.length != d || secondMoment.getRowDimension() != d || secondMoment.getColumnDimension() != d) {
            throw new IllegalArgumentException("mean and secondMoment must be of dimension " + d + ", got "
                    + mean.length + " and " + secondMoment.getRowDimension() + "×" + secondMoment.getColumnDimension());
        }
        RealMatrix sum = hessian.multiply(secondMoment).multiply(hessian).scalarMultiply(-1.0);
        for (int k = 0; k < samples(); k++) {
            double square = Vectors.dot(inputs[k], secondMoment.operate(inputs[k]))
                    + 2.0 * residuals[k] * Vectors.dot(inputs[k], mean)
                    + residuals[k] * residuals[k];
            addSquare(square / samples(), inputs[k], sum);
        }
        return sum.add(sum.transpose()).scalarMultiply(0.5 * scale(sampling));
    }

    /**
     * The exact stationary covariance of stochastic gradient descent by this loss, whose mean is w. D depends on the
     * weights: Σ solves Stein’s equation with E D(Σ), found by turns.
     *
     * @param descent rate, mini-batch, momentum; drawn as {@code sampling} says
     * @param sampling with or without replacement
     * @return Σ, d×d
     * @throws IllegalArgumentException if the recursion has no stationary law even with the D of the minimum
     * @throws ArithmeticException if noise grows with the distance so much that there is no stationary covariance
     */
    public RealMatrix covariance(StochasticGradientDescent descent, Sampling sampling) {
        return selfConsistent(diffusion -> descent.covariance(hessian, diffusion), sampling, descent);
    }

    /**
     * The exact stationary covariance of the equation of Lemma 2, dx = −∇f dt + √(2β⁻¹D(x)) dW, whose mean is w.
     *
     * @param descent rate, mini-batch, momentum, which give β⁻¹
     * @param sampling with or without replacement
     * @return Σ with FΣ + ΣF = 2β⁻¹ E D(Σ), d×d
     * @throws ArithmeticException if noise grows with the distance so much that there is no stationary covariance
     */
    public RealMatrix covarianceOfEquation(StochasticGradientDescent descent, Sampling sampling) {
        return selfConsistent(diffusion -> descent.covarianceOfEquation(hessian, diffusion), sampling, descent);
    }

    /** Σ of the mean of D over the law of covariance Σ. */
    private RealMatrix selfConsistent(
            UnaryOperator<RealMatrix> covariance, Sampling sampling, StochasticGradientDescent descent) {
        double[] zero = new double[dimension()];
        RealMatrix sigma = hessian.scalarMultiply(0.0);
        double before = Double.POSITIVE_INFINITY;
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            RealMatrix mean = meanDiffusion(zero, sigma, sampling);
            if (!(Vectors.norm(mean) <= LARGEST)) {
                break;
            }
            RealMatrix next = covariance.apply(mean);
            double change = Vectors.norm(next.subtract(sigma));
            double size = Vectors.norm(next);
            sigma = next;
            if (!(size <= Double.MAX_VALUE)) {
                break;
            }
            // Changes fall from turn to turn until they are rounding.
            if (change <= 1e-15 * size || (change >= before && change <= 1e-10 * size)) {
                return sigma;
            }
            before = change;
        }
        throw new ArithmeticException("no stationary covariance of " + descent);
    }

    private double scale(Sampling sampling) {
        if (Objects.requireNonNull(sampling, "sampling") == Sampling.EQUATION_A2_AS_PRINTED) {
            throw new IllegalArgumentException("sampling must be one that can be done, got " + sampling);
        }
        return sampling.centred(samples());
    }

    private static void addSquare(double factor, double[] a, RealMatrix to) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                to.addToEntry(i, j, factor * a[i] * a[j]);
            }
        }
    }

    @Override
    public String toString() {
        return "linear regression of " + samples() + " samples, minimum at " + Arrays.toString(minimum);
    }
}
