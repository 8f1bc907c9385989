package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.random.Mark;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.domain.Domain;
import org.langevin4j.solvers.domain.LevelCrossing;

/** The resets of a plan at work on one block, as the last of what may happen to a path in a step. */
final class Resets {

    /** "reset" in ASCII: apart from the small numbers with which users derive seeds. */
    private static final long PART = 0x7265736574L << 16;

    private final EnsemblePlan plan;
    private final PathStart start;
    private final BlockState block;
    private final PartialResult partial;
    private final Seed marks;
    private final List<Optional<LevelCrossing>> bridges = new ArrayList<>();
    private final double[] state;
    private final double[] crossed;
    private final double[] values;
    private final double[] earlier;

    Resets(EnsemblePlan plan, double stepSize, PathStart start, BlockState block, PartialResult partial) {
        this.plan = plan;
        this.start = start;
        this.block = block;
        this.partial = partial;
        this.marks = plan.seed().derive(PART);
        for (Reset reset : plan.resets()) {
            int number = bridges.size();
            bridges.add(reset.gradient()
                    .map(gradient -> new LevelCrossing(plan.sde(), gradient, stepSize, plan.seed(), number)));
        }
        this.state = new double[block.x.length];
        this.crossed = new double[block.x.length];
        this.values = new double[block.size];
        this.earlier = new double[block.size];
    }

    void apply(long step) {
        for (int r = 0; r < bridges.size(); r++) {
            Reset reset = plan.resets().get(r);
            Optional<LevelCrossing> bridge = bridges.get(r);
            double[] sides = block.sides[plan.events().size() + r];
            int paths = block.underWay();
            reset.event().values(block.x, paths, values);
            bridge.ifPresent(level -> {
                reset.event().values(block.before, paths, earlier);
                level.look(plan.time(step - 1), earlier, values, block.before, paths);
            });
            for (int k = 0; k < paths; k++) {
                boolean positive = values[k] > 0.0;
                boolean positiveBefore = sides[k] > 0.0;
                boolean happens = reset.event().happens(positiveBefore, positive);
                if (!happens
                        && bridge.isPresent()
                        && positive == positiveBefore
                        && reset.event().happens(positive, !positive)) {
                    happens = (earlier[k] > 0.0) == positive && bridge.get().touches(k, block.paths[k], step - 1);
                }
                sides[k] = Event.side(positive);
                if (happens) {
                    change(reset, r, k, step);
                }
            }
        }
    }

    private void change(Reset reset, int number, int k, long step) {
        block.copy(block.x, k, state);
        System.arraycopy(state, 0, crossed, 0, state.length);
        reset.map().apply(state, Mark.of(marks, block.paths[k], step - 1, number, plan.time(step)));
        for (int i = 0; i < state.length; i++) {
            if (!(Math.abs(state[i]) <= NonFinite.LARGEST)) {
                throw new IllegalArgumentException(
                        "reset at " + reset.event().name() + " must give a finite state, got x[" + i + "] = " + state[i]
                                + " for path " + block.paths[k] + " at time " + plan.time(step));
            }
        }
        plan.projection().ifPresent(projection -> projection.apply(state));
        Domain domain = plan.domain();
        if (domain != null && !domain.contains(state)) {
            throw new IllegalArgumentException("reset at " + reset.event().name() + " must lead into the domain, got "
                    + NonFinitePathException.abbreviated(state) + " for path " + block.paths[k] + " at time "
                    + plan.time(step));
        }
        block.put(state, block.x, k);
        start.sign(block, k, state);
        for (Collector<?> collector : partial.collectors()) {
            collector.changed(block.slot(k), reset.event(), plan.time(step), crossed, state);
        }
    }
}
