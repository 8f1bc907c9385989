package org.langevin4j.charts;

import java.awt.geom.Rectangle2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.langevin4j.core.field.VectorField;

/**
 * Evenly spaced streamlines of a plane vector field, after Jobard and Lefer (1997): each new line starts at the wished
 * separation from an old one and ends where it comes too near to any.
 *
 * <p>Lines are integrated by the fourth-order Runge–Kutta method in the coordinates of the drawing, along the direction
 * of the field, with a fixed step of arc length.
 */
final class Streamlines {

    private static final double STEP = 1.0;

    /** A line ends where it comes nearer to another than this part of the separation. */
    private static final double NEAREST = 0.5;

    /** Lines shorter than this many separations are left out. */
    private static final double SHORTEST = 1.5;

    private static final int SAMPLES = 64;
    private static final double FAST_QUANTILE = 0.98;
    private static final double STANDSTILL = 1e-6;

    private final VectorField field;
    private final Rectangle2D data;
    private final double width;
    private final double height;
    private final double separation;
    private final double fastSpeed;

    private final int columns;
    private final List<List<double[]>> cells = new ArrayList<>();
    private final double[] state = new double[2];
    private final double[] value = new double[2];

    /** A line: coordinates of the data and the magnitude of the field there. */
    static final class Line {
        final double[] x;
        final double[] y;
        final double[] speed;

        private Line(int points) {
            x = new double[points];
            y = new double[points];
            speed = new double[points];
        }
    }

    /**
     * Prepares the lines of a field.
     *
     * @param field two components
     * @param data rectangle of the data
     * @param width width of the drawing
     * @param height height of the drawing
     * @param separation distance of neighbouring lines in the drawing
     */
    Streamlines(VectorField field, Rectangle2D data, double width, double height, double separation) {
        this.field = field;
        this.data = data;
        this.width = width;
        this.height = height;
        this.separation = separation;
        this.columns = (int) (width / separation) + 1;
        int count = columns * ((int) (height / separation) + 1);
        for (int i = 0; i < count; i++) {
            cells.add(new ArrayList<>());
        }
        this.fastSpeed = fastSpeed(field, data);
    }

    /** All lines; call once. */
    List<Line> trace() {
        List<Line> lines = new ArrayList<>();
        Deque<double[]> seeds = new ArrayDeque<>();
        // Reached only where the lines grown from others leave a hole.
        List<double[]> lattice = new ArrayList<>();
        lattice.add(new double[] {0.5 * width, 0.5 * height});
        for (double v = 0.5 * separation; v < height; v += separation) {
            for (double u = 0.5 * separation; u < width; u += separation) {
                lattice.add(new double[] {u, v});
            }
        }
        for (double[] first : lattice) {
            seeds.add(first);
            while (!seeds.isEmpty()) {
                double[] seed = seeds.remove();
                if (!inside(seed) || nearOther(seed, separation)) {
                    continue;
                }
                List<double[]> points = both(seed);
                if ((points.size() - 1) * STEP < SHORTEST * separation) {
                    continue;
                }
                points.forEach(this::remember);
                lines.add(inData(points));
                seedsBeside(points, seeds);
            }
        }
        return lines;
    }

    private List<double[]> both(double[] seed) {
        List<double[]> forward = follow(seed, 1.0);
        if (forward.size() > 2 && forward.get(forward.size() - 1) == seed) {
            return forward;
        }
        List<double[]> points = new ArrayList<>(follow(seed, -1.0));
        Collections.reverse(points);
        points.addAll(forward.subList(1, forward.size()));
        return points;
    }

    /** Points from the seed on; ends with the seed itself if the line closes. */
    private List<double[]> follow(double[] seed, double sign) {
        List<double[]> points = new ArrayList<>();
        points.add(seed);
        int longest = (int) (8 * (width + height) / STEP);
        int away = (int) (2 * separation / STEP);
        double[] before = {0.0, 0.0};
        int trusted = -1;
        while (points.size() < longest) {
            double[] here = points.get(points.size() - 1);
            double[] next = step(here, sign);
            if (next.length == 0 || !inside(next) || nearOther(next, NEAREST * separation)) {
                break;
            }
            double du = next[0] - here[0];
            double dv = next[1] - here[1];
            if (du * before[0] + dv * before[1] < 0.0) {
                break;
            }
            before = new double[] {du, dv};
            if (points.size() > away) {
                if (distance(next, seed) <= 0.75 * STEP) {
                    points.add(seed);
                    return points;
                }
                // Near its own past it may be about to close, or be a spiral; go on a little to see which.
                if (trusted < 0 && nearOwn(next, points, points.size() - away)) {
                    trusted = points.size();
                }
                if (trusted >= 0 && points.size() - trusted > 2 * NEAREST * separation / STEP) {
                    break;
                }
            }
            points.add(next);
        }
        return trusted < 0 ? points : new ArrayList<>(points.subList(0, trusted));
    }

