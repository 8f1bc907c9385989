package org.langevin4j.solvers.cluster;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.langevin4j.solvers.ensemble.BatchGeometry;
import org.langevin4j.solvers.ensemble.Cancellation;
import org.langevin4j.solvers.ensemble.CheckpointException;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsemblePlan;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.ShardRange;

/** Runs one shard of an ensemble. Its answer is the checkpoint, or why there can be none, with a byte before it that says which. */
final class EnsemblePart implements Cluster.Task {

    private static final long serialVersionUID = 1L;

    private static final Duration AT_THE_END = Duration.ofDays(10_000);

    private static final byte DONE = 0;
    private static final byte FAILED = 1;
    private static final byte STOPPED = 2;

    private final Recipe<Ensemble> recipe;
    private final int count;

    EnsemblePart(Recipe<Ensemble> recipe, int count) {
        this.recipe = recipe;
        this.count = count;
    }

    @Override
    public byte[] answer(int index, Cluster.Worker worker) throws Exception {
        Ensemble ensemble = recipe.make();
        Cancellation cancellation = new Cancellation();
        Path file = Files.createTempFile("langevin4j", ".part");
        try {
            EnsembleResult result = ensemble.shard(index, count)
                    .threads(worker.threads())
                    .checkpoint(file, AT_THE_END)
                    .cancelledBy(cancellation)
                    .onProgress(progress -> {
                        if (worker.isStopped()) {
                            cancellation.cancel();
                        }
                    })
                    .run();
            if (result.checkpointFailure().isPresent()) {
                throw result.checkpointFailure().get();
            }
            return result.isComplete() ? marked(DONE, Files.readAllBytes(file)) : marked(STOPPED, new byte[0]);
        } catch (CheckpointException | UncheckedIOException disk) {
            // Of this machine: another try may be on a better one.
            throw disk;
        } catch (RuntimeException failed) {
            // The same paths fail in the same way everywhere.
            return marked(FAILED, failed.toString().getBytes(StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static byte[] marked(byte mark, byte[] content) {
        byte[] all = new byte[1 + content.length];
        all[0] = mark;
        System.arraycopy(content, 0, all, 1, content.length);
        return all;
    }

    /** Whether an answer has a checkpoint, from its second byte on. */
    static boolean isDone(byte[] answer) {
        return answer[0] == DONE;
    }

    /** Why it has none; empty if it was stopped. */
    static String failure(byte[] answer) {
        return answer[0] == FAILED ? new String(answer, 1, answer.length - 1, StandardCharsets.UTF_8) : "";
    }

    /** The paths of a shard, in words. */
    static String paths(EnsemblePlan plan, int index, int count) {
        ShardRange range = ShardRange.of(plan, index, count);
        BatchGeometry geometry = BatchGeometry.of(plan);
        return "paths " + geometry.firstPath(range.first()) + " to " + (geometry.firstPath(range.end()) - 1) + ", part "
                + range;
    }

    @Override
    public String toString() {
        return "a part of " + count;
    }
}
