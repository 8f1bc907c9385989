package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleToIntFunction;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * Fields on a rectangle of the plane, one unit of length equally long on both axes. What is added first is drawn first.
 * A layer with an empty name is not in the legend.
 */
public final class FieldPanel extends Panel {

    private static final int LEVELS = 9;
    private static final int PIXELS_PER_UNIT = 2;
    private static final int HEAT_SAMPLES = 200;
    private static final double BAR_WIDTH = 14;
    private static final double BAR_GAP = 2;
    private static final double BAR_SPACE = 78;

    private final Rectangle2D data;
    private final List<Layer> layers = new ArrayList<>();
    private String xLabel = "x₁";
    private String yLabel = "x₂";
    private @Nullable HeatMapLayer heatMap;
    private String heatLabel = "";

    /** Contours have the first colour. */
    private int series = 1;

    private FieldPanel(String title, Rectangle2D data) {
        super(title);
        this.data = data;
    }

    /**
     * A panel without layers yet.
     *
     * @param title title over the panel; may be empty
     * @param rectangle a grid of two axes, of which only the ends matter
     * @return the panel
     */
    public static FieldPanel titled(String title, Grid rectangle) {
        if (rectangle.dimension() != 2) {
            throw new IllegalArgumentException("grid must have 2 axes, got " + rectangle.dimension());
        }
        Axis x = rectangle.axis(0);
        Axis y = rectangle.axis(1);
        return new FieldPanel(title, new Rectangle2D.Double(x.min(), y.min(), x.max() - x.min(), y.max() - y.min()));
    }

    /**
     * Labels the axes; x₁ and x₂ unless set.
     *
     * @param x label of the horizontal axis
     * @param y label of the vertical axis
     * @return this
     */
    public FieldPanel axes(String x, String y) {
        xLabel = x;
        yLabel = y;
        return this;
    }

    /**
     * Colours each cell of a density, from white at zero to dark at its largest value.
     *
     * @param density on a grid of two axes
     * @param label of the colour bar
     * @return this
     */
    public FieldPanel heatMap(Density density, String label) {
        double high = 0.0;
        for (double value : density.values()) {
            high = Math.max(high, value);
        }
        return heatMap(density, label, high);
    }

    /**
     * Colours each cell of a density, from white at zero to dark at a given value, so that panels can be compared.
     *
     * @param density on a grid of two axes
     * @param label of the colour bar
     * @param high value of the darkest colour
     * @return this
     */
    public FieldPanel heatMap(Density density, String label, double high) {
        Grid grid = density.grid();
        if (grid.dimension() != 2) {
            throw new IllegalArgumentException("density must have 2 axes, got " + grid.dimension());
        }
        return heatMap(
                (x, y) -> {
                    int cell = grid.cellOf(x, y);
                    return cell < 0 ? Double.NaN : density.value(cell);
                },
                0.0,
                high,
                label);
    }

    /**
     * Colours each cell of a function around zero: blue and dark below, grey at zero, yellow and light above. The range is
     * as wide on both sides; a grey copy keeps the order.
     *
     * @param function on a grid of two axes; white where it is not defined
     * @param label of the colour bar
     * @return this
     */
    public FieldPanel signedHeatMap(CellFunction function, String label) {
        return signedHeatMap(function, label, function.maxNorm());
    }

    /**
     * Colours each cell of a function around zero on a given range, so that panels can be compared.
     *
     * @param function on a grid of two axes; white where it is not defined
     * @param label of the colour bar
     * @param high the range is from −high to high
     * @return this
     */
    public FieldPanel signedHeatMap(CellFunction function, String label, double high) {
        if (function.grid().dimension() != 2) {
            throw new IllegalArgumentException(
                    "function must have 2 axes, got " + function.grid().dimension());
        }
        return heatMap((x, y) -> function.at(x, y), -high, high, label, ColourMap::signed);
    }

    /**
     * Colours each cell of a function from white at zero to dark at a given value.
     *
     * @param function on a grid of two axes, not negative; white where it is not defined
     * @param label of the colour bar
     * @param high value of the darkest colour
     * @return this
     */
    public FieldPanel heatMap(CellFunction function, String label, double high) {
        return heatMap((x, y) -> function.at(x, y), 0.0, high, label);
    }

