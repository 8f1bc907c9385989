package org.langevin4j.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
        description = "Experiments in stochastic dynamics that check their own claims.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every claim holds",
            "1:a claim does not hold",
            "2:the command line or its input is wrong",
            "3:the program failed"
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
        CommandLine command = new CommandLine(new Langevin4j())
                .addSubcommand(new ListCommand(experiments))
                .addSubcommand(new RunCommand(experiments))
                .addSubcommand(new TrainCommand())
                .addSubcommand(new GradientsCommand())
                .addSubcommand(new SpectrumCommand())
                .addSubcommand(new DecomposeCommand())
                .addSubcommand(new TrajectoryCommand())
                .addSubcommand(new BenchCommand());
        return prepared(command);
    }

    private static CommandLine prepared(CommandLine command) {
        Failures failures = new Failures();
        command.setParameterExceptionHandler(failures);
        command.setExecutionExceptionHandler(failures);
        command.setOut(writer(FileDescriptor.out));
        command.setErr(writer(FileDescriptor.err));
        Failures.addStackTraceOption(command);
        for (CommandLine subcommand : command.getSubcommands().values()) {
            subcommand.getCommandSpec().versionProvider(new Version());
            Failures.addStackTraceOption(subcommand);
        }
        return command;
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
                    "a command is missing: list, run, train, gradients, spectrum, decompose, trajectory-statistics or bench");
        }
    }
}
