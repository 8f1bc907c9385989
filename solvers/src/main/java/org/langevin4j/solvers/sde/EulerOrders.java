package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Noise;

/** What the schemes of Euler's kind have in common: strong order ½, 1 for additive noise, and weak order 1. */
interface EulerOrders extends Scheme {

    /** ½; 1 for additive noise. */
    @Override
    default double strongOrder() {
        return 0.5;
    }

    @Override
    default double strongOrder(Noise noise) {
        return noise == Noise.ADDITIVE ? 1.0 : 0.5;
    }

    @Override
    default double weakOrder() {
        return 1.0;
    }
}
