package org.langevin4j.solvers.ensemble;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;

/**
 * Runs batches of a plan, in any order, wherever it is: in a thread, a process, on a machine of a cluster. The result of a
 * batch is a function of the plan and of the batch's number. For one thread.
 */
public final class BatchRunner {

    private final EnsemblePlan plan;
    private final List<Schedule> schedules;
    private final BatchGeometry geometry;
    private final NormalStream normals;
    private final StepKind usual;

    /** That of the last step, if it is shorter. */
    private final StepKind last;

    private BatchRunner(EnsemblePlan plan) {
        this.plan = plan;
        this.schedules = plan.schedules();
        this.geometry = BatchGeometry.of(plan);
        this.normals = NormalStream.of(plan.seed());
        this.last = StepKind.of(plan, plan.lastStep());
        this.usual = plan.steps() > 1 && plan.isShortened(plan.lastStep())
                ? StepKind.of(plan, plan.stepsBefore() + 1)
                : last;
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
        return go(batch, geometry.firstPath(batch), PartialResult.empty(plan), supervision);
    }

    private @Nullable PartialResult go(long batch, long from, PartialResult partial, Supervision supervision) {
        long stop = geometry.firstPath(batch + 1);
        for (long first = from; first < stop; first += geometry.blockPaths()) {
            BlockRun block = block(batch, first, partial);
            block.begin();
            boolean last = first + geometry.blockPaths() >= stop;
            if (!block.toTheEnd(supervision, batch) || (!last && supervision.isStopped())) {
                return null;
            }
        }
        return partial;
    }

    private BlockRun block(long batch, long first, PartialResult partial) {
        int size = (int) Math.min(geometry.blockPaths(), geometry.firstPath(batch + 1) - first);
        return new BlockRun(plan, schedules, normals, usual, last, first, size, partial);
    }

    /** A batch under way: its block, what was collected, and where the block after it begins. */
    private record UnderWay(BlockRun block, PartialResult partial, long next) {}

    /** Goes on with a batch whose state was written down; null if it was stopped. */
    @Nullable
    PartialResult resume(long batch, byte[] state, Supervision supervision) throws IOException {
        UnderWay found = read(batch, state);
        return found.block.toTheEnd(supervision, batch) ? go(batch, found.next, found.partial, supervision) : null;
    }

    /** Refuses a state that this plan cannot have written. */
    void requireState(long batch, byte[] state) throws IOException {
        read(batch, state);
    }

    private UnderWay read(long batch, byte[] state) throws IOException {
        StateReader in = new StateReader(
                new ByteArrayInputStream(state), state.length, PartialResult.limits(plan, null, plan.paths(), true));
        long begin = geometry.firstPath(batch);
        long end = geometry.firstPath(batch + 1);
        long first = in.count("first path of the block", end - 1);
        in.require(
                first >= begin && (first - begin) % geometry.blockPaths() == 0,
                "first path of the block must be that of one of batch " + batch + ", got " + first);
        long step = in.count("step", plan.lastStep() - 1);
        in.require(step > plan.stepsBefore(), "step must be greater than " + plan.stepsBefore() + ", got " + step);
        PartialResult partial = PartialResult.read(in, plan, end - begin, true);
        BlockRun block = block(batch, first, partial);
        block.goOn(step, in);
        in.requireEnd();
        return new UnderWay(block, partial, first + geometry.blockPaths());
    }

    /** The path-steps that lie behind such a state. */
    long pathSteps(long batch, byte[] state) {
        ByteBuffer head = ByteBuffer.wrap(state);
        long first = head.getLong();
        long done = head.getLong() - plan.stepsBefore();
        long size = Math.min(geometry.blockPaths(), geometry.firstPath(batch + 1) - first);
        return (first - geometry.firstPath(batch)) * plan.steps() + size * done;
    }
}
