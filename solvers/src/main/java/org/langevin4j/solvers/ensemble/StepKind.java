package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.sde.Stepper;

/**
 * What makes the steps of one length. For one thread.
 *
 * @param stepSize their length
 * @param stepper the scheme at work
 * @param confinement the walls, null for none
 */
record StepKind(double stepSize, Stepper stepper, @Nullable Confinement confinement) {

    /** That of a step. */
    static StepKind of(EnsemblePlan plan, long step) {
        return new StepKind(plan.stepSize(step), plan.stepper(step), plan.confinement(step));
    }

    /** Takes over what the steps before have left to remember, of some paths. */
    void takeOver(StepKind before, int paths) {
        stepper.resume(paths);
        double[][] from = before.stepper.memory();
        double[][] to = stepper.memory();
        for (int r = 0; r < to.length; r++) {
            System.arraycopy(from[r], 0, to[r], 0, paths);
        }
    }
}
