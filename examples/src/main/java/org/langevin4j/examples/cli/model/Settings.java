package org.langevin4j.examples.cli.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers and lists as they are typed. */
final class Settings {

    /** Never goes back, however many digits there are. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?+([0-9]++(\\.[0-9]*+)?+|\\.[0-9]++)([eE][+-]?+[0-9]++)?+");

    private Settings() {}

    /**
     * A number, plain or in the notation with e.
     *
     * @throws IllegalArgumentException if it is none, or not finite
     */
    static double number(String what, String text) {
        String trimmed = text.strip();
        double value;
        try {
            value = NUMBER.matcher(trimmed).matches() ? Double.parseDouble(trimmed) : Double.NaN;
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(what + " must be a number, got '" + trimmed + "'");
        }
        return value;
    }

    /** {@code a,b,c}. */
    static double[] numbers(String what, String text) {
        List<Double> values = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            values.add(number(what, part));
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** {@code name=value,…}, each name once. */
    static Map<String, Double> assignments(String what, List<String> texts) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String text : texts) {
            for (String part : text.split(",", -1)) {
                int at = part.indexOf('=');
                if (at < 1) {
                    throw new IllegalArgumentException(what + " takes name=value,…, got '" + part.strip() + "'");
                }
                String name = part.substring(0, at).strip();
                if (values.put(name, number(what + " " + name, part.substring(at + 1))) != null) {
                    throw new IllegalArgumentException(what + " gives '" + name + "' twice");
                }
            }
        }
        return values;
    }

    /** {@code a:b:n}, n numbers from a to b, {@code a:b:n:log} in equal ratios, or a list. */
    static double[] range(String what, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length == 1) {
            return numbers(what, text);
        }
        boolean log = parts.length == 4 && parts[3].strip().equals("log");
        if (parts.length != 3 && !log) {
            throw new IllegalArgumentException(
                    what + " takes from:to:count, from:to:count:log or a list with commas, got '" + text + "'");
        }
        double from = number(what, parts[0]);
        double to = number(what, parts[1]);
        double many = number(what, parts[2]);
        if (!(many >= 2 && many <= 100_000 && many == Math.rint(many))) {
            throw new IllegalArgumentException(
                    what + " takes a whole number of values from 2 to 100000, got " + parts[2]);
        }
        if (log && !(from > 0.0 && to > 0.0)) {
            throw new IllegalArgumentException(
                    what + " in equal ratios must be between positive numbers, got '" + text + "'");
        }
        double span = log ? to / from : to - from;
        if (!(Math.abs(span) <= Double.MAX_VALUE) || (log && span == 0.0)) {
            throw new IllegalArgumentException(what + " spans more than numbers of 64 bits do, got '" + text + "'");
        }
        int count = (int) many;
        double[] values = new double[count];
        for (int k = 0; k < count; k++) {
            double part = (double) k / (count - 1);
            values[k] = log ? from * Math.pow(span, part) : from + span * part;
        }
        values[count - 1] = to;
        return values;
    }
}
