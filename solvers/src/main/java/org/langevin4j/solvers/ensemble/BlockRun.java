package org.langevin4j.solvers.ensemble;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.sde.Stepper;

/** One block of paths on its way from the start to the last step. */
final class BlockRun {

    /** Steps between two looks at whether all states are finite and the run goes on, and between reports of progress. */
    private static final int CHECK_INTERVAL = 64;

    private final EnsemblePlan plan;
    private final List<Schedule> schedules;
    private final NormalStream normals;
    private final Stepper stepper;
    private final PartialResult partial;
    private final PathStart start;
    private final BlockState block;
    private final @Nullable StepWatch watch;
    private final double[][] xi;
    private final PathBlock view;
    private final StepEnd stepEnd;

    /** The last step that was taken and recorded. */
    private long reached;

    BlockRun(
            EnsemblePlan plan,
            List<Schedule> schedules,
            NormalStream normals,
            Stepper stepper,
            @Nullable Confinement confinement,
            long first,
            int size,
            PartialResult partial) {
        this.plan = plan;
        this.schedules = schedules;
        this.normals = normals;
        this.stepper = stepper;
        this.partial = partial;
        this.start = new PathStart(plan);
        boolean watched = StepWatch.isNeeded(plan);
        this.block = new BlockState(
                plan.sde().dimension(),
                first,
                size,
                watched,
                plan.events().size() + plan.resets().size());
        this.watch = watched ? new StepWatch(plan, start, stepper, confinement, block, partial) : null;
        this.xi = new double[stepper.noises()][size];
        this.view = new PathBlock(first, size);
        this.stepEnd = new StepEnd(plan);
        this.reached = plan.stepsBefore();
    }

    /** Runs; false if it was stopped before the block was done. */
    boolean toTheEnd(Supervision supervision, long batch) {
        long reported = reached;
        long last = plan.lastStep();
        for (long step = reported + 1; step <= last && block.underWay() > 0; step++) {
            step(step);
            if (step % CHECK_INTERVAL == 0 || step == last) {
                requireFinite(step);
                supervision.advanced((step - reported) * block.size);
                reported = step;
            }
            record(step);
            reached = step;
            if (step % CHECK_INTERVAL == 0 && block.underWay() > 0 && step < last) {
                boolean stopped = supervision.isStopped();
                if (stopped || supervision.wantsState()) {
                    supervision.state(batch, state());
                }
                if (stopped) {
                    return false;
                }
            }
        }
        if (reported < last) {
            supervision.advanced((last - reported) * block.size);
        }
        for (Collector<?> collector : partial.collectors()) {
            collector.end();
        }
        return true;
    }

    /** Goes on from what {@link #state} gave; the partial result was read before. */
    void goOn(long step, StateReader in) throws IOException {
        reached = step;
        stepper.resume(block.size);
        block.read(in, stepper);
    }

    /** All that a block needs to go on. */
    private byte[] state() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StateWriter out = new StateWriter(new DataOutputStream(bytes));
        try {
            out.count(block.first);
            out.count(reached);
            partial.write(out);
            block.write(out, stepper);
        } catch (IOException impossible) {
            throw new UncheckedIOException("collector cannot be written", impossible);
        }
        return bytes.toByteArray();
    }

    void begin() {
        stepper.begin(block.size);
        double[] state = new double[block.x.length];
        for (int k = 0; k < block.size; k++) {
            start.put(block, k, state);
        }
        show(plan.stepsBefore());
        for (Collector<?> collector : partial.collectors()) {
            collector.begin(view);
        }
        record(plan.stepsBefore());
    }

    private void step(long step) {
        int paths = block.underWay();
        if (block.isWhole()) {
            normals.fill(block.first, paths, step - 1, xi);
        } else {
            normals.fill(block.paths, paths, step - 1, xi);
        }
        if (watch == null) {
            stepper.step(plan.time(step - 1), block.x, paths, xi);
            stepEnd.apply(step, block.x, paths, block.paths);
        } else {
            block.keepBefore();
            stepper.step(plan.time(step - 1), block.x, paths, xi);
            stepEnd.apply(step, block.x, paths, block.paths);
            watch.look(step);
        }
    }

    private void record(long step) {
        for (int i = 0; i < partial.collectors().size(); i++) {
            if (block.underWay() > 0 && schedules.get(i).isDue(step)) {
                requireFinite(step);
                show(step);
                partial.collectors().get(i).record(view);
            }
        }
    }

    private void show(long step) {
        view.show(block.x, block.slots, block.underWay(), step, plan.time(step));
    }

    private void requireFinite(long step) {
        if (watch != null) {
            return;
        }
        for (double[] coordinate : block.x) {
            for (int k = 0; k < block.size; k++) {
                if (!(Math.abs(coordinate[k]) <= NonFinite.LARGEST)) {
                    throw replay(block.first + k, step);
                }
            }
        }
    }

    /** Noise is a function of the path: the path that blew up is run again to find the very step. */
    private NonFinitePathException replay(long path, long lastStep) {
        Stepper single = plan.stepper();
        double[] state = new double[block.x.length];
        start.at(path, state);
        double[][] x = new double[state.length][1];
        double[][] noise = new double[single.noises()][1];
        block.put(state, x, 0);
        single.begin(1);
        for (long step = plan.stepsBefore() + 1; step <= lastStep; step++) {
            normals.fill(path, 1, step - 1, noise);
            single.step(plan.time(step - 1), x, 1, noise);
            stepEnd.apply(step, x, 1, new long[] {path});
            for (double[] coordinate : x) {
                if (!(Math.abs(coordinate[0]) <= NonFinite.LARGEST)) {
                    return new NonFinitePathException(path, step, plan.time(step), state);
                }
            }
            block.copy(x, 0, state);
        }
        throw new AssertionError("a block and a single path gave different states");
    }
}
