package org.langevin4j.solvers.estimation;

import org.langevin4j.core.sde.Sde;

/** Mean and covariance of the state an interval later. */
interface ConditionalMoments {

    /** Those of an Itô equation at an interval. */
    Step of(Sde sde, double interval);

    /** From one state to the next. */
    interface Step {

        /**
         * Moves mean and covariance on.
         *
         * @param mean now, becomes that later
         * @param covariance d×d by rows; now, becomes that later
         */
        void advance(double[] mean, double[] covariance);
    }
}
