package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Optional;

/** Something drawn over the data area of a panel. */
interface Layer {

    /** Draws it; the graphics are clipped to the data area. */
    void paint(Graphics2D g, PanelProjection to);

    /** How many of its points lie in a box of the drawing, which a label had better avoid. */
    default int pointsWithin(Rectangle2D box, PanelProjection to) {
        return 0;
    }

    /** Its line in the legend. */
    default Optional<LegendEntry> legend() {
        return Optional.empty();
    }
}
