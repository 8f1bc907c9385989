package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Boundary;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.Potential;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.fokkerplanck.Evolution;
import org.langevin4j.solvers.fokkerplanck.FokkerPlanck;
import org.langevin4j.solvers.fokkerplanck.HittingProblem;
import org.langevin4j.solvers.fokkerplanck.SteadyState;
import org.langevin4j.solvers.markov.SteadyStateMethod;
import org.langevin4j.solvers.path.CharacteristicFronts;
import org.langevin4j.solvers.path.QuasiPotential;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code bench em}, {@code bench fp} and {@code bench qp}: the speed of a solver, to be set beside other programs. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the speed of a solver.",
        subcommands = {
            BenchCommand.EulerMaruyamaBench.class,
            BenchCommand.FokkerPlanckBench.class,
            BenchCommand.QuasiPotentialBench.class,
            EnsembleBench.class,
            NetworkBench.class,
            SparkBench.class
        })
final class BenchCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "what to measure is missing: em, fp, qp, ensembles, networks or spark");
        }
    }

    /** Euler–Maruyama on Example 19 from (0.5, 0), the moments at the end. */
    @Command(
            name = "em",
            mixinStandardHelpOptions = true,
            description = {
                "Runs an Euler–Maruyama ensemble of Example 19 from (0.5, 0) and prints path-steps per second and the"
                        + " moments E[x], E[y], E[x²], E[y²], E[xy].",
                "-Dlangevin4j.vector=off before -jar keeps off the vector unit."
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
            if (!(warmup >= 0.0 && warmup <= Double.MAX_VALUE)) {
                throw new ParameterException(
                        spec.commandLine(), "warmup must be finite and not negative, got " + warmup);
            }
            // Checks the number before any work.
            Ensemble timed = new ExampleNineteen(paths, steps, lambda, stepSize, seed)
                    .make()
                    .threads(threads);
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < warmup * 1e9) {
                timed.paths(Math.min(paths, 4096L * threads)).run();
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

    /** The steady state of Example 19 on a square. */
    @Command(
            name = "fp",
            mixinStandardHelpOptions = true,
            description = {
                "Finds the steady state of Example 19 on [-3, 3]² by the Fokker–Planck equation and prints seconds of"
                        + " construction and solution, the first time and the best of all, residuals, iterations and the L¹"
                        + " distance to exp(−Φ).",
                "A pass is one product of the generator with a vector, on one thread, the best of 20. The heap is the most that"
                        + " was in use, with what had not been collected yet: -Xmx before -jar shows with how little it goes.",
                "In three dimensions the third coordinate is an Ornstein–Uhlenbeck process of its own.",
                "With --step instead: seconds and passes of one implicit Euler step from a narrow Gaussian: the first with"
                        + " its preparation, while the code is not compiled yet, and the fastest of --repeats, the preparation apart:"
                        + " the compiler needs some ten of them.",
                "With --passage instead: seconds of the mean time to a first hit of the disc of radius 0.2 around (1, 0), from"
                        + " all cells."
            })
    static final class FokkerPlanckBench implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--cells", paramLabel = "N", description = "Cells along each axis (default: ${DEFAULT-VALUE}).")
        private int cells = 512;

        @Option(names = "--lambda", paramLabel = "L", description = "λ of Example 19 (default: ${DEFAULT-VALUE}).")
        private double lambda = 1.5;

        @Option(names = "--dimension", paramLabel = "D", description = "2 or 3 (default: ${DEFAULT-VALUE}).")
        private int dimension = 2;

        @Option(
                names = "--method",
                paramLabel = "M",
                description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
        private SteadyStateMethod method = SteadyStateMethod.AUTOMATIC;

        @Option(
                names = "--repeats",
                paramLabel = "R",
                description = "How often it is built and solved, or the step taken (default: ${DEFAULT-VALUE}).")
        private int repeats = 3;

        @Option(names = "--step", paramLabel = "H", description = "Measure implicit steps of this length.")
        private @Nullable Double step;

        @Option(names = "--passage", description = "Measure the mean time of a first passage.")
        private boolean passage;

        @Override
        public Integer call() {
            if (spec == null) {
                throw new IllegalStateException("the command line was not parsed");
            }
            if (!(dimension == 2 || dimension == 3)) {
                throw new ParameterException(spec.commandLine(), "dimension must be 2 or 3, got " + dimension);
            }
            if (!(repeats > 0)) {
                throw new ParameterException(spec.commandLine(), "repeats must be positive, got " + repeats);
            }
            if (step != null && !(step > 0.0 && step <= Double.MAX_VALUE)) {
                throw new ParameterException(spec.commandLine(), "step must be positive and finite, got " + step);
            }
            requireOneMeasurement(spec);
            DoubleWell well = new DoubleWell(lambda);
            VectorField plane = well.sde(Temperature.of(1.0)).drift();
            VectorField drift = (x, out) -> {
                plane.at(x, out);
                if (x.length == 3) {
                    out[2] = -x[2];
                }
            };
            ScalarField potential = x -> well.potential().at(x) + (x.length == 3 ? 0.5 * x[2] * x[2] : 0.0);
            Axis[] axes = new Axis[dimension];
            Arrays.fill(axes, Axis.uniform(-3.0, 3.0, cells));
            Sde sde = Sde.ito(drift, Diffusion.isotropic(dimension, 1.0), Temperature.of(1.0));
            PrintWriter out = spec.commandLine().getOut();
            long begin = System.nanoTime();
            FokkerPlanck equation = FokkerPlanck.of(sde, Grid.of(axes), Boundary.REFLECTING);
            double build = (System.nanoTime() - begin) * 1e-9;
            if (step != null) {
                measureSteps(out, equation, build, step, repeats);
                return 0;
            }
            if (passage) {
                measurePassage(out, equation, build, repeats);
                return 0;
            }
            SteadyState steady = equation.steadyState(method);
            double solve = steady.wallTime().toNanos() * 1e-9;
            double leastBuild = build;
            double leastSolve = solve;
            for (int n = 1; n < repeats; n++) {
                begin = System.nanoTime();
                equation = FokkerPlanck.of(sde, equation.grid(), Boundary.REFLECTING);
                leastBuild = Math.min(leastBuild, (System.nanoTime() - begin) * 1e-9);
                steady = equation.steadyState(method);
                leastSolve = Math.min(leastSolve, steady.wallTime().toNanos() * 1e-9);
            }
            double heap = peakOfHeap();
            int states = equation.generator().states();
            double pass = pass(equation);
            double distance =
                    steady.density().l1Distance(Density.gibbs(equation.grid(), potential, Temperature.of(1.0)));
            out.println(String.format(
                    Locale.ROOT,
                    "%d cells: first build %.3f s, solve %.3f s; best of %d: build %.3f s, solve %.3f s (%s, %d iterations),"
                            + " together %.2f µs a cell",
                    states,
                    build,
                    solve,
                    repeats,
                    leastBuild,
                    leastSolve,
                    steady.method().name().toLowerCase(Locale.ROOT),
                    steady.iterations(),
                    (leastBuild + leastSolve) * 1e6 / states));
            out.println(String.format(
                    Locale.ROOT,
                    "a pass takes %.2f ms: first build %.0f, solve %.0f passes; best build %.0f, solve %.0f; heap at most %.0f"
                            + " bytes a cell",
                    pass * 1e3,
                    build / pass,
                    solve / pass,
                    leastBuild / pass,
                    leastSolve / pass,
                    heap / states));
            out.println(String.format(
                    Locale.ROOT,
                    "residual %.2e, componentwise %.2e, L1 distance to exp(-Phi) %.6e",
                    steady.residual(),
                    steady.componentwiseResidual(),
                    distance));
            out.flush();
            return 0;
        }

        /** Refuses options of what is not measured. */
        private static void requireOneMeasurement(CommandSpec spec) {
            refuse(spec, "--step", "--passage", "they measure different things");
            refuse(spec, "--step", "--method", "it is for steady states");
            refuse(spec, "--passage", "--method", "it is for steady states");
        }

        private static void refuse(CommandSpec spec, String option, String other, String why) {
            ParseResult given = spec.commandLine().getParseResult();
            if (given.hasMatchedOption(option) && given.hasMatchedOption(other)) {
                throw new ParameterException(
                        spec.commandLine(), other + " must not be given with " + option + ": " + why);
            }
        }

        /** The most bytes that the pools of the heap have held so far. */
        private static double peakOfHeap() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToDouble(pool -> pool.getPeakUsage().getUsed())
                    .sum();
        }

        /** Seconds of one product of the generator with a vector. */
        private static double pass(FokkerPlanck equation) {
            double[] p = new double[equation.generator().states()];
            double[] product = new double[p.length];
            Arrays.fill(p, 1.0);
            double pass = Double.POSITIVE_INFINITY;
            for (int n = 0; n < 20; n++) {
                long begin = System.nanoTime();
                equation.generator().times(p, product);
                pass = Math.min(pass, (System.nanoTime() - begin) * 1e-9);
            }
            return pass;
        }

        private static void measurePassage(PrintWriter out, FokkerPlanck equation, double build, int repeats) {
            double[] left = new double[equation.grid().dimension()];
            left[0] = -1.0;
            out.println(String.format(
                    Locale.ROOT, "%d cells: build %.3f s", equation.generator().states(), build));
            for (int n = 0; n < repeats; n++) {
                long begin = System.nanoTime();
                CellFunction time = HittingProblem.of(equation, x -> Math.hypot(x[0] - 1.0, x[1]) < 0.2)
                        .meanTime();
                out.println(String.format(
                        Locale.ROOT,
                        "%s: mean time to the disc in %.3f s; from the cell around (-1, 0) %.10g",
                        n == 0 ? "cold" : "again",
                        (System.nanoTime() - begin) * 1e-9,
                        time.value(equation.grid().cellOf(left))));
                out.flush();
            }
        }

        private static void measureSteps(
                PrintWriter out, FokkerPlanck equation, double build, double step, int repeats) {
            double[] mean = new double[equation.grid().dimension()];
            mean[0] = 0.5;
            Density start = Density.gaussian(equation.grid(), mean, 0.2);
            double pass = pass(equation);
            out.println(String.format(
                    Locale.ROOT,
                    "%d cells: build %.3f s, a pass %.2f ms",
                    equation.generator().states(),
                    build,
                    pass * 1e3));
            double cold = seconds(equation.evolve(start, step, 1));
            int more = 5;
            double one = Double.POSITIVE_INFINITY;
            double several = Double.POSITIVE_INFINITY;
            for (int n = 0; n < repeats; n++) {
                one = Math.min(one, seconds(equation.evolve(start, step, 1)));
                several = Math.min(several, seconds(equation.evolve(start, step, 1 + more)));
            }
            double each = (several - one) / more;
            pass = Math.min(pass, pass(equation));
            out.println(String.format(
                    Locale.ROOT,
                    "cold: a step of %s with its preparation takes %.4f s, %.1f passes",
                    step,
                    cold,
                    cold / pass));
            out.println(String.format(
                    Locale.ROOT,
                    "warm: a step of %s takes %.4f s, %.1f passes; prepared in %.3f s",
                    step,
                    each,
                    each / pass,
                    one - each));
            out.flush();
        }

        private static double seconds(Evolution evolution) {
            return evolution.diagnostics().wallTime().toNanos() * 1e-9;
        }
    }

    /** The quasi-potential of a linear rotation, and of a double well with the same rotation. */
    @Command(
            name = "qp",
            mixinStandardHelpOptions = true,
            description = {
                "Computes the quasi-potential of b = −(x + ωy, y − ωx) on N×N cells of [-1, 1]² once, from a cold start, and"
                        + " prints seconds and the largest error against (x² + y²)/2; then the same for b = −∇Φ + ωJ∇Φ with"
                        + " Φ = (x² − 1)²/4 + y²/2 on [-1.8, 0.2]×[-1, 1], where Φ < 1/5 left of the saddle.",
            })
    static final class QuasiPotentialBench implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--cells", paramLabel = "N", description = "Cells along each axis (default: ${DEFAULT-VALUE}).")
        private int cells = 1025;

        @Option(
                names = "--omega",
                paramLabel = "W",
                description = "ω, strength of rotation (default: ${DEFAULT-VALUE}).")
        private double omega = 1.0;

        @Option(
                names = "--spacing",
                paramLabel = "S",
                description = "Distance of markers in cells (default: ${DEFAULT-VALUE}).")
        private double spacing = 3.0;

        @Override
        public Integer call() {
            if (spec == null) {
                throw new IllegalStateException("the command line was not parsed");
            }
            if (!(cells >= 16)) {
                throw new ParameterException(spec.commandLine(), "cells must be at least 16, got " + cells);
            }
            if (!(Math.abs(omega) <= Double.MAX_VALUE)) {
                throw new ParameterException(spec.commandLine(), "omega must be finite, got " + omega);
            }
            VectorField linear = (x, out) -> {
                out[0] = -(x[0] + omega * x[1]);
                out[1] = -(x[1] - omega * x[0]);
            };
            report(
                    "linear rotation",
                    linear,
                    Grid.square(-1.0, 1.0, cells),
                    new double[2],
                    x -> 0.5 * (x[0] * x[0] + x[1] * x[1]),
                    2.0);
            Potential well = new DoubleWell(0.0).potential();
            VectorField rotating = (x, out) -> {
                double slope = x[0] * (x[0] * x[0] - 1.0);
                out[0] = -slope - omega * x[1];
                out[1] = -x[1] + omega * slope;
            };
            report(
                    "double well",
                    rotating,
                    Grid.of(Axis.uniform(-1.8, 0.2, cells), Axis.uniform(-1.0, 1.0, cells)),
                    new double[] {-1.0, 0.0},
                    x -> x[0] < 0.0 ? well.at(x) : Double.POSITIVE_INFINITY,
                    0.2);
            return 0;
        }

        private void report(
                String name, VectorField drift, Grid grid, double[] attractor, ScalarField exact, double below) {
            QuasiPotential v = CharacteristicFronts.of(drift, Diffusion.isotropic(2, 1.0))
                    .withSpacing(spacing)
                    .around(grid, attractor);
            double error = 0.0;
            double[] centre = new double[2];
            for (int cell = 0; cell < grid.cells(); cell++) {
                grid.centre(cell, centre);
                double expected = exact.at(centre);
                if (expected < below) {
                    error = Math.max(error, Math.abs(v.value(cell) - expected));
                }
            }
            PrintWriter out = Objects.requireNonNull(spec, "spec").commandLine().getOut();
            out.println(String.format(
                    Locale.ROOT,
                    "%s, omega %s: %.3f s, maximal error %.2e, %d of %d cells reached by fronts, %d filled, %d fronts, %d markers",
                    name,
                    omega,
                    v.wallTime().toNanos() * 1e-9,
                    error,
                    v.reached() - v.ordered(),
                    grid.cells(),
                    v.ordered(),
                    v.fronts(),
                    v.markers()));
            out.flush();
        }
    }
}
