package org.langevin4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.data.GeneratedDigits;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NumberArray;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;

class RecordingTest {

    private static Recording recording(int epochs, long seed) {
        PaperNetwork paper = new PaperNetwork(
                Architectures.tinyFc(), GeneratedDigits.of(500, Seed.of(1)), "generated digits", Optional.empty());
        Sgd sgd = Sgd.withRate(0.02).batches(50, Batches.SHUFFLED);
        return new Recording(new TrainingRun(paper, sgd, Seed.of(seed)), 30, epochs, 7);
    }

    /** Runs it in a process of its own, to be killed. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) throws IOException {
            recording(5_000, 3).to(Path.of(args[0]), ProgressReporter.silent());
        }
    }

    @Test
    void killedFourTimesItEndsWithTheSameFiles(@TempDir Path folder) throws IOException, InterruptedException {
        Path whole = folder.resolve("whole");
        recording(5_000, 3).to(whole, ProgressReporter.silent());
        Path killed = folder.resolve("killed");
        Path state = killed.resolve("training.state");
        Random random = new Random(7);
        int kills = 0;
        while (kills < 4) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Victim.class.getName(),
                            killed.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long written = time(state);
            // Not before it has saved something new, then at any instant.
            while (child.isAlive() && time(state) == written) {
                Thread.sleep(1);
            }
            Thread.sleep(random.nextInt(40), random.nextInt(999_999));
            assertThat(child.isAlive())
                    .as("the process has ended after %s kills: it was not to", kills)
                    .isTrue();
            child.destroyForcibly();
            assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
            kills++;
        }
        recording(5_000, 3).to(killed, ProgressReporter.silent());
        for (String name : new String[] {"weights.npy", "gradients.npy", "training.state"}) {
            assertThat(killed.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    private static long time(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS) : 0;
    }

    /** The rows are the weights after each epoch, the gradients those of the network then. */
    @Test
    void recordsWhatTheTrainingDoes(@TempDir Path folder) throws IOException {
        Recording recording = recording(110, 4);
        Training end = recording.to(folder, ProgressReporter.silent());
        NumberArray weights = Recording.weights(folder).read();
        assertThat(weights.rows()).isEqualTo(110);
        Training plain = recording.run().begin();
        DataSet data = recording.run().paper().data();
        double[][] gradients = ArrayFile.find(folder.resolve("gradients.npy").toString())
                .read()
                .toRows();
        assertThat(gradients).hasNumberOfRows(20);
        for (int epoch = 1; epoch <= 140; epoch++) {
            double loss = plain.run();
            if (epoch > 30) {
                assertThat(weights.toRows()[epoch - 31])
                        .containsExactly(plain.network().weights());
            }
            if (epoch % 7 == 0) {
                double sum = 0.0;
                for (double g : plain.network().gradient(data)) {
                    sum += g * g;
                }
                assertThat(gradients[epoch / 7 - 1])
                        .contains(new double[] {epoch, Math.sqrt(sum / 917), loss}, within(1e-12));
            }
        }
        assertThat(end.network().weights()).isEqualTo(plain.network().weights());
        assertThatThrownBy(() -> recording(110, 5).to(folder, ProgressReporter.silent()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("training.state: it was saved by a training with another");
        assertThat(Recording.weights(folder).rows()).isEqualTo(110);
    }
}
