package org.langevin4j.charts;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.field.VectorField;

/**
 * Fields on a rectangle of the plane, one unit of length equally long on both axes unless told otherwise. What is added first is drawn first.
 * A layer with an empty name is not in the legend.
 */
public final class FieldPanel extends Panel {

    private static final int LEVELS = 9;

    /** Functions are sampled at as many points of each axis for their range and for files. */
    private static final int SAMPLES = 201;

    private final Rectangle2D rectangle;
    private final List<FieldData> fields = new ArrayList<>();
    private String xLabel = "x₁";
    private String yLabel = "x₂";
    private boolean freeAspect;
    private @Nullable HeatMapLayer heatMap;

    /** Contours have the first colour. */
    private int series = 1;

    private FieldPanel(String title, Rectangle2D rectangle) {
        super(title);
        this.rectangle = rectangle;
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
     * Lets the axes have units of different lengths, for quantities that cannot be compared.
     *
     * @return this
     */
    public FieldPanel freeAspect() {
        freeAspect = true;
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
        keep(grid, density::value);
        return heatMap(
                (x, y) -> {
                    int cell = grid.cellOf(x, y);
                    return cell < 0 ? Double.NaN : density.value(cell);
                },
                new ColourScale(0.0, high, false, label));
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
        return heatMap(function, new ColourScale(-high, high, true, label));
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
        return heatMap(function, new ColourScale(0.0, high, false, label));
    }

    private FieldPanel heatMap(CellFunction function, ColourScale scale) {
        if (function.grid().dimension() != 2) {
            throw new IllegalArgumentException(
                    "function must have 2 axes, got " + function.grid().dimension());
        }
        keep(function.grid(), function::value);
        return heatMap((x, y) -> function.at(x, y), scale);
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
        FieldData samples = samples("heatmap", field);
        for (double value : samples.values[0]) {
            extent.include(value);
        }
        fields.add(samples);
        double[] range = extent.linear(0.0);
        return heatMap((x, y) -> field.at(new double[] {x, y}), new ColourScale(range[0], range[1], false, label));
    }

    private FieldPanel heatMap(DoubleBinaryOperator value, ColourScale scale) {
        if (heatMap != null) {
            throw new IllegalArgumentException("a panel can have one heat map");
        }
        heatMap = new HeatMapLayer(value, scale);
        layers.add(heatMap);
        return this;
    }

    /** The numbers of cells, for files. */
    private void keep(Grid grid, IntToDoubleFunction value) {
        Axis x = grid.axis(0);
        Axis y = grid.axis(1);
        double[] values = new double[grid.cells()];
        for (int i = 0; i < x.cells(); i++) {
            for (int j = 0; j < y.cells(); j++) {
                values[i * y.cells() + j] = value.applyAsDouble(i * grid.stride(0) + j * grid.stride(1));
            }
        }
        fields.add(new FieldData(
                "heatmap",
                IntStream.range(0, x.cells()).mapToDouble(x::centre).toArray(),
                IntStream.range(0, y.cells()).mapToDouble(y::centre).toArray(),
                values));
    }

    private FieldData samples(String kind, ScalarField field) {
        return samples(kind, 1, (x, out) -> out[0] = field.at(x));
    }

    /** Values on a lattice that includes the edges of the rectangle. */
    private FieldData samples(String kind, int components, VectorField field) {
        double[] x = new double[SAMPLES];
        double[] y = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            x[i] = rectangle.getX() + rectangle.getWidth() * i / (SAMPLES - 1);
            y[i] = rectangle.getY() + rectangle.getHeight() * i / (SAMPLES - 1);
        }
        double[][] values = new double[components][SAMPLES * SAMPLES];
        double[] out = new double[components];
        for (int k = 0; k < SAMPLES * SAMPLES; k++) {
            field.at(new double[] {x[k / SAMPLES], y[k % SAMPLES]}, out);
            for (int c = 0; c < components; c++) {
                values[c][k] = out[c];
            }
        }
        return new FieldData(kind, x, y, values);
    }

