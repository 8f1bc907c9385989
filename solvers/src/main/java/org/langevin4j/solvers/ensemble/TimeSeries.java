package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The results of an observable at each recorded time by itself. Memory is that of the observable times the number of times.
 *
 * <pre>{@code
 * TimeSeries<RunningMoments> series = TimeSeries.of(Moments.of(2));
 * ensemble.observe(When.every(100, 0.0), series).run().get(series).at(3).result().mean(0);
 * }</pre>
 *
 * @param observable what is observed each time
 * @param <R> type of its result
 */
public record TimeSeries<R>(PathObservable<R> observable) implements PathObservable<List<TimeSeries.Entry<R>>> {

    /**
     * The result at one time.
     *
     * @param time time of the equation
     * @param result what was observed then, of the paths still under way
     * @param <R> type of the result
     */
    public record Entry<R>(double time, R result) {}

    /** Checks the observable. */
    public TimeSeries {
        Objects.requireNonNull(observable, "observable");
    }

    /**
     * The series of an observable.
     *
     * @param observable one that makes sense at a single time, such as {@link Moments} or {@link Histogram}
     * @param <R> type of its result
     * @return the observable of the series; its result has the times in increasing order, those at which no path was under
     *     way left out
     */
    public static <R> TimeSeries<R> of(PathObservable<R> observable) {
        return new TimeSeries<>(observable);
    }

    @Override
    public Collector<List<Entry<R>>> collector(int dimension) {
        observable.collector(dimension);
        return new SeriesCollector<>(observable, dimension);
    }

    @Override
    public double bytes(int dimension, int blockPaths, long records) {
        return records * observable.bytes(dimension, blockPaths, 1);
    }

    @Override
    public String identity(int dimension) {
        return "TimeSeries[" + observable.identity(dimension) + "]";
    }

    private static final class SeriesCollector<R> implements Collector<List<Entry<R>>> {

        private final PathObservable<R> observable;
        private final int dimension;
        private final List<Double> times = new ArrayList<>();
        private final List<Collector<R>> collectors = new ArrayList<>();
        private int next;

        SeriesCollector(PathObservable<R> observable, int dimension) {
            this.observable = observable;
            this.dimension = dimension;
        }

        @Override
        public void begin(PathBlock block) {
            next = 0;
        }

        @Override
        public void record(PathBlock block) {
            if (next == times.size()) {
                times.add(block.time());
                collectors.add(observable.collector(dimension));
            }
            Collector<R> collector = collectors.get(next);
            collector.begin(block);
            collector.record(block);
            collector.end();
            next++;
        }

        @Override
        public void merge(Collector<List<Entry<R>>> later) {
            SeriesCollector<R> other = (SeriesCollector<R>) later;
            for (int k = 0; k < other.times.size(); k++) {
                if (k < times.size()) {
                    collectors.get(k).merge(other.collectors.get(k));
                } else {
                    times.add(other.times.get(k));
                    collectors.add(other.collectors.get(k));
                }
            }
        }

        @Override
        public List<Entry<R>> result() {
            List<Entry<R>> entries = new ArrayList<>(times.size());
            for (int k = 0; k < times.size(); k++) {
                entries.add(new Entry<>(times.get(k), collectors.get(k).result()));
            }
            return List.copyOf(entries);
        }

        @Override
        public void write(StateWriter out) throws IOException {
            out.count(times.size());
            out.count(next);
            for (int k = 0; k < times.size(); k++) {
                out.number(times.get(k));
                collectors.get(k).write(out);
            }
        }

        @Override
        public void read(StateReader in) throws IOException {
            long size = in.count("recorded times", in.times());
            next = (int) in.count("recorded times of the block", size);
            for (long k = 0; k < size; k++) {
                times.add(in.number());
                Collector<R> collector = observable.collector(dimension);
                collector.read(in.ofOneTime());
                collectors.add(collector);
            }
        }
    }
}
