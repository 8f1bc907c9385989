package org.langevin4j.charts;

import hep.aida.IAxis;
import hep.aida.IHistogram1D;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jspecify.annotations.Nullable;

/**
 * Lines, points, histograms and reference values over linear or logarithmic axes. What is added first is drawn first.
 * Values that an axis cannot show — NaN, or zero on a logarithmic one — leave a gap. A series with an empty name is not
 * in the legend.
 */
public final class XyPanel extends Panel {

    private static final double PADDING = 0.04;

    private final List<Layer> layers = new ArrayList<>();
    private final List<Series> data = new ArrayList<>();
    private final Extent horizontalExtent = new Extent();
    private final Extent verticalExtent = new Extent();
    private String xLabel = "";
    private String yLabel = "";
    private boolean xLogarithmic;
    private boolean yLogarithmic;
    private double @Nullable [] xRange;
    private double @Nullable [] yRange;
    private @Nullable List<String> categories;
    private int series;

    private XyPanel(String title) {
        super(title);
    }

    /**
     * A panel without series yet.
     *
     * @param title title over the panel; may be empty
     * @return the panel
     */
    public static XyPanel titled(String title) {
        return new XyPanel(title);
    }

    /**
     * Labels the horizontal axis.
     *
     * @param label quantity and unit
     * @return this
     */
    public XyPanel xAxis(String label) {
        xLabel = label;
        return this;
    }

    /**
     * Labels the vertical axis.
     *
     * @param label quantity and unit
     * @return this
     */
    public XyPanel yAxis(String label) {
        yLabel = label;
        return this;
    }

    /**
     * Makes the horizontal axis logarithmic.
     *
     * @return this
     */
    public XyPanel logX() {
        xLogarithmic = true;
        return this;
    }

    /**
     * Makes the horizontal axis one of named things: the first is at 1, the second at 2 and so on.
     *
     * @param names under the axis, at least one
     * @return this
     */
    public XyPanel xCategories(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("names must not be empty");
        }
        categories = List.copyOf(names);
        return xRange(0.5, names.size() + 0.5);
    }

    /**
     * Makes the vertical axis logarithmic.
     *
     * @return this
     */
    public XyPanel logY() {
        yLogarithmic = true;
        return this;
    }

    /**
     * Fixes the horizontal range; otherwise it follows from the series.
     *
     * @param min lower end
     * @param max upper end
     * @return this
     */
    public XyPanel xRange(double min, double max) {
        xRange = range(min, max);
        return this;
    }

    /**
     * Fixes the vertical range; otherwise it follows from the series.
     *
     * @param min lower end
     * @param max upper end
     * @return this
     */
    public XyPanel yRange(double min, double max) {
        yRange = range(min, max);
        return this;
    }

    private static double[] range(double min, double max) {
        if (!(min < max)) {
            throw new IllegalArgumentException(
                    "range must run from a smaller to a larger end, got [" + min + ", " + max + "]");
        }
        return new double[] {min, max};
    }

    /**
     * Adds a line.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @return this
     */
    public XyPanel line(String name, double[] x, double[] y) {
        requireSameLength(x, y, "y");
        include(x, y);
        layers.add(new LineLayer(name, x.clone(), y.clone(), series++));
        data.add(new Series(name, x.clone(), y.clone(), null));
        return this;
    }

    /**
     * Adds markers.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @return this
     */
    public XyPanel points(String name, double[] x, double[] y) {
        return points(name, x, y, new double[x.length]);
    }

    /**
     * Adds markers with error bars.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @param error bars reach from y − error to y + error; as many
     * @return this
     */
    public XyPanel points(String name, double[] x, double[] y, double[] error) {
        requireSameLength(x, y, "y");
        requireSameLength(x, error, "error");
        include(x, y);
        for (int i = 0; i < y.length; i++) {
            verticalExtent.include(y[i] - error[i]);
            verticalExtent.include(y[i] + error[i]);
        }
        layers.add(new PointLayer(name, x.clone(), y.clone(), error.clone(), series++));
        data.add(new Series(name, x.clone(), y.clone(), error.clone()));
        return this;
    }

    /**
     * Adds a histogram as a probability density: the area of its bars is 1.
     *
     * @param name for the legend
     * @param histogram weights of bins; what is outside of all bins does not count
     * @return this
     */
    public XyPanel density(String name, IHistogram1D histogram) {
        return bars(name, histogram, true);
    }

    /**
     * Adds a histogram as it is.
     *
     * @param name for the legend
     * @param histogram weights of bins
     * @return this
     */
    public XyPanel histogram(String name, IHistogram1D histogram) {
        return bars(name, histogram, false);
    }

    private XyPanel bars(String name, IHistogram1D histogram, boolean normalized) {
        IAxis axis = histogram.xAxis();
        int bins = axis.bins();
        double[] edges = new double[bins + 1];
        double[] heights = new double[bins];
        double total = 0.0;
        for (int i = 0; i < bins; i++) {
            edges[i] = axis.binLowerEdge(i);
            edges[i + 1] = axis.binUpperEdge(i);
            heights[i] = histogram.binHeight(i);
            total += heights[i];
        }
        for (int i = 0; i < bins; i++) {
            if (normalized) {
                heights[i] /= total * axis.binWidth(i);
            }
            verticalExtent.include(heights[i]);
        }
        verticalExtent.include(0.0);
        horizontalExtent.include(edges[0]);
        horizontalExtent.include(edges[bins]);
        layers.add(new BarLayer(name, edges, heights, series++));
        double[] centres = new double[bins];
        for (int i = 0; i < bins; i++) {
            centres[i] = 0.5 * (edges[i] + edges[i + 1]);
        }
        data.add(new Series(name, centres, heights, null));
        return this;
    }

    /**
     * Adds a thin line at a value of the horizontal axis.
     *
     * @param x where
     * @param label beside the line; may be empty
     * @return this
     */
    public XyPanel verticalLine(double x, String label) {
        horizontalExtent.include(x);
        layers.add(new ReferenceLayer(x, label, true, layers));
        return this;
    }

    /**
     * Adds a thin line at a value of the vertical axis.
     *
     * @param y where
     * @param label over the line; may be empty
     * @return this
     */
    public XyPanel horizontalLine(double y, String label) {
        verticalExtent.include(y);
        layers.add(new ReferenceLayer(y, label, false, layers));
        return this;
    }

    private void include(double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            horizontalExtent.include(x[i]);
            verticalExtent.include(y[i]);
        }
    }

    @Override
    List<Series> data() {
        return data;
    }

    @Override
    void paint(Graphics2D g, Rectangle2D area) {
        ValueAxis horizontal = categories != null
                ? new CategoryAxis(xLabel, categories)
                : axis(xLabel, xLogarithmic, xRange, horizontalExtent);
        ValueAxis vertical = axis(yLabel, yLogarithmic, yRange, verticalExtent);
        new Frame(horizontal, vertical, true).paint(g, area, layers);
    }

    private static ValueAxis axis(String label, boolean logarithmic, double @Nullable [] fixed, Extent extent) {
        double[] range = fixed != null ? fixed : logarithmic ? extent.logarithmic(PADDING) : extent.linear(PADDING);
        return logarithmic ? new DecadeAxis(label, range[0], range[1]) : new DecimalAxis(label, range[0], range[1]);
    }
}
