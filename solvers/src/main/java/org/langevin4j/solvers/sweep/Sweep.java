package org.langevin4j.solvers.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;

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
     * Computes all points that are not in the file yet. An interruption of the calling thread lets the points under way end
     * and returns what is there; its interrupt status stays set.
     *
     * @param columns names of the numbers that the function gives
     * @param function what is computed at each point
     * @return a row for each finished point, also those of the file
     * @throws IllegalArgumentException if the file belongs to another sweep
     * @throws UncheckedIOException if the file cannot be written
     */
    public SweepResult run(List<String> columns, SweepFunction function) {
        Objects.requireNonNull(function, "function");
        columns.forEach(SweepFile::requireName);
        List<String> titles = new ArrayList<>(names);
        titles.addAll(columns);
        if (columns.isEmpty() || new HashSet<>(titles).size() != titles.size()) {
            throw new IllegalArgumentException(
                    "columns must be at least one, and differ from each other and from the parameters, got " + columns);
        }
        List<SweepPoint> plan = points();
        SweepFile journal = file == null ? null : new SweepFile(file, names, columns);
        Map<Seed, List<Double>> finished = journal == null ? new HashMap<>() : journal.read();
        Map<SweepPoint, String> failed = new HashMap<>();
        if (journal == null) {
            compute(plan, columns.size(), function, finished, failed, row -> {});
        } else {
            requireOurs(plan, finished);
            try (BufferedWriter writer = journal.append()) {
                compute(plan, columns.size(), function, finished, failed, row -> {
                    writer.write(journal.line(row));
                    writer.flush();
                });
            } catch (IOException exception) {
                throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
            }
        }
        List<SweepResult.Row> rows = new ArrayList<>();
        List<SweepResult.Failure> failures = new ArrayList<>();
        for (SweepPoint point : plan) {
            List<Double> values = finished.get(point.seed());
            String message = failed.get(point);
            if (values != null) {
                rows.add(new SweepResult.Row(point, values));
            } else if (message != null) {
                failures.add(new SweepResult.Failure(point, message));
            }
        }
        if (journal != null) {
            try {
                journal.rewrite(rows);
            } catch (IOException exception) {
                throw new UncheckedIOException("sweep file " + file + " cannot be written", exception);
            }
        }
        return new SweepResult(columns, rows, failures, plan.size());
    }

    /** A file all of whose points are strangers is of another seed, and one that would lose some is of another plan. */
    private void requireOurs(List<SweepPoint> plan, Map<Seed, List<Double>> finished) {
        HashSet<Seed> seeds = new HashSet<>();
        plan.forEach(point -> seeds.add(point.seed()));
        long strangers = finished.keySet().stream()
                .filter(known -> !seeds.contains(known))
                .count();
        if (strangers > 0) {
            throw new IllegalArgumentException("sweep file " + file + " holds " + strangers + " of " + finished.size()
                    + " points that are not in this sweep: another seed, or other parameters");
        }
    }

    /** Takes in a finished row. */
    @FunctionalInterface
    private interface Sink {
        void put(SweepResult.Row row) throws IOException;
    }

    private void compute(
            List<SweepPoint> plan,
            int columns,
            SweepFunction function,
            Map<Seed, List<Double>> finished,
            Map<SweepPoint, String> failed,
            Sink sink) {
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
        for (SweepPoint point : plan) {
            if (finished.containsKey(point.seed())) {
                continue;
            }
            pool.execute(() -> {
                if (stopped.get()) {
                    return;
                }
                List<Double> values;
                try {
                    values = numbers(function.at(point), columns);
                } catch (VirtualMachineError exception) {
                    stop.accept(exception);
                    return;
                } catch (Exception | LinkageError | AssertionError exception) {
                    synchronized (finished) {
                        failed.put(point, oneLine(exception));
                    }
                    return;
                }
                synchronized (finished) {
                    finished.put(point.seed(), values);
                    try {
                        sink.put(new SweepResult.Row(point, values));
                    } catch (IOException exception) {
                        stop.accept(exception);
                    }
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

    private static List<Double> numbers(double @Nullable [] numbers, int columns) {
        if (numbers == null || numbers.length != columns) {
            throw new IllegalArgumentException("function must give " + columns + " numbers as there are columns, got "
                    + (numbers == null ? "null" : numbers.length));
        }
        return Arrays.stream(numbers).boxed().toList();
    }

    private static String oneLine(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown.getClass().getSimpleName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
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
