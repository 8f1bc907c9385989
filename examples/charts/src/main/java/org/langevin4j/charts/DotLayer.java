package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.util.Optional;

/** Red dots with a thin white outline. */
final class DotLayer implements Layer {

    private static final double RADIUS = 5;

    private final String name;
    private final double[][] points;

    DotLayer(String name, double[][] points) {
        this.name = name;
        this.points = points;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        for (double[] point : points) {
            paint(g, to.x(point[0]), to.y(point[1]));
        }
    }

    private static void paint(Graphics2D g, double u, double v) {
        Ellipse2D dot = new Ellipse2D.Double(u - RADIUS, v - RADIUS, 2 * RADIUS, 2 * RADIUS);
        g.setColor(Style.RED);
        g.fill(dot);
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(1.2f));
        g.draw(dot);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.of(name, 2 * RADIUS, g -> paint(g, 0, 0));
    }
}
