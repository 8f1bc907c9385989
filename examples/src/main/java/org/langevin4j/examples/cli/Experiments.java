package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.cli.terminal.Terminal;
import org.langevin4j.examples.cli.terminal.TerminalProgress;
import org.langevin4j.examples.cli.terminal.Version;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.Experiment;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Ruling;
import org.langevin4j.examples.experiment.RunContext;
import org.langevin4j.examples.experiment.Sheet;
import org.langevin4j.examples.report.IndexPage;
import org.langevin4j.examples.report.ReportData;
import org.langevin4j.examples.report.ResultFolder;
import org.langevin4j.examples.report.ResultTable;
import org.langevin4j.examples.report.RunSummary;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs experiments one after the other and reports what they find. One that fails does not stop the others. */
final class Experiments {

    private final CommandLine commandLine;
    private final Path out;
    private final Seed seed;
    private final Effort effort;
    private final Optional<Path> data;
    private final List<Path> files;
    private final List<String> order;
    private final boolean verbose;
    private final Terminal terminal;
    private final ResultFolder folder;

    Experiments(RunOptions options, List<Path> files, List<Experiment> all, boolean verbose) {
        this.commandLine = options.commandLine();
        this.out = options.out();
        this.seed = options.seed();
        this.effort = options.effort();
        this.data = options.data();
        this.files = options.checked(files);
        this.order = all.stream().map(Experiment::name).toList();
        this.verbose = verbose;
        this.terminal = Terminal.standard();
        this.folder = new ResultFolder(out);
    }

    /** Returns the exit status. */
    int run(List<Experiment> experiments) {
        for (Experiment experiment : experiments) {
            if (files.size() > experiment.files()) {
                throw new ParameterException(
                        commandLine,
                        experiment.name() + " reads "
                                + (experiment.files() == 0 ? "no file" : experiment.files() + " file at most")
                                + ", got "
                                + files.size());
            }
        }
        try {
            Files.createDirectories(out);
        } catch (IOException e) {
            return Failures.report(e, commandLine);
        }
        long start = System.nanoTime();
        int status = 0;
        for (int k = 0; k < experiments.size(); k++) {
            String count = experiments.size() == 1 ? "" : (k + 1) + "/" + experiments.size() + " ";
            status = Math.max(status, run(experiments.get(k), count));
        }
        try {
            report(seconds(start));
        } catch (IOException | RuntimeException e) {
            status = Math.max(status, Failures.report(e, commandLine));
        }
        return status;
    }

    private int run(Experiment experiment, String count) {
        long start = System.nanoTime();
        terminal.running(count + experiment.name());
        try {
            Path own = folder.prepare(experiment.name());
            Sheet sheet = new Sheet(new RunContext(own, seed, effort, data, files, TerminalProgress.on(terminal)));
            experiment.run(sheet);
            ExperimentResult result = new ExperimentResult(
                    experiment.name(),
                    experiment.summary(),
                    provenance(seconds(start)),
                    sheet.findings(),
                    sheet.pictures());
            folder.write(result);
            terminal.erase();
            PrintWriter text = commandLine.getOut();
            text.println(terminal.coloured(count + RunSummary.line(result), result.passed()));
            if (verbose || !result.passed()) {
                text.print(ResultTable.of(result, !verbose, terminal.width()));
            }
            text.flush();
            return result.passed() ? 0 : 1;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError | LinkageError e) {
            terminal.erase();
            commandLine.getErr().flush();
            return Failures.report(e, commandLine);
        }
    }

    private void report(double seconds) throws IOException {
        List<ExperimentResult> results = new ArrayList<>(folder.readAll(foreign -> {
            PrintWriter err = commandLine.getErr();
            err.println("langevin4j: left out: " + foreign);
            err.flush();
        }));
        results.sort(Comparator.comparingInt(result -> {
            int place = order.indexOf(result.name());
            return place < 0 ? Integer.MAX_VALUE : place;
        }));
        List<Ruling> rulings = Ruling.on(results);
        Provenance run = provenance(seconds);
        Path page = IndexPage.write(out, run, rulings, results);
        Path json = ReportData.writeJson(out, run, rulings);
        Path markdown = ReportData.writeMarkdown(out, run, rulings);
        PrintWriter text = commandLine.getOut();
        text.print(RunSummary.rulings(rulings, terminal.width()));
        text.println(page + "  " + json + "  " + markdown);
        text.flush();
    }

    private Provenance provenance(double seconds) {
        return new Provenance(
                Version.number(),
                Version.commit(),
                effort,
                seed.value(),
                data.map(path -> path.getFileName().toString()).orElse(""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                seconds);
    }

    private static double seconds(long start) {
        return 1e-9 * (System.nanoTime() - start);
    }
}
