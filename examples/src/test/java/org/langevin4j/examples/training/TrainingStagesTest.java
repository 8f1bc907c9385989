package org.langevin4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.network.Network;

class TrainingStagesTest {

    private static final String LAST = "tiny-fc-on-generated-digits-5-epochs-rate-0.05-batch-128-at-5.training";

    @Test
    void goesOnFromWhatWasSaved(@TempDir Path folder) throws IOException {
        PaperNetwork paper = PaperNetwork.of("tiny-fc", Optional.empty(), Seed.of(1));
        assertThat(paper.origin()).isEqualTo("generated digits");
        List<Network> whole = run(paper, folder.resolve("whole"));
        List<Network> again = run(paper, folder.resolve("whole"));
        Files.delete(folder.resolve("whole/" + LAST));
        List<Network> resumed = run(paper, folder.resolve("whole"));
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i).weights()).isEqualTo(whole.get(i).weights());
            assertThat(resumed.get(i).weights()).isEqualTo(whole.get(i).weights());
        }
        assertThat(whole.get(1).weights()).isNotEqualTo(whole.get(2).weights());
        assertThat(whole.get(2).score(paper.data()).loss())
                .isLessThan(whole.get(0).score(paper.data()).loss());
    }

    /** The images of an epoch are augmented as if the run had not been stopped. */
    @Test
    void goesOnWhereItWasStopped(@TempDir Path folder) throws IOException {
        PaperNetwork plain =
                PaperNetwork.of("small-lenet", Optional.empty(), Seed.of(1)).first(40);
        PaperNetwork paper = plain.augmented();
        List<Network> whole = run(paper, folder.resolve("whole"));
        assertThat(run(plain, folder.resolve("plain")).get(0).weights())
                .isNotEqualTo(whole.get(0).weights());
        Path stopped = folder.resolve("stopped");
        ProgressReporter stopping = (title, total) -> new ProgressReporter.Task() {
            @Override
            public void advanceTo(long done) {
                if (done == 4) {
                    throw new IllegalStateException("stopped");
                }
            }

            @Override
            public void close() {}
        };
        Schedule schedule = new Schedule(5, 0.05, 128);
        assertThatThrownBy(() -> TrainingStages.run(paper, schedule, Seed.of(2), stopped, stopping))
                .hasMessage("stopped");
        assertThat(stopped.toFile().list())
                .containsExactlyInAnyOrder(
                        "small-lenet-on-generated-digits-augmented-5-epochs-rate-0.05-batch-128-at-1.training",
                        "small-lenet-on-generated-digits-augmented-5-epochs-rate-0.05-batch-128-at-2.training",
                        "small-lenet-on-generated-digits-augmented-5-epochs-rate-0.05-batch-128.training");
        List<Network> resumed = run(paper, stopped);
        for (int i = 0; i < 3; i++) {
            assertThat(resumed.get(i).weights()).isEqualTo(whole.get(i).weights());
        }
        assertThat(stopped.toFile().list()).hasSize(3);
    }

    /** A damaged state is as none. */
    @Test
    void beginsAnewWhereTheStateIsDamaged(@TempDir Path folder) throws IOException {
        PaperNetwork paper = PaperNetwork.of("tiny-fc", Optional.empty(), Seed.of(1));
        List<Network> whole = run(paper, folder.resolve("whole"));
        Files.createDirectories(folder.resolve("other"));
        Files.write(folder.resolve("other/" + LAST), new byte[] {1, 2, 3});
        assertThat(run(paper, folder.resolve("other")).get(2).weights())
                .isEqualTo(whole.get(2).weights());
    }

    private static List<Network> run(PaperNetwork paper, Path folder) throws IOException {
        return TrainingStages.run(paper, new Schedule(5, 0.05, 128), Seed.of(2), folder, ProgressReporter.silent());
    }
}
