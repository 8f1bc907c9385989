package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.Nullable;
import org.langevin4j.core.field.VectorField;

/** Tells a path that blows up within a step from a fault of a user's function, which may be first to complain of it. */
final class BlowUp {

    private final EnsemblePlan plan;
    private final double[] drift;

    BlowUp(EnsemblePlan plan) {
        this.plan = plan;
        this.drift = new double[plan.sde().dimension()];
    }

    /** Whether a step that begins in a state leads beyond the finite numbers, or the state is there already. */
    boolean isUnderWay(double[] state, long step) {
        double h = plan.stepSize(step);
        for (double value : state) {
            if (!(Math.abs(value) <= NonFinite.LARGEST)) {
                return true;
            }
        }
        VectorField b = plan.sde().atTime(plan.time(step - 1)).drift();
        try {
            b.at(state, drift);
        } catch (RuntimeException complaint) {
            return false;
        }
        for (int i = 0; i < state.length; i++) {
            if (!(Math.abs(state[i] + h * drift[i]) <= NonFinite.LARGEST)) {
                return true;
            }
        }
        return false;
    }

    /** Marks the paths of a block that blow up in a step; their number. */
    int mark(BlockState block, long step, boolean[] blown) {
        double[] state = new double[drift.length];
        int count = 0;
        for (int k = 0; k < block.underWay(); k++) {
            block.copy(block.before, k, state);
            blown[k] = isUnderWay(state, step);
            count += blown[k] ? 1 : 0;
        }
        return count;
    }

    /** The report of a step that was not finished. */
    NonFinitePathException report(long path, long step, double[] state, @Nullable Throwable complaint) {
        NonFinitePathException report = new NonFinitePathException(path, step, plan.time(step), state);
        if (complaint != null) {
            report.initCause(complaint);
        }
        return report;
    }
}
