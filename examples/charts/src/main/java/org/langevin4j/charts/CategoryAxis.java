package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A horizontal axis with names at 1, 2 and so on. */
final class CategoryAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    private final transient List<String> names;

    CategoryAxis(List<String> names) {
        this.names = names;
        Style.apply(this);
        setRange(0.5, names.size() + 0.5);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        return IntStream.range(0, names.size())
                .mapToObj(k -> new NumberTick(k + 1.0, names.get(k), TextAnchor.TOP_CENTER, TextAnchor.CENTER, 0.0))
                .toList();
    }
}
