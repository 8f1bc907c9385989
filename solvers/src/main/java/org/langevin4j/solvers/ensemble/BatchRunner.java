package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.sde.Stepper;

/**
 * Runs batches of a plan, in any order, wherever it is: in a thread, a process, on a machine of a cluster. The result of a
 * batch is a function of the plan and of the batch's number. For one thread.
 */
public final class BatchRunner {

    private final EnsemblePlan plan;
    private final BatchGeometry geometry;
    private final NormalStream normals;
    private final Stepper stepper;
    private final @Nullable Confinement confinement;

    private BatchRunner(EnsemblePlan plan) {
        this.plan = plan;
        this.geometry = BatchGeometry.of(plan);
        this.normals = NormalStream.of(plan.seed());
        this.stepper = plan.stepper();
        Domain domain = plan.domain();
        this.confinement = domain == null
                ? null
                : domain.confinement(plan.sde().withoutJumps(), plan.scheme().stepSize(), plan.seed());
    }

    /**
     * A runner for one thread.
     *
     * @param plan the plan
     * @return the runner
     */
    public static BatchRunner of(EnsemblePlan plan) {
        return new BatchRunner(plan);
    }

    /**
     * Runs one batch.
     *
     * @param batch its number, less than {@link BatchGeometry#batches()}
     * @return what it gave
     * @throws NonFinitePathException if a path leaves the finite numbers and the plan is to fail then
     */
    public PartialResult run(long batch) {
        PartialResult result = run(batch, Supervision.NONE);
        if (result == null) {
            throw new IllegalStateException("a batch that nobody stops must come to its end");
        }
        return result;
    }

    /** Runs one batch; null if it was stopped. */
    @Nullable
    PartialResult run(long batch, Supervision supervision) {
        if (!(batch >= 0 && batch < geometry.batches())) {
            throw new IllegalArgumentException("batch must be in [0, " + geometry.batches() + "), got " + batch);
        }
        PartialResult partial = PartialResult.empty(plan);
        long stop = geometry.firstPath(batch + 1);
        for (long first = geometry.firstPath(batch); first < stop; first += geometry.blockPaths()) {
            int size = (int) Math.min(geometry.blockPaths(), stop - first);
            if (!new BlockRun(plan, normals, stepper, confinement, first, size, partial).toTheEnd(supervision)) {
                return null;
            }
        }
        return partial;
    }
}
