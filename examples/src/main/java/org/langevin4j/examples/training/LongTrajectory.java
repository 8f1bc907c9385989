package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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
 * @param folder where its files are
 */
public record LongTrajectory(PaperNetwork paper, Network end, StoredArray weights, Path folder) {

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
        int epochs = epochs(sheet);
        TrainingRun run = run(sheet, MOMENTUM, Batches.SHUFFLED);
        Path found = sheet.out().resolveSibling("figure-3").resolve(folder(epochs));
        Optional<Training> whole = whole(run, found, before(sheet) + epochs);
        if (whole.isPresent()) {
            return new LongTrajectory(run.paper(), whole.get().network(), Recording.weights(found), found);
        }
        return recorded(sheet, run, epochs, folder(epochs));
    }

    /**
     * Makes one, or goes on with it, in the folder of the experiment itself.
     *
     * @param sheet whose effort, seed, data and folder it has
     * @param momentum Nesterov's μ
     * @param batches how mini-batches are drawn
     * @param epochs how many are recorded
     * @param suffix of the name of its folder
     * @return the recording
     * @throws IOException if a file cannot be read or written
     */
    public static LongTrajectory recorded(Sheet sheet, double momentum, Batches batches, int epochs, String suffix)
            throws IOException {
        return recorded(sheet, run(sheet, momentum, batches), epochs, folder(epochs) + suffix);
    }

    private static LongTrajectory recorded(Sheet sheet, TrainingRun run, int epochs, String folder) throws IOException {
        Path own = sheet.out().resolve(folder);
        Training training =
                new Recording(run, before(sheet), epochs, sheet.choose(5, 10, 20)).to(own, sheet.progress());
        return new LongTrajectory(run.paper(), training.network(), Recording.weights(own), own);
    }

    private static String folder(int epochs) {
        return "trajectory-" + epochs;
    }

    /**
     * How many epochs go before the recording, in which η falls to {@link #RATE}.
     *
     * @param sheet whose effort decides
     * @return 1,000 in the paper
     */
    public static int before(Sheet sheet) {
        return sheet.choose(200, 1000, 1000);
    }

    /**
     * How many epochs are recorded.
     *
     * @param sheet whose effort decides
     * @return 100,000 in the paper
     */
    public static int epochs(Sheet sheet) {
        return sheet.choose(2000, 10_000, 100_000);
    }

    private static TrainingRun run(Sheet sheet, double momentum, Batches batches) throws IOException {
        int before = before(sheet);
        Sgd sgd = Sgd.withRate(epoch ->
                        epoch < before ? FIRST_RATE * Math.pow(RATE / FIRST_RATE, (double) epoch / before) : RATE)
                .momentum(momentum, true)
                .batches(BATCH, batches);
        return new TrainingRun(
                PaperNetwork.of("tiny-fc", sheet.data(), sheet.seed().derive(0)),
                sgd,
                sheet.seed().derive(3));
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
