package org.langevin4j.models.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** Samples with their classes: N inputs of the same length and N labels. Immutable. */
public final class DataSet {

    /** One of the two is empty. */
    private final double[][] inputs;

    private final float[][] singles;
    private final int[] labels;
    private final int classes;

    private DataSet(double[][] inputs, float[][] singles, int[] labels, int classes) {
        this.inputs = inputs;
        this.singles = singles;
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
        requireShape(inputs.length, labels, classes, inputs.length == 0 ? 0 : inputs[0].length);
        int features = inputs[0].length;
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
            copy[n] = inputs[n].clone();
        }
        return new DataSet(copy, new float[0][], labels.clone(), classes);
    }

    /**
     * The given samples in single precision, in half the memory.
     *
     * @param inputs N ≥ 1 rows of the same length F ≥ 1, all finite; kept, not copied: not to be modified
     * @param labels N classes, each from 0 to classes − 1; copied
     * @param classes how many classes there are, at least 2
     * @return the data set
     * @throws IllegalArgumentException if the parts do not fit
     */
    public static DataSet ofSingles(float[][] inputs, int[] labels, int classes) {
        requireShape(inputs.length, labels, classes, inputs.length == 0 ? 0 : inputs[0].length);
        for (int n = 0; n < inputs.length; n++) {
            if (inputs[n].length != inputs[0].length) {
                throw new IllegalArgumentException("inputs must have the same length, got " + inputs[0].length
                        + " in row 0 and " + inputs[n].length + " in row " + n);
            }
            for (int j = 0; j < inputs[n].length; j++) {
                if (!(Math.abs(inputs[n][j]) <= Float.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "inputs must be finite, got [" + n + "][" + j + "] = " + inputs[n][j]);
                }
            }
        }
        return new DataSet(new double[0][], inputs, labels.clone(), classes);
    }

    private static void requireShape(int samples, int[] labels, int classes, int features) {
        if (!(samples >= 1)) {
            throw new IllegalArgumentException("samples must be at least 1, got " + samples);
        }
        if (labels.length != samples) {
            throw new IllegalArgumentException(
                    "labels must number " + samples + " as the inputs, got " + labels.length);
        }
        if (!(classes >= 2)) {
            throw new IllegalArgumentException("classes must be at least 2, got " + classes);
        }
        if (!(features >= 1)) {
            throw new IllegalArgumentException("features must be at least 1, got " + features);
        }
        for (int n = 0; n < samples; n++) {
            if (!(labels[n] >= 0 && labels[n] < classes)) {
                throw new IllegalArgumentException(
                        "labels must be in [0, " + classes + "), got " + labels[n] + " in row " + n);
            }
        }
    }

    /**
     * The number of samples.
     *
     * @return N
     */
    public int size() {
        return labels.length;
    }

    /**
     * The length of an input.
     *
     * @return F
     */
    public int features() {
        return singles.length > 0 ? singles[0].length : inputs[0].length;
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
        return inputs(0, size());
    }

    /**
     * The classes of the samples.
     *
     * @return a copy, length N
     */
    public int[] labels() {
        return labels.clone();
    }

    /**
     * One input, in single precision.
     *
     * @param n from 0
     * @return a copy, length F
     */
    public float[] single(int n) {
        if (singles.length > 0) {
            return singles[n].clone();
        }
        float[] input = new float[inputs[n].length];
        for (int j = 0; j < input.length; j++) {
            input[j] = (float) inputs[n][j];
        }
        return input;
    }

    /**
     * Some of the inputs.
     *
     * @param from number of the first, from 0
     * @param to number after the last, at most N
     * @return a copy, a row each
     * @throws IndexOutOfBoundsException if there are no such inputs
     */
    public double[][] inputs(int from, int to) {
        Objects.checkFromToIndex(from, to, size());
        double[][] copy = new double[to - from][];
        Arrays.setAll(copy, k -> input(from + k).clone());
        return copy;
    }

    /**
     * The samples that come first.
     *
     * @param count how many, from 1 to N
     * @return those, in the memory of this data set
     * @throws IllegalArgumentException if there are not so many
     */
    public DataSet first(int count) {
        requireCount(count);
        return chosen(IntStream.range(0, count).toArray(), labels, classes);
    }

    /**
     * The samples that come last, to test with what was not trained on.
     *
     * @param count how many, from 1 to N
     * @return those, in the memory of this data set
     * @throws IllegalArgumentException if there are not so many
     */
    public DataSet last(int count) {
        requireCount(count);
        return chosen(IntStream.range(size() - count, size()).toArray(), labels, classes);
    }

    /**
     * Some of the samples.
     *
     * @param numbers from 0 to N − 1, at least one; each as often and in the order as it is named
     * @return those, in the memory of this data set
     * @throws IllegalArgumentException if there is none, or a number is out of range
     */
    public DataSet at(int... numbers) {
        if (numbers.length == 0) {
            throw new IllegalArgumentException("numbers must name at least one sample");
        }
        for (int n : numbers) {
            if (!(n >= 0 && n < size())) {
                throw new IllegalArgumentException("numbers must be in [0, " + size() + "), got " + n);
            }
        }
        return chosen(numbers, labels, classes);
    }

    private void requireCount(int count) {
        if (!(count >= 1 && count <= size())) {
            throw new IllegalArgumentException("count must be in [1, " + size() + "], got " + count);
        }
    }

    /**
     * The samples of some classes, in their order.
     *
     * @param kept at least two of the classes, each once; the first becomes class 0, and so on
     * @return those, in the memory of this data set
     * @throws IllegalArgumentException if a class is not there or there twice, or no sample is of any
     */
    public DataSet ofClasses(int... kept) {
        int[] renamed = new int[classes];
        Arrays.fill(renamed, -1);
        for (int k = 0; k < kept.length; k++) {
            if (!(kept[k] >= 0 && kept[k] < classes && renamed[kept[k]] < 0)) {
                throw new IllegalArgumentException(
                        "classes must be different and in [0, " + classes + "), got " + Arrays.toString(kept));
            }
            renamed[kept[k]] = k;
        }
        int[] all = Arrays.stream(labels).map(label -> renamed[label]).toArray();
        int[] places = IntStream.range(0, all.length).filter(n -> all[n] >= 0).toArray();
        requireShape(places.length, new int[places.length], kept.length, features());
        return chosen(places, all, kept.length);
    }

    private DataSet chosen(int[] places, int[] labelOf, int number) {
        boolean single = singles.length > 0;
        double[][] some = new double[single ? 0 : places.length][];
        float[][] someSingles = new float[single ? places.length : 0][];
        Arrays.setAll(some, k -> inputs[places[k]]);
        Arrays.setAll(someSingles, k -> singles[places[k]]);
        return new DataSet(
                some, someSingles, Arrays.stream(places).map(n -> labelOf[n]).toArray(), number);
    }

    /** Sample n, not to be modified. */
    double[] input(int n) {
        if (singles.length == 0) {
            return inputs[n];
        }
        double[] input = new double[singles[n].length];
        Arrays.setAll(input, j -> singles[n][j]);
        return input;
    }

    /**
     * Writes up to sixteen samples into rows of one number of each, 0 where there is no sample. The samples are first copied side by side, since they
     * lie apart in memory: so the machine fetches them at the same time.
     */
    <A> void interleave(int[] chosen, int from, int count, PassMemory<A> pass, Shape shape, A to, int start) {
        int length = features();
        int channels = shape.positions() == 1 ? 1 : shape.channels();
        int pixels = length / channels;
        int stride = channels * Kernels.LANES;
        if (singles.length == 0) {
            double[] together = pass.doubles(Kernels.LANES * length);
            for (int k = 0; k < count; k++) {
                System.arraycopy(inputs[chosen[from + k]], 0, together, k * length, length);
            }
            Arrays.fill(together, count * length, Kernels.LANES * length, 0.0);
            for (int c = 0; c < channels; c++) {
                int own = start + c * Kernels.LANES;
                pass.kernels.interleave(together, length, c * pixels, pixels, to, own, stride);
            }
        } else {
            float[] together = pass.singles(Kernels.LANES * length);
            for (int k = 0; k < count; k++) {
                System.arraycopy(singles[chosen[from + k]], 0, together, k * length, length);
            }
            Arrays.fill(together, count * length, Kernels.LANES * length, 0f);
            for (int c = 0; c < channels; c++) {
                int own = start + c * Kernels.LANES;
                pass.kernels.interleave(together, length, c * pixels, pixels, to, own, stride);
            }
        }
    }

    /** The class of sample n. */
    int label(int n) {
        return labels[n];
    }

    /**
     * A number that another data set of this kind hardly has: it depends on every input and label.
     *
     * @return the same for equal data, in any run
     */
    public long fingerprint() {
        long hash = 31L * Arrays.hashCode(labels) + classes;
        for (float[] input : singles) {
            hash = 31L * hash + Arrays.hashCode(input);
        }
        for (double[] input : inputs) {
            hash = 31L * hash + Arrays.hashCode(input);
        }
        return hash;
    }

    @Override
    public String toString() {
        return size() + " samples of " + features() + " features in " + classes + " classes";
    }
}
