package org.langevin4j.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Entries in centred rows. JFreeChart's own legend does not centre the rows it wraps. */
final class Legend {

    private static final double ROW_HEIGHT = 20;
    private static final double GAP = 7;
    private static final double BETWEEN = 20;

    private final Font font = Typeface.plain(Style.TICK_LABEL);
    private final Graphics2D g;
    private final List<List<LegendEntry>> rows = new ArrayList<>();

    /** Breaks the entries into rows. */
    Legend(Graphics2D g, List<LegendEntry> entries, double width) {
        this.g = g;
        for (LegendEntry entry : entries) {
            List<LegendEntry> longer = new ArrayList<>();
            if (!rows.isEmpty()) {
                longer.addAll(rows.get(rows.size() - 1));
            }
            longer.add(entry);
            if (rows.isEmpty() || width(longer) > width) {
                rows.add(new ArrayList<>(List.of(entry)));
            } else {
                rows.set(rows.size() - 1, longer);
            }
        }
    }

    double height() {
        return rows.isEmpty() ? 0.0 : rows.size() * ROW_HEIGHT + 4;
    }

    /** Draws the rows about the centre of the area, from its top down. */
    void paint(Rectangle2D area) {
        double middle = area.getY() + 4 + 0.5 * ROW_HEIGHT;
        for (List<LegendEntry> row : rows) {
            double left = area.getCenterX() - 0.5 * width(row);
            for (LegendEntry entry : row) {
                Graphics2D own = (Graphics2D) g.create();
                own.translate(left + 0.5 * entry.width(), middle);
                entry.sample().accept(own);
                own.dispose();
                g.setFont(font);
                g.setColor(Style.INK);
                g.drawString(
                        entry.name(), (float) (left + entry.width() + GAP), (float) (middle + 0.36 * font.getSize2D()));
                left += width(entry) + BETWEEN;
            }
            middle += ROW_HEIGHT;
        }
    }

    private double width(List<LegendEntry> row) {
        return row.stream().mapToDouble(this::width).sum() + (row.size() - 1) * BETWEEN;
    }

    private double width(LegendEntry entry) {
        return entry.width()
                + GAP
                + font.getStringBounds(entry.name(), g.getFontRenderContext()).getWidth();
    }
}
