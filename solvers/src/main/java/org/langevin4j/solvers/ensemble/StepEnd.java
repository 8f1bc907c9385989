package org.langevin4j.solvers.ensemble;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.sde.Jump;
import org.langevin4j.core.sde.Jumps;
import org.langevin4j.solvers.domain.Projection;
import org.langevin4j.solvers.sde.JumpStepper;

/** What belongs to every step after the scheme's own: the projection, then the jumps. For one thread and steps of one length. */
final class StepEnd {

    private final EnsemblePlan plan;
    private final Optional<Projection> projection;
    private final @Nullable JumpStepper jumps;

    StepEnd(EnsemblePlan plan, double stepSize) {
        this.plan = plan;
        this.projection = plan.projection();
        Jumps all = plan.sde().jumps();
        this.jumps = all.isEmpty()
                ? null
                : JumpStepper.of(projection.map(onto -> projected(all, onto)).orElse(all), stepSize, plan.seed());
    }

    /** The same jumps, each of which ends on the manifold. */
    private static Jumps projected(Jumps jumps, Projection projection) {
        if (!jumps.isAutonomous()) {
            return Jumps.driven(t -> projected(jumps.atTime(t), projection));
        }
        return Jumps.of(jumps.atTime(0.0).kinds().stream()
                .map(kind -> new Jump(kind.rate(), kind.bound(), (x, mark) -> {
                    kind.map().apply(x, mark);
                    projection.apply(x);
                }))
                .toArray(Jump[]::new));
    }

    /** After the continuous part of a step of some paths. */
    void apply(long step, double[][] x, int paths, long[] path) {
        projection.ifPresent(onto -> onto.applyBlock(x, paths));
        if (jumps != null) {
            jumps.apply(plan.time(step - 1), x, paths, path, step - 1);
        }
    }
}
