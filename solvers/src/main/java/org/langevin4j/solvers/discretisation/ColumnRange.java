package org.langevin4j.solvers.discretisation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.langevin4j.solvers.markov.Generator;

/**
 * Columns of a generator, written one after the other for a range of cells. Ranges are independent, so that several
 * threads write them; the result does not depend on their number.
 */
final class ColumnRange {

    private static final double[] NONE = {};

    private static final int MOST_STEPS = Generator.MOST_OFFSETS;

    private final int from;
    private final int[] ends;
    private int[] targets;
    private double[] rates;
    private double[] exits = NONE;
    private int size;

    /** Targets less their cells, as they come, and how many they are; of no use beyond the most. */
    private final int[] steps = new int[MOST_STEPS + 1];

    private int stepCount;

    /** Those of the first of the longest columns. */
    private int[] longest = {};

    /** How far a rate of these columns leads at most, one number an axis. */
    final int[] reach;

    /** The largest |w| of an edge of each cell, the cell Péclet number. */
    final float[] peclet;

    /** The rate at which the drift of each cell meets reflecting walls that the noise does not reach. */
    double[] stopped = NONE;

    /** |b| along axes without noise over the length of the box, one number a cell. */
    double[] carried = NONE;

    /** Whether drift was moved upwind that no noise accompanies. */
    boolean upwind;

    /** Faces on a reflecting wall, and those of them at which the drift points outward. */
    int wallFaces;

    int outwardFaces;

    /** The largest thickness that Selling's decomposition had to add, relative to the trace of D. */
    double thickness;

    ColumnRange(int from, int to, int dimension) {
        this.from = from;
        this.ends = new int[to - from];
        this.targets = new int[Math.max(4, 2 * dimension) * (to - from)];
        this.rates = new double[targets.length];
        this.reach = new int[dimension];
        this.peclet = new float[to - from];
    }

    /** Adds a rate out of the present cell. */
    void add(int target, double rate) {
        if (size == targets.length) {
            targets = Arrays.copyOf(targets, 2 * size);
            rates = Arrays.copyOf(rates, 2 * size);
        }
        targets[size] = target;
        rates[size] = rate;
        size++;
    }

    /** Adds to the rate of absorption out of a cell. */
    void exit(int cell, double rate) {
        if (exits.length == 0) {
            exits = new double[ends.length];
        }
        exits[cell - from] += rate;
    }

    /** Ends the column of a cell. */
    void end(int cell) {
        int begin = cell == from ? 0 : ends[cell - from - 1];
        ends[cell - from] = size;
        int turn = 0;
        for (int k = begin; k < size && stepCount <= MOST_STEPS; k++) {
            int step = targets[k] - cell;
            int place = turn < stepCount && steps[turn] == step ? turn : place(steps, stepCount, step);
            if (place < 0) {
                place = stepCount++;
                steps[place] = step;
            }
            turn = place + 1;
        }
        if (size - begin > longest.length && stepCount <= MOST_STEPS) {
            longest = distinct(begin, cell);
        }
    }

    /** The steps of the last column, each once. */
    private int[] distinct(int begin, int cell) {
        return Arrays.stream(targets, begin, size)
                .map(target -> target - cell)
                .distinct()
                .toArray();
    }

    private static int place(int[] some, int count, int step) {
        for (int s = 0; s < count; s++) {
            if (some[s] == step) {
                return s;
            }
        }
        return -1;
    }

    /** Drift that meets a reflecting wall which the noise does not reach. */
    void stop(int cell, double rate) {
        if (stopped.length == 0) {
            stopped = new double[ends.length];
        }
        stopped[cell - from] += rate;
    }

    /** Drift along axes without noise. */
    void carry(int cell, double rate) {
        if (carried.length == 0) {
            carried = new double[ends.length];
        }
        carried[cell - from] += rate;
    }

    /** Forgets the rates, when they are no longer needed. */
    private void forget() {
        targets = new int[0];
        rates = NONE;
        exits = NONE;
    }

