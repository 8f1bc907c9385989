package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Markers with error bars: capped for standard errors, plain for others; an error of zero has no bar. */
final class PointLayer implements Layer {

    private static final int MANY = 60;
    private static final double CAP = 3;
    private static final double SIZE = 7;

    private final String name;
    private final double[] x;
    private final double[] y;
    private final @Nullable Bars bars;
    private final Look look;

    PointLayer(String name, double[] x, double[] y, @Nullable Bars bars, Look look) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.bars = bars;
        this.look = look;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Shape marker = Style.marker(look.shape(), x.length > MANY ? 4 : SIZE);
        double bottom = to.area().getMaxY();
        for (int i = 0; i < x.length; i++) {
            double u = to.x(x[i]);
            double v = to.y(y[i]);
            if (!Double.isFinite(u) || !Double.isFinite(v)) {
                continue;
            }
            g.setColor(Style.colour(look.colour()));
            if (bars != null && bars.half(i) > 0.0) {
                double high = to.y(y[i] + bars.half(i));
                double low = to.y(y[i] - bars.half(i));
                // Below zero on a logarithmic axis: the bar leaves the chart.
                bar(g, u, Double.isFinite(low) ? low : bottom, high, bars.ofStandardErrors());
            }
            Shape placed = AffineTransform.getTranslateInstance(u, v).createTransformedShape(marker);
            g.fill(placed);
            if (x.length <= MANY) {
                g.setColor(Color.WHITE);
                g.setStroke(new BasicStroke(0.8f));
                g.draw(placed);
            }
        }
    }

    private static void bar(Graphics2D g, double u, double low, double high, boolean capped) {
        g.setStroke(new BasicStroke(capped ? 1.2f : 2.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        g.draw(new Line2D.Double(u, low, u, high));
        if (capped) {
            g.draw(new Line2D.Double(u - CAP, low, u + CAP, low));
            g.draw(new Line2D.Double(u - CAP, high, u + CAP, high));
        }
    }

    @Override
    public double beyond() {
        return 0.5 * SIZE + 1;
    }

    @Override
    public int pointsWithin(Rectangle2D box, PanelProjection to) {
        return to.pointsWithin(box, x, y);
    }

    @Override
    public Layer with(Look other) {
        return new PointLayer(name, x, y, bars, other);
    }

    @Override
    public Optional<LegendEntry> legend() {
        Color colour = Style.colour(look.colour());
        return LegendEntry.shape(
                name, List.of("marker", colour, look.shape()), Style.marker(look.shape(), 8), colour, colour);
    }

    @Override
    public Optional<LegendEntry> bars() {
        if (bars == null || !bars.any()) {
            return Optional.empty();
        }
        boolean capped = bars.ofStandardErrors();
        return LegendEntry.of(bars.text(), List.of("bars", capped), 2 * CAP, g -> {
            g.setColor(Style.INK);
            bar(g, 0, 7, -7, capped);
        });
    }
}
