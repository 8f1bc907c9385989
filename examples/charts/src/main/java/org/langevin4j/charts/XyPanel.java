package org.langevin4j.charts;

import hep.aida.IAxis;
import hep.aida.IHistogram1D;
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

    private final Extent horizontalExtent = new Extent();
    private final Extent verticalExtent = new Extent();
    private String xLabel = "";
    private String yLabel = "";
    private boolean xLogarithmic;
    private boolean yLogarithmic;
    private double @Nullable [] xRange;
    private double @Nullable [] yRange;
    private @Nullable List<String> categories;
    private final List<Look> looks = new ArrayList<>();

    /** Number of the next look that is not chosen. */
    private int automatic;

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
        layers.add(new LineLayer(name, x.clone(), y.clone(), nextLook()));
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
        return points(name, x, y, (Bars) null);
    }

    /**
     * Adds markers with error bars of ±2 standard errors; the figure says so.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @param standardError one standard error of each y, as many; no bar where it is 0
     * @return this
     */
    public XyPanel points(String name, double[] x, double[] y, double[] standardError) {
        return points(name, x, y, Bars.ofStandardErrors(standardError));
    }

    /**
     * Adds markers with bars of another kind, which have no caps.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @param halfLength bars reach from y − halfLength to y + halfLength; as many
     * @param meaning what the bars are, for the legend: "± estimated error of the grid"
     * @return this
     */
    public XyPanel points(String name, double[] x, double[] y, double[] halfLength, String meaning) {
        return points(name, x, y, Bars.of(halfLength, meaning));
    }

    private XyPanel points(String name, double[] x, double[] y, @Nullable Bars bars) {
        requireSameLength(x, y, "y");
        include(x, y);
        if (bars != null) {
            requireSameLength(x, bars.error, "error");
            for (int i = 0; i < y.length; i++) {
                verticalExtent.include(y[i] - bars.half(i));
                verticalExtent.include(y[i] + bars.half(i));
            }
        }
        layers.add(new PointLayer(name, x.clone(), y.clone(), bars, nextLook()));
        data.add(new Series(name, x.clone(), y.clone(), bars));
        return this;
    }

    /**
     * Gives the series added last the colour and the dash of an earlier one, as a theory has the colour of its points; the series
     * added next looks as if this one had not been there.
     *
     * @param name of the earlier series of this panel
     * @return this
     */
    public XyPanel like(String name) {
        for (int i = 0; i < data.size() - 1; i++) {
            if (data.get(i).name.equals(name)) {
                return look(looks.get(i));
            }
        }
        throw new IllegalArgumentException("there is no earlier series " + name);
    }

    /**
     * Chooses the look of the series added last; otherwise the first of a panel has colour 0 and shape 0, the second 1 and 1, and so
     * on. The series added next looks as if this one had not been there.
     *
     * @param colour 0 blue, 1 vermilion, 2 green, 3 purple, 4 black, 5 orange, 6 light blue, and again from the first
     * @param shape of a line 0 solid, from 1 on dashes; of markers 0 round, from 1 on other shapes
     * @return this
     */
    public XyPanel look(int colour, int shape) {
        return look(new Look(colour, shape));
    }

    private XyPanel look(Look look) {
        int last = layers.size() - 1;
        while (last >= 0 && layers.get(last) instanceof ReferenceLayer) {
            last--;
        }
        if (last < 0) {
            throw new IllegalArgumentException("there is no series yet");
        }
        layers.set(last, layers.get(last).with(look));
        Look before = looks.set(looks.size() - 1, look);
        if (before.equals(new Look(automatic - 1, automatic - 1))) {
            automatic--;
        }
        return this;
    }

    private Look nextLook() {
        Look look = new Look(automatic, automatic);
        automatic++;
        looks.add(look);
        return look;
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
        layers.add(new BarLayer(name, edges, heights, nextLook()));
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
    Frame frame() {
        ValueAxis horizontal =
                categories != null ? new CategoryAxis(categories) : axis(xLogarithmic, xRange, horizontalExtent);
        return new Frame(horizontal, axis(yLogarithmic, yRange, verticalExtent), xLabel, yLabel, true);
    }

    private static ValueAxis axis(boolean logarithmic, double @Nullable [] fixed, Extent extent) {
        double[] range = fixed != null ? fixed : logarithmic ? extent.logarithmic(PADDING) : extent.linear(PADDING);
        return logarithmic ? new DecadeAxis(range[0], range[1]) : new DecimalAxis(range[0], range[1]);
    }
}
