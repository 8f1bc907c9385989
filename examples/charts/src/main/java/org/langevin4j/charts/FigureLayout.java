package org.langevin4j.charts;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Where everything of a figure goes. The data areas of a row are equally high and stand on one line; panels beside each
 * other with one colour scale have one colour bar; entries of legends that mean the same everywhere are told once, below
 * all panels, together with what error bars are.
 */
final class FigureLayout {

    private static final double MARGIN = 14;
    private static final double ROW_GAP = 16;
    private static final double COLUMN_GAP = 12;
    private static final double LEGEND_GAP = 14;

    /** So wide that the smallest type, 13 units, is 7 pt high on a page of 178 mm. */
    private static final double WIDEST = 936;

    /** The labels of an axis depend on its length and the other way round; two rounds settle it. */
    private static final int ROUNDS = 2;

    private final List<String> title;
    private final List<Placed> panels = new ArrayList<>();
    private final List<LegendEntry> foot = new ArrayList<>();
    private final double footTop;

    /** Of the figure. */
    final double width;

    /** Of the figure. */
    final double height;

    /** A panel in its place. */
    record Placed(
            Panel panel,
            Frame frame,
            List<Layer> layers,
            Rectangle2D room,
            List<String> title,
            Rectangle2D data,
            double legendTop,
            List<LegendEntry> legend,
            boolean withBar) {}

    /** A panel that has its width but not yet its height. */
    private record Candidate(Panel panel, Frame frame, List<Layer> layers, double left, double width, boolean withBar) {

        List<LegendEntry> legend() {
            return layers.stream().flatMap(layer -> layer.legend().stream()).toList();
        }

        List<String> title() {
            return Text.wrap(panel.title(), Typeface.bold(Style.PANEL_TITLE), width - 20);
        }
    }

    FigureLayout(String title, List<List<Panel>> rows, double wishedWidth, double wishedHeight) {
        Graphics2D g = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        Style.prepare(g);
        int columns = rows.stream().mapToInt(List::size).max().orElseThrow();
        double around = (columns - 1) * COLUMN_GAP + 2 * MARGIN;
        double shrink = Math.min(1.0, (WIDEST - around) / (columns * wishedWidth));
        double panelWidth = shrink * wishedWidth;
        double panelHeight = shrink * wishedHeight;
        width = columns * panelWidth + around;
        this.title = Text.wrap(title, Typeface.bold(Style.FIGURE_TITLE), width - 2 * MARGIN);
        double fullWidth = fullWidth(rows);
        List<List<Candidate>> candidates =
                rows.stream().map(row -> widths(row, panelWidth, fullWidth)).toList();
        List<Candidate> all = candidates.stream().flatMap(List::stream).toList();
        Optional<List<LegendEntry>> common =
                common(all.stream().map(Candidate::legend).toList());
        common.ifPresent(foot::addAll);
        all.stream()
                .flatMap(one -> one.layers.stream())
                .flatMap(layer -> layer.bars().stream())
                .filter(entry -> foot.stream().noneMatch(other -> other.name().equals(entry.name())))
                .forEach(foot::add);
        double top = MARGIN + Text.height(this.title, Typeface.bold(Style.FIGURE_TITLE));
        for (List<Candidate> row : candidates) {
            top = place(g, row, top, panelHeight, common.isEmpty()) + ROW_GAP;
        }
        footTop = top - ROW_GAP;
        height = footTop + new Legend(foot, width - 2 * MARGIN).height() + MARGIN;
        g.dispose();
    }

    List<Placed> panels() {
        return panels;
    }

    /** What is told once for all panels. */
    List<LegendEntry> foot() {
        return foot;
    }

    /** One scale for the widths of all streamlines. */
    private static double fullWidth(List<List<Panel>> rows) {
        double largest = rows.stream()
                .flatMap(List::stream)
                .mapToDouble(Panel::fullWidth)
                .max()
                .orElse(0.0);
        return largest <= Double.MAX_VALUE
                ? new BigDecimal(largest).round(new MathContext(2)).doubleValue()
                : largest;
    }

    /** Shares out the width of a row; panels with one colour bar give up equal parts for it. */
    private List<Candidate> widths(List<Panel> row, double panelWidth, double fullWidth) {
        double left = (width - row.size() * panelWidth - (row.size() - 1) * COLUMN_GAP) / 2;
        List<Candidate> placed = new ArrayList<>();
        int first = 0;
        while (first < row.size()) {
            Optional<ColourScale> scale = row.get(first).colourScale();
            int end = first + 1;
            while (scale.isPresent()
                    && end < row.size()
                    && row.get(end).colourScale().equals(scale)) {
                end++;
            }
            double bar = scale.isPresent() ? ColourScale.SPACE : 0.0;
            double each = panelWidth - bar / (end - first);
            for (int i = first; i < end; i++) {
                Panel panel = row.get(i);
                boolean withBar = scale.isPresent() && i == end - 1;
                placed.add(new Candidate(panel, panel.frame(), panel.layers(fullWidth), left, each, withBar));
                left += each + COLUMN_GAP;
            }
            left += bar;
            first = end;
        }
        return placed;
    }

