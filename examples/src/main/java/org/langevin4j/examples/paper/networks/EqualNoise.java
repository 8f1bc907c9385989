package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.paper.networks.DigitTrainings.BATCH;
import static org.langevin4j.examples.paper.networks.DigitTrainings.fullyConnected;

import java.io.IOException;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Evidence;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.Schedule;
import org.langevin4j.models.network.MeasuredDiffusion;

/**
 * Remark 15 as a rule: networks get the mini-batch that eq. (14) asks for by the D they have at the end of a usual training, and are trained anew, with as many steps.
 * Gradients of single samples have long tails, and trainings differ: means of logarithms over several.
 */
final class EqualNoise {

    /** Trainings of one network. */
    private static final int SEEDS = 4;

    private final DigitTrainings trainings;

    private EqualNoise(DigitTrainings trainings) {
        this.trainings = trainings;
    }

    /** ln of the left side of eq. (14), over trainings. */
    private record Strength(double logarithm, double error) {}

    /** For networks of a quarter and twice the weights of small-fc. */
    static void write(Sheet sheet, PaperNetwork small) throws IOException {
        new EqualNoise(new DigitTrainings(sheet)).write(sheet, small, small.with(fullyConnected(64)));
    }

    private void write(Sheet sheet, PaperNetwork small, PaperNetwork standard) throws IOException {
        Schedule usual = trainings.schedule();
        Strength at = strength(standard, usual);
        Evidence batches = sheet.supplement("D at the end depends on the b of as many steps: means over " + SEEDS + " trainings");
        for (int b : new int[] {BATCH / 4, BATCH, 4 * BATCH}) {
            Strength other = b == BATCH ? at : strength(standard, usual.withBatch(b));
            batches.measure(
                            standard.architecture().name() + ", b = " + b + ": ln of mean λ(D)",
                            other.logarithm - Math.log(usual.rate() / b))
                    .standardError(other.error);
        }
        Evidence recipe = sheet.supplement("recipe");
        for (int[] hidden : new int[][] {{16}, {64, 64}}) {
            PaperNetwork paper = small.with(fullyConnected(hidden));
            String name = paper.architecture().name();
            Strength first = strength(paper, usual);
            int b = (int) Math.round(BATCH * Math.exp(first.logarithm - at.logarithm));
            Strength anew = strength(paper, usual.withBatch(b));
            recipe.measure(name + ", b = 128: ln of the ratio", first.logarithm - at.logarithm)
                    .standardError(Math.hypot(first.error, at.error));
            recipe.measure(name + ", b = " + b + ": ln of the ratio", anew.logarithm - at.logarithm)
                    .standardError(Math.hypot(anew.error, at.error));
        }
    }

    private Strength strength(PaperNetwork paper, Schedule schedule) throws IOException {
        RunningMoments logarithms = new RunningMoments(1);
        for (int k = 0; k < SEEDS; k++) {
            MeasuredDiffusion d = MeasuredDiffusion.from(
                    trainings.end(paper, schedule, k).perSampleGradients(trainings.samples(paper)));
            logarithms.add(Math.log(schedule.rate() / schedule.batch() * d.meanEigenvalue()));
        }
        return new Strength(logarithms.mean(0), logarithms.standardError(0));
    }
}
