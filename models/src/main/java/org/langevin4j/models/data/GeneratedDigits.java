package org.langevin4j.models.data;

import org.langevin4j.core.block.Memory;
import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;
import org.langevin4j.models.network.DataSet;

/**
 * Grey images of digits, made from a seed: data sets of the shape of those of the paper (Chaudhari and Soatto 2018,
 * Section IV) for where there is no file.
 *
 * <p>Each class is a line drawing, chains of straight strokes in the square [−1, 1]². A sample of it is moved at
 * random; a pixel at distance r from the drawing is as bright as exp(−r²/(2w²)), which draws and blurs it at once,
 * with a random pen width w.
 *
 * <p>The small ones, {@link #of}, are the digits 0–4 on 7×7 pixels, turned, scaled and shifted; then each pixel gets
 * normal noise, and last, all pixels are standardised by the mean and the standard deviation over all images. Sample n
 * is of the class n mod 5.
 *
 * <p>The large ones, {@link #large}, are the digits 0–9 on 28×28 pixels, of some of them two ways to write; strokes
 * are bent by a smooth random field (as by the elastic distortions of Simard, Steinkraus and Platt, "Best practices
 * for convolutional neural networks", 2003), then stretched, sheared, turned and shifted. They are from 0 to 1 and to
 * be prepared as MNIST is. Sample n is of the class n mod 10.
 */
public final class GeneratedDigits {

    /** Pixels along an edge of the small ones. */
    public static final int EDGE = 7;

    /** Pixels along an edge of the large ones. */
    public static final int LARGE_EDGE = LargeDigits.EDGE;

    /** Standard deviations of the random numbers; lengths in half edges of the image, angles in radians. */
    private static final double TURN = 0.15;

    private static final double SCALE = 0.1;
    private static final double SHIFT = 0.1;
    private static final double PEN_WIDTH = 0.2;
    private static final double PEN_WIDTH_SPREAD = 0.15;
    private static final double PIXEL_NOISE = 0.2;

    private GeneratedDigits() {}

    /**
     * Makes a data set.
     *
     * @param samples N ≥ 1
     * @param seed equal seeds give equal images, to the last bit; the first images of a longer set are the same up to
     *     the standardisation
     * @return N inputs of 49 pixels, row by row from the top, with mean 0 and standard deviation 1 over all of them,
     *     in 5 classes
     * @throws IllegalArgumentException if samples is less than 1, or more than fit into memory
     */
    public static DataSet of(int samples, Seed seed) {
        requireSome(samples, 8.0 * EDGE * EDGE);
        NormalStream normals = NormalStream.of(seed);
        double[][] images = new double[samples][];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = n % Strokes.DIGITS.length;
            images[n] = image(Strokes.DIGITS[labels[n]], normals, n);
        }
        standardise(images);
        return DataSet.of(images, labels, Strokes.DIGITS.length);
    }

    /**
     * Makes a data set of the shape of MNIST.
     *
     * @param samples N ≥ 1
     * @param seed equal seeds give equal images, to the last bit, and the first images of a longer set are the same
     * @return N inputs of 28·28 pixels from 0 to 1, row by row from the top, in single precision, in 10 classes
     * @throws IllegalArgumentException if samples is less than 1, or more than fit into memory
     */
    public static DataSet large(int samples, Seed seed) {
        requireSome(samples, 4.0 * 28 * 28);
        NormalStream normals = NormalStream.of(seed);
        float[][] images = new float[samples][];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = n % LargeDigits.CLASSES;
            images[n] = LargeDigits.image(labels[n], normals, n);
        }
        return DataSet.ofSingles(images, labels, LargeDigits.CLASSES);
    }

    private static void requireSome(int samples, double bytes) {
        if (!(samples >= 1)) {
            throw new IllegalArgumentException("samples must be at least 1, got " + samples);
        }
        Memory.require(samples + " images", bytes * samples, "fewer samples need less");
    }

    private static double[] image(double[][] drawing, NormalStream normals, int sample) {
        double[][] random = new double[5 + EDGE * EDGE][1];
        normals.fill(sample, 1, 0, random);
        // StrictMath has the same bits on every platform.
        double cosine = StrictMath.cos(TURN * random[0][0]);
        double sine = StrictMath.sin(TURN * random[0][0]);
        double scale = StrictMath.exp(SCALE * random[1][0]);
        double width = PEN_WIDTH * StrictMath.exp(PEN_WIDTH_SPREAD * random[2][0]);
        double[][] corners = new double[drawing.length][];
        for (int c = 0; c < drawing.length; c++) {
            double x = scale * drawing[c][0];
            double y = scale * drawing[c][1];
            corners[c] = new double[] {
                cosine * x - sine * y + SHIFT * random[3][0], sine * x + cosine * y + SHIFT * random[4][0]
            };
        }
        double[] pixels = new double[EDGE * EDGE];
        for (int p = 0; p < pixels.length; p++) {
            double x = (2.0 * (p % EDGE) + 1.0) / EDGE - 1.0;
            int row = p / EDGE;
            double y = (2.0 * row + 1.0) / EDGE - 1.0;
            double nearest = Double.POSITIVE_INFINITY;
            for (int c = 1; c < corners.length; c++) {
                nearest = Math.min(nearest, Strokes.squaredDistance(x, y, corners[c - 1], corners[c]));
            }
            pixels[p] = StrictMath.exp(-nearest / (2.0 * width * width)) + PIXEL_NOISE * random[5 + p][0];
        }
        return pixels;
    }

    private static void standardise(double[][] images) {
        double count = (double) images.length * EDGE * EDGE;
        double mean = 0.0;
        for (double[] image : images) {
            for (double pixel : image) {
                mean += pixel / count;
            }
        }
        double variance = 0.0;
        for (double[] image : images) {
            for (double pixel : image) {
                variance += (pixel - mean) * (pixel - mean) / count;
            }
        }
        for (double[] image : images) {
            for (int p = 0; p < image.length; p++) {
                image[p] = (image[p] - mean) / Math.sqrt(variance);
            }
        }
    }
}
