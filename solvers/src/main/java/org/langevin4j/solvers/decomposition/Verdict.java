package org.langevin4j.solvers.decomposition;

/** What a sequence of finer and finer grids says of a claim. */
public enum Verdict {
    /** What should be zero tends to zero, or is zero to rounding. */
    HOLDS,
    /** It settles at another value. */
    FAILS,
    /** The grids do not tell. */
    UNDECIDED
}
