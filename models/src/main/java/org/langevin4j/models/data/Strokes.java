package org.langevin4j.models.data;

/** What drawings of digits are made of: straight strokes in the square [−1, 1]². */
final class Strokes {

    /** The digits 0–4: for each the corners of its chain of strokes, x to the right and y downwards. */
    static final double[][][] DIGITS = {
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

    private Strokes() {}

    /** From a point to the stroke between two corners. */
    static double squaredDistance(double x, double y, double[] a, double[] b) {
        double dx = b[0] - a[0];
        double dy = b[1] - a[1];
        double t = ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy);
        t = Math.max(0.0, Math.min(1.0, t));
        double ex = x - a[0] - t * dx;
        double ey = y - a[1] - t * dy;
        return ex * ex + ey * ey;
    }
}
