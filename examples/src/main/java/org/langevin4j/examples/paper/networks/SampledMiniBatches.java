package org.langevin4j.examples.paper.networks;

import static org.langevin4j.examples.experiment.Oracle.closedForm;
import static org.langevin4j.examples.experiment.Statement.DEFINITION_1;
import static org.langevin4j.examples.experiment.Statement.EQUATION_A1;
import static org.langevin4j.examples.experiment.Statement.REMARK_12;
import static org.langevin4j.examples.experiment.Tolerance.standardErrors;

import java.util.List;
import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.core.statistics.RunningMoments;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

/** Definition 1 on a network: mini-batches drawn from 200 samples, their mean gradients along the strongest directions of D. */
final class SampledMiniBatches {

    private static final int SAMPLES = 200;
    private static final int DIRECTIONS = 3;

    private SampledMiniBatches() {}

    static void write(Sheet sheet) {
        Seed seed = sheet.seed().derive(12);
        DataSet all = GeneratedDigits.of(2_000, seed.derive(0));
        Training training = Training.of(
                Network.initialised(Architectures.tinyFc(), seed.derive(1)), Sgd.withRate(0.05), all, seed.derive(2));
        while (training.epoch() < 3) {
            training.run();
        }
        double[][] gradients =
                training.network().perSampleGradients(all.first(SAMPLES)).toRows();
        MeasuredDiffusion d = MeasuredDiffusion.from(training.network().perSampleGradients(all.first(SAMPLES)));
        Eigenpairs strongest = d.leadingEigenpairs(DIRECTIONS);
        double[] mean = d.meanGradient();
        for (int j = 0; j < DIRECTIONS; j++) {
            double[] direction = strongest.vector(j);
            double[] along = new double[SAMPLES];
            for (int k = 0; k < SAMPLES; k++) {
                along[k] = Vectors.dot(direction, gradients[k]) - Vectors.dot(direction, mean);
            }
            for (int b : new int[] {16, SAMPLES / 2}) {
                draw(sheet, UniformStream.of(seed.derive(3).derive(10L * b + j)), along, strongest.value(j), j, b);
            }
        }
    }

    /** Deviations from the mean gradient along an eigenvector. */
    private static void draw(Sheet sheet, UniformStream uniform, double[] along, double eigenvalue, int j, int b) {
        int batches = sheet.choose(5_000, 20_000, 100_000);
        RunningMoments squares = new RunningMoments(2);
        double[] order = along.clone();
        for (int k = 0; k < batches; k++) {
            double with = 0.0;
            double without = 0.0;
            for (int i = 0; i < b; i++) {
                with += along[(int) (uniform.at(k, i, 0) * SAMPLES)] / b;
                int place = i + (int) (uniform.at(k, i, 1) * (SAMPLES - i));
                double drawn = order[place];
                order[place] = order[i];
                order[i] = drawn;
                without += drawn / b;
            }
            squares.add(with * with, without * without);
        }
        String what = "N = 200, b = " + b + ", eigenvector " + (j + 1) + ": ";
        for (var statement : List.of(DEFINITION_1, EQUATION_A1)) {
            sheet.holds(statement, "tiny-fc trained on generated digits, mini-batches drawn with replacement")
                    .measure(what + "b times the variance over λ(D)", b * squares.mean(0) / eigenvalue)
                    .standardError(b * squares.standardError(0) / eigenvalue)
                    .near(1.0, standardErrors(4), closedForm("D of all 200 gradients"));
        }
        double share = (1.0 - (double) b / SAMPLES) * SAMPLES / (SAMPLES - 1.0);
        sheet.holds(REMARK_12, MiniBatches.FRESH)
                .measure("tiny-fc, " + what + "b times the variance over λ(D)", b * squares.mean(1) / eigenvalue)
                .standardError(b * squares.standardError(1) / eigenvalue)
                .near(share, standardErrors(4), closedForm("(1 − b/N)N/(N − 1)"));
    }
}
