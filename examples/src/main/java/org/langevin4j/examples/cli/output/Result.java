package org.langevin4j.examples.cli.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command found: single numbers with their errors, one table of columns of equal length, arrays of other shapes, and what
 * they are results of. Filled by the command, then written once; for one thread.
 *
 * <pre>{@code
 * Result result = new Result()
 *         .about("model", "double-well")
 *         .number("mean_time", 12.3, 0.1, "time", "of 10,000 paths")
 *         .column("t", "time", times).column("mean_x", "1", means)
 *         .array(new NamedArray("covariance", "1", numbers, rows, 2, 2));
 * }</pre>
 */
public final class Result {

    /** The error of a number that has none. */
    public static final double EXACT = Double.NaN;

    /**
     * A number of the result.
     *
     * @param name of letters, digits and _
     * @param value the number; NaN where there is none
     * @param error one standard error, or {@link #EXACT}
     * @param unit in words; "1" if it has none
     * @param remark how it was found, perhaps empty
     */
    public record Quantity(String name, double value, double error, String unit, String remark) {

        /**
         * Whether it has an error bar.
         *
         * @return false for numbers that are exact, or of which the error is not known
         */
        public boolean hasError() {
            return !Double.isNaN(error);
        }
    }

    private final Map<String, Object> about = new LinkedHashMap<>();
    private final List<Quantity> quantities = new ArrayList<>();
    private final List<NamedArray> columns = new ArrayList<>();
    private final List<NamedArray> arrays = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A result with nothing in it. */
    public Result() {}

    /**
     * Adds what it is a result of.
     *
     * @param key a word
     * @param value a text, a number, true or false, or a list or a map of them
     * @return this
     */
    public Result about(String key, Object value) {
        about.put(key, value);
        return this;
    }

    /**
     * Adds a number.
     *
     * @param name of letters, digits and _
     * @param value the number; NaN where there is none
     * @param error one standard error, or {@link #EXACT}
     * @param unit in words; "1" if it has none
     * @param remark how it was found, perhaps empty
     * @return this
     */
    public Result number(String name, double value, double error, String unit, String remark) {
        quantities.add(new Quantity(name, value, error, unit, remark));
        return this;
    }

    /**
     * Adds a column to the table.
     *
     * @param name of letters, digits and _
     * @param unit in words; "1" if it has none
     * @param values as many as the other columns have
     * @return this
     * @throws IllegalArgumentException if they are not as many
     */
    public Result column(String name, String unit, double... values) {
        if (!columns.isEmpty() && columns.get(0).values().length != values.length) {
            throw new IllegalArgumentException("columns must have the same length, "
                    + columns.get(0).values().length + ", got " + values.length + " in " + name);
        }
        columns.add(new NamedArray(name, unit, values, values.length));
        return this;
    }

    /**
     * Adds an array that is no column of the table.
     *
     * @param array the array
     * @return this
     */
    public Result array(NamedArray array) {
        arrays.add(array);
        return this;
    }

    /**
     * Adds a sentence for the reader: what is missing, and why.
     *
     * @param sentence one line
     * @return this
     */
    public Result note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /**
     * What it is a result of.
     *
     * @return by key, in the order of adding; the notes among them
     */
    public Map<String, Object> about() {
        Map<String, Object> all = new LinkedHashMap<>(about);
        if (!notes.isEmpty()) {
            all.put("notes", List.copyOf(notes));
        }
        return Collections.unmodifiableMap(all);
    }

    /**
     * The sentences for the reader.
     *
     * @return in the order of adding
     */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * The numbers.
     *
     * @return in the order of adding
     */
    public List<Quantity> quantities() {
        return List.copyOf(quantities);
    }

    /**
     * The columns of the table.
     *
     * @return of equal length, perhaps none
     */
    public List<NamedArray> columns() {
        return List.copyOf(columns);
    }

    /**
     * The arrays that are no columns.
     *
     * @return in the order of adding
     */
    public List<NamedArray> arrays() {
        return List.copyOf(arrays);
    }

    /**
     * All of it as arrays, for files that hold arrays: numbers as arrays without a length, their errors beside them as NAME_error.
     *
     * @return numbers, columns, arrays; names differ
     * @throws IllegalStateException if two have the same name
     */
    public List<NamedArray> everything() {
        Map<String, NamedArray> all = new LinkedHashMap<>();
        for (Quantity quantity : quantities) {
            put(all, new NamedArray(quantity.name(), quantity.unit(), new double[] {quantity.value()}));
            if (quantity.hasError()) {
                put(all, new NamedArray(quantity.name() + "_error", quantity.unit(), new double[] {quantity.error()}));
            }
        }
        columns.forEach(array -> put(all, array));
        arrays.forEach(array -> put(all, array));
        return List.copyOf(all.values());
    }

    private static void put(Map<String, NamedArray> all, NamedArray array) {
        if (all.put(array.name(), array) != null) {
            throw new IllegalStateException("two arrays of a result are called " + array.name());
        }
    }

    /**
     * The table; where there is none, one row of all numbers with their errors.
     *
     * @return columns of equal length
     */
    public List<NamedArray> table() {
        if (!columns.isEmpty()) {
            return columns();
        }
        return everything().stream()
                .filter(array -> array.shape().length == 0)
                .map(array -> new NamedArray(array.name(), array.unit(), array.values(), 1))
                .toList();
    }

    @Override
    public String toString() {
        return quantities.size() + " numbers, " + columns.size() + " columns, " + arrays.size() + " arrays";
    }
}
