package org.langevin4j.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * Results as JSON, one folder for each example.
 *
 * <p>{@code result.json} has the keys name, claim, reference, seed, measurements — each with name, value, expected,
 * tolerance, unit, holds — and holds. A number that is not finite is written as null, as JSON has no word for it.
 * {@code pictures.json} lists the pictures with their captions.
 */
public final class ResultFolder {

    private static final String RESULT = "result.json";
    private static final String PICTURES = "pictures.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path out;

    /**
     * The folder of all results.
     *
     * @param out the folder; need not exist yet
     */
    public ResultFolder(Path out) {
        this.out = out;
    }

    /**
     * Makes the folder of an example ready for a new run: creates it if needed and takes away the former result, so that
     * a run that fails does not leave an old verdict behind.
     *
     * @param name name of the example
     * @return its folder
     * @throws IOException if that cannot be done
     */
    public Path prepare(String name) throws IOException {
        Path folder = Files.createDirectories(out.resolve(name));
        Files.deleteIfExists(folder.resolve(RESULT));
        Files.deleteIfExists(folder.resolve(PICTURES));
        return folder;
    }

    /**
     * Writes a result into the folder of its example.
     *
     * @param result what was found
     * @throws IOException if it cannot be written
     */
    public void write(ExampleResult result) throws IOException {
        Path folder = Files.createDirectories(out.resolve(result.name()));
        ArrayNode pictures = JSON.createArrayNode();
        for (Picture picture : result.pictures()) {
            pictures.addObject().put("file", picture.file()).put("caption", picture.caption());
        }
        write(folder.resolve(PICTURES), pictures);
        write(folder.resolve(RESULT), toJson(result));
    }

    private static void write(Path file, JsonNode json) throws IOException {
        AtomicFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static ObjectNode toJson(ExampleResult result) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", result.name());
        json.put("claim", result.claim());
        json.put("reference", result.reference());
        json.put("seed", result.seed());
        ArrayNode measurements = json.putArray("measurements");
        for (Measurement m : result.measurements()) {
            ObjectNode one = measurements.addObject();
            one.put("name", m.name());
            one.put("value", finite(m.value()));
            one.put("expected", finite(m.expected()));
            one.put("tolerance", finite(m.tolerance()));
            one.put("unit", m.unit());
            one.put("holds", m.holds());
        }
        json.put("holds", result.holds());
        return json;
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    /**
     * Reads all results that are there.
     *
     * @return by name of the example, in alphabetical order
     * @throws IOException if a folder or a result cannot be read, in one line that names it
     */
    public List<ExampleResult> readAll() throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(out)) {
            folders = entries.filter(folder -> Files.isRegularFile(folder.resolve(RESULT)))
                    .sorted()
                    .toList();
        }
        List<ExampleResult> results = new ArrayList<>();
        for (Path folder : folders) {
            results.add(read(folder));
        }
        return results;
    }

    private static ExampleResult read(Path folder) throws IOException {
        JsonNode json = parse(folder.resolve(RESULT));
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode m : json.path("measurements")) {
            measurements.add(new Measurement(
                    m.path("name").asText(),
                    m.path("value").asDouble(Double.NaN),
                    nullable(m.path("expected")),
                    nullable(m.path("tolerance")),
                    m.path("unit").asText(),
                    m.path("holds").asBoolean()));
        }
        List<Picture> pictures = new ArrayList<>();
        if (Files.isRegularFile(folder.resolve(PICTURES))) {
            for (JsonNode picture : parse(folder.resolve(PICTURES))) {
                pictures.add(new Picture(
                        picture.path("file").asText(), picture.path("caption").asText()));
            }
        }
        return new ExampleResult(
                folder.getFileName().toString(),
                json.path("claim").asText(),
                json.path("reference").asText(),
                json.path("seed").asLong(),
                measurements,
                pictures);
    }

    private static @Nullable Double nullable(JsonNode number) {
        return number.isNumber() ? number.asDouble() : null;
    }

    private static JsonNode parse(Path file) throws IOException {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": not a result of an earlier run (" + e.getOriginalMessage() + ")", e);
        }
    }
}
