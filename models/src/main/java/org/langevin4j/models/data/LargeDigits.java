package org.langevin4j.models.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.langevin4j.core.block.BlockMath;
import org.langevin4j.core.random.NormalStream;

/**
 * Draws one of the digits 0–9 on 28×28 pixels. All numbers come from operations with the same bits on every platform.
 */
final class LargeDigits {

    static final int EDGE = 28;

    /** Standard deviations of the random numbers; lengths in half edges of the image, angles in radians. */
    private static final double TURN = 0.15;

    private static final double SHEAR = 0.2;
    private static final double STRETCH = 0.12;
    private static final double SHIFT = 0.06;
    private static final double BEND = 0.09;
    private static final double PEN_WIDTH = 0.07;
    private static final double PEN_WIDTH_SPREAD = 0.25;

    /** Bends come from the corners of a grid, whose influence falls off as exp(−r²/(2·REACH²)). */
    private static final double[] GRID = {-0.9, -0.3, 0.3, 0.9};

    private static final double REACH = 0.4;

    /** Strokes are cut into pieces of at most this length, which bend where they meet. */
    private static final double PIECE = 0.12;

    /** Ink is this dense in the middle of a stroke, and white is full from 1. */
    private static final double INK = 1.3;

    /** In pen widths; further away there is no ink. */
    private static final double FARTHEST = 3.5;

    /** Random numbers: turn, two stretches, two shifts, pen width, way, shear; then two for each corner of the grid. */
    private static final int BENDS = 8;

    private static final int RANDOM = BENDS + 2 * GRID.length * GRID.length;

    /** For each class the ways to write it, each some chains of strokes; x to the right and y downwards. */
    private static final double[][][][][] WAYS = {
        {{Strokes.DIGITS[0]}},
        {{Strokes.DIGITS[1]}, {{{0, -0.7}, {0, 0.7}}}},
        {
            {Strokes.DIGITS[2]},
            {
                {
                    {-0.4, -0.45},
                    {-0.1, -0.7},
                    {0.3, -0.55},
                    {0.3, -0.15},
                    {-0.1, 0.5},
                    {-0.4, 0.65},
                    {-0.4, 0.4},
                    {-0.1, 0.45},
                    {0.45, 0.65}
                }
            }
        },
        {{Strokes.DIGITS[3]}},
        {{Strokes.DIGITS[4]}, {{{-0.3, -0.65}, {-0.4, 0.1}, {0.45, 0.1}}, {{0.3, -0.5}, {0.2, 0.7}}}},
        {{{{0.4, -0.7}, {-0.3, -0.7}, {-0.35, -0.1}, {0.1, -0.15}, {0.4, 0.15}, {0.35, 0.5}, {0.05, 0.7}, {-0.4, 0.6}}}
        },
        {
            {
                {
                    {0.3, -0.7},
                    {-0.15, -0.4},
                    {-0.4, 0.1},
                    {-0.3, 0.55},
                    {0, 0.7},
                    {0.35, 0.5},
                    {0.3, 0.15},
                    {0, 0},
                    {-0.35, 0.25}
                }
            }
        },
        {
            {{{-0.45, -0.65}, {0.45, -0.65}, {-0.05, 0.7}}},
            {{{-0.45, -0.6}, {0.45, -0.65}, {0, 0.7}}, {{-0.15, 0}, {0.45, 0}}}
        },
        {
            {
                {
                    {0.3, -0.5},
                    {0, -0.7},
                    {-0.3, -0.5},
                    {-0.2, -0.2},
                    {0.25, 0.15},
                    {0.35, 0.45},
                    {0, 0.7},
                    {-0.35, 0.45},
                    {-0.25, 0.15},
                    {0.2, -0.2},
                    {0.3, -0.5}
                }
            }
        },
        {
            {
                {
                    {0.4, -0.3},
                    {0.1, -0.05},
                    {-0.3, -0.15},
                    {-0.35, -0.5},
                    {0, -0.7},
                    {0.35, -0.55},
                    {0.4, -0.3},
                    {0.35, 0.2},
                    {0.15, 0.7}
                }
            }
        }
    };

    static final int CLASSES = WAYS.length;

    private LargeDigits() {}

