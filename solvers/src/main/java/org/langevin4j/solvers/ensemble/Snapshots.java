package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of the first paths at every recorded time: trajectories to be drawn, not to be averaged. Memory is
 * paths × times × (d + 1) numbers.
 *
 * @param paths number of paths that are kept, those with the smallest indices
 */
public record Snapshots(int paths) implements Observable<List<Snapshots.Trajectory>> {

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
        return new SnapshotCollector(paths);
    }

    @Override
    public String identity(int dimension) {
        return toString();
    }

    private static final class SnapshotCollector implements Collector<List<Trajectory>>, Saved {

        private final int limit;
        private final List<Trajectory> trajectories = new ArrayList<>();
        private int firstOfBlock;

        SnapshotCollector(int limit) {
            this.limit = limit;
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
        public void write(DataOutput out) throws IOException {
            out.writeInt(trajectories.size());
            for (Trajectory trajectory : trajectories) {
                out.writeLong(trajectory.path);
                out.writeInt(trajectory.rows.size());
                for (double[] row : trajectory.rows) {
                    out.writeInt(row.length);
                    for (double value : row) {
                        out.writeDouble(value);
                    }
                }
            }
        }

        @Override
        public void read(DataInput in) throws IOException {
            int size = in.readInt();
            for (int t = 0; t < size; t++) {
                Trajectory trajectory = new Trajectory(in.readLong());
                int rows = in.readInt();
                for (int r = 0; r < rows; r++) {
                    double[] row = new double[in.readInt()];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = in.readDouble();
                    }
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