    /**
     * Colours a function, from white at its least to dark at its largest value on the rectangle.
     *
     * @param field the function; where it is not finite the panel stays white
     * @param label of the colour bar
     * @return this
     */
    public FieldPanel heatMap(ScalarField field, String label) {
        Extent extent = new Extent();
        double[] state = new double[2];
        for (int i = 0; i <= HEAT_SAMPLES; i++) {
            for (int j = 0; j <= HEAT_SAMPLES; j++) {
                state[0] = data.getX() + data.getWidth() * i / HEAT_SAMPLES;
                state[1] = data.getY() + data.getHeight() * j / HEAT_SAMPLES;
                extent.include(field.at(state));
            }
        }
        double[] range = extent.linear(0.0);
        return heatMap((x, y) -> field.at(new double[] {x, y}), range[0], range[1], label);
    }

    private FieldPanel heatMap(DoubleBinaryOperator value, double low, double high, String label) {
        return heatMap(value, low, high, label, ColourMap::rgb);
    }

    private FieldPanel heatMap(
            DoubleBinaryOperator value, double low, double high, String label, DoubleToIntFunction colours) {
        if (!(low < high)) {
            throw new IllegalArgumentException("heat map must have a range, got [" + low + ", " + high + "]");
        }
        if (heatMap != null) {
            throw new IllegalArgumentException("a panel can have one heat map");
        }
        heatMap = new HeatMapLayer(value, low, high, PIXELS_PER_UNIT, colours);
        heatLabel = label;
        layers.add(heatMap);
        return this;
    }

    /**
     * Adds level curves.
     *
     * @param name for the legend
     * @param field the function; not drawn where it is not finite
     * @param levels its values on the curves; if none are given nine are chosen, closer where the function is low
     * @return this
     */
    public FieldPanel contours(String name, ScalarField field, double... levels) {
        Contours contours = new Contours(field, data);
        List<double[][]> curves = new ArrayList<>();
        for (double level : levels.length > 0 ? levels : contours.automaticLevels(LEVELS)) {
            curves.addAll(contours.at(level));
        }
        layers.add(new ContourLayer(name, curves));
        return this;
    }

    /**
     * Adds evenly spaced streamlines with arrow heads. The width of a line is proportional to the magnitude of the field,
     * up to a magnitude that 2 % of the rectangle exceed and down to a hairline.
     *
     * @param name for the legend
     * @param field two components
     * @return this
     */
    public FieldPanel streamlines(String name, VectorField field) {
        layers.add(new StreamlineLayer(name, field, Double.NaN));
        return this;
    }

    /**
     * Adds evenly spaced streamlines on a given scale of widths, so that panels can be compared.
     *
     * @param name for the legend
     * @param field two components
     * @param full magnitude from which on lines have their full width; positive
     * @return this
     */
    public FieldPanel streamlines(String name, VectorField field, double full) {
        if (!(full > 0.0)) {
            throw new IllegalArgumentException("full must be positive, got " + full);
        }
        layers.add(new StreamlineLayer(name, field, full));
        return this;
    }

    /**
     * Adds arrows on a lattice. Their length is proportional to the magnitude of the field, the longest nearly the
     * spacing; none is drawn where it would be a speck.
     *
     * @param name for the legend
     * @param field two components
     * @return this
     */
    public FieldPanel arrows(String name, VectorField field) {
        layers.add(new ArrowLayer(name, field));
        return this;
    }

    /**
     * Adds curves, such as orbits, all drawn alike.
     *
     * @param name for the legend
     * @param curves coordinates {x₁, x₂} of each, two arrays of equal length
     * @return this
     */
    public FieldPanel curves(String name, List<double[][]> curves) {
        // One line with a gap after each piece.
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (double[][] curve : curves) {
            requireSameLength(curve[0], curve[1], "y");
            for (int i = 0; i < curve[0].length; i++) {
                x.add(curve[0][i]);
                y.add(curve[1][i]);
            }
            x.add(Double.NaN);
            y.add(Double.NaN);
        }
        layers.add(new LineLayer(
                name,
                x.stream().mapToDouble(Double::doubleValue).toArray(),
                y.stream().mapToDouble(Double::doubleValue).toArray(),
                series++));
        return this;
    }

