package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Markers with error bars; an error of zero has no bar. */
final class PointLayer implements Layer {

    private static final int MANY = 60;
    private static final double CAP = 3;

    private final String name;
    private final double[] x;
    private final double[] y;
    private final double[] error;
    private final int series;

    PointLayer(String name, double[] x, double[] y, double[] error, int series) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.error = error;
        this.series = series;
    }

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Shape marker = Style.marker(series, x.length > MANY ? 4 : 7);
        double bottom = to.area().getMaxY();
        for (int i = 0; i < x.length; i++) {
            double u = to.x(x[i]);
            double v = to.y(y[i]);
            if (!Double.isFinite(u) || !Double.isFinite(v)) {
                continue;
            }
            g.setColor(Style.colour(series));
            if (error[i] > 0.0) {
                double high = to.y(y[i] + error[i]);
                double low = to.y(y[i] - error[i]);
                // Below zero on a logarithmic axis: the bar leaves the chart.
                low = Double.isFinite(low) ? low : bottom;
                g.setStroke(new BasicStroke(1.2f));
                g.draw(new Line2D.Double(u, low, u, high));
                g.draw(new Line2D.Double(u - CAP, low, u + CAP, low));
                g.draw(new Line2D.Double(u - CAP, high, u + CAP, high));
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

    @Override
    public int pointsWithin(Rectangle2D box, PanelProjection to) {
        return to.pointsWithin(box, x, y);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.shape(name, Style.marker(series, 8), Style.colour(series), Style.colour(series));
    }
}
