package org.langevin4j.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Test
    void goesOnFromWhatWasSaved(@TempDir Path folder) throws IOException {
        PaperNetwork paper = PaperNetwork.of("tiny-fc", Optional.empty(), Seed.of(1));
        assertThat(paper.origin()).isEqualTo("generated digits");
        List<Network> whole = run(paper, folder.resolve("whole"));
        List<Network> again = run(paper, folder.resolve("whole"));
        Files.delete(folder.resolve("whole/tiny-fc-5-of-5.training"));
        List<Network> resumed = run(paper, folder.resolve("whole"));
        for (int i = 0; i < 3; i++) {
            assertThat(again.get(i).weights()).isEqualTo(whole.get(i).weights());
            assertThat(resumed.get(i).weights()).isEqualTo(whole.get(i).weights());
        }
        assertThat(whole.get(1).weights()).isNotEqualTo(whole.get(2).weights());
        assertThat(whole.get(2).score(paper.data()).loss())
                .isLessThan(whole.get(0).score(paper.data()).loss());
    }

    /** A damaged state is as none. */
    @Test
    void beginsAnewWhereTheStateIsDamaged(@TempDir Path folder) throws IOException {
        PaperNetwork paper = PaperNetwork.of("tiny-fc", Optional.empty(), Seed.of(1));
        List<Network> whole = run(paper, folder.resolve("whole"));
        Files.createDirectories(folder.resolve("other"));
        Files.write(folder.resolve("other/tiny-fc-5-of-5.training"), new byte[] {1, 2, 3});
        assertThat(run(paper, folder.resolve("other")).get(2).weights())
                .isEqualTo(whole.get(2).weights());
    }

    private static List<Network> run(PaperNetwork paper, Path folder) throws IOException {
        return TrainingStages.run(paper, 5, 0.05, Seed.of(2), folder, ProgressReporter.silent());
    }
}
