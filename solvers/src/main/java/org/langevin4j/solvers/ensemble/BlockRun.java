package org.langevin4j.solvers.ensemble;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.solvers.sde.StepFailure;
import org.langevin4j.solvers.sde.Stepper;

/** One block of paths on its way from the start to the last step. */
final class BlockRun {

    /** Steps between two looks at whether all states are finite and the run goes on, and between reports of progress. */
    private static final int CHECK_INTERVAL = 64;

    private final EnsemblePlan plan;
    private final List<Schedule> schedules;
    private final NormalStream normals;
    private final @Nullable BrownianNoise brownian;
    private final PartialResult partial;
    private final PathStart start;
    private final BlockState block;
    private final boolean watched;
    private final StepKind last;

    /** What makes the next step; another one for a last step that is shorter. */
    private StepKind kind;

    private Stepper stepper;
    private @Nullable StepWatch watch;
    private StepEnd stepEnd;
    private double[][] xi;

    /** Which of the noises are of any effect. */
    private boolean[] needed;

    private final PathBlock view;
    private final BlowUp blowUp;

    /** The last step that was taken and recorded. */
    private long reached;

    BlockRun(
            EnsemblePlan plan,
            List<Schedule> schedules,
            NormalStream normals,
            StepKind usual,
            StepKind last,
            long first,
            int size,
            PartialResult partial) {
        this.plan = plan;
        this.schedules = schedules;
        this.normals = normals;
        this.brownian = brownian(plan, first, size);
        this.kind = usual;
        this.last = last;
        this.stepper = usual.stepper();
        this.partial = partial;
        this.start = new PathStart(plan);
        this.watched = plan.isWatched();
        this.block = new BlockState(
                plan.sde().dimension(),
                first,
                size,
                watched,
                plan.events().size() + plan.resets().size());
        this.watch = watch(usual);
        this.stepEnd = new StepEnd(plan, usual.stepSize());
        this.xi = new double[stepper.noises()][BlockState.whole(size)];
        this.needed = needed(stepper);
        this.blowUp = new BlowUp(plan);
        this.view = new PathBlock(first, size);
        this.reached = plan.stepsBefore();
    }

    private static boolean[] needed(Stepper stepper) {
        boolean[] needed = new boolean[stepper.noises()];
        for (int k = 0; k < needed.length; k++) {
            needed[k] = stepper.needs(k);
        }
        return needed;
    }

    private @Nullable StepWatch watch(StepKind kind) {
        return watched
                ? new StepWatch(plan, kind.stepSize(), start, kind.stepper(), kind.confinement(), block, partial)
                : null;
    }

    /** The last step is shorter than the others. */
    private void shorten() {
        last.takeOver(kind, block.underWay());
        kind = last;
        stepper = last.stepper();
        watch = watch(last);
        stepEnd = new StepEnd(plan, last.stepSize());
        xi = new double[stepper.noises()][BlockState.whole(block.size)];
        needed = needed(stepper);
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
        if (plan.isShortened(step) && plan.steps() > 1) {
            shorten();
        }
        int paths = block.underWay();
        if (brownian != null) {
            brownian.fill(block.paths, paths, step - 1, xi);
        } else {
            normals.fill(block.paths, BlockState.whole(paths), step - 1, needed, xi);
        }
        if (watch != null) {
            block.keepBefore();
        }
        try {
            advance(step, paths);
        } catch (RuntimeException complaint) {
            blownUp(step, paths, complaint);
        }
        stepEnd.apply(step, block.x, paths, block.paths);
        if (watch != null) {
            watch.look(step);
        }
    }

    /** The continuous part of a step; its failure is told of the path that it is of. */
    private void advance(long step, int paths) {
        double t = plan.time(step - 1);
        try {
            stepper.step(t, block.x, paths, xi);
        } catch (RuntimeException failure) {
            throw failure instanceof StepFailure known ? known.ofPath(block.paths[known.place()], t) : failure;
        }
    }

