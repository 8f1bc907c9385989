package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;

/** Axes and grid lines, drawn by JFreeChart, with the layers in them and a legend below. */
final class Frame {

    private static final double SIDE = 7;

    private final ValueAxis horizontal;
    private final ValueAxis vertical;
    private final boolean gridLines;

    Frame(ValueAxis horizontal, ValueAxis vertical, boolean gridLines) {
        this.horizontal = horizontal;
        this.vertical = vertical;
        this.gridLines = gridLines;
    }

    /** Draws everything and returns the data area. */
    Rectangle2D paint(Graphics2D g, Rectangle2D area, List<Layer> layers) {
        return paint(g, area, layers, true);
    }

    /** Draws axes and legend only, to learn where the data area will be. */
    Rectangle2D measure(Graphics2D g, Rectangle2D area, List<Layer> layers) {
        return paint(g, area, layers, false);
    }

    private Rectangle2D paint(Graphics2D g, Rectangle2D area, List<Layer> layers, boolean content) {
        Legend legend = new Legend(
                g, layers.stream().flatMap(layer -> layer.legend().stream()).toList(), area.getWidth() - 2 * SIDE);
        Rectangle2D above =
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth(), area.getHeight() - legend.height());
        legend.paint(new Rectangle2D.Double(area.getX(), above.getMaxY(), area.getWidth(), legend.height()));

        // Without a renderer there are no grid lines.
        XYPlot plot = new XYPlot(null, horizontal, vertical, new XYLineAndShapeRenderer());
        plot.setBackgroundPaint(Color.WHITE);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(SIDE, 4, 2, 2 * SIDE));
        plot.setDomainGridlinesVisible(gridLines);
        plot.setRangeGridlinesVisible(gridLines);
        plot.setDomainGridlinePaint(Style.GRID);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        if (content) {
            layers.forEach(layer -> plot.addAnnotation(new LayerAnnotation(layer)));
        }
        PlotRenderingInfo info = new PlotRenderingInfo(new ChartRenderingInfo());
        plot.draw(g, above, null, null, info);
        return info.getDataArea();
    }

    private static final class LayerAnnotation extends AbstractXYAnnotation {

        private static final long serialVersionUID = 1L;

        private final transient Layer layer;

        LayerAnnotation(Layer layer) {
            this.layer = layer;
        }

        @Override
        public void draw(
                Graphics2D g,
                XYPlot plot,
                Rectangle2D dataArea,
                ValueAxis domainAxis,
                ValueAxis rangeAxis,
                int rendererIndex,
                PlotRenderingInfo info) {
            Graphics2D own = (Graphics2D) g.create();
            try {
                own.clip(dataArea);
                layer.paint(own, new PanelProjection(dataArea, domainAxis, rangeAxis));
            } finally {
                own.dispose();
            }
        }
    }
}
