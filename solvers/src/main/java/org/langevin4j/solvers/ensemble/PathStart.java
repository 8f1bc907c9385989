package org.langevin4j.solvers.ensemble;

import java.util.Arrays;
import java.util.List;
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
        List<Event> events = plan.events();
        for (int e = 0; e < block.signs.length; e++) {
            block.signs[e][k] = events.get(e).isPositive(state);
        }
    }
}
