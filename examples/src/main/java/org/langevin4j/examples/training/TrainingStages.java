package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Training;

/**
 * Trains a network and keeps it at 20, 40 and 100 per cent of the training, the three instants of Figs. 1 and 2. The state is saved after each epoch, and a run that
 * was stopped goes on where it was, to the same bits.
 */
public final class TrainingStages {

    private static final double[] INSTANTS = {0.2, 0.4, 1.0};

    private TrainingStages() {}

    /**
     * Trains.
     *
     * @param paper the network and its data
     * @param schedule how
     * @param seed of weights, mini-batches, dropout and augmentation
     * @param folder of saved states, made if needed; a state of another run is replaced
     * @param progress told of the epochs
     * @return the network at the three instants
     * @throws IOException if a state cannot be written
     */
    public static List<Network> run(
            PaperNetwork paper, Schedule schedule, Seed seed, Path folder, ProgressReporter progress)
            throws IOException {
        TrainingRun run = schedule.run(paper, seed);
        String name = (paper.label() + ", " + schedule)
                .toLowerCase(Locale.ROOT)
                .replace("η = ", "rate ")
                .replace("b = ", "batch ")
                .replaceAll("[^a-z0-9.]+", "-");
        List<Network> stages = new ArrayList<>();
        Training training = run.begin();
        Files.createDirectories(folder);
        Path underway = folder.resolve(name + ".training");
        try (ProgressReporter.Task task = progress.start("training " + paper.label(), schedule.epochs())) {
            for (double instant : INSTANTS) {
                int end = (int) Math.round(instant * schedule.epochs());
                Path file = folder.resolve(name + "-at-" + end + ".training");
                for (Path saved : List.of(file, underway)) {
                    Training found = ownState(run, saved).orElse(training);
                    if (found.epoch() > training.epoch() && found.epoch() <= end) {
                        training = found;
                    }
                }
                while (training.epoch() < end) {
                    task.advanceTo(training.epoch());
                    run.epoch(training, training.epoch() + 1 == end ? file : underway);
                }
                stages.add(training.network());
            }
            Files.deleteIfExists(underway);
        }
        return stages;
    }

    private static Optional<Training> ownState(TrainingRun run, Path file) {
        try {
            return run.saved(file);
        } catch (IOException another) {
            return Optional.empty();
        }
    }
}
