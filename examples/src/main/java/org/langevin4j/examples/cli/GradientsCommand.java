package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.cli.terminal.Terminal;
import org.langevin4j.examples.cli.terminal.TerminalProgress;
import org.langevin4j.examples.experiment.ProgressReporter;
import org.langevin4j.models.file.ArrayFile;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.file.NumberArray;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.ForeignNetwork;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.PerSampleGradients;
import org.langevin4j.models.network.Precision;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gradients}: gradients of single samples of a network whose weights, or weights and graph, are in a file. */
@Command(
        name = "gradients",
        mixinStandardHelpOptions = true,
        description = {
            "Computes the gradient of the loss of each sample, for a network of the paper with weights from a file or for a TorchScript network, and writes them as one row a sample.",
            "Files are .npy, .npz, .safetensors, .h5 or .mat; FILE:ARRAY names one of several arrays."
        })
final class GradientsCommand implements Callable<Integer> {

    /** Of {@code Layer.BatchNorm}; a single-precision file has it to seven digits. */
    private static final double EPSILON = 1e-5;

    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    /** Where the network is from. */
    static final class Source {

        @ArgGroup(exclusive = false)
        private @Nullable Known known;

        @ArgGroup(exclusive = false)
        private @Nullable Foreign foreign;
    }

    /** A network of the paper. */
    static final class Known {

        @Option(names = "--network", required = true, paramLabel = "NAME", description = "Such as small-lenet.")
        private String network = "";

        @Option(
                names = "--weights",
                required = true,
                paramLabel = "FILE[:ARRAY]",
                description = "All weights in one row, layer by layer (array: weights).")
        private String weights = "";

        @Option(
                names = "--batch-norm",
                paramLabel = "FILE",
                description =
                        "Arrays running_mean and running_var of all batch normalisations, one after the other; 0 and 1 if missing.")
        private @Nullable String batchNorm;

        @Option(
                names = "--hessian",
                paramLabel = "FILE.npy",
                description = "Where the Hessian of the mean loss goes, d×d; for 5,000 weights at most.")
        private @Nullable Path hessian;
    }

    /** A network of PyTorch's. */
    static final class Foreign {

        @Option(
                names = "--torchscript",
                required = true,
                paramLabel = "FILE.pt",
                description =
                        "In place of --network and --weights, a network of torch.jit.save; wants langevin4j-models-djl on the class path.")
        private Path torchScript = Path.of("");

        @Option(
                names = "--input-shape",
                split = ",",
                paramLabel = "N",
                description = "What the network takes of a sample, such as 1,28,28 (default: as the inputs have it).")
        private int[] inputShape = {};
    }

