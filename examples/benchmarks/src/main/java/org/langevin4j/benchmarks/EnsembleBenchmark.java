package org.langevin4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.models.analytic.DoubleWell;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Moments;
import org.langevin4j.solvers.sde.EulerMaruyama;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Euler–Maruyama on Example 19, λ = 1.5, time for one path-step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EnsembleBenchmark {

    private static final int PATHS = 8192;
    private static final int STEPS = 1000;

    /** Number of threads. */
    @Param({"1", "2"})
    public int threads;

    /**
     * The block form of the drift.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(PATHS * STEPS)
    public EnsembleResult block() {
        return run(new DoubleWell(1.5).sde(Temperature.of(1.0)));
    }

    /**
     * The drift written for one point, as a user would first do.
     *
     * @return the result
     */
    @Benchmark
    @OperationsPerInvocation(PATHS * STEPS)
    public EnsembleResult pointwise() {
        VectorField drift = (x, out) -> {
            double well = x[0] * x[0] - 1;
            double r2 = x[0] * x[0] + x[1] * x[1];
            double swirl = 1.5 * Math.exp(well * well / 4 + x[1] * x[1] / 2 - r2 * r2 / 4);
            out[0] = -swirl * x[1] - x[0] * well;
            out[1] = swirl * x[0] - x[1];
        };
        return run(Sde.ito(drift, Diffusion.isotropic(2, 1.0), Temperature.of(1.0)));
    }

    private EnsembleResult run(Sde sde) {
        return Ensemble.of(sde)
                .scheme(EulerMaruyama.withStep(1e-3))
                .until(1.0)
                .paths(PATHS)
                .startingAt(0.5, 0.0)
                .seed(1)
                .threads(threads)
                .observe(Moments.of(2))
                .run();
    }
}
