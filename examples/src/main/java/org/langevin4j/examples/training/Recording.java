package org.langevin4j.examples.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.langevin4j.core.linear.Vectors;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.file.StoredArray;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Training;

/**
 * A long training whose weights are kept after each epoch, in files that grow and can be read while they do: {@code weights.npy}, a row of float32 an
 * epoch, and {@code gradients.npy}, rows of the epoch, ‖∇f‖/√d over all data in evaluation mode, and the mean loss of the epoch's mini-batches.
 * Killed at any instant and run again it goes on from its last saved state to the same files, byte for byte.
 *
 * @param run the training
 * @param before epochs that are not recorded
 * @param epochs that are
 * @param gradientEvery epochs between two gradients over all data, those that are not recorded among them
 */
public record Recording(TrainingRun run, int before, int epochs, int gradientEvery) {

    /** Epochs between two saved states. */
    private static final int CHECKPOINT = 100;

    /**
     * Runs it to its end, or the rest of it.
     *
     * @param folder of the files, made if needed
     * @param progress told of the epochs
     * @return the training after its last epoch
     * @throws IOException if a file cannot be written, or is not of this recording
     */
    public Training to(Path folder, ProgressReporter progress) throws IOException {
        Files.createDirectories(folder);
        Path state = folder.resolve("training.state");
        Training training = run.saved(state).orElseGet(run::begin);
        int done = training.epoch();
        int columns = training.network().dimension();
        int total = before + epochs;
        double[][] block = new double[CHECKPOINT][];
        int held = 0;
        try (ProgressReporter.Task task = progress.start("SGD, epochs recorded", total);
                NpyWriter weights = writer(folder.resolve("weights.npy"), columns, Math.max(0, done - before), true);
                NpyWriter gradients = writer(folder.resolve("gradients.npy"), 3, done / gradientEvery, false)) {
            while (training.epoch() < total) {
                double loss = training.run(run.images(training.epoch()));
                task.advanceTo(training.epoch());
                if (training.epoch() % gradientEvery == 0) {
                    gradients.write(new double[][] {{training.epoch(), gradient(training.network()), loss}}, 1);
                }
                if (training.epoch() > before) {
                    block[held] = training.network().weights();
                    held++;
                }
                if (training.epoch() % CHECKPOINT == 0 || training.epoch() == total) {
                    weights.write(block, held);
                    held = 0;
                    // What the state says is behind it must be there whenever it is.
                    weights.force();
                    gradients.force();
                    run.save(training, state);
                }
            }
        }
        return training;
    }

    private double gradient(Network network) {
        return Vectors.norm(network.gradient(run.paper().data())) / Math.sqrt(network.dimension());
    }

    private static NpyWriter writer(Path file, int columns, long rows, boolean single) throws IOException {
        if (rows > 0) {
            return NpyWriter.resume(file, columns, rows);
        }
        Files.deleteIfExists(file);
        return single ? NpyWriter.singles(file, columns) : NpyWriter.doubles(file, columns);
    }

    /**
     * The weights of a recording.
     *
     * @param folder of its files
     * @return one row an epoch
     * @throws IOException if there are none yet
     */
    public static StoredArray weights(Path folder) throws IOException {
        return ArrayFile.find(folder.resolve("weights.npy").toString());
    }
}
