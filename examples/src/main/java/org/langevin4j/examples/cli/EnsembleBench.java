package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Event;
import org.langevin4j.solvers.ensemble.FirstPassage;
import org.langevin4j.solvers.ensemble.FunctionMoments;
import org.langevin4j.solvers.sde.EulerMaruyama;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench ensembles}: what drifts of one's own, stops, silent noises and many coordinates cost. */
@Command(
        name = "ensembles",
        mixinStandardHelpOptions = true,
        description = {
            "Runs Euler–Maruyama ensembles on one thread and prints ns a coordinate-step of the paths under way, cold (first"
                    + " run) and warm (least of the runs of the last half), and the ratio of the warm time to that of the row"
                    + " it is set beside.",
            "examples/benchmarks/rivals/em_lambda.py runs the drift of the first rows with Numba, and prints the same figure.",
            "-Dlangevin4j.vector=off before -jar keeps off the vector unit."
        })
final class EnsembleBench implements Callable<Integer> {

    private static final double LAMBDA = 1.5;
    private static final double STEP = 1e-3;

    /** Paths come in whole blocks of the least size, that of the most coordinates. */
    private static final int BLOCK = 16;

    private static final FunctionMoments OBSERVED = FunctionMoments.of((x, out) -> out[0] = x[0], 1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--coordinate-steps",
            paramLabel = "N",
            description = "Of a run, about (default: ${DEFAULT-VALUE}).")
    private long coordinateSteps = 20_000_000;

    @Option(names = "--runs", paramLabel = "R", description = "Of each row (default: ${DEFAULT-VALUE}).")
    private int runs = 6;

    /** Nanoseconds a coordinate-step. */
    private record Cost(double cold, double warm) {}

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        if (!(coordinateSteps >= 100_000)) {
            throw new ParameterException(
                    spec.commandLine(), "coordinate-steps must be at least 100000, got " + coordinateSteps);
        }
        if (!(runs >= 2)) {
            throw new ParameterException(spec.commandLine(), "runs must be at least 2, got " + runs);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(BlockMath.implementation() + ", 1 thread");
        out.printf(Locale.ROOT, "%-48s %8s %8s %8s%n", "", "cold", "warm", "ratio");
        Cost kernel = row(out, "Example 19, kernel of the library", plane(model()), null);
        row(out, "Example 19, a block at a time", plane(sde(blocks(), 2)), kernel);
        row(out, "Example 19, lambda of one state", plane(sde(EnsembleBench::exampleNineteen, 2)), kernel);
        Cost plain = row(out, "Ornstein-Uhlenbeck, d = 2", ensemble(2, 2), null);
        row(out, "the same until a path is 1 from its start", passage(), plain);
        Cost full = row(out, "Ornstein-Uhlenbeck, d = 1000", ensemble(1000, 1000), plain);
        row(out, "d = 1000 with 2 noises, beside 1000", ensemble(1000, 2), full);
        Cost hundred = row(out, "Ornstein-Uhlenbeck, d = 100", ensemble(100, 100), plain);
        row(out, "d = 10000, beside 100", ensemble(10_000, 10_000), hundred);
        return 0;
    }

    /** An ensemble of a number of coordinates. */
    private record Case(
            int dimension, Ensemble ensemble, @Nullable FirstPassage passage) {}

    private Cost row(PrintWriter out, String name, Case one, @Nullable Cost beside) {
        double cold = 0.0;
        double warm = Double.POSITIVE_INFINITY;
        for (int run = 0; run < runs; run++) {
            EnsembleResult result = one.ensemble.run();
            double each = result.wallTime().toNanos() / (livingSteps(result, one.passage) * one.dimension);
            if (run == 0) {
                cold = each;
            }
            if (2 * run >= runs) {
                warm = Math.min(warm, each);
            }
        }
        out.printf(
                Locale.ROOT,
                "%-48s %8.2f %8.2f %8s%n",
                name,
                cold,
                warm,
                beside == null ? "" : String.format(Locale.ROOT, "%.2f", warm / beside.warm));
        out.flush();
        return new Cost(cold, warm);
    }

