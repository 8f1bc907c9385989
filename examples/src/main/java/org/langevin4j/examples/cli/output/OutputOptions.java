package org.langevin4j.examples.cli.output;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.langevin4j.charts.Figure;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.cli.terminal.SeedConverter;
import org.langevin4j.examples.cli.terminal.Version;
import org.langevin4j.solvers.file.AtomicFile;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a result goes: {@code --out}, {@code --format}, {@code --chart}; and {@code --seed}, {@code --threads}. */
public final class OutputOptions {

    private static final String STANDARD_OUTPUT = "-";

    /** They change no number. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of("--out", "--format", "--chart", "--threads", "--spark", "--checkpoint", "--checkpoint-every");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE|-",
            description = {
                "Write the result: .npz, .json or .h5 hold all of it, .csv and .npy the table. '-' is standard output, with --format.",
                "Without it the result is printed as a table."
            })
    private @Nullable String out;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "For --out -: npy, npz, csv, json or h5 (default: json).")
    private @Nullable String format;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the result: .png or .svg.")
    private @Nullable Path chart;

    @Option(
            names = "--seed",
            paramLabel = "N|fresh",
            defaultValue = "1",
            converter = SeedConverter.class,
            description =
                    "Seed of all randomness (default: ${DEFAULT-VALUE}); 'fresh' draws a new one. It is reported.")
    private Seed seed = Seed.of(1);

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads (default: all processors); the result has the same bits with any number.")
    private @Nullable Integer threads;

    /**
     * The seed.
     *
     * @return drawn once if it is to be fresh
     */
    public Seed seed() {
        return seed;
    }

    /**
     * The number of threads.
     *
     * @return at least 1
     * @throws ParameterException if less were asked for
     */
    public int threads() {
        if (threads != null && threads < 1) {
            throw fault("--threads must be at least 1, got " + threads);
        }
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /**
     * The file that the result goes to.
     *
     * @return empty for a table on standard output or {@code --out -}
     */
    public Optional<Path> file() {
        return out == null || out.equals(STANDARD_OUTPUT) ? Optional.empty() : Optional.of(Path.of(out));
    }

    /**
     * Whether the result is drawn.
     *
     * @return true with {@code --chart}
     */
    public boolean hasChart() {
        return chart != null;
    }

    /**
     * Refuses, before any work, what could not be written after it.
     *
     * @throws ParameterException if a suffix is unknown
     * @throws OutputException if a file cannot be written
     */
    public void check() throws OutputException {
        threads();
        format();
        if (format != null && !STANDARD_OUTPUT.equals(out)) {
            throw fault("--format goes with --out -; a file is written by its suffix");
        }
        if (file().isPresent()) {
            requireWritable(file().get());
        }
        if (chart != null) {
            String name = chart.toString().toLowerCase(Locale.ROOT);
            if (!name.endsWith(".png") && !name.endsWith(".svg")) {
                throw fault("--chart must end with .png or .svg, got '" + chart + "'");
            }
            requireWritable(chart);
        }
    }

    private static void requireWritable(Path path) throws OutputException {
        try {
            AtomicFile.requireWritable(path);
        } catch (IOException e) {
            throw new OutputException(path.toString(), e);
        }
    }

    private @Nullable ResultFormat format() {
        if (out == null) {
            return null;
        }
        try {
            return out.equals(STANDARD_OUTPUT)
                    ? ResultFormat.of(format == null ? "json" : format)
                    : ResultFormat.of(out);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandSpec().commandLine(), "--out: " + e.getMessage(), e);
        }
    }

    /**
     * A result that knows command, version and seed.
     *
     * @return to be filled
     */
    public Result begin() {
        return new Result()
                .about("command", String.join(" ", words()))
                .about("version", Version.number() + (Version.commit().isEmpty() ? "" : " (" + Version.commit() + ")"));
    }

    /** The command line without what has no effect on the numbers, so that these options change no bit of a file. */
    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(commandSpec().qualifiedName()));
        List<String> given = commandSpec().commandLine().getParseResult().originalArgs();
        int own = given.indexOf(commandSpec().name());
        for (int k = own + 1; k < given.size(); k++) {
            String word = given.get(k);
            String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!WITHOUT_EFFECT.contains(name)) {
                words.add(word.matches("[\\w./,:=+-]+") ? word : "'" + word + "'");
            } else if (name.equals(word)) {
                k++;
            }
        }
        return words;
    }

    /**
     * Writes or prints a result and draws it.
     *
     * @param result what was found
     * @param figure what {@code --chart} draws; asked for only with it
     * @throws OutputException if it could not be written whole
     */
    public void finish(Result result, Supplier<Figure> figure) throws OutputException {
        ResultFormat chosen = format();
        if (chosen == null) {
            PrintWriter printer = commandSpec().commandLine().getOut();
            ResultText.print(result, printer);
            requireWhole(printer);
        } else if (file().isEmpty()) {
            toStandardOutput(result, chosen);
        } else {
            write(file().get(), stream -> chosen.write(result, stream));
            say("written: " + out);
        }
        draw(figure);
    }

    /**
     * Draws a result.
     *
     * @param figure asked for only with {@code --chart}
     * @throws OutputException if it could not be written
     */
    public void draw(Supplier<Figure> figure) throws OutputException {
        if (chart == null) {
            return;
        }
        try {
            figure.get().writeTo(chart);
        } catch (IOException e) {
            throw new OutputException(chart.toString(), e);
        }
        say("drawn: " + chart);
    }

    /**
     * Writes a file whole or not at all.
     *
     * @param file where to
     * @param content what
     * @throws OutputException if that fails
     */
    public static void write(Path file, AtomicFile.Content content) throws OutputException {
        try {
            AtomicFile.write(file, content);
        } catch (IOException e) {
            throw new OutputException(file.toString(), e);
        }
    }

    /**
     * Says something on standard error.
     *
     * @param line one line
     */
    public void say(String line) {
        PrintWriter err = commandSpec().commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private void toStandardOutput(Result result, ResultFormat chosen) throws OutputException {
        try {
            if (chosen.isText()) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                chosen.write(result, bytes);
                PrintWriter printer = commandSpec().commandLine().getOut();
                printer.print(bytes.toString(StandardCharsets.UTF_8));
                requireWhole(printer);
            } else {
                // Text would be spoilt by the encoding of the printer.
                OutputStream stream = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16);
                chosen.write(result, stream);
                stream.flush();
            }
        } catch (OutputException e) {
            throw e;
        } catch (IOException e) {
            throw new OutputException("standard output", e);
        }
    }

    private static void requireWhole(PrintWriter printer) throws OutputException {
        if (printer.checkError()) {
            throw new OutputException("standard output was closed, or is full, before all was written");
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
