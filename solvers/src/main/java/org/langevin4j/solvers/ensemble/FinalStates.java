package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The states of all paths that are under way at the end, from which {@link Ensemble#from} goes on. Memory is
 * paths × (d + 1) numbers.
 */
public record FinalStates() implements PathObservable<FinalStates.States> {

    /**
     * The final states.
     *
     * @return the observable
     */
    public static FinalStates all() {
        return new FinalStates();
    }

    @Override
    public Collector<States> collector(int dimension) {
        return new StatesCollector(dimension);
    }

    /** States of paths, by index. Immutable to its reader. */
    public static final class States {

        private final long step;
        private final List<long[]> paths;
        private final List<double[]> states;
        private final int dimension;
        private final int[] firsts;

        private States(long step, List<long[]> paths, List<double[]> states, int dimension) {
            this.step = step;
            this.paths = List.copyOf(paths);
            this.states = List.copyOf(states);
            this.dimension = dimension;
            this.firsts = new int[paths.size() + 1];
            for (int b = 0; b < paths.size(); b++) {
                firsts[b + 1] = Math.addExact(firsts[b], paths.get(b).length);
            }
        }

        /** The step at which they were recorded. */
        long step() {
            return step;
        }

        /**
         * The number of paths.
         *
         * @return those that were under way
         */
        public int paths() {
            return firsts[firsts.length - 1];
        }

        /**
         * The index of a path.
         *
         * @param k 0 … paths − 1
         * @return index in the ensemble
         */
        public long path(int k) {
            int block = blockOf(k);
            return paths.get(block)[k - firsts[block]];
        }

        /**
         * Copies the state of a path.
         *
         * @param k 0 … paths − 1
         * @param out receives the state, length d
         */
        public void copyState(int k, double[] out) {
            int block = blockOf(k);
            System.arraycopy(states.get(block), (k - firsts[block]) * dimension, out, 0, dimension);
        }

        private int blockOf(int k) {
            if (!(k >= 0 && k < paths())) {
                throw new IllegalArgumentException("path must be in [0, " + paths() + "), got " + k);
            }
            int found = Arrays.binarySearch(firsts, k);
            // Equal entries are empty blocks: the last of them begins with k.
            int block = found >= 0 ? found : -found - 2;
            while (firsts[block + 1] == k) {
                block++;
            }
            return block;
        }

        @Override
        public String toString() {
            return "FinalStates[" + paths() + " paths, d = " + dimension + ", step " + step + "]";
        }
    }

    private static final class StatesCollector implements Collector<States> {

        private final int dimension;
        private final List<long[]> paths = new ArrayList<>();
        private final List<double[]> states = new ArrayList<>();
        private long step;

        /** Of the block under way, as it was when last recorded. */
        private long[] present = new long[0];

        private int[] slots = new int[0];
        private double[] x = new double[0];

        StatesCollector(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public void record(PathBlock block) {
            int count = block.paths();
            present = new long[count];
            slots = new int[count];
            x = new double[count * dimension];
            for (int k = 0; k < count; k++) {
                present[k] = block.path(k);
                slots[k] = block.slot(k);
                for (int i = 0; i < dimension; i++) {
                    x[k * dimension + i] = block.states()[i][k];
                }
            }
            step = Math.max(step, block.step());
        }

        @Override
        public void stopped(int slot, PathEnd end) {
            int at = Arrays.binarySearch(slots, slot);
            if (at >= 0) {
                int count = slots.length - 1;
                System.arraycopy(present, at + 1, present, at, count - at);
                System.arraycopy(slots, at + 1, slots, at, count - at);
                System.arraycopy(x, (at + 1) * dimension, x, at * dimension, (count - at) * dimension);
                present = Arrays.copyOf(present, count);
                slots = Arrays.copyOf(slots, count);
                x = Arrays.copyOf(x, count * dimension);
            }
        }

        @Override
        public void end() {
            paths.add(present);
            states.add(x);
            present = new long[0];
            slots = new int[0];
            x = new double[0];
        }

        @Override
        public void merge(Collector<States> later) {
            StatesCollector other = (StatesCollector) later;
            paths.addAll(other.paths);
            states.addAll(other.states);
            step = Math.max(step, other.step);
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.count(step);
            out.count(paths.size());
            for (int b = 0; b < paths.size(); b++) {
                out.counts(paths.get(b));
                out.numbers(states.get(b));
            }
            out.counts(present);
            out.counts(Arrays.stream(slots).asLongStream().toArray());
            out.numbers(x);
        }

        @Override
        public void read(StateReader in) throws IOException {
            step = in.count("step", Long.MAX_VALUE);
            long blocks = in.count("blocks", in.paths());
            for (long b = 0; b < blocks; b++) {
                long[] block = in.counts("paths", in.blockPaths(), Long.MAX_VALUE);
                paths.add(block);
                states.add(states(in, block.length));
            }
            present = in.counts("paths", in.blockPaths(), Long.MAX_VALUE);
            slots = Arrays.stream(in.counts("slots", in.blockPaths(), in.blockPaths() - 1L))
                    .mapToInt(Math::toIntExact)
                    .toArray();
            in.require(slots.length == present.length, "slots and paths must be as many");
            x = states(in, present.length);
        }

        private double[] states(StateReader in, int count) throws IOException {
            double[] values = in.numbers("coordinates", count * dimension);
            in.require(
                    values.length == count * dimension,
                    "coordinates must number " + count * dimension + ", got " + values.length);
            for (double value : values) {
                in.require(Math.abs(value) <= NonFinite.LARGEST, "states must be finite, got " + value);
            }
            return values;
        }

        @Override
        public States result() {
            return new States(step, paths, states, dimension);
        }
    }
}
