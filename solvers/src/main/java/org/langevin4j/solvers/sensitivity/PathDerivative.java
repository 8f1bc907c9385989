package org.langevin4j.solvers.sensitivity;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.field.DifferentiableField;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.linear.Cholesky;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;

/**
 * The derivative of the mean E[f(x(t))] with respect to one parameter θ, as the mean of a function of an equation with more coordinates, which an {@link
 * org.langevin4j.solvers.ensemble.Ensemble} runs as any other: its moments come with their errors, and seeds, threads and checkpoints are those of the ensemble.
 *
 * <pre>{@code
 * PathDerivative derivative = PathDerivative.pathwise(theta -> model(theta), 0.5);
 * FunctionMoments mean = FunctionMoments.of(derivative.of(f), 1);
 * RunningMoments found = Ensemble.of(derivative.sde()).startingAt(derivative.start(x0)) … .observe(When.atEnd(), mean).run().get(mean);
 * }</pre>
 *
 * <table>
 * <caption>Methods, for dx = b_θ dt + σ_θ dW with σ = √(2β⁻¹)B</caption>
 * <tr><th>method</th><th>estimator</th><th>asks for</th><th>error</th></tr>
 * <tr><td>{@link #commonNumbers}</td><td>(f(x_{θ+δ}) − f(x_{θ−δ}))/2δ along the same W</td><td>any parameter and f</td><td>bias of order δ²; for an f with jumps the variance grows as 1/δ</td></tr>
 * <tr><td>{@link #pathwise}</td><td>∇f·y, dy = (Jy + ∂_θ b)dt + (∂_xσ y + ∂_θσ)dW</td><td>differentiable f</td><td>no bias; bounded variance where paths approach each other</td></tr>
 * <tr><td>{@link #likelihoodRatio}</td><td>(f − c)M, dM = (σ⁻¹∂_θ b)·dW (Glynn 1990)</td><td>θ in the drift only, D of full rank, any f</td><td>no bias; variance grows as t</td></tr>
 * </table>
 *
 * <p>Immutable.
 */
public final class PathDerivative {

    private final int dimension;
    private final Sde sde;
    private final Kind kind;

    /** δ of common numbers. */
    private final double delta;

    private enum Kind {
        COMMON_NUMBERS,
        PATHWISE,
        LIKELIHOOD_RATIO
    }

    private PathDerivative(int dimension, Sde sde, Kind kind, double delta) {
        this.dimension = dimension;
        this.sde = sde;
        this.kind = kind;
        this.delta = delta;
    }

