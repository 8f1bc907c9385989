package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.cli.model.SparkOption;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.DistributedEnsemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench spark}: the same ensemble by threads and on Spark. */
@Command(
        name = "spark",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an ensemble of Example 19 by threads of this process and on Spark, in turn, and prints seconds of each, what"
                    + " Spark takes more, and whether the results are equal to the last bit. The start of Spark is told apart.",
        })
final class SparkBench implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private SparkOption spark = new SparkOption();

    @Option(names = "--paths", paramLabel = "P", description = "Number of paths (default: ${DEFAULT-VALUE}).")
    private long paths = 1_000_000;

    @Option(names = "--steps", paramLabel = "S", description = "Number of steps (default: ${DEFAULT-VALUE}).")
    private int steps = 1000;

    @Option(
            names = "--threads",
            paramLabel = "T",
            description = "Threads that are set beside Spark (default: all processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--parts", paramLabel = "N", description = "Parts (default: four for each task at once).")
    private @Nullable Integer parts;

    @Option(names = "--rounds", paramLabel = "N", description = "Of both (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        if (!spark.isGiven()) {
            throw new ParameterException(spec.commandLine(), "--spark MASTER is missing, such as --spark local[2]");
        }
        if (!(rounds >= 1 && rounds <= 1000)) {
            throw new ParameterException(spec.commandLine(), "rounds must be from 1 to 1000, got " + rounds);
        }
        if (!(threads > 0)) {
            throw new ParameterException(spec.commandLine(), "threads must be positive, got " + threads);
        }
        if (!(steps > 0)) {
            throw new ParameterException(spec.commandLine(), "steps must be positive, got " + steps);
        }
        PrintWriter out = spec.commandLine().getOut();
        ExampleNineteen work = new ExampleNineteen(paths, steps, 1.5, 1e-3, 1);
        DistributedEnsemble distributed = DistributedEnsemble.of(work);
        if (parts != null) {
            distributed = distributed.parts(parts);
        }
        long begin = System.nanoTime();
        try (Cluster cluster = spark.cluster()) {
            // Starts executors and warms both up.
            ExampleNineteen small = new ExampleNineteen(Math.min(paths, 200_000), steps, 1.5, 1e-3, 2);
            DistributedEnsemble.of(small).run(cluster);
            out.printf(Locale.ROOT, "%s: ready in %.1f s%n", cluster, (System.nanoTime() - begin) * 1e-9);
            small.make().threads(threads).run();
            return measure(out, work, distributed, cluster);
        }
    }

    private int measure(PrintWriter out, ExampleNineteen work, DistributedEnsemble distributed, Cluster cluster)
            throws IOException {
        double[] here = new double[rounds];
        double[] there = new double[rounds];
        boolean equal = true;
        for (int n = 0; n < rounds; n++) {
            long begin = System.nanoTime();
            EnsembleResult threaded = work.make().threads(threads).run();
            here[n] = (System.nanoTime() - begin) * 1e-9;
            Path folder = Files.createTempDirectory("langevin4j");
            try {
                begin = System.nanoTime();
                EnsembleResult onSpark = distributed.keptIn(folder).run(cluster);
                there[n] = (System.nanoTime() - begin) * 1e-9;
                equal &= Arrays.equals(numbers(threaded), numbers(onSpark));
            } finally {
                clear(folder, n == 0 ? out : null);
            }
        }
        Arrays.sort(here);
        Arrays.sort(there);
        out.printf(
                Locale.ROOT,
                "%.3g path-steps: %d threads %.2f s, %s %.2f s (medians of %d), ratio %.3f%n",
                (double) paths * steps,
                threads,
                here[rounds / 2],
                cluster,
                there[rounds / 2],
                rounds,
                there[rounds / 2] / here[rounds / 2]);
        out.println("results " + (equal ? "are equal to the last bit" : "DIFFER"));
        out.flush();
        return equal ? 0 : 1;
    }

    private static double[] numbers(EnsembleResult result) {
        RunningMoments x = result.get(Moments.of(2));
        return new double[] {
            result.paths(),
            x.mean(0),
            x.mean(1),
            x.covariance(0, 0),
            x.covariance(0, 1),
            x.covariance(1, 1),
            x.standardError(0),
            x.standardError(1)
        };
    }

    private static void clear(Path folder, @Nullable PrintWriter out) throws IOException {
        long bytes = 0;
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                bytes += Files.size(file);
                count++;
                Files.delete(file);
            }
        }
        Files.delete(folder);
        if (out != null) {
            out.printf(Locale.ROOT, "%d parts sent %d bytes back%n", count, bytes);
        }
    }
}
