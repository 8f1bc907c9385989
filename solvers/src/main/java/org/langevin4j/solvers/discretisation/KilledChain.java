package org.langevin4j.solvers.discretisation;

import java.util.Optional;
import java.util.function.Supplier;
import org.langevin4j.core.density.Grid;
import org.langevin4j.core.density.Region;
import org.langevin4j.solvers.markov.Dissection;
import org.langevin4j.solvers.markov.Generator;
import org.langevin4j.solvers.markov.NestedChain;

/**
 * The process on a part of a grid until it leaves: rates between the cells of the part as given, all that leads out as exit rates.
 * On coarser grids the rates between cells are those of the equation there, and exit rates the means over the parts of a cell, so
 * that what is alike everywhere is lost at the same rate on all grids. Immutable.
 */
public final class KilledChain implements NestedChain {

    private final GridGenerator equation;
    private final Region part;
    private final Generator generator;
    private final Supplier<Dissection> order;

    /**
     * The process on a part.
     *
     * @param equation the equation, on any region of the same dimension
     * @param part the cells that are not left
     * @param generator the rates there
     * @param order gives an order of elimination
     */
    public KilledChain(GridGenerator equation, Region part, Generator generator, Supplier<Dissection> order) {
        if (generator.states() != part.size()) {
            throw new IllegalArgumentException("generator must have one state for each of the " + part.size()
                    + " cells, got " + generator.states());
        }
        this.equation = equation;
        this.part = part;
        this.generator = generator;
        this.order = order;
    }

    @Override
    public Generator generator() {
        return generator;
    }

    @Override
    public Dissection order() {
        return order.get();
    }

    @Override
    public double[] volumes() {
        return part.volumes();
    }

    @Override
    public int dimension() {
        return part.grid().dimension();
    }

    @Override
    public Optional<Coarsening> coarsened() {
        Optional<Grid> coarse = GridCoarsening.of(part, generator);
        if (coarse.isEmpty()) {
            return Optional.empty();
        }
        Region wide = part.coarsened(coarse.get());
        GridGenerator there;
        try {
            there = equation.on(wide);
        } catch (IllegalArgumentException e) {
            // The equation is not defined at some coarse centre.
            return Optional.empty();
        }
        GridInterpolation interpolation = new GridInterpolation(part, wide);
        double[] volumes = volumes();
        double[] leaving = volumes.clone();
        for (int k = 0; k < leaving.length; k++) {
            leaving[k] *= generator.exitRate(k);
        }
        double[] exits = new double[wide.size()];
        double[] weights = new double[wide.size()];
        interpolation.sums(leaving, exits, 0, exits.length);
        interpolation.sums(volumes, weights, 0, exits.length);
        for (int k = 0; k < exits.length; k++) {
            exits[k] /= weights[k];
        }
        Generator killed = there.generator().withExits(exits);
        return Optional.of(new Coarsening(new KilledChain(there, wide, killed, there::order), interpolation));
    }

    @Override
    public String toString() {
        return "process on " + part + " until it leaves";
    }
}
