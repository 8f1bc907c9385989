package org.langevin4j.examples.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/** One chart of a figure. */
public abstract sealed class Panel permits XyPanel, FieldPanel {

    private final String title;

    Panel(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Draws the chart, without its title, into the area. */
    abstract void paint(Graphics2D g, Rectangle2D area);

    static void requireSameLength(double[] x, double[] y, String other) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "x and " + other + " must have the same length, got " + x.length + " and " + y.length);
        }
    }
}
