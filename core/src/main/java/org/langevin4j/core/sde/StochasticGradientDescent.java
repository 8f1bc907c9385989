package org.langevin4j.core.sde;

import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.LinearAlgebra;
import org.langevin4j.core.linear.LyapunovEquation;
import org.langevin4j.core.linear.SteinEquation;

/**
 * Stochastic gradient descent as a random recursion, and the stochastic differential equations that stand for it. With g the mean gradient
 * of b samples,
 *
 * <pre>v′ = μv + g,   x′ = x − ηv′ (heavy ball)   or   x′ = x − η(g + μv′) (Nesterov),   E g = ∇f,   cov g = cD/b,</pre>
 *
 * c = 1 for mini-batches drawn with replacement, 1 − b/N for ones drawn afresh without (Chaudhari and Soatto 2018, Lemma 2 and Remark 12).
 *
 * <table>
 * <caption>Equations, with β⁻¹ = ηc/(2b(1 − μ))</caption>
 * <tr><th>equation</th><th>a step is the time</th><th>weak error at a fixed time</th></tr>
 * <tr><td>{@link #equation}: dx = −∇f dt + √(2β⁻¹D) dW</td><td>η/(1 − μ)</td><td>∝ η</td></tr>
 * <tr><td>{@link #secondOrderEquation}: dx = −∇(f + ¼η‖∇f‖²) dt + √(2β⁻¹D) dW, μ = 0 (Li, Tai and E 2019, J. Mach. Learn. Res. 20, 40)</td>
 * <td>η</td><td>∝ η²</td></tr>
 * <tr><td>{@link #underdampedEquation}: dq = p dt, dp = −∇f dt − Γp dt + √(2γβ⁻¹D) dW, p = −√η·v, γ = (1 − μ)/√η;<br>heavy ball q = x, Γ = γ; Nesterov
 * q = x − μ√η·p, Γ = γ + μ√η∇∇f</td><td>√η</td><td></td></tr>
 * </table>
 *
 * <p>The second equation needs no other D than the first, whatever the law of the noise: the third moment of a step is ∝ η³ and adds up to η². The third
 * one of the heavy ball has the law e^(−βf) of the first if D = I; if not, friction changes it. Nesterov’s step takes the gradient at q + μ√η·p, which
 * damps as the curvature does, by ημλ/(1 − μ) of γ. Of a quadratic loss with a constant D all
 * stationary covariances are known. Immutable.
 */
public final class StochasticGradientDescent {

    /** Of a Hessian in single precision. */
    private static final double ASYMMETRY = 1e-6;

    private final double learningRate;
    private final int batchSize;

    /** c. */
    private final double fresh;

    private final double momentum;
    private final boolean nesterov;

    private StochasticGradientDescent(
            double learningRate, int batchSize, double fresh, double momentum, boolean nesterov) {
        this.learningRate = learningRate;
        this.batchSize = batchSize;
        this.fresh = fresh;
        this.momentum = momentum;
        this.nesterov = nesterov;
    }

