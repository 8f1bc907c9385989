package org.langevin4j.examples.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * A training from its first weights on, whose state is saved after each epoch: a run that was stopped goes on to the same bits.
 *
 * @param paper the network and its data
 * @param sgd the method
 * @param seed of weights, mini-batches, dropout and augmentation
 */
public record TrainingRun(PaperNetwork paper, Sgd sgd, Seed seed) {

    /**
     * The beginning.
     *
     * @return before the first epoch
     */
    public Training begin() {
        return Training.of(start(), sgd, paper.data(), draws());
    }

    /**
     * What a file has of it.
     *
     * @param file that {@link #epoch} wrote
     * @return nothing if there is no such file
     * @throws IOException if the file cannot be read, or is not of this run; names it
     */
    public Optional<Training> saved(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(Training.resume(start(), sgd, paper.data(), draws(), in));
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs one epoch and saves the state.
     *
     * @param training of this run
     * @param file replaced
     * @return the mean loss in nats
     * @throws IOException if the file cannot be written
     */
    public double epoch(Training training, Path file) throws IOException {
        double loss = training.run(images(training.epoch()));
        save(training, file);
        return loss;
    }

    /**
     * Saves the state.
     *
     * @param training of this run
     * @param file replaced
     * @throws IOException if the file cannot be written
     */
    public void save(Training training, Path file) throws IOException {
        AtomicFile.write(file, training::save);
    }

    /**
     * The samples of an epoch.
     *
     * @param epoch from 0
     * @return those of the network, changed at random for this epoch if they are augmented
     */
    public DataSet images(int epoch) {
        return paper.augmentation()
                .map(random -> random.apply(paper.data(), seed.derive(2), epoch))
                .orElse(paper.data());
    }

    private Network start() {
        return Network.initialised(paper.architecture(), seed.derive(0));
    }

    private Seed draws() {
        return seed.derive(1);
    }
}
