package org.langevin4j.examples.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.examples.cli.terminal.Interruption;
import org.langevin4j.examples.cli.terminal.Terminal;
import org.langevin4j.examples.cli.terminal.TerminalProgress;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.solvers.ensemble.Cancellation;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate MODEL}: an ensemble of paths. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Simulates paths of dx = b dt + √(2β⁻¹) B dW and prints mean, its error and variance of each coordinate over time.",
            "The model is one of the catalogue or is typed as expressions. The same seed gives the same bits on any number of threads."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  langevin4j simulate double-well --beta 4 --paths 10000 --until 20",
            "  langevin4j simulate --drift \"x-x^3+0.3*cos(0.1*t)\" --temperature 0.1 --until 200 --trajectories 3 --chart paths.png",
            "  langevin4j simulate --state x,v --drift \"v, x-x^3-g*v\" --factor \"0; sqrt(g)\" --set g=0.5 --beta 5 \\",
            "      --histogram x=-2:2:80,v=-2:2:80 --paths 100000 --until 50 --out well.npz --chart well.png",
            "  langevin4j simulate double-well --paths 1000000 --shard 3/16 --checkpoint part-3.ck   (then merge part-*.ck)"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final Pattern SHARD = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Simulation simulation = new Simulation();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Save the run there now and then and at its end; a run that finds its own file goes on.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            description = "Seconds between two saves (default: ${DEFAULT-VALUE}).")
    private double checkpointEvery = 60.0;

    @Option(
            names = "--shard",
            paramLabel = "I/N",
            description = "Only part I of N, counted from 0, saved in --checkpoint for 'langevin4j merge'.")
    private @Nullable String shard;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public SimulateCommand() {}

    Simulation simulation() {
        return simulation;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        Simulation.Plan plan = simulation.plan();
        Ensemble ensemble = execution(plan.ensemble());
        Cancellation cancellation = new Cancellation();
        boolean goesOn = checkpoint != null && Files.exists(checkpoint);
        // That of a checkpoint which is there stays: this command may turn out to be another.
        if (checkpoint != null && !(goesOn && CommandFile.exists(checkpoint))) {
            CommandFile.write(checkpoint, commandSpec());
        }
        return Interruption.guard(cancellation::cancel, () -> {
            EnsembleResult run = run(ensemble.cancelledBy(cancellation), goesOn);
            run.checkpointFailure().ifPresent(failure -> output.say("langevin4j: " + failure.getMessage()));
            Result result = simulation.fill(output.begin(), plan, run);
            if (!run.isComplete()) {
                String rest = "stopped early: the result is of " + run.paths() + " of " + run.plannedPaths() + " paths"
                        + (checkpoint == null ? "" : "; the same command goes on from " + checkpoint);
                result.note(rest);
                output.say("langevin4j: " + rest);
            }
            output.finish(result, () -> SimulationFigure.of(plan.chosen(), result));
            return 0;
        });
    }

    private Ensemble execution(Ensemble ensemble) throws Exception {
        Ensemble all = ensemble.seed(output.seed()).threads(output.threads());
        if (checkpoint != null) {
            if (!(checkpointEvery >= 0.0 && checkpointEvery <= 1e9)) {
                throw fault("--checkpoint-every must be a number of seconds, got " + checkpointEvery);
            }
            all = all.checkpoint(checkpoint, Duration.ofMillis((long) (1000.0 * checkpointEvery)));
        }
        if (shard == null) {
            return all;
        }
        Matcher parts = SHARD.matcher(shard);
        if (!parts.matches()) {
            throw fault("--shard takes part/parts counted from 0, as in 0/4, got '" + shard + "'");
        }
        int index = Integer.parseInt(parts.group(1));
        int count = Integer.parseInt(parts.group(2));
        if (!(index < count)) {
            throw fault("--shard counts parts from 0 to " + (count - 1) + " of " + count + ", got " + shard);
        }
        if (checkpoint == null) {
            throw fault("--shard needs --checkpoint FILE, of which 'langevin4j merge' makes the whole");
        }
        return all.shard(index, count);
    }

    private static EnsembleResult run(Ensemble ensemble, boolean goesOn) {
        long most = 1L << 20;
        try (ProgressReporter.Task task =
                TerminalProgress.on(Terminal.standard()).start("paths", most)) {
            Ensemble told = ensemble.onProgress(
                    progress -> task.advanceTo((long) (most * (progress.done() / (double) progress.total()))));
            return goesOn ? told.resume() : told.run();
        }
    }

    private ParameterException fault(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        return spec;
    }
}
