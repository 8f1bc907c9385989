package org.langevin4j.solvers.fokkerplanck;

/**
 * How dp/dt = Ap is carried on in time. τ-resolvents Sτ = (I − τA)⁻¹ are matrices of probabilities for every τ > 0, which
 * is why each method below is written in them.
 *
 * <table>
 * <caption>Methods; Λ is the largest rate out of a cell, max −Aⱼⱼ</caption>
 * <tr><th>method</th><th>order</th><th>stiff modes</th><th>positive, F non-increasing</th></tr>
 * <tr><td>{@link ImplicitEuler}</td><td>1</td><td>damped (L-stable)</td><td>for any step</td></tr>
 * <tr><td>{@link Sdirk2}</td><td>2</td><td>damped (L-stable)</td><td>for certain if hΛ ≤ 1 + √2; else it is looked
 * at</td></tr>
 * <tr><td>{@link CrankNicolson}</td><td>2</td><td>kept, with alternating sign</td><td>for certain if hΛ ≤ 2; else it is
 * looked at</td></tr>
 * <tr><td>{@link Adaptive}</td><td>2, error controlled</td><td>damped</td><td>positive: other steps are rejected</td></tr>
 * <tr><td>{@link Uniformisation}</td><td>exact but for a given error</td><td>resolved; Λt products</td><td>always</td></tr>
 * </table>
 *
 * <p>No method of order two or more that uses finitely many resolvents is positive for every step (Bolley and Crouzeix 1978).
 * A step that makes a probability negative is not hidden: it ends in a {@link NegativeDensityException}. Mass is conserved
 * to rounding by all, about 1e-15 a step.
 */
public sealed interface Integrator {

    /**
     * Implicit Euler, p′ = Sₕp: positive and with non-increasing free energy for any step; first order.
     *
     * @param stepSize h, the longest step; each interval between two snapshots is divided into equal ones
     */
    record ImplicitEuler(double stepSize) implements Integrator {

        /** Checks the step. */
        public ImplicitEuler {
            requireStep(stepSize);
        }
    }

    /**
     * The L-stable method of second order with two equal stages (Alexander 1977), p′ = (1 + √2)Sτ²p − √2 Sτp with
     * τ = (1 − 1/√2)h. On dp/dt = Ap it is the same as TR-BDF2 (Bank et al. 1985). Positive for hΛ ≤ 1 + √2, the largest
     * z for which its stability function is absolutely monotone on [−z, 0].
     *
     * @param stepSize h, the longest step; each interval between two snapshots is divided into equal ones
     */
    record Sdirk2(double stepSize) implements Integrator {

        /** Checks the step. */
        public Sdirk2 {
            requireStep(stepSize);
        }
    }

    /**
     * Crank–Nicolson (1947), p′ = 2S_{h/2}p − p: second order. Modes much faster than the step are not damped but change
     * sign at every step, so that a start that is not smooth overshoots: positive only for hΛ ≤ 2.
     *
     * @param stepSize h, the longest step; each interval between two snapshots is divided into equal ones
     */
    record CrankNicolson(double stepSize) implements Integrator {

        /** Checks the step. */
        public CrankNicolson {
            requireStep(stepSize);
        }
    }

    /**
     * {@link Sdirk2} with steps chosen by itself: halves and doubles of the interval between two snapshots. The error of a
     * step is estimated by its third-order term, 1.61‖S(I − S)³p‖₁, at no more than two solves; a step of length h is
     * accepted if that is at most its share of the tolerance, half in proportion to h, half to h/(t + h), and if no probability
     * is negative. As e^{tA} does not lengthen a difference in L¹, the errors of the steps add up to at most the tolerance. A
     * share below the rounding of the solves, about 1e-13 by elimination and 1e-8 by multigrid, is not asked for: over N steps
     * that may add N such errors.
     *
     * @param tolerance L¹ error at the last time T, estimated; between 1e-10 and 1
     */
    record Adaptive(double tolerance) implements Integrator {

        /** Checks the tolerance. */
        public Adaptive {
            if (!(tolerance >= 1e-10 && tolerance <= 1.0)) {
                throw new IllegalArgumentException("tolerance must be between 1e-10 and 1, got " + tolerance);
            }
        }
    }

    /**
     * Uniformisation (Jensen 1953): e^{tA}p = Σₖ Pois(k; Λt) (I + A/Λ)ᵏp, a sum of densities with positive weights. The
     * weights are built up from the largest on, so that none overflows (Fox and Glynn 1988); what is left out is bounded and
     * the rest scaled to sum to one, which keeps mass, positivity and the decay of F. Costs Λt products, Λ growing like the
     * inverse square of the cell width.
     *
     * @param tolerance L¹ error at the last time, guaranteed but for rounding; between 1e-14 and 1
     */
    record Uniformisation(double tolerance) implements Integrator {

        /** Checks the tolerance. */
        public Uniformisation {
            if (!(tolerance >= 1e-14 && tolerance <= 1.0)) {
                throw new IllegalArgumentException("tolerance must be between 1e-14 and 1, got " + tolerance);
            }
        }
    }

    /**
     * Implicit Euler.
     *
     * @param stepSize longest step
     * @return the method
     */
    static Integrator implicitEuler(double stepSize) {
        return new ImplicitEuler(stepSize);
    }

    /**
     * The L-stable method of second order.
     *
     * @param stepSize longest step
     * @return the method
     */
    static Integrator sdirk2(double stepSize) {
        return new Sdirk2(stepSize);
    }

    /**
     * Crank–Nicolson.
     *
     * @param stepSize longest step
     * @return the method
     */
    static Integrator crankNicolson(double stepSize) {
        return new CrankNicolson(stepSize);
    }

    /**
     * The L-stable method of second order with steps chosen by itself.
     *
     * @param tolerance L¹ error at the last time
     * @return the method
     */
    static Integrator adaptive(double tolerance) {
        return new Adaptive(tolerance);
    }

    /**
     * Uniformisation.
     *
     * @param tolerance L¹ error at the last time
     * @return the method
     */
    static Integrator uniformisation(double tolerance) {
        return new Uniformisation(tolerance);
    }

    private static void requireStep(double stepSize) {
        if (!(stepSize > 0.0 && stepSize <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("stepSize must be positive and finite, got " + stepSize);
        }
    }
}
