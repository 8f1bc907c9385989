package org.langevin4j.core.sde;

import java.util.Objects;
import org.langevin4j.core.field.AntisymmetricField;

/** How the noise term of a stochastic differential equation is read. */
public sealed interface Calculus {

    /** Itô: the noise is multiplied by its coefficient at the start of the step, α = 0. */
    Calculus ITO = new Alpha(0.0);

    /** Stratonovich: the midpoint, α = ½. */
    Calculus STRATONOVICH = new Alpha(0.5);

    /** Hänggi–Klimontovich, also called anti-Itô or isothermal: the end of the step, α = 1. */
    Calculus HANGGI_KLIMONTOVICH = new Alpha(1.0);

    /**
     * Whether the reading is the same at all times.
     *
     * @return false if it is A-type with a Q that depends on time
     */
    boolean isAutonomous();

    /**
     * The reading at one time.
     *
     * @param t time
     * @return this one if it does not depend on time
     */
    Calculus atTime(double t);

    /**
     * The α-type reading: dx = b dt + σ ∘α dW stands for the Itô equation with drift bᵢ + α Σⱼₖ σⱼₖ ∂ⱼσᵢₖ, where
     * σ = √(2β⁻¹)B.
     *
     * @param alpha α ∈ [0, 1]
     */
    record Alpha(double alpha) implements Calculus {

        /**
         * Checks α.
         *
         * @throws IllegalArgumentException if α is outside [0, 1]
         */
        public Alpha {
            if (!(alpha >= 0.0 && alpha <= 1.0)) {
                throw new IllegalArgumentException("alpha must be in [0, 1], got " + alpha);
            }
        }

        @Override
        public boolean isAutonomous() {
            return true;
        }

        @Override
        public Alpha atTime(double t) {
            return this;
        }

        @Override
        public String toString() {
            return alpha == 0.0
                    ? "Itô"
                    : alpha == 0.5 ? "Stratonovich" : alpha == 1.0 ? "Hänggi–Klimontovich" : "α-type, α = " + alpha;
        }
    }

    /**
     * The A-type reading (Ao 2004; Chaudhari and Soatto 2018, eq. 18): dx = −(D+Q)∇Φ dt + √(2β⁻¹D) dW stands for the
     * Itô equation with drift −(D+Q)∇Φ + β⁻¹∇·(D+Q), whose stationary density is e^(−βΦ). In one dimension with Q = 0
     * this is α = 1; in more dimensions it is no α at all.
     *
     * @param q the antisymmetric matrix Q(x), part of the reading
     */
    record AType(AntisymmetricField q) implements Calculus {

        /** Checks that Q is there. */
        public AType {
            Objects.requireNonNull(q, "q");
        }

        @Override
        public boolean isAutonomous() {
            return q.isAutonomous();
        }

        @Override
        public AType atTime(double t) {
            return isAutonomous() ? this : new AType(q.atTime(t));
        }

        @Override
        public String toString() {
            return "A-type";
        }
    }
}
