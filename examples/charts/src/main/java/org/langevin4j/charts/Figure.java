package org.langevin4j.charts;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.batik.dom.GenericDOMImplementation;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SimpleImageHandler;
import org.langevin4j.solvers.file.AtomicFile;
import org.w3c.dom.Document;

/** A title over rows of panels, written as PNG or SVG. Not safe for several threads. */
public final class Figure {

    private static final int SCALE = 2;
    private static final double UNITS_PER_METRE = 96 / 0.0254;
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
     * Draws the figure and writes it; an existing file is replaced. A unit of length is 1/96 inch: PNG has 192 pixels an inch and says so;
     * SVG has outlines in place of letters, so that it looks the same everywhere.
     *
     * @param file ends in {@code .png} or {@code .svg}
     * @throws IOException if the file cannot be written
     */
    public void writeTo(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(".png") && !name.endsWith(".svg")) {
            throw new IllegalArgumentException("file must end in .png or .svg, got " + name);
        }
        byte[] bytes = name.endsWith(".png") ? png() : svg();
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /**
     * Writes the numbers behind lines, markers and histograms as CSV, one row a point: panel, series, x, y, error. Numbers have all their
     * digits; what has no error leaves it empty.
     *
     * @param file ends in {@code .csv}; replaced if it exists
     * @return whether there was anything to write; a figure of fields has no such numbers
     * @throws IOException if the file cannot be written
     */
    public boolean writeDataTo(Path file) throws IOException {
        StringBuilder text = new StringBuilder("panel,series,x,y,error\n");
        int header = text.length();
        for (List<Panel> row : rows) {
            for (Panel panel : row) {
                for (Series one : panel.data()) {
                    append(text, panel.title(), one);
                }
            }
        }
        if (text.length() > header) {
            AtomicFile.write(file, text.toString());
        }
        return text.length() > header;
    }

    private static void append(StringBuilder text, String panel, Series one) {
        double[] error = one.error;
        for (int i = 0; i < one.x.length; i++) {
            text.append(quoted(panel)).append(',').append(quoted(one.name)).append(',');
            text.append(one.x[i]).append(',').append(one.y[i]).append(',');
            text.append(error == null ? "" : Double.toString(error[i])).append('\n');
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The figure as a PNG file in memory. */
    byte[] png() throws IOException {
        Layout layout = layout();
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(SCALE * layout.width),
                (int) Math.ceil(SCALE * layout.height),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(SCALE, SCALE);
            paint(g, layout);
        } finally {
            g.dispose();
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(image, null, resolution(writer)));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** By PNG's own chunk; the neutral form is in millimetres or metres, depending on the Java version. */
    private static IIOMetadata resolution(ImageWriter writer) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(
                ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB), null);
        String perMetre = Long.toString(Math.round(SCALE * UNITS_PER_METRE));
        IIOMetadataNode size = new IIOMetadataNode("pHYs");
        size.setAttribute("pixelsPerUnitXAxis", perMetre);
        size.setAttribute("pixelsPerUnitYAxis", perMetre);
        size.setAttribute("unitSpecifier", "meter");
        IIOMetadataNode root = new IIOMetadataNode(metadata.getNativeMetadataFormatName());
        root.appendChild(size);
        metadata.mergeTree(metadata.getNativeMetadataFormatName(), root);
        return metadata;
    }

    /** The figure as an SVG file in memory. */
    byte[] svg() throws IOException {
        Layout layout = layout();
        Document document = GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("Langevin4j");
        context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedPicture()));
        SVGGraphics2D g = new SVGGraphics2D(context, true);
        g.setSVGCanvasSize(new Dimension((int) Math.ceil(layout.width), (int) Math.ceil(layout.height)));
        paint(g, layout);
        StringWriter text = new StringWriter();
        g.stream(text, true);
        // A reader would fetch the document type from elsewhere.
        return text.toString().replaceFirst("<!DOCTYPE[^>]*>\\s*", "").getBytes(StandardCharsets.UTF_8);
    }

    /** Where everything goes. */
    private static final class Layout {
        final List<String> titleLines;
        final double titleHeight;
        final double width;
        final double height;
        final double[] rowTitleHeights;

        Layout(List<String> titleLines, double titleHeight, double width, double height, double[] rowTitleHeights) {
            this.titleLines = titleLines;
            this.titleHeight = titleHeight;
            this.width = width;
            this.height = height;
            this.rowTitleHeights = rowTitleHeights;
        }
    }

    private Layout layout() {
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
        return new Layout(titleLines, titleHeight, width, height, rowTitleHeights);
    }

    private void paint(Graphics2D g, Layout layout) {
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, Math.ceil(layout.width), Math.ceil(layout.height)));
        Style.prepare(g);
        Font panelFont = Typeface.bold(Style.PANEL_TITLE);
        write(g, layout.titleLines, Typeface.bold(Style.FIGURE_TITLE), layout.width / 2, MARGIN);
        double top = MARGIN + layout.titleHeight;
        for (int r = 0; r < layout.rowTitleHeights.length; r++) {
            List<Panel> row = rows.get(r);
            double left = (layout.width - rowWidth(row.size())) / 2;
            for (Panel panel : row) {
                write(g, wrap(panel.title(), panelFont, panelWidth - 20), panelFont, left + panelWidth / 2.0, top);
                panel.paint(
                        g,
                        new Rectangle2D.Double(left, top + layout.rowTitleHeights[r], panelWidth, panelHeight));
                left += panelWidth + COLUMN_GAP;
            }
            top += layout.rowTitleHeights[r] + panelHeight + ROW_GAP;
        }
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
