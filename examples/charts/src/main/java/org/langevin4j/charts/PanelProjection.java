package org.langevin4j.charts;

import java.awt.geom.Rectangle2D;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.ui.RectangleEdge;

/**
 * From the coordinates of the data to those of the drawing.
 *
 * @param area where the data are drawn
 * @param horizontal axis below
 * @param vertical axis on the left
 */
record PanelProjection(Rectangle2D area, ValueAxis horizontal, ValueAxis vertical) {

    /** Not finite if x cannot be shown, as zero on a logarithmic axis. */
    double x(double x) {
        return horizontal.valueToJava2D(x, area, RectangleEdge.BOTTOM);
    }

    /** Not finite if y cannot be shown, as zero on a logarithmic axis. */
    double y(double y) {
        return vertical.valueToJava2D(y, area, RectangleEdge.LEFT);
    }

    /** How many of the points lie in a box of the drawing. */
    int pointsWithin(Rectangle2D box, double[] x, double[] y) {
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            if (box.contains(x(x[i]), y(y[i]))) {
                count++;
            }
        }
        return count;
    }
}
