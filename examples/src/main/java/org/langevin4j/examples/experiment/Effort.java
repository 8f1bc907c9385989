package org.langevin4j.examples.experiment;

/** How much work a run may take. */
public enum Effort {
    /** Seconds; small grids and ensembles, wider tolerances. */
    QUICK,
    /** About a minute for each example. */
    STANDARD,
    /** As fine as the claims of the paper deserve. */
    FULL;

    /**
     * The value for this effort.
     *
     * @param quick for {@link #QUICK}
     * @param standard for {@link #STANDARD}
     * @param full for {@link #FULL}
     * @param <T> type of the value
     * @return one of the three
     */
    public <T> T choose(T quick, T standard, T full) {
        return switch (this) {
            case QUICK -> quick;
            case STANDARD -> standard;
            case FULL -> full;
        };
    }
}
