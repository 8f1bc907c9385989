package org.langevin4j.examples.cli.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.model.Model;
import org.langevin4j.core.model.Parameter;
import org.langevin4j.core.sde.Sde;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.examples.cli.output.Result;
import org.langevin4j.models.expression.ExpressionModel;

/**
 * The model of a command at its temperature.
 *
 * @param model with its parameters
 * @param temperature β⁻¹, constant
 */
record ChosenModel(Model model, Temperature temperature) {

    private static final int LONGEST_TITLE = 70;

    /** The equation. */
    Sde sde() {
        return model.sde(temperature);
    }

    /** Its name, or a short equation, over charts. */
    String title() {
        String equation = model.description();
        return model instanceof ExpressionModel && equation.length() <= LONGEST_TITLE ? equation : model.name();
    }

    int dimension() {
        return model.dimension();
    }

    List<String> coordinates() {
        return model.coordinates();
    }

    /** Names of arrays for the coordinates: no two alike, and of letters, digits and _. */
    List<String> names() {
        return coordinates().stream()
                .map(name -> name.replaceAll("[^\\p{L}\\p{N}_]", "_"))
                .map(name -> Character.isDigit(name.charAt(0)) ? "_" + name : name)
                .toList();
    }

    /** The same with another value of a parameter, of {@code beta}, or of {@code temperature}. */
    ChosenModel with(String name, double value) {
        List<String> parameters =
                model.parameters().stream().map(Parameter::name).toList();
        if (!parameters.contains(name)) {
            if (name.equals("beta")) {
                return new ChosenModel(model, Temperature.of(1.0 / value));
            }
            if (name.equals("temperature")) {
                return new ChosenModel(model, Temperature.of(value));
            }
        }
        return new ChosenModel(model.with(name, value), temperature);
    }

    /** The same at the first of the values of each parameter. */
    ChosenModel atFirst(Map<String, double[]> values) {
        ChosenModel at = this;
        for (Map.Entry<String, double[]> entry : values.entrySet()) {
            at = at.with(entry.getKey(), entry.getValue()[0]);
        }
        return at;
    }

    /** Says in a result what it is a result of. */
    Result about(Result result) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        return result.about("model", model.name())
                .about("equation", model.description())
                .about("coordinates", coordinates())
                .about("parameters", Collections.unmodifiableMap(parameters))
                .about("beta", temperature.beta());
    }
}
