package org.langevin4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        CommandLine command = new FilesOrModels(new Langevin4j())
                .addSubcommand(new ModelsCommand())
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new MergeCommand())
                .addSubcommand(new FirstPassageCommand())
                .addSubcommand(new SweepCommand())
                .addSubcommand(new SteadyStateCommand())
                .addSubcommand(new EvolveCommand())
                .addSubcommand(new ModelSpectrumCommand())
                .addSubcommand(new ModelDecomposeCommand())
                .addSubcommand(new OrbitCommand())
                .addSubcommand(new PathCommand())
                .addSubcommand(new ListCommand(experiments))
                .addSubcommand(new RunCommand(experiments))
                .addSubcommand(new TrainCommand())
                .addSubcommand(new GradientsCommand())
                .addSubcommand(FilesOrModels.SPECTRUM_OF_FILE, new SpectrumCommand())
                .addSubcommand(FilesOrModels.DECOMPOSE_FILES, new DecomposeCommand())
                .addSubcommand(new TrajectoryCommand())
                .addSubcommand(new BenchCommand())
                .addSubcommand(new CompletionCommand());
        return prepared(command);
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
