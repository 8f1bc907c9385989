package org.langevin4j.examples.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.langevin4j.examples.experiment.Check;
import org.langevin4j.examples.experiment.Check.AtLeast;
import org.langevin4j.examples.experiment.Check.AtMost;
import org.langevin4j.examples.experiment.Check.Expectation;
import org.langevin4j.examples.experiment.Check.Near;
import org.langevin4j.examples.experiment.Check.Reported;
import org.langevin4j.examples.experiment.Oracle;
import org.langevin4j.examples.experiment.Uncertainty;

/**
 * A check as JSON: name, value, unit, uncertainty, kind (of the uncertainty), relation (near, at-most, at-least, reported), expected
 * (number or bound), tolerance, reason (of the tolerance), oracle, holds, z, sees (the deviation that a statistical check would see,
 * relative to what is expected). What is not there, or no finite number, is null.
 */
final class CheckJson {

    private CheckJson() {}

    static void write(Check check, ObjectNode json) {
        Uncertainty uncertainty = check.uncertainty();
        boolean known = uncertainty.kind() != Uncertainty.Kind.UNKNOWN;
        json.put("name", check.name());
        json.put("value", finite(check.value()));
        json.put("unit", check.unit());
        json.put("uncertainty", known ? finite(uncertainty.size()) : null);
        json.put("kind", known ? name(uncertainty.kind()) : null);
        Expectation expectation = check.expectation();
        if (expectation instanceof Near near) {
            expectation(json, "near", near.expected(), near.tolerance(), near.reason(), near.oracle());
        } else if (expectation instanceof AtMost most) {
            expectation(json, "at-most", most.limit(), most.margin(), most.reason(), most.oracle());
        } else if (expectation instanceof AtLeast least) {
            expectation(json, "at-least", least.limit(), least.margin(), least.reason(), least.oracle());
        } else {
            expectation(json, "reported", null, null, null, null);
        }
        json.put("holds", check.holds());
        json.put("z", finite(check.z()));
        json.put("sees", finite(check.sees()));
    }

    private static void expectation(
            ObjectNode json,
            String relation,
            @Nullable Double expected,
            @Nullable Double tolerance,
            @Nullable String reason,
            @Nullable Oracle oracle) {
        json.put("relation", relation);
        json.put("expected", finite(expected));
        json.put("tolerance", finite(tolerance));
        json.put("reason", reason);
        if (oracle == null) {
            json.putNull("oracle");
        } else {
            json.putObject("oracle").put("kind", name(oracle.kind())).put("source", oracle.source());
        }
    }

    static Check read(JsonNode json) {
        return new Check(
                json.path("name").asText(),
                json.path("value").asDouble(Double.NaN),
                json.path("unit").asText(),
                new Uncertainty(
                        json.path("kind").isTextual()
                                ? constant(Uncertainty.Kind.class, json.path("kind"))
                                : Uncertainty.Kind.UNKNOWN,
                        json.path("uncertainty").asDouble(0.0)),
                expectation(json),
                json.path("holds").asBoolean());
    }

    private static Expectation expectation(JsonNode json) {
        if (!json.path("oracle").isObject()) {
            return new Reported();
        }
        double expected = json.path("expected").asDouble(Double.NaN);
        double tolerance = json.path("tolerance").asDouble(Double.NaN);
        String reason = json.path("reason").asText();
        Oracle oracle = new Oracle(
                constant(Oracle.Kind.class, json.path("oracle").path("kind")),
                json.path("oracle").path("source").asText());
        return switch (json.path("relation").asText()) {
            case "near" -> new Near(expected, tolerance, reason, oracle);
            case "at-most" -> new AtMost(expected, tolerance, reason, oracle);
            case "at-least" -> new AtLeast(expected, tolerance, reason, oracle);
            default -> new Reported();
        };
    }

    /** Constants are written in lower case with hyphens. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E constant(Class<E> type, JsonNode name) {
        return Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }
}
