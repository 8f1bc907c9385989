package org.langevin4j.solvers.ensemble;

import java.util.ArrayList;
import java.util.List;

/** What some batches gave: one collector for each observation, and how paths ended. For one thread at a time. */
public final class PartialResult {

    private final List<Collector<?>> collectors;
    private final PathEnds ends;

    private PartialResult(List<Collector<?>> collectors) {
        this.collectors = List.copyOf(collectors);
        this.ends = new PathEnds();
    }

    /** Of no batch yet. */
    static PartialResult empty(EnsemblePlan plan) {
        List<Collector<?>> collectors = new ArrayList<>(plan.observations().size());
        for (Observation observation : plan.observations()) {
            collectors.add(observation.observable().collector(plan.sde().dimension()));
        }
        return new PartialResult(collectors);
    }

    List<Collector<?>> collectors() {
        return collectors;
    }

    PathEnds ends() {
        return ends;
    }

    /** Takes in the result of the batches that follow, which is not used again. */
    void merge(PartialResult later) {
        for (int i = 0; i < collectors.size(); i++) {
            mergeOne(collectors.get(i), later.collectors.get(i));
        }
        ends.merge(later.ends);
    }

    @SuppressWarnings("unchecked") // Both come from the same observable.
    private static <R> void mergeOne(Collector<R> into, Collector<?> later) {
        into.merge((Collector<R>) later);
    }
}
