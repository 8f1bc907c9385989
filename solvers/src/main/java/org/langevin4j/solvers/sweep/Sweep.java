package org.langevin4j.solvers.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.Shipping;
import org.langevin4j.solvers.cluster.TaskFailedException;
import org.langevin4j.solvers.ensemble.Cancellation;

/**
 * The same computation at many parameters and seeds. Immutable; every setting gives a changed copy.
 *
 * <pre>{@code
 * SweepResult result = Sweep.over("lambda", 0.0, 0.5, 1.5).and("beta", 1.0, 4.0)
 *         .replicas(8).seed(42).writingTo(Path.of("sweep.csv"))
 *         .run(List.of("E[x²]", "error"), point -> {
 *             Sde sde = new DoubleWell(point.get("lambda")).sde(Temperature.of(1 / point.get("beta")));
 *             RunningMoments x = Ensemble.of(sde).scheme(EulerMaruyama.withStep(0.01)).paths(1000).until(10)
 *                     .seed(point.seed()).threads(1).observe(Moments.of(2)).run().get(Moments.of(2));
 *             return new double[] {x.secondMoment(0, 0), x.standardError(0)};
 *         });
 * }</pre>
 */
public final class Sweep {

    private final List<String> names;
    private final List<List<Double>> points;
    private int replicas = 1;
    private Seed seed = Seed.fresh();
    private int threads = Runtime.getRuntime().availableProcessors();
    private @Nullable Path file;
    private @Nullable Cluster cluster;
    private Consumer<SweepResult.Row> listener = row -> {};

    private Sweep(List<String> names, List<List<Double>> points) {
        names.forEach(SweepFile::requireName);
        if (new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("names must differ, got " + names);
        }
        if (points.isEmpty()) {
            throw new IllegalArgumentException("points must number at least 1, got 0");
        }
        if (new HashSet<>(points).size() != points.size()) {
            throw new IllegalArgumentException("points must differ from each other, got one of " + names
                    + " twice; for the same point again take replicas");
        }
        this.names = List.copyOf(names);
        this.points = List.copyOf(points);
    }

    private Sweep(Sweep other) {
        this(other, other.names, other.points);
    }

    private Sweep(Sweep other, List<String> names, List<List<Double>> points) {
        this(names, points);
        this.replicas = other.replicas;
        this.seed = other.seed;
        this.threads = other.threads;
        this.file = other.file;
        this.cluster = other.cluster;
        this.listener = other.listener;
    }

