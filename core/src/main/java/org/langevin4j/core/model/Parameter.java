package org.langevin4j.core.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A parameter of a model: its value here, and what it means.
 *
 * @param name a word, for example "lambda"
 * @param value the value in this model
 * @param defaultValue the value that the catalogue takes
 * @param range the values that it may take
 * @param unit its unit in words, for example "1/time"; "1" if it has none
 * @param meaning what it is, in a few words
 */
public record Parameter(String name, double value, double defaultValue, Range range, String unit, String meaning) {

    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if value or default are outside of the range
     */
    public Parameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(meaning, "meaning");
        requireInRange(name, defaultValue, range);
        requireInRange(name, value, range);
    }

    private static void requireInRange(String name, double value, Range range) {
        if (!range.contains(value)) {
            throw new IllegalArgumentException(name + " must be " + range + ", got " + value);
        }
    }

    /**
     * A parameter that has its default value.
     *
     * @param name a word
     * @param defaultValue the value that the catalogue takes
     * @param range the values that it may take
     * @param unit its unit in words; "1" if it has none
     * @param meaning what it is, in a few words
     * @return the parameter
     */
    public static Parameter of(String name, double defaultValue, Range range, String unit, String meaning) {
        return new Parameter(name, defaultValue, defaultValue, range, unit, meaning);
    }

    /**
     * The same parameter with another value.
     *
     * @param newValue the value
     * @return the changed parameter
     * @throws IllegalArgumentException if the value is outside of the range: "lambda must be positive and finite, got -1.0"
     */
    public Parameter at(double newValue) {
        return new Parameter(name, newValue, defaultValue, range, unit, meaning);
    }

    /**
     * The values of a list of parameters after some have been changed.
     *
     * @param model name of the model they belong to, for messages
     * @param parameters all parameters in their order
     * @param changes new values by name
     * @return all values in the order of the parameters
     * @throws IllegalArgumentException if a name is unknown, or a value is outside of its range
     */
    static double[] changed(String model, List<Parameter> parameters, Map<String, Double> changes) {
        Map<String, Double> left = new LinkedHashMap<>(changes);
        double[] values = new double[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            Parameter parameter = parameters.get(i);
            Double change = left.remove(parameter.name());
            values[i] =
                    change == null ? parameter.value() : parameter.at(change).value();
        }
        if (!left.isEmpty()) {
            String unknown = left.keySet().iterator().next();
            List<String> known = parameters.stream().map(Parameter::name).toList();
            throw new IllegalArgumentException("parameter must be one of " + known + " in model '" + model + "', got '"
                    + unknown + "'" + DidYouMean.among(known, unknown));
        }
        return values;
    }

    /**
     * Value, range and meaning in one line.
     *
     * @return for example "lambda = 1.5 [1/time], finite and not negative: strength of the rotation"
     */
    @Override
    public String toString() {
        return name + " = " + value + (unit.equals("1") ? "" : " [" + unit + "]") + ", " + range + ": " + meaning;
    }

    /**
     * Checks that there is a value for each parameter.
     *
     * @param parameters those of a model
     * @param values new ones
     * @throws IllegalArgumentException if they are not as many
     */
    public static void requireEach(List<Parameter> parameters, double... values) {
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException("values must number " + parameters.size() + ", one for each of "
                    + parameters.stream().map(Parameter::name).toList() + ", got " + values.length);
        }
    }
}