    @Option(
            names = "--inputs",
            required = true,
            paramLabel = "FILE[:ARRAY]",
            description = "One row a sample (array: x).")
    private String inputs = "";

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "FILE[:ARRAY]",
            description = "The class of each sample, from 0 (array: y).")
    private String labels = "";

    @Option(names = "--out", required = true, paramLabel = "FILE.npy", description = "Where the gradients go.")
    private Path out = Path.of("");

    @Option(
            names = "--precision",
            paramLabel = "P",
            description =
                    "${COMPLETION-CANDIDATES}: of computation and file (default: ${DEFAULT-VALUE}); a TorchScript network computes as its weights are.")
    private Precision precision = Precision.SINGLE;

    /** What is written and printed. */
    private record Computed(
            Network.Score score, PerSampleGradients gradients, String how, Map<Path, RealMatrix> matrices) {}

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        Computed computed;
        if (source.foreign != null) {
            computed = computed(source.foreign);
        } else if (source.known != null) {
            computed = computed(source.known);
        } else {
            throw new IllegalStateException("the command line was not checked");
        }
        for (Map.Entry<Path, RealMatrix> matrix : computed.matrices().entrySet()) {
            double[][] rows = matrix.getValue().getData();
            write(matrix.getKey(), rows.length, writer -> writer.write(rows, rows.length));
        }
        write(computed.gradients(), TerminalProgress.on(Terminal.standard()));
        PrintWriter to = spec.commandLine().getOut();
        to.printf(
                Locale.ROOT,
                "%-10s %d × %d%n",
                "gradients",
                computed.gradients().samples(),
                computed.gradients().dimension());
        to.printf(Locale.ROOT, "%-10s %.7g nats%n", "loss", computed.score().loss());
        to.printf(Locale.ROOT, "%-10s %.7g%n", "accuracy", computed.score().accuracy());
        to.print(computed.how());
        to.flush();
        return 0;
    }

    private Computed computed(Known from) throws IOException {
        Architecture architecture = Architectures.byName(from.network);
        DataSet data = data(ArrayFile.find(inputs, "x").read(), architecture.classes());
        Network read = statistics(Network.of(architecture, weights(from, architecture)), from, architecture)
                .in(precision);
        Path hessian = from.hessian;
        return new Computed(
                read.score(data),
                read.perSampleGradients(data),
                "",
                hessian == null ? Map.of() : Map.of(hessian, read.hessian(data)));
    }

    /** The shape of an input is that of the array without its first axis, if the array has more than two. */
    private Computed computed(Foreign from) throws IOException {
        ForeignNetwork.Format format = ForeignNetwork.Format.named("TorchScript")
                .orElseThrow(() -> new IllegalArgumentException(
                        "--torchscript wants langevin4j-models-djl, DJL and PyTorch on the class path:"
                                + " java -cp 'langevin4j.jar:djl/*' org.langevin4j.examples.Examples gradients …;"
                                + " docs/measuring-d.md says how to get them"));
        NumberArray x = ArrayFile.find(inputs, "x").read();
        int[] given = x.shape();
        int[] own = given.length > 2 ? Arrays.copyOfRange(given, 1, given.length) : new int[0];
        ForeignNetwork network = format.read(from.torchScript, from.inputShape.length > 0 ? from.inputShape : own);
        int most = Arrays.stream(ArrayFile.find(labels, "y").read().integers())
                .max()
                .orElse(0);
        DataSet data = data(x, Math.max(2, most + 1));
        PerSampleGradients gradients = network.perSampleGradients(data);
        String names = network.parameters().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Computed(
                network.score(data),
                gradients,
                String.format(Locale.ROOT, "%-10s %s%n%-10s %s%n", "weights", names, "computed", gradients),
                Map.of());
    }

    private double[] weights(Known from, Architecture architecture) throws IOException {
        NumberArray array = ArrayFile.find(from.weights, "weights").read();
        double[] values = array.values();
        if (values.length != architecture.dimension()) {
            throw new IllegalArgumentException(from.weights + ": " + architecture.name() + " has "
                    + architecture.dimension() + " weights, got " + values.length);
        }
        return values;
    }

    private static Network statistics(Network start, Known from, Architecture architecture) throws IOException {
        String batchNorm = from.batchNorm;
        if (batchNorm == null) {
            return start;
        }
        ArrayFile file = ArrayFile.open(Path.of(batchNorm));
        if (file.names().contains("eps")) {
            double epsilon = file.array("eps").read().values()[0];
            if (!(Math.abs(epsilon - EPSILON) <= 1e-6 * EPSILON)) {
                throw new IllegalArgumentException(
                        batchNorm + ": batch normalisation has eps = " + EPSILON + " here, got " + epsilon);
            }
        }
        return start.withStatistics(
                channels(architecture, file, "running_mean"), channels(architecture, file, "running_var"));
    }

    private static double[][] channels(Architecture architecture, ArrayFile file, String name) throws IOException {
        double[] all = file.array(name).read().values();
        int[] channels = architecture.normalisedChannels();
        int needed = Arrays.stream(channels).sum();
        if (all.length != needed) {
            throw new IllegalArgumentException(file.path() + ": " + name + " must hold " + needed
                    + " numbers, one a channel of " + architecture.name() + ", got " + all.length);
        }
        double[][] rows = new double[channels.length][];
        int start = 0;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(all, start, start + channels[i]);
            start += channels[i];
        }
        return rows;
    }

    private DataSet data(NumberArray x, int number) throws IOException {
        double[][] rows = x.toRows();
        int[] classes = ArrayFile.find(labels, "y").read().integers();
        if (classes.length != rows.length) {
            throw new IllegalArgumentException(
                    labels + ": there must be a label for each of " + rows.length + " inputs, got " + classes.length);
        }
        for (int n = 0; n < classes.length; n++) {
            if (!(classes[n] >= 0 && classes[n] < number)) {
                throw new IllegalArgumentException(
                        labels + ": labels must be in [0, " + number + "), got " + classes[n] + " in row " + n);
            }
        }
        return DataSet.of(rows, classes, number);
    }

    private void write(PerSampleGradients gradients, ProgressReporter progress) throws IOException {
        try (ProgressReporter.Task task = progress.start("gradients", gradients.samples())) {
            write(
                    out,
                    gradients.dimension(),
                    writer -> gradients.forEachBlock((first, rows, count) -> {
                        try {
                            writer.write(rows, count);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        task.advanceTo(first + count);
                    }));
        }
    }

    /** What writes rows. */
    @FunctionalInterface
    private interface Rows {

        void to(NpyWriter writer) throws IOException;
    }

    /** Under another name first, so that nothing half-written has the name that was asked for. */
    private void write(Path file, int columns, Rows rows) throws IOException {
        Path aside = file.toAbsolutePath().resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(aside);
        boolean whole = false;
        try {
            try (NpyWriter writer = precision == Precision.SINGLE
                    ? NpyWriter.singles(aside, columns)
                    : NpyWriter.doubles(aside, columns)) {
                rows.to(writer);
            }
            Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(aside);
            }
        }
    }
}
