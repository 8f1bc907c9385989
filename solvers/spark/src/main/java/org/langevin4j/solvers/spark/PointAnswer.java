package org.langevin4j.solvers.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.sweep.SweepOutcome;

/** What came of a point, on its way back: plain fields, which Kryo takes as well. */
final class PointAnswer implements Serializable {

    private static final long serialVersionUID = 1L;

    private final long seed;
    private final double[] values;
    private final @Nullable String failure;

    PointAnswer(Seed seed, SweepOutcome outcome) {
        this.seed = seed.value();
        this.values = outcome.values().stream().mapToDouble(Double::doubleValue).toArray();
        this.failure = outcome.failure();
    }

    Seed seed() {
        return Seed.of(seed);
    }

    List<Double> values() {
        return Arrays.stream(values).boxed().toList();
    }

    @Nullable
    String failure() {
        return failure;
    }
}
