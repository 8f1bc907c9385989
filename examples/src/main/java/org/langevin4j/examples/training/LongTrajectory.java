package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

/**
 * The recording of Fig. 3 of Chaudhari and Soatto (2018) for an experiment that needs it: that of {@code figure-3} in the same folder of results, if it is
 * there and whole, else one of its own with the same settings. Nothing is written into the folder of another experiment.
 *
 * @param paper tiny-fc and its data
 * @param end the network after the last epoch
 * @param weights one row an epoch
 */
public record LongTrajectory(PaperNetwork paper, Network end, StoredArray weights) {

    /** η of the epochs that are recorded. */
    public static final double RATE = 1e-3;

    /** η is annealed from here. */
    private static final double FIRST_RATE = 0.1;

    /** Nesterov's μ. */
    public static final double MOMENTUM = 0.9;

    /** The size b of mini-batches. */
    public static final int BATCH = 128;

    /**
     * Finds it, or makes it.
     *
     * @param sheet whose effort, seed, data and folder it has
     * @return the recording
     * @throws IOException if a file cannot be read or written
     */
    public static LongTrajectory of(Sheet sheet) throws IOException {
        int before = sheet.choose(200, 1000, 1000);
        int epochs = sheet.choose(2000, 10_000, 100_000);
        PaperNetwork paper =
                PaperNetwork.of("tiny-fc", sheet.data(), sheet.seed().derive(0));
        Sgd sgd = Sgd.withRate(epoch ->
                        epoch < before ? FIRST_RATE * Math.pow(RATE / FIRST_RATE, (double) epoch / before) : RATE)
                .momentum(MOMENTUM, true)
                .batches(BATCH, Batches.SHUFFLED);
        Seed seed = sheet.seed().derive(3);
        TrainingRun run = new TrainingRun(paper, sgd, seed);
        Path name = Path.of("trajectory-" + epochs);
        Path found = sheet.out().resolveSibling("figure-3").resolve(name);
        Optional<Training> whole = whole(run, found, before + epochs);
        if (whole.isPresent()) {
            return new LongTrajectory(paper, whole.get().network(), Recording.weights(found));
        }
        Path own = sheet.out().resolve(name);
        Training training =
                new Recording(run, before, epochs, sheet.choose(5, 10, 20)).to(own, sheet.progress());
        return new LongTrajectory(paper, training.network(), Recording.weights(own));
    }

    /** The end of a recording that is this one and complete. */
    private static Optional<Training> whole(TrainingRun run, Path folder, int epochs) {
        Path state = folder.resolve("training.state");
        if (!Files.exists(state)) {
            return Optional.empty();
        }
        try {
            return run.saved(state).filter(training -> training.epoch() == epochs);
        } catch (IOException another) {
            return Optional.empty();
        }
    }
}
