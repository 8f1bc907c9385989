package org.langevin4j.examples.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import org.langevin4j.solvers.file.AtomicFile;

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
     * @param epochs at least 5
     * @param rate learning rate at first; a fifth after 40 per cent of the epochs, a 25th after 80
     * @param seed of weights, mini-batches and dropout
     * @param folder of saved states
     * @param progress told of the epochs
     * @return the network at the three instants
     * @throws IOException if a state cannot be written
     */
    public static List<Network> run(
            PaperNetwork paper, int epochs, double rate, Seed seed, Path folder, ProgressReporter progress)
            throws IOException {
        Network start = Network.initialised(paper.architecture(), seed.derive(0));
        Sgd sgd = Sgd.withRate(epoch -> rate * (epoch < 0.4 * epochs ? 1.0 : epoch < 0.8 * epochs ? 0.2 : 0.04));
        String title = "training " + paper.architecture().name();
        List<Network> stages = new ArrayList<>();
        Training training = Training.of(start, sgd, paper.data(), seed.derive(1));
        Files.createDirectories(folder);
        try (ProgressReporter.Task task = progress.start(title, epochs)) {
            for (double instant : INSTANTS) {
                int end = (int) Math.round(instant * epochs);
                Path file = folder.resolve(paper.architecture().name() + "-" + end + "-of-" + epochs + ".training");
                Path underway = folder.resolve(paper.architecture().name() + "-of-" + epochs + ".training");
                for (Path saved : List.of(file, underway)) {
                    Training found = resumed(start, sgd, paper, seed.derive(1), saved);
                    if (found != null && found.epoch() > training.epoch() && found.epoch() <= end) {
                        training = found;
                    }
                }
                while (training.epoch() < end) {
                    task.advanceTo(training.epoch());
                    training.run();
                    AtomicFile.write(training.epoch() == end ? file : underway, training::save);
                }
                stages.add(training.network());
            }
            Files.deleteIfExists(folder.resolve(paper.architecture().name() + "-of-" + epochs + ".training"));
        }
        return stages;
    }

    /** Nothing if there is no file, or one of another run. */
    private static @Nullable Training resumed(Network start, Sgd sgd, PaperNetwork paper, Seed seed, Path saved) {
        if (!Files.exists(saved)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(saved)) {
            return Training.resume(start, sgd, paper.data(), seed, in);
        } catch (IOException another) {
            return null;
        }
    }
}
