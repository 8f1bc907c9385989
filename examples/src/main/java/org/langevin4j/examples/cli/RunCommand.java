package org.langevin4j.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.examples.experiment.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code run NAME|all [FILE...]}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs an example, or all of them, and says whether its claim holds.",
            "Writes OUT/NAME/*.png, OUT/NAME/result.json and OUT/index.html, which shows every result in OUT."
        })
final class RunCommand implements Callable<Integer> {

    private static final String ALL = "all";

    private final List<Example> examples;

    @Parameters(index = "0", paramLabel = "NAME|all", description = "Name of an example, see list; or all.")
    private String name = "";

    @Parameters(index = "1..*", paramLabel = "FILE", description = "Files for the example, if it takes any.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private final RunOptions options = new RunOptions();

    RunCommand(List<Example> examples) {
        this.examples = examples;
    }

    @Override
    public Integer call() {
        List<Example> chosen = name.equals(ALL)
                ? examples
                : examples.stream()
                        .filter(example -> example.name().equals(name))
                        .toList();
        if (chosen.isEmpty() && !name.equals(ALL)) {
            List<String> names = new ArrayList<>(names());
            names.add(ALL);
            String suggestion = DidYouMean.among(names, name);
            throw options.fault("no example is called '" + name + "'"
                    + (suggestion.isEmpty() ? "; there are " + String.join(", ", names) : suggestion));
        }
        return new Experiments(options, files, names()).run(chosen);
    }

    private List<String> names() {
        return examples.stream().map(Example::name).toList();
    }
}
