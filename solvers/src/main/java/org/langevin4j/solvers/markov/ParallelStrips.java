package org.langevin4j.solvers.markov;

import java.util.concurrent.ForkJoinTask;

/**
 * A range of indices cut into four strips that can be worked on by several threads. The cut depends on the range alone,
 * so results have the same bits for any number of threads. A short range is a single strip.
 */
final class ParallelStrips {

    /** Below this length a second thread costs more than it brings. */
    private static final int SHORTEST = 16_384;

    private final int[] bounds;

    private ParallelStrips(int[] bounds) {
        this.bounds = bounds;
    }

    /** A single strip. */
    static ParallelStrips whole(int length) {
        return new ParallelStrips(new int[] {0, length});
    }

    static ParallelStrips of(int length) {
        if (length < SHORTEST) {
            return new ParallelStrips(new int[] {0, length});
        }
        int half = length / 2;
        return new ParallelStrips(new int[] {0, half / 2, half, half + (length - half) / 2, length});
    }

    /** Work on the indices from ≤ i < to. */
    @FunctionalInterface
    interface Loop {
        void run(int from, int to);
    }

    /** A sum over the indices from ≤ i < to. */
    @FunctionalInterface
    interface Sum {
        double over(int from, int to);
    }

    int count() {
        return bounds.length - 1;
    }

    /** Where the second half begins. */
    int middle() {
        return bounds[count() / 2];
    }

    /** The length of the shorter one of the strips on both sides of the middle. */
    int besideMiddle() {
        int half = count() / 2;
        return Math.min(middle() - bounds[Math.max(half - 1, 0)], bounds[half + 1] - middle());
    }

    /** The strip of an index. */
    int stripOf(int index) {
        int strip = 0;
        while (index >= bounds[strip + 1]) {
            strip++;
        }
        return strip;
    }

    private void run(int strip, Loop loop) {
        loop.run(bounds[strip], bounds[strip + 1]);
    }

    /** Runs a loop whose passes do not depend on each other. */
    void each(Loop loop) {
        if (count() == 1) {
            run(0, loop);
            return;
        }
        ForkJoinTask<?> other = ForkJoinTask.adapt(() -> {
                    run(2, loop);
                    run(3, loop);
                })
                .fork();
        run(0, loop);
        run(1, loop);
        other.join();
    }

    /** Runs a loop strip by strip: 0 beside 2, then 1 beside 3; backward the other way round. */
    void sweep(boolean forward, Loop loop) {
        if (count() == 1) {
            run(0, loop);
            return;
        }
        sideBySide(forward ? 0 : 1, loop);
        sideBySide(forward ? 1 : 0, loop);
    }

    private void sideBySide(int strip, Loop loop) {
        ForkJoinTask<?> other = ForkJoinTask.adapt(() -> run(strip + 2, loop)).fork();
        run(strip, loop);
        other.join();
    }

    /** The largest of the partial results, or NaN if one is NaN. */
    double max(Sum largest) {
        double[] parts = parts(largest);
        double max = Double.NEGATIVE_INFINITY;
        for (double part : parts) {
            max = Math.max(max, part);
        }
        return max;
    }

    /** The sum of the partial sums, in the order of the strips. */
    double sum(Sum sum) {
        double[] parts = parts(sum);
        double total = 0.0;
        for (double part : parts) {
            total += part;
        }
        return total;
    }

    private double[] parts(Sum sum) {
        double[] parts = new double[count()];
        each((from, to) -> parts[stripOf(from)] = sum.over(from, to));
        return parts;
    }
}
