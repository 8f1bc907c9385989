package org.langevin4j.models.data;

import org.langevin4j.core.random.Seed;
import org.langevin4j.core.random.UniformStream;
import org.langevin4j.models.network.DataSet;
import org.langevin4j.models.network.Shape;

/**
 * Images changed at random in ways that do not change their class: each is shifted by up to some pixels in both
 * directions, all shifts alike, with zeros where nothing comes from outside, which is a crop of the padded image; and
 * mirrored left to right every other time. With 4 pixels this is what Fig. 2c of Chaudhari and Soatto (2018) needs,
 * and what is customary for CIFAR.
 *
 * @param shape of the images, C×H×W
 * @param padding the longest shift, from 0
 * @param flips whether images are mirrored; not for digits
 */
public record Augmentation(Shape shape, int padding, boolean flips) {

    /**
     * Checks the padding.
     *
     * @throws IllegalArgumentException if it is negative, or an image could be shifted out of sight
     */
    public Augmentation {
        if (!(padding >= 0 && padding < Math.min(shape.height(), shape.width()))) {
            throw new IllegalArgumentException(
                    "padding must be in [0, " + Math.min(shape.height(), shape.width()) + "), got " + padding);
        }
    }

    /**
     * The images of one epoch.
     *
     * @param data images, with the mean that zero is to stand for taken off
     * @param seed of what is drawn
     * @param epoch which images; sample n is a function of it, the seed and the epoch alone
     * @return as many
     * @throws IllegalArgumentException if the data have another shape, or the epoch is negative
     */
    public DataSet apply(DataSet data, Seed seed, int epoch) {
        Preparation.requireShape(data, shape);
        if (!(epoch >= 0)) {
            throw new IllegalArgumentException("epoch must be at least 0, got " + epoch);
        }
        UniformStream uniform = UniformStream.of(seed);
        float[][] images = new float[data.size()][];
        int shifts = 2 * padding + 1;
        for (int n = 0; n < images.length; n++) {
            int down = (int) (uniform.at(n, epoch, 0) * shifts) - padding;
            int right = (int) (uniform.at(n, epoch, 1) * shifts) - padding;
            images[n] = moved(data.single(n), down, right, flips && uniform.at(n, epoch, 2) < 0.5);
        }
        return DataSet.ofSingles(images, data.labels(), data.classes());
    }

    private float[] moved(float[] image, int down, int right, boolean flip) {
        int height = shape.height();
        int width = shape.width();
        float[] moved = new float[image.length];
        for (int row = 0; row < shape.channels() * height; row++) {
            int from = row % height - down;
            for (int column = 0; column < width; column++) {
                int source = column - right;
                if (from >= 0 && from < height && source >= 0 && source < width) {
                    int mirrored = flip ? width - 1 - source : source;
                    moved[row * width + column] = image[(row - down) * width + mirrored];
                }
            }
        }
        return moved;
    }
}
