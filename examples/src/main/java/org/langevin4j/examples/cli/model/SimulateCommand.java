package org.langevin4j.examples.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.cli.output.OutputOptions;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.examples.cli.terminal.Interruption;
import org.langevin4j.examples.cli.terminal.Terminal;
import org.langevin4j.examples.cli.terminal.TerminalProgress;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.solvers.cluster.Cluster;
import org.langevin4j.solvers.cluster.DistributedEnsemble;
import org.langevin4j.solvers.ensemble.Cancellation;
import org.langevin4j.solvers.ensemble.Ensemble;
import org.langevin4j.solvers.ensemble.EnsembleResult;
import org.langevin4j.solvers.ensemble.Progress;
import picocli.CommandLine;
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

    private static final long PROGRESS = 1L << 20;

    /** The exit status where there is no result. */
    private static final int STOPPED = 3;

    private static final Pattern SHARD = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private Simulation simulation = new Simulation();

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Save the run there now and then and at its end; a run that finds its own file goes on. With --spark a folder, for its parts.")
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
    private SparkOption spark = new SparkOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The command, for picocli. */
    public SimulateCommand() {}

    /** What the words of a command say is to be computed. */
    static Simulation parsed(String... words) {
        SimulateCommand made = new SimulateCommand();
        new CommandLine(made).parseArgs(words);
        return made.simulation;
    }

    @Override
    public Integer call() throws Exception {
        output.check();
        if (spark.isGiven()) {
            return onSpark();
        }
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

    /** The same on a cluster: the words are sent, and the model, whose file may be on this machine alone. */
    private int onSpark() throws Exception {
        if (shard != null) {
            throw fault("--shard and --spark exclude each other: Spark has parts of its own");
        }
        ModelText text = simulation.text();
        Simulation.Plan plan = simulation.plan(text);
        DistributedEnsemble ensemble = DistributedEnsemble.of(new SimulationRecipe(
                List.copyOf(CommandFile.words(commandSpec())),
                text,
                output.seed().value()));
        if (checkpoint != null) {
            if (Files.isRegularFile(checkpoint)) {
                throw fault("--checkpoint with --spark takes a folder, for the finished parts, and " + checkpoint
                        + " is a file");
            }
            ensemble = ensemble.keptIn(checkpoint);
        }
        DistributedEnsemble all = ensemble;
        Cancellation cancellation = new Cancellation();
        return Interruption.guard(cancellation::cancel, () -> {
            Result result = output.begin();
            try (Cluster cluster = spark.cluster();
                    ProgressReporter.Task task =
                            TerminalProgress.on(Terminal.standard()).start("paths", PROGRESS)) {
                EnsembleResult run = all.cancelledBy(cancellation)
                        .onProgress(progress -> tell(task, progress))
                        .run(cluster);
                simulation.fill(result, plan, run);
            } catch (CancellationException stopped) {
                output.say("langevin4j: " + stopped.getMessage()
                        + (checkpoint == null
                                ? ""
                                : " and in " + checkpoint + "; the same command goes on from there"));
                return STOPPED;
            }
            output.finish(result, () -> SimulationFigure.of(plan.chosen(), result));
            return 0;
        });
    }

    private static void tell(ProgressReporter.Task task, Progress progress) {
        task.advanceTo((long) (PROGRESS * (progress.done() / (double) progress.total())));
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
        try (ProgressReporter.Task task =
                TerminalProgress.on(Terminal.standard()).start("paths", PROGRESS)) {
            Ensemble told = ensemble.onProgress(progress -> tell(task, progress));
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