    /**
     * Two paths at θ ± δ along the same noise.
     *
     * @param model the equation of each θ, autonomous and without jumps; all with the same number of noises
     * @param theta θ
     * @param delta δ > 0
     * @return the derivative
     */
    public static PathDerivative commonNumbers(DoubleFunction<Sde> model, double theta, double delta) {
        if (!(delta > 0.0 && delta <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("delta must be positive and finite, got " + delta);
        }
        Sde middle = ito(model, theta);
        Sde up = ito(model, theta + delta);
        Sde down = ito(model, theta - delta);
        int d = middle.dimension();
        int m = middle.diffusion().noiseDimension();
        VectorField drift = VectorField.withScratch(
                (x, scratch, out) -> {
                    for (int half = 0; half < 2; half++) {
                        System.arraycopy(x, half * d, scratch[0], 0, d);
                        (half == 0 ? up : down).drift().at(scratch[0], scratch[1]);
                        System.arraycopy(scratch[1], 0, out, half * d, d);
                    }
                },
                d,
                d);
        double ofUp = scale(up, middle);
        double ofDown = scale(down, middle);
        VectorField factor = (x, out) -> {
            double[] above = factor(up.diffusion(), Arrays.copyOf(x, d), m);
            double[] below = factor(down.diffusion(), Arrays.copyOfRange(x, d, 2 * d), m);
            for (int i = 0; i < d * m; i++) {
                out[i] = ofUp * above[i];
                out[d * m + i] = ofDown * below[i];
            }
        };
        boolean constant = up.diffusion().isConstant() && down.diffusion().isConstant();
        return new PathDerivative(d, equation(drift, factor, 2 * d, m, constant, middle), Kind.COMMON_NUMBERS, delta);
    }

    /**
     * The path with its tangent, the derivative of the path itself.
     *
     * @param model the equation of each θ, autonomous and without jumps; all with the same number of noises
     * @param theta θ
     * @return the derivative
     */
    public static PathDerivative pathwise(DoubleFunction<Sde> model, double theta) {
        Sde middle = ito(model, theta);
        double step = Math.cbrt(Math.ulp(1.0)) * Math.max(1.0, Math.abs(theta));
        Sde up = ito(model, theta + step);
        Sde down = ito(model, theta - step);
        int d = middle.dimension();
        int m = middle.diffusion().noiseDimension();
        DifferentiableField field = differentiable(middle.drift());
        VectorField byTheta = difference(up.drift(), down.drift(), step);
        VectorField drift = VectorField.withScratch(
                (z, scratch, out) -> {
                    System.arraycopy(z, 0, scratch[0], 0, d);
                    System.arraycopy(z, d, scratch[1], 0, d);
                    field.at(scratch[0], scratch[2]);
                    System.arraycopy(scratch[2], 0, out, 0, d);
                    field.along(scratch[0], scratch[1], scratch[2]);
                    byTheta.at(scratch[0], scratch[3]);
                    for (int i = 0; i < d; i++) {
                        out[d + i] = scratch[2][i] + scratch[3][i];
                    }
                },
                d,
                d,
                d,
                d);
        double ofUp = scale(up, middle);
        double ofDown = scale(down, middle);
        boolean constant = middle.diffusion().isConstant();
        DifferentiableField entries = DifferentiableField.byDifferences(
                (x, out) -> System.arraycopy(factor(middle.diffusion(), x, m), 0, out, 0, d * m));
        VectorField factor = (z, out) -> {
            double[] x = Arrays.copyOf(z, d);
            double[] above = factor(up.diffusion(), x, m);
            double[] below = factor(down.diffusion(), x, m);
            double[] along = new double[d * m];
            System.arraycopy(factor(middle.diffusion(), x, m), 0, out, 0, d * m);
            if (!constant) {
                entries.along(x, Arrays.copyOfRange(z, d, 2 * d), along);
            }
            for (int i = 0; i < d * m; i++) {
                out[d * m + i] = along[i] + (ofUp * above[i] - ofDown * below[i]) / (2.0 * step);
            }
        };
        return new PathDerivative(d, equation(drift, factor, 2 * d, m, constant, middle), Kind.PATHWISE, step);
    }

    /**
     * The path with its likelihood's derivative.
     *
     * @param model the equation of each θ, autonomous and without jumps; D and β⁻¹ must not depend on θ
     * @param theta θ
     * @return the derivative; where D is singular its equation is refused as soon as it is evaluated
     */
    public static PathDerivative likelihoodRatio(DoubleFunction<Sde> model, double theta) {
        Sde middle = ito(model, theta);
        double step = Math.cbrt(Math.ulp(1.0)) * Math.max(1.0, Math.abs(theta));
        Sde up = ito(model, theta + step);
        requireSameNoise(up, middle);
        int d = middle.dimension();
        int m = middle.diffusion().noiseDimension();
        VectorField byTheta = difference(up.drift(), ito(model, theta - step).drift(), step);
        VectorField drift = VectorField.withScratch(
                (z, scratch, out) -> {
                    System.arraycopy(z, 0, scratch[0], 0, d);
                    middle.drift().at(scratch[0], scratch[1]);
                    System.arraycopy(scratch[1], 0, out, 0, d);
                    out[d] = 0.0;
                },
                d,
                d);
        double twice = 2.0 * middle.temperature().value();
        VectorField factor = (z, out) -> {
            double[] x = Arrays.copyOf(z, d);
            double[] noise = new double[d * d];
            double[] pull = new double[d];
            middle.diffusion().matrix(x, noise);
            byTheta.at(x, pull);
            if (Cholesky.definite(noise, d) >= 0) {
                throw new IllegalArgumentException(
                        "likelihoodRatio takes a diffusion of full rank, got a singular one at " + Arrays.toString(x));
            }
            Cholesky.solve(noise, pull);
            double[] b = factor(middle.diffusion(), x, m);
            System.arraycopy(b, 0, out, 0, d * m);
            for (int k = 0; k < m; k++) {
                double sum = 0.0;
                for (int i = 0; i < d; i++) {
                    sum += b[i * m + k] * pull[i];
                }
                // The equation multiplies by √(2β⁻¹).
                out[d * m + k] = sum / twice;
            }
        };
        return new PathDerivative(d, equation(drift, factor, d + 1, m, false, middle), Kind.LIKELIHOOD_RATIO, step);
    }

    private static Sde ito(DoubleFunction<Sde> model, double theta) {
        Sde sde = Objects.requireNonNull(model.apply(theta), "model")
                .requireAutonomous("PathDerivative")
                .requireContinuous("PathDerivative");
        return sde.toIto();
    }

    /** √(T/T₀). */
    private static double scale(Sde sde, Sde middle) {
        return Math.sqrt(sde.temperature().value() / middle.temperature().value());
    }

    private static void requireSameNoise(Sde up, Sde middle) {
        double[] x = new double[middle.dimension()];
        Arrays.setAll(x, i -> 0.3 + 0.1 * i);
        double[] one = new double[x.length * x.length];
        double[] other = new double[x.length * x.length];
        up.diffusion().matrix(x, one);
        middle.diffusion().matrix(x, other);
        if (!Arrays.equals(one, other)
                || up.temperature().value() != middle.temperature().value()) {
            throw new IllegalArgumentException(
                    "likelihoodRatio takes a parameter of the drift, this one changes the noise");
        }
    }

    private static DifferentiableField differentiable(VectorField field) {
        return field instanceof DifferentiableField known ? known : DifferentiableField.byDifferences(field);
    }

    private static VectorField difference(VectorField up, VectorField down, double step) {
        return (x, out) -> {
            double[] below = new double[out.length];
            up.at(x, out);
            down.at(x, below);
            for (int i = 0; i < out.length; i++) {
                out[i] = (out[i] - below[i]) / (2.0 * step);
            }
        };
    }

    /** B(x), row by row. */
    private static double[] factor(Diffusion diffusion, double[] x, int m) {
        int d = x.length;
        double[] entries = new double[d * m];
        double[] unit = new double[m];
        double[] column = new double[d];
        for (int k = 0; k < m; k++) {
            unit[k] = 1.0;
            diffusion.factorTimes(x, unit, column);
            unit[k] = 0.0;
            for (int i = 0; i < d; i++) {
                entries[i * m + k] = column[i];
            }
        }
        return entries;
    }

    private static Sde equation(VectorField drift, VectorField factor, int d, int m, boolean constant, Sde middle) {
        if (!constant) {
            return Sde.ito(drift, Diffusion.factor(d, m, factor), middle.temperature());
        }
        double[] entries = new double[d * m];
        factor.at(new double[d], entries);
        RealMatrix b = MatrixUtils.createRealMatrix(d, m);
        for (int i = 0; i < d; i++) {
            for (int k = 0; k < m; k++) {
                b.setEntry(i, k, entries[i * m + k]);
            }
        }
        return Sde.ito(drift, Diffusion.constantFactor(b), middle.temperature());
    }

    /**
     * The equation to simulate.
     *
     * @return an Itô equation of 2d coordinates, or d + 1
     */
    public Sde sde() {
        return sde;
    }

    /**
     * Where its paths start.
     *
     * @param x the start of the path itself, which does not depend on θ; length d
     * @return the start of all coordinates
     */
    public double[] start(double... x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException("start must have length " + dimension + ", got " + x.length);
        }
        double[] start = Arrays.copyOf(x, sde.dimension());
        if (kind == Kind.COMMON_NUMBERS) {
            System.arraycopy(x, 0, start, dimension, dimension);
        }
        return start;
    }

