package org.langevin4j.examples.paper.measured;

import org.langevin4j.core.linear.Eigenpairs;
import org.langevin4j.core.random.Seed;
import org.langevin4j.core.sde.Diffusion;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.GradientNoise;
import org.langevin4j.models.training.NoisyDescent;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

/** Stochastic gradient descent as it is drawn, and equations that stand for it. */
enum Rival {
    /** The theory's: each sample drawn from all. */
    DRAWN("SGD, drawn with replacement"),
    /** Each sample once an epoch. */
    SHUFFLED("SGD, shuffled"),
    /** What people run. */
    AS_RUN("SGD, shuffled, batch norm by mini-batches"),
    /** D(x) at every step. */
    EXACT("equation, D(x) at each step"),
    /** D of some epochs ago. */
    STAGES("equation, D renewed"),
    /** Remark 13: D once. */
    FROZEN("equation, D of the start"),
    /** A multiple of the unit matrix. */
    ISOTROPIC("equation, (tr D/d) I of the start");

    /** Epochs for which D is kept where it is renewed. */
    static final int RENEWED = 2;

    private final String text;

    Rival(String text) {
        this.text = text;
    }

    /** What all begin with. */
    record Problem(
            Network start,
            DataSet data,
            double rate,
            int batch,
            int epochs,
            double meanEigenvalue,
            Eigenpairs directions) {

        static Problem of(Network start, DataSet data, double rate, int batch, int epochs, int directions) {
            MeasuredDiffusion d = MeasuredDiffusion.from(start.perSampleGradients(data));
            return new Problem(start, data, rate, batch, epochs, d.meanEigenvalue(), d.leadingEigenpairs(directions));
        }

        Sgd sgd(Batches batches) {
            return Sgd.withRate(rate).momentum(0.0, false).batches(batch, batches);
        }
    }

    private GradientNoise noise(Problem problem) {
        return switch (this) {
            case DRAWN, SHUFFLED, AS_RUN -> GradientNoise.miniBatches();
            case EXACT -> GradientNoise.exact();
            case STAGES -> GradientNoise.refreshed(RENEWED);
            case FROZEN -> GradientNoise.refreshed(problem.epochs());
            case ISOTROPIC ->
                GradientNoise.of(Diffusion.isotropic(problem.start().dimension(), problem.meanEigenvalue()));
        };
    }

    Course run(Problem problem, Seed seed) {
        int steps = (problem.data().size() + problem.batch() - 1) / problem.batch();
        Course course = new Course(problem.start(), problem.data(), problem.directions(), problem.epochs(), steps);
        Sgd sgd = problem.sgd(this == DRAWN ? Batches.WITH_REPLACEMENT : Batches.SHUFFLED);
        if (this == AS_RUN) {
            Training training = Training.of(problem.start(), sgd, problem.data(), seed);
            while (training.epoch() < problem.epochs()) {
                training.run(problem.data(), course::step);
                course.epoch(training.network());
            }
            return course;
        }
        NoisyDescent descent = NoisyDescent.of(problem.start(), sgd, problem.data(), noise(problem), seed);
        while (descent.epoch() < problem.epochs()) {
            descent.run(course::step);
            course.epoch(descent.network());
        }
        return course;
    }

    @Override
    public String toString() {
        return text;
    }
}
