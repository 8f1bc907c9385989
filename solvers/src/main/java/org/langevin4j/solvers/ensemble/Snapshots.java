package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of the first paths at every recorded time: trajectories to be drawn, not to be averaged. Memory is
 * paths × times × (d + 1) numbers.
 *
 * @param paths number of paths that are kept, those with the smallest indices
 */
public record Snapshots(int paths) implements PathObservable<List<Snapshots.Trajectory>> {

    /** The recorded states of one path. Immutable to its reader. */
    public static final class Trajectory {

        private final long path;
        private final List<double[]> rows = new ArrayList<>();

        private Trajectory(long path) {
            this.path = path;
        }

        /**
         * The index of the path.
         *
         * @return index in the ensemble
         */
        public long path() {
            return path;
        }

        /**
         * The number of recorded times.
         *
         * @return number; less than that of other paths if this one stopped
         */
        public int length() {
            return rows.size();
        }

        /**
         * A time.
         *
         * @param k 0 … length − 1
         * @return time of the equation
         */
        public double time(int k) {
            return rows.get(k)[0];
        }

        /**
         * A coordinate.
         *
         * @param k 0 … length − 1
         * @param i coordinate
         * @return xᵢ at that time
         */
        public double state(int k, int i) {
            return rows.get(k)[i + 1];
        }

        @Override
        public String toString() {
            return length() == 0
                    ? "path " + path + ", nothing recorded"
                    : "path " + path + " at " + length() + " times from " + time(0) + " to " + time(length() - 1);
        }
    }

    /** Checks the number. */
    public Snapshots {
        if (!(paths > 0)) {
            throw new IllegalArgumentException("paths must be positive, got " + paths);
        }
    }

    /**
     * The trajectories of the first paths.
     *
     * @param paths how many
     * @return the observable
     */
    public static Snapshots ofFirst(int paths) {
        return new Snapshots(paths);
    }

    @Override
    public Collector<List<Trajectory>> collector(int dimension) {
        return new SnapshotCollector(paths, dimension);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        // Of the paths of one block only: others may be in other collectors, and all come together in the end.
        return 8.0 * records * Math.min(paths, blockPaths) * (dimension + 3.0);
    }

    @Override
    public String identity(int dimension) {
        return toString();
    }

    private static final class SnapshotCollector implements Collector<List<Trajectory>> {

        private final int limit;
        private final List<Trajectory> trajectories = new ArrayList<>();
        private final int dimension;
        private int firstOfBlock;

        SnapshotCollector(int limit, int dimension) {
            this.limit = limit;
            this.dimension = dimension;
        }

        @Override
        public void begin(PathBlock block) {
            firstOfBlock = trajectories.size();
            for (int k = 0; k < block.paths() && block.path(k) < limit; k++) {
                trajectories.add(new Trajectory(block.path(k)));
            }
        }

        @Override
        public void record(PathBlock block) {
            double[][] x = block.states();
            for (int k = 0; k < block.paths() && block.path(k) < limit; k++) {
                double[] row = new double[x.length + 1];
                row[0] = block.time();
                for (int i = 0; i < x.length; i++) {
                    row[i + 1] = x[i][k];
                }
                trajectories.get(firstOfBlock + block.slot(k)).rows.add(row);
            }
        }

        @Override
        public void merge(Collector<List<Trajectory>> later) {
            trajectories.addAll(later.result());
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.count(trajectories.size());
            out.count(firstOfBlock);
            for (Trajectory trajectory : trajectories) {
                out.count(trajectory.path);
                out.count(trajectory.rows.size());
                for (double[] row : trajectory.rows) {
                    out.numbers(row);
                }
            }
        }

        @Override
        public void read(StateReader in) throws IOException {
            long size = in.count("trajectories", Math.min(limit, in.paths()));
            firstOfBlock = (int) in.count("first trajectory of the block", size);
            for (long t = 0; t < size; t++) {
                Trajectory trajectory = new Trajectory(in.count("path", limit - 1L));
                long rows = in.count("recorded times", in.times());
                for (long r = 0; r < rows; r++) {
                    double[] row = in.numbers("coordinates", dimension + 1);
                    in.require(row.length == dimension + 1, "coordinates must number " + (dimension + 1));
                    trajectory.rows.add(row);
                }
                trajectories.add(trajectory);
            }
        }

        @Override
        public List<Trajectory> result() {
            return List.copyOf(trajectories);
        }
    }
}
