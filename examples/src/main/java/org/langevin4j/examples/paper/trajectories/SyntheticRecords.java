package org.langevin4j.examples.paper.trajectories;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Tolerance.none;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.ENTROPY;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.PEAK;
import static org.langevin4j.models.trajectory.LoopStatistics.Statistic.ROTATION;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.statistics.VectorAutoregression;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.trajectory.LoopStatistics.Statistic;
import org.langevin4j.models.trajectory.LoopTest;

/**
 * The tests of a record on records whose law is known, each with surrogates of its own: how often Brownian motion and reversible relaxation are called
 * periodic or irreversible, and how often a rotation is found.
 */
final class SyntheticRecords {

    private static final int ROWS = 512;

    private static final int COORDINATES = 3;

    /** Of each kind, so that the two highest of 40 are 5 %. */
    private static final int COPIES = 39;

    private static final double LEVEL = 0.05;

    private SyntheticRecords() {}

    static void write(Sheet sheet) {
        RealMatrix covariance =
                MatrixUtils.createRealMatrix(new double[][] {{2.0, 0.5, 0.1}, {0.5, 1.0, -0.2}, {0.1, -0.2, 0.5}});
        RealMatrix diffusion =
                MatrixUtils.createRealMatrix(new double[][] {{0.2, 0.04, 0.0}, {0.04, 0.06, 0.0}, {0.0, 0.0, 0.004}});
        VectorAutoregression steps = VectorAutoregression.of(covariance.scalarMultiply(0.0), covariance);
        VectorAutoregression relaxation = VectorAutoregression.inDetailedBalance(covariance, diffusion, 1.0);
        double c = 0.9 * Math.cos(0.1);
        double s = 0.9 * Math.sin(0.1);
        VectorAutoregression rotation = VectorAutoregression.of(
                MatrixUtils.createRealMatrix(new double[][] {{c, -s, 0.0}, {s, c, 0.0}, {0.0, 0.0, 0.7}}),
                MatrixUtils.createRealIdentityMatrix(COORDINATES));
        int count = sheet.choose(60, 1000, 4000);
        try (ProgressReporter.Task task = sheet.progress().start("fig-3-nulls, synthetic records", 3)) {
            alarms(
                    sheet,
                    "Brownian motion",
                    trials(seed -> LoopTest.summed(steps.simulate(ROWS, COORDINATES, seed)), count, sheet, 91));
            task.advanceTo(1);
            alarms(
                    sheet,
                    "an Ornstein–Uhlenbeck process in detailed balance",
                    trials(seed -> relaxation.simulate(ROWS, COORDINATES, seed), count, sheet, 92));
            task.advanceTo(2);
            List<LoopTest> turning = trials(seed -> rotation.simulate(ROWS, COORDINATES, seed), count / 2, sheet, 93);
            Evidence power = sheet.supplement(String.format(
                    Locale.ROOT,
                    "Power at 5 %% against a rotation by 0.1 a row that loses a tenth of its size a row, %d rows",
                    ROWS));
            for (Statistic statistic : new Statistic[] {ROTATION, ENTROPY, PEAK}) {
                power.measure(statistic.words(), share(turning, statistic));
            }
            task.advanceTo(3);
        }
    }

    private static List<LoopTest> trials(Function<Seed, double[][]> process, int count, Sheet sheet, int part) {
        Seed seed = sheet.seed().derive(part);
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(k -> LoopTest.of(
                        process.apply(seed.derive(k).derive(0)),
                        0,
                        64,
                        8,
                        COPIES,
                        seed.derive(k).derive(1)))
                .toList();
    }

    private static double share(List<LoopTest> trials, Statistic statistic) {
        return trials.stream().filter(trial -> trial.pAbove(statistic) <= LEVEL).count() / (double) trials.size();
    }

    private static void alarms(Sheet sheet, String process, List<LoopTest> trials) {
        double error = Math.sqrt(LEVEL * (1.0 - LEVEL) / trials.size());
        Evidence evidence = sheet.supplement(String.format(
                Locale.ROOT,
                "False alarms at 5 %%, %d records of %s, each among %d twins and as many walks of its own",
                trials.size(),
                process,
                COPIES));
        for (Statistic statistic : new Statistic[] {PEAK, ROTATION, ENTROPY}) {
            evidence.measure("share above 95 % of both kinds: " + statistic.words(), share(trials, statistic))
                    .standardError(error)
                    .atMost(
                            LEVEL + 4.0 * error,
                            none(),
                            closedForm(
                                    "p = (1 + k)/(1 + n) is at most .05 in .05 of all cases; and four standard errors"));
        }
    }
}
