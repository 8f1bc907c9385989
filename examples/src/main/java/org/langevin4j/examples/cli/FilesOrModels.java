package org.langevin4j.examples.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.langevin4j.models.analytic.Catalogue;
import picocli.CommandLine;

/**
 * The command line in which {@code spectrum} and {@code decompose} are of a model or of a file, two commands each. A file it is where an
 * option says so that only files have, or a word is no model but has the look of a file; a name of the catalogue, or an option that
 * makes a model, comes first.
 */
final class FilesOrModels extends CommandLine {

    static final String SPECTRUM_OF_FILE = "spectrum-of-file";

    static final String DECOMPOSE_FILES = "decompose-files";

    private static final Set<String> OF_MODELS = Set.of("--drift", "--potential", "--model");

    private static final Set<String> SPECTRUM = Set.of("--array", "--leading", "--json");

    private static final Set<String> DECOMPOSE =
            Set.of("--drift-matrix", "--gradients", "--weight-decay", "--rank-tolerance", "--pure-java", "--json");

    FilesOrModels(Object command) {
        super(command);
    }

    @Override
    public int execute(String... args) {
        return super.execute(routed(args));
    }

    /** The words with the name of the command that is meant. */
    static String[] routed(String... args) {
        String[] routed = args.clone();
        if (args.length > 1 && args[0].equals("spectrum") && isOfFile(SPECTRUM, args)) {
            routed[0] = SPECTRUM_OF_FILE;
        } else if (args.length > 1 && args[0].equals("decompose") && isOfFile(DECOMPOSE, args)) {
            routed[0] = DECOMPOSE_FILES;
        }
        return routed;
    }

    private static boolean isOfFile(Set<String> ofFiles, String... args) {
        List<String> models =
                Catalogue.models().stream().map(model -> model.name()).toList();
        List<String> words = Arrays.asList(args).subList(1, args.length);
        if (words.stream().anyMatch(word -> models.contains(word) || OF_MODELS.contains(option(word)))) {
            return false;
        }
        return words.stream().anyMatch(word -> ofFiles.contains(option(word)))
                || words.stream()
                        .limit(1)
                        .anyMatch(word -> !word.startsWith("-") && (looksLikeFile(word) || exists(word)));
    }

    private static String option(String word) {
        int end = word.indexOf('=');
        return end < 0 ? word : word.substring(0, end);
    }

    private static boolean looksLikeFile(String word) {
        return word.indexOf('.') >= 0 || word.indexOf('/') >= 0 || word.indexOf('\\') >= 0;
    }

    private static boolean exists(String word) {
        try {
            return Files.exists(Path.of(word.contains(":") ? word.substring(0, word.indexOf(':')) : word));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
