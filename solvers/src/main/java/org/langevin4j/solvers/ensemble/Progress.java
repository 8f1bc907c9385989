package org.langevin4j.solvers.ensemble;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param done path-steps taken, those of a resumed checkpoint included
 * @param total path-steps of the whole run
 * @param rate path-steps a second since this run began
 * @param elapsed wall-clock time since this run began
 * @param remaining wall-clock time to the end at this rate; zero at the end
 */
public record Progress(long done, long total, double rate, Duration elapsed, Duration remaining) {

    static Progress of(long before, long done, long total, long nanos) {
        double seconds = nanos * 1e-9;
        double rate = (done - before) / Math.max(seconds, 1e-9);
        double left = done == total ? 0.0 : (total - done) / rate;
        // A rate of zero gives the longest time there is.
        Duration remaining = Duration.ofSeconds((long) left).plusNanos((long) ((left - Math.floor(left)) * 1e9));
        return new Progress(done, total, rate, Duration.ofNanos(nanos), remaining);
    }
}
