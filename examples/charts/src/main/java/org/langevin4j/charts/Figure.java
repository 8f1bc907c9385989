package org.langevin4j.charts;

import java.awt.Dimension;
import java.awt.Graphics2D;
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
     * Sets the size of each panel with its axes, without title and legend; 500×440 unless set. A figure that would be wider than 936 has
     * its panels made smaller in proportion, so that all type is at least 7 pt high on a page of 178 mm. The PNG has twice as many pixels.
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
     * Writes the numbers behind lines, markers and histograms as CSV, one row a point: panel, series, x, y, error and what the error is,
     * such as one standard error. Numbers have all their digits; what has no error leaves both empty.
     *
     * @param file ends in {@code .csv}; replaced if it exists
     * @return whether there was anything to write; a figure of nothing but fields has no such numbers
     * @throws IOException if the file cannot be written
     */
    public boolean writeDataTo(Path file) throws IOException {
        StringBuilder text = new StringBuilder("panel,series,x,y,error,error is\n");
        int header = text.length();
        for (Panel panel : panels()) {
            for (Series one : panel.data) {
                append(text, panel.title(), one);
            }
        }
        if (text.length() > header) {
            AtomicFile.write(file, text.toString());
        }
        return text.length() > header;
    }

    /**
     * Writes the fields behind heat maps, contours, streamlines and arrows for NumPy. Array {@code p1_f2_heatmap} holds the second field
     * of the first panel by its first and second coordinate, which are in {@code p1_f2_x1} and {@code p1_f2_x2}; a vector field
     * has its component as first index. What is not defined is NaN.
     *
     * @param file ends in {@code .npz}; replaced if it exists
     * @return whether there was anything to write
     * @throws IOException if the file cannot be written
     */
    public boolean writeFieldsTo(Path file) throws IOException {
        NpzFile arrays = new NpzFile();
        boolean any = false;
        List<Panel> panels = panels();
        for (int p = 0; p < panels.size(); p++) {
            List<FieldData> fields = panels.get(p).fields();
            for (int f = 0; f < fields.size(); f++) {
                fields.get(f).addTo(arrays, "p" + (p + 1) + "_f" + (f + 1) + "_");
                any = true;
            }
        }
        byte[] bytes = arrays.finish();
        if (any) {
            AtomicFile.write(file, out -> out.write(bytes));
        }
        return any;
    }

    private List<Panel> panels() {
        return rows.stream().flatMap(List::stream).toList();
    }

    private static void append(StringBuilder text, String panel, Series one) {
        Bars bars = one.bars;
        for (int i = 0; i < one.x.length; i++) {
            text.append(quoted(panel)).append(',').append(quoted(one.name)).append(',');
            text.append(one.x[i]).append(',').append(one.y[i]).append(',');
            text.append(bars == null ? "," : bars.error[i] + "," + quoted(bars.meaning))
                    .append('\n');
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The figure as a PNG file in memory. */
    byte[] png() throws IOException {
        FigureLayout layout = layout();
        BufferedImage image = new BufferedImage(
                (int) Math.ceil(SCALE * layout.width),
                (int) Math.ceil(SCALE * layout.height),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.scale(SCALE, SCALE);
            layout.paint(g);
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
        FigureLayout layout = layout();
        Document document = GenericDOMImplementation.getDOMImplementation()
                .createDocument("http://www.w3.org/2000/svg", "svg", null);
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("Langevin4j");
        context.setGenericImageHandler(new SimpleImageHandler(new EmbeddedPicture()));
        SVGGraphics2D g = new SVGGraphics2D(context, true);
        g.setSVGCanvasSize(new Dimension((int) Math.ceil(layout.width), (int) Math.ceil(layout.height)));
        layout.paint(g);
        StringWriter text = new StringWriter();
        g.stream(text, true);
        // A reader would fetch the document type from elsewhere.
        return text.toString().replaceFirst("<!DOCTYPE[^>]*>\\s*", "").getBytes(StandardCharsets.UTF_8);
    }

    private FigureLayout layout() {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a figure must have at least one panel");
        }
        return new FigureLayout(title, rows, panelWidth, panelHeight);
    }
}
