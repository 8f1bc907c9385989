package org.langevin4j.examples.cli.output;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers with a name and a unit.
 *
 * @param name of letters, digits and _, as a variable has
 * @param unit in words; "1" if it has none
 * @param values the numbers, the last index fastest; not copied
 * @param shape the lengths; none for a single number
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by its numbers.
public record NamedArray(String name, String unit, double[] values, int... shape) {

    /**
     * Checks that the shape is that of the numbers.
     *
     * @throws IllegalArgumentException if it is not
     */
    public NamedArray {
        Objects.requireNonNull(unit, "unit");
        if (!name.matches("[\\p{L}_][\\p{L}\\p{N}_]*")) {
            throw new IllegalArgumentException("name must be of letters, digits and _, got '" + name + "'");
        }
        long size = 1;
        for (int length : shape) {
            size *= length;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(
                    name + " must have as many numbers as its shape, " + size + ", got " + values.length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NamedArray array
                && name.equals(array.name)
                && unit.equals(array.unit)
                && Arrays.equals(values, array.values)
                && Arrays.equals(shape, array.shape);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return name + Arrays.toString(shape) + (unit.equals("1") ? "" : " in " + unit);
    }
}
