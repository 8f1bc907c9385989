package org.langevin4j.charts;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;

/** Lines of text about a centre. */
final class Text {

    private static final double LINE_SPACING = 1.3;
    private static final FontRenderContext FRACTIONAL = new FontRenderContext(null, true, true);

    private Text() {}

    /** As few lines as the width allows, of nearly equal length; formulas are not broken at their signs. */
    static List<String> wrap(String text, Font font, double width) {
        String[] words = text.trim()
                .replaceAll(" ([=−+]) ", "\u00a0$1\u00a0")
                .replaceAll("(\\d), (\\d)", "$1,\u00a0$2")
                .split(" +", -1);
        List<String> lines = fill(words, font, width);
        for (double narrower = 0.95 * width; narrower > 0.3 * width; narrower -= 0.05 * width) {
            List<String> even = fill(words, font, narrower);
            if (even.size() > lines.size()) {
                break;
            }
            lines = even;
        }
        return lines;
    }

    private static List<String> fill(String[] words, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : words) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, font) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }

    static double width(String text, Font font) {
        return font.getStringBounds(text, FRACTIONAL).getWidth();
    }

    /** Of all lines with the space below them. */
    static double height(List<String> lines, Font font) {
        return lines.isEmpty() ? 0 : lines.size() * font.getSize2D() * LINE_SPACING + 6;
    }

    /** Draws the lines from the top down. */
    static void write(Graphics2D g, List<String> lines, Font font, double centre, double top) {
        g.setFont(font);
        g.setColor(Style.INK);
        double baseline = top + font.getSize2D();
        for (String line : lines) {
            g.drawString(line, (float) (centre - width(line, font) / 2), (float) baseline);
            baseline += font.getSize2D() * LINE_SPACING;
        }
    }

    /** Draws the lines read from below, the first from a left edge on. */
    static void writeUpwards(Graphics2D g, List<String> lines, Font font, double left, double middle) {
        Graphics2D own = (Graphics2D) g.create();
        own.translate(left, middle);
        own.rotate(-0.5 * Math.PI);
        write(own, lines, font, 0, 0);
        own.dispose();
    }
}
