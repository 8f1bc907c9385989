package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.REMARK_13;
import static org.langevin4j.examples.experiment.Statement.REMARK_15;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;
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
        Strength below = strength(standard, usual.withBatch(BATCH / 4));
        Strength above = strength(standard, usual.withBatch(4 * BATCH));
        // Of the left side of eq. (14), which would be −1 if D were given.
        double exponent = (above.logarithm - below.logarithm) / Math.log(16.0);
        double error = Math.hypot(above.error, below.error) / Math.log(16.0);
        sheet.fails(
                        REMARK_13,
                        "49-64-10 trained with as many steps with b = 32 and with b = 512: the mean eigenvalue at the"
                                + " end is not the same")
                .measure("mean λ(D) ∝ bᵖ at the end, b from 32 to 512: p", 1.0 + exponent)
                .standardError(error)
                .atLeast(0.2, standardErrors(4), closedForm("0 for a D that is constant"));
        Evidence recipe = sheet.fails(
                REMARK_15,
                "networks with a quarter and twice the weights of 49-64-10, b by eq. (14) from D at the end of a"
                        + " training with b = 128: trained anew with it, as many steps, their D is another and eq. (14)"
                        + " does not hold");
        Evidence needed = sheet.supplement("Eq. (14), trainings of as many steps: means over " + SEEDS + " of them");
        for (int[] hidden : new int[][] {{16}, {64, 64}}) {
            PaperNetwork paper = small.with(fullyConnected(hidden));
            String name = paper.architecture().name();
            Strength first = strength(paper, usual);
            double before = first.logarithm - at.logarithm;
            int b = (int) Math.round(BATCH * Math.exp(before));
            Strength anew = strength(paper, usual.withBatch(b));
            double after = anew.logarithm - at.logarithm;
            recipe.measure(name + ", b = " + b + ": |ln| of (η/b)·mean λ(D) over that of 49-64-10", Math.abs(after))
                    .standardError(Math.hypot(anew.error, at.error))
                    .atLeast(0.2, standardErrors(4), closedForm("0 by eq. (14)"));
            needed.measure(name + ", b = 128: ln of (η/b)·mean λ(D) over that of 49-64-10", before)
                    .standardError(Math.hypot(first.error, at.error));
            needed.measure(name + ", b = " + b + ": the same", after).standardError(Math.hypot(anew.error, at.error));
            needed.measure(
                    name + ": b for which it would hold if D changes as that of 49-64-10",
                    BATCH * Math.exp(-before / exponent));
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
