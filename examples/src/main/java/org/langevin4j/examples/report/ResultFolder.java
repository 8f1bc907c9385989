package org.langevin4j.examples.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.Effort;
import org.langevin4j.examples.experiment.ExperimentResult;
import org.langevin4j.examples.experiment.ExperimentResult.Provenance;
import org.langevin4j.examples.experiment.Finding;
import org.langevin4j.examples.experiment.Picture;
import org.langevin4j.examples.experiment.Statement;
import org.langevin4j.solvers.file.AtomicFile;

/**
 * Results as JSON, one folder for each experiment: {@code result.json} has the keys name, summary, provenance, passed, findings (each with
 * bearing, statement, text, stands, checks) and pictures.
 */
public final class ResultFolder {

    private static final String RESULT = "result.json";
    private static final List<String> REPORTS = List.of("index.html", "report.json", "report.md");
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
     * Makes the folder of an experiment ready for a new run: creates it if needed and takes away the former result and the
     * reports that tell of it, so that a run that fails or is killed does not leave an old verdict behind.
     *
     * @param name name of the experiment
     * @return its folder
     * @throws IOException if that cannot be done
     */
    public Path prepare(String name) throws IOException {
        Path folder = Files.createDirectories(out.resolve(name));
        for (String report : REPORTS) {
            Files.deleteIfExists(out.resolve(report));
        }
        Files.deleteIfExists(folder.resolve(RESULT));
        return folder;
    }

    /**
     * Writes a result into the folder of its experiment.
     *
     * @param result what was found
     * @throws IOException if it cannot be written
     */
    public void write(ExperimentResult result) throws IOException {
        Path folder = Files.createDirectories(out.resolve(result.name()));
        ObjectNode json = JSON.createObjectNode();
        json.put("name", result.name());
        json.put("summary", result.summary());
        write(result.provenance(), json.putObject("provenance"));
        json.put("passed", result.passed());
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : result.findings()) {
            ObjectNode one = findings.addObject();
            one.put("bearing", CheckJson.name(finding.bearing()));
            Statement statement = finding.statement();
            one.put("statement", statement == null ? null : statement.id());
            one.put("text", finding.text());
            one.put("stands", finding.stands());
            ArrayNode checks = one.putArray("checks");
            finding.checks().forEach(check -> CheckJson.write(check, checks.addObject()));
        }
        ArrayNode pictures = json.putArray("pictures");
        for (Picture picture : result.pictures()) {
            ObjectNode one = pictures.addObject();
            one.put("file", picture.file()).put("caption", picture.caption()).put("data", picture.data());
            one.put("fields", picture.fields());
            ArrayNode statements = one.putArray("statements");
            picture.statements().forEach(statement -> statements.add(statement.id()));
        }
        AtomicFile.write(
                folder.resolve(RESULT), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    static void write(Provenance provenance, ObjectNode json) {
        json.put("version", provenance.version());
        json.put("commit", provenance.commit());
        json.put("effort", CheckJson.name(provenance.effort()));
        json.put("seed", provenance.seed());
        json.put("data", provenance.data());
        json.put("date", provenance.date());
        json.put("seconds", provenance.seconds());
    }

    /**
     * Reads all results that are there.
     *
     * @param leftOut told of each file that is no result of this version, in one line that names it
     * @return by name of the experiment, in alphabetical order
     * @throws IOException if the folder cannot be read
     */
    public List<ExperimentResult> readAll(Consumer<String> leftOut) throws IOException {
        List<Path> folders;
        try (Stream<Path> entries = Files.list(out)) {
            folders = entries.filter(folder -> Files.isRegularFile(folder.resolve(RESULT)))
                    .sorted()
                    .toList();
        }
        List<ExperimentResult> results = new ArrayList<>();
        for (Path folder : folders) {
            try {
                results.add(read(folder));
            } catch (IOException foreign) {
                leftOut.accept(String.valueOf(foreign.getMessage()));
            }
        }
        return results;
    }

    private static ExperimentResult read(Path folder) throws IOException {
        Path file = folder.resolve(RESULT);
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (!json.path("findings").isArray()) {
                throw new IOException(file + ": not a result of this version; remove it or use another folder");
            }
            List<Finding> findings = new ArrayList<>();
            for (JsonNode finding : json.path("findings")) {
                findings.add(finding(finding));
            }
            List<Picture> pictures = new ArrayList<>();
            for (JsonNode picture : json.path("pictures")) {
                List<Statement> statements = new ArrayList<>();
                picture.path("statements").forEach(id -> statements.add(CheckJson.constant(Statement.class, id)));
                pictures.add(new Picture(
                        picture.path("file").asText(),
                        picture.path("caption").asText(),
                        picture.path("data").asText(),
                        picture.path("fields").asText(),
                        statements));
            }
            return new ExperimentResult(
                    folder.getFileName().toString(),
                    json.path("summary").asText(),
                    provenance(json.path("provenance")),
                    findings,
                    pictures);
        } catch (JsonProcessingException e) {
            throw new IOException(file + ": not a result of an earlier run (" + e.getOriginalMessage() + ")", e);
        } catch (CharConversionException e) {
            throw new IOException(file + ": not a result of an earlier run (" + e.getMessage() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not a result of this version (" + e.getMessage() + ")", e);
        } catch (FileSystemException e) {
            throw new IOException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static Finding finding(JsonNode json) {
        JsonNode id = json.path("statement");
        @Nullable Statement statement = id.isTextual() ? CheckJson.constant(Statement.class, id) : null;
        List<Check> checks = new ArrayList<>();
        for (JsonNode check : json.path("checks")) {
            checks.add(CheckJson.read(check));
        }
        return new Finding(
                CheckJson.constant(Finding.Bearing.class, json.path("bearing")),
                statement,
                json.path("text").asText(),
                checks);
    }

    private static Provenance provenance(JsonNode json) {
        return new Provenance(
                json.path("version").asText(),
                json.path("commit").asText(),
                CheckJson.constant(Effort.class, json.path("effort")),
                json.path("seed").asLong(),
                json.path("data").asText(),
                json.path("date").asText(),
                json.path("seconds").asDouble());
    }
}
