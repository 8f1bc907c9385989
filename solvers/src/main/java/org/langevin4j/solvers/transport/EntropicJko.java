package org.langevin4j.solvers.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.solvers.ConvergenceException;

/**
 * The JKO scheme in any dimension by entropic transport (Peyré 2015), on the grid of the start. A step is the minimum over the
 * plans π whose first marginal is ρₖ, with ρ the second one and λ Lebesgue's measure, of
 *
 * <pre>
 * [∫∫ c dπ + ε KL(π‖ρₖ⊗λ)]/(2τ) + E_ρ[Φ] − θH(ρ),   c(x, y) = Σᵢ (xᵢ − yᵢ)²/Dᵢ.
 * </pre>
 *
 * <p>The plan is π = ρₖ(x) e^((f(x) + g(y) − c)/ε), and f and g are found by turns:
 *
 * <pre>
 * f(x) = −ε log ∫ e^((g(y) − c)/ε) dy
 * ρ    ∝ (s e^(−2τΦ/ε))^(ε/(ε + 2τθ)),   s(y) = ∫ ρₖ(x) e^((f(x) − c)/ε) dx,   g = ε log(ρ/s)
 * </pre>
 *
 * <p>on logarithms, with a kernel that is a product over the axes. The proximal map is in closed form and the whole map
 * contracts at least by |2τθ|/(ε + 2τθ) in each turn.
 *
 * <p>Bias. For small ε the bracket is W₂² − (ε/2)H(ρ) + const + O(ε²): the penalty alone adds ε/(4τ) to the temperature
 * (without Φ and θ a step blurs by a Gaussian of variance Dε/2). Peyré's scheme has θ = β⁻¹ and this bias,
 * {@link #withoutCorrection()}. By default θ = β⁻¹ − ε/(4τ), which takes it out, like the self-terms of a Sinkhorn divergence;
 * the problem stays convex for every ε, also where θ &lt; 0. For Φ = k|x|²/2, D = I and a Gaussian of variance σ² the step is
 * then known: (1 + kτ)σ′² − ½√(4σ²σ′² + ε²/4) = τβ⁻¹, so that the bias is about ε²/(32σσ′) in each step and O(ε²/τ) in the
 * flow. Choose ε well below 4τβ⁻¹, but at least 2h²/D for cells of width h, or the kernel sees the grid.
 *
 * <p>Positivity and mass are exact to rounding. The box of the grid is closed: no mass leaves it; within √(Dε) of its walls the
 * correction is not right. F is evaluated without the penalty and decreases up to the bias; with equality of ρₖ and ρ out of
 * reach for ε > 0 it may grow by O(ε²/τ) near the end of a flow.
 *
 * <p>The residual of a step is the marginal error Σ|first marginal of π − ρₖ|. The distance of a step is
 * √S_ε(ρₖ, ρₖ₊₁). Immutable.
 */
public final class EntropicJko implements JkoScheme {

    /** Far more than the averaged iteration for OT_ε(ρ, ρ) takes. */
    private static final int SELF_ITERATIONS = 10_000;

    private final ScalarField potential;
    private final Temperature temperature;
    private final double epsilon;
    private final List<Double> diffusion;
    private final boolean corrected;
    private final double tolerance;
    private final int maxIterations;

