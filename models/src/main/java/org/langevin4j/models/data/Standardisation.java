package org.langevin4j.models.data;

import org.langevin4j.core.block.VectorText;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/**
 * x ↦ (x − m)/s with the mean m and the standard deviation s of data to train with, over all pixels or those of each
 * channel; for these data and for those to test with. Immutable.
 */
public final class Standardisation {

    private final int features;
    private final double[] means;
    private final double[] deviations;

    private Standardisation(int features, double[] means, double[] deviations) {
        this.features = features;
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * One mean and one deviation for all.
     *
     * @param data N samples of F features, not all equal
     * @return m = Σx/(NF), s² = Σ(x − m)²/(NF)
     * @throws IllegalArgumentException if all numbers are equal
     */
    public static Standardisation over(DataSet data) {
        return perChannel(data, Shape.vector(data.features()), 1);
    }

    /**
     * A mean and a deviation for each channel.
     *
     * @param data images in which no channel is of one colour
     * @param shape their shape, C×H×W
     * @return C means and deviations, each over N·H·W numbers
     * @throws IllegalArgumentException if the data have another shape, or all numbers of a channel are equal
     */
    public static Standardisation perChannel(DataSet data, Shape shape) {
        return perChannel(data, shape, shape.channels());
    }

    private static Standardisation perChannel(DataSet data, Shape shape, int channels) {
        Preparation.requireShape(data, shape);
        double[] means = new double[channels];
        double[] deviations = new double[channels];
        int positions = data.features() / channels;
        double count = (double) data.size() * positions;
        for (int n = 0; n < data.size(); n++) {
            float[] image = data.single(n);
            for (int p = 0; p < image.length; p++) {
                means[p / positions] += image[p];
            }
        }
        for (int c = 0; c < channels; c++) {
            means[c] /= count;
        }
        for (int n = 0; n < data.size(); n++) {
            float[] image = data.single(n);
            for (int p = 0; p < image.length; p++) {
                double deviation = image[p] - means[p / positions];
                deviations[p / positions] += deviation * deviation;
            }
        }
        for (int c = 0; c < channels; c++) {
            deviations[c] = Math.sqrt(deviations[c] / count);
            // What rounding leaves of equal numbers in single precision.
            if (!(deviations[c] > 1e-9 * Math.abs(means[c]))) {
                throw new IllegalArgumentException("data must not be the same everywhere, but "
                        + (channels == 1 ? "all are " : "all of channel " + c + " are ") + means[c]);
            }
        }
        return new Standardisation(data.features(), means, deviations);
    }

    /**
     * Standardises data.
     *
     * @param data of as many features
     * @return (x − m)/s
     * @throws IllegalArgumentException if the data have another number of features
     */
    public DataSet apply(DataSet data) {
        Preparation.requireShape(data, Shape.vector(features));
        int positions = features / means.length;
        return Preparation.map(data, image -> {
            for (int p = 0; p < image.length; p++) {
                image[p] = (float) ((image[p] - means[p / positions]) / deviations[p / positions]);
            }
            return image;
        });
    }

    /**
     * The means.
     *
     * @return a copy of m, one number or one a channel
     */
    public double[] means() {
        return means.clone();
    }

    /**
     * The standard deviations.
     *
     * @return a copy of s, one number or one a channel
     */
    public double[] deviations() {
        return deviations.clone();
    }

    @Override
    public String toString() {
        return "mean " + VectorText.of(means) + ", standard deviation " + VectorText.of(deviations);
    }
}
