package org.langevin4j.solvers.ensemble;

import java.util.List;
import java.util.Objects;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Grid;

/**
 * Counts of some coordinates of the recorded states, the others being integrated out.
 *
 * @param grid the cells; axis a is that of coordinate {@code coordinates.get(a)}
 * @param coordinates which coordinates, each once
 */
public record MarginalHistogram(Grid grid, List<Integer> coordinates) implements PathObservable<Histogram.Counts> {

    /** Checks both. */
    public MarginalHistogram {
        Objects.requireNonNull(grid, "grid");
        coordinates = List.copyOf(coordinates);
        if (coordinates.size() != grid.dimension()) {
            throw new IllegalArgumentException(
                    "coordinates must number " + grid.dimension() + " as the axes do, got " + coordinates);
        }
        if (coordinates.stream().distinct().count() != coordinates.size()
                || coordinates.stream().anyMatch(i -> i < 0)) {
            throw new IllegalArgumentException("coordinates must differ and not be negative, got " + coordinates);
        }
    }

    /**
     * The histogram of one coordinate.
     *
     * @param coordinate which one, from 0
     * @param axis the cells
     * @return the observable
     */
    public static MarginalHistogram of(int coordinate, Axis axis) {
        return new MarginalHistogram(Grid.of(axis), List.of(coordinate));
    }

    /**
     * The joint histogram of two coordinates.
     *
     * @param first one coordinate, along the first axis of the grid
     * @param second another one, along the second
     * @param grid the cells, of dimension 2
     * @return the observable
     */
    public static MarginalHistogram of(int first, int second, Grid grid) {
        return new MarginalHistogram(grid, List.of(first, second));
    }

    @Override
    public Collector<Histogram.Counts> collector(int dimension) {
        int[] chosen = coordinates.stream().mapToInt(Integer::intValue).toArray();
        for (int i : chosen) {
            if (!(i < dimension)) {
                throw new IllegalArgumentException("coordinates must be less than " + dimension + ", got " + i);
            }
        }
        return new Histogram.HistogramCollector(grid, chosen);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return 8.0 * grid.cells();
    }

    @Override
    public String identity(int dimension) {
        return "MarginalHistogram[" + coordinates + " on " + Histogram.cells(grid) + "]";
    }
}
