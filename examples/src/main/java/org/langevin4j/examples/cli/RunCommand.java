package org.langevin4j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.langevin4j.core.model.DidYouMean;
import org.langevin4j.examples.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run NAME...|all [FILE...]}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs experiments, or all of them, and rules on the statements of the paper.",
            "Writes pictures, data and result.json into OUT/NAME, and OUT/index.html, OUT/report.json and OUT/report.md, which"
                    + " show every result in OUT."
        })
final class RunCommand implements Callable<Integer> {

    private static final String ALL = "all";

    private final List<Experiment> experiments;

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME|all|FILE",
            description = "Names of experiments, see list; or all. After them files, if the experiment takes any.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-v", "--verbose"},
            description = "Print every number, not only those that fail.")
    private boolean verbose;

    @Mixin
    private final RunOptions options = new RunOptions();

    RunCommand(List<Experiment> experiments) {
        this.experiments = experiments;
    }

    @Override
    public Integer call() {
        List<Experiment> chosen = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (String word : words) {
            List<Experiment> named = word.equals(ALL) ? experiments : named(word);
            if (named.isEmpty() && (chosen.isEmpty() || !isFile(word))) {
                throw options.fault(unknown(word, chosen.isEmpty()));
            }
            if (named.isEmpty() || !files.isEmpty()) {
                files.add(Path.of(word));
            } else {
                named.stream().filter(one -> !chosen.contains(one)).forEach(chosen::add);
            }
        }
        return new Experiments(options, files, experiments, verbose).run(chosen);
    }

    private static boolean isFile(String word) {
        return word.indexOf('.') >= 0 || word.indexOf('/') >= 0 || Files.exists(Path.of(word));
    }

    private List<Experiment> named(String word) {
        return experiments.stream().filter(one -> one.name().equals(word)).toList();
    }

    private String unknown(String word, boolean first) {
        List<String> names = new ArrayList<>();
        experiments.forEach(one -> names.add(one.name()));
        names.add(ALL);
        String suggestion = DidYouMean.among(names, word);
        return "no experiment" + (first ? "" : " or file") + " is called '" + word + "'"
                + (suggestion.isEmpty() ? "; there are " + String.join(", ", names) : suggestion);
    }
}
