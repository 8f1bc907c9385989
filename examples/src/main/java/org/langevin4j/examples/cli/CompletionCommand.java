package org.langevin4j.examples.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code completion}: a script for the shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Prints a script by which bash and zsh complete commands, options and names of models.",
        footerHeading = "%nExamples:%n",
        footer = {"  alias langevin4j='java -jar /path/to/langevin4j.jar'", "  source <(langevin4j completion)"})
final class CompletionCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("langevin4j", spec.root().commandLine()));
        out.flush();
    }
}
