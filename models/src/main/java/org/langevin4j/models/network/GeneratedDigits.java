package org.langevin4j.models.network;

import org.langevin4j.core.random.NormalStream;
import org.langevin4j.core.random.Seed;

/**
 * Grey images of the digits 0–4, 7×7 pixels, made from a seed: a data set of the shape of the paper's small one (MNIST
 * averaged 4×4; Chaudhari and Soatto 2018, Section IV) for where there is no file.
 *
 * <p>Each class is a line drawing, a chain of straight strokes in the square [−1, 1]². A sample of it is turned, scaled
 * and shifted at random; a pixel at distance r from the drawing is exp(−r²/(2w²)) bright, which draws and blurs it at
 * once, with a random pen width w; then each pixel gets normal noise. Last, all pixels are standardised by the mean and
 * the standard deviation over all images. Sample n is of the class n mod 5.
 */
public final class GeneratedDigits {

    /** Pixels along an edge. */
    public static final int EDGE = 7;

    /** Standard deviations of the random numbers; lengths in half edges of the image, angles in radians. */
    private static final double TURN = 0.15;

    private static final double SCALE = 0.1;
    private static final double SHIFT = 0.1;
    private static final double PEN_WIDTH = 0.2;
    private static final double PEN_WIDTH_SPREAD = 0.15;
    private static final double PIXEL_NOISE = 0.2;

    /** For each class the corners of its chain of strokes, x to the right and y downwards. */
    private static final double[][][] DRAWINGS = {
        {
            {0, -0.7},
            {0.35, -0.45},
            {0.45, 0},
            {0.35, 0.45},
            {0, 0.7},
            {-0.35, 0.45},
            {-0.45, 0},
            {-0.35, -0.45},
            {0, -0.7}
        },
        {{-0.2, -0.45}, {0.05, -0.7}, {0.05, 0.7}},
        {{-0.45, -0.4}, {-0.15, -0.7}, {0.25, -0.65}, {0.4, -0.3}, {0.05, 0.15}, {-0.45, 0.65}, {0.5, 0.65}},
        {{-0.4, -0.65}, {0.2, -0.7}, {0.4, -0.35}, {0, -0.05}, {0.45, 0.3}, {0.2, 0.7}, {-0.4, 0.65}},
        {{0.3, 0.7}, {0.3, -0.7}, {-0.45, 0.2}, {0.5, 0.2}}
    };

    private GeneratedDigits() {}

    /**
     * Makes a data set.
     *
     * @param samples N ≥ 1
     * @param seed equal seeds give equal images, to the last bit; the first images of a longer set are the same up to
     *     the standardisation
     * @return N inputs of 49 pixels, row by row from the top, with mean 0 and standard deviation 1 over all of them, in
     *     5 classes
     * @throws IllegalArgumentException if samples is less than 1
     */
    public static DataSet of(int samples, Seed seed) {
        if (!(samples >= 1)) {
            throw new IllegalArgumentException("samples must be at least 1, got " + samples);
        }
        NormalStream normals = NormalStream.of(seed);
        double[][] images = new double[samples][];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = n % DRAWINGS.length;
            images[n] = image(DRAWINGS[labels[n]], normals, n);
        }
        standardise(images);
        return DataSet.of(images, labels, DRAWINGS.length);
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
                nearest = Math.min(nearest, squaredDistance(x, y, corners[c - 1], corners[c]));
            }
            pixels[p] = StrictMath.exp(-nearest / (2.0 * width * width)) + PIXEL_NOISE * random[5 + p][0];
        }
        return pixels;
    }

    /** From a point to the stroke between two corners. */
    private static double squaredDistance(double x, double y, double[] a, double[] b) {
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double t = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
        t = Math.max(0.0, Math.min(1.0, t));
        double ex = x - a[0] - t * dx;
        double ey = y - a[1] - t * dy;
        return ex * ex + ey * ey;
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
