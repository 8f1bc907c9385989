package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.examples.experiment.ExperimentResult;

class ResultFolderTest {

    @TempDir
    Path out;

    @Test
    void whatIsReadBackIsWhatWasWrittenButForInfinity() throws IOException {
        ResultFolder folder = new ResultFolder(out);
        folder.write(Samples.RESULT);
        folder.write(Samples.GOOD);
        List<ExperimentResult> read = folder.readAll();
        assertThat(read.get(0)).isEqualTo(Samples.GOOD);
        assertThat(read.get(1).findings().subList(0, 2))
                .isEqualTo(Samples.RESULT.findings().subList(0, 2));
        assertThat(read.get(1).findings().get(2).checks().get(0).value()).isNaN();
        assertThat(read.get(1).provenance()).isEqualTo(Samples.OLD);
        assertThat(read.get(1).pictures()).isEqualTo(Samples.RESULT.pictures());
        assertThat(read.get(1).passed()).isFalse();
    }

    @Test
    void preparingTakesTheFormerResultAway() throws IOException {
        ResultFolder folder = new ResultFolder(out.resolve("new"));
        folder.write(Samples.RESULT);
        assertThat(folder.prepare("theorem-5")).isDirectory();
        assertThat(folder.readAll()).isEmpty();
    }

    @Test
    void foldersWithoutResultAreLeftAloneAndBrokenOnesNamed() throws IOException {
        Path other = Files.createDirectories(out.resolve("other"));
        assertThat(new ResultFolder(out).readAll()).isEmpty();
        for (String broken : List.of("{\"name\":", "{}", "{\"findings\":[{\"bearing\":\"none\"}]}")) {
            Files.writeString(other.resolve("result.json"), broken, StandardCharsets.UTF_8);
            assertThatIOException()
                    .isThrownBy(() -> new ResultFolder(out).readAll())
                    .withMessageContaining("result.json: not a result of");
        }
    }
}
