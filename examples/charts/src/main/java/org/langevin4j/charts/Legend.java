package org.langevin4j.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Entries in centred rows. JFreeChart's own legend does not centre the rows it wraps. */
final class Legend {

    private static final double LINE = 17;
    private static final double ROW_GAP = 3;
    private static final double GAP = 7;
    private static final double BETWEEN = 20;

    private final Font font = Typeface.plain(Style.TICK_LABEL);
    private final List<List<Item>> rows = new ArrayList<>();

    /** An entry with its name in lines. */
    private record Item(LegendEntry entry, List<String> lines, double width) {}

    /** Breaks the entries into rows. */
    Legend(List<LegendEntry> entries, double width) {
        double left = 0.0;
        for (LegendEntry entry : entries) {
            Item item = item(entry, width);
            if (rows.isEmpty() || left + BETWEEN + item.width > width) {
                rows.add(new ArrayList<>());
                left = -BETWEEN;
            }
            rows.get(rows.size() - 1).add(item);
            left += BETWEEN + item.width;
        }
    }

    private Item item(LegendEntry entry, double width) {
        List<String> lines = Text.wrap(entry.name(), font, width - entry.width() - GAP);
        double text =
                lines.stream().mapToDouble(line -> Text.width(line, font)).max().orElse(0.0);
        return new Item(entry, lines, entry.width() + GAP + text);
    }

    double height() {
        return rows.isEmpty()
                ? 0.0
                : 4 + rows.stream().mapToDouble(Legend::height).sum();
    }

    private static double height(List<Item> row) {
        return ROW_GAP
                + LINE * row.stream().mapToInt(item -> item.lines.size()).max().orElse(0);
    }

    /** Draws the rows about the centre of the area, from its top down. */
    void paint(Graphics2D g, Rectangle2D area) {
        double top = area.getY() + 4;
        for (List<Item> row : rows) {
            double width = row.stream().mapToDouble(Item::width).sum() + (row.size() - 1) * BETWEEN;
            double left = area.getCenterX() - 0.5 * width;
            for (Item item : row) {
                Graphics2D own = (Graphics2D) g.create();
                own.translate(left + 0.5 * item.entry.width(), top + 0.5 * LINE);
                item.entry.sample().accept(own);
                own.dispose();
                g.setFont(font);
                g.setColor(Style.INK);
                double baseline = top + 0.5 * LINE + 0.36 * font.getSize2D();
                for (String line : item.lines) {
                    g.drawString(line, (float) (left + item.entry.width() + GAP), (float) baseline);
                    baseline += LINE;
                }
                left += item.width + BETWEEN;
            }
            top += height(row);
        }
    }
}
