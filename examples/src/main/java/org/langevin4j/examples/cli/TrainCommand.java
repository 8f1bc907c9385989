package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.training.PaperNetwork;
import org.langevin4j.examples.training.TrainingRun;
import org.langevin4j.models.file.SafetensorsWriter;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.training.Batches;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import org.langevin4j.solvers.file.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code train}: trains a network of the paper. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = {
            "Trains a network of the paper by SGD with Nesterov's momentum 0.9 and writes its weights to"
                    + " OUT/network.safetensors.",
            "The state is saved after each epoch; the same command given again goes on where it was, to the same bits."
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--network", required = true, paramLabel = "NAME", description = "Such as small-lenet.")
    private String network = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with mnist, cifar10 or cifar100; without it networks for digits learn generated ones.")
    private @Nullable Path data;

    @Option(names = "--epochs", required = true, paramLabel = "E", description = "How many, in all.")
    private int epochs;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Made if needed.")
    private Path out = Path.of("");

    @Option(names = "--rate", paramLabel = "ETA", description = "Learning rate (default: ${DEFAULT-VALUE}).")
    private double rate = 0.05;

    @Option(names = "--batch", paramLabel = "B", description = "Size of the mini-batches (default: ${DEFAULT-VALUE}).")
    private int batch = 128;

    @Option(
            names = "--batches",
            paramLabel = "HOW",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Batches batches = Batches.SHUFFLED;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of weights, mini-batches and dropout (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        if (!(epochs >= 1)) {
            throw new ParameterException(spec.commandLine(), "epochs must be at least 1, got " + epochs);
        }
        if (data != null && !Files.isDirectory(data)) {
            throw new ParameterException(spec.commandLine(), "--data: no such folder: " + data);
        }
        PaperNetwork paper = PaperNetwork.of(network, Optional.ofNullable(data), Seed.of(seed));
        if (data != null && paper.isGenerated()) {
            throw new ParameterException(spec.commandLine(), "--data: there is no MNIST in " + data);
        }
        Files.createDirectories(out);
        Path state = out.resolve("training.state");
        AtomicFile.requireWritable(state);
        TrainingRun run = new TrainingRun(paper, Sgd.withRate(rate).batches(batch, batches), Seed.of(seed));
        Training training = savedOrNew(run, state);
        PrintWriter to = spec.commandLine().getOut();
        to.println(paper.architecture() + ", " + paper.data() + " of " + paper.origin());
        while (training.epoch() < epochs) {
            double loss = run.epoch(training, state);
            to.printf(Locale.ROOT, "epoch %d: loss %.6g%n", training.epoch(), loss);
            to.flush();
        }
        Network trained = training.network();
        Network.Score score = trained.score(paper.data());
        to.printf(
                Locale.ROOT,
                "in evaluation: loss %.6g nats, error %.4g %%%n",
                score.loss(),
                100.0 * (1.0 - score.accuracy()));
        Path file = out.resolve("network.safetensors");
        AtomicFile.write(file, bytes -> SafetensorsWriter.write(vectors(trained), bytes));
        to.println("weights, running_mean and running_var: " + file);
        to.flush();
        return 0;
    }

    private static Training savedOrNew(TrainingRun run, Path state) throws IOException {
        try {
            return run.saved(state).orElseGet(run::begin);
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; it is left as it is: name another folder", e);
        }
    }

    private static Map<String, double[]> vectors(Network network) {
        Map<String, double[]> vectors = new LinkedHashMap<>();
        vectors.put("weights", network.weights());
        vectors.put("running_mean", joined(network.means()));
        vectors.put("running_var", joined(network.variances()));
        return vectors;
    }

    private static double[] joined(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }
}
