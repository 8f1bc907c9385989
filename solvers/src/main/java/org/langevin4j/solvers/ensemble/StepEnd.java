package org.langevin4j.solvers.ensemble;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.JumpStepper;

/** What belongs to every step after the scheme's own: the projection, then the jumps. For one thread. */
final class StepEnd {

    private final EnsemblePlan plan;
    private final Optional<Projection> projection;
    private final @Nullable JumpStepper jumps;
    private final double[] state;
    private boolean[] jumped = new boolean[0];

    StepEnd(EnsemblePlan plan) {
        this.plan = plan;
        this.projection = plan.projection();
        Jumps all = plan.sde().jumps();
        this.jumps = all.isEmpty() ? null : JumpStepper.of(all, plan.scheme().stepSize(), plan.seed());
        this.state = new double[plan.sde().dimension()];
    }

    /** After the continuous part of a step of some paths. */
    void apply(long step, double[][] x, int paths, long[] path) {
        if (projection.isPresent()) {
            projection.get().applyBlock(x, paths);
        }
        if (jumps == null) {
            return;
        }
        if (jumped.length < paths) {
            jumped = new boolean[paths];
        }
        jumps.apply(plan.time(step - 1), x, paths, path, step - 1, jumped);
        if (projection.isEmpty()) {
            return;
        }
        for (int k = 0; k < paths; k++) {
            if (jumped[k]) {
                for (int i = 0; i < state.length; i++) {
                    state[i] = x[i][k];
                }
                projection.get().apply(state);
                for (int i = 0; i < state.length; i++) {
                    x[i][k] = state[i];
                }
            }
        }
    }
}