    int from() {
        return from;
    }

    int to() {
        return from + ends.length;
    }

    /** Writes all ranges of 0 … n − 1, in parallel. */
    static List<ColumnRange> write(int n, int dimension, Consumer<ColumnRange> writer) {
        return CellRanges.map(n, (from, to) -> {
            ColumnRange columns = new ColumnRange(from, to, dimension);
            writer.accept(columns);
            return columns;
        });
    }

    /** How far a rate of all ranges leads at most, one number an axis. */
    static int[] reach(List<ColumnRange> ranges) {
        int[] reach = ranges.get(0).reach.clone();
        for (ColumnRange columns : ranges) {
            Arrays.setAll(reach, a -> Math.max(reach[a], columns.reach[a]));
        }
        return reach;
    }

    /** The generator of all ranges: by the steps between cells if they are few, else with the target of each rate. */
    static Generator join(List<ColumnRange> ranges) {
        int n = ranges.get(ranges.size() - 1).to();
        long total = 0;
        boolean absorbing = false;
        for (ColumnRange columns : ranges) {
            total += columns.size;
            absorbing |= columns.exits.length > 0;
        }
        if (!(total <= Integer.MAX_VALUE - 8)) {
            throw new IllegalArgumentException("generator must have fewer than 2^31 rates, got " + total);
        }
        double[] exits = absorbing ? new double[n] : NONE;
        for (ColumnRange columns : ranges) {
            if (columns.exits.length > 0) {
                System.arraycopy(columns.exits, 0, exits, columns.from, columns.exits.length);
            }
        }
        int[] steps = steps(ranges);
        return Generator.suitsStencil(steps.length, n, total)
                ? Generator.ofStencil(steps, byStep(ranges, steps, n), exits)
                : compressed(ranges, n, (int) total, exits);
    }

    /** In the order of the longest column in the middle, then as they come; more than a stencil may have if there are too many. */
    private static int[] steps(List<ColumnRange> ranges) {
        ColumnRange middle = ranges.get(ranges.size() / 2);
        int[] steps = Arrays.copyOf(middle.longest, middle.longest.length);
        for (ColumnRange columns : ranges) {
            for (int s = 0; s < columns.stepCount && steps.length <= MOST_STEPS; s++) {
                if (place(steps, steps.length, columns.steps[s]) < 0) {
                    steps = Arrays.copyOf(steps, steps.length + 1);
                    steps[steps.length - 1] = columns.steps[s];
                }
            }
        }
        return steps;
    }

    private static double[][] byStep(List<ColumnRange> ranges, int[] steps, int n) {
        double[][] all = new double[steps.length][n];
        CellRanges.map(n, (from, to) -> {
            ranges.get(CellRanges.of(from)).spread(steps, all);
            return true;
        });
        return all;
    }

    /** Adds the rates to arrays, {@code [step][cell]}, and forgets them. */
    private void spread(int[] steps, double[][] all) {
        int k = 0;
        for (int j = 0; j < ends.length; j++) {
            int turn = 0;
            for (; k < ends[j]; k++) {
                int step = targets[k] - (from + j);
                int place = turn < steps.length && steps[turn] == step ? turn : place(steps, steps.length, step);
                turn = place + 1;
                all[place][from + j] += rates[k];
            }
        }
        forget();
    }

    private static Generator compressed(List<ColumnRange> ranges, int n, int total, double[] exits) {
        int[] starts = new int[n + 1];
        int[] targets = new int[total];
        double[] rates = new double[total];
        int at = 0;
        for (ColumnRange columns : ranges) {
            System.arraycopy(columns.targets, 0, targets, at, columns.size);
            System.arraycopy(columns.rates, 0, rates, at, columns.size);
            for (int i = 0; i < columns.ends.length; i++) {
                starts[columns.from + i + 1] = at + columns.ends[i];
            }
            at += columns.size;
            columns.forget();
        }
        return Generator.ofColumns(starts, targets, rates, exits);
    }
}
