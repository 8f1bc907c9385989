package org.langevin4j.solvers.transport;

import java.util.Arrays;
import java.util.Locale;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The Wasserstein distance W₂ in any dimension by entropic optimal transport (Cuturi 2013),
 *
 * <pre>
 * OT_ε(μ, ν) = min over π of ∫∫ |x − y|² dπ + ε KL(π‖μ⊗ν) = max over f, g of ∫f dμ + ∫g dν where
 * f(x) = −ε log ∫ e^((g(y) − |x−y|²)/ε) dν(y),   g(y) = −ε log ∫ e^((f(x) − |x−y|²)/ε) dμ(x),
 * </pre>
 *
 * <p>by alternating the two equations, on logarithms, with ε lowered from the square of the diameter to its final value, and
 * debiased as the Sinkhorn divergence of Feydy et al. (2019); see the package page. Densities are taken as masses at the
 * centres of their cells. For smooth densities that is exact to many digits where ε is at least twice the square of the
 * widest cell; a smaller ε sees the grid.
 *
 * <p>The number of iterations grows like σ²/ε, with σ² the variance of the densities. Immutable.
 */
public final class Sinkhorn {

    /** By which ε falls from stage to stage. */
    private static final double STAGE = 0.25;

    private static final double STAGE_TOLERANCE = 0.02;

    private static final int STAGE_ITERATIONS = 40;

    private final double epsilon;
    private final double tolerance;
    private final int maxIterations;

