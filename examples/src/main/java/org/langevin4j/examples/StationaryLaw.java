package org.langevin4j.examples;

import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.field.ScalarField;
import org.langevin4j.core.sde.Temperature;
import org.langevin4j.core.statistics.HistogramError;
import org.langevin4j.examples.experiment.Measurement;
import org.langevin4j.solvers.ensemble.Histogram;

/**
 * The law e^(−βΦ)/Z on the cells of a square, against which histograms of ensembles are held.
 *
 * <p>Probabilities of cells are midpoint sums over smaller squares, Z over a square twice as wide: for a smooth Φ that
 * grows at infinity both are far more accurate than any histogram here.
 */
final class StationaryLaw {

    /** Small squares along the edge of a cell. */
    private static final int FINER = 8;

    /** A histogram agrees if its distance is within this many standard deviations of what sampling alone gives. */
    private static final double SIGMAS = 4.0;

    private final Density density;

    private StationaryLaw(Density density) {
        this.density = density;
    }

    static StationaryLaw of(double halfWidth, int cells, ScalarField potential, Temperature temperature) {
        int wide = 2 * cells * FINER;
        Grid fine = Grid.square(-2 * halfWidth, 2 * halfWidth, wide);
        Density law = Density.gibbs(fine, potential, temperature);
        double[] sums = new double[cells * cells];
        for (int cell = 0; cell < fine.cells(); cell++) {
            int i = Math.floorDiv(fine.position(cell, 0) - wide / 4, FINER);
            int j = Math.floorDiv(fine.position(cell, 1) - wide / 4, FINER);
            if (i >= 0 && i < cells && j >= 0 && j < cells) {
                sums[i * cells + j] += law.value(cell) / (FINER * FINER);
            }
        }
        return new StationaryLaw(Density.of(Grid.square(-halfWidth, halfWidth, cells), sums));
    }

    /** The histogram to be observed. */
    Histogram histogram() {
        return Histogram.on(density.grid());
    }

    Density density() {
        return density;
    }

    /** The upper end of a colour scale that also holds the scatter of a histogram. */
    double highestShown() {
        return 1.25 * density.value(density.mode());
    }

    /** Claims that the counts are a sample of the law. */
    Measurement agrees(String what, Histogram.Counts counts) {
        HistogramError error = HistogramError.of(density.probabilities(), counts.total());
        return Measurement.near(
                "L¹ distance to e^(−βΦ)/Z: " + what,
                counts.density().l1Distance(density),
                error.mean(),
                SIGMAS * error.standardDeviation());
    }

    /** Claims that the counts are no sample of the law: ten standard deviations further away than sampling explains. */
    Measurement differs(String what, Histogram.Counts counts) {
        HistogramError error = HistogramError.of(density.probabilities(), counts.total());
        return Measurement.atLeast(
                "L¹ distance to e^(−βΦ)/Z: " + what,
                counts.density().l1Distance(density),
                error.mean() + 10.0 * error.standardDeviation());
    }
}
