package org.langevin4j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.random.Seed;
import org.langevin4j.examples.cli.terminal.SeedConverter;
import org.langevin4j.examples.experiment.Effort;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of everything that runs examples. */
final class RunOptions {

    /** Names the data folder where {@code --data} is not given. */
    private static final String DATA_PROPERTY = "langevin4j.data";

    private static final Path DATA_BESIDE = Path.of("..", "shared", "data");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out",
            description = "Folder for pictures, result.json and index.html; made if needed (default: out).")
    private Path out = Path.of("out");

    @Option(
            names = "--seed",
            paramLabel = "N|fresh",
            defaultValue = "20180217",
            converter = SeedConverter.class,
            description =
                    "Seed of all randomness. The default, 20180217, gives the same figures every time; 'fresh' draws"
                            + " a new one. The seed used is always reported.")
    private Seed seed = Seed.of(20180217);

    @Option(names = "--quick", description = "Less work: small grids and ensembles, in seconds.")
    private boolean quick;

    @Option(names = "--full", description = "More work: fine grids and large ensembles.")
    private boolean full;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder with real data. Default: the Java property langevin4j.data, else ../shared/data if it is"
                            + " there, else none; examples then use data they make themselves.")
    private @Nullable Path data;

    Path out() {
        return out;
    }

    Seed seed() {
        return seed;
    }

    Effort effort() {
        if (quick && full) {
            throw fault("--quick and --full exclude each other");
        }
        return quick ? Effort.QUICK : full ? Effort.FULL : Effort.STANDARD;
    }

    Optional<Path> data() {
        String property = System.getProperty(DATA_PROPERTY, "");
        if (data != null) {
            return Optional.of(folder(data, "--data"));
        }
        if (!property.isEmpty()) {
            return Optional.of(folder(Path.of(property), DATA_PROPERTY));
        }
        return Optional.of(DATA_BESIDE).filter(Files::isDirectory);
    }

    private Path folder(Path path, String from) {
        if (!Files.isDirectory(path)) {
            throw fault(from + ": no such folder: " + path);
        }
        return path;
    }

    /** The files themselves, once it is clear that they are there. */
    List<Path> checked(List<Path> files) {
        for (Path file : files) {
            if (!Files.exists(file)) {
                throw fault("no such file: " + file);
            }
            if (Files.isDirectory(file)) {
                throw fault("not a file but a folder: " + file);
            }
        }
        return files;
    }

    ParameterException fault(String message) {
        return new ParameterException(commandLine(), message);
    }

    CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        return spec.commandLine();
    }
}