    /**
     * Adds markers; each call has a shape and colour of its own.
     *
     * @param name for the legend
     * @param points one {x₁, x₂} for each marker
     * @return this
     */
    public FieldPanel points(String name, double[]... points) {
        double[] x = new double[points.length];
        double[] y = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            x[i] = points[i][0];
            y[i] = points[i][1];
        }
        layers.add(new PointLayer(name, x, y, new double[x.length], series++));
        return this;
    }

    /**
     * Adds a line through points.
     *
     * @param name for the legend
     * @param x first coordinates
     * @param y second coordinates, as many
     * @return this
     */
    public FieldPanel line(String name, double[] x, double[] y) {
        return curves(name, List.<double[][]>of(new double[][] {x, y}));
    }

    /**
     * Adds red dots.
     *
     * @param name for the legend
     * @param points one {x₁, x₂} for each dot
     * @return this
     */
    public FieldPanel dots(String name, double[]... points) {
        layers.add(new DotLayer(name, points.clone()));
        return this;
    }

    /**
     * Adds open rings, wide enough to show a dot within.
     *
     * @param name for the legend
     * @param points one {x₁, x₂} for each ring
     * @return this
     */
    public FieldPanel rings(String name, double[]... points) {
        layers.add(new RingLayer(name, points.clone()));
        return this;
    }

    @Override
    void paint(Graphics2D g, Rectangle2D area) {
        ValueAxis horizontal = new DecimalAxis(xLabel, data.getMinX(), data.getMaxX());
        ValueAxis vertical = new DecimalAxis(yLabel, data.getMinY(), data.getMaxY());
        Frame frame = new Frame(horizontal, vertical, false);
        double barSpace = heatMap == null ? 0.0 : BAR_SPACE;
        Rectangle2D room =
                new Rectangle2D.Double(area.getX(), area.getY(), area.getWidth() - barSpace, area.getHeight());
        Rectangle2D fitted = equalUnits(g, frame, room);
        Rectangle2D shown = frame.paint(g, fitted, layers);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1f));
        g.draw(shown);
        if (heatMap != null) {
            colourBar(g, heatMap, fitted.getMaxX() + BAR_GAP, shown);
        }
    }

    /** Shrinks the room until the data area has the proportions of the data; what is spare goes below and to the sides. */
    private Rectangle2D equalUnits(Graphics2D target, Frame frame, Rectangle2D room) {
        BufferedImage scratch = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = scratch.createGraphics();
        g.setTransform(target.getTransform());
        g.setRenderingHints(target.getRenderingHints());
        Rectangle2D fitted = room;
        // Two rounds, as the labels may change with the size of the area.
        for (int round = 0; round < 2; round++) {
            Rectangle2D shown = frame.measure(g, fitted, layers);
            double scale = Math.min(shown.getWidth() / data.getWidth(), shown.getHeight() / data.getHeight());
            double width = fitted.getWidth() - (shown.getWidth() - scale * data.getWidth());
            double height = fitted.getHeight() - (shown.getHeight() - scale * data.getHeight());
            fitted = new Rectangle2D.Double(room.getX() + 0.5 * (room.getWidth() - width), room.getY(), width, height);
        }
        g.dispose();
        return fitted;
    }

    private void colourBar(Graphics2D g, HeatMapLayer map, double left, Rectangle2D beside) {
        Rectangle2D bar = new Rectangle2D.Double(left, beside.getY(), BAR_WIDTH, beside.getHeight());
        int steps = (int) (PIXELS_PER_UNIT * bar.getHeight());
        double step = bar.getHeight() / steps;
        for (int i = 0; i < steps; i++) {
            g.setColor(new Color(map.colours().applyAsInt((i + 0.5) / steps)));
            // Slightly overlapping, against seams.
            double top = bar.getMaxY() - (i + 1) * step;
            g.fill(new Rectangle2D.Double(left, top, BAR_WIDTH, Math.min(2 * step, bar.getMaxY() - top)));
        }
        DecimalAxis axis = new DecimalAxis(heatLabel, map.low(), map.high());
        // Read from below, as the label of the vertical axis is.
        axis.setLabelAngle(Math.PI);
        axis.draw(g, bar.getMaxX(), bar, bar, RectangleEdge.RIGHT, null);
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1f));
        g.draw(bar);
    }
}
