package org.langevin4j.charts;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/** A logarithmic axis with the ticks of {@link Ticks}. */
final class DecadeAxis extends LogAxis {

    private static final long serialVersionUID = 1L;

    DecadeAxis(double min, double max) {
        Style.apply(this);
        setSmallestValue(Double.MIN_VALUE);
        setRange(min, max);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D g, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        return Style.ticks(most -> Ticks.logarithmic(getLowerBound(), getUpperBound(), most), g, dataArea, edge);
    }
}
