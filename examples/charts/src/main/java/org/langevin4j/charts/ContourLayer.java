package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Level curves, each with a pale halo so that it shows on light and dark, and with its level where there is room.
 *
 * @param levels the curves by level
 * @param dashed among streamlines, from which colour alone would not tell them in grey
 */
record ContourLayer(String name, List<Level> levels, boolean dashed) implements Layer {

    private static final Stroke LINE = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final Stroke DASHED =
            new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {7, 4}, 0f);
    private static final Stroke HALO = new BasicStroke(3.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** A curve shorter than this many widths of its label would vanish under it. */
    private static final double SHORTEST = 3.0;

    /** Room about a label. */
    private static final double APART = 10;

    /** Places along a curve that are tried for its label. */
    private static final int PLACES = 24;

    /**
     * The curves of one level.
     *
     * @param value the level
     * @param curves points {x, y} of each
     */
    record Level(double value, List<double[][]> curves) {}

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Path2D path = new Path2D.Double();
        for (Level level : levels) {
            for (double[][] curve : level.curves()) {
                for (int i = 0; i < curve.length; i++) {
                    double u = to.x(curve[i][0]);
                    double v = to.y(curve[i][1]);
                    if (i == 0) {
                        path.moveTo(u, v);
                    } else {
                        path.lineTo(u, v);
                    }
                }
            }
        }
        g.setColor(Style.HALO);
        g.setStroke(HALO);
        g.draw(path);
        g.setColor(Style.CONTOUR);
        g.setStroke(dashed ? DASHED : LINE);
        g.draw(path);
    }

    @Override
    public void paintLabels(Graphics2D g, PanelProjection to, List<Layer> all, List<Rectangle2D> taken) {
        Font font = Typeface.plain(Style.TICK_LABEL);
        g.setFont(font);
        for (Level level : levels) {
            String text = Ticks.text(level.value());
            Rectangle2D size = font.getStringBounds(text, g.getFontRenderContext());
            List<Rectangle2D> places = places(level, to, size.getWidth() + 4, 0.8 * size.getHeight());
            Optional<Rectangle2D> found = places.stream()
                    .filter(place -> taken.stream().noneMatch(place::intersects))
                    .min(Comparator.comparingInt(place -> all.stream()
                            .mapToInt(layer -> layer.pointsWithin(place, to))
                            .sum()));
            if (found.isPresent()) {
                Rectangle2D box = found.get();
                taken.add(new Rectangle2D.Double(
                        box.getX() - APART,
                        box.getY() - APART,
                        box.getWidth() + 2 * APART,
                        box.getHeight() + 2 * APART));
                g.setColor(new Color(255, 255, 255, 215));
                g.fill(box);
                g.setColor(Style.INK);
                g.drawString(text, (float) (box.getX() + 2), (float) (box.getCenterY() + 0.36 * font.getSize2D()));
            }
        }
    }

    /** Boxes on the longest curve of the level; none if it is short. */
    private static List<Rectangle2D> places(Level level, PanelProjection to, double width, double height) {
        double[][] longest = {};
        double length = SHORTEST * width;
        for (double[][] curve : level.curves()) {
            double its = length(curve, to);
            if (its > length) {
                longest = curve;
                length = its;
            }
        }
        List<Rectangle2D> places = new ArrayList<>();
        for (int k = 0; k < PLACES && longest.length > 0; k++) {
            double[] at = longest[longest.length * k / PLACES];
            Rectangle2D box =
                    new Rectangle2D.Double(to.x(at[0]) - 0.5 * width, to.y(at[1]) - 0.5 * height, width, height);
            if (to.area().contains(box)) {
                places.add(box);
            }
        }
        return places;
    }

    private static double length(double[][] curve, PanelProjection to) {
        double sum = 0.0;
        for (int i = 1; i < curve.length; i++) {
            sum += Math.hypot(to.x(curve[i][0]) - to.x(curve[i - 1][0]), to.y(curve[i][1]) - to.y(curve[i - 1][1]));
        }
        return sum;
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.line(name, Style.CONTOUR, dashed ? DASHED : LINE);
    }
}
