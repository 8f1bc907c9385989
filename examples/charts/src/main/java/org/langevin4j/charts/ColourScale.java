package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.ui.RectangleEdge;

/**
 * From numbers to colours; panels beside each other with equal scales have one colour bar.
 *
 * @param low value of the first colour
 * @param high value of the last colour
 * @param signed whether the colours are those about zero
 * @param label of the colour bar
 */
record ColourScale(double low, double high, boolean signed, String label) {

    /** What a colour bar takes beside the data area. */
    static final double SPACE = 90;

    private static final double WIDTH = 14;
    private static final double GAP = 14;
    private static final int STEPS_PER_UNIT = 2;

    /** Refuses an empty range. */
    ColourScale {
        if (!(low < high)) {
            throw new IllegalArgumentException("heat map must have a range, got [" + low + ", " + high + "]");
        }
    }

    /** 0xRRGGBB; clipped beyond the ends. */
    int rgb(double value) {
        return colour((value - low) / (high - low));
    }

    private int colour(double fraction) {
        return signed ? ColourMap.signed(fraction) : ColourMap.rgb(fraction);
    }

    /** Draws the colour bar to the right of a data area, as high as it is. */
    void paint(Graphics2D g, Rectangle2D beside) {
        Rectangle2D bar = new Rectangle2D.Double(beside.getMaxX() + GAP, beside.getY(), WIDTH, beside.getHeight());
        int steps = (int) (STEPS_PER_UNIT * bar.getHeight());
        double step = bar.getHeight() / steps;
        for (int i = 0; i < steps; i++) {
            g.setColor(new Color(colour((i + 0.5) / steps)));
            // Slightly overlapping, against seams.
            double top = bar.getMaxY() - (i + 1) * step;
            g.fill(new Rectangle2D.Double(bar.getX(), top, WIDTH, Math.min(2 * step, bar.getMaxY() - top)));
        }
        AxisState state = new DecimalAxis(low, high).draw(g, bar.getMaxX(), bar, bar, RectangleEdge.RIGHT, null);
        Font font = Typeface.plain(Style.AXIS_LABEL);
        List<String> lines = Text.wrap(label, font, bar.getHeight());
        Text.writeUpwards(g, lines, font, state.getCursor(), bar.getCenterY());
        g.setColor(Style.INK);
        g.setStroke(new BasicStroke(1f));
        g.draw(bar);
    }
}