    /** A function has complained: of a path that blows up, which then is what is told, or of something else. */
    private void blownUp(long step, int paths, RuntimeException complaint) {
        if (watch == null || plan.nonFinite() == NonFinite.FAIL) {
            for (int k = 0; k < paths; k++) {
                NonFinitePathException report = replay(block.paths[k], step, complaint);
                if (report != null) {
                    throw report;
                }
            }
            throw complaint;
        }
        boolean[] blown = new boolean[paths];
        int count = blowUp.mark(block, step, blown);
        if (count == 0) {
            throw complaint;
        }
        int sound = 0;
        while (sound < paths && blown[sound]) {
            sound++;
        }
        // The others take the step again, with a sound one in the place of each that does not.
        for (int i = 0; i < block.x.length; i++) {
            for (int k = 0; k < paths; k++) {
                block.x[i][k] = block.before[i][blown[k] && sound < paths ? sound : k];
            }
        }
        if (sound < paths) {
            advance(step, paths);
        }
        for (double[] row : block.x) {
            for (int k = 0; k < paths; k++) {
                row[k] = blown[k] ? Double.NaN : row[k];
            }
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
        view.show(block.x, block.paths, block.underWay(), step, plan.time(step));
    }

    private void requireFinite(long step) {
        if (watch != null) {
            return;
        }
        for (double[] coordinate : block.x) {
            for (int k = 0; k < block.size; k++) {
                if (!(Math.abs(coordinate[k]) <= NonFinite.LARGEST)) {
                    NonFinitePathException report = replay(block.first + k, step, null);
                    throw report != null
                            ? report
                            : new IllegalStateException(
                                    "path " + (block.first + k) + " is not finite in its block after step " + step
                                            + ", and finite alone: functions must give the same bits in blocks");
                }
            }
        }
    }

    /**
     * Noise is a function of the path: the path that blew up is run again to find the very step. Null if it did not. With
     * walls, events or resets it is looked at in the last step only.
     */
    private @Nullable NonFinitePathException replay(long path, long lastStep, @Nullable RuntimeException complaint) {
        double[] state = new double[block.x.length];
        if (watch != null) {
            int k = Arrays.binarySearch(block.paths, 0, block.underWay(), path);
            block.copy(block.before, k, state);
            return blowUp.isUnderWay(state, lastStep) ? blowUp.report(path, lastStep, state, complaint) : null;
        }
        StepKind own = StepKind.of(plan, plan.stepsBefore() + 1);
        Stepper single = own.stepper();
        StepEnd end = new StepEnd(plan, own.stepSize());
        start.at(path, state);
        double[][] x = new double[state.length][1];
        double[][] noise = new double[single.noises()][1];
        block.put(state, x, 0);
        single.begin(1);
        BrownianNoise along = brownian(plan, path, 1);
        for (long step = plan.stepsBefore() + 1; step <= lastStep; step++) {
            if (plan.isShortened(step) && plan.steps() > 1) {
                StepKind shorter = StepKind.of(plan, step);
                shorter.takeOver(own, 1);
                single = shorter.stepper();
                end = new StepEnd(plan, shorter.stepSize());
                noise = new double[single.noises()][1];
            }
            if (along != null) {
                along.fill(new long[] {path}, 1, step - 1, noise);
            } else {
                normals.fill(path, 1, step - 1, noise);
            }
            try {
                single.step(plan.time(step - 1), x, 1, noise);
                end.apply(step, x, 1, new long[] {path});
            } catch (RuntimeException again) {
                return blowUp.isUnderWay(state, step) ? blowUp.report(path, step, state, again) : null;
            }
            for (double[] coordinate : x) {
                if (!(Math.abs(coordinate[0]) <= NonFinite.LARGEST)) {
                    return blowUp.report(path, step, state, complaint);
                }
            }
            block.copy(x, 0, state);
        }
        return null;
    }

    /** The noise of a block along Brownian paths, null if that of the plan is keyed normals. */
    private static @Nullable BrownianNoise brownian(EnsemblePlan plan, long first, int size) {
        return plan.brownianUnit().isPresent()
                ? new BrownianNoise(
                        plan.seed(),
                        plan.brownianUnit().getAsDouble(),
                        plan.scheme().stepSize(),
                        plan.sde().diffusion().noiseDimension(),
                        first,
                        size)
                : null;
    }
}
