package org.langevin4j.solvers.ensemble;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.block.Memory;
import org.langevin4j.solvers.ensemble.StateReader.Limits;

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
            Collector<?> collector =
                    observation.observable().collector(plan.sde().dimension());
            if (collector == null) {
                throw new IllegalArgumentException(
                        "observable must give a collector, got null from " + observation.observable());
            }
            collectors.add(collector);
        }
        return new PartialResult(collectors);
    }

    void write(StateWriter out) throws IOException {
        out.part(ends::write);
        for (Collector<?> collector : collectors) {
            out.part(collector::write);
        }
    }

    /** Reads what was collected of some paths; of a block under way too, or not. */
    static PartialResult read(StateReader in, EnsemblePlan plan, long paths, boolean underWay) throws IOException {
        PartialResult result = empty(plan);
        StateReader ends = in.part(limits(plan, null, paths, underWay));
        result.ends.read(
                ends,
                new PathEnd.Range(
                        plan.paths(),
                        plan.stepsBefore(),
                        plan.lastStep(),
                        plan::time,
                        plan.sde().dimension(),
                        plan.nonFinite() == NonFinite.RESTART_PATH));
        ends.requireEnd();
        for (int i = 0; i < result.collectors.size(); i++) {
            Observation observation = plan.observations().get(i);
            StateReader part = in.part(limits(plan, observation.when(), paths, underWay));
            try {
                result.collectors.get(i).read(part);
                part.requireEnd();
            } catch (StateReader.Refusal refused) {
                throw new StateReader.Refusal(observation.observable() + ": " + refused.getMessage());
            }
        }
        return result;
    }

    /** Refuses observations of which not even one partial result fits into memory beside the one that it is merged into. */
    static void requireMemory(EnsemblePlan plan) {
        BatchGeometry geometry = BatchGeometry.of(plan);
        int paths = (int) Math.min(plan.paths(), geometry.blockPaths());
        int copies = geometry.batches() > 1 ? 2 : 1;
        double total = 0.0;
        double largest = 0.0;
        String what = "";
        for (int i = 0; i < plan.observations().size(); i++) {
            Observation observation = plan.observations().get(i);
            long records = plan.schedules().get(i).count();
            double bytes = copies * observation.observable().bytes(plan.sde().dimension(), paths, records);
            total += bytes;
            if (bytes > largest) {
                largest = bytes;
                what = observation.observable().getClass().getSimpleName() + " at " + records + " times";
            }
        }
        Memory.require(
                "what is observed, most of it " + what + ",",
                total,
                "fewer times, coarser cells, or variances without covariances need less");
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

    @Override
    public String toString() {
        return "results of " + collectors.size() + " observables; " + ends;
    }

    /** What an observation of some paths of a plan can have recorded. */
    static Limits limits(EnsemblePlan plan, @Nullable When when, long paths, boolean underWay) {
        boolean once = when instanceof When.AtEnd;
        long times = when == null ? plan.steps() + 1 : plan.schedule(when).count();
        long most = paths > (Long.MAX_VALUE >> 2) / times ? Long.MAX_VALUE >> 2 : paths * times;
        long fewest = once && !underWay && !plan.isWatched() ? paths : 0;
        return new Limits(BatchGeometry.of(plan).blockPaths(), paths, fewest, most, times);
    }
}