    private static List<Double> parameters(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("parameters must be numbers, got NaN");
            }
            list.add(value + 0.0);
        }
        return list;
    }

    /**
     * One parameter with several values.
     *
     * @param name of the parameter
     * @param values its values, all different
     * @return a sweep of one replica with a fresh seed that uses all processors
     */
    public static Sweep over(String name, double... values) {
        return new Sweep(
                List.of(name), parameters(values).stream().map(List::of).toList());
    }

    /**
     * Several parameters at given points that are no grid.
     *
     * @param names of the parameters
     * @param points values of all parameters at each point
     * @return a sweep of one replica with a fresh seed that uses all processors
     */
    public static Sweep at(List<String> names, double[][] points) {
        List<List<Double>> list = new ArrayList<>();
        for (double[] point : points) {
            if (point.length != names.size()) {
                throw new IllegalArgumentException(
                        "points must have " + names.size() + " values as there are names, got " + point.length);
            }
            list.add(parameters(point));
        }
        return new Sweep(names, list);
    }

    /**
     * One more parameter: each point so far with each of its values.
     *
     * @param name of the parameter
     * @param values its values, all different
     * @return the changed sweep; the new parameter changes fastest
     */
    public Sweep and(String name, double... values) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        List<List<Double>> product = new ArrayList<>();
        for (List<Double> point : points) {
            for (double value : parameters(values)) {
                List<Double> extended = new ArrayList<>(point);
                extended.add(value);
                product.add(extended);
            }
        }
        return new Sweep(this, more, product);
    }

    /**
     * Sets how often each point is computed, with seeds of their own.
     *
     * @param value at least 1
     * @return the changed sweep
     */
    public Sweep replicas(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("replicas must be positive, got " + value);
        }
        Sweep changed = new Sweep(this);
        changed.replicas = value;
        return changed;
    }

    /**
     * Sets the seed, from which those of all points follow.
     *
     * @param value any number
     * @return the changed sweep
     */
    public Sweep seed(long value) {
        return seed(Seed.of(value));
    }

    /**
     * Sets the seed, from which those of all points follow.
     *
     * @param value the seed
     * @return the changed sweep
     */
    public Sweep seed(Seed value) {
        Sweep changed = new Sweep(this);
        changed.seed = Objects.requireNonNull(value, "seed");
        return changed;
    }

    /**
     * Sets how many points are computed at once. It changes the time a sweep takes, never a bit of its result.
     *
     * @param value at least 1
     * @return the changed sweep
     */
    public Sweep threads(int value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("threads must be positive, got " + value);
        }
        Sweep changed = new Sweep(this);
        changed.threads = value;
        return changed;
    }

    /**
     * Computes the points on other machines instead of threads of this one, to the same bits. The function must be one that can be
     * sent. Points that an interruption finds under way are lost there.
     *
     * @param value the cluster
     * @return the changed sweep
     */
    public Sweep on(Cluster value) {
        Sweep changed = new Sweep(this);
        changed.cluster = Objects.requireNonNull(value, "cluster");
        return changed;
    }

    /**
     * Sets who hears of each point when it is finished, one at a time.
     *
     * @param value receives its row
     * @return the changed sweep
     */
    public Sweep onRow(Consumer<SweepResult.Row> value) {
        Sweep changed = new Sweep(this);
        changed.listener = Objects.requireNonNull(value, "listener");
        return changed;
    }

    /**
     * Writes each point to a CSV file as soon as it is finished. If the file is there already, the points in it are not
     * computed again: a killed sweep goes on, and one with more points or replicas adds to it; points that failed are tried
     * again. The file knows parameters, seeds and columns, not the function.
     *
     * @param csv the file; its columns are the parameters, {@code replica}, {@code seed} and what is computed
     * @return the changed sweep
     */
    public Sweep writingTo(Path csv) {
        Sweep changed = new Sweep(this);
        changed.file = Objects.requireNonNull(csv, "file");
        return changed;
    }

    /**
     * The points and replicas in their order.
     *
     * @return replicas of the first point, of the second, …
     */
    public List<SweepPoint> points() {
        List<SweepPoint> all = new ArrayList<>();
        for (List<Double> point : points) {
            for (int replica = 0; replica < replicas; replica++) {
                all.add(SweepPoint.of(names, point, replica, seed));
            }
        }
        return all;
    }

    /**
     * What is to be computed, for whatever computes it.
     *
     * @param columns names of the numbers that are computed at each point
     * @return its plan
     * @throws IllegalArgumentException if the columns are none, no names, or not all different
     */
    public SweepPlan plan(List<String> columns) {
        return SweepPlan.of(names, points(), columns);
    }

    /**
     * The CSV file that {@link #run} writes.
     *
     * @return the file, if there is one
     */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /**
     * Computes all points that are not in the file yet. An interruption of the calling thread lets the points under way end
     * and returns what is there; its interrupt status stays set.
     *
     * @param columns names of the numbers that the function gives
     * @param function what is computed at each point
     * @return a row for each finished point, also those of the file
     * @throws IllegalArgumentException if the file belongs to another sweep, or the function cannot be sent to a cluster
     * @throws TaskFailedException if a point takes down each machine of a cluster that tries it
     * @throws UncheckedIOException if the file cannot be written
     */
    public SweepResult run(List<String> columns, SweepFunction function) {
        Objects.requireNonNull(function, "function");
        SweepPlan plan = plan(columns);
        SweepFile journal = file == null ? null : new SweepFile(file, names, columns);
        Map<Seed, List<Double>> finished = journal == null ? new HashMap<>() : journal.read();
        Map<Seed, String> failed = new HashMap<>();
        if (journal == null) {
            compute(plan, function, finished, failed, (point, outcome) -> {});
        } else {
            plan.requireOurs("sweep file " + file, finished.keySet());
            try (BufferedWriter writer = journal.append()) {
                compute(plan, function, finished, failed, (point, outcome) -> {
                    writer.write(journal.line(new SweepResult.Row(point, outcome.values())));
                    writer.flush();
                });
            } catch (IOException exception) {
                throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
            }
        }
        SweepResult result = plan.result(finished, failed);
        if (journal != null) {
            try {
                journal.rewrite(result.rows());
            } catch (IOException exception) {
                throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
            }
        }
        return result;
    }

    /** Takes in what came of a point. */
    @FunctionalInterface
    private interface Sink {
        void put(SweepPoint point, SweepOutcome outcome) throws IOException;
    }

    private void compute(
            SweepPlan plan,
            SweepFunction function,
            Map<Seed, List<Double>> finished,
            Map<Seed, String> failed,
            Sink sink) {
        List<SweepPoint> missing = plan.points().stream()
                .filter(point -> !finished.containsKey(point.seed()))
                .toList();
        Sink taken = (point, outcome) -> {
            synchronized (finished) {
                if (outcome.failure() != null) {
                    failed.put(point.seed(), outcome.failure());
                    return;
                }
                finished.put(point.seed(), outcome.values());
                sink.put(point, outcome);
                listener.accept(new SweepResult.Row(point, outcome.values()));
            }
        };
        int columns = plan.columns().size();
        if (cluster == null) {
            onThreads(missing, columns, function, taken);
        } else if (!missing.isEmpty()) {
            onCluster(cluster, missing, columns, function, taken);
        }
    }

    private void onCluster(
            Cluster machines, List<SweepPoint> missing, int columns, SweepFunction function, Sink taken) {
        Shipping.require("function", function);
        List<Integer> numbers = IntStream.range(0, missing.size()).boxed().toList();
        try {
            machines.run(numbers, new SweepTask(missing, columns, function), new Cancellation(), (number, answer) -> {
                try {
                    taken.put(missing.get(number), SweepTask.outcome(answer));
                } catch (IOException exception) {
                    throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
                }
            });
        } catch (TaskFailedException lost) {
            throw lost.number() < 0
                    ? lost
                    : new TaskFailedException(lost.number(), missing.get(lost.number()) + ": " + lost.getMessage());
        }
    }

    private void onThreads(List<SweepPoint> missing, int columns, SweepFunction function, Sink taken) {
        AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "sweep");
            thread.setDaemon(true);
            return thread;
        });
        Consumer<Throwable> stop = thrown -> {
            fatal.compareAndSet(null, thrown);
            stopped.set(true);
        };
        for (SweepPoint point : missing) {
            pool.execute(() -> {
                if (stopped.get()) {
                    return;
                }
                try {
                    taken.put(point, SweepOutcome.of(function, point, columns));
                } catch (VirtualMachineError | IOException exception) {
                    stop.accept(exception);
                }
            });
        }
        pool.shutdown();
        await(pool, stopped);
        Throwable thrown = fatal.get();
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof IOException exception) {
            throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
        }
    }

    /** Waits for the end; an interruption takes away what has not begun, and what is under way comes to its end. */
    private static void await(ExecutorService pool, AtomicBoolean stopped) {
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException exception) {
                interrupted = true;
                stopped.set(true);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "sweep over " + names + ", " + points.size() + " points, " + replicas
                + (replicas == 1 ? " replica" : " replicas");
    }
}
