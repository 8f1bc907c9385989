package org.langevin4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.file.NpyWriter;
import org.langevin4j.models.network.Architecture;
import org.langevin4j.models.network.Architectures;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;
import org.langevin4j.models.network.Network;
import org.langevin4j.models.network.PerSampleGradients;

/** {@code bench networks --full}: how long D and its spectrum take, of the sizes for which the project has aims. */
final class SpectrumBench {

    /** Of the file. */
    private static final double BYTES = 2e9;

    private final PrintWriter out;
    private final double share;

    /**
     * The bench.
     *
     * @param out receives a line for each figure
     * @param share of the samples, for a trial
     */
    SpectrumBench(PrintWriter out, double share) {
        this.out = out;
        this.share = share;
    }

    void run() throws IOException {
        Architecture lenet = Architectures.smallLenet();
        measure("D and spectrum, small-lenet", gradients(lenet, 60_000));
        measure("Gram route, small-lenet", gradients(lenet, 12_000));
        Architecture fc = Architectures.smallFc();
        Path folder = Files.createTempDirectory("gradients");
        Path file = folder.resolve("gradients.npy");
        try {
            write(gradients(fc, (int) (BYTES / (4.0 * fc.dimension()))), file);
            measure("spectrum of a file of 2 GB", FileGradients.open(file.toString()));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private PerSampleGradients gradients(Architecture architecture, int samples) {
        int some = Math.max(2, (int) (share * samples));
        return Network.initialised(architecture, Seed.of(1)).perSampleGradients(NetworkBench.data(architecture, some));
    }

    private static void write(PerSampleGradients gradients, Path file) throws IOException {
        try (NpyWriter writer = NpyWriter.singles(file, gradients.dimension())) {
            gradients.forEachBlock((first, rows, count) -> {
                try {
                    writer.write(rows, count);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void measure(String name, PerSampleGradients gradients) {
        long begin = System.nanoTime();
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients);
        double formed = (System.nanoTime() - begin) * 1e-9;
        double largest = diffusion.spectrum().max();
        double all = (System.nanoTime() - begin) * 1e-9;
        out.printf(
                Locale.ROOT,
                "%-28s %7d x %6d: %8.1f s, of these %.1f s to form it; largest eigenvalue %.4g; %s%n",
                name,
                gradients.samples(),
                gradients.dimension(),
                all,
                formed,
                largest,
                diffusion.work());
        out.flush();
    }
}
