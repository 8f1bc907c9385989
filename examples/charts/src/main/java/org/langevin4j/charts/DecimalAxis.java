package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/** A linear axis with the ticks of {@link Ticks}. */
final class DecimalAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    DecimalAxis(double min, double max) {
        Style.apply(this);
        setRange(min, max);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        return Style.ticks(most -> Ticks.linear(getLowerBound(), getUpperBound(), most), g, dataArea, edge);
    }
}