    private boolean nearOwn(double[] point, List<double[]> points, int end) {
        int stride = Math.max(1, (int) (0.2 * separation / STEP));
        for (int i = 0; i < end; i += stride) {
            if (distance(point, points.get(i)) < NEAREST * separation) {
                return true;
            }
        }
        return false;
    }

    /** One Runge–Kutta step along the direction of the field; empty where it has none. */
    private double[] step(double[] p, double sign) {
        double[] k1 = direction(p[0], p[1], sign);
        double[] k2 = direction(p[0] + 0.5 * STEP * k1[0], p[1] + 0.5 * STEP * k1[1], sign);
        double[] k3 = direction(p[0] + 0.5 * STEP * k2[0], p[1] + 0.5 * STEP * k2[1], sign);
        double[] k4 = direction(p[0] + STEP * k3[0], p[1] + STEP * k3[1], sign);
        double u = p[0] + STEP / 6.0 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]);
        double v = p[1] + STEP / 6.0 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]);
        return Double.isFinite(u) && Double.isFinite(v) ? new double[] {u, v} : new double[0];
    }

    /** Unit vector in the drawing, NaN at a standstill. */
    private double[] direction(double u, double v, double sign) {
        double speed = evaluate(u, v);
        if (!(speed > STANDSTILL * fastSpeed)) {
            return new double[] {Double.NaN, Double.NaN};
        }
        double du = value[0] * width / data.getWidth();
        double dv = value[1] * height / data.getHeight();
        double norm = sign / Math.hypot(du, dv);
        return new double[] {du * norm, dv * norm};
    }

    private double evaluate(double u, double v) {
        state[0] = data.getX() + u / width * data.getWidth();
        state[1] = data.getY() + v / height * data.getHeight();
        field.at(state, value);
        return Math.hypot(value[0], value[1]);
    }

    /** A speed that few places of the rectangle exceed; 0 if the field is nowhere finite. */
    static double fastSpeed(VectorField field, Rectangle2D data) {
        double[] speeds = new double[SAMPLES * SAMPLES];
        double[] value = new double[2];
        int n = 0;
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                double x = data.getX() + data.getWidth() * (i + 0.5) / SAMPLES;
                double y = data.getY() + data.getHeight() * (j + 0.5) / SAMPLES;
                field.at(new double[] {x, y}, value);
                double speed = Math.hypot(value[0], value[1]);
                if (Double.isFinite(speed)) {
                    speeds[n++] = speed;
                }
            }
        }
        Arrays.sort(speeds, 0, n);
        return n == 0 ? 0.0 : speeds[(int) (FAST_QUANTILE * (n - 1))];
    }

    private void seedsBeside(List<double[]> points, Deque<double[]> seeds) {
        int stride = Math.max(1, (int) (0.5 * separation / STEP));
        for (int i = 1; i + 1 < points.size(); i += stride) {
            double[] p = points.get(i);
            double du = points.get(i + 1)[0] - points.get(i - 1)[0];
            double dv = points.get(i + 1)[1] - points.get(i - 1)[1];
            double norm = 1.001 * separation / Math.hypot(du, dv);
            seeds.add(new double[] {p[0] - dv * norm, p[1] + du * norm});
            seeds.add(new double[] {p[0] + dv * norm, p[1] - du * norm});
        }
    }

    private Line inData(List<double[]> points) {
        int n = points.size();
        Line line = new Line(n);
        for (int i = 0; i < n; i++) {
            double[] p = points.get(i);
            line.speed[i] = evaluate(p[0], p[1]);
            line.x[i] = state[0];
            line.y[i] = state[1];
        }
        return line;
    }

    private boolean inside(double[] p) {
        return p[0] >= 0 && p[0] <= width && p[1] >= 0 && p[1] <= height;
    }

    private void remember(double[] p) {
        cells.get(cell(p[0], p[1])).add(p);
    }

    private int cell(double u, double v) {
        int row = (int) (v / separation);
        int column = (int) (u / separation);
        return row * columns + column;
    }

    /** Whether a point of an earlier line is nearer than the distance, which is at most the separation. */
    private boolean nearOther(double[] p, double distance) {
        for (double v = p[1] - separation; v <= p[1] + 1.5 * separation; v += separation) {
            for (double u = p[0] - separation; u <= p[0] + 1.5 * separation; u += separation) {
                if (u < 0 || u > width || v < 0 || v > height) {
                    continue;
                }
                for (double[] q : cells.get(cell(u, v))) {
                    if (distance(p, q) < distance) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static double distance(double[] p, double[] q) {
        return Math.hypot(p[0] - q[0], p[1] - q[1]);
    }
}
