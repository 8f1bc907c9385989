package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A line of the legend.
 *
 * @param name text
 * @param look equal for samples that look alike
 * @param width of the sample
 * @param sample draws it about the origin
 */
record LegendEntry(String name, Object look, double width, Consumer<Graphics2D> sample) {

    static Optional<LegendEntry> line(String name, Color colour, Stroke stroke) {
        return of(name, List.of(colour, stroke), 30, g -> {
            g.setColor(colour);
            g.setStroke(stroke);
            g.draw(new Line2D.Double(-15, 0, 15, 0));
        });
    }

    /** A marker or a filled box. */
    static Optional<LegendEntry> shape(String name, Object look, Shape shape, Color fill, Color outline) {
        return of(name, look, shape.getBounds2D().getWidth(), g -> {
            g.setColor(fill);
            g.fill(shape);
            g.setColor(outline);
            g.setStroke(new BasicStroke(1f));
            g.draw(shape);
        });
    }

    /** Nothing if the name is empty. */
    static Optional<LegendEntry> of(String name, Object look, double width, Consumer<Graphics2D> sample) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new LegendEntry(name, look, width, sample));
    }
}
