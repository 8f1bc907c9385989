package org.langevin4j.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.examples.experiment.ExperimentResult;

class ResultFolderTest {

    private static final List<String> TOLD = new ArrayList<>();

    @TempDir
    Path out;

    @Test
    void whatIsReadBackIsWhatWasWrittenButForInfinity() throws IOException {
        ResultFolder folder = new ResultFolder(out);
        folder.write(Samples.RESULT);
        folder.write(Samples.GOOD);
        List<ExperimentResult> read = folder.readAll(TOLD::add);
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
        assertThat(folder.readAll(TOLD::add)).isEmpty();
    }

    @Test
    void aNewRunTakesTheReportsAwayThatTellOfTheFormer() throws IOException {
        ResultFolder folder = new ResultFolder(out);
        folder.write(Samples.RESULT);
        List<Path> reports = List.of(out.resolve("index.html"), out.resolve("report.json"), out.resolve("report.md"));
        for (Path report : reports) {
            Files.writeString(report, "1 of 1 claim holds", StandardCharsets.UTF_8);
        }
        folder.prepare("theorem-5");
        assertThat(reports).allMatch(Files::notExists);
    }

    @Test
    void foldersWithoutResultAreLeftAloneAndBrokenOnesAreToldAndLeftOut() throws IOException {
        ResultFolder folder = new ResultFolder(out);
        folder.write(Samples.GOOD);
        Path other = Files.createDirectories(out.resolve("other"));
        assertThat(folder.readAll(TOLD::add)).containsExactly(Samples.GOOD);
        assertThat(TOLD).isEmpty();
        for (String broken : List.of(
                "", "[]", "null", "{\"name\":", "{}", "{\"findings\":[{\"bearing\":\"none\"}]}", "[".repeat(100_000))) {
            TOLD.clear();
            Files.writeString(other.resolve("result.json"), broken, StandardCharsets.UTF_8);
            assertThat(folder.readAll(TOLD::add)).containsExactly(Samples.GOOD);
            assertThat(TOLD).singleElement().asString().contains("result.json: not a result of");
        }
    }
}
