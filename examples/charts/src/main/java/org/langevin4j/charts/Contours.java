package org.langevin4j.charts;

import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.langevin4j.core.field.ScalarField;

/** Level curves of a function of the plane, by marching squares on a lattice of samples. */
final class Contours {

    private static final int SAMPLES = 241;

    /** Level k of n lies at this power of k/(n+1) of the sorted samples: closer about the low ground. */
    private static final double CROWDING = 2.0;

    private final Rectangle2D data;
    private final double[][] samples = new double[SAMPLES][SAMPLES];

    Contours(ScalarField field, Rectangle2D data) {
        this.data = data;
        for (int i = 0; i < SAMPLES; i++) {
            for (int j = 0; j < SAMPLES; j++) {
                samples[i][j] = field.at(new double[] {x(i), y(j)});
            }
        }
    }

    private double x(double i) {
        return data.getX() + i / (SAMPLES - 1) * data.getWidth();
    }

    private double y(double j) {
        return data.getY() + j / (SAMPLES - 1) * data.getHeight();
    }

    /** Levels of two digits that lie about at fixed parts of the area, closer where the function is low; none if it is constant. */
    double[] automaticLevels(int count) {
        double[] sorted = Arrays.stream(samples)
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new double[0];
        }
        double range = sorted[sorted.length - 1] - sorted[0];
        if (!(range > 0.0)) {
            return new double[0];
        }
        double[] levels = new double[count];
        for (int k = 0; k < count; k++) {
            double fraction = Math.pow((k + 1.0) / (count + 1.0), CROWDING);
            double quantile = sorted[(int) (fraction * (sorted.length - 1))];
            levels[k] = new BigDecimal(quantile).round(new MathContext(2)).doubleValue();
        }
        return Arrays.stream(levels).distinct().toArray();
    }

    /**
     * The curves of one level.
     *
     * @param level the value on the curves
     * @return polylines of points {x, y}; a closed one ends where it starts
     */
    List<double[][]> at(double level) {
        // Each crossed edge of the lattice belongs to at most two segments; chains of them are the curves.
        Map<Integer, int[]> neighbours = new LinkedHashMap<>();
        for (int i = 0; i + 1 < SAMPLES; i++) {
            for (int j = 0; j + 1 < SAMPLES; j++) {
                march(i, j, level, neighbours);
            }
        }
        List<double[][]> curves = new ArrayList<>();
        while (!neighbours.isEmpty()) {
            int start = neighbours.keySet().iterator().next();
            Deque<Integer> chain = new ArrayDeque<>();
            chain.add(start);
            int[] ends = remove(neighbours, start);
            boolean closed = extend(neighbours, chain, ends[0], true);
            if (closed) {
                chain.addLast(chain.getFirst());
            } else if (ends[1] >= 0) {
                extend(neighbours, chain, ends[1], false);
            }
            double[][] curve = chain.stream().map(edge -> crossing(edge, level)).toArray(double[][]::new);
            if (curve.length > 1) {
                curves.add(curve);
            }
        }
        return curves;
    }

    /** Follows the chain; true if it came back to the edge it started from. */
    private static boolean extend(Map<Integer, int[]> neighbours, Deque<Integer> chain, int first, boolean atEnd) {
        int origin = atEnd ? chain.getFirst() : chain.getLast();
        int from = atEnd ? chain.getLast() : chain.getFirst();
        int edge = first;
        while (edge >= 0 && neighbours.containsKey(edge)) {
            if (atEnd) {
                chain.addLast(edge);
            } else {
                chain.addFirst(edge);
            }
            int[] ends = remove(neighbours, edge);
            int next = ends[0] == from ? ends[1] : ends[0];
            from = edge;
            edge = next;
        }
        return atEnd && edge == origin && chain.size() > 2;
    }

    private static int[] remove(Map<Integer, int[]> neighbours, int edge) {
        int[] ends = neighbours.remove(edge);
        if (ends == null) {
            throw new IllegalStateException("edge " + edge + " is not crossed");
        }
        return ends;
    }

    private void march(int i, int j, double level, Map<Integer, int[]> neighbours) {
        double a = samples[i][j];
        double b = samples[i + 1][j];
        double c = samples[i + 1][j + 1];
        double d = samples[i][j + 1];
        if (!Double.isFinite(a + b + c + d)) {
            return;
        }
        int bottom = edge(i, j, false);
        int top = edge(i, j + 1, false);
        int left = edge(i, j, true);
        int right = edge(i + 1, j, true);
        int corners = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        // At a saddle the middle decides which corners are joined.
        boolean highMiddle = 0.25 * (a + b + c + d) > level;
        switch (corners) {
            case 1, 14 -> join(neighbours, left, bottom);
            case 2, 13 -> join(neighbours, bottom, right);
            case 4, 11 -> join(neighbours, right, top);
            case 8, 7 -> join(neighbours, top, left);
            case 3, 12 -> join(neighbours, left, right);
            case 6, 9 -> join(neighbours, bottom, top);
            case 5, 10 -> {
                if (highMiddle == (corners == 5)) {
                    join(neighbours, left, top);
                    join(neighbours, bottom, right);
                } else {
                    join(neighbours, left, bottom);
                    join(neighbours, top, right);
                }
            }
            default -> {
                // All corners on one side.
            }
        }
    }

    private static int edge(int i, int j, boolean upright) {
        return 2 * (i * SAMPLES + j) + (upright ? 1 : 0);
    }

    private static void join(Map<Integer, int[]> neighbours, int e1, int e2) {
        link(neighbours, e1, e2);
        link(neighbours, e2, e1);
    }

    private static void link(Map<Integer, int[]> neighbours, int from, int to) {
        int[] ends = neighbours.computeIfAbsent(from, key -> new int[] {-1, -1});
        ends[ends[0] < 0 ? 0 : 1] = to;
    }

    private double[] crossing(int edge, double level) {
        int node = edge / 2;
        int i = node / SAMPLES;
        int j = node % SAMPLES;
        boolean upright = edge % 2 == 1;
        double here = samples[i][j];
        double there = upright ? samples[i][j + 1] : samples[i + 1][j];
        double t = (level - here) / (there - here);
        return upright ? new double[] {x(i), y(j + t)} : new double[] {x(i + t), y(j)};
    }
}
