package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Points joined by straight lines, with a gap where one cannot be shown. */
final class LineLayer implements Layer {

    private final String name;
    private final double[] x;
    private final double[] y;
    private final Look look;

    LineLayer(String name, double[] x, double[] y, Look look) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.look = look;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Path2D path = new Path2D.Double();
        boolean drawing = false;
        for (int i = 0; i < x.length; i++) {
            double u = to.x(x[i]);
            double v = to.y(y[i]);
            boolean shown = Double.isFinite(u) && Double.isFinite(v);
            if (shown && drawing) {
                path.lineTo(u, v);
            } else if (shown) {
                path.moveTo(u, v);
            }
            drawing = shown;
        }
        g.setColor(Style.colour(look.colour()));
        g.setStroke(Style.line(look.shape()));
        g.draw(path);
    }

    @Override
    public int pointsWithin(Rectangle2D box, PanelProjection to) {
        return to.pointsWithin(box, x, y);
    }

    @Override
    public Layer with(Look other) {
        return new LineLayer(name, x, y, other);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.line(name, Style.colour(look.colour()), Style.line(look.shape()));
    }
}
