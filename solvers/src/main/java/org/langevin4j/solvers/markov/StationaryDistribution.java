package org.langevin4j.solvers.markov;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/** The law π with Aπ = 0 of a chain without absorption, and how well it was found. Immutable. */
public final class StationaryDistribution {

    private final double[] weights;
    private final double residual;
    private final double componentwiseResidual;
    private final SteadyStateMethod method;
    private final int iterations;
    private final double weightDoubt;

    private StationaryDistribution(
            Generator generator, double[] weights, SteadyStateMethod method, int iterations, double weightDoubt) {
        this.weightDoubt = weightDoubt;
        this.weights = weights;
        Balance balance = generator.balance(weights);
        this.residual = balance.residual();
        this.componentwiseResidual = balance.componentwise();
        this.method = method;
        this.iterations = iterations;
    }

    /**
     * The stationary law of a chain given by its rates alone, by the method that suits it.
     *
     * @param generator the chain
     * @return the law with its residuals
     * @throws ReducibleGeneratorException if it is not unique
     * @throws IllegalStateException if probability is absorbed: there is none
     */
    public static StationaryDistribution of(Generator generator) {
        return of(NestedChain.of(generator), SteadyStateMethod.AUTOMATIC);
    }

    /**
     * The stationary law.
     *
     * @param chain the chain
     * @param method how to find it
     * @return the law with its residuals
     * @throws ReducibleGeneratorException if it is not unique
     * @throws IllegalStateException if probability is absorbed: there is none
     * @throws ConvergenceException if multigrid does not reach its tolerance
     */
    public static StationaryDistribution of(NestedChain chain, SteadyStateMethod method) {
        Generator generator = chain.generator();
        if (!generator.isConservative()) {
            throw new IllegalStateException("there is no steady state: probability is absorbed");
        }
        SteadyStateMethod chosen = method == SteadyStateMethod.AUTOMATIC ? SolverChoice.steadyState(chain) : method;
        if (chosen == SteadyStateMethod.MULTIGRID) {
            Multigrid.NullVector found = method == chosen ? NestedMultigrid.nullVector(chain) : whileWorthIt(chain);
            if (found != null) {
                return new StationaryDistribution(generator, found.p, chosen, found.iterations, found.doubt);
            }
        }
        double[] p = Elimination.of(generator, chain.order(), 0.0).nullVector();
        return new StationaryDistribution(generator, p, SteadyStateMethod.ELIMINATION, 0, 0.0);
    }

    /** By multigrid; null if elimination is the better way or the only one left. */
    private static Multigrid.@Nullable NullVector whileWorthIt(NestedChain chain) {
        Generator generator = chain.generator();
        CycleBudget budget =
                new CycleBudget(() -> SolverChoice.budget(generator, EliminationCost.of(generator, chain.order())));
        Multigrid.NullVector found = NestedMultigrid.nested(chain, budget);
        try {
            if (found == null && SolverChoice.triesAlgebraic(generator, budget)) {
                found = Multigrid.nullVector(generator, budget);
            }
            return found == null || SolverChoice.isDoubtful(found, budget) ? null : found;
        } catch (ConvergenceException stagnation) {
            if (budget.left() == Double.POSITIVE_INFINITY) {
                throw stagnation;
            }
            return null;
        }
    }

    /**
     * The probabilities.
     *
     * @return π, one number a state, of sum 1; 0 in states that are left for ever
     */
    public double[] probabilities() {
        double[] p = weights.clone();
        double sum = Arrays.stream(p).sum();
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /**
     * The law up to a factor, as the solver found it.
     *
     * @return numbers ≥ 0, one a state
     */
    public double[] weights() {
        return weights.clone();
    }

    /**
     * {@link Generator#residual} of the law.
     *
     * @return between 0 and 1
     */
    public double residual() {
        return residual;
    }

    /**
     * {@link Generator#componentwiseResidual} of the law.
     *
     * @return the largest over the states
     */
    public double componentwiseResidual() {
        return componentwiseResidual;
    }

    /**
     * How the law was found.
     *
     * @return never {@link SteadyStateMethod#AUTOMATIC}
     */
    public SteadyStateMethod method() {
        return method;
    }

    /**
     * The work of multigrid.
     *
     * @return cycles on the finest level; 0 for elimination
     */
    public int iterations() {
        return iterations;
    }

    /**
     * How far multigrid leaves the weights of wells open: the residual times what it may stand for, estimated from the coarsest
     * chain. As a rule far larger than the error; 1 and more if wells exchange less than a residual is.
     *
     * @return an estimate from above of the relative error of these weights; 0 for elimination
     */
    public double weightDoubt() {
        return weightDoubt;
    }

    /**
     * A doubt as it stands at the end of a sentence.
     *
     * @param weightDoubt a {@link #weightDoubt}
     * @return nothing up to 1e-4
     */
    public static String inWords(double weightDoubt) {
        return weightDoubt <= SolverChoice.DOUBTFUL
                ? ""
                : String.format(Locale.ROOT, "; weights of wells in doubt by %.2g", weightDoubt);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "stationary distribution of %d states; residual %.2g, of each probability %.2g, by %s, %d iterations%s",
                weights.length,
                residual,
                componentwiseResidual,
                method,
                iterations,
                inWords(weightDoubt));
    }
}
