package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench em}: the speed of an ensemble, to be set beside other programs. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the speed of a solver.",
        subcommands = BenchCommand.EulerMaruyamaBench.class)
final class BenchCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "what to measure is missing: em");
        }
    }

    /** Euler–Maruyama on Example 19 from (0.5, 0), the moments at the end. */
    @Command(
            name = "em",
            mixinStandardHelpOptions = true,
            description = {
                "Runs an Euler–Maruyama ensemble of Example 19 from (0.5, 0) and prints path-steps per second and the"
                        + " moments E[x], E[y], E[x²], E[y²], E[xy].",
                "For the vector unit start Java with --add-modules jdk.incubator.vector."
            })
    static final class EulerMaruyamaBench implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--paths", paramLabel = "P", description = "Number of paths (default: ${DEFAULT-VALUE}).")
        private long paths = 1_000_000;

        @Option(names = "--steps", paramLabel = "S", description = "Number of steps (default: ${DEFAULT-VALUE}).")
        private int steps = 1000;

        @Option(names = "--threads", paramLabel = "T", description = "Number of threads (default: all processors).")
        private int threads = Runtime.getRuntime().availableProcessors();

        @Option(names = "--model", paramLabel = "NAME", description = "Only example-19.")
        private String model = "example-19";

        @Option(names = "--lambda", paramLabel = "L", description = "λ of Example 19 (default: ${DEFAULT-VALUE}).")
        private double lambda = 1.5;

        @Option(names = "--dt", paramLabel = "H", description = "Step (default: ${DEFAULT-VALUE}).")
        private double stepSize = 1e-3;

        @Option(names = "--seed", paramLabel = "N", description = "Seed (default: ${DEFAULT-VALUE}).")
        private long seed = 1;

        @Option(
                names = "--warmup",
                paramLabel = "S",
                description = "Seconds of the same work before the clock starts (default: ${DEFAULT-VALUE}).")
        private double warmup = 1.0;

        @Override
        public Integer call() {
            if (spec == null) {
                throw new IllegalStateException("the command line was not parsed");
            }
            if (!model.equals("example-19")) {
                throw new ParameterException(
                        spec.commandLine(), "no model is called '" + model + "'; there is example-19");
            }
            if (!(steps > 0)) {
                throw new ParameterException(spec.commandLine(), "steps must be positive, got " + steps);
            }
            Ensemble ensemble = Ensemble.of(new DoubleWell(lambda).sde(Temperature.of(1.0)))
                    .scheme(EulerMaruyama.withStep(stepSize))
                    .until(steps * stepSize)
                    .startingAt(0.5, 0.0)
                    .seed(Seed.of(seed))
                    .threads(threads)
                    .observe(Moments.of(2));
            // Checks the number before any work.
            Ensemble timed = ensemble.paths(paths);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < warmup * 1e9) {
                ensemble.paths(Math.min(paths, 4096L * threads)).run();
            }
            EnsembleResult result = timed.run();
            RunningMoments moments = result.get(Moments.of(2));
            double seconds = result.wallTime().toNanos() * 1e-9;
            double pathSteps = (double) paths * steps;
            PrintWriter out = spec.commandLine().getOut();
            out.println(String.format(
                    Locale.ROOT,
                    "%.4g path-steps/s, %.3f s, %.2f ns per path-step and thread (%s, %d threads)",
                    pathSteps / seconds,
                    seconds,
                    seconds * 1e9 * threads / pathSteps,
                    BlockMath.implementation(),
                    threads));
            out.println(String.format(
                    Locale.ROOT,
                    "%.6g %.6g %.6g %.6g %.6g",
                    moments.mean(0),
                    moments.mean(1),
                    moments.secondMoment(0, 0),
                    moments.secondMoment(1, 1),
                    moments.secondMoment(0, 1)));
            out.flush();
            return 0;
        }
    }
}
