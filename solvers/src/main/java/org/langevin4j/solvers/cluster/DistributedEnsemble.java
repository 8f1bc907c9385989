package org.langevin4j.solvers.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.ensemble.BatchGeometry;
import org.langevin4j.solvers.ensemble.Cancellation;
import org.langevin4j.solvers.ensemble.CheckpointException;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.ProgressListener;

/**
 * An ensemble of paths on many machines. Each part is a range of the batches of the one plan, run by the kernels that one machine
 * runs, with random numbers keyed by the path; what the parts give is merged along the tree of the whole run. So the result is that
 * of {@link Ensemble#run} to the last bit, for any number of parts and machines and however often one was tried. Immutable.
 *
 * <pre>{@code
 * EnsembleResult result = DistributedEnsemble.of(() -> Ensemble.of(new DoubleWell(1.5).sde(Temperature.of(0.5)))
 *         .scheme(EulerMaruyama.withStep(0.01)).paths(1_000_000_000L).until(10).seed(7).observe(Moments.of(2)))
 *         .run(cluster);
 * }</pre>
 *
 * <p>Sent are the recipe, with each task, and back what the observables hold, at most 2 log₂(batches) times: of one size for
 * any number of paths, if they are moments, histograms and the like. A task needs the memory of an ensemble on its threads, and
 * that of its answer twice.
 */
public final class DistributedEnsemble {

    /** So that machines of different speed end together. */
    private static final int PARTS_EACH = 4;

    private static final Pattern PART = Pattern.compile("part-(\\d{1,9})-of-(\\d{1,9})");

    private final Recipe<Ensemble> recipe;
    private int parts;
    private @Nullable Path folder;
    private ProgressListener listener = progress -> {};
    private Cancellation cancellation = new Cancellation();

    private DistributedEnsemble(Recipe<Ensemble> recipe) {
        this.recipe = recipe;
    }

    private DistributedEnsemble(DistributedEnsemble other) {
        this(other.recipe);
        this.parts = other.parts;
        this.folder = other.folder;
        this.listener = other.listener;
        this.cancellation = other.cancellation;
    }

    /**
     * An ensemble to be run, in four parts for each task that the cluster does at once.
     *
     * @param recipe builds it, with scheme, end, seed and observables; how it is run (threads, checkpoint, shard) is not asked for
     * @return the ensemble
     */
    public static DistributedEnsemble of(Recipe<Ensemble> recipe) {
        return new DistributedEnsemble(Objects.requireNonNull(recipe, "recipe"));
    }

    /**
     * Sets the number of parts. It changes the time a run takes, never a bit of its result.
     *
     * @param value at least 1; no more than there are batches are used
     * @return the changed ensemble
     */
    public DistributedEnsemble parts(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("parts must be positive, got " + value);
        }
        DistributedEnsemble changed = new DistributedEnsemble(this);
        changed.parts = value;
        return changed;
    }

    /**
     * Keeps finished parts in a folder of this machine. Parts that are there are not computed again, so that a run that was
     * stopped or killed goes on; there are as many of them then as there were.
     *
     * @param value the folder; made if it is not there
     * @return the changed ensemble
     */
    public DistributedEnsemble keptIn(Path value) {
        DistributedEnsemble changed = new DistributedEnsemble(this);
        changed.folder = Objects.requireNonNull(value, "folder");
        return changed;
    }

    /**
     * Sets who hears how far the run is, after each part.
     *
     * @param value the listener
     * @return the changed ensemble
     */
    public DistributedEnsemble onProgress(ProgressListener value) {
        DistributedEnsemble changed = new DistributedEnsemble(this);
        changed.listener = Objects.requireNonNull(value, "listener");
        return changed;
    }

    /**
     * Sets what can stop the run.
     *
     * @param value the token
     * @return the changed ensemble
     */
    public DistributedEnsemble cancelledBy(Cancellation value) {
        DistributedEnsemble changed = new DistributedEnsemble(this);
        changed.cancellation = Objects.requireNonNull(value, "cancellation");
        return changed;
    }

    /**
     * Runs all paths.
     *
     * @param cluster does it
     * @return the results of the observables
     * @throws IllegalArgumentException if the recipe cannot be sent, with what it captures, or gives no seed of its own
     * @throws TaskFailedException if paths fail, with their numbers: what would fail everywhere is not tried again
     * @throws CancellationException if the run was stopped; parts that are kept stay
     * @throws CheckpointException if a kept part is damaged or of another problem
     */
    public EnsembleResult run(Cluster cluster) {
        Ensemble ensemble = Shipping.make(recipe);
        if (!ensemble.plan().seed().equals(Shipping.make(recipe).plan().seed())) {
            throw new IllegalArgumentException("recipe must give the ensemble a seed, the same each time");
        }
        try {
            if (folder != null) {
                return run(cluster, ensemble, Files.createDirectories(folder));
            }
            Path own = Files.createTempDirectory("langevin4j");
            try {
                return run(cluster, ensemble, own);
            } finally {
                for (Path file : files(own)) {
                    Files.delete(file);
                }
                Files.delete(own);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("finished parts cannot be kept: " + failed.getMessage(), failed);
        }
    }

    private EnsembleResult run(Cluster cluster, Ensemble ensemble, Path kept) throws IOException {
        PartRun run = PartRun.of(ensemble, count(cluster, ensemble, kept), kept, listener);
        try {
            cluster.run(run.missing(), new EnsemblePart(recipe, run.count()), cancellation, run);
        } catch (TaskFailedException failed) {
            throw run.named(failed);
        }
        return run.result();
    }

    /** As many parts as there were, where some are kept. */
    private int count(Cluster cluster, Ensemble ensemble, Path kept) throws IOException {
        for (Path file : files(kept)) {
            Matcher name = PART.matcher(file.getFileName().toString());
            if (name.matches()) {
                return Math.max(1, Integer.parseInt(name.group(2)));
            }
        }
        long wanted = parts > 0 ? parts : (long) PARTS_EACH * cluster.parallelism();
        return (int) Math.min(
                Math.min(wanted, 999_999_999), BatchGeometry.of(ensemble.plan()).batches());
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            stream.forEach(files::add);
        }
        files.sort(null);
        return files;
    }

    @Override
    public String toString() {
        return "ensemble for a cluster" + (parts > 0 ? " in " + parts + " parts" : "");
    }
}