    /**
     * Descent without momentum by mini-batches drawn with replacement.
     *
     * @param learningRate η, positive and finite
     * @param batchSize b, at least 1
     * @return the method
     * @throws IllegalArgumentException if a number is out of range
     */
    public static StochasticGradientDescent of(double learningRate, int batchSize) {
        if (!(learningRate > 0.0 && learningRate <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("learningRate must be positive and finite, got " + learningRate);
        }
        if (!(batchSize >= 1)) {
            throw new IllegalArgumentException("batchSize must be at least 1, got " + batchSize);
        }
        return new StochasticGradientDescent(learningRate, batchSize, 1.0, 0.0, false);
    }

    /**
     * The same by mini-batches of different samples, each drawn afresh. D is then that of sampling without replacement, with the divisor N − 1.
     *
     * @param samples N, above b
     * @return the method
     * @throws IllegalArgumentException if N is too small
     */
    public StochasticGradientDescent withoutReplacement(int samples) {
        if (!(samples > batchSize)) {
            throw new IllegalArgumentException(
                    "samples must be more than the " + batchSize + " of a mini-batch, got " + samples);
        }
        return new StochasticGradientDescent(
                learningRate, batchSize, 1.0 - (double) batchSize / samples, momentum, nesterov);
    }

    /**
     * The same with another momentum.
     *
     * @param value μ in [0, 1)
     * @param lookAhead whether the step is Nesterov's
     * @return the method
     * @throws IllegalArgumentException if μ is out of range
     */
    public StochasticGradientDescent momentum(double value, boolean lookAhead) {
        if (!(value >= 0.0 && value < 1.0)) {
            throw new IllegalArgumentException("momentum must be in [0, 1), got " + value);
        }
        return new StochasticGradientDescent(learningRate, batchSize, fresh, value, lookAhead);
    }

    /**
     * One step.
     *
     * @param x weights, replaced
     * @param v velocity in units of the gradient, replaced; zero at the start
     * @param g gradient of the mini-batch at x
     */
    public void step(double[] x, double[] v, double[] g) {
        for (int i = 0; i < x.length; i++) {
            v[i] = momentum * v[i] + g[i];
            x[i] -= learningRate * (nesterov ? g[i] + momentum * v[i] : v[i]);
        }
    }

    /**
     * The temperature of the three equations.
     *
     * @return β⁻¹ = ηc/(2b(1 − μ))
     */
    public Temperature temperature() {
        return Temperature.of(learningRate * fresh / (2.0 * batchSize * (1.0 - momentum)));
    }

    /**
     * What a step is on the clock of {@link #equation}.
     *
     * @return η/(1 − μ)
     */
    public double timeStep() {
        return learningRate / (1.0 - momentum);
    }

    /**
     * The friction of {@link #underdampedEquation} where the loss is flat.
     *
     * @return γ = (1 − μ)/√η, a rate on its clock
     */
    public double friction() {
        return (1.0 - momentum) / Math.sqrt(learningRate);
    }

    /**
     * The equation of Lemma 2.
     *
     * @param gradient ∇f
     * @param diffusion D
     * @return dx = −∇f dt + √(2β⁻¹D) dW, Itô
     */
    public Sde equation(VectorField gradient, Diffusion diffusion) {
        return Sde.ito(
                (x, out) -> {
                    gradient.at(x, out);
                    for (int i = 0; i < out.length; i++) {
                        out[i] = -out[i];
                    }
                },
                diffusion,
                temperature());
    }

    /**
     * The modified equation of second order.
     *
     * @param gradient ∇f with its Jacobian, the Hessian
     * @param diffusion D
     * @return dx = −∇(f + ¼η‖∇f‖²) dt + √(2β⁻¹D) dW, Itô
     * @throws IllegalArgumentException if there is momentum
     */
    public Sde secondOrderEquation(DifferentiableField gradient, Diffusion diffusion) {
        requireNoMomentum("the equation of second order");
        return Sde.ito(
                VectorField.withScratch(
                        (x, scratch, out) -> {
                            gradient.at(x, scratch[0]);
                            gradient.along(x, scratch[0], out);
                            for (int i = 0; i < out.length; i++) {
                                out[i] = -scratch[0][i] - 0.5 * learningRate * out[i];
                            }
                        },
                        diffusion.dimension()),
                diffusion,
                temperature());
    }

    /**
     * The equation with inertia.
     *
     * @param gradient ∇f with its Jacobian, the Hessian, which Nesterov’s momentum asks for
     * @param diffusion D
     * @return dq = p dt, dp = −∇f dt − Γp dt + √(2γβ⁻¹D) dW in (q, p) ∈ ℝ²ᵈ; its diffusion is diag(0, γD)
     */
    public Sde underdampedEquation(DifferentiableField gradient, Diffusion diffusion) {
        int d = diffusion.dimension();
        double gamma = friction();
        double damping = curvatureDamping();
        VectorField drift = VectorField.withScratch(
                (z, scratch, out) -> {
                    System.arraycopy(z, 0, scratch[0], 0, d);
                    System.arraycopy(z, d, scratch[1], 0, d);
                    gradient.at(scratch[0], scratch[2]);
                    if (damping > 0.0) {
                        gradient.along(scratch[0], scratch[1], scratch[3]);
                    }
                    for (int i = 0; i < d; i++) {
                        out[i] = z[d + i];
                        out[d + i] = -scratch[2][i] - gamma * z[d + i] - damping * scratch[3][i];
                    }
                },
                d,
                d,
                d,
                d);
        int noises = diffusion.noiseDimension();
        double root = Math.sqrt(gamma);
        VectorField factor = VectorField.withScratch(
                (z, scratch, out) -> {
                    System.arraycopy(z, 0, scratch[0], 0, d);
                    for (int k = 0; k < noises; k++) {
                        scratch[1][k] = 1.0;
                        diffusion.factorTimes(scratch[0], scratch[1], scratch[2]);
                        scratch[1][k] = 0.0;
                        for (int i = 0; i < d; i++) {
                            out[i * noises + k] = 0.0;
                            out[(d + i) * noises + k] = root * scratch[2][i];
                        }
                    }
                },
                d,
                noises,
                d);
        if (!diffusion.isConstant()) {
            return Sde.ito(drift, Diffusion.factor(2 * d, noises, factor), temperature());
        }
        double[] entries = new double[2 * d * noises];
        factor.at(new double[2 * d], entries);
        RealMatrix constant = MatrixUtils.createRealMatrix(2 * d, noises);
        for (int i = 0; i < entries.length; i++) {
            constant.setEntry(i / noises, i % noises, entries[i]);
        }
        return Sde.ito(drift, Diffusion.constantFactor(constant), temperature());
    }

    /**
     * The stationary covariance of the recursion itself for f = ½xᵀFx, by Stein's equation; without momentum it is FΣ + ΣF − ηFΣF = (η/b)cD.
     *
     * @param hessian F, symmetric
     * @param diffusion D, constant
     * @return Σ of the weights, d×d
     * @throws IllegalArgumentException if the recursion has no stationary law, as for ηλmax ≥ 2(1 + μ) of the heavy ball, or a matrix is not d×d
     */
    public RealMatrix covariance(RealMatrix hessian, RealMatrix diffusion) {
        requireSquare(hessian, diffusion);
        int d = hessian.getRowDimension();
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(d);
        RealMatrix noise = diffusion.scalarMultiply(fresh / batchSize);
        if (momentum == 0.0) {
            return SteinEquation.of(one.subtract(hessian.scalarMultiply(learningRate)), LinearAlgebra.forOrder(d))
                    .solve(noise.scalarMultiply(learningRate * learningRate));
        }
        // What a unit of gradient and of velocity do to x.
        double ofGradient = -learningRate * (nesterov ? 1.0 + momentum : 1.0);
        double ofVelocity = -learningRate * momentum * (nesterov ? momentum : 1.0);
        RealMatrix a = blocks(
                one.add(hessian.scalarMultiply(ofGradient)),
                one.scalarMultiply(ofVelocity),
                hessian,
                one.scalarMultiply(momentum));
        RealMatrix c = blocks(
                noise.scalarMultiply(ofGradient * ofGradient),
                noise.scalarMultiply(ofGradient),
                noise.scalarMultiply(ofGradient),
                noise);
        return SteinEquation.of(a, LinearAlgebra.forOrder(2 * d)).solve(c).getSubMatrix(0, d - 1, 0, d - 1);
    }

    /**
     * The stationary covariance of {@link #equation} for f = ½xᵀFx: FΣ + ΣF = 2β⁻¹D.
     *
     * @param hessian F, symmetric and positive definite
     * @param diffusion D, constant
     * @return Σ, d×d
     * @throws IllegalArgumentException if F is not positive definite or a matrix is not d×d
     * @throws ArithmeticException if Σ is beyond the doubles
     */
    public RealMatrix covarianceOfEquation(RealMatrix hessian, RealMatrix diffusion) {
        requireDefinite(hessian, diffusion);
        RealMatrix covariance = LyapunovEquation.of(hessian, LinearAlgebra.forOrder(hessian.getRowDimension()))
                .solve(diffusion.scalarMultiply(2.0 * temperature().value()), LyapunovEquation.Symmetry.SYMMETRIC);
        if (!(covariance.getNorm1() <= Double.MAX_VALUE)) {
            throw new ArithmeticException("the covariance is beyond the largest double, 1.8e308");
        }
        return covariance;
    }

    /**
     * The stationary covariance of the weights by {@link #underdampedEquation} for f = ½xᵀFx.
     *
     * @param hessian F, symmetric and positive definite
     * @param diffusion D, constant
     * @return Σ of q, or of q + μ√η·p for Nesterov’s momentum, d×d
     * @throws IllegalArgumentException if F is not positive definite or a matrix is not d×d
     * @throws ArithmeticException if the times of relaxation are so far apart that rounding leaves nothing
     */
    public RealMatrix covarianceOfUnderdamped(RealMatrix hessian, RealMatrix diffusion) {
        requireDefinite(hessian, diffusion);
        int d = hessian.getRowDimension();
        double gamma = friction();
        double damping = curvatureDamping();
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(d);
        RealMatrix zero = one.scalarMultiply(0.0);
        RealMatrix a = blocks(
                zero,
                one.scalarMultiply(-1.0),
                hessian,
                one.scalarMultiply(gamma).add(hessian.scalarMultiply(damping)));
        RealMatrix c = blocks(
                zero,
                zero,
                zero,
                diffusion.scalarMultiply(2.0 * gamma * temperature().value()));
        RealMatrix both =
                LyapunovEquation.of(a, LinearAlgebra.forOrder(2 * d)).solve(c, LyapunovEquation.Symmetry.SYMMETRIC);
        if (!(both.getNorm1() <= Double.MAX_VALUE)) {
            throw new ArithmeticException("the covariance has no digit left, got friction " + gamma
                    + " beside curvatures that are so much smaller or larger");
        }
        // At rest E qpᵀ is antisymmetric.
        return both.getSubMatrix(0, d - 1, 0, d - 1)
                .add(both.getSubMatrix(d, 2 * d - 1, d, 2 * d - 1).scalarMultiply(damping * damping));
    }

    /**
     * The covariance in the course of an epoch of shuffled data, for samples that share a Hessian, fₖ = ½(x − aₖ)ᵀF(x − aₖ). The n = N/b mini-batches
     * of an epoch have gradients whose noises add up to zero: two of them have the covariance −S/(n − 1), S = (1 − b/N)D/b. Each epoch starts from the
     * law in which the last one ended.
     *
     * @param hessian F, symmetric
     * @param diffusion D of sampling without replacement, with the divisor N − 1
     * @param samples N, a multiple of b
     * @param steps how many of the epoch are done, from 0 to n; 0 and n are the end of an epoch
     * @return Σ of the weights, d×d
     * @throws IllegalArgumentException if there is momentum, b does not divide N, a matrix is not d×d, or there is no stationary law
     */
    public RealMatrix covarianceInEpoch(RealMatrix hessian, RealMatrix diffusion, int samples, int steps) {
        requireNoMomentum("the law of shuffled epochs");
        requireSquare(hessian, diffusion);
        if (!(samples % batchSize == 0 && samples > batchSize)) {
            throw new IllegalArgumentException(
                    "samples must be a multiple of the batch size " + batchSize + " and more, got " + samples);
        }
        int n = samples / batchSize;
        if (!(steps >= 0 && steps <= n)) {
            throw new IllegalArgumentException("steps must be in [0, " + n + "], got " + steps);
        }
        int d = hessian.getRowDimension();
        RealMatrix noise = diffusion.scalarMultiply(
                (1.0 - (double) batchSize / samples) * learningRate * learningRate / batchSize);
        RealMatrix one = MatrixUtils.createRealIdentityMatrix(d);
        RealMatrix a = one.subtract(hessian.scalarMultiply(learningRate));
        SteinEquation whole = SteinEquation.of(a.power(n), LinearAlgebra.forOrder(d));
        RealMatrix end = whole.solve(epochNoise(a, noise, n, n));
        RealMatrix power = a.power(steps);
        return power.multiply(end).multiply(power.transpose()).add(epochNoise(a, noise, n, steps));
    }

    /** Covariance of Σ aⁱξᵢ over i < steps. */
    private static RealMatrix epochNoise(RealMatrix a, RealMatrix noise, int n, int steps) {
        RealMatrix power = MatrixUtils.createRealIdentityMatrix(a.getRowDimension());
        RealMatrix sum = power.scalarMultiply(0.0);
        RealMatrix squares = sum;
        for (int i = 0; i < steps; i++) {
            sum = sum.add(power);
            squares = squares.add(power.multiply(noise).multiply(power.transpose()));
            power = power.multiply(a);
        }
        RealMatrix c = squares.scalarMultiply(n)
                .subtract(sum.multiply(noise).multiply(sum.transpose()))
                .scalarMultiply(1.0 / (n - 1.0));
        return c.add(c.transpose()).scalarMultiply(0.5);
    }

    private static void requireSquare(RealMatrix hessian, RealMatrix diffusion) {
        int d = hessian.getRowDimension();
        if (hessian.getColumnDimension() != d) {
            throw new IllegalArgumentException("hessian must be square, got " + d + "×" + hessian.getColumnDimension());
        }
        if (diffusion.getRowDimension() != d || diffusion.getColumnDimension() != d) {
            throw new IllegalArgumentException("diffusion must be " + d + "×" + d + " as the hessian is, got "
                    + diffusion.getRowDimension() + "×" + diffusion.getColumnDimension());
        }
    }

    /** Of another one Lyapunov's equation may have a solution that is no covariance. */
    private static void requireDefinite(RealMatrix hessian, RealMatrix diffusion) {
        requireSquare(hessian, diffusion);
        RealMatrix symmetric = LinearAlgebra.symmetric("hessian", hessian, ASYMMETRY);
        int d = hessian.getRowDimension();
        double least = LinearAlgebra.forOrder(d).symmetricEigenvalues(symmetric)[d - 1];
        if (!(least > 0.0)) {
            throw new IllegalArgumentException("hessian must be positive definite, got the eigenvalue " + least);
        }
    }

    private static RealMatrix blocks(RealMatrix a, RealMatrix b, RealMatrix c, RealMatrix e) {
        int d = a.getRowDimension();
        RealMatrix all = MatrixUtils.createRealMatrix(2 * d, 2 * d);
        all.setSubMatrix(a.getData(), 0, 0);
        all.setSubMatrix(b.getData(), 0, d);
        all.setSubMatrix(c.getData(), d, 0);
        all.setSubMatrix(e.getData(), d, d);
        return all;
    }

    /** μ√η of Nesterov’s look-ahead, by which the Hessian adds to the friction. */
    private double curvatureDamping() {
        return nesterov ? momentum * Math.sqrt(learningRate) : 0.0;
    }

    private void requireNoMomentum(String who) {
        if (momentum != 0.0) {
            throw new IllegalArgumentException(who + " is that of descent without momentum, got " + momentum);
        }
    }

    @Override
    public String toString() {
        return "SGD, η = " + learningRate + ", b = " + batchSize + (fresh < 1.0 ? " without replacement" : "")
                + (momentum > 0.0 ? ", momentum " + momentum + (nesterov ? " (Nesterov)" : "") : "");
    }
}
