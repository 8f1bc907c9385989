package org.langevin4j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.langevin4j.examples.experiment.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The main of one example, with the options of {@code run}. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs this example and says whether its claim holds.")
final class SingleCommand implements Callable<Integer> {

    private final Example example;

    @Parameters(paramLabel = "FILE", description = "Files for the example, if it takes any.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private final RunOptions options = new RunOptions();

    SingleCommand(Example example) {
        this.example = example;
    }

    @Override
    public Integer call() {
        return new Experiments(options, files, List.of()).run(List.of(example));
    }
}