    private EntropicJko(
            ScalarField potential,
            Temperature temperature,
            double epsilon,
            List<Double> diffusion,
            boolean corrected,
            double tolerance,
            int maxIterations) {
        this.potential = potential;
        this.temperature = temperature;
        this.epsilon = epsilon;
        this.diffusion = diffusion;
        this.corrected = corrected;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * The scheme for D = I, with the temperature corrected, tolerance 1e-8 and at most 10,000 iterations a step.
     *
     * @param potential Φ; +∞ is allowed and means no probability
     * @param temperature β⁻¹
     * @param epsilon ε > 0, in the unit of a squared length
     * @return the scheme
     */
    public static EntropicJko of(ScalarField potential, Temperature temperature, double epsilon) {
        return new EntropicJko(
                potential,
                temperature.requireConstant("EntropicJko"),
                Sinkhorn.requirePositive("epsilon", epsilon),
                List.of(),
                true,
                1e-8,
                10_000);
    }

    /**
     * Sets the diagonal of D: the flow is that of the drift −D∇Φ.
     *
     * @param diagonal D₁ … D_d, positive, constant
     * @return the same scheme with this D
     */
    public EntropicJko withDiffusion(double... diagonal) {
        List<Double> copy = new ArrayList<>(diagonal.length);
        for (double value : diagonal) {
            copy.add(Sinkhorn.requirePositive("diffusion", value));
        }
        return new EntropicJko(potential, temperature, epsilon, List.copyOf(copy), corrected, tolerance, maxIterations);
    }

    /**
     * Leaves the bias of the penalty in, as in Peyré (2015): the flow is that of the temperature β⁻¹ + ε/(4τ).
     *
     * @return the same scheme with θ = β⁻¹
     */
    public EntropicJko withoutCorrection() {
        return new EntropicJko(potential, temperature, epsilon, diffusion, false, tolerance, maxIterations);
    }

    /**
     * Sets the marginal error at which a step ends.
     *
     * @param tolerance positive, in units of probability
     * @return the same scheme with this tolerance
     */
    public EntropicJko withTolerance(double tolerance) {
        return new EntropicJko(
                potential,
                temperature,
                epsilon,
                diffusion,
                corrected,
                Sinkhorn.requirePositive("tolerance", tolerance),
                maxIterations);
    }

    /**
     * Sets after how many iterations a step gives up.
     *
     * @param maxIterations at least 1
     * @return the same scheme with this limit
     */
    public EntropicJko withMaxIterations(int maxIterations) {
        if (!(maxIterations >= 1)) {
            throw new IllegalArgumentException("maxIterations must be at least 1, got " + maxIterations);
        }
        return new EntropicJko(potential, temperature, epsilon, diffusion, corrected, tolerance, maxIterations);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if D does not fit the grid, or Φ is NaN, −∞, or +∞ everywhere
     */
    @Override
    public JkoFlow evolve(Density start, double stepSize, int steps) {
        JkoScheme.require(start, stepSize, steps);
        int d = start.grid().dimension();
        if (!(diffusion.isEmpty() || diffusion.size() == d)) {
            throw new IllegalArgumentException("diffusion must have " + d + " entries, got " + diffusion.size());
        }
        Iteration iteration = new Iteration(start, stepSize);
        List<Density> densities = new ArrayList<>(steps + 1);
        List<JkoFunctional> functionals = new ArrayList<>(steps + 1);
        List<JkoStep> diagnostics = new ArrayList<>(steps);
        densities.add(start);
        functionals.add(JkoFunctional.of(start, potential, temperature));
        Density density = start;
        for (int k = 0; k < steps; k++) {
            Density next = iteration.next(density);
            diagnostics.add(new JkoStep(iteration.distance(density, next), iteration.count, iteration.error));
            density = next;
            densities.add(density);
            functionals.add(JkoFunctional.of(density, potential, temperature));
        }
        return new JkoFlow(stepSize, densities, functionals, diagnostics);
    }

    /** The iteration of one step after the other; g is kept from step to step. f and g are held in units of ε. */
    private final class Iteration {

        private final Grid grid;
        private final GaussianKernel kernel;

        /** ε/(2τ). */
        private final double penalty;

        /** θ. */
        private final double entropyWeight;

        private final double[] logVolumes;
        private final double[] energies;
        private double[] f;
        private double[] g;
        private int count;
        private double error;

        /** OT_ε(ρₖ, ρₖ). */
        private double selfTransport;

        Iteration(Density start, double stepSize) {
            this.grid = start.grid();
            int d = grid.dimension();
            double[] rates = new double[d];
            for (int a = 0; a < d; a++) {
                rates[a] = 1.0 / (epsilon * coefficient(a));
            }
            kernel = GaussianKernel.between(grid, grid, rates);
            penalty = epsilon / (2.0 * stepSize);
            entropyWeight = corrected ? temperature.value() - 0.5 * penalty : temperature.value();
            logVolumes = new double[grid.cells()];
            energies = new double[grid.cells()];
            // Also checks Φ.
            Density.gibbs(grid, potential, temperature);
            double[] x = new double[d];
            for (int cell = 0; cell < energies.length; cell++) {
                grid.centre(cell, x);
                energies[cell] = potential.at(x);
                logVolumes[cell] = Math.log(grid.volume(cell));
            }
            f = new double[grid.cells()];
            g = new double[grid.cells()];
            selfTransport = Sinkhorn.selfTransport(start, kernel, epsilon, tolerance, SELF_ITERATIONS);
        }

        private double coefficient(int a) {
            return diffusion.isEmpty() ? 1.0 : diffusion.get(a);
        }

        Density next(Density density) {
            double[] p = density.probabilities();
            double[] logs = new double[p.length];
            for (int i = 0; i < p.length; i++) {
                logs[i] = Math.log(p[i]);
            }
            f = kernel.logSums(sum(logVolumes, g));
            negate(f);
            for (count = 1; count <= maxIterations; count++) {
                double[] logDensity = respond(kernel.logSums(sum(logs, f)));
                double[] image = kernel.logSums(sum(logVolumes, g));
                negate(image);
                error = 0.0;
                for (int i = 0; i < p.length; i++) {
                    if (p[i] > 0.0) {
                        error += p[i] * Math.abs(Math.expm1(f[i] - image[i]));
                    }
                }
                f = image;
                if (error <= tolerance) {
                    for (int i = 0; i < logDensity.length; i++) {
                        logDensity[i] = Math.exp(logDensity[i]);
                    }
                    return Density.of(grid, logDensity);
                }
            }
            throw new ConvergenceException(
                    "entropic iteration for a JKO step did not converge", error, maxIterations, tolerance);
        }

        /** The proximal map: log ρ from log s, normalised, and with it g. */
        private double[] respond(double[] logS) {
            double[] logDensity = new double[logS.length];
            double highest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < logS.length; j++) {
                logDensity[j] = (penalty * logS[j] - energies[j]) / (penalty + entropyWeight);
                highest = Math.max(highest, logDensity[j]);
            }
            double mass = 0.0;
            for (int j = 0; j < logS.length; j++) {
                mass += Math.exp(logDensity[j] - highest + logVolumes[j]);
            }
            // A constant in Φ has no effect: it is chosen so that the mass is 1 in every turn, not only in the limit.
            double logMass = highest + Math.log(mass);
            for (int j = 0; j < logS.length; j++) {
                logDensity[j] -= logMass;
                g[j] = logDensity[j] - logS[j];
            }
            return logDensity;
        }

        /** √S_ε: with ∫f dρₖ + ∫g dρ, the value of the bracket, OT_ε(ρₖ, ρ) is that plus εH(ρ). */
        double distance(Density before, Density after) {
            double[] p = before.probabilities();
            double[] q = after.probabilities();
            double dual = after.entropy();
            for (int i = 0; i < p.length; i++) {
                dual += (p[i] > 0.0 ? p[i] * f[i] : 0.0) + (q[i] > 0.0 ? q[i] * g[i] : 0.0);
            }
            double self = selfTransport;
            selfTransport = Sinkhorn.selfTransport(after, kernel, epsilon, tolerance, SELF_ITERATIONS);
            return Math.sqrt(Math.max(0.0, epsilon * dual - 0.5 * self - 0.5 * selfTransport));
        }
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static void negate(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = -values[i];
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "entropic JKO scheme at %s, ε = %.3g", temperature, epsilon);
    }
}
