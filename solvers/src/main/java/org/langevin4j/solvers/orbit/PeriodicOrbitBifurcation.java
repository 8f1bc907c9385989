package org.langevin4j.solvers.orbit;

import java.util.Locale;

/**
 * Where the periodic orbits of a family change their number or their stability.
 *
 * @param type which it is
 * @param parameter p
 * @param orbit the orbit there
 */
public record PeriodicOrbitBifurcation(Type type, double parameter, PeriodicOrbit orbit) {

    /** The generic ones of one parameter, and the crossing of branches of systems with a symmetry. */
    public enum Type {
        /** Two orbits meet and vanish: a multiplier 1 besides the one along the orbit. */
        FOLD,
        /** A multiplier passes −1: an orbit of twice the period branches off. */
        PERIOD_DOUBLING,
        /** A pair of complex multipliers passes the unit circle (Neimark–Sacker): a torus branches off. */
        TORUS,
        /** A multiplier passes 1 and the family goes on without a fold: another family crosses. */
        BRANCH_POINT
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s at %.10g, period %.6g",
                type.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                parameter,
                orbit.period());
    }
}
