package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.Objects;
import org.langevin4j.core.statistics.RunningMoments;

/**
 * How often an event happens to a path, when and where; the path goes on. The event is looked for at the recorded times,
 * {@code When.every(1, 0.0)} is every step; the first look is at the start.
 *
 * @param event the event
 */
public record Crossings(Event event) implements PathObservable<Crossings.Summary> {

    /**
     * What is known of the crossings.
     *
     * @param perPath moments over the paths of the number of crossings, one coordinate; a path that stops counts with those
     *     before
     * @param places moments over all crossings of (time, x₁ … x_d), the state being the one after the crossing
     */
    public record Summary(RunningMoments perPath, RunningMoments places) {}

    /** Checks the event. */
    public Crossings {
        Objects.requireNonNull(event, "event");
    }

    /**
     * The crossings of an event.
     *
     * @param event the event
     * @return the observable
     */
    public static Crossings of(Event event) {
        return new Crossings(event);
    }

    @Override
    public Collector<Summary> collector(int dimension) {
        return new CrossingsCollector(event, dimension);
    }

    @Override
    public String identity(int dimension) {
        return "Crossings[" + event.identity(dimension) + "]";
    }

    private static final class CrossingsCollector implements Collector<Summary> {

        private final Event event;
        private RunningMoments perPath = new RunningMoments(1);
        private RunningMoments places;
        private final double[] state;
        private final double[] place;
        private boolean[] positive = new boolean[0];
        private long[] counts = new long[0];

        CrossingsCollector(Event event, int dimension) {
            this.event = event;
            this.places = new RunningMoments(dimension + 1);
            this.state = new double[dimension];
            this.place = new double[dimension + 1];
        }

        @Override
        public void begin(PathBlock block) {
            positive = new boolean[block.size()];
            counts = new long[block.size()];
            for (int k = 0; k < block.paths(); k++) {
                block.copyState(k, state);
                positive[block.slot(k)] = event.isPositive(state);
            }
        }

        @Override
        public void record(PathBlock block) {
            for (int k = 0; k < block.paths(); k++) {
                block.copyState(k, state);
                look(block.slot(k), block.time());
            }
        }

        @Override
        public void stopped(int slot, PathEnd end) {
            if (end.cause() != PathEnd.Cause.NON_FINITE) {
                System.arraycopy(end.state(), 0, state, 0, state.length);
                look(slot, end.time());
            }
        }

        @Override
        public void changed(int slot, Event cause, double time, double[] before, double[] after) {
            System.arraycopy(before, 0, state, 0, state.length);
            if (cause.equals(event)) {
                happen(slot, time);
            } else {
                look(slot, time);
            }
            positive[slot] = event.isPositive(after);
        }

        private void look(int slot, double time) {
            boolean now = event.isPositive(state);
            boolean happened = event.happens(positive[slot], now);
            positive[slot] = now;
            if (happened) {
                happen(slot, time);
            }
        }

        private void happen(int slot, double time) {
            counts[slot]++;
            place[0] = time;
            System.arraycopy(state, 0, place, 1, state.length);
            places.add(place);
        }

        @Override
        public void end() {
            for (long count : counts) {
                perPath.add((double) count);
            }
            positive = new boolean[0];
            counts = new long[0];
        }

        @Override
        public void merge(Collector<Summary> later) {
            perPath.merge(later.result().perPath());
            places.merge(later.result().places());
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.moments(perPath, places);
            out.flags(positive);
            out.counts(counts);
        }

        @Override
        public void read(StateReader in) throws IOException {
            perPath = in.moments(1, in.paths());
            places = in.moments(place.length, Long.MAX_VALUE);
            positive = in.flags("signs", in.blockPaths());
            counts = in.counts("crossings", in.blockPaths(), Long.MAX_VALUE);
            in.require(counts.length == positive.length, "crossings and signs must be as many");
        }

        @Override
        public Summary result() {
            return new Summary(perPath, places);
        }
    }
}
