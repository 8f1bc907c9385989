package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Axes, drawn by JFreeChart, with the layers in them. The labels of the axes are broken into lines, which JFreeChart's are not.
 *
 * @param gridLines whether there are grid lines; otherwise there is a border
 */
record Frame(ValueAxis horizontal, ValueAxis vertical, String xLabel, String yLabel, boolean gridLines) {

    private static final double SIDE = 7;
    private static final RectangleInsets AROUND = new RectangleInsets(SIDE, 0, 0, 2 * SIDE);

    /** What axes and their labels take of an area of the given size on its four sides. */
    RectangleInsets measure(Graphics2D g, double width, double height) {
        RectangleInsets ticks = ticks(g, width, height);
        double left = ticks.getLeft() + Text.height(yLines(ticks.trimHeight(height)), font());
        double right = ticks.getRight();
        double bottom = ticks.getBottom() + Text.height(xLines(Math.floor(width - left - right)), font());
        return new RectangleInsets(ticks.getTop(), left, bottom, right);
    }

    private static Font font() {
        return Typeface.plain(Style.AXIS_LABEL);
    }

    private List<String> xLines(double length) {
        return Text.wrap(xLabel, font(), length);
    }

    private List<String> yLines(double length) {
        return Text.wrap(yLabel, font(), length);
    }

    /** What numbers along the axes take. */
    private RectangleInsets ticks(Graphics2D g, double width, double height) {
        Rectangle2D area = new Rectangle2D.Double(0, 0, width, height);
        PlotRenderingInfo info = new PlotRenderingInfo(new ChartRenderingInfo());
        plot().draw(g, area, null, null, info);
        Rectangle2D data = info.getDataArea();
        return new RectangleInsets(data.getMinY(), data.getMinX(), height - data.getMaxY(), width - data.getMaxX());
    }

    /** Draws everything about a data area, whose corners are whole numbers since JFreeChart rounds them. */
    void paint(Graphics2D g, Rectangle2D data, List<Layer> layers) {
        XYPlot plot = plot();
        List<Rectangle2D> taken = new ArrayList<>();
        layers.forEach(layer -> plot.addAnnotation(new LayerAnnotation(layer, layer::paint)));
        layers.forEach(layer ->
                plot.addAnnotation(new LayerAnnotation(layer, (own, to) -> layer.paintLabels(own, to, layers, taken))));
        // The axes draw beyond the space they are given.
        plot.setFixedDomainAxisSpace(new AxisSpace());
        plot.setFixedRangeAxisSpace(new AxisSpace());
        plot.draw(g, AROUND.createOutsetRectangle(data), null, null, null);
        BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D measuring = scratch.createGraphics();
        Style.prepare(measuring);
        RectangleInsets ticks = ticks(measuring, data.getWidth(), data.getHeight());
        measuring.dispose();
        Text.write(g, xLines(data.getWidth()), font(), data.getCenterX(), data.getMaxY() + ticks.getBottom());
        List<String> lines = yLines(data.getHeight());
        double left = data.getMinX() - ticks.getLeft() - Text.height(lines, font());
        Text.writeUpwards(g, lines, font(), left, data.getCenterY());
        if (!gridLines) {
            g.setColor(Style.INK);
            g.setStroke(new BasicStroke(1f));
            g.draw(data);
        }
    }

    private XYPlot plot() {
        // Without a renderer there are no grid lines.
        XYPlot plot = new XYPlot(null, horizontal, vertical, new XYLineAndShapeRenderer());
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(AROUND);
        plot.setDomainGridlinesVisible(gridLines);
        plot.setRangeGridlinesVisible(gridLines);
        plot.setDomainGridlinePaint(Style.GRID);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(1f));
        plot.setRangeGridlineStroke(new BasicStroke(1f));
        return plot;
    }

    private static final class LayerAnnotation extends AbstractXYAnnotation {

        private static final long serialVersionUID = 1L;

        private final transient Layer layer;
        private final transient BiConsumer<Graphics2D, PanelProjection> part;

        /** Draws a part of a layer. */
        LayerAnnotation(Layer layer, BiConsumer<Graphics2D, PanelProjection> part) {
            this.layer = layer;
            this.part = part;
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
                double beyond = layer.beyond();
                // In place of JFreeChart's own clip, which is the data area.
                own.setClip(new RectangleInsets(beyond, beyond, beyond, beyond).createOutsetRectangle(dataArea));
                part.accept(own, new PanelProjection(dataArea, domainAxis, rangeAxis));
            } finally {
                own.dispose();
            }
        }
    }
}
