package org.langevin4j.examples.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment says and the numbers that bear it out.
 *
 * @param bearing for or against a statement of the paper, or about something else
 * @param statement the statement, null if the bearing is on none
 * @param text the condition or counter-example, a clause that reads after "holds for" or "fails for"; of the others, what is shown
 * @param checks the numbers
 */
public record Finding(Bearing bearing, @Nullable Statement statement, String text, List<Check> checks) {

    /** What a finding is about. */
    public enum Bearing {
        /** Speaks for a statement, under the condition named. */
        SUPPORTS,
        /** Speaks against it: a counter-example. */
        CONTRADICTS,
        /** Says something of interest that is no statement of the paper: a method's order, a law of physics. */
        SUPPLEMENTS,
        /** Shows only that our code is in order. Never evidence. */
        CONSISTENCY
    }

    /** Copies the list; a statement must be named exactly where the bearing is on one. */
    public Finding {
        checks = List.copyOf(checks);
        if ((statement != null) != (bearing == Bearing.SUPPORTS || bearing == Bearing.CONTRADICTS)) {
            throw new IllegalArgumentException("bearing " + bearing + " with statement " + statement);
        }
    }

    /**
     * Whether every check holds and at least one of them could have failed.
     *
     * @return whether the finding counts
     */
    public boolean stands() {
        return checks.stream().allMatch(Check::holds) && checks.stream().anyMatch(Check::isClaim);
    }

    /**
     * Whether no check failed.
     *
     * @return false if one did
     */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }
}
