package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/** Adjacent bars as one area with a stepped outline. */
final class BarLayer implements Layer {

    private final String name;
    private final double[] edges;
    private final double[] heights;
    private final Look look;

    BarLayer(String name, double[] edges, double[] heights, Look look) {
        this.name = name;
        this.edges = edges;
        this.heights = heights;
        this.look = look;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        double zero = to.y(0.0);
        double base = Double.isFinite(zero) ? zero : to.area().getMaxY() + 2;
        Path2D path = new Path2D.Double();
        path.moveTo(to.x(edges[0]), base);
        for (int i = 0; i < heights.length; i++) {
            double top = to.y(heights[i]);
            double v = Double.isFinite(top) ? top : base;
            path.lineTo(to.x(edges[i]), v);
            path.lineTo(to.x(edges[i + 1]), v);
        }
        path.lineTo(to.x(edges[heights.length]), base);
        path.closePath();
        g.setColor(fill());
        g.fill(path);
        g.setColor(Style.colour(look.colour()));
        g.setStroke(new BasicStroke(1f));
        g.draw(path);
    }

    @Override
    public Layer with(Look other) {
        return new BarLayer(name, edges, heights, other);
    }

    @Override
    public Optional<LegendEntry> legend() {
        Color outline = Style.colour(look.colour());
        return LegendEntry.shape(
                name, List.of("bar", outline), new Rectangle2D.Double(-11, -5, 22, 10), fill(), outline);
    }

    private Color fill() {
        return Style.tint(look.colour());
    }
}
