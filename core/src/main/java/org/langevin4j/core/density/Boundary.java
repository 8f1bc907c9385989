package org.langevin4j.core.density;

/** What happens to probability at a face of the box or at the rim of a mask. */
public enum Boundary {
    /** No probability crosses: J·n = 0. */
    REFLECTING,
    /** What leaves enters at the opposite face, which must be periodic too. */
    PERIODIC,
    /** What arrives is taken out: ρ = 0. */
    ABSORBING,
    /**
     * What arrives with a momentum enters again with the opposite one, as from an elastic collision. For states (q, p) of which the
     * noise moves p alone, at the faces of an axis of q.
     */
    SPECULAR
}
