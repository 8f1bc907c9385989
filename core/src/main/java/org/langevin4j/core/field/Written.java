package org.langevin4j.core.field;

import java.util.Arrays;

/** Whether a user's function keeps to its arrays and writes every entry, in both of its forms. */
final class Written {

    /**
     * A NaN that no computation gives. What is computed from it, in whichever way, has its digits, so that a function that
     * adds to what it finds is recognised too.
     */
    private static final double MARK = Double.longBitsToDouble(0x7ff8_4c34_6a10_6e57L);

    /** Paths of a block, so that the second one is seen to be written. */
    private static final int PATHS = 2;

    private Written() {}

    /** The function at one state. */
    @FunctionalInterface
    interface Alone {
        void at(double[] x, double[] out);
    }

    /** The function at a block of states. */
    @FunctionalInterface
    interface InBlocks {
        void at(double[][] x, int paths, double[][] out);
    }

    static void require(String name, Alone alone, InBlocks inBlocks, double[] x, int values) {
        if (!(values >= 0)) {
            throw new IllegalArgumentException("values must not be negative, got " + values);
        }
        double[] out = new double[values];
        Arrays.fill(out, MARK);
        if (isEvaluated(name, x.length, values, () -> alone.at(x.clone(), out))) {
            requireAll(name, x.length, out, "");
        }
        double[][] states = new double[x.length][PATHS];
        double[][] block = new double[values][PATHS];
        for (int i = 0; i < x.length; i++) {
            Arrays.fill(states[i], x[i]);
        }
        for (double[] row : block) {
            Arrays.fill(row, MARK);
        }
        if (isEvaluated(name, x.length, values, () -> inBlocks.at(states, PATHS, block))) {
            double[] column = new double[values];
            for (int p = 0; p < PATHS; p++) {
                for (int i = 0; i < values; i++) {
                    column[i] = block[i][p];
                }
                requireAll(name, x.length, column, " of path " + p + " in a block");
            }
        }
    }

    /** False where the function has no value: why is not asked here but by who needs it. */
    private static boolean isEvaluated(String name, int dimension, int values, Runnable evaluation) {
        try {
            evaluation.run();
            return true;
        } catch (ArrayIndexOutOfBoundsException beyond) {
            throw new IllegalArgumentException(
                    name + " must write " + values + " entries for d = " + dimension + ", got: " + beyond.getMessage(),
                    beyond);
        } catch (RuntimeException | StackOverflowError other) {
            return false;
        }
    }

    private static void requireAll(String name, int dimension, double[] out, String where) {
        for (int i = 0; i < out.length; i++) {
            // The sign is no part of the mark: a wrapper may have changed it.
            if ((Double.doubleToRawLongBits(out[i]) & Long.MAX_VALUE) == Double.doubleToRawLongBits(MARK)) {
                throw new IllegalArgumentException(name + " must write " + out.length + " entries for d = " + dimension
                        + ", whatever is there before, got none at index " + i + where);
            }
        }
    }
}
