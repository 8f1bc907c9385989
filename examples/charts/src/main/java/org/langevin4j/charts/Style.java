package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.IntFunction;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** Sizes, colours, dashes and markers that all charts share. Lengths are in units of the drawing, two pixels each. */
final class Style {

    static final double FIGURE_TITLE = 18;
    static final double PANEL_TITLE = 14;
    static final double AXIS_LABEL = 14;
    static final double TICK_LABEL = 13;

    private static final int FEWEST_LABELS = 2;
    private static final int MOST_LABELS = 9;

    static final Color INK = new Color(0x222222);
    static final Color GRID = new Color(0xE4E4E4);
    static final Color RED = new Color(0xD7191C);
    static final Color CONTOUR = new Color(0x0072B2);
    static final Color STREAM = new Color(0x3A3A3A);
    static final Color HALO = new Color(255, 255, 255, 170);

    /** Okabe and Ito's palette without its yellow, which is too light for a line on white. */
    private static final Color[] PALETTE = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x000000),
        new Color(0xE69F00),
        new Color(0x56B4E9)
    };

    private static final float[][] DASHES = {{}, {8, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}, {5, 2}, {2, 6}};

    private Style() {}

    static Color colour(int series) {
        return PALETTE[series % PALETTE.length];
    }

    /** The colour mixed with white, opaque, so that what lies over it stays legible. */
    static Color tint(int series) {
        Color c = colour(series);
        return new Color(pale(c.getRed()), pale(c.getGreen()), pale(c.getBlue()));
    }

    private static int pale(int component) {
        return (component + 2 * 255) / 3;
    }

    static Stroke line(int series) {
        float[] dash = DASHES[series % DASHES.length];
        return dash.length == 0
                ? new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
    }

    /** A marker about the origin. */
    static Shape marker(int series, double size) {
        double r = size / 2;
        return switch (series % 5) {
            case 0 -> new Ellipse2D.Double(-r, -r, size, size);
            case 1 -> new Rectangle2D.Double(-0.9 * r, -0.9 * r, 1.8 * r, 1.8 * r);
            case 2 -> polygon(0, -1.2 * r, 1.15 * r, 0.9 * r, -1.15 * r, 0.9 * r);
            case 3 -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
            default -> polygon(0, 1.2 * r, 1.15 * r, -0.9 * r, -1.15 * r, -0.9 * r);
        };
    }

    static Path2D polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** Antialiasing, and positions that are not rounded to pixels. */
    static void prepare(Graphics2D g) {
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    }

    static void apply(ValueAxis axis) {
        axis.setTickLabelFont(Typeface.plain(TICK_LABEL));
        axis.setTickLabelPaint(INK);
        axis.setTickMarkPaint(INK);
        axis.setAxisLinePaint(INK);
        axis.setAutoTickUnitSelection(false);
        axis.setMinorTickMarksVisible(true);
        axis.setTickMarkOutsideLength(4f);
        axis.setMinorTickMarkOutsideLength(2f);
        axis.setTickLabelInsets(new RectangleInsets(4, 7, 2, 7));
    }

    /** As many ticks as the axis has room for. */
    static List<NumberTick> ticks(
            IntFunction<List<Ticks.Tick>> atMost, Graphics2D g, Rectangle2D area, RectangleEdge edge) {
        boolean level = RectangleEdge.isTopOrBottom(edge);
        TextAnchor anchor = level
                ? TextAnchor.TOP_CENTER
                : edge.equals(RectangleEdge.LEFT) ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT;
        double length = level ? area.getWidth() : area.getHeight();
        List<Ticks.Tick> ticks = atMost.apply(FEWEST_LABELS);
        for (int most = MOST_LABELS; most > FEWEST_LABELS; most--) {
            List<Ticks.Tick> more = atMost.apply(most);
            if (needed(more, g, level) <= length) {
                ticks = more;
                break;
            }
        }
        return ticks.stream()
                .map(tick -> new NumberTick(
                        tick.label().isEmpty() ? TickType.MINOR : TickType.MAJOR,
                        tick.value(),
                        tick.label(),
                        anchor,
                        anchor,
                        0.0))
                .toList();
    }

    private static double needed(List<Ticks.Tick> ticks, Graphics2D g, boolean level) {
        Font font = Typeface.plain(TICK_LABEL);
        int labels = 0;
        double widest = 0.0;
        for (Ticks.Tick tick : ticks) {
            if (!tick.label().isEmpty()) {
                labels++;
                widest = Math.max(
                        widest,
                        font.getStringBounds(tick.label(), g.getFontRenderContext())
                                .getWidth());
            }
        }
        return labels * (level ? Math.max(widest + 18, 42) : 24);
    }
}
