package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.Example;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.examples.report.ExampleResult;
import org.langevin4j.examples.report.IndexPage;
import org.langevin4j.examples.report.ResultFolder;
import org.langevin4j.examples.report.ResultTable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs examples one after the other and reports what they find. One that fails does not stop the others. */
final class Experiments {

    private final CommandLine commandLine;
    private final Path out;
    private final Seed seed;
    private final Effort effort;
    private final Optional<Path> data;
    private final List<Path> files;
    private final List<String> order;

    Experiments(RunOptions options, List<Path> files, List<String> order) {
        this.commandLine = options.commandLine();
        this.out = options.out();
        this.seed = options.seed();
        this.effort = options.effort();
        this.data = options.data();
        this.files = options.checked(files);
        this.order = order;
    }

    /** Returns the exit status. */
    int run(List<Example> examples) {
        for (Example example : examples) {
            if (files.size() > example.files()) {
                throw new ParameterException(
                        commandLine,
                        example.name() + " reads "
                                + (example.files() == 0 ? "no file" : example.files() + " file at most") + ", got "
                                + files.size());
            }
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            return Failures.report(e, commandLine);
        }
        PrintWriter text = commandLine.getOut();
        ResultFolder folder = new ResultFolder(out);
        ProgressReporter progress = TerminalProgress.ifTerminal();
        int status = 0;
        for (Example example : examples) {
            status = Math.max(status, run(example, folder, progress));
        }
        try {
            Path page = IndexPage.write(out, folder.readAll(), order);
            text.println("All results: " + page);
            text.flush();
        } catch (IOException | RuntimeException e) {
            status = Math.max(status, Failures.report(e, commandLine));
        }
        return status;
    }

    private int run(Example example, ResultFolder folder, ProgressReporter progress) {
        try {
            Path own = folder.prepare(example.name());
            ExampleResult result = example.run(new RunContext(own, seed, effort, data, files, progress));
            folder.write(result);
            commandLine.getOut().println(ResultTable.of(result));
            commandLine.getOut().flush();
            return result.holds() ? 0 : 1;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            return Failures.report(e, commandLine);
        }
    }
}
