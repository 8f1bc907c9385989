package org.langevin4j.solvers.ensemble;

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

    void write(StateWriter out) throws IOException {
        for (PathEnd.Cause cause : PathEnd.Cause.values()) {
            out.count(count(cause));
        }
        out.count(first.size());
        for (PathEnd end : first) {
            end.write(out);
        }
    }

    void read(StateReader in, PathEnd.Range range) throws IOException {
        long stopped = 0;
        for (PathEnd.Cause cause : PathEnd.Cause.values()) {
            boolean many = range.restarted() && cause == PathEnd.Cause.NON_FINITE;
            long count = in.count("path ends", many ? in.records() : in.paths());
            if (count > 0) {
                counts.put(cause, count);
            }
            stopped += many ? 0 : count;
        }
        in.require(stopped <= in.paths(), "path ends must number at most " + in.paths() + ", got " + stopped);
        long lost = count(PathEnd.Cause.NON_FINITE);
        long size = in.count("first path ends", SHOWN);
        in.require(size == Math.min(SHOWN, lost), "first path ends must number " + Math.min(SHOWN, lost));
        for (long i = 0; i < size; i++) {
            PathEnd end = PathEnd.read(in, range);
            in.require(
                    end.cause() == PathEnd.Cause.NON_FINITE
                            && (i == 0 || first.get((int) i - 1).path() <= end.path()),
                    "first path ends must be not finite and by index");
            first.add(end);
        }
    }

    @Override
    public String toString() {
        if (counts.isEmpty()) {
            return "all paths came to the end";
        }
        StringBuilder text = new StringBuilder("ended before: ").append(counts);
        if (!first.isEmpty()) {
            text.append(", first ").append(first.get(0));
        }
        return text.toString();
    }
}
