package org.langevin4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.cli.model.EvolveCommand;
import org.langevin4j.examples.cli.model.FirstPassageCommand;
import org.langevin4j.examples.cli.model.MergeCommand;
import org.langevin4j.examples.cli.model.ModelDecomposeCommand;
import org.langevin4j.examples.cli.model.ModelSpectrumCommand;
import org.langevin4j.examples.cli.model.ModelsCommand;
import org.langevin4j.examples.cli.model.OrbitCommand;
import org.langevin4j.examples.cli.model.PathCommand;
import org.langevin4j.examples.cli.model.SimulateCommand;
import org.langevin4j.examples.cli.model.SteadyStateCommand;
import org.langevin4j.examples.cli.model.SweepCommand;
import org.langevin4j.examples.cli.model.TrajectoryCommand;
import org.langevin4j.examples.cli.terminal.Version;
import org.langevin4j.examples.experiment.Experiment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code langevin4j}. */
@Command(
        name = "langevin4j",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Stochastic dynamics: any model given as expressions or by name, simulated, solved on grids and swept;",
            "and experiments that check their own claims."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j models",
            "  langevin4j simulate --drift \"x-x^3+0.3*cos(0.1*t)\" --temperature 0.1 --until 100 --chart paths.png",
            "  langevin4j run figure-4"
        })
public final class Langevin4j implements Runnable {

    /** Its script names all the others. */
    private static final String COMPLETION = "completion";

    @Spec
    private @Nullable CommandSpec spec;

    private Langevin4j() {}

    /**
     * The whole command.
     *
     * @param experiments what it can run
     * @return writes to standard output and standard error
     */
    public static CommandLine commandLine(List<Experiment> experiments) {
        return commandLine(() -> experiments);
    }

    /**
     * The command with what a command line needs of it: where the first word names a subcommand, that one alone. To read the options of all takes
     * longer than most short commands themselves.
     *
     * @param experiments what it can run; asked for where a subcommand needs them
     * @param args the command line that is to be executed; empty for the whole command
     * @return writes to standard output and standard error
     */
    public static CommandLine commandLine(Supplier<List<Experiment>> experiments, String... args) {
        CommandLine command = new FilesOrModels(new Langevin4j());
        Map<String, Supplier<Object>> subcommands = subcommands(experiments);
        String first = args.length == 0 ? "" : FilesOrModels.routed(args)[0];
        boolean one = subcommands.containsKey(first) && !first.equals(COMPLETION);
        subcommands.forEach((name, subcommand) -> {
            if (!one || name.equals(first)) {
                command.addSubcommand(name, subcommand.get());
            }
        });
        return prepared(command);
    }

    private static Map<String, Supplier<Object>> subcommands(Supplier<List<Experiment>> experiments) {
        Map<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("models", ModelsCommand::new);
        all.put("simulate", SimulateCommand::new);
        all.put("merge", MergeCommand::new);
        all.put("first-passage", FirstPassageCommand::new);
        all.put("sweep", SweepCommand::new);
        all.put("steady-state", SteadyStateCommand::new);
        all.put("evolve", EvolveCommand::new);
        all.put("spectrum", ModelSpectrumCommand::new);
        all.put("decompose", ModelDecomposeCommand::new);
        all.put("orbit", OrbitCommand::new);
        all.put("path", PathCommand::new);
        all.put("list", () -> new ListCommand(experiments.get()));
        all.put("run", () -> new RunCommand(experiments.get()));
        all.put("train", TrainCommand::new);
        all.put("gradients", GradientsCommand::new);
        all.put(FilesOrModels.SPECTRUM_OF_FILE, SpectrumCommand::new);
        all.put(FilesOrModels.DECOMPOSE_FILES, DecomposeCommand::new);
        all.put("trajectory-statistics", TrajectoryCommand::new);
        all.put("bench", BenchCommand::new);
        all.put(COMPLETION, CompletionCommand::new);
        return all;
    }

    private static CommandLine prepared(CommandLine command) {
        Failures failures = new Failures();
        command.setParameterExceptionHandler(failures);
        command.setExecutionExceptionHandler(failures);
        command.setOut(writer(FileDescriptor.out));
        command.setErr(writer(FileDescriptor.err));
        describeStatus(command);
        Failures.addStackTraceOption(command);
        for (CommandLine subcommand : command.getSubcommands().values()) {
            subcommand.getCommandSpec().versionProvider(new Version());
            Failures.addStackTraceOption(subcommand);
            describeStatus(subcommand);
        }
        return command;
    }

    private static void describeStatus(CommandLine command) {
        Map<String, String> status = new LinkedHashMap<>();
        status.put("0", "done; every claim of an experiment holds");
        status.put("1", "a claim does not hold");
        status.put("2", "the command line or its input is wrong");
        status.put("3", "the program failed, or the result could not be written whole");
        status.put("130, 143", "stopped from outside; what was done by then is written, and said");
        command.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit status:%n")
                .exitCodeList(status);
    }

    /** UTF-8 whatever the locale, as the formulas would else become question marks. */
    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "a command is missing: "
                            + spec.subcommands().entrySet().stream()
                                    .filter(entry -> !entry.getValue()
                                            .getCommandSpec()
                                            .usageMessage()
                                            .hidden())
                                    .map(Map.Entry::getKey)
                                    .collect(Collectors.joining(", ")));
        }
    }
}
