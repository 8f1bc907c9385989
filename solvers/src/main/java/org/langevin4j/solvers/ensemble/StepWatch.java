package org.langevin4j.solvers.ensemble;

import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;
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
    /** Which paths stop, in rising order. */
    private final int[] gone;

    private final int[] exits;
    private final double[] state;

    /** One number for each path. */
    private final double[] numbers;

    private final Resets resets;
    private int goneCount;

    StepWatch(
            EnsemblePlan plan,
            double stepSize,
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
        this.gone = new int[block.size];
        this.exits = new int[block.size];
        this.state = new double[block.x.length];
        this.numbers = new double[block.size];
        this.resets = new Resets(plan, stepSize, start, block, partial);
    }

    /** After the step that led from {@link BlockState#before} to the present states. */
    void look(long step) {
        finite(step);
        drop();
        if (confinement != null && block.underWay() > 0) {
            confine(step, confinement);
            drop();
        }
        for (int e = 0; e < plan.events().size() && block.underWay() > 0; e++) {
            happen(plan.events().get(e), e, step);
            drop();
        }
        if (!plan.resets().isEmpty() && block.underWay() > 0) {
            resets.apply(step);
        }
    }

    private void drop() {
        if (goneCount > 0) {
            block.drop(gone, goneCount, stepper);
            goneCount = 0;
        }
    }

    private void finite(long step) {
        int paths = block.underWay();
        boolean sound = true;
        for (double[] coordinate : block.x) {
            sound &= BlockMath.areWithin(coordinate, paths, NonFinite.LARGEST);
        }
        for (int k = 0; !sound && k < paths; k++) {
            boolean lost = false;
            for (double[] coordinate : block.x) {
                lost |= !(Math.abs(coordinate[k]) <= NonFinite.LARGEST);
            }
            if (lost) {
                lose(k, step);
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

    private void happen(Event event, int number, long step) {
        double[] sides = block.sides[number];
        int paths = block.underWay();
        event.function().atBlock(block.x, paths, numbers);
        // So it is at most steps. NaN is on no side.
        if (BlockMath.haveSameSigns(numbers, sides, paths)) {
            return;
        }
        for (int k = 0; k < paths; k++) {
            if (!(numbers[k] * sides[k] > 0.0)) {
                turn(event, number, k, step);
            }
        }
    }

    /** The function of an event may have changed its side at a path. */
    private void turn(Event event, int number, int k, long step) {
        block.copy(block.x, k, state);
        double[] sides = block.sides[number];
        boolean positive = event.isPositive(numbers[k], state);
        if (event.happens(sides[k] > 0.0, positive)) {
            stop(k, end(k, step, PathEnd.Cause.EVENT, number));
        }
        sides[k] = Event.side(positive);
    }

    private PathEnd end(int k, long step, PathEnd.Cause cause, int which) {
        return new PathEnd(block.paths[k], step, plan.time(step), cause, which, state.clone());
    }

    private void stop(int k, PathEnd end) {
        gone[goneCount] = k;
        goneCount++;
        partial.ends().add(end);
        for (Collector<?> collector : partial.collectors()) {
            collector.stopped(block.slot(k), end);
        }
    }
}
