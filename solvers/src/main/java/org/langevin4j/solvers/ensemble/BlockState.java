package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Arrays;
import org.langevin4j.solvers.sde.Stepper;

/**
 * The states of a block of paths, those under way in front and in their order. A path that stops is taken out and the later
 * ones move up, with all that is kept of each path, so that what has stopped costs nothing.
 */
final class BlockState {

    private static final int LANES = 8;

    final long first;
    final int size;

    /** {@code x[i][k]}, coordinate i of the k-th path under way. */
    final double[][] x;

    /** States before the step, where they are asked for. */
    final double[][] before;

    /** {@code sides[e][k]}, 1 where the function of event e was positive, else −1. */
    final double[][] sides;

    /** Index of the k-th path under way in the ensemble; after those of the block some more, for whole vectors of noises. */
    final long[] paths;

    private int underWay;

    BlockState(int dimension, long first, int size, boolean watched, int events) {
        this.first = first;
        this.size = size;
        this.x = new double[dimension][size];
        this.before = new double[dimension][watched ? size : 0];
        this.sides = new double[events][size];
        this.paths = new long[whole(size)];
        Arrays.setAll(paths, k -> first + k);
        this.underWay = size;
    }

    int underWay() {
        return underWay;
    }

    /**
     * A number of paths in whole vectors, unless they do not fill one: noises of some paths too many cost less than the odd ones
     * left over at the end.
     */
    static int whole(int paths) {
        return paths < LANES ? paths : (paths + LANES - 1) / LANES * LANES;
    }

    void keepBefore() {
        for (int i = 0; i < x.length; i++) {
            System.arraycopy(x[i], 0, before[i], 0, underWay);
        }
    }

    /** Place of the k-th path under way among all of the block. */
    int slot(int k) {
        return (int) (paths[k] - first);
    }

    /** Takes out some paths, in rising order: few of a step, so that what lies between them is moved at once. */
    void drop(int[] gone, int count, Stepper stepper) {
        closeUp(x, gone, count);
        closeUp(before, gone, count);
        closeUp(stepper.memory(), gone, count);
        closeUp(sides, gone, count);
        for (int n = 0, to = gone[0]; n < count; n++) {
            int length = between(gone, count, n);
            System.arraycopy(paths, gone[n] + 1, paths, to, length);
            to += length;
        }
        underWay -= count;
    }

    /** In each of some arrays, moves the later entries up over those that are gone. */
    private void closeUp(double[][] rows, int[] gone, int count) {
        for (double[] row : rows) {
            for (int n = 0, to = gone[0]; n < count; n++) {
                int length = between(gone, count, n);
                System.arraycopy(row, gone[n] + 1, row, to, length);
                to += length;
            }
        }
    }

    /** How many go on between one that is gone and the next. */
    private int between(int[] gone, int count, int n) {
        return (n + 1 < count ? gone[n + 1] : underWay) - gone[n] - 1;
    }

    void write(StateWriter out, Stepper stepper) throws IOException {
        out.count(underWay);
        for (int k = 0; k < underWay; k++) {
            out.count(slot(k));
        }
        write(out, x);
        write(out, stepper.memory());
        for (double[] side : sides) {
            boolean[] positive = new boolean[underWay];
            for (int k = 0; k < underWay; k++) {
                positive[k] = side[k] > 0.0;
            }
            out.flags(positive);
        }
    }

    private void write(StateWriter out, double[][] rows) throws IOException {
        out.count(rows.length);
        for (double[] row : rows) {
            out.numbers(Arrays.copyOf(row, underWay));
        }
    }

    void read(StateReader in, Stepper stepper) throws IOException {
        underWay = (int) in.count("paths under way", size);
        in.require(underWay > 0, "paths under way must be positive, got 0");
        for (int k = 0; k < underWay; k++) {
            paths[k] = first + in.count("slot", size - 1L);
            in.require(k == 0 || paths[k] > paths[k - 1], "slots must increase");
        }
        read(in, x);
        read(in, stepper.memory());
        for (double[] side : sides) {
            boolean[] positive = in.flags("signs", underWay);
            in.require(positive.length == underWay, "signs must be those of the paths under way");
            for (int k = 0; k < underWay; k++) {
                side[k] = Event.side(positive[k]);
            }
        }
        for (double[] row : x) {
            for (int k = 0; k < underWay; k++) {
                in.require(Math.abs(row[k]) <= NonFinite.LARGEST, "states must be finite, got " + row[k]);
            }
        }
    }

    private void read(StateReader in, double[][] rows) throws IOException {
        long count = in.count("rows", rows.length);
        in.require(count == rows.length, "rows must number " + rows.length + ", got " + count);
        for (double[] row : rows) {
            double[] values = in.numbers("paths under way", underWay);
            in.require(values.length == underWay, "rows must have " + underWay + " numbers, got " + values.length);
            System.arraycopy(values, 0, row, 0, underWay);
        }
    }

    void copy(double[][] from, int k, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = from[i][k];
        }
    }

    void put(double[] state, double[][] to, int k) {
        for (int i = 0; i < state.length; i++) {
            to[i][k] = state[i];
        }
    }
}
