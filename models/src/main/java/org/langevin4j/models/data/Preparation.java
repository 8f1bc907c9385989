package org.langevin4j.models.data;

import java.util.function.UnaryOperator;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/** What is done to each image by itself. */
public final class Preparation {

    /** Images whose pixels deviate less are of one colour, and what rounding leaves is no contrast. */
    private static final double NO_CONTRAST = 1e-6;

    private Preparation() {}

    /**
     * Smaller images: each pixel is the mean of a square of edge×edge pixels. With 4, images of 28×28 become those of
     * 7×7 of the paper (Chaudhari and Soatto 2018, Section IV).
     *
     * @param data images
     * @param shape their shape, C×H×W
     * @param edge divides H and W
     * @return images of C×(H/edge)×(W/edge)
     * @throws IllegalArgumentException if the data have another shape, or edge does not divide it
     */
    public static DataSet averaged(DataSet data, Shape shape, int edge) {
        requireShape(data, shape);
        if (!(edge >= 1 && shape.height() % edge == 0 && shape.width() % edge == 0)) {
            throw new IllegalArgumentException(
                    "edge must divide " + shape.height() + " and " + shape.width() + ", got " + edge);
        }
        int height = shape.height() / edge;
        int width = shape.width() / edge;
        return map(data, image -> {
            double[] sums = new double[shape.channels() * height * width];
            for (int p = 0; p < image.length; p++) {
                int row = p / shape.width();
                int column = p % shape.width();
                // Rows of all channels are counted through, and edge divides those of one.
                sums[row / edge * width + column / edge] += image[p];
            }
            float[] means = new float[sums.length];
            for (int p = 0; p < means.length; p++) {
                means[p] = (float) (sums[p] / ((double) edge * edge));
            }
            return means;
        });
    }

    /**
     * Grey images as photographs: with a border of zeros, three times the same. With 2, images of 28×28 fit a network for the 3×32×32 of CIFAR.
     *
     * @param data grey images
     * @param shape their shape, 1×H×W
     * @param border pixels on each side, from 0
     * @return images of 3×(H + 2·border)×(W + 2·border)
     * @throws IllegalArgumentException if the data have another shape, there is more than one channel, or the border is negative
     */
    public static DataSet coloured(DataSet data, Shape shape, int border) {
        requireShape(data, shape);
        if (!(shape.channels() == 1 && border >= 0)) {
            throw new IllegalArgumentException(
                    "images must be grey and the border not negative, got " + shape + " and " + border);
        }
        int width = shape.width() + 2 * border;
        int plane = (shape.height() + 2 * border) * width;
        return map(data, image -> {
            float[] coloured = new float[3 * plane];
            for (int c = 0; c < 3; c++) {
                for (int row = 0; row < shape.height(); row++) {
                    int to = c * plane + (row + border) * width + border;
                    System.arraycopy(image, row * shape.width(), coloured, to, shape.width());
                }
            }
            return coloured;
        });
    }

    /**
     * Global contrast normalisation: each image by itself gets the mean 0 and the standard deviation 1 over its pixels
     * of all channels; an image of one colour becomes zero. This is (x − m)/‖x − m‖ times √F, 55.4 for CIFAR, where
     * Goodfellow et al. ("Maxout networks", 2013) have 55.
     *
     * @param data images
     * @return those with normalised contrast
     */
    public static DataSet contrastNormalised(DataSet data) {
        return map(data, image -> {
            double mean = 0.0;
            for (float pixel : image) {
                mean += pixel;
            }
            mean /= image.length;
            double square = 0.0;
            for (float pixel : image) {
                square += (pixel - mean) * (pixel - mean);
            }
            double deviation = Math.sqrt(square / image.length);
            double divisor = deviation > NO_CONTRAST ? deviation : Double.POSITIVE_INFINITY;
            for (int p = 0; p < image.length; p++) {
                image[p] = (float) ((image[p] - mean) / divisor);
            }
            return image;
        });
    }

    /** A function of each image, which may write into its argument. */
    static DataSet map(DataSet data, UnaryOperator<float[]> function) {
        float[][] images = new float[data.size()][];
        for (int n = 0; n < images.length; n++) {
            images[n] = function.apply(data.single(n));
        }
        return DataSet.ofSingles(images, data.labels(), data.classes());
    }

    static void requireShape(DataSet data, Shape shape) {
        if (data.features() != shape.size()) {
            throw new IllegalArgumentException(
                    "data must have the " + shape.size() + " features of " + shape + ", got " + data.features());
        }
    }
}
