package org.langevin4j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.statistics.MatrixSpectrum;
import org.langevin4j.models.network.FileGradients;
import org.langevin4j.models.network.MeasuredDiffusion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spectrum FILE[:ARRAY] [--leading K] [--json]}: the eigenvalues of D from a file of per-sample gradients. */
@Command(
        name = "spectrum",
        mixinStandardHelpOptions = true,
        hidden = true,
        description = {
            "Prints the spectrum of the diffusion matrix D = (1/N) Σ gₖgₖᵀ − ggᵀ of per-sample gradients.",
            "FILE holds one row a sample: .npy, .npz, safetensors, HDF5, .mat, text, or a folder of numbered parts of one array.",
            "In a file with several arrays it is the one named gradients, or FILE:ARRAY; FILE:ARRAY,ARRAY… lays the columns of",
            "several side by side, such as one for each layer.",
            "One pass; memory for the smaller of d·d and N·N numbers beside the gradients."
        })
final class SpectrumCommand implements Callable<Integer> {

    private static final int SHOWN = 20;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE[:ARRAY]", description = "Per-sample gradients; all numbers have to be finite.")
    private @Nullable String file;

    @Option(names = "--array", paramLabel = "NAME", description = "The same as FILE:NAME.")
    private @Nullable String array;

    @Option(
            names = "--leading",
            paramLabel = "K",
            description =
                    "The K largest eigenvalues only, with mean and deviation of all (default: the whole spectrum).")
    private @Nullable Integer leading;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (spec == null || file == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        FileGradients gradients = FileGradients.open(array == null ? file : file + ":" + array);
        MeasuredDiffusion diffusion = MeasuredDiffusion.from(gradients);
        PrintWriter out = spec.commandLine().getOut();
        Map<String, @Nullable Object> values = summary(diffusion);
        if (leading == null) {
            addSpectrum(values, diffusion.spectrum());
        } else {
            values.put("top", diffusion.leadingEigenpairs(leading).values());
        }
        values.put("computed", diffusion.work());
        if (json) {
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(values));
        } else {
            values.forEach((name, value) -> out.println(line(name, value)));
        }
        out.flush();
        return 0;
    }

    /** What needs no eigenvalues. */
    private static Map<String, @Nullable Object> summary(MeasuredDiffusion diffusion) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("N", diffusion.samples());
        values.put("d", diffusion.dimension());
        values.put("mean_eigenvalue", diffusion.meanEigenvalue());
        values.put("std_eigenvalue", finite(diffusion.eigenvalueDeviation()));
        values.put("trace", diffusion.trace());
        values.put("frobenius", finite(diffusion.frobeniusNorm()));
        return values;
    }

    private static void addSpectrum(Map<String, @Nullable Object> values, MatrixSpectrum spectrum) {
        double[] eigenvalues = spectrum.eigenvalues();
        values.put("lambda_max", spectrum.max());
        values.put("rank_at_float32_eps", spectrum.rank(MatrixSpectrum.FLOAT32_EPSILON));
        values.put("rank_at_float64_eps", spectrum.rank(MatrixSpectrum.FLOAT64_EPSILON));
        values.put("participation_ratio", finite(spectrum.participationRatio()));
        values.put("stable_rank", finite(spectrum.stableRank()));
        values.put("intrinsic_dimension", finite(spectrum.intrinsicDimension()));
        values.put("architecture_score_float32", finite(spectrum.architectureScore(MatrixSpectrum.FLOAT32_EPSILON)));
        values.put("top", Arrays.copyOf(eigenvalues, Math.min(SHOWN, eigenvalues.length)));
    }

    /** JSON has neither infinity, as a variance beyond the numbers, nor NaN, as a ratio of zeros. */
    private static @Nullable Double finite(double value) {
        return Math.abs(value) <= Double.MAX_VALUE ? value : null;
    }

    private static String line(String name, @Nullable Object value) {
        if (value == null) {
            return String.format(Locale.ROOT, "%-28s no number", name);
        }
        if (value instanceof double[] list) {
            StringBuilder text = new StringBuilder();
            for (double entry : list) {
                text.append(text.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.6g", entry));
            }
            return String.format(Locale.ROOT, "%-28s %s", name, text);
        }
        return value instanceof Double number
                ? String.format(Locale.ROOT, "%-28s %.10g", name, number)
                : String.format(Locale.ROOT, "%-28s %s", name, value);
    }
}
