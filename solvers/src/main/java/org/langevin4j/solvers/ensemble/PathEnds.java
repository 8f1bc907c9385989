package org.langevin4j.solvers.ensemble;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How many paths left the run before its end, and the first that left the finite numbers. Immutable to its reader. */
public final class PathEnds {

    /** How many are told one by one, those of the smallest indices. */
    private static final int SHOWN = 16;

    private final Map<PathEnd.Cause, Long> counts = new EnumMap<>(PathEnd.Cause.class);
    private final List<PathEnd> first = new ArrayList<>();

    PathEnds() {}

    void add(PathEnd end) {
        counts.merge(end.cause(), 1L, Long::sum);
        if (end.cause() == PathEnd.Cause.NON_FINITE) {
            insert(end);
        }
    }

    private void insert(PathEnd end) {
        int at = first.size();
        while (at > 0 && first.get(at - 1).path() > end.path()) {
            at--;
        }
        if (at < SHOWN) {
            first.add(at, end);
            if (first.size() > SHOWN) {
                first.remove(SHOWN);
            }
        }
    }

    void merge(PathEnds later) {
        later.counts.forEach((cause, count) -> counts.merge(cause, count, Long::sum));
        later.first.forEach(this::insert);
    }

    /**
     * How often a cause ended a path. A path that is restarted counts each time.
     *
     * @param cause the cause
     * @return number of times
     */
    public long count(PathEnd.Cause cause) {
        return counts.getOrDefault(cause, 0L);
    }

    /**
     * The first paths that left the finite numbers.
     *
     * @return those with the smallest indices, at most 16, by index
     */
    public List<PathEnd> firstNonFinite() {
        return List.copyOf(first);
    }

    void write(DataOutput out) throws IOException {
        for (PathEnd.Cause cause : PathEnd.Cause.values()) {
            out.writeLong(count(cause));
        }
        out.writeInt(first.size());
        for (PathEnd end : first) {
            end.write(out);
        }
    }

    void read(DataInput in) throws IOException {
        for (PathEnd.Cause cause : PathEnd.Cause.values()) {
            counts.put(cause, in.readLong());
        }
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            first.add(PathEnd.read(in));
        }
    }
}
