package org.langevin4j.models.network;

/** Samples with their classes: N inputs of the same length and N labels. Immutable. */
public final class DataSet {

    private final double[][] inputs;
    private final int[] labels;
    private final int classes;

    private DataSet(double[][] inputs, int[] labels, int classes) {
        this.inputs = inputs;
        this.labels = labels;
        this.classes = classes;
    }

    /**
     * The given samples.
     *
     * @param inputs N ≥ 1 rows of the same length F ≥ 1, all finite; copied
     * @param labels N classes, each from 0 to classes − 1; copied
     * @param classes how many classes there are, at least 2
     * @return the data set
     * @throws IllegalArgumentException if the parts do not fit
     */
    public static DataSet of(double[][] inputs, int[] labels, int classes) {
        if (!(inputs.length >= 1)) {
            throw new IllegalArgumentException("samples must be at least 1, got " + inputs.length);
        }
        if (labels.length != inputs.length) {
            throw new IllegalArgumentException(
                    "labels must number " + inputs.length + " as the inputs, got " + labels.length);
        }
        if (!(classes >= 2)) {
            throw new IllegalArgumentException("classes must be at least 2, got " + classes);
        }
        int features = inputs[0].length;
        if (!(features >= 1)) {
            throw new IllegalArgumentException("features must be at least 1, got " + features);
        }
        double[][] copy = new double[inputs.length][];
        for (int n = 0; n < inputs.length; n++) {
            if (inputs[n].length != features) {
                throw new IllegalArgumentException("inputs must have the same length, got " + features
                        + " in row 0 and " + inputs[n].length + " in row " + n);
            }
            for (int j = 0; j < features; j++) {
                if (!(Math.abs(inputs[n][j]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "inputs must be finite, got [" + n + "][" + j + "] = " + inputs[n][j]);
                }
            }
            if (!(labels[n] >= 0 && labels[n] < classes)) {
                throw new IllegalArgumentException(
                        "labels must be in [0, " + classes + "), got " + labels[n] + " in row " + n);
            }
            copy[n] = inputs[n].clone();
        }
        return new DataSet(copy, labels.clone(), classes);
    }

    /**
     * The number of samples.
     *
     * @return N
     */
    public int size() {
        return inputs.length;
    }

    /**
     * The length of an input.
     *
     * @return F
     */
    public int features() {
        return inputs[0].length;
    }

    /**
     * The number of classes.
     *
     * @return K
     */
    public int classes() {
        return classes;
    }

    /**
     * The inputs.
     *
     * @return a copy, N×F
     */
    public double[][] inputs() {
        double[][] copy = new double[inputs.length][];
        for (int n = 0; n < copy.length; n++) {
            copy[n] = inputs[n].clone();
        }
        return copy;
    }

    /**
     * The classes of the samples.
     *
     * @return a copy, length N
     */
    public int[] labels() {
        return labels.clone();
    }

    /** Sample n, not copied. */
    double[] input(int n) {
        return inputs[n];
    }

    /** The class of sample n. */
    int label(int n) {
        return labels[n];
    }

    @Override
    public String toString() {
        return size() + " samples of " + features() + " features in " + classes + " classes";
    }
}
