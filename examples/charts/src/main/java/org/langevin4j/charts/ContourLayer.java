package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.Optional;

/** Level curves, each with a pale halo so that it shows on light and dark. */
record ContourLayer(String name, List<double[][]> curves) implements Layer {

    private static final Stroke LINE = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final Stroke HALO = new BasicStroke(3f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Path2D path = new Path2D.Double();
        for (double[][] curve : curves) {
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
        g.setColor(Style.HALO);
        g.setStroke(HALO);
        g.draw(path);
        g.setColor(Style.CONTOUR);
        g.setStroke(LINE);
        g.draw(path);
    }

    @Override
    public Optional<LegendEntry> legend() {
        return LegendEntry.line(name, Style.CONTOUR, LINE);
    }
}
