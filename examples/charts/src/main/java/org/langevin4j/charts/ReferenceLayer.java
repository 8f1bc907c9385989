package org.langevin4j.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A thin line across the data area at one value, with a label beside it where it covers the fewest points.
 *
 * @param value where
 * @param label may be empty
 * @param upright whether the value is one of the horizontal axis
 * @param others layers whose points the label should not cover
 */
record ReferenceLayer(double value, String label, boolean upright, List<Layer> others) implements Layer {

    private static final double GAP = 4;

    @Override
    public void paint(Graphics2D g, PanelProjection to) {
        Rectangle2D area = to.area();
        double at = upright ? to.x(value) : to.y(value);
        if (!Double.isFinite(at)) {
            return;
        }
        g.setColor(new Color(0x666666));
        g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {4, 3}, 0f));
        g.draw(
                upright
                        ? new Line2D.Double(at, area.getMinY(), at, area.getMaxY())
                        : new Line2D.Double(area.getMinX(), at, area.getMaxX(), at));
        if (label.isEmpty()) {
            return;
        }
        Font font = Typeface.plain(Style.TICK_LABEL);
        Rectangle2D text = font.getStringBounds(label, g.getFontRenderContext());
        Rectangle2D box = places(at, text.getWidth() + 4, text.getHeight(), area)
                .filter(area::contains)
                .min(Comparator.comparingInt(place -> others.stream()
                        .mapToInt(layer -> layer.pointsWithin(place, to))
                        .sum()))
                .orElse(new Rectangle2D.Double(at, area.getMinY(), text.getWidth() + 4, text.getHeight()));
        g.setColor(new Color(255, 255, 255, 215));
        g.fill(box);
        g.setColor(Style.INK);
        g.setFont(font);
        g.drawString(label, (float) (box.getX() + 2), (float) (box.getY() - text.getY()));
    }

    /** Boxes beside the line, the most usual first. */
    private Stream<Rectangle2D> places(double at, double width, double height, Rectangle2D area) {
        double right = area.getMaxX() - width - GAP;
        double left = area.getMinX() + GAP;
        double top = area.getMinY() + GAP;
        double bottom = area.getMaxY() - height - GAP;
        double above = at - height - 1;
        double below = at + 1;
        double after = at + GAP;
        double before = at - GAP - width;
        double[][] corners = upright
                ? new double[][] {{after, top}, {before, top}, {after, bottom}, {before, bottom}}
                : new double[][] {{right, above}, {left, above}, {right, below}, {left, below}};
        return Arrays.stream(corners).map(corner -> new Rectangle2D.Double(corner[0], corner[1], width, height));
    }
}
