package org.langevin4j.examples.cli.model;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.model.DidYouMean;

/**
 * A model in a file, TOML or JSON, with the keys of the options:
 *
 * <pre>
 * state = ["x", "v"]
 * drift = ["v", "x - x^3 - g*v + A*cos(w*t)"]
 * factor = [["0"], ["sqrt(g)"]]      # or "0; sqrt(g)"
 * temperature = 0.1                  # or beta = 10
 * [set]
 * g = 0.5
 * A = 0.3
 * w = 0.2
 * </pre>
 */
final class ModelFile {

    /** Far more than a model that the parser of expressions takes. */
    private static final long LONGEST = 4 << 20;

    private static final List<String> KEYS = List.of(
            "model", "state", "drift", "potential", "factor", "diffusion", "calculus", "set", "beta", "temperature");

    private final Path file;
    private final JsonNode root;

    private ModelFile(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
    }

    static ModelText read(Path file) throws IOException {
        ModelFile model = new ModelFile(file, tree(file));
        if (!model.root.isObject()) {
            throw model.fault("it must be a table of keys");
        }
        for (Map.Entry<String, JsonNode> entry : model.root.properties()) {
            if (!KEYS.contains(entry.getKey())) {
                throw model.fault("no key is called '" + entry.getKey() + "'" + DidYouMean.among(KEYS, entry.getKey())
                        + " (known: " + String.join(", ", KEYS) + ")");
            }
        }
        return new ModelText(
                model.text("model", ""),
                model.text("state", ", "),
                model.text("drift", ", "),
                model.text("potential", ""),
                model.text("factor", "; "),
                model.text("diffusion", "; "),
                model.text("calculus", ""),
                model.parameters(),
                model.temperature());
    }

    private static JsonNode tree(Path file) throws IOException {
        if (Files.size(file) > LONGEST) {
            throw new IllegalArgumentException(
                    file + ": a model file has at most 4 MiB, this one " + Files.size(file) + " bytes");
        }
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(".toml") && !name.endsWith(".json")) {
            throw new IllegalArgumentException(file + ": a model file ends with .toml or .json");
        }
        ObjectMapper mapper = name.endsWith(".toml") ? new TomlMapper() : new ObjectMapper();
        mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        mapper.enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try {
            return mapper.readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new IllegalArgumentException(
                    file + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr()) + ": "
                            + e.getOriginalMessage(),
                    e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": it must be text in UTF-8", e);
        }
    }

    /** A text, a number, or a list of them with something between; in a list of lists, a row each, commas. */
    private @Nullable String text(String key, String between) {
        JsonNode node = root.get(key);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            return one(key, node);
        }
        if (between.isEmpty()) {
            throw fault(key + " must be one text, not a list");
        }
        List<String> parts = new ArrayList<>();
        for (JsonNode each : node) {
            if (each.isArray() && between.equals("; ")) {
                List<String> row = new ArrayList<>();
                each.forEach(entry -> row.add(one(key, entry)));
                parts.add(String.join(", ", row));
            } else {
                parts.add(one(key, each));
            }
        }
        return String.join(between, parts);
    }

    private String one(String key, JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            throw fault(key + " must be of texts and numbers, got " + node);
        }
        return node.asText();
    }

    private Map<String, Double> parameters() {
        Map<String, Double> values = new LinkedHashMap<>();
        JsonNode node = root.get("set");
        if (node == null) {
            return values;
        }
        if (!node.isObject()) {
            throw fault("set must be a table of parameters, as in [set] g = 0.5");
        }
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), number("set." + entry.getKey(), entry.getValue())));
        return values;
    }

    private double number(String key, JsonNode node) {
        if (!node.isNumber()) {
            throw fault(key + " must be a number, got " + node);
        }
        double value = node.doubleValue();
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw fault(key + " must be a finite number, got " + node);
        }
        return value;
    }

    private @Nullable Double temperature() {
        JsonNode beta = root.get("beta");
        JsonNode temperature = root.get("temperature");
        if (beta != null && temperature != null) {
            throw fault("beta and temperature = 1/beta exclude each other");
        }
        return beta != null
                ? (Double) (1.0 / number("beta", beta))
                : temperature != null ? (Double) number("temperature", temperature) : null;
    }

    private IllegalArgumentException fault(String message) {
        return new IllegalArgumentException(file + ": " + message);
    }
}
