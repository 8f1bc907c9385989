package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.domain.Confinement;
import org.langevin4j.solvers.sde.Stepper;

/**
 * Looks after every step of a block at what may stop a path: whether its state is finite, then the walls of the domain, then
 * the events, each of them on the paths that the former have left.
 */
final class StepWatch {

    private final EnsemblePlan plan;
    private final PathStart start;
    private final Stepper stepper;
    private final @Nullable Confinement confinement;
    private final BlockState block;
    private final PartialResult partial;
    private final boolean[] gone;
    private final int[] exits;
    private final double[] state;
    private final Resets resets;
    private boolean anyGone;

    StepWatch(
            EnsemblePlan plan,
            PathStart start,
            Stepper stepper,
            @Nullable Confinement confinement,
            BlockState block,
            PartialResult partial) {
        this.plan = plan;
        this.start = start;
        this.stepper = stepper;
        this.confinement = confinement;
        this.block = block;
        this.partial = partial;
        this.gone = new boolean[block.size];
        this.exits = new int[block.size];
        this.state = new double[block.x.length];
        this.resets = new Resets(plan, start, block, partial);
    }

    /** Whether paths of a plan may stop or start anew. If not, a look at the states now and then is enough. */
    static boolean isNeeded(EnsemblePlan plan) {
        return plan.domain() != null
                || !plan.events().isEmpty()
                || !plan.resets().isEmpty()
                || plan.nonFinite() != NonFinite.FAIL;
    }

    /** After the step that led from {@link BlockState#before} to the present states. */
    void look(long step) {
        finite(step);
        drop();
        if (confinement != null && block.underWay() > 0) {
            confine(step, confinement);
            drop();
        }
        for (int e = 0; e < plan.events().size(); e++) {
            happen(e, step);
        }
        drop();
        if (!plan.resets().isEmpty() && block.underWay() > 0) {
            resets.apply(step);
        }
    }

    private void drop() {
        if (anyGone) {
            block.drop(gone, stepper);
            Arrays.fill(gone, false);
            anyGone = false;
        }
    }

    private void finite(long step) {
        int paths = block.underWay();
        for (double[] coordinate : block.x) {
            boolean all = true;
            for (int k = 0; k < paths; k++) {
                all &= Math.abs(coordinate[k]) <= NonFinite.LARGEST;
            }
            if (all) {
                continue;
            }
            for (int k = 0; k < paths; k++) {
                if (!gone[k] && !(Math.abs(coordinate[k]) <= NonFinite.LARGEST)) {
                    lose(k, step);
                }
            }
        }
    }

    private void lose(int k, long step) {
        block.copy(block.before, k, state);
        if (plan.nonFinite() == NonFinite.FAIL) {
            throw new NonFinitePathException(block.paths[k], step, plan.time(step), state);
        }
        PathEnd end = end(k, step, PathEnd.Cause.NON_FINITE, 0);
        if (plan.nonFinite() == NonFinite.STOP_PATH) {
            stop(k, end);
            return;
        }
        partial.ends().add(end);
        start.put(block, k, state);
        block.put(state, block.before, k);
        stepper.restart(k, plan.time(step), state);
    }

    private void confine(long step, Confinement walls) {
        int paths = block.underWay();
        walls.apply(plan.time(step - 1), block.before, block.x, paths, block.paths, step - 1, exits);
        for (int k = 0; k < paths; k++) {
            if (exits[k] != Confinement.INSIDE) {
                block.copy(block.x, k, state);
                stop(k, end(k, step, PathEnd.Cause.ABSORBED, exits[k]));
            }
        }
    }

    private void happen(int e, long step) {
        List<Event> events = plan.events();
        boolean[] signs = block.signs[e];
        for (int k = 0; k < block.underWay(); k++) {
            if (!gone[k]) {
                block.copy(block.x, k, state);
                boolean before = signs[k];
                signs[k] = events.get(e).isPositive(state);
                if (events.get(e).happens(before, signs[k])) {
                    stop(k, end(k, step, PathEnd.Cause.EVENT, e));
                }
            }
        }
    }

    private PathEnd end(int k, long step, PathEnd.Cause cause, int which) {
        return new PathEnd(block.paths[k], step, plan.time(step), cause, which, state.clone());
    }

    private void stop(int k, PathEnd end) {
        gone[k] = true;
        anyGone = true;
        partial.ends().add(end);
        for (Collector<?> collector : partial.collectors()) {
            collector.stopped(block.slots[k], end);
        }
    }
}
