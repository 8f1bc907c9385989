package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Example;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code list}: the names of the examples and what they show. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the examples that run can run.")
final class ListCommand implements Runnable {

    private final List<Example> examples;

    @Spec
    private @Nullable CommandSpec spec;

    ListCommand(List<Example> examples) {
        this.examples = examples;
    }

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        PrintWriter out = spec.commandLine().getOut();
        int width = examples.stream()
                .mapToInt(example -> example.name().length())
                .max()
                .orElse(0);
        for (Example example : examples) {
            out.println(example.name() + " ".repeat(width - example.name().length()) + "  " + example.summary());
        }
        out.flush();
    }
}
