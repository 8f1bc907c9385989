package org.langevin4j.core.density;

/** What happens to probability at the faces of the box. */
public enum Boundary {
    /** No probability crosses: J·n = 0. */
    REFLECTING
}