    /**
     * The function of all coordinates whose mean is the derivative.
     *
     * @param f a function of the state; the pathwise derivative takes its gradient, by differences if it has none of its own
     * @return one component
     */
    public VectorField of(ScalarField f) {
        return of(f, 0.0);
    }

    /**
     * The same, with a number c near E[f], which the likelihood ratio subtracts from f. Its mean is the same and its variance less; the other methods need none.
     *
     * @param f a function of the state
     * @param baseline c
     * @return one component
     */
    public VectorField of(ScalarField f, double baseline) {
        int d = dimension;
        return switch (kind) {
            case COMMON_NUMBERS ->
                (z, out) ->
                        out[0] = (f.at(Arrays.copyOf(z, d)) - f.at(Arrays.copyOfRange(z, d, 2 * d))) / (2.0 * delta);
            case PATHWISE -> {
                Potential smooth = f instanceof Potential known ? known : Potential.byDifferences(f);
                yield (z, out) -> {
                    double[] slope = new double[d];
                    smooth.gradient(Arrays.copyOf(z, d), slope);
                    out[0] = 0.0;
                    for (int i = 0; i < d; i++) {
                        out[0] += slope[i] * z[d + i];
                    }
                };
            }
            case LIKELIHOOD_RATIO -> (z, out) -> out[0] = (f.at(Arrays.copyOf(z, d)) - baseline) * z[d];
        };
    }

    @Override
    public String toString() {
        return "derivative of means by "
                + switch (kind) {
                    case COMMON_NUMBERS -> "common random numbers at θ ± " + delta;
                    case PATHWISE -> "the tangent of each path";
                    case LIKELIHOOD_RATIO -> "the likelihood ratio";
                };
    }
}
