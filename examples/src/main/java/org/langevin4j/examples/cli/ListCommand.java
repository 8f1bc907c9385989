package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list}: the names of the experiments and what they show. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the experiments that run can run.")
final class ListCommand implements Runnable {

    private final List<Experiment> experiments;

    @Spec
    private @Nullable CommandSpec spec;

    ListCommand(List<Experiment> experiments) {
        this.experiments = experiments;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        PrintWriter out = spec.commandLine().getOut();
        int width = experiments.stream()
                .mapToInt(experiment -> experiment.name().length())
                .max()
                .orElse(0);
        for (Experiment experiment : experiments) {
            out.println(
                    experiment.name() + " ".repeat(width - experiment.name().length()) + "  " + experiment.summary());
        }
        out.flush();
    }
}
