package org.langevin4j.examples.report;

import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Check.AtMost;
import org.langevin4j.examples.experiment.Check.Near;

/** Why a check allows what it allows, and where its expected number comes from. */
final class Reasons {

    private Reasons() {}

    /** The reason of the tolerance; of a statistical check, which deviation it would see. */
    static String of(Check check) {
        String reason = "";
        if (check.expectation() instanceof Near near) {
            reason = near.reason();
        } else if (check.expectation() instanceof AtMost most) {
            reason = most.margin() == 0.0 ? "" : most.reason();
        } else if (check.expectation() instanceof AtLeast least) {
            reason = least.margin() == 0.0 ? "" : least.reason();
        }
        @Nullable Double sees = check.sees();
        return sees == null ? reason : reason + "; sees " + Numbers.percent(sees);
    }

    static String oracle(Check check) {
        if (check.expectation() instanceof Near near) {
            return near.oracle().toString();
        }
        if (check.expectation() instanceof AtMost most) {
            return most.oracle().toString();
        }
        return check.expectation() instanceof AtLeast least ? least.oracle().toString() : "";
    }
}
