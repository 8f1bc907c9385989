package org.langevin4j.examples.cli.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.model.Range;
import org.langevin4j.models.analytic.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code models [NAME]}: the catalogue. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the models of the catalogue, or tells all about one: equation, parameters with ranges, units and meaning, sources.",
            "Each is a model for simulate, first-passage, sweep and the other commands that take MODEL."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  langevin4j models", "  langevin4j models double-well", "  langevin4j models --json | jq '.[].name'"
        })
public final class ModelsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            completionCandidates = ModelNames.class,
            description = "All about this model.")
    private @Nullable String name;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    /** The command, for picocli. */
    public ModelsCommand() {}

    @Override
    public Integer call() throws IOException {
        if (spec == null) {
            throw new IllegalStateException("the command line was not parsed");
        }
        List<Model> models = name == null ? Catalogue.models() : List.of(Catalogue.named(name));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<Map<String, Object>> all =
                    models.stream().map(ModelsCommand::json).toList();
            out.println(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(name == null ? all : all.get(0)));
        } else if (name == null) {
            models.forEach(model -> list(model, out));
        } else {
            describe(models.get(0), out);
        }
        out.flush();
        return 0;
    }

    private static void list(Model model, PrintWriter out) {
        out.println(
                model.name() + " (" + String.join(", ", shortened(model.coordinates())) + "): " + model.description());
        model.parameters().forEach(parameter -> out.println("    " + parameter));
    }

    private static void describe(Model model, PrintWriter out) {
        out.println(model.name());
        out.println("  " + model.description());
        out.println("coordinates: " + String.join(", ", model.coordinates()));
        out.println(model.parameters().isEmpty() ? "no parameters" : "parameters:");
        model.parameters().forEach(parameter -> out.println("  " + parameter));
        if (!model.restingPoints().isEmpty()) {
            out.println("points at rest with these parameters: "
                    + String.join(
                            "; ",
                            model.restingPoints().stream()
                                    .map(ModelsCommand::point)
                                    .toList()));
        }
        out.println("sources:");
        model.sources().forEach(source -> out.println("  " + source));
    }

    private static String point(double[] x) {
        List<String> numbers = new ArrayList<>();
        for (double value : x) {
            numbers.add(String.format(Locale.ROOT, "%.6g", value + 0.0));
        }
        return "(" + String.join(", ", numbers) + ")";
    }

    /** Many coordinates by their ends. */
    private static List<String> shortened(List<String> names) {
        return names.size() <= 6 ? names : List.of(names.get(0), names.get(1), "…", names.get(names.size() - 1));
    }

    private static Map<String, Object> json(Model model) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", model.name());
        all.put("equation", model.description());
        all.put("coordinates", model.coordinates());
        all.put(
                "parameters",
                model.parameters().stream().map(ModelsCommand::json).toList());
        all.put("resting_points", model.restingPoints());
        all.put("sources", model.sources());
        return all;
    }

    private static Map<String, Object> json(Parameter parameter) {
        Range range = parameter.range();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("name", parameter.name());
        all.put("default", parameter.defaultValue());
        all.put("unit", parameter.unit());
        all.put("meaning", parameter.meaning());
        all.put("range", range.toString());
        if (range.least() > -Double.MAX_VALUE) {
            all.put("least", range.least());
        }
        if (range.greatest() < Double.MAX_VALUE) {
            all.put("greatest", range.greatest());
        }
        all.put("whole", range.whole());
        return all;
    }
}
