package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import hep.aida.IHistogram1D;
import hep.aida.ref.Histogram1D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.sde.Temperature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class FigureTest {

    private static final Grid GRID = Grid.square(-3, 3, 32);

    private static Figure everything() {
        double[] x = {0, 1, 2, 3};
        double[] y = {1, 1e-2, 0, 1e-5};
        IHistogram1D histogram = new Histogram1D("x", 10, -1, 1);
        histogram.fill(0.1);
        histogram.fill(0.3);
        Density density = Density.gibbs(GRID, s -> s[0] * s[0] + s[1] * s[1], Temperature.of(1.0));
        return Figure.titled("λ = 1.5")
                .panelSize(400, 320)
                .row(
                        XyPanel.titled("lines")
                                .xAxis("t")
                                .yAxis("F")
                                .logY()
                                .line("line", x, y)
                                .points("points", x, y, new double[] {0.1, 0.1, 0.1, 0.1})
                                .horizontalLine(1e-3, "ε")
                                .verticalLine(1.5, "here"),
                        XyPanel.titled("histogram")
                                .density("density", histogram)
                                .histogram("counts", histogram))
                .row(FieldPanel.titled("field", GRID)
                        .heatMap(density, "ρ")
                        .contours("Φ", s -> s[0] * s[0] + s[1] * s[1], 1.0, 2.0)
                        .streamlines("j", (s, out) -> {
                            out[0] = -s[1];
                            out[1] = s[0];
                        })
                        .arrows("J", (s, out) -> {
                            out[0] = s[0] < 0 ? Double.NaN : -s[1];
                            out[1] = s[0];
                        })
                        .dots("mode", new double[] {0, 0})
                        .rings("rest", new double[] {0, 0}));
    }

    private static BufferedImage decode(byte[] png) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image).isNotNull();
        return image;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void hasTwoPixelsToTheUnitAndIsNotBlank() throws IOException {
        BufferedImage image = decode(everything().png());
        assertThat(image.getWidth()).isBetween(2 * 2 * 400, 2 * 2 * 400 + 150);
        assertThat(image.getHeight()).isBetween(2 * 2 * 320, 2 * 2 * 320 + 300);
        int[] pixels = pixels(image);
        assertThat(pixels[0] & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(Arrays.stream(pixels).distinct().count()).isGreaterThan(100);
        assertThat(Arrays.stream(pixels).anyMatch(p -> (p & 0xFFFFFF) == 0xD7191C))
                .isTrue();
    }

    @Test
    void sameInputGivesSameBytes() throws IOException {
        assertThat(everything().png()).isEqualTo(everything().png());
    }

    @Test
    void isWrittenToAFileAndReplacesAnOlderOne(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("figure.png"), new byte[] {1});
        everything().writeTo(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(everything().png());
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void aCircleOfTheDataIsACircleOfThePicture() throws IOException {
        Grid box = Grid.of(Axis.uniform(0, 4, 8), Axis.uniform(0, 1, 8));
        double[] u = new double[361];
        double[] v = new double[361];
        Arrays.setAll(u, k -> 1.0 + 0.4 * Math.cos(Math.toRadians(k)));
        Arrays.setAll(v, k -> 0.5 + 0.4 * Math.sin(Math.toRadians(k)));
        BufferedImage image = decode(Figure.titled("")
                .row(FieldPanel.titled("", box).heatMap(s -> s[0], "v").line("", u, v))
                .png());
        int left = Integer.MAX_VALUE;
        int right = 0;
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) == Style.colour(1).getRGB()) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        assertThat(right - left).isGreaterThan(100);
        assertThat((double) (bottom - top)).isEqualTo(right - left, within(3.0));
    }

    /** A field that is upwards in the right half and nothing in the left: heads that point up, ink on the right only. */
    @Test
    void arrowsStandWhereTheFieldIs() throws IOException {
        Grid box = Grid.of(Axis.uniform(-1, 1, 8), Axis.uniform(0, 1, 8));
        BufferedImage image = decode(Figure.titled("")
                .row(FieldPanel.titled("", box).arrows("", (s, out) -> {
                    out[0] = 0.0;
                    out[1] = s[0] > 0 ? 1.0 : 0.0;
                }))
                .png());
        int[] inRow = new int[image.getHeight()];
        int left = 0;
        int right = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                if (image.getRGB(x, y) != Style.STREAM.getRGB()) {
                    continue;
                }
                if (x < image.getWidth() / 2) {
                    left++;
                } else {
                    right++;
                    inRow[y]++;
                }
            }
        }
        assertThat(right).isGreaterThan(500);
        // The smoothed edges of letters may have the same grey.
        assertThat(left).isLessThan(right / 20);
        // In full colour are the heads, and the first is a triangle that stands on its base.
        int top = 0;
        while (inRow[top] == 0) {
            top++;
        }
        int widest = top;
        int end = top;
        while (inRow[end] > 0) {
            widest = inRow[end] > inRow[widest] ? end : widest;
            end++;
        }
        assertThat(end - top).isBetween(5, 15);
        assertThat(widest - top).isGreaterThan((end - top) / 2);
    }

    @Test
    void drawsWhatIsHardToDraw() throws IOException {
        double[] nothing = {};
        double[] one = {2.0};
        double[] bad = {Double.NaN, Double.POSITIVE_INFINITY, -1.0};
        BufferedImage image = decode(Figure.titled("a title that is much longer than the figure is wide, so that it"
                        + " must be broken into several lines, all of which have to fit")
                .row(
                        XyPanel.titled("").line("empty", nothing, nothing),
                        XyPanel.titled("").logX().logY().line("bad", bad, bad),
                        XyPanel.titled("").points("one", one, one),
                        XyPanel.titled("").logY().points("one", one, one).yRange(1e-300, 1e300))
                .png());
        assertThat(image.getWidth()).isEqualTo(2 * 936);
    }

    @Test
    void refusesWhatIsNotAFigure() {
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.titled("").png());
        assertThatIllegalArgumentException().isThrownBy(() -> Figure.titled("").row());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> XyPanel.titled("").line("", new double[1], new double[2]))
                .withMessage("x and y must have the same length, got 1 and 2");
        assertThatIllegalArgumentException().isThrownBy(() -> XyPanel.titled("").xRange(1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPanel.titled("", Grid.of(Axis.uniform(0, 1, 2))))
                .withMessage("grid must have 2 axes, got 1");
    }

    @Test
    void theNumbersBehindAFigureAreWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("x.csv");
        assertThat(everything().writeDataTo(file)).isTrue();
        assertThat(Files.readAllLines(file))
                .hasSize(1 + 4 + 4 + 10 + 10 + 2)
                .startsWith("panel,series,x,y,error,error is", "\"lines\",\"line\",0.0,1.0,,")
                .contains("\"lines\",\"points\",3.0,1.0E-5,0.1,\"standard error\"", "\"field\",\"rest\",0.0,0.0,,");
        assertThat(Figure.titled("").row(FieldPanel.titled("", GRID)).writeDataTo(folder.resolve("y.csv")))
                .isFalse();
        assertThat(folder.resolve("y.csv")).doesNotExist();
    }

    @Test
    void svgIsAPictureOfTheSameSizeWithoutLetters(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("x.svg");
        everything().writeTo(file);
        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        BufferedImage png = ImageIO.read(new ByteArrayInputStream(everything().png()));
        assertThat(2 * Integer.parseInt(svg.getDocumentElement().getAttribute("width")))
                .isBetween(png.getWidth(), png.getWidth() + 2);
        assertThat(svg.getElementsByTagName("text").getLength()).isZero();
        assertThat(((Element) svg.getElementsByTagName("image").item(0)).getAttribute("xlink:href"))
                .startsWith("data:image/png;base64,");
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(50);
    }

    @Test
    void pngKnowsItsResolution() throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(
                new ByteArrayInputStream(everything().png()))) {
            reader.setInput(in);
            NodeList sizes = ((Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0"))
                    .getElementsByTagName("pHYs");
            double perMetre = Double.parseDouble(((Element) sizes.item(0)).getAttribute("pixelsPerUnitXAxis"));
            assertThat(0.0254 * perMetre).isCloseTo(192.0, within(0.1));
        } finally {
            reader.dispose();
        }
    }

    @Test
    void otherFilesAreRefused(@TempDir Path folder) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> everything().writeTo(folder.resolve("x.pdf")))
                .withMessage("file must end in .png or .svg, got x.pdf");
    }
}
