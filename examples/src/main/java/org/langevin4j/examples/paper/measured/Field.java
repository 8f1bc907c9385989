package org.langevin4j.examples.paper.measured;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.network.Network;

/** Several runs of each rival. */
record Field(Rival.Problem problem, int runs, Map<Rival, List<Course>> courses) {

    static Field run(Rival.Problem problem, int runs, Sheet sheet, int number) {
        Map<Rival, List<Course>> courses = new EnumMap<>(Rival.class);
        AtomicInteger done = new AtomicInteger();
        long total = (long) runs * Rival.values().length;
        try (ProgressReporter.Task task = sheet.progress().start("SGD and its equation", total)) {
            Rival[] rivals = Rival.values();
            for (int k = 0; k < rivals.length; k++) {
                Rival rival = rivals[k];
                Seed seed = sheet.seed().derive(number).derive(k);
                List<Course> own = IntStream.range(0, runs)
                        .parallel()
                        .mapToObj(run -> {
                            Course course = rival.run(problem, seed.derive(run));
                            task.advanceTo(done.incrementAndGet());
                            return course;
                        })
                        .toList();
                courses.put(rival, own);
            }
        }
        return new Field(problem, runs, courses);
    }

    private List<Course> of(Rival rival) {
        List<Course> found = courses.get(rival);
        if (found == null) {
            throw new IllegalStateException("no runs of " + rival);
        }
        return found;
    }

    /** Steps of a run. */
    int steps() {
        return of(Rival.DRAWN).get(0).steps();
    }

    /** Where a run of SGD ends. */
    Network end() {
        return problem.start().withWeights(of(Rival.DRAWN).get(0).end());
    }

    /** Over the runs, entry by entry. */
    RunningMoments series(Rival rival, Function<Course, double[]> part) {
        RunningMoments moments = RunningMoments.ofVariances(part.apply(of(rival).get(0)).length);
        of(rival).forEach(course -> moments.add(part.apply(course)));
        return moments;
    }

    /** A quantity against that of SGD drawn with replacement, and its standard error. */
    double[] against(Quantity quantity, Rival rival) {
        RunningMoments one = series(rival, course -> new double[] {quantity.of(course)});
        RunningMoments sgd = series(Rival.DRAWN, course -> new double[] {quantity.of(course)});
        return quantity.isRatio()
                ? ratio(one, sgd, 0)
                : new double[] {one.mean(0) - sgd.mean(0), Math.hypot(one.standardError(0), sgd.standardError(0))};
    }

    /** The mean squares of steps in an epoch. */
    double[] ratio(Rival rival, Rival other, int epoch) {
        return ratio(series(rival, Course::squares), series(other, Course::squares), epoch);
    }

    private static double[] ratio(RunningMoments one, RunningMoments other, int i) {
        double ratio = one.mean(i) / other.mean(i);
        return new double[] {
            ratio, ratio * Math.hypot(one.standardError(i) / one.mean(i), other.standardError(i) / other.mean(i))
        };
    }
}
