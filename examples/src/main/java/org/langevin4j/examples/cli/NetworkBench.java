package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.Precision;
import org.langevin4j.models.training.Sgd;
import org.langevin4j.models.training.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench networks}: how fast the paper's networks are trained, and how fast they give gradients of single samples. */
@Command(
        name = "networks",
        mixinStandardHelpOptions = true,
        description = {
            "Trains the paper's networks on random inputs, in mini-batches of 128, and takes gradients of single samples.",
            "Prints samples per second and the seconds of an epoch of the paper. Memory of the work before is warm.",
            "-Dlangevin4j.vector=off before -jar keeps off the vector unit."
        })
final class NetworkBench implements Callable<Integer> {

    /** A network, the samples of an epoch in the paper, and how many are taken here at a time. */
    private record Case(Architecture architecture, int epoch, int samples) {}

    private static List<Case> cases() {
        return List.of(
                new Case(Architectures.tinyFc(), 30_596, 30_596),
                new Case(Architectures.smallFc(), 60_000, 60_000),
                new Case(Architectures.smallLenet(), 60_000, 6_000),
                new Case(Architectures.smallAllcnn(10), 50_000, 1_000));
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "For each figure, after as long to warm up (default: ${DEFAULT-VALUE}).")
    private double seconds = 3.0;

    @Option(
            names = "--precision",
            paramLabel = "P",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.SINGLE;

    @Option(
            names = "--full",
            arity = "0..1",
            fallbackValue = "1",
            paramLabel = "SHARE",
            description = {
                "Also D of small-lenet from 60,000 samples with its spectrum, the spectrum of 12,000 samples from their",
                "products (the Gram route), and that of a file of 2 GB: many minutes, 6 GB of memory. SHARE: of the",
                "samples, for a trial."
            })
    private @Nullable Double full;

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        if (!(seconds > 0.0 && seconds <= Double.MAX_VALUE)) {
            throw new ParameterException(spec.commandLine(), "seconds must be positive and finite, got " + seconds);
        }
        if (full != null && !(full > 0.0 && full <= 1.0)) {
            throw new ParameterException(spec.commandLine(), "--full must be above 0 and at most 1, got " + full);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%-14s %8s %18s %14s %24s%n",
                "network",
                "weights",
                "trained samples/s",
                "s an epoch",
                "gradients of samples/s");
        for (Case one : cases()) {
            DataSet data = data(one.architecture, one.samples);
            Network network = Network.initialised(one.architecture, Seed.of(1)).in(precision);
            Training training = Training.of(network, Sgd.withRate(1e-3), data, Seed.of(2));
            double trained = rate(one.samples, training::run);
            double gradients =
                    rate(one.samples, () -> network.perSampleGradients(data).forEachBlock((first, rows, count) -> {}));
            out.printf(
                    Locale.ROOT,
                    "%-14s %8d %18.0f %14.3g %24.0f%n",
                    one.architecture.name(),
                    one.architecture.dimension(),
                    trained,
                    one.epoch / trained,
                    gradients);
            out.flush();
        }
        if (full != null) {
            new SpectrumBench(out, full).run();
        }
        return 0;
    }

    /** Samples per second, of as many rounds as fit, after as much to warm up. */
    private double rate(int samples, Runnable round) {
        double rate = 0.0;
        for (int pass = 0; pass < 2; pass++) {
            long begin = System.nanoTime();
            int rounds = 0;
            double passed;
            do {
                round.run();
                rounds++;
                passed = (System.nanoTime() - begin) * 1e-9;
            } while (passed < seconds);
            rate = rounds * (double) samples / passed;
        }
        return rate;
    }

    static DataSet data(Architecture architecture, int samples) {
        int features = architecture.inputs().size();
        NormalStream normals = NormalStream.of(Seed.of(3));
        float[][] inputs = new float[samples][features];
        int[] labels = new int[samples];
        double[][] numbers = new double[features][1];
        for (int n = 0; n < samples; n++) {
            normals.fill(n, 1, 0, numbers);
            labels[n] = n % architecture.classes();
            for (int j = 0; j < features; j++) {
                inputs[n][j] = (float) numbers[j][0];
            }
        }
        return DataSet.ofSingles(inputs, labels, architecture.classes());
    }
}
