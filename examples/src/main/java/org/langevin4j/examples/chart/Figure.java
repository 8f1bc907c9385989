package org.langevin4j.examples.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.langevin4j.solvers.file.AtomicFile;

/** A title over rows of panels, written as PNG with two pixels to each unit of length. Not safe for several threads. */
public final class Figure {

    private static final int SCALE = 2;
    private static final double MARGIN = 14;
    private static final double LINE_SPACING = 1.3;
    private static final double ROW_GAP = 16;
    private static final double COLUMN_GAP = 12;

    private final String title;
    private final List<List<Panel>> rows = new ArrayList<>();
    private int panelWidth = 500;
    private int panelHeight = 440;

    private Figure(String title) {
        this.title = title;
    }

    /**
     * A figure without panels yet.
     *
     * @param title overall title; may be empty
     * @return the figure
     */
    public static Figure titled(String title) {
        return new Figure(title);
    }

    /**
     * Adds a row below the rows already there.
     *
     * @param panels from left to right, at least one
     * @return this
     */
    public Figure row(Panel... panels) {
        if (!(panels.length >= 1)) {
            throw new IllegalArgumentException("a row must have at least one panel");
        }
        rows.add(List.of(panels));
        return this;
    }

    /**
     * Sets the size of each panel without its title; 500×440 unless set. The PNG has twice as many pixels.
     *
     * @param width in units of length, at least 200
     * @param height in units of length, at least 150
     * @return this
     */
    public Figure panelSize(int width, int height) {
        if (!(width >= 200 && height >= 150)) {
            throw new IllegalArgumentException("panels must be at least 200×150, got " + width + "×" + height);
        }
        panelWidth = width;
        panelHeight = height;
        return this;
    }

    /**
     * Draws the figure and writes it; an existing file is replaced.
     *
     * @param file ends in {@code .png}
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        byte[] bytes = png();
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** The figure as a PNG file in memory. */
    byte[] png() throws IOException {
        BufferedImage image = image();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private BufferedImage image() {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a figure must have at least one panel");
        }
        Font titleFont = Typeface.bold(Style.FIGURE_TITLE);
        Font panelFont = Typeface.bold(Style.PANEL_TITLE);
        int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        double width = rowWidth(columns) + 2 * MARGIN;
        List<String> titleLines = wrap(title, titleFont, width - 2 * MARGIN);
        double titleHeight = height(titleLines, titleFont);

        double height = 2 * MARGIN + titleHeight + (rows.size() - 1) * ROW_GAP;
        double[] rowTitleHeights = new double[rows.size()];
        for (int r = 0; r < rowTitleHeights.length; r++) {
            for (Panel panel : rows.get(r)) {
                rowTitleHeights[r] = Math.max(
                        rowTitleHeights[r], height(wrap(panel.title(), panelFont, panelWidth - 20), panelFont));
            }
            height += rowTitleHeights[r] + panelHeight;
        }

        BufferedImage image = new BufferedImage(
                (int) Math.ceil(SCALE * width), (int) Math.ceil(SCALE * height), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, image.getWidth(), image.getHeight());
            g.scale(SCALE, SCALE);
            Style.prepare(g);
            write(g, titleLines, titleFont, width / 2, MARGIN);
            double top = MARGIN + titleHeight;
            for (int r = 0; r < rowTitleHeights.length; r++) {
                List<Panel> row = rows.get(r);
                double left = (width - rowWidth(row.size())) / 2;
                for (Panel panel : row) {
                    write(g, wrap(panel.title(), panelFont, panelWidth - 20), panelFont, left + panelWidth / 2.0, top);
                    panel.paint(g, new Rectangle2D.Double(left, top + rowTitleHeights[r], panelWidth, panelHeight));
                    left += panelWidth + COLUMN_GAP;
                }
                top += rowTitleHeights[r] + panelHeight + ROW_GAP;
            }
        } finally {
            g.dispose();
        }
        return image;
    }

    private double rowWidth(int panels) {
        return panels * panelWidth + (panels - 1) * COLUMN_GAP;
    }

    /** As few lines as the width allows, of nearly equal length; formulas are not broken at their equals sign. */
    private static List<String> wrap(String text, Font font, double width) {
        String[] words = text.trim().replace(" = ", "\u00a0=\u00a0").split(" +", -1);
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
        FontRenderContext context = new FontRenderContext(null, true, true);
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : words) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && font.getStringBounds(longer, context).getWidth() > width) {
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

    private static double height(List<String> lines, Font font) {
        return lines.isEmpty() ? 0 : lines.size() * font.getSize2D() * LINE_SPACING + 6;
    }

    private static void write(Graphics2D g, List<String> lines, Font font, double centre, double top) {
        g.setFont(font);
        g.setColor(Style.INK);
        double baseline = top + font.getSize2D();
        for (String line : lines) {
            double width = font.getStringBounds(line, g.getFontRenderContext()).getWidth();
            g.drawString(line, (float) (centre - width / 2), (float) baseline);
            baseline += font.getSize2D() * LINE_SPACING;
        }
    }
}
