package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;

/** What two-stage rules along the path have in common: strong order ½, 1 if the noise commutes, and weak order 1. */
interface CommutingOrders extends Scheme {

    /** ½; 1 if the noise commutes. */
    @Override
    default double strongOrder() {
        return 0.5;
    }

    @Override
    default double strongOrder(Noise noise) {
        return noise.commutes() ? 1.0 : 0.5;
    }

    @Override
    default double weakOrder() {
        return 1.0;
    }
}
