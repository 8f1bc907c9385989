package org.langevin4j.solvers.markov;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ConvergenceException;

/**
 * Solves (sI − A)p = r for a generator A and a shift s ≥ 0 by elimination without a single subtraction (Grassmann, Taksar
 * and Heyman 1985; for s > 0 see Alfa, Xue and Ye 2002).
 *
 * <p>To eliminate a state k is to watch the process only while it is elsewhere: the rate from j to i grows by
 * aᵢₖaₖⱼ/pivotₖ. The pivot is not taken from the diagonal, where digits would cancel, but summed from what leaves the
 * state: the rates to the states that remain and the excess, the shift that has come down to it. All numbers stay ≥ 0, so
 * each is accurate to a few units of rounding, and a right-hand side ≥ 0 gives a solution ≥ 0.
 *
 * <p>The order is that of a {@link Dissection}. Each of its nodes works on a small dense matrix, the front: its own states
 * first, then those states of its ancestors that they have come to touch (Duff and Reid 1983). For an n×n grid that is
 * O(n³) operations and O(n² log n) numbers to keep.
 *
 * <p>The sums hold for an operator some of whose rates are negative as well; what is lost is the guarantee of sign and
 * digits. A solution is then improved by its residual until this is rounding.
 */
public final class Elimination implements ShiftedSolver {

    /** Up to so many states memory is no question, even if all are joined. */
    private static final int SURELY_FIT = 4_000;

    private final int states;

    /** Of an operator with negative rates, where elimination may lose digits: what is solved with. */
    private final @Nullable Refinement refinement;

    /** None of a singular matrix. */
    private final List<EliminatedNode> nodes;

    /** Of a singular matrix. */
    private final double @Nullable [] nullVector;

    private Elimination(
            int states, @Nullable Refinement refinement, List<EliminatedNode> nodes, double @Nullable [] nullVector) {
        this.states = states;
        this.refinement = refinement;
        this.nodes = nodes;
        this.nullVector = nullVector;
    }

    /**
     * Eliminates all states.
     *
     * @param generator A
     * @param dissection order of the states
     * @param shift s ≥ 0; zero for the steady state
     * @return the factorisation
     * @throws ReducibleGeneratorException if s = 0 and there is more than one set of states that cannot be left
     * @throws IllegalArgumentException if it needs more memory than there is, the dissection is not one of all states, or the shift is negative or not finite
     */
    public static Elimination of(Generator generator, Dissection dissection, double shift) {
        if (!(shift >= 0.0 && shift <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("shift must be finite and not negative, got " + shift);
        }
        dissection.requireStates(generator.states());
        if (generator.states() > SURELY_FIT) {
            EliminationCost.of(generator, dissection).requireMemory();
        }
        if (shift == 0.0 && generator.isConservative()) {
            return new Elimination(generator.states(), null, List.of(), nullVector(generator, dissection));
        }
        Refinement refinement = generator.hasNegativeRates() ? new Refinement(generator, shift) : null;
        List<EliminatedNode> nodes = DoubleFronts.of(generator, dissection, shift).nodes;
        return new Elimination(generator.states(), refinement, nodes, null);
    }

    private static double[] nullVector(Generator generator, Dissection dissection) {
        double[] p = inDouble(generator, dissection);
        if (p != null) {
            return p;
        }
        // Throws by itself if the rates say that there are more.
        ClosedClass.of(generator);
        if (generator.states() > SURELY_FIT) {
            EliminationCost.of(generator, dissection).requireWideMemory();
        }
        return WideFronts.nullVector(generator, dissection);
    }

    /** Null if numbers leave the range of double. */
    private static double @Nullable [] inDouble(Generator generator, Dissection dissection) {
        try {
            return DoubleFronts.of(generator, dissection, 0.0).nullVector();
        } catch (ReducibleGeneratorException e) {
            return null;
        }
    }

    /**
     * Solves (sI − A)p = r with s > 0, or with s = 0 and absorption that every state can reach.
     *
     * @param right r ≥ 0, one a state; not modified
     * @return p ≥ 0, unless there are negative rates
     * @throws ConvergenceException if there are negative rates and the residual stays above rounding
     * @throws IllegalArgumentException if r has another length
     */
    @Override
    public double[] solve(double[] right) {
        requireStates(right);
        if (nullVector != null) {
            throw new IllegalStateException("a generator without shift has no inverse");
        }
        return refinement == null ? forward(right) : refinement.solve(right, this::forward, false);
    }

    private void requireStates(double[] right) {
        if (right.length != states) {
            throw new IllegalArgumentException(
                    "right must have one number for each of the " + states + " states, got " + right.length);
        }
    }

    private double[] forward(double[] right) {
        double[] p = right.clone();
        double[] local = new double[0];
        for (EliminatedNode node : nodes) {
            int size = node.front.length;
            local = node.gather(p, local);
            for (int k = 0; k < node.eliminated; k++) {
                double value = local[k];
                int row = k * size;
                for (int i = k + 1; i < size; i++) {
                    local[i] += node.lower[row + i] * value;
                }
            }
            for (int i = 0; i < size; i++) {
                p[node.front[i]] = local[i];
            }
        }
        EliminatedNode.substituteBack(nodes, p);
        return p;
    }

    /**
     * Solves the transposed system (sI − Aᵀ)u = r, with the conditions of {@link #solve}.
     *
     * @param right r ≥ 0, one a state; not modified
     * @return u ≥ 0, unless there are negative rates
     * @throws ConvergenceException if there are negative rates and the residual stays above rounding
     * @throws IllegalArgumentException if r has another length
     */
    public double[] solveTransposed(double[] right) {
        requireStates(right);
        if (nullVector != null) {
            throw new IllegalStateException("a generator without shift has no inverse");
        }
        return refinement == null ? backward(right) : refinement.solve(right, this::backward, true);
    }

    private double[] backward(double[] right) {
        double[] u = right.clone();
        double[] local = new double[0];
        for (EliminatedNode node : nodes) {
            int size = node.front.length;
            local = node.gather(u, local);
            for (int k = 0; k < node.eliminated; k++) {
                double value = local[k] / node.pivots[k];
                local[k] = value;
                int row = k * size;
                for (int j = k + 1; j < size; j++) {
                    local[j] += node.upper[row + j] * value;
                }
            }
            for (int i = 0; i < size; i++) {
                u[node.front[i]] = local[i];
            }
        }
        for (int n = nodes.size() - 1; n >= 0; n--) {
            EliminatedNode node = nodes.get(n);
            int size = node.front.length;
            local = node.gather(u, local);
            for (int k = node.eliminated - 1; k >= 0; k--) {
                double sum = local[k];
                int row = k * size;
                for (int i = k + 1; i < size; i++) {
                    sum += node.lower[row + i] * local[i];
                }
                local[k] = sum;
                u[node.front[k]] = sum;
            }
        }
        return u;
    }

    /**
     * The vector with Ap = 0, for s = 0. Where numbers leave the range of {@code double} on the way, it is found in numbers with
     * wider exponents.
     *
     * @return p ≥ 0, not normalised; zero in states that are left for ever or whose probability is below the range of
     *     double
     */
    public double[] nullVector() {
        if (nullVector == null) {
            throw new IllegalStateException("a shifted generator has no null vector");
        }
        return nullVector.clone();
    }

    @Override
    public String toString() {
        return "elimination of " + states + " states" + (nullVector != null ? ", singular" : "");
    }
}