    /** Gives a row its heights and returns where it ends. */
    private double place(Graphics2D g, List<Candidate> row, double top, double panelHeight, boolean ownLegends) {
        double titles = row.stream()
                .mapToDouble(one -> Text.height(one.title(), Typeface.bold(Style.PANEL_TITLE)))
                .max()
                .orElse(0.0);
        double legends = !ownLegends
                ? 0.0
                : row.stream()
                        .mapToDouble(one -> new Legend(one.legend(), one.width - LEGEND_GAP).height())
                        .max()
                        .orElse(0.0);
        double above = 0.0;
        double below = 0.0;
        double high = 0.0;
        List<RectangleInsets> around = List.of();
        for (int round = 0; round < ROUNDS; round++) {
            double whole = round == 0 ? panelHeight : above + high + below;
            around = row.stream()
                    .map(one -> one.frame.measure(g, one.width, whole))
                    .toList();
            above = Math.ceil(
                    around.stream().mapToDouble(RectangleInsets::getTop).max().orElse(0.0));
            below = Math.ceil(around.stream()
                    .mapToDouble(RectangleInsets::getBottom)
                    .max()
                    .orElse(0.0));
            high = panelHeight - above - below;
            for (int i = 0; i < row.size(); i++) {
                double aspect = row.get(i).panel.aspect();
                double its = around.get(i).trimWidth(row.get(i).width) * aspect;
                high = Double.isNaN(aspect) ? high : Math.min(high, its);
            }
            high = Math.floor(high);
        }
        double dataTop = Math.rint(top + titles + above);
        for (int i = 0; i < row.size(); i++) {
            Candidate one = row.get(i);
            double free = Math.floor(around.get(i).trimWidth(one.width));
            double aspect = one.panel.aspect();
            double wide = Double.isNaN(aspect) ? free : Math.min(free, Math.rint(high / aspect));
            double left = Math.ceil(one.left + around.get(i).getLeft() + 0.5 * (free - wide));
            panels.add(new Placed(
                    one.panel,
                    one.frame,
                    one.layers,
                    new Rectangle2D.Double(one.left, top, one.width, titles + above + high + below + legends),
                    one.title(),
                    new Rectangle2D.Double(left, dataTop, wide, high),
                    dataTop + high + below,
                    ownLegends ? one.legend() : List.of(),
                    one.withBar));
        }
        return dataTop + high + below + legends;
    }

    /** The entries of all panels, if none of them has two looks and no look has two names. */
    static Optional<List<LegendEntry>> common(List<List<LegendEntry>> ofPanels) {
        List<LegendEntry> found = new ArrayList<>();
        for (LegendEntry entry : ofPanels.stream().flatMap(List::stream).toList()) {
            boolean known = false;
            for (LegendEntry other : found) {
                boolean sameName = other.name().equals(entry.name());
                if (sameName != other.look().equals(entry.look())) {
                    return Optional.empty();
                }
                known |= sameName;
            }
            if (!known) {
                found.add(entry);
            }
        }
        return Optional.of(found);
    }

    void paint(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fill(new Rectangle2D.Double(0, 0, Math.ceil(width), Math.ceil(height)));
        Style.prepare(g);
        Text.write(g, title, Typeface.bold(Style.FIGURE_TITLE), width / 2, MARGIN);
        Font panelFont = Typeface.bold(Style.PANEL_TITLE);
        for (Placed one : panels) {
            double half = 0.5
                    * one.title.stream()
                            .mapToDouble(line -> Text.width(line, panelFont))
                            .max()
                            .orElse(0.0);
            double centre = Math.min(one.data.getCenterX(), one.room.getMaxX() - half);
            Text.write(g, one.title, panelFont, centre, one.room.getY());
            one.frame.paint(g, one.data, one.layers);
            new Legend(one.legend, one.room.getWidth() - LEGEND_GAP)
                    .paint(g, new Rectangle2D.Double(one.room.getX(), one.legendTop, one.room.getWidth(), 0));
            if (one.withBar) {
                one.panel.colourScale().ifPresent(scale -> scale.paint(g, one.data));
            }
        }
        new Legend(foot, width - 2 * MARGIN).paint(g, new Rectangle2D.Double(0, footTop, width, 0));
    }
}
