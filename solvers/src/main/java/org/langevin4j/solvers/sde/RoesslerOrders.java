package org.langevin4j.solvers.sde;

/** What Rößler's schemes have in common: strong order 1.5, and weak order 2 where they were made for the noise. */
interface RoesslerOrders extends Scheme {

    @Override
    default double strongOrder() {
        return 1.5;
    }

    @Override
    default double weakOrder() {
        return 2.0;
    }
}
