package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Objects;
import org.langevin4j.core.block.Memory;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Mean and covariance of functions of the state over all recorded paths and times. With several times for each path the
 * samples are correlated and the standard error is too small; {@link TimeAverage} has the right one.
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n
 * @param covariances whether covariances between functions are kept: 8n(n + 3) bytes, without them 32n
 */
public record FunctionMoments(VectorField functions, int count, boolean covariances)
        implements PathObservable<RunningMoments> {

    /** Checks the parts, and that the moments fit into memory. */
    public FunctionMoments {
        Objects.requireNonNull(functions, "functions");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
        Memory.require(
                "the covariance of " + count + " functions",
                RunningMoments.bytes(count, covariances),
                "FunctionMoments.ofVariances does without it");
    }

    /**
     * The moments of n functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @return the observable
     */
    public static FunctionMoments of(VectorField functions, int count) {
        return new FunctionMoments(functions, count, true);
    }

    /**
     * The moments of n functions, their variances without covariances; O(n) memory for each thread.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @return the observable
     */
    public static FunctionMoments ofVariances(VectorField functions, int count) {
        return new FunctionMoments(functions, count, false);
    }

    @Override
    public Collector<RunningMoments> collector(int dimension) {
        return new FunctionCollector(
                functions, covariances ? new RunningMoments(count) : RunningMoments.ofVariances(count));
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return RunningMoments.bytes(count, covariances) + 8.0 * count * blockPaths;
    }

    @Override
    public String identity(int dimension) {
        return "FunctionMoments[" + count + (covariances ? " functions " : " functions without covariances ")
                + PathObservable.fingerprint(functions, dimension, count) + "]";
    }

    private static final class FunctionCollector extends MomentsCollector {

        private final VectorField functions;
        private double[][] values = new double[0][0];

        FunctionCollector(VectorField functions, RunningMoments empty) {
            super(empty);
            this.functions = functions;
        }

        @Override
        public void read(StateReader in) throws IOException {
            super.read(in);
            in.requireRecords(result().count());
        }

        @Override
        public void record(PathBlock block) {
            if (values.length == 0 || values[0].length < block.size()) {
                values = new double[result().dimension()][block.size()];
            }
            functions.atBlock(block.states(), block.paths(), values);
            block.requireFinite(values);
            result().addBlock(values, block.paths());
        }
    }
}
