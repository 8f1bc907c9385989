package org.langevin4j.solvers.sde;

import org.langevin4j.core.sde.Calculus;
import org.langevin4j.core.sde.Sde;

/** What a scheme may say of the reading of an equation. */
final class Reading {

    private Reading() {}

    /** Refuses an equation that is neither Itô nor, its noise being additive, the same in every α-type reading. */
    static void requireIto(String scheme, Sde sde) {
        boolean readAlike =
                sde.calculus() instanceof Calculus.Alpha && sde.diffusion().isConstant();
        if (!(readAlike || sde.calculus().equals(Calculus.ITO))) {
            throw new IllegalArgumentException(
                    scheme + " solves Itô equations, this one is " + sde.calculus() + "; convert it by toIto()");
        }
    }
}
