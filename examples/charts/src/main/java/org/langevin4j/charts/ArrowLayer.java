package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;

/** Arrows on a lattice, centred at its points; their length is proportional to the magnitude of the field. */
record ArrowLayer(String name, VectorField field) implements Layer {

    private static final double SPACING = 22;

    /** Of the longest arrow; it does not touch the next in line. */
    private static final double LONGEST = 20;

    /** Shorter ones would be specks. */
    private static final double SHORTEST = 2;

    private static final double HEAD = 5;

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Rectangle2D area = to.area();
        int columns = (int) Math.max(1, Math.floor(area.getWidth() / SPACING));
        int rows = (int) Math.max(1, Math.floor(area.getHeight() / SPACING));
        double[][] arrows = new double[columns * rows][2];
        double[] x = new double[2];
        double largest = 0.0;
        for (int i = 0; i < columns; i++) {
            for (int k = 0; k < rows; k++) {
                x[0] = at(
                        to.horizontal().getLowerBound(),
                        to.horizontal().getRange().getLength(),
                        i,
                        columns);
                x[1] = at(
                        to.vertical().getLowerBound(), to.vertical().getRange().getLength(), k, rows);
                double[] arrow = arrows[i * rows + k];
                field.at(x, arrow);
                double size = Math.hypot(arrow[0], arrow[1]);
                largest = size <= Double.MAX_VALUE ? Math.max(largest, size) : largest;
            }
        }
        for (int i = 0; i < columns && largest > 0.0; i++) {
            for (int k = 0; k < rows; k++) {
                double[] arrow = arrows[i * rows + k];
                double length = LONGEST * Math.hypot(arrow[0], arrow[1]) / largest;
                if (length >= SHORTEST && length <= LONGEST) {
                    double u = area.getX() + area.getWidth() * (i + 0.5) / columns;
                    double v = area.getMaxY() - area.getHeight() * (k + 0.5) / rows;
                    paint(g, u, v, Math.atan2(-arrow[1], arrow[0]), length);
                }
            }
        }
    }

    private static double at(double low, double length, int i, int count) {
        return low + length * (i + 0.5) / count;
    }

    private static void paint(Graphics2D g, double u, double v, double angle, double length) {
        AffineTransform before = g.getTransform();
        g.translate(u, v);
        g.rotate(angle);
        double head = Math.min(HEAD, 0.5 * length);
        Line2D shaft = new Line2D.Double(-0.5 * length, 0, 0.5 * length - head, 0);
        Path2D point =
                Style.polygon(0.5 * length, 0, 0.5 * length - head, 0.45 * head, 0.5 * length - head, -0.45 * head);
        // Light edges, for dark grounds.
        g.setColor(Style.HALO);
        g.setStroke(new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        g.draw(shaft);
        g.setStroke(new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
        g.draw(point);
        g.setColor(Style.STREAM);
        g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g.draw(shaft);
        g.fill(point);
        g.setTransform(before);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.of(name, "arrow", LONGEST, g -> paint(g, 0, 0, 0.0, LONGEST));
    }
}
