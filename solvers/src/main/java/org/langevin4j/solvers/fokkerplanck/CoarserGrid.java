package org.langevin4j.solvers.fokkerplanck;

import java.util.Locale;
import java.util.Optional;
import org.langevin4j.core.density.Axis;
import org.langevin4j.core.density.CellFunction;
import org.langevin4j.core.density.Density;
import org.langevin4j.core.density.Grid;
import org.langevin4j.solvers.discretisation.GridGenerator;
import org.langevin4j.solvers.markov.Eigenmodes;
import org.langevin4j.solvers.markov.ReducibleGeneratorException;
import org.langevin4j.solvers.markov.StationaryDistribution;
import org.langevin4j.solvers.markov.SteadyStateMethod;

/**
 * The same equation on cells of twice the width, from which the error of a result is estimated where the scheme is not of second
 * order in every direction. Differences count by the stationary law.
 */
final class CoarserGrid {

    /** A first-order error is the difference, one of second order a third of it: half, for safety. */
    private static final double HIGHER_ORDER = 0.5;

    /** A relative difference above which convergence has not set in, and all of it counts. */
    private static final double TOO_COARSE = 0.3;

    /** First-order perturbation tells half of what fading costs where it costs much. */
    static final double OF_FADING = 2.0;

    /** Errors from here on are worth a word. */
    static final double NOTABLE = 0.03;

    private final GridGenerator fine;
    private final GridGenerator coarse;
    private final boolean higherOrder;

    private CoarserGrid(GridGenerator fine, GridGenerator coarse) {
        this.fine = fine;
        this.coarse = coarse;
        this.higherOrder = fine.thirdOrder().isPresent();
    }

    /** The equation on cells of twice the width along all axes that have at least 8; empty if none has, or it is not defined there. */
    static Optional<CoarserGrid> of(GridGenerator fine) {
        Axis[] axes = new Axis[fine.dimension()];
        for (int a = 0; a < axes.length; a++) {
            Axis axis = fine.grid().axis(a);
            axes[a] = axis.cells() >= 8 ? axis.coarsened() : axis;
        }
        Grid wide = Grid.of(axes);
        try {
            return wide.equals(fine.grid())
                    ? Optional.empty()
                    : Optional.of(new CoarserGrid(fine, fine.on(fine.region().coarsened(wide))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    GridGenerator chain() {
        return coarse;
    }

    private double ofDifference(double relative) {
        return higherOrder && relative <= TOO_COARSE ? HIGHER_ORDER * relative : relative;
    }

    /** From two numbers. */
    double error(double here, double there) {
        return ofDifference(Math.abs(here - there) / Math.abs(here));
    }

    /** Σπ|u − v|/Σπ|u| of a function u here and v there. */
    double error(CellFunction here, CellFunction there) {
        double[] weights = weights();
        double[] means = means(here);
        double difference = 0.0;
        double size = 0.0;
        for (int k = 0; k < weights.length; k++) {
            int cell = coarse.region().cell(k);
            if (Math.abs(means[cell]) <= Double.MAX_VALUE && Math.abs(there.value(cell)) <= Double.MAX_VALUE) {
                difference += weights[k] * Math.abs(means[cell] - there.value(cell));
                size += weights[k] * Math.abs(means[cell]);
            }
        }
        return size == 0.0 ? 0.0 : ofDifference(difference / size);
    }

    /** ½∫|ρ − σ| for the steady state ρ here and σ there, the part of the mass that is elsewhere. */
    double error(Density here, SteadyStateMethod method) {
        Density there = coarse.density(StationaryDistribution.of(coarse, method).probabilities());
        double[] masses = new double[coarse.grid().cells()];
        for (int cell = 0; cell < fine.grid().cells(); cell++) {
            masses[parent(cell)] += here.value(cell) * fine.grid().volume(cell);
        }
        double sum = 0.0;
        for (int cell = 0; cell < masses.length; cell++) {
            sum += 0.5
                    * Math.abs(masses[cell] - there.value(cell) * coarse.grid().volume(cell));
        }
        return ofDifference(sum);
    }

    private double[] weights() {
        try {
            return Eigenmodes.weights(coarse.generator(), coarse.order());
        } catch (ReducibleGeneratorException e) {
            return coarse.volumes();
        }
    }

    private double[] means(CellFunction function) {
        double[] sums = new double[coarse.grid().cells()];
        double[] volumes = new double[sums.length];
        for (int cell = 0; cell < fine.grid().cells(); cell++) {
            if (!Double.isNaN(function.value(cell))) {
                double volume = fine.grid().volume(cell);
                sums[parent(cell)] += function.value(cell) * volume;
                volumes[parent(cell)] += volume;
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            sums[cell] /= volumes[cell];
        }
        return sums;
    }

    private int parent(int cell) {
        Grid wide = coarse.grid();
        int parent = 0;
        for (int a = 0; a < wide.dimension(); a++) {
            int cells = wide.axis(a).cells();
            int position = fine.grid().position(cell, a);
            parent += wide.stride(a)
                    * (cells == fine.grid().axis(a).cells() ? position : Math.min(position / 2, cells - 1));
        }
        return parent;
    }

    /** What to do about an error. */
    static String advice(GridGenerator chain) {
        return chain.thirdOrder()
                .map(flux -> {
                    int worst = 0;
                    for (int a = 1; a < chain.dimension(); a++) {
                        if (flux.numericalDiffusion(a) > flux.numericalDiffusion(worst)) {
                            worst = a;
                        }
                    }
                    return String.format(
                            Locale.ROOT,
                            "take narrower cells, first along axis %d, such that Φ/T changes by less than 1 from cell to cell",
                            worst);
                })
                .orElse("take narrower cells along the axes that the noise does not reach, or give the equation by"
                        + " Φ, D and Q or as an UnderdampedLangevin, whose flux is of higher order");
    }
}