    private Sinkhorn(double epsilon, double tolerance, int maxIterations) {
        this.epsilon = epsilon;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The method with a given regularisation, tolerance 1e-7 and at most 10,000 iterations.
     *
     * @param epsilon ε > 0, in the unit of a squared length
     * @return the method
     */
    public static Sinkhorn withEpsilon(double epsilon) {
        return new Sinkhorn(requirePositive("epsilon", epsilon), 1e-7, 10_000);
    }

    /**
     * Sets the marginal error at which the iteration ends; the error of the value is of the order of its square.
     *
     * @param tolerance positive, in units of probability
     * @return the same method with this tolerance
     */
    public Sinkhorn withTolerance(double tolerance) {
        return new Sinkhorn(epsilon, requirePositive("tolerance", tolerance), maxIterations);
    }

    /**
     * Sets after how many iterations to give up.
     *
     * @param maxIterations at least 1
     * @return the same method with this limit
     */
    public Sinkhorn withMaxIterations(int maxIterations) {
        if (!(maxIterations >= 1)) {
            throw new IllegalArgumentException("maxIterations must be at least 1, got " + maxIterations);
        }
        return new Sinkhorn(epsilon, tolerance, maxIterations);
    }

    static double requirePositive(String name, double value) {
        if (!(value > 0.0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
        return value;
    }

    /**
     * The distance of two densities.
     *
     * @param first μ; divided by its mass
     * @param second ν, in the same dimension, on the same or any other grid; divided by its mass
     * @return OT_ε, S_ε and what the iteration did
     * @throws IllegalArgumentException if the dimensions differ, a density has no mass, or ε is below 2⁻⁵² of the square of the diameter of both grids, whose plans
     *     have no digit
     * @throws ConvergenceException if the marginal error does not fall to the tolerance
     */
    public EntropicDistance between(Density first, Density second) {
        if (first.grid().dimension() != second.grid().dimension()) {
            throw new IllegalArgumentException("densities must have the same dimension, got "
                    + first.grid().dimension() + " and " + second.grid().dimension());
        }
        double least = 0x1p-52 * firstEpsilon(first.grid(), second.grid());
        if (!(epsilon >= least)) {
            throw new IllegalArgumentException("epsilon must be at least " + least
                    + ", 2⁻⁵² of the square of the diameter of both grids, got " + epsilon);
        }
        Masses mu = new Masses(first);
        Masses nu = new Masses(second);
        Plan plan = transport(mu, nu);
        double divergence = plan.value() - 0.5 * selfTransport(mu) - 0.5 * selfTransport(nu);
        return new EntropicDistance(divergence, plan.value(), epsilon, plan.iterations(), plan.marginalError());
    }

    private record Plan(double value, int iterations, double marginalError) {}

    /** Probabilities at the centres of the cells, with their logarithms. */
    private static final class Masses {

        private final Grid grid;
        private final double[] values;
        private final double[] logs;

        Masses(Density density) {
            grid = density.grid();
            values = density.normalized().probabilities();
            logs = Arrays.stream(values).map(Math::log).toArray();
        }

        double[] logsPlus(double[] potential) {
            double[] sum = new double[logs.length];
            for (int i = 0; i < sum.length; i++) {
                sum[i] = logs[i] + potential[i];
            }
            return sum;
        }

        double expectation(double[] potential) {
            double sum = 0.0;
            for (int i = 0; i < values.length; i++) {
                sum += values[i] * potential[i];
            }
            return sum;
        }

        /** The marginal error of potentials of which the first, before, should be after. */
        double marginalError(double[] before, double[] after) {
            double sum = 0.0;
            for (int i = 0; i < values.length; i++) {
                if (values[i] > 0.0) {
                    sum += values[i] * Math.abs(Math.expm1(before[i] - after[i]));
                }
            }
            return sum;
        }
    }

    /** The first ε; every further one is a quarter of the one before, until the last. */
    private double firstEpsilon(Grid mu, Grid nu) {
        double diameter = 0.0;
        for (int a = 0; a < mu.dimension(); a++) {
            Axis x = mu.axis(a);
            Axis y = nu.axis(a);
            double length = Math.max(x.max(), y.max()) - Math.min(x.min(), y.min());
            diameter += length * length;
        }
        return Math.max(epsilon, diameter);
    }

    /** f and g are held in units of ε. */
    private Plan transport(Masses mu, Masses nu) {
        double[] f = new double[mu.values.length];
        double[] g = new double[nu.values.length];
        int iterations = 0;
        for (double stage = firstEpsilon(mu.grid, nu.grid); ; ) {
            double[] rates = rates(stage, mu.grid.dimension());
            GaussianKernel toMu = GaussianKernel.between(mu.grid, nu.grid, rates);
            GaussianKernel toNu = GaussianKernel.between(nu.grid, mu.grid, rates);
            boolean last = stage == epsilon;
            double goal = last ? tolerance : STAGE_TOLERANCE;
            int limit = last ? maxIterations : Math.min(maxIterations, iterations + STAGE_ITERATIONS);
            // The marginal of f and g on the side of ν is exact once g has been found from f.
            g = negative(toNu.logSums(mu.logsPlus(f)));
            double error;
            do {
                double[] next = negative(toMu.logSums(nu.logsPlus(g)));
                error = requireNumber(mu.marginalError(f, next), iterations, tolerance);
                f = next;
                iterations++;
                if (error <= goal) {
                    break;
                }
                g = negative(toNu.logSums(mu.logsPlus(f)));
            } while (iterations < limit);
            if (last) {
                if (!(error <= tolerance)) {
                    throw new ConvergenceException("Sinkhorn iteration did not converge", error, iterations, tolerance);
                }
                return new Plan(epsilon * (mu.expectation(f) + nu.expectation(g)), iterations, error);
            }
            double next = Math.max(epsilon, STAGE * stage);
            scale(f, stage / next);
            stage = next;
        }
    }

    private double selfTransport(Masses mu) {
        GaussianKernel kernel = GaussianKernel.between(mu.grid, mu.grid, rates(epsilon, mu.grid.dimension()));
        return selfTransport(mu, kernel, epsilon, tolerance, maxIterations);
    }

    /** OT_ε(ρ, ρ) for the cost whose kernel e^(−c/ε) is given. */
    static double selfTransport(
            Density density, GaussianKernel kernel, double epsilon, double tolerance, int maxIterations) {
        return selfTransport(new Masses(density), kernel, epsilon, tolerance, maxIterations);
    }

    /** The two potentials are one: the average of f and its image converges fast (Feydy et al. 2019). */
    private static double selfTransport(
            Masses mu, GaussianKernel kernel, double epsilon, double tolerance, int maxIterations) {
        double[] f = new double[mu.values.length];
        double error = Double.POSITIVE_INFINITY;
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            double[] image = negative(kernel.logSums(mu.logsPlus(f)));
            error = requireNumber(mu.marginalError(f, image), iteration, tolerance);
            if (error <= tolerance) {
                return epsilon * (mu.expectation(f) + mu.expectation(image));
            }
            for (int i = 0; i < f.length; i++) {
                f[i] = 0.5 * (f[i] + image[i]);
            }
        }
        throw new ConvergenceException("Sinkhorn iteration did not converge", error, maxIterations, tolerance);
    }

    /** NaN never falls. */
    private static double requireNumber(double error, int iterations, double tolerance) {
        if (Double.isNaN(error)) {
            throw new ConvergenceException("Sinkhorn iteration has left the numbers", error, iterations, tolerance);
        }
        return error;
    }

    private static double[] rates(double epsilon, int dimension) {
        double[] rates = new double[dimension];
        Arrays.fill(rates, 1.0 / epsilon);
        return rates;
    }

    private static double[] negative(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
        return values;
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "Sinkhorn iteration, ε = %.3g, tolerance %.2g", epsilon, tolerance);
    }
}
