package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;

/**
 * Counts of recorded states in the cells of a grid.
 *
 * @param grid the cells; its dimension is that of the state
 */
public record Histogram(Grid grid) implements PathObservable<Histogram.Counts> {

    /** Checks the grid. */
    public Histogram {
        Objects.requireNonNull(grid, "grid");
    }

    /**
     * The histogram on a grid.
     *
     * @param grid the cells
     * @return the observable
     */
    public static Histogram on(Grid grid) {
        return new Histogram(grid);
    }

    @Override
    public Collector<Counts> collector(int dimension) {
        if (dimension != grid.dimension()) {
            throw new IllegalArgumentException(
                    "histogram must have the dimension of the state, " + dimension + ", got " + grid.dimension());
        }
        int[] coordinates = new int[dimension];
        Arrays.setAll(coordinates, i -> i);
        return new HistogramCollector(grid, coordinates);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return 8.0 * grid.cells();
    }

    @Override
    public String identity(int dimension) {
        return "Histogram[" + cells(grid) + "]";
    }

    /** The edges of a grid as text. */
    static String cells(Grid grid) {
        StringBuilder text = new StringBuilder();
        for (int a = 0; a < grid.dimension(); a++) {
            Axis axis = grid.axis(a);
            text.append(axis.cells()).append(" cells from ").append(axis.min());
            text.append(" to ")
                    .append(axis.max())
                    .append(" #")
                    .append(axis.hashCode())
                    .append(", ");
        }
        return text.toString();
    }

    /** What was counted. Immutable to its reader. */
    public static final class Counts {

        private final Grid grid;
        private final long[] counts;
        private long outside;

        private Counts(Grid grid) {
            this.grid = grid;
            this.counts = new long[grid.cells()];
        }

        /**
         * The count of a cell.
         *
         * @param cell number of the cell
         * @return number of recorded states in it
         */
        public long count(int cell) {
            return counts[cell];
        }

        /**
         * The count outside the grid.
         *
         * @return number of recorded states in no cell
         */
        public long outside() {
            return outside;
        }

        /**
         * The number of recorded states.
         *
         * @return inside and outside
         */
        public long total() {
            long sum = outside;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }

        /**
         * The density that the counts estimate.
         *
         * @return count/(total × volume) in each cell; its mass is the fraction inside
         */
        public Density density() {
            double[] values = new double[counts.length];
            double total = total();
            for (int cell = 0; cell < values.length; cell++) {
                values[cell] = counts[cell] / (total * grid.volume(cell));
            }
            return Density.of(grid, values);
        }

        @Override
        public String toString() {
            return total() + " states on " + grid + ", " + outside + " of them outside";
        }
    }

    /** Counts chosen coordinates. */
    static final class HistogramCollector implements Collector<Counts> {

        private final Counts counts;
        private final int[] coordinates;

        HistogramCollector(Grid grid, int[] coordinates) {
            this.counts = new Counts(grid);
            this.coordinates = coordinates;
        }

        @Override
        public void record(PathBlock block) {
            double[][] x = block.states();
            int paths = block.paths();
            double[] state = new double[coordinates.length];
            for (int p = 0; p < paths; p++) {
                for (int i = 0; i < state.length; i++) {
                    state[i] = x[coordinates[i]][p];
                }
                int cell = counts.grid.cellOf(state);
                if (cell < 0) {
                    counts.outside++;
                } else {
                    counts.counts[cell]++;
                }
            }
        }

        @Override
        public void merge(Collector<Counts> later) {
            Counts other = later.result();
            for (int cell = 0; cell < counts.counts.length; cell++) {
                counts.counts[cell] += other.counts[cell];
            }
            counts.outside += other.outside;
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.count(counts.outside);
            out.counts(counts.counts);
        }

        @Override
        public void read(StateReader in) throws IOException {
            counts.outside = in.count("states outside", in.records());
            in.countsInto("states", counts.counts, in.records());
            in.require(
                    counts.total() >= 0 && counts.total() <= in.records(),
                    "states must number at most " + in.records());
        }

        @Override
        public Counts result() {
            return counts;
        }
    }
}
