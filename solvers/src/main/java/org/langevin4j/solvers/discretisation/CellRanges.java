package org.langevin4j.solvers.discretisation;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cells in ranges of a fixed size, so that several threads work on them and the bits do not depend on their number. */
final class CellRanges {

    private static final int SHIFT = 14;

    private static final int RANGE = 1 << SHIFT;

    private CellRanges() {}

    /** What is done with a range of cells. */
    interface Task<T> {

        /** The result for the cells from … to − 1. */
        T of(int from, int to);
    }

    /** The number of the range of a cell. */
    static int of(int cell) {
        return cell >> SHIFT;
    }

    /** Results for all ranges of 0 … n − 1, in parallel; what fails first by number, not by time, is thrown. */
    static <T> List<T> map(int n, Task<T> task) {
        int ranges = of(n - 1) + 1;
        @Nullable RuntimeException[] failures = new RuntimeException[ranges];
        List<@Nullable T> results = IntStream.range(0, ranges)
                .parallel()
                .<@Nullable T>mapToObj(r -> {
                    try {
                        return task.of(r * RANGE, Math.min((r + 1) * RANGE, n));
                    } catch (RuntimeException failure) {
                        failures[r] = failure;
                        return null;
                    }
                })
                .toList();
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
        return results.stream().map(Objects::requireNonNull).toList();
    }
}
