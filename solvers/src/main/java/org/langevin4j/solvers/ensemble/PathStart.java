package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import org.langevin4j.solvers.domain.Domain;

/** Puts the paths of a plan at their starts, and refuses a start from which no path can go. */
final class PathStart {

    private final EnsemblePlan plan;

    PathStart(EnsemblePlan plan) {
        this.plan = plan;
    }

    /** The start of a path. */
    void at(long path, double[] out) {
        Arrays.fill(out, 0.0);
        plan.start().at(path, out);
        for (int i = 0; i < out.length; i++) {
            if (!(Math.abs(out[i]) <= NonFinite.LARGEST)) {
                throw new IllegalArgumentException("start must be finite, got x[" + i + "] = " + out[i] + " for path "
                        + path + ", which starts at " + NonFinitePathException.abbreviated(out));
            }
        }
        plan.projection().ifPresent(projection -> projection.apply(out));
        Domain domain = plan.domain();
        if (domain != null && !domain.contains(out)) {
            throw new IllegalArgumentException("start must be in the domain, got "
                    + NonFinitePathException.abbreviated(out) + " for path " + path);
        }
    }

    /** Puts the k-th path of a block at its start, which is left in the buffer too. */
    void put(BlockState block, int k, double[] state) {
        at(block.paths[k], state);
        block.put(state, block.x, k);
        sign(block, k, state);
    }

    /** Notes on which side of every event a state is. */
    void sign(BlockState block, int k, double[] state) {
        int stopping = plan.events().size();
        for (int e = 0; e < block.sides.length; e++) {
            Event event = e < stopping
                    ? plan.events().get(e)
                    : plan.resets().get(e - stopping).event();
            block.sides[e][k] = Event.side(event.isPositive(state));
        }
    }
}
