package org.langevin4j.charts;

import org.jspecify.annotations.Nullable;

/** The numbers of one line, row of markers or histogram. */
final class Series {

    /** As in the legend. */
    final String name;

    /** First coordinates; of a histogram the centres of its bins. */
    final double[] x;

    final double[] y;

    /** Errors, if there are any. */
    final @Nullable Bars bars;

    Series(String name, double[] x, double[] y, @Nullable Bars bars) {
        this.name = name;
        this.x = x;
        this.y = y;
        this.bars = bars;
    }
}
