package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.sweep.SweepPoint;

/**
 * A point of a sweep on its way to an executor: plain fields, which Kryo takes as well, and no names, which are the
 * task's.
 */
final class SentPoint implements Serializable {

    private static final long serialVersionUID = 1L;

    private final double[] values;
    private final int replica;
    private final long seed;

    SentPoint(SweepPoint point) {
        this.values = point.values().stream().mapToDouble(Double::doubleValue).toArray();
        this.replica = point.replica();
        this.seed = point.seed().value();
    }

    SweepPoint named(List<String> names) {
        return new SweepPoint(names, Arrays.stream(values).boxed().toList(), replica, Seed.of(seed));
    }
}