    /** Pixels from 0 to 1, row by row from the top. */
    static float[] image(int digit, NormalStream normals, int sample) {
        double[][] random = new double[RANDOM][1];
        // The images of 7×7 have step 0.
        normals.fill(sample, 1, 1, random);
        double[] z = new double[RANDOM];
        Arrays.setAll(z, k -> random[k][0]);
        double[][][] chains = WAYS[digit][z[6] < 0.0 ? WAYS[digit].length - 1 : 0];
        double width = PEN_WIDTH * BlockMath.exp(PEN_WIDTH_SPREAD * z[5]);
        double[] squares = new double[EDGE * EDGE];
        Arrays.fill(squares, Double.POSITIVE_INFINITY);
        for (double[][] chain : chains) {
            List<double[]> points = new ArrayList<>();
            pieces(chain).forEach(point -> points.add(moved(point, z)));
            for (int c = 1; c < points.size(); c++) {
                draw(points.get(c - 1), points.get(c), FARTHEST * width, squares);
            }
        }
        float[] pixels = new float[squares.length];
        for (int p = 0; p < pixels.length; p++) {
            if (squares[p] < FARTHEST * FARTHEST * width * width) {
                pixels[p] = (float) Math.min(1.0, INK * BlockMath.exp(-squares[p] / (2.0 * width * width)));
            }
        }
        return pixels;
    }

    private static List<double[]> pieces(double[][] chain) {
        List<double[]> points = new ArrayList<>(List.of(chain[0]));
        for (int c = 1; c < chain.length; c++) {
            double dx = chain[c][0] - chain[c - 1][0];
            double dy = chain[c][1] - chain[c - 1][1];
            int count = (int) Math.ceil(Math.sqrt(dx * dx + dy * dy) / PIECE);
            for (int k = 1; k <= count; k++) {
                double part = (double) k / count;
                points.add(new double[] {chain[c - 1][0] + part * dx, chain[c - 1][1] + part * dy});
            }
        }
        return points;
    }

    /** Bent, then stretched, sheared, turned and shifted. */
    private static double[] moved(double[] point, double[] z) {
        int edge = GRID.length;
        double[] nearX = new double[edge];
        double[] nearY = new double[edge];
        for (int i = 0; i < edge; i++) {
            nearX[i] = nearness(point[0] - GRID[i]);
            nearY[i] = nearness(point[1] - GRID[i]);
        }
        double x = point[0];
        double y = point[1];
        for (int i = 0; i < edge; i++) {
            for (int j = 0; j < edge; j++) {
                int corner = BENDS + 2 * (i * edge + j);
                x += BEND * nearX[i] * nearY[j] * z[corner];
                y += BEND * nearX[i] * nearY[j] * z[corner + 1];
            }
        }
        double stretchedY = y * BlockMath.exp(STRETCH * z[2]);
        double sheared = x * BlockMath.exp(STRETCH * z[1]) + SHEAR * z[7] * y;
        double cosine = BlockMath.cos(TURN * z[0]);
        double sine = BlockMath.sin(TURN * z[0]);
        return new double[] {
            cosine * sheared - sine * stretchedY + SHIFT * z[3], sine * sheared + cosine * stretchedY + SHIFT * z[4]
        };
    }

    private static double nearness(double distance) {
        return BlockMath.exp(-distance * distance / (2.0 * REACH * REACH));
    }

    /** Lowers the squared distances of the pixels around a piece. */
    private static void draw(double[] a, double[] b, double reach, double[] squares) {
        int left = pixel(Math.min(a[0], b[0]) - reach);
        int right = pixel(Math.max(a[0], b[0]) + reach);
        int top = pixel(Math.min(a[1], b[1]) - reach);
        int bottom = pixel(Math.max(a[1], b[1]) + reach);
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                double square = Strokes.squaredDistance(middle(column), middle(row), a, b);
                squares[row * EDGE + column] = Math.min(squares[row * EDGE + column], square);
            }
        }
    }

    /** The one in which a coordinate lies, or the last on its side. */
    private static int pixel(double coordinate) {
        return (int) Math.max(0.0, Math.min(EDGE - 1.0, Math.floor((coordinate + 1.0) * EDGE / 2.0)));
    }

    private static double middle(int pixel) {
        return (2.0 * pixel + 1.0) / EDGE - 1.0;
    }
}
