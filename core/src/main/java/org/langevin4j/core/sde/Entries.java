package org.langevin4j.core.sde;

import org.langevin4j.core.field.VectorField;

/** What a user's function has written, and states at which nothing can be asked of it. */
final class Entries {

    /** Beyond it squares and cubes of the state leave the finite numbers: the path has blown up. */
    private static final double LARGEST_STATE = 0x1p256;

    private Entries() {}

    /** Evaluates a field; one that writes beyond its entries is refused with their number. */
    static void write(String name, VectorField field, double[] x, double[] out) {
        try {
            field.at(x, out);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw tooMany(name, x.length, out.length, e);
        }
    }

    /** Evaluates a field at a block of states, as {@link #write}. */
    static void writeBlock(String name, VectorField field, double[][] x, int paths, double[][] out) {
        try {
            field.atBlock(x, paths, out);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw tooMany(name, x.length, out.length, e);
        }
    }

    private static IllegalArgumentException tooMany(
            String name, int d, int entries, ArrayIndexOutOfBoundsException cause) {
        return new IllegalArgumentException(
                name + " must write " + entries + " entries for d = " + d + ", got: " + cause.getMessage(), cause);
    }

    /** Writes a diagonal matrix in row-major order. */
    static void diagonal(double[] values, double[] out) {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                out[i * values.length + j] = i == j ? values[i] : 0.0;
            }
        }
    }

    /** Whether a path has left the finite numbers, or is about to: its coefficients are then NaN, not at fault. */
    static boolean blownUp(double[] x) {
        for (double value : x) {
            if (!(Math.abs(value) <= LARGEST_STATE)) {
                return true;
            }
        }
        return false;
    }
}
