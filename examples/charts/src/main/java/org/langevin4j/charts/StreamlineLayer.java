package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.langevin4j.core.field.VectorField;

/**
 * Streamlines with arrow heads; the width of a line is proportional to the magnitude of the field.
 *
 * @param full magnitude of the widest lines
 */
record StreamlineLayer(String name, VectorField field, double full) implements Layer {

    private static final double KEY = 44;

    private static final double SEPARATION = 15;
    private static final double THIN = 0.5;
    private static final double THICK = 3.2;
    private static final double ARROW_DISTANCE = 130;

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Rectangle2D area = to.area();
        Rectangle2D data = new Rectangle2D.Double(
                to.horizontal().getLowerBound(),
                to.vertical().getLowerBound(),
                to.horizontal().getRange().getLength(),
                to.vertical().getRange().getLength());
        Streamlines streamlines = new Streamlines(field, data, area.getWidth(), area.getHeight(), SEPARATION);
        g.setColor(Style.STREAM);
        for (Streamlines.Line line : streamlines.trace()) {
            paint(g, to, line, full);
        }
    }

    private static void paint(Graphics2D g, PanelProjection to, Streamlines.Line line, double fast) {
        int n = line.x.length;
        double[] u = new double[n];
        double[] v = new double[n];
        double[] length = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = to.x(line.x[i]);
            v[i] = to.y(line.y[i]);
            length[i] = i == 0 ? 0.0 : length[i - 1] + Math.hypot(u[i] - u[i - 1], v[i] - v[i - 1]);
        }
        g.fill(ribbon(u, v, line.speed, fast));
        int arrows = (int) Math.max(1, Math.round(length[n - 1] / ARROW_DISTANCE));
        int k = 0;
        for (int a = 0; a < arrows; a++) {
            double target = (a + 0.5) / arrows * length[n - 1];
            while (k < n - 2 && length[k + 1] < target) {
                k++;
            }
            int back = Math.max(0, k - 2);
            int front = Math.min(n - 1, k + 3);
            double size = 4.0 + 1.6 * width(line.speed[k], fast);
            AffineTransform place = AffineTransform.getTranslateInstance(u[k], v[k]);
            place.rotate(u[front] - u[back], v[front] - v[back]);
            g.fill(place.createTransformedShape(
                    Style.polygon(0.6 * size, 0, -0.4 * size, 0.42 * size, -0.2 * size, 0, -0.4 * size, -0.42 * size)));
        }
    }

    /** A band along the line; one outline, since overlapping strokes of different width would show their joints. */
    private static Path2D ribbon(double[] u, double[] v, double[] speed, double fast) {
        int n = u.length;
        Path2D band = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (int k = 0; k < 2 * n; k++) {
            int i = k < n ? k : 2 * n - 1 - k;
            int back = Math.max(0, i - 1);
            int front = Math.min(n - 1, i + 1);
            double du = u[front] - u[back];
            double dv = v[front] - v[back];
            double half = (k < n ? 0.5 : -0.5) * width(speed[i], fast) / Math.hypot(du, dv);
            if (k == 0) {
                band.moveTo(u[i] - half * dv, v[i] + half * du);
            } else {
                band.lineTo(u[i] - half * dv, v[i] + half * du);
            }
        }
        band.closePath();
        return band;
    }

    private static double width(double speed, double fast) {
        return Math.max(THIN, THICK * Math.min(1.0, speed / fast));
    }

    @Override
    public Optional<LegendEntry> legend() {
        if (name.isEmpty() || !(full > 0.0)) {
            return Optional.empty();
        }
        // The sample is the key: its width grows to the full one along two thirds of its length.
        double[] u = {-0.5 * KEY, KEY / 6, 0.5 * KEY};
        Path2D wedge = ribbon(u, new double[3], new double[] {0.0, 1.0, 1.0}, 1.0);
        return LegendEntry.of(name + ", widest from " + Ticks.text(full) + " on", List.of("stream", full), KEY, g -> {
            g.setColor(Style.STREAM);
            g.fill(wedge);
        });
    }
}
