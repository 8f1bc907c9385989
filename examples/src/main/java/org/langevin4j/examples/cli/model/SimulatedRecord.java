package org.langevin4j.examples.cli.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.solvers.ensemble.Snapshots;
import org.langevin4j.solvers.ensemble.When;

/** One long path of a model as a file. */
final class SimulatedRecord {

    private static final int USUAL_STEPS = 10;

    /** Enough for a test of circulation at the usual step. */
    private static final double USUAL_STEPS_IN_ALL = 200_000;

    private static final double USUAL_PART_DISCARDED = 0.1;

    private SimulatedRecord() {}

    static void write(
            Path file,
            ChosenModel chosen,
            EnsembleOptions paths,
            @Nullable Double every,
            @Nullable Double discard,
            Seed seed)
            throws IOException {
        double end = paths.until(USUAL_STEPS_IN_ALL * paths.step());
        double from = discard == null ? USUAL_PART_DISCARDED * end : discard;
        if (!(from >= 0.0 && from < end)) {
            throw new IllegalArgumentException(
                    "--discard must be from 0 to less than --until " + end + ", got " + from);
        }
        double steps = every == null ? USUAL_STEPS : every / paths.step();
        long interval = Math.round(steps);
        if (!(interval >= 1 && interval <= Integer.MAX_VALUE && Math.abs(steps - interval) <= 1e-9 * interval)) {
            throw new IllegalArgumentException(
                    "--every must be a whole number of steps of " + paths.step() + ", got " + every);
        }
        Snapshots kept = Snapshots.ofFirst(1);
        List<Snapshots.Trajectory> one = paths.ensemble(chosen, end)
                .paths(1)
                .seed(seed)
                .observe(When.every((int) interval, from), kept)
                .run()
                .get(kept);
        Snapshots.Trajectory path = one.get(0);
        double[][] rows = new double[path.length()][chosen.dimension()];
        for (int k = 0; k < rows.length; k++) {
            for (int i = 0; i < rows[k].length; i++) {
                rows[k][i] = path.state(k, i);
            }
        }
        try (NpyWriter writer = NpyWriter.doubles(file, chosen.dimension())) {
            writer.write(rows, rows.length);
        }
    }
}
