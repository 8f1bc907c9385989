package org.langevin4j.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Grid;

class FigureLayoutTest {

    private static final double[] X = {0.0, 1.0, 2.0};
    private static final Grid SQUARE = Grid.square(-1, 1, 16);
    private static final Grid FLAT = Grid.of(Axis.uniform(0, 4, 16), Axis.uniform(0, 1, 16));

    private static FigureLayout layout(Panel... row) {
        return new FigureLayout("", List.of(List.of(row)), 400, 340);
    }

    private static List<String> foot(Panel... row) {
        return layout(row).foot().stream().map(LegendEntry::name).toList();
    }

    private static XyPanel plain() {
        return XyPanel.titled("").line("theory", X, X).points("paths", X, X);
    }

    private static FieldPanel map(double high) {
        return FieldPanel.titled("", SQUARE).heatMap(CellFunction.of(SQUARE, x -> x[0] + 1.0), "v", high);
    }

    /** By pixels: the axis runs from 0 to 10, the standard error is 1 and the bar reaches from 3 to 7. */
    @Test
    void barsReachTwoStandardErrorsToEitherSide() throws IOException {
        XyPanel panel = XyPanel.titled("")
                .points("", new double[] {1.0}, new double[] {5.0}, new double[] {1.0})
                .look(1, 0)
                .xRange(0.0, 2.0)
                .yRange(0.0, 10.0);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                Figure.titled("").panelSize(400, 340).row(panel).png()));
        Rectangle2D data = layout(panel).panels().get(0).data();
        int column = (int) (2 * data.getCenterX());
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            Color colour = new Color(image.getRGB(column, y));
            if (colour.getRed() > colour.getBlue() + 100) {
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
            }
        }
        assertThat((double) (bottom - top)).isEqualTo(0.4 * 2 * data.getHeight(), within(5.0));
        assertThat(0.5 * (top + bottom)).isEqualTo(2 * data.getCenterY(), within(2.0));
    }

    /** Half of the marker lies outside the data area and is drawn. */
    @Test
    void markersOnTheEdgeAreWhole() throws IOException {
        XyPanel panel = XyPanel.titled("")
                .points("", new double[] {0.0}, new double[] {5.0})
                .look(1, 0)
                .xRange(0.0, 2.0)
                .yRange(0.0, 10.0);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                Figure.titled("").panelSize(400, 340).row(panel).png()));
        Rectangle2D data = layout(panel).panels().get(0).data();
        Color outside = new Color(image.getRGB((int) (2 * data.getX()) - 3, (int) (2 * data.getCenterY())));
        assertThat(outside).isEqualTo(Style.colour(1));
    }

    @Test
    void theFigureSaysOnceWhatItsBarsAre() {
        XyPanel first = XyPanel.titled("").points("a", X, X, X);
        XyPanel second = XyPanel.titled("").points("a", X, X, X).points("b", X, X, X, "± rounding");
        assertThat(foot(first, second)).containsExactly("a", "b", "bars: ± 2 s.e.", "bars: ± rounding");
        assertThat(foot(XyPanel.titled("").points("a", X, X, new double[3]))).containsExactly("a");
    }

    @Test
    void entriesThatMeanTheSameAreToldOnceBelowAllPanels() {
        FigureLayout layout = layout(plain(), plain().points("more", X, X));
        assertThat(layout.foot()).extracting(LegendEntry::name).containsExactly("theory", "paths", "more");
        assertThat(layout.panels()).allSatisfy(one -> assertThat(one.legend()).isEmpty());
    }

    @Test
    void panelsKeepTheirLegendsWhereOneLookHasTwoNamesOrOneNameTwoLooks() {
        for (XyPanel other : List.of(
                XyPanel.titled("").line("another", X, X),
                XyPanel.titled("").line("first", X, X).line("theory", X, X))) {
            FigureLayout layout = layout(plain(), other);
            assertThat(layout.foot()).isEmpty();
            assertThat(layout.panels())
                    .allSatisfy(one -> assertThat(one.legend()).isNotEmpty());
        }
    }

    @Test
    void dataAreasOfARowAreEquallyHighAndStandOnOneLine() {
        List<FigureLayout.Placed> panels = layout(
                        XyPanel.titled("a title that is so long that it needs more than one line of the panel")
                                .xAxis("x")
                                .line("", X, X),
                        FieldPanel.titled("", FLAT).axes("", "").contours("", x -> x[0]))
                .panels();
        Rectangle2D first = panels.get(0).data();
        Rectangle2D second = panels.get(1).data();
        assertThat(second.getY()).isEqualTo(first.getY());
        assertThat(second.getHeight()).isEqualTo(first.getHeight());
        assertThat(second.getWidth() / second.getHeight()).isEqualTo(4.0, within(0.05));
        Rectangle2D free =
                layout(FieldPanel.titled("", FLAT).freeAspect()).panels().get(0).data();
        assertThat(free.getWidth() / free.getHeight()).isLessThan(2.0);
    }

    @Test
    void panelsOfOneScaleHaveOneColourBarAtTheRight() {
        assertThat(layout(map(2.0), map(2.0)).panels())
                .extracting(FigureLayout.Placed::withBar)
                .containsExactly(false, true);
        assertThat(layout(map(2.0), map(1.0)).panels())
                .extracting(FigureLayout.Placed::withBar)
                .containsExactly(true, true);
        List<FigureLayout.Placed> shared = layout(map(2.0), map(2.0)).panels();
        assertThat(shared.get(0).data().getWidth())
                .isEqualTo(shared.get(1).data().getWidth());
    }

    @Test
    void streamlinesOfAllPanelsHaveOneScaleAndItsKey() {
        FieldPanel slow = FieldPanel.titled("", SQUARE).streamlines("b", (x, out) -> out[0] = 1.0);
        FieldPanel fast = FieldPanel.titled("", SQUARE).streamlines("b", (x, out) -> out[0] = 3.0);
        assertThat(foot(slow, fast)).containsExactly("b, widest from 3 on");
    }

    @Test
    void aSeriesMayLookLikeAnEarlierOne() {
        XyPanel panel = XyPanel.titled("")
                .points("first", X, X)
                .points("second", X, X)
                .line("fit", X, X)
                .like("first")
                .line("next", X, X);
        List<Object> looks = panel.layers.stream()
                .map(layer -> layer.legend().orElseThrow().look())
                .toList();
        assertThat(looks.get(2)).isEqualTo(List.of(Style.colour(0), Style.line(0)));
        assertThat(looks.get(3)).isEqualTo(List.of(Style.colour(2), Style.line(2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> panel.like("third"))
                .withMessage("there is no earlier series third");
    }

    @Test
    void typeIsAtLeastSevenPointsOnAPageOf178Millimetres() {
        Panel[] four = new Panel[4];
        Arrays.setAll(four, k -> plain());
        double points = 178.0 / 25.4 * 72.0;
        assertThat(Style.TICK_LABEL * points / layout(four).width).isGreaterThanOrEqualTo(7.0);
    }
}