    /** Steps of all paths until each stops. */
    private static double livingSteps(EnsembleResult result, @Nullable FirstPassage passage) {
        double all = (double) result.paths() * result.steps();
        if (passage == null) {
            return all;
        }
        FirstPassage.Times times = result.get(passage);
        double stopped =
                times.passed() == 0 ? 0.0 : times.passed() * times.moments().mean(0) / STEP;
        return stopped + (double) times.censored() * result.steps();
    }

    private static Sde model() {
        return new DoubleWell(LAMBDA).sde(Temperature.of(1.0));
    }

    private static Sde sde(VectorField drift, int dimension) {
        return Sde.ito(drift, Diffusion.isotropic(dimension, 1.0), Temperature.of(1.0));
    }

    private Case plane(Sde sde) {
        return new Case(2, started(sde, 2, 400), null);
    }

    private Ensemble started(Sde sde, int dimension, int steps) {
        double[] start = new double[dimension];
        Arrays.fill(start, 0.5);
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(STEP))
                .paths(BLOCK * (1 + (coordinateSteps - 1) / ((long) BLOCK * dimension * steps)))
                .until(steps * STEP)
                .startingAt(start)
                .seed(1)
                .threads(1)
                .observe(OBSERVED);
    }

    /** −x in each coordinate, with unit noise in the first ones. */
    private Case ensemble(int dimension, int noises) {
        double[] diffusion = new double[dimension];
        Arrays.fill(diffusion, 0, noises, 1.0);
        Sde sde = Sde.ito(relaxation(), Diffusion.diagonal(diffusion), Temperature.of(1.0));
        return new Case(dimension, started(sde, dimension, dimension > 2 ? 50 : 400), null);
    }

    /** Paths stop when they are 1 from where they began: three quarters of them before the end. */
    private Case passage() {
        FirstPassage passage = FirstPassage.outOfDomain(Axis.uniform(0.0, 1.0, 10));
        Event far = Event.rising("far", x -> (x[0] - 0.5) * (x[0] - 0.5) + (x[1] - 0.5) * (x[1] - 0.5) - 1.0);
        return new Case(2, started(sde(relaxation(), 2), 2, 400).stoppingAt(far).observe(passage), passage);
    }

    private static VectorField relaxation() {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                for (int i = 0; i < x.length; i++) {
                    out[i] = -x[i];
                }
            }

            @Override
            public void atBlock(double[][] x, int paths, double[][] out) {
                for (int i = 0; i < x.length; i++) {
                    double[] from = x[i];
                    double[] to = out[i];
                    for (int p = 0; p < paths; p++) {
                        to[p] = -from[p];
                    }
                }
            }
        };
    }

    private static double exponent(double x, double y) {
        double a = x * x - 1.0;
        double r2 = x * x + y * y;
        return 0.25 * a * a + 0.5 * y * y - 0.25 * r2 * r2;
    }

    private static void exampleNineteen(double[] x, double[] out) {
        drift(x, Math.exp(exponent(x[0], x[1])), out);
    }

    private static void drift(double[] x, double exponential, double[] out) {
        double turn = LAMBDA * exponential;
        out[0] = -turn * x[1] - x[0] * (x[0] * x[0] - 1.0);
        out[1] = turn * x[0] - x[1];
    }

    /** The same drift as a user may write it for a block: the exponents, their exponentials, and the rest. */
    static VectorField blocks() {
        return new VectorField() {
            @Override
            public void at(double[] x, double[] out) {
                drift(x, BlockMath.exp(exponent(x[0], x[1])), out);
            }

            @Override
            public void atBlock(double[][] states, int paths, double[][] out) {
                double[] x = states[0];
                double[] y = states[1];
                double[] c = out[1];
                for (int p = 0; p < paths; p++) {
                    c[p] = exponent(x[p], y[p]);
                }
                BlockMath.exp(c, paths, c);
                for (int p = 0; p < paths; p++) {
                    double turn = LAMBDA * c[p];
                    out[0][p] = -turn * y[p] - x[p] * (x[p] * x[p] - 1.0);
                    c[p] = turn * x[p] - y[p];
                }
            }
        };
    }
}