    /**
     * Adds level curves, each with its level where there is room; dashed if there are streamlines too.
     *
     * @param name for the legend
     * @param field the function; not drawn where it is not finite
     * @param levels its values on the curves; if none are given nine of two digits are chosen, closer where the function is low
     * @return this
     */
    public FieldPanel contours(String name, ScalarField field, double... levels) {
        Contours contours = new Contours(field, rectangle);
        List<ContourLayer.Level> curves = new ArrayList<>();
        for (double level : levels.length > 0 ? levels : contours.automaticLevels(LEVELS)) {
            curves.add(new ContourLayer.Level(level, contours.at(level)));
        }
        layers.add(new ContourLayer(name, curves, false));
        fields.add(samples("contours", field));
        return this;
    }

    /**
     * Adds evenly spaced streamlines with arrow heads. The width of a line is proportional to the magnitude of the field,
     * down to a hairline and up to a magnitude that 2 % of the rectangle exceed, the largest such of all panels of the figure.
     * The legend has the key.
     *
     * @param name for the legend
     * @param field two components
     * @return this
     */
    public FieldPanel streamlines(String name, VectorField field) {
        layers.add(new StreamlineLayer(name, field, Streamlines.fastSpeed(field, rectangle)));
        fields.add(samples("streamlines", 2, field));
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
        fields.add(samples("arrows", 2, field));
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
        series(
                name,
                x.stream().mapToDouble(Double::doubleValue).toArray(),
                y.stream().mapToDouble(Double::doubleValue).toArray(),
                (u, v) -> new LineLayer(name, u, v, nextLook()));
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
        series(name, points, (x, y) -> new PointLayer(name, x, y, null, nextLook()));
        return this;
    }

    private void series(String name, double[][] points, BiFunction<double[], double[], Layer> layer) {
        series(
                name,
                Arrays.stream(points).mapToDouble(point -> point[0]).toArray(),
                Arrays.stream(points).mapToDouble(point -> point[1]).toArray(),
                layer);
    }

    private void series(String name, double[] x, double[] y, BiFunction<double[], double[], Layer> layer) {
        layers.add(layer.apply(x, y));
        data.add(new Series(name, x, y, null));
    }

    private Look nextLook() {
        Look look = new Look(series, series);
        series++;
        return look;
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
        series(name, points, (x, y) -> new MarkLayer(name, x, y, false));
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
        series(name, points, (x, y) -> new MarkLayer(name, x, y, true));
        return this;
    }

    @Override
    List<FieldData> fields() {
        return fields;
    }

    @Override
    Frame frame() {
        return new Frame(
                new DecimalAxis(rectangle.getMinX(), rectangle.getMaxX()),
                new DecimalAxis(rectangle.getMinY(), rectangle.getMaxY()),
                xLabel,
                yLabel,
                false);
    }

    @Override
    double aspect() {
        return freeAspect ? Double.NaN : rectangle.getHeight() / rectangle.getWidth();
    }

    @Override
    Optional<ColourScale> colourScale() {
        return Optional.ofNullable(heatMap).map(HeatMapLayer::scale);
    }

    @Override
    double fullWidth() {
        return layers.stream()
                .mapToDouble(layer -> layer instanceof StreamlineLayer lines ? lines.full() : 0.0)
                .max()
                .orElse(0.0);
    }

    @Override
    List<Layer> layers(double fullWidth) {
        boolean streamlines = layers.stream().anyMatch(StreamlineLayer.class::isInstance);
        List<Layer> shown = new ArrayList<>();
        for (Layer layer : layers) {
            if (layer instanceof StreamlineLayer lines) {
                shown.add(new StreamlineLayer(lines.name(), lines.field(), fullWidth));
            } else if (layer instanceof ContourLayer contours) {
                shown.add(new ContourLayer(contours.name(), contours.levels(), streamlines));
            } else {
                shown.add(layer);
            }
        }
        return shown;
    }
}
