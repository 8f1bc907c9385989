package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Red dots with a thin white outline, or open circles wide enough to show a dot within. */
final class MarkLayer implements Layer {

    private static final double DOT = 5;
    private static final double RING = 7.5;

    private final String name;
    private final double[] x;
    private final double[] y;
    private final boolean open;

    MarkLayer(String name, double[] x, double[] y, boolean open) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.open = open;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        for (int i = 0; i < x.length; i++) {
            paint(g, to.x(x[i]), to.y(y[i]));
        }
    }

    private void paint(Graphics2D g, double u, double v) {
        Ellipse2D mark = new Ellipse2D.Double(u - radius(), v - radius(), 2 * radius(), 2 * radius());
        if (!open) {
            g.setColor(Style.RED);
            g.fill(mark);
        }
        g.setColor(Color.WHITE);
        g.setStroke(new BasicStroke(open ? 4f : 1.2f));
        g.draw(mark);
        if (open) {
            g.setColor(Color.BLACK);
            g.setStroke(new BasicStroke(2f));
            g.draw(mark);
        }
    }

    private double radius() {
        return open ? RING : DOT;
    }

    @Override
    public int pointsWithin(Rectangle2D box, PanelProjection to) {
        Rectangle2D wider = new Rectangle2D.Double(
                box.getX() - radius(),
                box.getY() - radius(),
                box.getWidth() + 2 * radius(),
                box.getHeight() + 2 * radius());
        return to.pointsWithin(wider, x, y);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.of(name, open ? "ring" : "dot", 2 * radius(), g -> paint(g, 0, 0));
    }
}
