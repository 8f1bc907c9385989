package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;

/** Something drawn over the data area of a panel. */
interface Layer {

    /** Draws it; the graphics are clipped about the data area. */
    void paint(Graphics2D g, PanelProjection to);

    /** How far it may reach out of the data area, so that a marker on its edge is whole. */
    default double beyond() {
        return 0.0;
    }

    /** How many of its points lie in a box of the drawing, which a label had better avoid. */
    default int pointsWithin(Rectangle2D box, PanelProjection to) {
        return 0;
    }

    /** Draws what lies over all layers, covers few of their points and no box that is taken; adds its own boxes. */
    default void paintLabels(Graphics2D g, PanelProjection to, List<Layer> all, List<Rectangle2D> taken) {}

    /** Its line in the legend. */
    default Optional<LegendEntry> legend() {
        return Optional.empty();
    }

    /** What its error bars are, if it has any. */
    default Optional<LegendEntry> bars() {
        return Optional.empty();
    }

    /** The same in another look. */
    default Layer with(Look look) {
        return this;
    }
}
