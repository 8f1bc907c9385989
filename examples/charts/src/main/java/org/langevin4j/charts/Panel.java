package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** One chart of a figure. */
public abstract sealed class Panel permits XyPanel, FieldPanel {

    private final String title;

    Panel(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The numbers behind what is drawn; none of a picture of fields. */
    List<Series> data() {
        return List.of();
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
