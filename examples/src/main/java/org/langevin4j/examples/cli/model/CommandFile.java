package org.langevin4j.examples.cli.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.langevin4j.examples.cli.output.OutputOptions;
import picocli.CommandLine.Model.CommandSpec;

/** The command that made a checkpoint or the file of a sweep, in a file beside it: {@code merge} needs the files alone, and files do not mix. */
final class CommandFile {

    private static final String SUFFIX = ".command";

    private static final long LONGEST = 4 << 20;

    /** Of one part, or of one process, and with a value each. */
    private static final Set<String> OWN = Set.of(
            "--out", "--format", "--chart", "--threads", "--checkpoint", "--checkpoint-every", "--shard", "--spark");

    private CommandFile() {}

    /** Writes the words of the command but for those of one process alone. */
    static void write(Path checkpoint, CommandSpec spec) throws IOException {
        byte[] text = new ObjectMapper().writeValueAsBytes(words(spec));
        OutputOptions.write(beside(checkpoint), out -> out.write(text));
    }

    static boolean exists(Path checkpoint) {
        return Files.exists(beside(checkpoint));
    }

    static List<String> words(CommandSpec spec) {
        List<String> given = spec.commandLine().getParseResult().originalArgs();
        List<String> words = new ArrayList<>();
        for (int k = given.indexOf(spec.name()) + 1; k < given.size(); k++) {
            String word = given.get(k);
            String name = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            if (!OWN.contains(name)) {
                words.add(word);
            } else if (name.equals(word)) {
                k++;
            }
        }
        return words;
    }

    static String[] read(Path checkpoint) throws IOException {
        Path file = beside(checkpoint);
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(file + " is missing, which says how it was made, beside " + checkpoint);
        }
        if (Files.size(file) > LONGEST) {
            throw new IllegalArgumentException(file + " is too long to be a command");
        }
        try {
            List<String> words =
                    new ObjectMapper().readValue(Files.readAllBytes(file), new TypeReference<List<String>>() {});
            // The words null and [null] of JSON.
            if (words == null || words.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException(file + " is damaged: it is no list of words");
            }
            return words.toArray(String[]::new);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getOriginalMessage(), e);
        } catch (CharConversionException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static Path beside(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + SUFFIX);
    }
}
