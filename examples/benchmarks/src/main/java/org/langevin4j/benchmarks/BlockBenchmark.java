package org.langevin4j.benchmarks;

import java.util.concurrent.TimeUnit;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Normal numbers and elementary functions, time for one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BlockBenchmark {

    private static final int PATHS = 256;

    private final NormalStream stream = NormalStream.of(Seed.of(1));
    private final double[][] normals = new double[2][PATHS];
    private final double[] x = new double[PATHS];
    private final double[] out = new double[PATHS];
    private long step;

    /** Arguments between 0 and 8. */
    public BlockBenchmark() {
        for (int p = 0; p < PATHS; p++) {
            x[p] = (p + 0.5) / 32;
        }
    }

    /**
     * Standard normals of two components.
     *
     * @return the numbers
     */
    @Benchmark
    @OperationsPerInvocation(2 * PATHS)
    public double[][] normals() {
        stream.fill(0, PATHS, step++, normals);
        return normals;
    }

    /**
     * The exponential function.
     *
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public double[] exp() {
        BlockMath.exp(x, PATHS, out);
        return out;
    }

    /**
     * The logarithm.
     *
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public double[] log() {
        BlockMath.log(x, PATHS, out);
        return out;
    }

    /**
     * The sine.
     *
     * @return the values
     */
    @Benchmark
    @OperationsPerInvocation(PATHS)
    public double[] sin() {
        BlockMath.sin(x, PATHS, out);
        return out;
    }
}
