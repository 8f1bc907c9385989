package org.langevin4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.langevin4j.examples.experiment.Experiment;

/** What is made of the command before it runs: as little as it needs. */
class StartTest {

    private final AtomicInteger asked = new AtomicInteger();

    private List<Experiment> experiments() {
        asked.incrementAndGet();
        return List.of();
    }

    private Set<String> made(String... args) {
        return Langevin4j.commandLine(this::experiments, args).getSubcommands().keySet();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "simulate", "steady-state", "train", "bench"})
    void aCommandIsMadeAlone(String name) {
        assertThat(made(name, "--help")).containsExactly(name);
        assertThat(asked).hasValue(0);
    }

    @Test
    void onlyTheTwoThatRunExperimentsAskForThem() {
        assertThat(made("list")).containsExactly("list");
        assertThat(made("run", "all")).containsExactly("run");
        assertThat(asked).hasValue(2);
    }

    @Test
    void theTwoThatTakeFilesOrModelsAreToldApartFirst() {
        assertThat(made("spectrum", "gradients.npy")).containsExactly(FilesOrModels.SPECTRUM_OF_FILE);
        assertThat(made("spectrum", "double-well")).containsExactly("spectrum");
    }

    @Test
    void helpCompletionAndWhatIsNoCommandKnowAll() {
        Set<String> all = made();
        assertThat(all).hasSizeGreaterThan(15).contains("models", "list", "bench", "completion");
        assertThat(made("--help")).isEqualTo(all);
        assertThat(made("completion")).isEqualTo(all);
        assertThat(made("simulat", "--paths", "3")).isEqualTo(all);
        assertThat(made("--stacktrace", "list")).isEqualTo(all);
    }
}
