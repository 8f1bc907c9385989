package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.langevin4j.core.field.VectorField;
import org.langevin4j.core.statistics.CorrelatedMean;
import org.langevin4j.core.statistics.RunningBlocks;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * Averages of functions of the state along one long path of a stationary process, or a few of them, with the errors of
 * correlated values: by blocks, in one pass ({@link RunningBlocks}). With many paths {@link TimeAverage} has errors that need
 * no blocks. Record at equal intervals; memory is O(n·log(times)·block).
 *
 * @param functions g: ℝᵈ → ℝⁿ
 * @param count n
 */
public record LongRunMean(VectorField functions, int count) implements PathObservable<LongRunMean.Estimate> {

    /** Checks both. */
    public LongRunMean {
        Objects.requireNonNull(functions, "functions");
        if (!(count > 0)) {
            throw new IllegalArgumentException("count must be positive, got " + count);
        }
    }

    /**
     * The averages of n functions.
     *
     * @param functions g, evaluated on blocks; must be thread-safe and finite
     * @param count n, number of values of g
     * @return the observable
     */
    public static LongRunMean of(VectorField functions, int count) {
        return new LongRunMean(functions, count);
    }

    @Override
    public Collector<Estimate> collector(int dimension) {
        return new LongRunCollector(functions, count);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        // A level is a number, moments of one coordinate and what holds them.
        return 250.0 * count * (blockPaths + 1.0) * (Long.SIZE - Long.numberOfLeadingZeros(records));
    }

    @Override
    public String identity(int dimension) {
        return "LongRunMean[" + count + " functions " + PathObservable.fingerprint(functions, dimension, count) + "]";
    }

    /** Averages with their errors. Immutable to its reader. */
    public static final class Estimate {

        private final List<RunningBlocks> blocks;

        private Estimate(List<RunningBlocks> blocks) {
            this.blocks = List.copyOf(blocks);
        }

        /**
         * The average of a function, its error by blocks that are just long enough (Flyvbjerg and Petersen).
         *
         * @param function which one
         * @return mean, error, and whether the run was long enough; times are in intervals of the schedule
         */
        public CorrelatedMean blocking(int function) {
            return blocks.get(function).blocking();
        }

        /**
         * The average of a function, its error by 32 to 63 batches.
         *
         * @param function which one
         * @return mean, error, and whether the run was long enough; times are in intervals of the schedule
         */
        public CorrelatedMean batchMeans(int function) {
            return blocks.get(function).batchMeans();
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (int f = 0; f < blocks.size(); f++) {
                text.append(f == 0 ? "" : "\n").append(blocks.get(f));
            }
            return text.toString();
        }
    }

    private static final class LongRunCollector implements Collector<Estimate> {

        private final VectorField functions;

        /** Of blocks that are done. */
        private final List<RunningBlocks> done = new ArrayList<>();

        /** Of the block under way, {@code paths.get(slot·n + f)}. */
        private final List<RunningBlocks> paths = new ArrayList<>();

        private double[][] values = new double[0][0];

        LongRunCollector(VectorField functions, int count) {
            this.functions = functions;
            for (int f = 0; f < count; f++) {
                done.add(new RunningBlocks());
            }
        }

        @Override
        public void begin(PathBlock block) {
            paths.clear();
            for (int k = 0; k < block.size() * done.size(); k++) {
                paths.add(new RunningBlocks());
            }
        }

        @Override
        public void record(PathBlock block) {
            int n = done.size();
            if (values.length != n || values[0].length < block.size()) {
                values = new double[n][block.size()];
            }
            functions.atBlock(block.states(), block.paths(), values);
            block.requireFinite(values);
            for (int k = 0; k < block.paths(); k++) {
                int slot = block.slot(k);
                for (int f = 0; f < n; f++) {
                    paths.get(slot * n + f).add(values[f][k]);
                }
            }
        }

        @Override
        public void end() {
            for (int k = 0; k < paths.size(); k++) {
                done.get(k % done.size()).merge(paths.get(k));
            }
            paths.clear();
        }

        @Override
        public void merge(Collector<Estimate> later) {
            List<RunningBlocks> others = later.result().blocks;
            for (int f = 0; f < done.size(); f++) {
                done.get(f).merge(others.get(f));
            }
        }

        @Override
        public void write(StateWriter out) throws IOException {
            for (RunningBlocks each : done) {
                write(each, out);
            }
            out.count(paths.size());
            for (RunningBlocks each : paths) {
                write(each, out);
            }
        }

        @Override
        public void read(StateReader in) throws IOException {
            for (int f = 0; f < done.size(); f++) {
                done.set(f, readBlocks(in));
            }
            paths.clear();
            long size = in.count("records under way", (long) in.blockPaths() * done.size());
            for (long k = 0; k < size; k++) {
                paths.add(readBlocks(in));
            }
        }

        private static void write(RunningBlocks blocks, StateWriter out) throws IOException {
            out.count(blocks.length());
            out.numbers(blocks.pending());
            for (int k = 0; k < blocks.levels(); k++) {
                out.moments(blocks.level(k));
            }
        }

        private static RunningBlocks readBlocks(StateReader in) throws IOException {
            long length = in.count("values", in.times());
            double[] pending = in.numbers("levels", Long.SIZE - 1);
            in.require(length >>> pending.length == 0, "levels must be enough for " + length + " values");
            List<RunningMoments> levels = new ArrayList<>();
            for (int k = 0; k < pending.length; k++) {
                levels.add(in.moments(1, in.records()));
            }
            return RunningBlocks.restored(length, levels, pending);
        }

        @Override
        public Estimate result() {
            return new Estimate(done);
        }
    }
}
