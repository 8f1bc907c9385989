package org.langevin4j.solvers.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.sweep.SweepPlan;
import org.langevin4j.solvers.sweep.SweepPoint;
import org.langevin4j.solvers.sweep.SweepResult;

/** What the driver knows of a sweep: what was in its folder, and what executors sent. */
final class SweepJournal {

    private final SweepPlan plan;
    private final @Nullable SweepFolder folder;
    private final Map<Seed, SweepPoint> points = new HashMap<>();
    private final Map<Seed, List<Double>> finished = new HashMap<>();
    private final Map<Seed, String> failed = new HashMap<>();
    private final Queue<PointAnswer> arrived = new ConcurrentLinkedQueue<>();
    private final List<SweepResult.Row> unsaved = new ArrayList<>();

    SweepJournal(SweepPlan plan, @Nullable SweepFolder folder) throws IOException {
        this.plan = plan;
        this.folder = folder;
        plan.points().forEach(point -> points.put(point.seed(), point));
        if (folder != null) {
            folder.read(finished);
        }
    }

    synchronized List<SentPoint> missing() {
        return plan.points().stream()
                .filter(point -> !finished.containsKey(point.seed()) && !failed.containsKey(point.seed()))
                .map(SentPoint::new)
                .toList();
    }

    /** Does not wait while a file is written: Spark's one thread for events calls it. */
    void add(PointAnswer... answers) {
        arrived.addAll(List.of(answers));
    }

    /** Writes what has come since the last time; what could not be written is so the next time. */
    synchronized void save() throws IOException {
        for (PointAnswer answer = arrived.poll(); answer != null; answer = arrived.poll()) {
            Seed seed = answer.seed();
            SweepPoint point = points.get(seed);
            String failure = answer.failure();
            if (failure != null) {
                failed.put(seed, failure);
            } else if (point != null) {
                finished.put(seed, answer.values());
                unsaved.add(new SweepResult.Row(point, answer.values()));
            }
        }
        if (folder != null && !unsaved.isEmpty()) {
            folder.append(unsaved);
        }
        unsaved.clear();
    }

    /** Leaves one file, with also what another driver wrote meanwhile. */
    synchronized void tidy() throws IOException {
        if (folder != null) {
            folder.read(finished);
            folder.tidy(result().rows());
        }
    }

    synchronized SweepResult result() {
        return plan.result(finished, failed);
    }
}
